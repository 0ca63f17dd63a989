/**
 * One log of a case, as anyone who holds it checks it: who signed each entry, and that it stands where its author put
 * it. The rules of the case are given from outside and asked last.
 *
 * For every entry that the holder is given (`protocol.md`, "Event and entry"):
 *   case and log are this log's;
 *   the device is known, its id is the hash of its keys, and its signature is over the whole event;
 *   `n` is the number of that device's entries for that audience so far, so none is left out, repeated or reordered;
 *   `after` is a head that this log had, and no older than the device's last one, so none outlives a fork;
 *   the keeper's time does not go back;
 *   in a circle, the shared head of the entry is one that the shared log had, never goes back, and is not older than the
 *   one that the event signs.
 * A redacted entry counts for the tree alone.
 */
import { canonicalJson } from "./canonical.ts";
import { areDeviceKeys } from "./device.ts";
import { base64url, concatBytes, fromBase64url, utf8 } from "./encoding.ts";
import { isHash } from "./entry.ts";
import {
  type Audience,
  type CaseId,
  type DeviceId,
  type DeviceKeys,
  deviceId,
  type Entry,
  type Event,
  type EventId,
  emptyHead,
  entryEnds,
  eventId,
  type Head,
  type LogId,
  sharedLog,
} from "./event.ts";
import { jsonHash, leafHash } from "./hash.ts";
import { type VerifySignature, verifySignature } from "./signature.ts";
import { MerkleTree } from "./tree.ts";

export type LogRefusalCode =
  | "wrong-case"
  | "wrong-log"
  | "wrong-opening"
  | "wrong-audience"
  | "unknown-device"
  | "wrong-device-keys"
  | "bad-signature"
  | "wrong-count"
  | "unknown-head"
  | "head-went-back"
  | "time-went-back"
  | "shared-head-missing"
  | "unknown-shared-head"
  | "shared-head-went-back";

/** An expected no: the code for programs, the sentence for people. */
export type LogRefusal = { readonly code: LogRefusalCode; readonly sentence: string };

/**
 * The rules of what a log is about. `Around` is what lies outside the log: nothing for the shared log, and the state of
 * the shared log at the entry's shared head for a circle. `Why` is the rules' own refusal.
 */
export interface LogRules<State, Around, Why> {
  readonly initial: State;
  /** The keys of a device that the state knows, revoked or not, or that the event itself introduces. */
  keysOf(state: State, around: Around, device: DeviceId, event: Event | undefined): DeviceKeys | undefined;
  /** undefined: nothing stands against it. `at` is the keeper's time; `verify` is for signatures inside a body. */
  admit(state: State, around: Around, event: Event, context: AdmissionContext): Why | undefined;
  /** The keys that an admitted event would enrol. Left out: none. */
  enrolled?(event: Event): readonly DeviceKeys[];
  /** Total, and never changes `state` in place. */
  apply(state: State, around: Around, entry: Entry): State;
}

export type AdmissionContext = { readonly at: string; readonly verify: VerifySignature };

/** An entry with what follows from its bytes. */
export type PreparedEntry = {
  readonly entry: Entry;
  readonly id: EventId;
  /** The bytes that the signature is over. */
  readonly message: Uint8Array;
  readonly leaf: Uint8Array;
};

/**
 * A reader that has the canonical bytes of the event and the entry at hand gives them; else they are written here. Id and
 * message are made when they are asked for: whoever checks a file has no use for the one, and perhaps none for the other.
 */
export function prepareEntry(
  entry: Entry,
  eventBytes: Uint8Array = utf8(canonicalJson(entry.event)),
  entryBytes: Uint8Array = joinEntry(entry, eventBytes),
): PreparedEntry {
  return {
    entry,
    leaf: leafHash(entryBytes),
    get id() {
      return eventId(entry.event, eventBytes);
    },
    get message() {
      return concatBytes(eventContext, eventBytes);
    },
  };
}

const eventContext = utf8("parley-event/1\n");

/** The canonical bytes of an entry around those of its event, the largest part, which is then written only once. */
function joinEntry(entry: Entry, eventBytes: Uint8Array): Uint8Array {
  const [before, after] = entryEnds(entry);
  return concatBytes(utf8(before), eventBytes, utf8(after));
}

/** A log's tree, and the place of each author in it. */
export class LogPosition {
  readonly caseId: CaseId;
  readonly log: LogId;
  readonly #shared: LogPosition | undefined;
  readonly #tree: MerkleTree = new MerkleTree();
  readonly #counts: Map<string, number> = new Map();
  readonly #heads: Map<DeviceId, number> = new Map();
  readonly #places: Map<EventId, number> | undefined;
  /** The head that was asked for last: most authors sign a head that somebody before them signed, or the newest. */
  #asked: Head = emptyHead;
  #at = "";
  #sharedSize = 0;

  /** A circle is given the position of its case's shared log. Without `places` it does not know where an event stands. */
  constructor(caseId: CaseId, log: LogId, shared?: LogPosition, places: "places" | "no-places" = "places") {
    this.#places = places === "places" ? new Map() : undefined;
    this.caseId = caseId;
    this.log = log;
    this.#shared = shared;
  }

  get size(): number {
    return this.#tree.size;
  }

  head(): Head {
    return { size: this.size, root: this.rootAt(this.size) as string };
  }

  /** The root when the log had `size` entries, base64url; undefined if it never had. */
  rootAt(size: number): string | undefined {
    if (size === this.#asked.size) return this.#asked.root;
    const root = this.#tree.rootAt(size);
    if (root === undefined) return undefined;
    this.#asked = { size, root: base64url(root) };
    return this.#asked.root;
  }

  /** How many entries of this device and audience the log has: the `n` of its next. */
  count(author: DeviceId, audience: Audience): number {
    return this.#counts.get(`${author} ${audience}`) ?? 0;
  }

  /** Where an event stands, if it is here already: sending twice appends once. */
  placeOf(id: EventId): number | undefined {
    return this.#places?.get(id);
  }

  get tree(): Pick<MerkleTree, "compact" | "inclusionProof" | "consistencyProof" | "leaf"> {
    return this.#tree;
  }

  /** Whether the entry may stand next, as far as its place goes; its signature and the rules are not asked here. */
  refusePlace({ event, at, shared }: Entry): LogRefusal | undefined {
    if (event.case !== this.caseId) return no("wrong-case", "The event belongs to another case.");
    if (event.log !== this.log) return no("wrong-log", "The event belongs to another log of this case.");
    if (this.size === 0 && jsonHash(event.body) !== (this.log === sharedLog ? this.caseId : this.log)) {
      return no("wrong-opening", "What opens the log does not hash to the log's name.");
    }
    if ((event.audience === "circle") !== (this.log !== sharedLog)) {
      return no("wrong-audience", "What is said in a circle is for the circle, and nothing else is.");
    }
    if (event.n !== this.count(event.author, event.audience)) {
      return no("wrong-count", "The device's count for this audience is not the next one.");
    }
    if (this.rootAt(event.after.size) !== event.after.root) {
      return no("unknown-head", "The author verified a head that this log never had.");
    }
    if (event.after.size < (this.#heads.get(event.author) ?? 0)) {
      return no("head-went-back", "The author had verified a later head before.");
    }
    if (at < this.#at) return no("time-went-back", "The keeper's time is before that of the entry before.");
    return this.#refuseSharedHead(event.shared, shared);
  }

  #refuseSharedHead(signed: Head | undefined, admitted: Head | undefined): LogRefusal | undefined {
    if (this.#shared === undefined) {
      return signed === undefined && admitted === undefined
        ? undefined
        : no("unknown-shared-head", "An entry of the shared log carries no other shared head.");
    }
    if (signed === undefined || admitted === undefined) {
      return no("shared-head-missing", "An entry of a circle carries the shared head that it rests on.");
    }
    for (const head of [signed, admitted]) {
      if (this.#shared.rootAt(head.size) !== head.root) {
        return no("unknown-shared-head", "The shared log never had this head.");
      }
    }
    if (admitted.size < this.#sharedSize || admitted.size < signed.size) {
      return no("shared-head-went-back", "The shared head is older than one that this circle rests on.");
    }
    return undefined;
  }

  /** Appends an entry that was found to be in its place. */
  append(prepared: PreparedEntry): void {
    const { event, at, shared } = prepared.entry;
    this.#places?.set(prepared.id, this.size);
    this.#counts.set(`${event.author} ${event.audience}`, event.n + 1);
    this.#heads.set(event.author, event.after.size);
    this.#at = at;
    this.#sharedSize = shared?.size ?? 0;
    this.#tree.append(prepared.leaf);
  }

  /** Appends an entry of which only the hash is given. */
  appendRedacted(leaf: Uint8Array): void {
    this.#tree.append(leaf);
  }
}

/** Whether the device that signed is the one named, with keys that hash to its name, and signed exactly this event. */
export function refuseAuthor(
  { entry, message }: PreparedEntry,
  keys: DeviceKeys | undefined,
  verify: VerifySignature = verifySignature,
): LogRefusal | undefined {
  const key = signingKey(entry.event.author, keys);
  if (!(key instanceof Uint8Array)) return key;
  return verify(key, message, fromBase64url(entry.signature))
    ? undefined
    : no("bad-signature", "The signature is not the author's over this event.");
}

/** The key with which a device signs: since its id is the hash of its keys, there is only one. */
export function signingKey(author: DeviceId, keys: DeviceKeys | undefined): Uint8Array | LogRefusal {
  if (keys === undefined) return no("unknown-device", "No device of this case has this id.");
  if (idOf(keys) !== author) {
    return no("wrong-device-keys", "The device's keys do not hash to its id.");
  }
  return isHash(keys.signing)
    ? fromBase64url(keys.signing)
    : no("wrong-device-keys", "The device's signing key is not 32 bytes.");
}

/** Hashing 1.7 kB of keys for each entry would cost more than all else; states keep one object for one device. */
const ids = new WeakMap<DeviceKeys, DeviceId>();

function idOf(keys: DeviceKeys): DeviceId {
  const id = ids.get(keys) ?? deviceId(keys);
  ids.set(keys, id);
  return id;
}

/** A log with the state that its rules fold from it. */
export type FoldedLog<State, Around, Why> = {
  readonly position: LogPosition;
  readonly rules: LogRules<State, Around, Why>;
  state: State;
};

/**
 * The one way into a log: place, signature, rules, then the tree and the fold. Gives the refusal of the log or of the
 * rules, and changes nothing then; undefined once the entry is in.
 */
export function appendEntry<State, Around, Why>(
  log: FoldedLog<State, Around, Why>,
  prepared: PreparedEntry,
  around: Around,
  verify: VerifySignature = verifySignature,
): LogRefusal | Why | undefined {
  const { entry } = prepared;
  const { position, rules, state } = log;
  const refusal =
    position.refusePlace(entry) ??
    refuseAuthor(prepared, rules.keysOf(state, around, entry.event.author, entry.event), verify) ??
    rules.admit(state, around, entry.event, { at: entry.at, verify: verifySignature }) ??
    refuseEnrolled(rules.enrolled?.(entry.event) ?? []);
  if (refusal !== undefined) return refusal;
  log.state = rules.apply(state, around, entry);
  position.append(prepared);
  return undefined;
}

function refuseEnrolled(enrolled: readonly DeviceKeys[]): LogRefusal | undefined {
  return enrolled.every(areDeviceKeys)
    ? undefined
    : no("wrong-device-keys", "A device would be enrolled with keys that nobody can verify with or seal to.");
}

export function openLog<State, Around, Why>(
  caseId: CaseId,
  log: LogId,
  rules: LogRules<State, Around, Why>,
  shared?: LogPosition,
  places: "places" | "no-places" = "places",
): FoldedLog<State, Around, Why> {
  return { position: new LogPosition(caseId, log, shared, places), rules, state: rules.initial };
}

function no(code: LogRefusalCode, sentence: string): LogRefusal {
  return { code, sentence };
}
