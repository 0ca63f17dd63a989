/**
 * Canonical JSON (RFC 8785, JSON Canonicalization Scheme): one text for one value.
 *
 * The rule: no whitespace; object members sorted by the UTF-16 code units of their names; strings with the shortest
 * escapes; numbers as ECMAScript prints a double. The reader refuses every text that the writer would not have
 * written, which also refuses duplicate names, numbers that a double cannot hold, and lone surrogates.
 */
import { fromUtf8, loneSurrogateAt, MalformedError } from "./encoding.ts";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };

/** Bounds on what is read: `maxSize` bytes (or UTF-16 units of a string), `maxDepth` levels inside one another. */
export interface JsonLimits {
  readonly maxSize: number;
  readonly maxDepth: number;
}

/** Wide enough for a long draft in one event, narrow enough that no text can exhaust the stack. */
export const jsonLimits: JsonLimits = { maxSize: 4 * 1024 * 1024, maxDepth: 200 };

/**
 * The canonical text of a JSON value. Throws `MalformedError` for what JSON cannot say: NaN and infinities, lone
 * surrogates (`not-json-value`), `undefined`, functions, objects that are not plain; `too-deep` past `maxDepth`.
 */
export function canonicalJson(value: Json, maxDepth: number = jsonLimits.maxDepth): string {
  return write(value, maxDepth);
}

/**
 * The value of a text that is exactly canonical. Throws `MalformedError`: `too-large`, `bad-utf8`, `bad-json`,
 * `too-deep`, `not-json-value` or `not-canonical` with the character where it departs from the canonical text.
 */
export function parseCanonicalJson(source: string | Uint8Array, limits: JsonLimits = jsonLimits): Json {
  if (source.length > limits.maxSize) {
    throw new MalformedError("too-large", `offset ${limits.maxSize}`, `more than ${limits.maxSize} bytes`);
  }
  const text = typeof source === "string" ? source : fromUtf8(source);
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw new MalformedError("bad-json", "text", "this is not JSON");
  }
  // The platform prints strings and numbers as RFC 8785 has them, but leaves names in their order and lone surrogates in.
  if (isOrdered(value, limits.maxDepth) && !text.includes("\\ud") && JSON.stringify(value) === text) {
    return value;
  }
  const canonical = write(value, limits.maxDepth);
  if (canonical !== text) {
    let i = 0;
    while (text.charCodeAt(i) === canonical.charCodeAt(i)) i++;
    throw new MalformedError("not-canonical", `character ${i}`, "JSON, but not in its canonical form");
  }
  return value;
}

/** Whether the names of all members stand in their order, no deeper than `depth`. */
function isOrdered(value: Json, depth: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (depth <= 0) return false;
  if (isArray(value)) return value.every((item) => isOrdered(item, depth - 1));
  let last: string | undefined;
  for (const name in value) {
    if ((last !== undefined && name < last) || !isOrdered(value[name] as Json, depth - 1)) return false;
    last = name;
  }
  return true;
}

function write(value: Json, depth: number): string {
  switch (typeof value) {
    case "string":
      return writeString(value);
    case "number":
      if (!Number.isFinite(value))
        throw new MalformedError("not-json-value", "number", `${value} is not JSON`);
      return Object.is(value, -0) ? "0" : String(value);
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (value === null) return "null";
      if (depth <= 0) throw new MalformedError("too-deep", "value", "too many levels inside one another");
      return isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
    default:
      throw new MalformedError("not-json-value", "value", `a value of type ${typeof value} is not JSON`);
  }
}

function writeArray(items: readonly Json[], depth: number): string {
  let text = "[";
  for (let i = 0; i < items.length; i++) {
    if (i > 0) text += ",";
    text += write(items[i] as Json, depth - 1);
  }
  return `${text}]`;
}

function writeObject(members: JsonObject, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(members);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw new MalformedError("not-json-value", "object", "only plain objects are JSON");
  }
  let text = "{";
  for (const name of sortedNames(members)) {
    if (text.length > 1) text += ",";
    text += `${writeString(name)}:${write(members[name] as Json, depth - 1)}`;
  }
  return `${text}}`;
}

function sortedNames(members: JsonObject): string[] {
  const names = Object.keys(members);
  for (let i = 1; i < names.length; i++) {
    if ((names[i - 1] as string) > (names[i] as string)) return names.sort((a, b) => (a < b ? -1 : 1));
  }
  return names;
}

function writeString(text: string): string {
  const quoted = JSON.stringify(text);
  // JSON.stringify escapes a lone surrogate, so text that it left alone needs no second look.
  if (quoted.length !== text.length + 2) {
    const lone = loneSurrogateAt(text);
    if (lone >= 0)
      throw new MalformedError("not-json-value", `character ${lone}`, "half of a surrogate pair");
  }
  return quoted;
}

function isArray(value: JsonObject | readonly Json[]): value is readonly Json[] {
  return Array.isArray(value);
}
