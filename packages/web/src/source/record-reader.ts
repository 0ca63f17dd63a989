/**
 * Reads a case that a server keeps: what this browser kept of it, then what is missing, then what comes live. The server
 * carries and orders; what it brings is checked here entry by entry before a page sees it: signatures, places, rules, the
 * keeper's checkpoint, and consistency with the head remembered from last time.
 *
 * Of a long case its front is shown meanwhile (`front.ts`), and nothing can be done.
 */
import {
  base64url,
  type Entry,
  fromBase64url,
  type LogId,
  type PreparedEntry,
  prepareEntry,
  rememberId,
  sharedLog,
  signedBytes,
} from "@parley/ledger";
import { ApiProblem, follow, type LogItem, type ParleyClient } from "@parley/server/client";
import type { Asked, Batch } from "./batches.ts";
import type { CaseSnapshot, Connection, Reading } from "./case-source.ts";
import type { FoldedCase } from "./folded-case.ts";
import { askFront, asSnapshot, type Front, frontOf, holds, sizeOf } from "./front.ts";
import type { MismatchKind } from "./mismatch.ts";
import { Changed, type ReadCache, type ReadItem } from "./read-cache.ts";
import { readBatches } from "./reader.ts";
import { RememberedHeads } from "./remembered-heads.ts";
import type { Witness } from "./witness.ts";

/** Of a case with more entries to read than this its front is shown first. */
const long = 500;
/** Work at once, so that no frame waits. */
const sliceMs = 8;
const tellMs = 200;
/** What was read is in the kept front not later than this. */
const keepFrontMs = 2_000;

interface Heard {
  readonly onEntry: (entry: Entry) => void;
  /** Nothing is missing, and the keeper's head is that of what was read. */
  readonly onLive: () => void;
}

interface Summary {
  readonly log: string;
  readonly size: number;
}

export class RecordReader {
  readonly #client: ParleyClient;
  readonly #folded: FoldedCase;
  readonly #witness: Witness;
  readonly #cache: ReadCache | undefined;
  readonly #heard: Heard;
  readonly heads: RememberedHeads;
  connection: Connection = "reading";
  reading: Reading | undefined;
  readonly whole: Promise<void>;
  #finish: () => void = () => undefined;
  #fail: (reason: Error) => void = () => undefined;
  #show: () => void = () => undefined;
  /** What is shown until the whole was read. */
  #front: { readonly front: Front; readonly snapshot: CaseSnapshot } | undefined;
  /** What the server said of the case before its entries were read. */
  #told: Front | undefined;
  #isWhole = false;
  #stopped = false;
  #stop: () => void = () => undefined;
  #keeping: ReturnType<typeof setTimeout> | undefined;

  constructor(
    client: ParleyClient,
    folded: FoldedCase,
    witness: Witness,
    cache: ReadCache | undefined,
    heard: Heard,
  ) {
    this.#client = client;
    this.#folded = folded;
    this.#witness = witness;
    this.#cache = cache;
    this.#heard = heard;
    this.whole = new Promise((finish, fail) => {
      this.#finish = finish;
      this.#fail = fail;
    });
    this.heads = new RememberedHeads(folded, client.session, witness);
  }

  /**
   * Takes what was read before, reads the rest, then follows. Resolves once there is something to show: nothing is missing,
   * or the front of a long case is there, or, where the server is not reached, what was read before, or, where the record
   * does not hold, its fault; rejects with the reason if there is none of these. `before`: what else it waits for.
   */
  open(before: () => Promise<void>): Promise<void> {
    const shown = new Promise<void>((show) => {
      this.#show = show;
    });
    this.whole.catch((reason: Error) => {
      if (!this.reading) return;
      this.reading = { ...this.reading, failed: reason };
      this.#folded.tell();
    });
    Promise.all([this.#takeKept(), before()]).then(() => this.#follow(), this.#fail);
    return Promise.race([shown, this.whole]);
  }

  snapshot(): CaseSnapshot {
    const fault = this.#folded.fault();
    if (fault) throw fault;
    return this.#front?.snapshot ?? this.#folded.snapshot();
  }

  #showFront(front: Front, own: boolean, all: number): void {
    this.#front = { front, snapshot: asSnapshot(front) };
    this.reading = { checked: 0, all, own };
    this.#folded.tell();
    this.#show();
  }

  #allRead(): void {
    if (this.#isWhole) return;
    this.#isWhole = true;
    this.#front = undefined;
    this.reading = undefined;
    if (this.#folded.isOpen) this.#folded.tell();
    this.#keepFrontSoon();
    this.#finish();
  }

  /** What is kept was checked here: it is folded, and its end is the one that was noted then. Else all is read anew. */
  async #takeKept(): Promise<void> {
    const cache = this.#cache;
    if (!cache) return;
    const { id } = this.#folded;
    try {
      const front = await cache.front(id);
      const size = front && sizeOf(front);
      if (front && size !== undefined && size > long) {
        this.#showFront(front, true, size);
        await painted();
      }
      if (!front && !(await cache.has(id))) return;
      const asked: Asked = { session: this.#client.session, caseId: id, kept: true, keys: new Map() };
      await this.#take(readBatches(asked, size ?? long));
      const root = front && this.#folded.rootAt(front.sizes[sharedLog] ?? 0);
      if (this.#folded.fault() || (root !== undefined && root !== front?.root)) throw new Changed();
    } catch (reason) {
      if (!(reason instanceof Changed)) throw reason;
      // A front that opened was sealed here: it stands until all is read again.
      await cache.forget(id);
      this.#folded.forget();
    }
  }

  /** A line that does not come about does not tell whether one is signed in; a question to the server does. */
  async #whyNot(otherwise: Error): Promise<Error> {
    try {
      await this.#client.whoAmI();
      return otherwise;
    } catch (problem) {
      return problem instanceof Error ? problem : new Error(String(problem));
    }
  }

  #follow(): void {
    if (this.#stopped) return;
    const giveUp = (reason: Error) => {
      this.#stop();
      this.#fail(reason);
    };
    this.#stop = follow(this.#client, {
      caseId: this.#folded.id,
      next: this.#sizes(),
      catchUp: (logs) => this.#catchUp(logs),
      onItems: (log, items, checkpoint) => this.#takeLive(log as LogId, items, checkpoint),
      onState: (state) => {
        this.connection = state;
        const { isOpen } = this.#folded;
        if (state === "ended") {
          const notGiven = new ApiProblem(403, "not-given", "This case is not given to you.");
          if (isOpen) giveUp(notGiven);
          else void this.#whyNot(notGiven).then(giveUp);
        } else if (isOpen && state === "live") void this.#live();
        else if (state === "broken" && this.reading?.own !== false) {
          // What the server alone said stays as it is until the server is there again.
          if (isOpen) this.#allRead();
          else {
            const offline = new ApiProblem(0, "offline", "The server cannot be reached.");
            void this.#whyNot(offline).then(giveUp);
          }
        }
        if (isOpen || this.#front) this.#folded.tell();
      },
    });
  }

  async #live(): Promise<void> {
    await this.#askHead();
    this.#allRead();
    if (!this.#folded.fault()) this.#heard.onLive();
  }

  #sizes(): Record<string, number> {
    return Object.fromEntries(this.#folded.logs.map(({ log }) => [log, this.#folded.sizeOf(log)]));
  }

  /** Reads what is missing up to these sizes. */
  async #catchUp(logs: readonly Summary[]): Promise<Readonly<Record<string, number>>> {
    const { id } = this.#folded;
    // Circles rest on the shared log.
    const ordered = [...logs].sort((a, b) => Number(b.log === sharedLog) - Number(a.log === sharedLog));
    const missing = ordered
      .map(({ log, size }) => ({ log: log as LogId, from: this.#folded.sizeOf(log as LogId), size }))
      .filter(({ from, size }) => from < size);
    const count = missing.reduce((sum, { from, size }) => sum + size - from, 0);
    if (count === 0) return this.#sizes();
    const all = logs.reduce((sum, { size }) => sum + size, 0);
    if (!this.#isWhole && !this.#front && count > long) {
      this.#told = await askFront(this.#client, id);
      if (this.#told) this.#showFront(this.#told, false, all);
    }
    if (this.reading) this.reading = { ...this.reading, all };
    const devices = Object.values(this.#folded.people?.devices ?? {});
    const keys = new Map(devices.map((device) => [device.id, device.keys.signing]));
    const kept = this.#cache !== undefined;
    await this.#take(readBatches({ session: this.#client.session, caseId: id, kept, keys, missing }, count));
    if (this.#folded.fault()) this.#allRead();
    return this.#sizes();
  }

  /** Folds batch by batch, a slice at a time, until there are no more or one does not hold. */
  async #take(batches: AsyncGenerator<Batch>): Promise<void> {
    let told = performance.now();
    for await (const { log, items, signed } of batches) {
      let began = performance.now();
      for (const [i, item] of items.entries()) {
        if (performance.now() - began > sliceMs) {
          await breath();
          if (this.#stopped) return;
          began = performance.now();
        }
        const good = signed === "before" ? signed : signed[i];
        if (!this.#fold(log, item, good)) return;
      }
      if (performance.now() - told < tellMs) continue;
      told = performance.now();
      this.#progress();
    }
    this.#progress();
  }

  #progress(): void {
    if (this.reading) {
      const checked = this.#folded.logs.reduce((sum, { log }) => sum + this.#folded.sizeOf(log), 0);
      this.reading = { ...this.reading, checked };
    }
    if (this.reading || this.#isWhole) this.#folded.tell();
    // Reading that is broken off goes on from there.
    this.#keepFrontSoon();
  }

  /** `signed`: what is known of its signature; "before": it was checked here before. False: it does not hold. */
  #fold(log: LogId, item: ReadItem, signed: boolean | undefined | "before"): boolean {
    const leaf = fromBase64url(item.leaf);
    if (item.seq !== this.#folded.sizeOf(log)) {
      this.distrust("entry", "The entry is not in its place.", item.seq);
    } else if (!item.entry) this.#folded.foldWithheld(leaf);
    else {
      const prepared = preparedOf(item.entry, item.id, leaf);
      const refusal =
        signed === "before"
          ? this.#folded.replay(prepared)
          : this.#folded.fold(prepared, signed === undefined ? undefined : () => signed);
      if (refusal) this.distrust("entry", refusal.sentence, item.seq);
      else this.#heard.onEntry(item.entry);
    }
    if (log === sharedLog) this.#compareFront();
    return !this.#folded.fault();
  }

  /** What the server said before its record was read must be what the record says. */
  #compareFront(): void {
    const told = this.#told;
    if (!told || this.#folded.head.size !== told.sizes[sharedLog]) return;
    this.#told = undefined;
    if (!holds(told, this.#folded)) {
      this.distrust("front", "What the server showed first is not what its record says.");
    }
  }

  #takeLive(log: LogId, items: readonly LogItem[], checkpoint: string | undefined): void {
    if (this.#folded.fault()) return;
    const read: ReadItem[] = [];
    for (const item of items) {
      const next = "leaf" in item ? item : readItem(item);
      if (!this.#fold(log, next, undefined)) {
        this.#allRead();
        return;
      }
      read.push(next);
    }
    if (checkpoint !== undefined && this.#folded.isOpen) this.#check(log, checkpoint);
    if (this.#isWhole) this.#folded.tell();
    if (this.#folded.fault() || read.length === 0) return;
    this.#cache?.keep(this.#folded.id, log, read).catch(() => undefined);
    this.#keepFrontSoon();
  }

  #keepFrontSoon(): void {
    if (!this.#cache || this.#folded.fault()) return;
    this.#keeping ??= setTimeout(() => {
      this.#keeping = undefined;
      const front = this.#folded.fault() ? undefined : frontOf(this.#folded);
      if (front) this.#cache?.keepFront(this.#folded.id, front).catch(() => undefined);
    }, keepFrontMs);
  }

  /** The keeper's newest head, asked for once at each beginning: where nothing is new, no entry brings it. */
  async #askHead(): Promise<void> {
    try {
      const note = await this.#client.checkpoint(this.#folded.id, sharedLog);
      if (!this.#folded.fault()) this.#check(sharedLog, note);
    } catch (problem) {
      // Not reached, or no longer given: the stream tells.
      if (!(problem instanceof ApiProblem)) throw problem;
    }
  }

  #check(log: LogId, note: string): void {
    const fault = this.heads.check(log, note);
    if (fault) this.distrust(fault.kind, fault.sentence);
  }

  distrust(kind: MismatchKind, sentence: string, seq?: number): void {
    this.#end();
    this.#folded.distrust(kind, sentence, seq);
  }

  /** Reads and follows no longer. */
  stop(): void {
    this.#stopped = true;
    this.#end();
  }

  #end(): void {
    this.#stop();
    this.#witness.stop();
    clearTimeout(this.#keeping);
  }
}

function readItem({ seq, entry }: Extract<LogItem, { readonly entry: Entry }>): ReadItem {
  const { id, leaf } = prepareEntry(entry);
  return { seq, entry, id, leaf: base64url(leaf) };
}

/** Id and leaf were made beside the page; what is signed is written only where it must be checked here. */
function preparedOf(entry: Entry, id: PreparedEntry["id"], leaf: Uint8Array): PreparedEntry {
  rememberId(entry.event, id);
  return {
    entry,
    id,
    leaf,
    get message() {
      return signedBytes(entry.event);
    },
  };
}

/** What is to be shown at once is drawn before the work begins; a window that is not seen draws nothing. */
function painted(): Promise<unknown> {
  const late = new Promise((go) => setTimeout(go, 100));
  return Promise.race([late, new Promise((go) => requestAnimationFrame(go))]);
}

/** Lets a frame be drawn. A timer would wait longer, and in a window that is not seen much longer. */
function breath(): Promise<void> {
  return new Promise((go) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      go();
    };
    port2.postMessage(undefined);
  });
}
