/**
 * The envelope of everything that happens: the signed event, and the entry that a log makes of it.
 *
 *   event = { v, case, log, kind, author, n, after, shared?, audience, salt, body, sealed? }
 *   entry = { event, signature, at, shared? }
 *   leaf  = SHA-256(0x00 || canonical JSON of entry)
 *
 * Ids are hashes, so none can be squatted and sending twice is the same as sending once. What a body means is not known
 * here: `core` narrows it by `kind`.
 */
import { canonicalJson, type Json, type JsonObject } from "./canonical.ts";
import { base64url, utf8 } from "./encoding.ts";
import { emptyRoot, jsonHash, leafHash, sha256 } from "./hash.ts";

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** base64url SHA-256 of canonical(event). */
export type EventId = Branded<"EventId">;
/** base64url SHA-256 of the canonical body of the case's `CaseOpened`. */
export type CaseId = Branded<"CaseId">;
/** `shared`, or the base64url SHA-256 of the canonical body of the circle's `CircleOpened`. */
export type LogId = Branded<"LogId">;
/** base64url SHA-256 of the canonical form of the device's public keys. */
export type DeviceId = Branded<"DeviceId">;

/** Who is given an entry of the shared log; everything in a circle is for the circle. */
export type Audience = "public" | "consulted" | "table" | "circle";

export const sharedLog: LogId = "shared" as LogId;

/** A log at one moment: how many entries, and the base64url root of their tree. */
export type Head = { readonly size: number; readonly root: string };

/** The head of a log without entries. */
export const emptyHead: Head = { size: 0, root: base64url(emptyRoot) };

/** A device's public keys, base64url: Ed25519 (32 bytes) and X-Wing (1,216 bytes). */
export type DeviceKeys = { readonly signing: string; readonly sealing: string };

/** One recipient device of a sealed part: the HPKE encapsulation and the content key sealed under it, base64url. */
export type SealedTo = { readonly device: DeviceId; readonly enc: string; readonly key: string };

/** The part of an event that only its recipients can open; `to` is sorted by device and names each once. */
export type Sealed = {
  readonly purpose: string;
  readonly to: readonly SealedTo[];
  readonly ciphertext: string;
};

export type Event<Body extends JsonObject = JsonObject> = {
  readonly v: number;
  readonly case: CaseId;
  readonly log: LogId;
  readonly kind: string;
  readonly author: DeviceId;
  /** From 0: how many events this device has put into this log for this audience before. */
  readonly n: number;
  /** The last head of this log that the author had verified. */
  readonly after: Head;
  /** In a circle only: the last head of the shared log that the author had verified. */
  readonly shared?: Head;
  readonly audience: Audience;
  /** 16 random bytes, base64url, so that nobody can guess a redacted entry from its leaf hash. */
  readonly salt: string;
  readonly body: Body;
  readonly sealed?: Sealed;
};

export type Entry<Body extends JsonObject = JsonObject> = {
  readonly event: Event<Body>;
  /** Ed25519 over `signedBytes(event)`, base64url. */
  readonly signature: string;
  /** The keeper's time: RFC 3339 with milliseconds, in Z. */
  readonly at: string;
  /** In a circle only: the head of the shared log at which the entry was admitted. */
  readonly shared?: Head;
};

/** An event never changes, and checking, admitting and folding it all ask for its id. */
const ids = new WeakMap<Event, EventId>();

/** The hash of the event's canonical JSON; `bytes` is that, from whoever has it at hand. */
export function eventId(event: Event, bytes?: Uint8Array): EventId {
  const known = ids.get(event);
  if (known !== undefined) return known;
  const id = base64url(sha256(bytes ?? utf8(canonicalJson(event)))) as EventId;
  return rememberId(event, id);
}

/** For a store that keeps ids: `eventId` will give this one. */
export function rememberId(event: Event, id: EventId): EventId {
  ids.set(event, id);
  return id;
}

/** The id that a case gets from the body of its `CaseOpened`. */
export function caseId(body: JsonObject): CaseId {
  return jsonHash(body) as CaseId;
}

/** The id that a circle's log gets from the body of its `CircleOpened`. */
export function circleLogId(body: JsonObject): LogId {
  return jsonHash(body) as LogId;
}

/** The id of the device that holds these keys. */
export function deviceId(keys: DeviceKeys): DeviceId {
  return jsonHash(keys) as DeviceId;
}

/**
 * The bytes that a signature covers: a context such as `parley-event/1`, a line feed, the canonical value. The context
 * keeps a signature made for one thing from passing for another.
 */
export function messageBytes(context: string, value: Json): Uint8Array {
  return utf8(`${context}\n${canonicalJson(value)}`);
}

/** The bytes that the author's device signs. */
export function signedBytes(event: Event): Uint8Array {
  return messageBytes("parley-event/1", event);
}

/** What stands before and after the event in the canonical JSON of an entry. */
export function entryEnds({ at, shared, signature }: Omit<Entry, "event">): readonly [string, string] {
  const head = shared === undefined ? "" : `"shared":${canonicalJson(shared)},`;
  return [`{"at":${canonicalJson(at)},"event":`, `,${head}"signature":${canonicalJson(signature)}}`];
}

/** The hash by which a log's tree holds an entry. */
export function leafOf(entry: Entry): Uint8Array {
  return leafHash(utf8(canonicalJson(entry)));
}
