/**
 * What was read of a server's cases, so that it can be read again where the server is not reached. Entries are kept as
 * they came, what is private in them sealed; on the way in each is checked anew. Signing out forgets them.
 */
import { type CaseId, type LogId, sharedLog } from "@parley/ledger";
import type { LogItem } from "@parley/server/client";
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { CaseCard } from "./shelf.ts";

interface Schema extends DBSchema {
  items: { key: [string, CaseId, LogId, number]; value: LogItem };
  cards: { key: [string, CaseId]; value: CaseCard };
}

export class ReadCache {
  readonly #session: string;
  readonly #store: Promise<IDBPDatabase<Schema>>;

  constructor(session: string) {
    this.#session = session;
    this.#store = openDB<Schema>("parley-read", 1, {
      upgrade(db) {
        db.createObjectStore("items");
        db.createObjectStore("cards");
      },
    });
  }

  /** The shared log first, because circles rest on it. */
  async items(id: CaseId): Promise<readonly (readonly [LogId, readonly LogItem[]])[]> {
    const store = await this.#store;
    const logs = new Map<LogId, LogItem[]>([[sharedLog, []]]);
    const transaction = store.transaction("items");
    const range = this.#of(id);
    const [keys, items] = await Promise.all([
      transaction.store.getAllKeys(range),
      transaction.store.getAll(range),
    ]);
    for (const [i, [, , log]] of keys.entries()) {
      const item = items[i];
      const read = logs.get(log) ?? [];
      logs.set(log, read);
      // What follows a gap is read again from the server.
      if (item?.seq === read.length) read.push(item);
    }
    return [...logs];
  }

  async keep(id: CaseId, log: LogId, items: readonly LogItem[]): Promise<void> {
    const transaction = (await this.#store).transaction("items", "readwrite");
    for (const item of items) void transaction.store.put(item, [this.#session, id, log, item.seq]);
    await transaction.done;
  }

  /** The cases of which there is something here. */
  async read(): Promise<ReadonlySet<CaseId>> {
    const read = new Set<CaseId>();
    const { store } = (await this.#store).transaction("items");
    let cursor = await store.openKeyCursor(this.#ofSession());
    while (cursor) {
      const [, id] = cursor.key;
      read.add(id);
      // Past everything of this case.
      cursor = await cursor.continue([this.#session, id, [] as unknown as LogId, 0]);
    }
    return read;
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
    await (await this.#store).delete("items", this.#of(id));
  }

  async forgetAll(): Promise<void> {
    const store = await this.#store;
    await store.delete("items", this.#ofSession());
    await store.delete("cards", this.#ofSession());
  }

  #ofSession(): IDBKeyRange {
    return IDBKeyRange.bound([this.#session], [this.#session, []]);
  }

  #of(id: CaseId): IDBKeyRange {
    return IDBKeyRange.bound([this.#session, id], [this.#session, id, []]);
  }
}
