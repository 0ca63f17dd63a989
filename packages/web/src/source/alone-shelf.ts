/** The cases that this browser keeps. */
import type { CaseId } from "@parley/ledger";
import { openStore, removeCase, type Store } from "./alone-store.ts";
import type { CaseSource } from "./case-source.ts";
import { Mismatch } from "./mismatch.ts";
import type { No } from "./no.ts";
import type { CaseCard, Plan, Shelf } from "./shelf.ts";

export class AloneShelf implements Shelf {
  readonly kept = "browser";
  readonly #store: Promise<Store> = openStore();
  readonly #open: Map<CaseId, Promise<CaseSource | undefined>> = new Map();

  async list(): Promise<readonly CaseCard[]> {
    const store = await this.#store;
    const [records, files] = await Promise.all([store.getAll("cases"), store.getAll("files")]);
    return [
      ...records.map(({ id, title, exercise }) => ({ id, title, exercise, read: true })),
      ...files.map(({ id, title, exercise }) => ({ id, title, exercise, file: true })),
    ].sort((a, b) => a.title.localeCompare(b.title));
  }

  open(id: CaseId): Promise<CaseSource | undefined> {
    const opened = this.#open.get(id) ?? this.#read(id);
    this.#open.set(id, opened);
    return opened;
  }

  async #read(id: CaseId): Promise<CaseSource | undefined> {
    const store = await this.#store;
    const record = await store.get("files", id);
    if (!record) return (await import("./alone-case.ts")).AloneCase.open(store, id);
    const opened = await readFile(record.file);
    if ("code" in opened) throw new Mismatch("verified", opened.sentence, record.title, undefined);
    return opened;
  }

  /** Keeps a copy of a file that holds. A case that this browser keeps itself is opened as it is kept. */
  async openFile(file: Blob): Promise<CaseId | No> {
    const opened = await readFile(file);
    if ("code" in opened) return opened;
    const { id } = opened;
    const store = await this.#store;
    if (await store.get("cases", id)) return id;
    const { title, exercise } = opened.snapshot().state.people;
    await store.put("files", { id, title, exercise, file });
    this.#open.set(id, Promise.resolve(opened));
    return id;
  }

  async remove(id: CaseId): Promise<void> {
    await removeCase(await this.#store, id);
    this.#open.delete(id);
  }

  /** What begins and opens a case brings the rules and the ledger with it; a list of cases needs neither. */
  async begin(plan: Plan): Promise<CaseId | No> {
    const { begin } = await import("./alone-begin.ts");
    const begun = await begin(await this.#store, plan);
    if ("code" in begun) return begun;
    this.#open.set(begun.id, Promise.resolve(begun));
    return begun.id;
  }
}

async function readFile(file: Blob): Promise<CaseSource | No> {
  const [{ FileCase }, { ownKeys }] = await Promise.all([
    import("./file-case.ts"),
    import("./own-devices.ts"),
  ]);
  return FileCase.open(file, ownKeys);
}
