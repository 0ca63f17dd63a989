/**
 * The live readers of one case. What becomes durable is gathered for a moment and sent to all readers of a seat as one text,
 * made once. A reader who cannot keep up is let go with a code that says where to go on; the log is there to be read.
 */
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
}

export class StreamHub {
  readonly #caseId: string;
  readonly #keeper: Keeper;
  readonly #metrics: Metrics;
  readonly #followers = new Set<Follower>();
  #gathered: CaseEntry[] = [];
  #revision = 0;
  #published: Readable | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
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
    const follower: Follower = { reader, outlet, next: new Map(next), live: false };
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
    // A case that was read anew is told from its beginning.
    const fresh = entries.filter(({ revision }) => revision > this.#revision);
    this.#gathered.push(...fresh);
    this.#revision = published.revision;
    this.#published = published;
    this.#timer ??= setTimeout(() => this.#flush(), this.#pauseMs);
  }

  #flush(): void {
    this.#timer = undefined;
    const started = performance.now();
    const entries = this.#gathered;
    const published = this.#published;
    this.#gathered = [];
    if (!published) return;
    const frames = new Map<string, Buffer>();
    const logs = byLog(entries);
    for (const follower of this.#followers) {
      if (!mayStillRead(follower.reader, published)) this.#drop(follower, closeCodes.ended);
      else if (follower.live) this.#send(follower, logs, published, frames);
    }
    // With many readers a round takes long: then more is gathered for the next one.
    this.#pauseMs = Math.max(gatherMs, 1.5 * (performance.now() - started));
  }

  #send(
    follower: Follower,
    logs: ReadonlyMap<string, readonly CaseEntry[]>,
    published: Readable,
    frames: Map<string, Buffer>,
  ): void {
    for (const [log, rows] of logs) {
      if (!givesLog(published, follower.reader, log)) continue;
      const next = follower.next.get(log) ?? 0;
      const first = rows[0]?.seq ?? 0;
      const end = first + rows.length;
      if (end <= next) continue;
      if (first > next) {
        this.#drop(follower, closeCodes.behind);
        return;
      }
      const key = `${follower.reader.seat ?? ""} ${log} ${next}`;
      const note = this.#noteAt(published, log, rows);
      const frame =
        frames.get(key) ?? frameOf(published, follower.reader, log, rows.slice(next - first), note);
      frames.set(key, frame);
      follower.next.set(log, end);
      follower.outlet.send(frame);
    }
    if (follower.outlet.bufferedAmount > maxBufferedBytes) this.#drop(follower, closeCodes.slow);
  }

  /** The checkpoint to send after these rows: of a log's newest head alone, and a new one at most once a second. */
  #noteAt(published: Readable, log: string, rows: readonly CaseEntry[]): string | undefined {
    const head = published.heads.get(log as LogId);
    if (!head || head.size !== (rows.at(-1)?.seq ?? -1) + 1) return undefined;
    const last = this.#notes.get(log);
    if (last?.checkpoint === head.checkpoint) return head.checkpoint;
    const now = performance.now();
    const restMs = last ? last.at + checkpointMs - now : 0;
    if (restMs > 0) {
      this.#owed.add(log);
      this.#owing ??= setTimeout(() => this.#payNotes(), restMs);
      return undefined;
    }
    this.#notes.set(log, { checkpoint: head.checkpoint, at: now });
    return head.checkpoint;
  }

  /** Sends the checkpoints that waited, to all who have every entry under them. */
  #payNotes(): void {
    this.#owing = undefined;
    for (const log of this.#owed) {
      this.#owed.delete(log);
      const head = this.#published?.heads.get(log as LogId);
      if (!this.#published || !head) continue;
      this.#notes.set(log, { checkpoint: head.checkpoint, at: performance.now() });
      for (const { live, reader, next, outlet } of this.#followers) {
        if (!live || next.get(log) !== head.size || !mayStillRead(reader, this.#published)) continue;
        outlet.send(frameOf(this.#published, reader, log, [], head.checkpoint));
      }
    }
  }

  #drop(follower: Follower, code: number): void {
    this.#followers.delete(follower);
    if (code !== closeCodes.ended) this.#metrics.dropped.inc();
    follower.outlet.close(code, code === closeCodes.ended ? "ended" : "catch up");
  }
}

/** A device that was revoked, or whose member left, follows no longer. Public reading is judged when it begins. */
function mayStillRead({ seat, devices }: Reader, { people }: Readable): boolean {
  return seat === undefined || devices.some((device) => presentAuthor(people, device)?.seat.id === seat);
}

function byLog(entries: readonly CaseEntry[]): Map<string, CaseEntry[]> {
  const logs = new Map<string, CaseEntry[]>();
  for (const entry of entries) {
    const rows = logs.get(entry.log);
    if (rows) rows.push(entry);
    else logs.set(entry.log, [entry]);
  }
  return logs;
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
