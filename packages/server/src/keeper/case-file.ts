/**
 * One case in memory: its logs as they stand after the last admitted entry, and beside them what is `published`, that
 * is durable. Only what is published is ever shown. After a commit that failed the file is thrown away and read again.
 */
import {
  type Author,
  authorOf,
  type CaseState,
  type CircleState,
  circleLogRules,
  type Given,
  givenAfter,
  givenNothing,
  type People,
  type Refusal,
  type SeatId,
  sharedLogRules,
} from "@parley/core/rules";
import {
  appendEntry,
  base64url,
  type CaseId,
  canonicalJson,
  concatBytes,
  type DeviceId,
  type DeviceKeys,
  type Entry,
  type Event,
  type EventId,
  entryEnds,
  eventId,
  type FoldedLog,
  fromBase64url,
  fromUtf8,
  type Head,
  type LogId,
  type LogRefusal,
  openLog,
  type PreparedEntry,
  parseCanonicalJson,
  prepareEntry,
  readEntry,
  rememberId,
  sharedLog,
  utf8,
  type VerifySignature,
  verifySignature,
} from "@parley/ledger";
import type { CaseEntry, StoredEntry, StoredHead } from "../store/log-store.ts";
import type { Readable, Roll } from "./roll.ts";

type SharedFold = FoldedLog<CaseState | undefined, undefined, Refusal>;
type CircleFold = FoldedLog<CircleState | undefined, CaseState, Refusal>;

/** What the readers of a case may be shown: all of it is on disk. */
export interface Published extends Readable {
  readonly state: CaseState;
  readonly circles: ReadonlyMap<LogId, CircleState>;
}

export interface Signed {
  readonly event: Event;
  readonly signature: string;
}

/** A signed event with its canonical bytes, from which its id and what is signed are made once. */
export interface Incoming extends Signed {
  readonly bytes: Uint8Array;
  readonly id: EventId;
  readonly message: Uint8Array;
}

export function incoming({ event, signature }: Signed): Incoming {
  const text = canonicalJson(event);
  const bytes = utf8(text);
  return {
    event,
    signature,
    bytes,
    id: eventId(event, bytes),
    message: utf8(`parley-event/1\n${text}`),
  };
}

export type Admission =
  | { readonly refusal: Refusal | LogRefusal }
  | { readonly stored: StoredEntry; readonly at: string };

export class CaseFile {
  readonly id: CaseId;
  readonly #shared: SharedFold;
  readonly #circles = new Map<LogId, CircleFold>();
  #given = new Map<SeatId, Given>();
  #revision = 0;
  #at = "";
  #published: Published | undefined;

  constructor(id: CaseId) {
    this.id = id;
    this.#shared = openLog(id, sharedLog, sharedLogRules);
  }

  /** undefined until the case's first entry is durable. */
  get published(): Published | undefined {
    return this.#published;
  }

  /** Entries taken in, durable or about to be. */
  get revision(): number {
    return this.#revision;
  }

  get state(): CaseState | undefined {
    return this.#shared.state;
  }

  /** The keys that an event's signature must be by, as far as known now. */
  keysOf(event: Event): DeviceKeys | undefined {
    const state = this.#shared.state;
    if (event.log === sharedLog) return sharedLogRules.keysOf(state, undefined, event.author, event);
    return state && circleLogRules.keysOf(undefined, state, event.author, event);
  }

  /** Where an event stands already. */
  placeOf({ event, id }: Incoming): number | undefined {
    return this.#fold(event.log)?.position.placeOf(id);
  }

  /** Admits an event at the keeper's time, or gives the refusal and changes nothing. */
  admit({ event, signature, bytes }: Incoming, nowMs: number, verify: VerifySignature): Admission {
    const now = new Date(nowMs).toISOString();
    const at = now > this.#at ? now : this.#at;
    const shared = event.log === sharedLog ? {} : { shared: this.#shared.position.head() };
    const entry = { event, signature, at, ...shared };
    const [before, after] = entryEnds(entry);
    const entryBytes = concatBytes(utf8(before), bytes, utf8(after));
    const prepared = prepareEntry(entry, bytes, entryBytes);
    const refusal = this.#append(prepared, verify);
    if (refusal) return { refusal };
    this.#advance(prepared.entry);
    const stored: StoredEntry = {
      log: event.log,
      seq: this.#sizeOf(event.log) - 1,
      eventId: prepared.id,
      leaf: base64url(prepared.leaf),
      entry: fromUtf8(entryBytes),
    };
    return { stored, at };
  }

  #append(prepared: PreparedEntry, verify: VerifySignature): Refusal | LogRefusal | undefined {
    const { event } = prepared.entry;
    if (event.log === sharedLog) return appendEntry(this.#shared, prepared, undefined, verify);
    const state = this.#shared.state;
    if (!state) return { code: "wrong-phase", sentence: "The case has not been opened." };
    const known = this.#circles.get(event.log);
    const circle = known ?? openLog(this.id, event.log, circleLogRules, this.#shared.position);
    const refusal = appendEntry(circle, prepared, state, verify);
    if (!refusal && !known) this.#circles.set(event.log, circle);
    return refusal;
  }

  /** Takes in an entry that this store has admitted before: its signature and admission are not asked again. */
  replay(row: CaseEntry): Entry {
    const entry = JSON.parse(row.entry) as Entry;
    rememberId(entry.event, row.eventId as EventId);
    const prepared = {
      entry,
      id: row.eventId,
      message: new Uint8Array(),
      leaf: fromBase64url(row.leaf),
    } as unknown as PreparedEntry;
    const { log } = entry.event;
    if (log === sharedLog) {
      this.#shared.state = sharedLogRules.apply(this.#shared.state, undefined, entry);
      this.#shared.position.append(prepared);
    } else {
      let circle = this.#circles.get(log);
      if (!circle) {
        circle = openLog(this.id, log, circleLogRules, this.#shared.position);
        this.#circles.set(log, circle);
      }
      if (this.#shared.state) circle.state = circleLogRules.apply(circle.state, this.#shared.state, entry);
      circle.position.append(prepared);
    }
    this.#advance(entry);
    return entry;
  }

  /** Takes in a stored entry as a stranger would: every byte of it is judged. Returns what is wrong with it. */
  verify(row: CaseEntry): string | undefined {
    const entry = readEntry(parseCanonicalJson(row.entry));
    const prepared = prepareEntry(entry);
    if (prepared.id !== row.eventId) return "its id is not the hash of its event";
    if (base64url(prepared.leaf) !== row.leaf) return "its leaf is not the hash of the entry";
    if (entry.event.log !== row.log || this.#sizeOf(row.log as LogId) !== row.seq)
      return "it is out of its place";
    const refusal = this.#append(prepared, verifySignature);
    if (refusal) return refusal.sentence;
    this.#advance(entry);
    return undefined;
  }

  #advance({ event, at }: Entry): void {
    this.#revision++;
    this.#at = at;
    const state = this.#shared.state;
    if (event.log !== sharedLog || !state) return;
    const seq = this.#shared.position.size - 1;
    let changed: Map<SeatId, Given> | undefined;
    for (const { id } of Object.values(state.people.seats)) {
      const before = this.#given.get(id) ?? givenNothing;
      const after = givenAfter(before, state.people, id, seq);
      if (after.consulted === before.consulted && after.table === before.table && this.#given.has(id))
        continue;
      changed ??= new Map(this.#given);
      changed.set(id, after);
    }
    if (changed) this.#given = changed;
  }

  /** Heads of the logs that are longer than what is published, to be signed. */
  unpublishedHeads(): { log: LogId; head: Head }[] {
    const logs: [LogId, SharedFold | CircleFold][] = [[sharedLog, this.#shared], ...this.#circles];
    return logs
      .filter(([log, fold]) => fold.position.size !== (this.#published?.heads.get(log)?.size ?? 0))
      .map(([log, fold]) => ({ log, head: fold.position.head() }));
  }

  /** Everything taken in so far is durable, with these signed heads. False where they are heads of another moment. */
  publish(heads: readonly StoredHead[]): boolean {
    const state = this.#shared.state;
    if (heads.some(({ log, size }) => this.#sizeOf(log as LogId) !== size)) return false;
    if (!state) return true;
    const all = new Map(this.#published?.heads);
    for (const head of heads) all.set(head.log as LogId, head);
    const { people } = state;
    const [revision, given, circles] = [this.#revision, this.#given, this.#circleStates()];
    this.#published = { people, state, revision, heads: all, circles, given };
    return true;
  }

  /** The roll of all that was taken in, where it is not the one that is published. */
  changedRoll(): Roll | undefined {
    const before = this.#published;
    const people = this.#shared.state?.people;
    const same = people === before?.people && this.#given === before?.given;
    if (!people || (same && this.#circles.size === before?.circles.size)) return undefined;
    return { people, given: this.#given, circles: this.#circleStates() };
  }

  #circleStates(): Map<LogId, CircleState> {
    const circles = new Map<LogId, CircleState>();
    for (const [log, { state }] of this.#circles) if (state) circles.set(log, state);
    return circles;
  }

  /** Proof that entry `seq` is in the log's tree of `size`; undefined for sizes and places that it does not have. */
  inclusion(log: LogId, seq: number, size: number): string[] | undefined {
    const tree = this.#publishedTree(log, size);
    return tree && seq < size ? tree.inclusionProof(seq, size).map(base64url) : undefined;
  }

  /** Proof that the log's tree of `to` continues that of `from`. */
  consistency(log: LogId, from: number, to: number): string[] | undefined {
    const tree = this.#publishedTree(log, to);
    return tree && from <= to ? tree.consistencyProof(from, to).map(base64url) : undefined;
  }

  rootAt(log: LogId, size: number): string | undefined {
    return this.#publishedTree(log, size) && this.#fold(log)?.position.rootAt(size);
  }

  #publishedTree(log: LogId, size: number) {
    const published = this.#published?.heads.get(log)?.size ?? 0;
    return size <= published ? this.#fold(log)?.position.tree : undefined;
  }

  #fold(log: LogId): SharedFold | CircleFold | undefined {
    return log === sharedLog ? this.#shared : this.#circles.get(log);
  }

  #sizeOf(log: LogId): number {
    return this.#fold(log)?.position.size ?? 0;
  }
}

/** The member behind a device that is in use, of a seat that stands. */
export function presentAuthor(people: People, device: string): Author | undefined {
  const author = authorOf(people, device as DeviceId);
  return author && !author.device.revoked && author.member.present ? author : undefined;
}
