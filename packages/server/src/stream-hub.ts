/**
 * The live readers of one case. What becomes durable is brought to them in rounds, with a pause in between, in which more
 * is gathered: each reader is sent all that there is when its turn comes, as a text that is made once for all of its seat
 * who stand at the same place. A reader who cannot keep up is let go with a code that says where to go on; the log is there
 * to be read.
 */
import type { People } from "@parley/core/rules";
import type { LogId } from "@parley/ledger";
import type { Reader } from "./accounts/holdings.ts";
import { presentAuthor } from "./keeper/case-file.ts";
import { givesLog, itemText } from "./keeper/giving.ts";
import type { Keeper } from "./keeper/keeper.ts";
import type { Readable } from "./keeper/roll.ts";
import type { Metrics } from "./metrics.ts";
import type { CaseEntry } from "./store/log-store.ts";

/** Where messages go; a WebSocket in the server. */
export interface Outlet {
  /** A text in UTF-8: bytes that are made once serve all readers. */
  send(text: Buffer): void;
  close(code: number, reason: string): void;
  /** Bytes that wait to be sent. */
  readonly bufferedAmount: number;
}

/** Closing codes of ours; 4000 to 4999 are free for applications. */
export const closeCodes = {
  /** Read pages first, then open the stream again from there. */
  behind: 4000,
  /** Too slow: open again from the last sequence number. */
  slow: 4001,
  /** The reader may no longer read this. */
  ended: 4003,
  badRequest: 4400,
} as const;

const live = Buffer.from('{"type":"live"}');
const gatherMs = 25;
/** With many readers a round takes long: then the pause is this share of it, and more is gathered for the next one. */
const pauseShare = 0.5;
/** Readers that are served before others of this server have their turn. */
const readersAtOnce = 200;
/** How often a log's checkpoint is published: witnesses and readers need not judge one for every commit. */
const checkpointMs = 1_000;
const maxBufferedBytes = 1_048_576;
const maxCatchUp = 2_000;
const pageEntries = 500;

interface Follower {
  readonly reader: Reader;
  readonly outlet: Outlet;
  /** By log: the sequence number of the next entry to send. */
  readonly next: Map<string, number>;
  live: boolean;
  /** The people of the case when it was last judged whether it may read. */
  judgedBy: People | undefined;
}

export class StreamHub {
  readonly #caseId: string;
  readonly #keeper: Keeper;
  readonly #metrics: Metrics;
  readonly #followers = new Set<Follower>();
  /** By log: entries that some reader may not have been sent yet, in order. */
  readonly #recent = new Map<string, CaseEntry[]>();
  #revision = 0;
  #published: Readable | undefined;
  /** A round is under way, or will be after the pause. */
  #busy: boolean = false;
  /** By log: the checkpoint published last, and when. */
  readonly #notes = new Map<string, { readonly checkpoint: string; readonly at: number }>();
  /** Logs with a checkpoint that waits until its second is over. */
  readonly #owed = new Set<string>();
  #owing: ReturnType<typeof setTimeout> | undefined;
  #pauseMs = gatherMs;
  #unsubscribe: (() => void) | undefined;

  constructor(caseId: string, keeper: Keeper, metrics: Metrics) {
    this.#caseId = caseId;
    this.#keeper = keeper;
    this.#metrics = metrics;
  }

  get isEmpty(): boolean {
    return this.#followers.size === 0;
  }

  /** Adds a reader who has all entries before `next`. Returns how to take it out again. */
  async follow(reader: Reader, outlet: Outlet, next: ReadonlyMap<string, number>): Promise<() => void> {
    const follower: Follower = { reader, outlet, next: new Map(next), live: false, judgedBy: undefined };
    const { revision = 0 } = (await this.#keeper.readable(this.#caseId)) ?? {};
    this.#followers.add(follower);
    this.#unsubscribe ??= this.#keeper.subscribe(this.#caseId, revision, (entries, published) =>
      this.#gather(entries, published),
    );
    const leave = (): void => {
      this.#followers.delete(follower);
      if (!this.isEmpty) return;
      this.#unsubscribe?.();
      this.#unsubscribe = undefined;
      clearTimeout(this.#owing);
      this.#owing = undefined;
    };
    await this.#catchUp(follower);
    return leave;
  }

  /** Sends what the store has beyond the reader's place, until there is no more; then the reader is live. */
  async #catchUp(follower: Follower): Promise<void> {
    for (let sent = 0; this.#followers.has(follower); ) {
      const published = await this.#keeper.readable(this.#caseId);
      if (!published) return;
      const log = this.#laggingLog(follower, published);
      if (log === undefined) {
        follower.live = true;
        follower.outlet.send(live);
        return;
      }
      const from = follower.next.get(log) ?? 0;
      const size = published.heads.get(log as LogId)?.size ?? 0;
      if (size - from > maxCatchUp || sent > maxCatchUp) return this.#drop(follower, closeCodes.behind);
      const rows = await this.#keeper.logs.page(this.#caseId, log, from, Math.min(pageEntries, size - from));
      if (rows.length === 0) return;
      sent += rows.length;
      follower.outlet.send(
        frameOf(published, follower.reader, log, rows, this.#noteAt(published, log, rows)),
      );
      follower.next.set(log, from + rows.length);
    }
  }

  #laggingLog(follower: Follower, published: Readable): string | undefined {
    return [...published.heads.values()].find(
      ({ log, size }) => (follower.next.get(log) ?? 0) < size && givesLog(published, follower.reader, log),
    )?.log;
  }

  #gather(entries: readonly CaseEntry[], published: Readable): void {
    for (const entry of entries) {
      // A case that was read anew is told again.
      if (entry.revision <= this.#revision) continue;
      const rows = this.#recent.get(entry.log);
      if (rows) rows.push(entry);
      else this.#recent.set(entry.log, [entry]);
    }
    this.#revision = published.revision;
    this.#published = published;
    this.#begin();
  }

  #begin(): void {
    if (this.#busy || this.#recent.size === 0) return;
    this.#busy = true;
    setTimeout(() => void this.#round(), this.#pauseMs);
  }

  async #round(): Promise<void> {
    const started = performance.now();
    const before = [...this.#recent].map(([log, rows]) => [log, rows.length] as const);
    const frames = new Map<string, Buffer>();
    let served = 0;
    for (const follower of this.#followers) {
      this.#serve(follower, frames);
      if (++served % readersAtOnce === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    // What came during the round the first readers do not have yet.
    for (const [log, count] of before) {
      const rows = this.#recent.get(log)?.slice(count) ?? [];
      if (rows.length > 0) this.#recent.set(log, rows);
      else this.#recent.delete(log);
    }
    this.#pauseMs = Math.max(gatherMs, pauseShare * (performance.now() - started));
    this.#busy = false;
    this.#begin();
    this.#remember();
  }

  #serve(follower: Follower, frames: Map<string, Buffer>): void {
    const published = this.#published;
    if (published && this.#judge(follower, published) && follower.live)
      this.#send(follower, published, frames);
  }

  /** A device that was revoked, or whose member left, follows no longer. Public reading is judged when it begins. */
  #judge(follower: Follower, { people }: Readable): boolean {
    const { seat, devices } = follower.reader;
    if (seat === undefined || follower.judgedBy === people) return true;
    follower.judgedBy = people;
    if (devices.some((device) => presentAuthor(people, device)?.seat.id === seat)) return true;
    this.#drop(follower, closeCodes.ended);
    return false;
  }

  #send(follower: Follower, published: Readable, frames: Map<string, Buffer>): void {
    const { reader, outlet } = follower;
    for (const [log, rows] of this.#recent) {
      if (!givesLog(published, reader, log)) continue;
      const next = follower.next.get(log) ?? 0;
      const first = rows[0]?.seq ?? 0;
      const end = first + rows.length;
      if (end <= next) continue;
      if (first > next) {
        this.#drop(follower, closeCodes.behind);
        return;
      }
      const note = this.#noteAt(published, log, rows);
      const key = `${reader.seat ?? ""} ${log} ${next} ${end} ${note ?? ""}`;
      const frame = frames.get(key) ?? frameOf(published, reader, log, rows.slice(next - first), note);
      frames.set(key, frame);
      follower.next.set(log, end);
      outlet.send(frame);
    }
    if (outlet.bufferedAmount > maxBufferedBytes) this.#drop(follower, closeCodes.slow);
  }

  /** The checkpoint to send after these rows: of a log's newest head alone, and a new one at most once a second. */
  #noteAt(published: Readable, log: string, rows: readonly CaseEntry[]): string | undefined {
    const head = published.heads.get(log as LogId);
    if (!head || head.size !== (rows.at(-1)?.seq ?? -1) + 1) return undefined;
    const last = this.#notes.get(log);
    if (last?.checkpoint === head.checkpoint) return head.checkpoint;
    if (last && performance.now() - last.at < checkpointMs) {
      this.#owed.add(log);
      return undefined;
    }
    this.#owed.delete(log);
    this.#notes.set(log, { checkpoint: head.checkpoint, at: performance.now() });
    return head.checkpoint;
  }

  /** Sees to it that checkpoints which wait are sent; the next round brings them, if there is one. */
  #remember(): void {
    if (this.#owed.size === 0 || this.#busy) return;
    const newest = Math.max(...[...this.#owed].map((log) => this.#notes.get(log)?.at ?? 0));
    const restMs = Math.max(0, newest + checkpointMs - performance.now());
    this.#owing ??= setTimeout(() => this.#payNotes(), restMs);
  }

  /** Sends the checkpoints that waited, to all who have every entry under them. */
  #payNotes(): void {
    this.#owing = undefined;
    const published = this.#published;
    if (this.#busy || !published) return;
    for (const log of this.#owed) {
      this.#owed.delete(log);
      const head = published.heads.get(log as LogId);
      if (!head) continue;
      this.#notes.set(log, { checkpoint: head.checkpoint, at: performance.now() });
      const frame = noteOf(log, head.checkpoint);
      for (const follower of this.#followers) {
        if (!follower.live || follower.next.get(log) !== head.size) continue;
        if (this.#judge(follower, published)) follower.outlet.send(frame);
      }
    }
  }

  #drop(follower: Follower, code: number): void {
    this.#followers.delete(follower);
    if (code !== closeCodes.ended) this.#metrics.dropped.inc();
    follower.outlet.close(code, code === closeCodes.ended ? "ended" : "catch up");
  }
}

function frameOf(
  published: Readable,
  reader: Reader,
  log: string,
  rows: readonly CaseEntry[],
  checkpoint: string | undefined,
): Buffer {
  const items = rows.map((row) => itemText(published, reader, row)).join(",");
  const note = checkpoint === undefined ? "" : `,"checkpoint":${JSON.stringify(checkpoint)}`;
  return Buffer.from(`{"type":"entries","log":${JSON.stringify(log)},"items":[${items}]${note}}`);
}

/** A checkpoint alone. */
function noteOf(log: string, checkpoint: string): Buffer {
  const [named, note] = [JSON.stringify(log), JSON.stringify(checkpoint)];
  return Buffer.from(`{"type":"entries","log":${named},"items":[],"checkpoint":${note}}`);
}
