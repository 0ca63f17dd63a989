/**
 * The cases in memory, as many as a keeper may hold: read from the store, kept while somebody follows them or writes, let go
 * when others were used since. What another server wrote makes a case stale, and it is read on from where it stood.
 *
 * To be written to, a case is folded from its entries; to be read, its roll is enough (`roll.ts`).
 */
import type { CaseId, Signer } from "@parley/ledger";
import type { CaseEntry, LogStore } from "../store/log-store.ts";
import { CaseFile } from "./case-file.ts";
import { type Readable, RollShelf } from "./roll.ts";

/** What has just become durable in a case, in order. */
export type Listener = (entries: readonly CaseEntry[], published: Readable) => void;

interface Followed {
  readonly listeners: Set<Listener>;
  /** The revision up to which its listeners know the case. */
  told: number;
}

/** Read and folded at once; in between others have their turn. */
const loadPage = 500;

export class HeldCases {
  readonly #logs: LogStore;
  readonly #maxEntries: number;
  readonly #rolls: RollShelf;
  readonly #files = new Map<string, CaseFile>();
  /** Cases that are being read, to be held. */
  readonly #reading = new Map<string, Promise<void>>();
  readonly #followed = new Map<string, Followed>();
  readonly #stale = new Set<string>();
  #working: Promise<unknown> = Promise.resolve();

  constructor(logs: LogStore, signer: Signer, maxEntries: number) {
    this.#logs = logs;
    this.#maxEntries = maxEntries;
    this.#rolls = new RollShelf(logs, signer);
  }

  get counts(): { cases: number; entries: number } {
    let entries = 0;
    for (const file of this.#files.values()) entries += file.revision;
    return { cases: this.#files.size, entries };
  }

  /** Files change in one place at a time. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#working.then(work);
    this.#working = turn.catch(() => undefined);
    return turn;
  }

  /** What was begun is done. */
  async settled(): Promise<void> {
    await this.#working;
  }

  /** The case as far as it is durable, folded; undefined where there is none. */
  async file(caseId: string): Promise<CaseFile | undefined> {
    const current = this.#current(caseId);
    if (current) return current;
    await this.ready(caseId);
    const file = this.#current(caseId) ?? (await this.exclusively(() => this.upToDate(caseId)));
    this.evict();
    return file.published ? file : undefined;
  }

  /** What reading the case needs, as far as it is durable: without folding it, where its roll is kept. */
  async readable(caseId: string): Promise<Readable | undefined> {
    const held = this.#current(caseId)?.published;
    if (held) return held;
    const kept = await this.#rolls.read(caseId as CaseId);
    if (kept !== "unkept") {
      // A commit that came meanwhile has been told to those who follow.
      const now = this.#current(caseId)?.published;
      return now && now.revision > (kept?.revision ?? 0) ? now : kept;
    }
    const published = (await this.file(caseId))?.published;
    // For the next reader; a store that cannot take it is no trouble of this one.
    if (published) await this.#rolls.keep(caseId as CaseId, published).catch(() => undefined);
    return published;
  }

  /** Tells `listener` of everything that comes after `revision`, and keeps the case in memory meanwhile. */
  subscribe(caseId: string, revision: number, listener: Listener): () => void {
    const followed = this.#followed.get(caseId) ?? { listeners: new Set(), told: revision };
    followed.listeners.add(listener);
    this.#followed.set(caseId, followed);
    // Who writes first need not wait.
    this.ready(caseId).catch(() => undefined);
    return () => {
      followed.listeners.delete(listener);
      if (followed.listeners.size === 0) this.#followed.delete(caseId);
    };
  }

  /** Somebody who may write has begun to read: a long case is folded meanwhile, so that the first event need not wait. */
  expect(caseId: string, revision: number): void {
    if (revision <= loadPage || this.#files.has(caseId) || this.#reading.has(caseId)) return;
    this.ready(caseId).then(
      () => this.evict(),
      () => undefined,
    );
  }

  /** Has the case read into memory, while others are served; what is appended meanwhile is read in a turn of its own. */
  ready(caseId: string): Promise<void> {
    if (this.#files.has(caseId)) return Promise.resolve();
    const reading = this.#reading.get(caseId) ?? this.#readAhead(caseId);
    this.#reading.set(caseId, reading);
    return reading;
  }

  async #readAhead(caseId: string): Promise<void> {
    const file = new CaseFile(caseId as CaseId);
    const fresh: CaseEntry[] = [];
    try {
      while (await this.#readPage(file, fresh)) await new Promise((resolve) => setImmediate(resolve));
      await this.exclusively(() => this.upToDate(caseId, file, fresh));
    } finally {
      this.#reading.delete(caseId);
    }
  }

  /** Takes in the next entries that the store has, and notes those that the followers have not been told. */
  async #readPage(file: CaseFile, fresh: CaseEntry[]): Promise<boolean> {
    const rows = await this.#logs.since(file.id, file.revision, loadPage);
    for (const row of rows) file.replay(row);
    const told = this.#followed.get(file.id)?.told;
    if (told !== undefined) fresh.push(...rows.filter(({ revision }) => revision > told));
    return rows.length === loadPage;
  }

  /** The case with all that the store has of it, within a turn; `begun` is as much of it as was read already. */
  async upToDate(
    caseId: string,
    begun: CaseFile = new CaseFile(caseId as CaseId),
    fresh: CaseEntry[] = [],
  ): Promise<CaseFile> {
    const held = this.#files.get(caseId);
    if (held && !this.#stale.has(caseId)) {
      this.hold(held);
      return held;
    }
    this.#stale.delete(caseId);
    const file = held ?? begun;
    for (let whole = false; !whole; ) {
      const more = await this.#readPage(file, fresh);
      // Another server may append between these two reads: heads and entries are of one moment, or read again.
      whole = !more && file.publish(await this.#logs.heads(caseId));
      // Reading a long case must not hold up everybody else.
      if (!whole) await new Promise((resolve) => setImmediate(resolve));
    }
    this.tell(file, fresh);
    // A case that is not there is not remembered: anyone signed in may ask for any.
    if (file.revision > 0) this.hold(file);
    return file;
  }

  /** The case in memory, where it is there with all that the store has of it. */
  #current(caseId: string): CaseFile | undefined {
    const held = this.#files.get(caseId);
    if (!held?.published || this.#stale.has(caseId)) return undefined;
    this.hold(held);
    return held;
  }

  /** `revision`: what the store has of it, where another server may have written; what is in memory is read on from there. */
  compare(caseId: string, revision: number | undefined): void {
    const held = this.#files.get(caseId);
    if (held && revision !== undefined && held.revision !== revision) this.#stale.add(caseId);
  }

  /** What is in memory of it is not what the store has. */
  forget(caseId: string): void {
    this.#files.delete(caseId);
  }

  /** Keeps a case in memory, as the one used last. */
  hold(file: CaseFile): void {
    this.#files.delete(file.id);
    this.#files.set(file.id, file);
  }

  /** Lets go of the cases used longest ago; one that somebody follows stays, and so does the one used last. */
  evict(): void {
    let { entries } = this.counts;
    let left = this.#files.size;
    for (const [caseId, file] of this.#files) {
      if (entries <= this.#maxEntries || left-- === 1) return;
      if (this.#followed.has(caseId)) continue;
      entries -= file.revision;
      this.#files.delete(caseId);
    }
  }

  tell(file: CaseFile, entries: readonly CaseEntry[]): void {
    const followed = this.#followed.get(file.id);
    if (!followed || !file.published || entries.length === 0) return;
    followed.told = file.published.revision;
    for (const listener of followed.listeners) listener(entries, file.published);
  }

  /**
   * `message`: a case and its revision, as `LogStore` announces them; undefined: any may have changed.
   */
  heard(message: string | undefined): void {
    const [named = "", revision] = message?.split(" ") ?? [];
    for (const caseId of message === undefined ? [...this.#files.keys()] : [named]) {
      const held = this.#files.get(caseId);
      // What this server wrote itself it hears too.
      if (held && held.revision >= Number(revision)) continue;
      if (!held && !this.#followed.has(caseId)) continue;
      this.#stale.add(caseId);
      if (this.#followed.has(caseId)) this.file(caseId).catch(() => undefined);
    }
  }
}
