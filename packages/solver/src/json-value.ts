/**
 * Reading untrusted JSON piece by piece, each piece with the path to it.
 *
 * `parseJson` refuses a key that occurs twice in one object, which `JSON.parse` would silently resolve.
 */
import { ProblemError } from "./problem-error.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ProblemError("not-json", "", `this is not JSON: ${(error as Error).message}`);
  }
  refuseRepeatedKeys(text);
  return value;
}

/** Scans the tokens of a text that is known to be JSON. */
function refuseRepeatedKeys(text: string): void {
  const open: (Set<string> | null)[] = [];
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]]/g;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const part = match[0];
    if (part === "{") open.push(new Set());
    else if (part === "[") open.push(null);
    else if (part === "}" || part === "]") open.pop();
    else {
      const keys = open.at(-1);
      if (!keys || !isKey(text, token.lastIndex)) continue;
      const key = JSON.parse(part) as string;
      if (keys.has(key)) {
        const line = text.slice(0, match.index).split("\n").length;
        throw new ProblemError(
          "duplicate",
          key,
          `the key ${show(key)} occurs twice in one object (line ${line})`,
        );
      }
      keys.add(key);
    }
  }
}

function isKey(text: string, after: number): boolean {
  let at = after;
  while (" \t\r\n".includes(text.charAt(at)) && at < text.length) at++;
  return text.charAt(at) === ":";
}

export function asObject(value: unknown, path: string): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ProblemError("wrong-type", path, `expected an object, got ${kindOf(value)}`);
  }
  return value as JsonObject;
}

export function asArray(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new ProblemError("wrong-type", path, `expected a list, got ${kindOf(value)}`);
  }
  return value;
}

export function asString(value: unknown, path: string): string {
  if (typeof value !== "string") {
    throw new ProblemError("wrong-type", path, `expected a string, got ${kindOf(value)}`);
  }
  return value;
}

export function asId(value: unknown, path: string): string {
  const id = asString(value, path);
  if (id === "") throw new ProblemError("empty", path, "an id may not be empty");
  return id;
}

export function asNumber(value: unknown, path: string): number {
  if (typeof value !== "number") {
    throw new ProblemError("wrong-type", path, `expected a number, got ${kindOf(value)}`);
  }
  if (!Number.isFinite(value)) throw new ProblemError("not-finite", path, "the number is not finite");
  return value;
}

export function refuseUnknownKeys(object: JsonObject, known: readonly string[], path: string): void {
  for (const key of Object.keys(object)) {
    if (!known.includes(key)) {
      const place = path === "" ? key : `${path}.${key}`;
      throw new ProblemError("unknown-key", place, `unknown key; known here: ${known.join(", ")}`);
    }
  }
}

export function required(object: JsonObject, key: string, path: string): unknown {
  if (!Object.hasOwn(object, key) || object[key] === undefined) {
    const place = path === "" ? key : `${path}.${key}`;
    throw new ProblemError("missing-key", place, `${show(key)} is missing`);
  }
  return object[key];
}

/** A text of the input as it can stand in one line of a message. */
export function show(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (value === undefined) return "nothing";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
