/**
 * Entries and redacted leaves as they come from outside: exactly the members of the envelope, each of its type, and
 * nothing else. Whether an entry may stand where it stands is `log.ts`; what its body means is `core`.
 */
import type { Json, JsonObject } from "./canonical.ts";
import { MalformedError } from "./encoding.ts";
import type { Audience, Entry, Event } from "./event.ts";

/** The entry in a JSON value. Throws `MalformedError` (`bad-shape`) with the path of what is wrong. */
export function readEntry(value: Json): Entry {
  const entry = members(value, "entry", ["at", "event", "signature"], ["shared"]);
  readEvent(entry["event"] as Json);
  check(entry["signature"], "entry.signature", signatureText, "an Ed25519 signature in base64url");
  if (typeof entry["at"] !== "string" || !isTimestamp(entry["at"])) {
    throw shape("entry.at", "a time in UTC with milliseconds, such as 2025-02-18T10:00:00.000Z");
  }
  if (entry["shared"] !== undefined) readHead(entry["shared"], "entry.shared");
  return entry as unknown as Entry;
}

/** The event in a JSON value. Throws as `readEntry` does. */
export function readEvent(value: Json): Event {
  const event = members(
    value,
    "event",
    ["after", "audience", "author", "body", "case", "kind", "log", "n", "salt", "v"],
    ["sealed", "shared"],
  );
  readCount(event["v"], "event.v");
  readCount(event["n"], "event.n");
  check(event["case"], "event.case", hashText, "a hash in base64url");
  if (event["log"] !== "shared") {
    check(event["log"], "event.log", hashText, "shared, or a hash in base64url");
  }
  check(event["author"], "event.author", hashText, "a hash in base64url");
  check(event["kind"], "event.kind", kindText, "a name in letters, at most 64");
  check(event["salt"], "event.salt", saltText, "16 bytes in base64url");
  if (!audiences.includes(event["audience"] as Audience)) {
    throw shape("event.audience", audiences.join(", "));
  }
  readHead(event["after"] as Json, "event.after");
  if (event["shared"] !== undefined) readHead(event["shared"], "event.shared");
  members(event["body"] as Json, "event.body");
  if (event["sealed"] !== undefined) readSealed(event["sealed"]);
  return event as unknown as Event;
}

/** Whether this is a base64url SHA-256, as ids, roots and leaves are written. */
export function isHash(text: Json | undefined): text is string {
  return typeof text === "string" && hashText.test(text);
}

/** Whether this is a time as entries carry it: RFC 3339, UTC, milliseconds, a day that the calendar has. */
export function isTimestamp(text: string): boolean {
  const parts = timestampText.exec(text);
  if (parts === null) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}

/** The members of an object that has all of `required`, perhaps some of `optional`, and no other. */
export function members(
  value: Json | undefined,
  place: string,
  required?: readonly string[],
  optional: readonly string[] = [],
): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw shape(place, "an object");
  const object = value as JsonObject;
  if (required !== undefined) {
    for (const name of required) {
      if (!Object.hasOwn(object, name)) throw shape(`${place}.${name}`, "a value: it is missing");
    }
    for (const name of Object.keys(object)) {
      if (!required.includes(name) && !optional.includes(name)) {
        throw shape(place, `only the members ${[...required, ...optional].join(", ")}`);
      }
    }
  }
  return object;
}

/** The error for a value that is not what its place wants. It never repeats the value, which may be private. */
export function shape(place: string, wanted: string): MalformedError {
  return new MalformedError("bad-shape", place, `expected ${wanted}`);
}

const audiences: readonly Audience[] = ["public", "consulted", "table", "circle"];
const hashText = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;
const signatureText = /^[A-Za-z0-9_-]{85}[AQgw]$/;
const saltText = /^[A-Za-z0-9_-]{21}[AQgw]$/;
const kindText = /^[A-Za-z]{1,64}$/;
const bytesText = /^[A-Za-z0-9_-]*$/;
const timestampText =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

function check(value: Json | undefined, place: string, pattern: RegExp, wanted: string): void {
  if (typeof value !== "string" || !pattern.test(value)) throw shape(place, wanted);
}

function readCount(value: Json | undefined, place: string): void {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw shape(place, "a whole number from 0");
}

function readHead(value: Json, place: string): void {
  const head = members(value, place, ["root", "size"]);
  readCount(head["size"], `${place}.size`);
  check(head["root"], `${place}.root`, hashText, "a hash in base64url");
}

function readSealed(value: Json): void {
  const sealed = members(value, "event.sealed", ["ciphertext", "purpose", "to"]);
  check(sealed["purpose"], "event.sealed.purpose", /^[a-z-]{1,64}$/, "a name in small letters");
  check(sealed["ciphertext"], "event.sealed.ciphertext", bytesText, "base64url");
  const recipients = sealed["to"];
  if (!Array.isArray(recipients)) throw shape("event.sealed.to", "a list");
  let last = "";
  recipients.forEach((recipient: Json, i: number) => {
    const place = `event.sealed.to[${i}]`;
    const { device, enc, key } = members(recipient, place, ["device", "enc", "key"]);
    check(device, `${place}.device`, hashText, "a hash in base64url");
    check(enc, `${place}.enc`, bytesText, "base64url");
    check(key, `${place}.key`, bytesText, "base64url");
    if ((device as string) <= last) throw shape(place, "each device once, in order");
    last = device as string;
  });
}
