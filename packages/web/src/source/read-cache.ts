/**
 * What was read of a server's cases, so that it can be read again where the server is not reached, and at once where it is.
 * Pages of entries are kept as they came, once they have been checked and folded here, each sealed (`kept-seal.ts`); beside
 * them the front of the case, which is what is shown first. Live messages come a few entries at a time: small pages are
 * given joined, and kept so by whoever reads them. Signing out forgets them, and the key.
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
  /** As how many pages it was kept. */
  readonly parts: number;
}

interface Kept<T> {
  readonly version: string;
  readonly value: T;
}

/** Session, case, log and the place of its first entry. */
type PageKey = [string, CaseId, LogId, number];

interface Schema extends DBSchema {
  keys: { key: string; value: CryptoKey };
  pages: { key: PageKey; value: Sealed };
  fronts: { key: [string, CaseId]; value: Sealed };
  cards: { key: [string, CaseId]; value: CaseCard };
}

/** A page is joined to at most so many entries, as many as one of the server's has here. */
const pageEntries = 500;
/** Pages that are taken out of the database at once. */
const takenAtOnce = 16;

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
    for (const log of logs) yield* joined(this.#pagesOf(id, log));
  }

  /** As they are kept, up to the first gap: what follows it is read again from the server. */
  async *#pagesOf(id: CaseId, log: LogId): AsyncGenerator<KeptPage> {
    const store = await this.#store;
    let next = 0;
    for (let after: IDBValidKey[] | undefined = [this.#session, id, log]; after; ) {
      const range = IDBKeyRange.bound(after, [this.#session, id, log, []], true);
      // In one transaction: another window may be joining them.
      const { store: pages } = store.transaction("pages");
      const [keys, values] = await Promise.all([
        pages.getAllKeys(range, takenAtOnce),
        pages.getAll(range, takenAtOnce),
      ]);
      for (const [i, key] of keys.entries()) {
        if (key[3] > next) return;
        const kept = await this.#open<readonly ReadItem[]>(values[i], key);
        const items = kept.value.filter(({ seq }) => seq >= next);
        next += items.length;
        if (items.length > 0) yield { log, items, checked: kept.version === version, parts: 1 };
      }
      after = keys.length < takenAtOnce ? undefined : keys.at(-1);
    }
  }

  async has(id: CaseId): Promise<boolean> {
    return (await (await this.#store).count("pages", this.#of(id))) > 0;
  }

  async keep(id: CaseId, log: LogId, items: readonly ReadItem[]): Promise<void> {
    const [first] = items;
    if (first) await this.#put("pages", [this.#session, id, log, first.seq], items);
  }

  /** Keeps them as one page, in place of those that begin within it. */
  async join(id: CaseId, log: LogId, items: readonly ReadItem[]): Promise<void> {
    const places = [items[0], items.at(-1)].map((item) => [this.#session, id, log, item?.seq ?? 0] as const);
    const [key, last] = places as [PageKey, PageKey];
    const page = await this.#sealed(key, items);
    const transaction = (await this.#store).transaction("pages", "readwrite");
    void transaction.store.delete(IDBKeyRange.bound(key, last));
    void transaction.store.put(page, key);
    await transaction.done;
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
    await (await this.#store).put(name, await this.#sealed(key, value), key);
  }

  async #sealed(key: readonly (string | number)[], value: unknown): Promise<Sealed> {
    return sealed(await this.#seal(), placeOf(key), { version, value });
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

/** Pages of one log, those that follow each other and are small together as one. */
async function* joined(pages: AsyncIterable<KeptPage>): AsyncGenerator<KeptPage> {
  let open: KeptPage | undefined;
  for await (const page of pages) {
    const fits = open?.checked === page.checked && open.items.length + page.items.length <= pageEntries;
    if (open && !fits) yield open;
    open = open && fits ? { ...open, items: [...open.items, ...page.items], parts: open.parts + 1 } : page;
  }
  if (open) yield open;
}

function placeOf(key: readonly (string | number)[]): string {
  return `parley-kept/1\n${key.join("\n")}`;
}
