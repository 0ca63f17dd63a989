/**
 * What was read of a server's cases, so that it can be read again where the server is not reached, and at once where it is.
 * Pages of entries are kept as they came, once they have been checked and folded here, each sealed (`kept-seal.ts`); beside
 * them the front of the case, which is what is shown first. Signing out forgets them, and the key.
 */
import { type CaseId, type Entry, type EventId, type LogId, sharedLog } from "@parley/ledger";
import { version } from "@parley/server/client";
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Front } from "./front.ts";
import { newSeal, opened, type Sealed, sealed } from "./kept-seal.ts";
import type { CaseCard } from "./shelf.ts";

/** An entry with its id and its leaf hash, or the leaf hash of one that is not given. */
export type ReadItem = { readonly seq: number; readonly leaf: string } & (
  | { readonly entry: Entry; readonly id: EventId }
  | { readonly entry?: undefined }
);

interface KeptPage {
  readonly log: LogId;
  readonly items: readonly ReadItem[];
  /** It was checked by this version of Parley; by another one's rules it is not taken as checked. */
  readonly checked: boolean;
}

interface Kept<T> {
  readonly version: string;
  readonly value: T;
}

interface Schema extends DBSchema {
  keys: { key: string; value: CryptoKey };
  /** By session, case, log and the place of its first entry. */
  pages: { key: [string, CaseId, LogId, number]; value: Sealed };
  fronts: { key: [string, CaseId]; value: Sealed };
  cards: { key: [string, CaseId]; value: CaseCard };
}

export class ReadCache {
  readonly #session: string;
  readonly #store: Promise<IDBPDatabase<Schema>>;
  #key: Promise<CryptoKey> | undefined;

  constructor(session: string) {
    this.#session = session;
    this.#store = openDB<Schema>("parley-read", 2, {
      upgrade(db) {
        // What an earlier version kept is read anew.
        for (const name of [...db.objectStoreNames]) db.deleteObjectStore(name);
        for (const name of ["keys", "pages", "fronts", "cards"] as const) db.createObjectStore(name);
      },
    });
  }

  /** The shared log first, because circles rest on it. Throws `Changed` at what was not sealed here. */
  async *pages(id: CaseId): AsyncGenerator<KeptPage> {
    const keys = await (await this.#store).getAllKeys("pages", this.#of(id));
    const logs = new Set<LogId>([sharedLog, ...keys.map(([, , log]) => log)]);
    for (const log of logs) {
      let next = 0;
      for (const key of keys) {
        // What follows a gap is read again from the server.
        if (key[2] !== log || key[3] > next) continue;
        const kept = await this.#open<readonly ReadItem[]>(await (await this.#store).get("pages", key), key);
        const items = kept.value.filter(({ seq }) => seq >= next);
        if (items.length === 0) continue;
        next += items.length;
        yield { log, items, checked: kept.version === version };
      }
    }
  }

  async has(id: CaseId): Promise<boolean> {
    return (await (await this.#store).count("pages", this.#of(id))) > 0;
  }

  async keep(id: CaseId, log: LogId, items: readonly ReadItem[]): Promise<void> {
    const [first] = items;
    if (first) await this.#put("pages", [this.#session, id, log, first.seq], items);
  }

  /** undefined where there is none that this version made. */
  async front(id: CaseId): Promise<Front | undefined> {
    const key = [this.#session, id] as [string, CaseId];
    const found = await (await this.#store).get("fronts", key);
    const kept = found && (await this.#open<Front>(found, key));
    return kept?.version === version ? kept.value : undefined;
  }

  async keepFront(id: CaseId, front: Front): Promise<void> {
    await this.#put("fronts", [this.#session, id], front);
  }

  async #put<Name extends "pages" | "fronts">(
    name: Name,
    key: Schema[Name]["key"],
    value: unknown,
  ): Promise<void> {
    const kept = await sealed(await this.#seal(), placeOf(key), { version, value });
    await (await this.#store).put(name, kept, key);
  }

  async #open<T>(found: Sealed | undefined, key: readonly (string | number)[]): Promise<Kept<T>> {
    const value = found && (await opened(await this.#seal(), placeOf(key), found));
    if (value === undefined) throw new Changed("what is kept here was not written here");
    return value as unknown as Kept<T>;
  }

  /** The key of this session; the first that asks makes it. */
  #seal(): Promise<CryptoKey> {
    this.#key ??= this.#makeSeal();
    return this.#key;
  }

  async #makeSeal(): Promise<CryptoKey> {
    const store = await this.#store;
    const made = (await store.get("keys", this.#session)) ?? (await newSeal());
    // Another window or a worker may have been faster.
    const transaction = store.transaction("keys", "readwrite");
    const known = await transaction.store.get(this.#session);
    if (!known) await transaction.store.put(made, this.#session);
    await transaction.done;
    return known ?? made;
  }

  /** The cases of which there is something here. */
  async read(): Promise<ReadonlySet<CaseId>> {
    const fronts = await (await this.#store).getAllKeys("fronts", this.#ofSession());
    return new Set(fronts.map(([, id]) => id));
  }

  async cards(): Promise<readonly CaseCard[]> {
    return (await this.#store).getAll("cards", this.#ofSession());
  }

  async keepCards(cards: readonly CaseCard[]): Promise<void> {
    const transaction = (await this.#store).transaction("cards", "readwrite");
    for (const card of cards) void transaction.store.put(card, [this.#session, card.id]);
    await transaction.done;
  }

  async forget(id: CaseId): Promise<void> {
    const store = await this.#store;
    await store.delete("pages", this.#of(id));
    await store.delete("fronts", [this.#session, id]);
  }

  async forgetAll(): Promise<void> {
    const store = await this.#store;
    for (const name of ["pages", "fronts", "cards"] as const) await store.delete(name, this.#ofSession());
    await store.delete("keys", this.#session);
    this.#key = undefined;
  }

  async close(): Promise<void> {
    (await this.#store).close();
  }

  #ofSession(): IDBKeyRange {
    return IDBKeyRange.bound([this.#session], [this.#session, []]);
  }

  #of(id: CaseId): IDBKeyRange {
    return IDBKeyRange.bound([this.#session, id], [this.#session, id, []]);
  }
}

/** What is kept here was changed here, or is not of this session. */
export class Changed extends Error {}

function placeOf(key: readonly (string | number)[]): string {
  return `parley-kept/1\n${key.join("\n")}`;
}
