/** The cases that this browser keeps. */
import type { CaseId } from "@parley/ledger";
import type { AloneCase } from "./alone-case.ts";
import { openStore, removeCase, type Store } from "./alone-store.ts";
import type { No } from "./case-source.ts";
import type { CaseCard, Plan, Shelf } from "./shelf.ts";

export class AloneShelf implements Shelf {
  readonly kept = "browser";
  readonly #store: Promise<Store> = openStore();
  readonly #open: Map<CaseId, Promise<AloneCase | undefined>> = new Map();

  async list(): Promise<readonly CaseCard[]> {
    const records = await (await this.#store).getAll("cases");
    return records
      .map(({ id, title, exercise }) => ({ id, title, exercise }))
      .sort((a, b) => a.title.localeCompare(b.title));
  }

  open(id: CaseId): Promise<AloneCase | undefined> {
    const opened = this.#open.get(id) ?? this.#read(id);
    this.#open.set(id, opened);
    return opened;
  }

  async #read(id: CaseId): Promise<AloneCase | undefined> {
    const { AloneCase } = await import("./alone-case.ts");
    return AloneCase.open(await this.#store, id);
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
