/**
 * A disk that keeps only what was synced. When the power fails it may have kept, of everything else, any part in any order:
 * a write torn at any byte, a later write without an earlier one, a name without its bytes, bytes without their name.
 */
import type { Disk } from "../../src/store/whole-file.ts";

/** The moment at which the power fails. */
export class PowerFailure extends Error {}

interface FileBytes {
  synced: Uint8Array;
  pending: { readonly at: number; readonly bytes: Uint8Array }[];
  size: number;
}

type Naming =
  | { readonly kind: "link"; readonly name: string; readonly file: FileBytes }
  | { readonly kind: "rename"; readonly from: string; readonly to: string; readonly file: FileBytes }
  | { readonly kind: "unlink"; readonly name: string };

export class SimulatedDisk implements Disk {
  /** What is surely there. */
  readonly #kept = new Map<string, FileBytes>();
  /** What programs see. */
  readonly #seen = new Map<string, FileBytes>();
  #namings: Naming[] = [];
  #left: number;

  /** The power fails before operation number `failAt`, from 0. */
  constructor(files: Readonly<Record<string, string>>, failAt = Number.POSITIVE_INFINITY) {
    this.#left = failAt;
    for (const [name, text] of Object.entries(files)) {
      const file = { synced: Buffer.from(text), pending: [], size: text.length };
      this.#kept.set(name, file);
      this.#seen.set(name, file);
    }
  }

  async create(path: string): ReturnType<Disk["create"]> {
    this.#step();
    if (this.#seen.has(path)) throw Object.assign(new Error(path), { code: "EEXIST" });
    const file: FileBytes = { synced: new Uint8Array(), pending: [], size: 0 };
    this.#seen.set(path, file);
    this.#namings.push({ kind: "link", name: path, file });
    return {
      write: async (bytes) => {
        this.#step();
        file.pending.push({ at: file.size, bytes: Uint8Array.from(bytes) });
        file.size += bytes.length;
      },
      sync: async () => {
        this.#step();
        file.synced = withWrites(file.synced, file.pending);
        file.pending = [];
      },
      close: async () => this.#step(),
    };
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step();
    const file = this.#seen.get(from);
    if (!file) throw Object.assign(new Error(from), { code: "ENOENT" });
    this.#seen.delete(from);
    this.#seen.set(to, file);
    this.#namings.push({ kind: "rename", from, to, file });
  }

  async remove(path: string): Promise<void> {
    this.#step();
    this.#seen.delete(path);
    this.#namings.push({ kind: "unlink", name: path });
  }

  async syncFolder(): Promise<void> {
    this.#step();
    for (const naming of this.#namings) apply(this.#kept, naming);
    this.#namings = [];
  }

  /** What the next start finds, where `chance` (0 to 1, asked anew each time) decides what was kept. */
  afterFailure(chance: () => number): Map<string, string> {
    const names = new Map(this.#kept);
    for (const naming of this.#namings) if (chance() < 0.5) apply(names, naming);
    return new Map([...names].map(([name, file]) => [name, text(tornBytes(file, chance))]));
  }

  #step(): void {
    if (this.#left-- <= 0) throw new PowerFailure();
  }
}

function apply(names: Map<string, FileBytes>, naming: Naming): void {
  if (naming.kind === "unlink") names.delete(naming.name);
  else if (naming.kind === "link") names.set(naming.name, naming.file);
  else {
    names.delete(naming.from);
    names.set(naming.to, naming.file);
  }
}

function tornBytes({ synced, pending }: FileBytes, chance: () => number): Uint8Array {
  const writes = pending
    .filter(() => chance() < 0.6)
    .map(({ at, bytes }) => ({
      at,
      bytes: chance() < 0.5 ? bytes : bytes.subarray(0, Math.floor(chance() * bytes.length)),
    }));
  return withWrites(synced, writes);
}

function withWrites(before: Uint8Array, writes: readonly { at: number; bytes: Uint8Array }[]): Uint8Array {
  const size = Math.max(before.length, ...writes.map(({ at, bytes }) => at + bytes.length));
  const all = new Uint8Array(size);
  all.set(before);
  for (const { at, bytes } of writes) all.set(bytes, at);
  return all;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}
