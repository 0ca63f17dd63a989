/**
 * `{#id =option key="value" flag}`: what canonical Markdown says of a clause, a bracket or an alternative.
 * Values: letters and digits bare, anything else in double quotes with `\"`, `\\` and `\n`.
 */
const FLAGS = new Set([
  "optional",
  "alternation",
  "options",
  "placeholder",
  "none",
  "open",
  "ambiguous",
  "rtl",
  "heading",
]);
const KEYS = new Set([
  "by",
  "supports",
  "against",
  "againstSupports",
  "label",
  "ordinal",
  "concerns",
  "cell",
  "level",
  "author",
  "date",
  "kind",
]);

export interface Attributes {
  readonly id?: string;
  readonly option?: string;
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
}

export const NO_ATTRIBUTES: Attributes = { flags: new Set(), values: new Map() };

const ITEM =
  /\s*(?:#([^\s{}"=]+)|=([^\s{}"=]+)|([a-zA-Z]+)(?:=(?:"((?:[^"\\\n]|\\.)*)"|([\p{L}\p{N}._:-]+)))?)/uy;

/**
 * Reads a block of attributes at `from`, which is the place of its `{`. Undefined if what stands there is
 * not one: then the brace is only a brace.
 */
export function readAttributes(
  source: string,
  from: number,
): { attributes: Attributes; end: number } | undefined {
  let id: string | undefined;
  let option: string | undefined;
  const flags = new Set<string>();
  const values = new Map<string, string>();
  let at = from + 1;
  for (;;) {
    ITEM.lastIndex = at;
    const match = ITEM.exec(source);
    if (!match) break;
    const [whole, hash, equals, word, quoted, bare] = match;
    if (hash !== undefined) id = hash;
    else if (equals !== undefined) option = equals;
    else if (word !== undefined && (quoted ?? bare) === undefined) {
      if (!FLAGS.has(word)) return undefined;
      flags.add(word);
    } else if (word !== undefined) {
      if (!KEYS.has(word)) return undefined;
      values.set(word, bare ?? unescapeValue(quoted ?? ""));
    }
    at += whole.length;
  }
  while (source[at] === " ") at++;
  if (source[at] !== "}" || at === from + 1) return undefined;
  const attributes: Attributes = {
    ...(id !== undefined && { id }),
    ...(option !== undefined && { option }),
    flags,
    values,
  };
  return { attributes, end: at + 1 };
}

/** Items already in order; empty ones are left out. "" if nothing is to be said. */
export function renderAttributes(items: readonly (string | undefined | false)[]): string {
  const said = items.filter((item) => typeof item === "string" && item !== "");
  return said.length === 0 ? "" : `{${said.join(" ")}}`;
}

/** `key="value"`, or nothing if there is no value. */
export function keyValue(key: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  return `${key}="${value.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n")}"`;
}

function unescapeValue(value: string): string {
  return value.replace(/\\(.)/g, (_, char: string) => (char === "n" ? "\n" : char));
}

/** A list of names in one value, separated by `;`, with `\` before a `;` or `\` that belongs to a name. */
export function joinNames(names: readonly string[]): string {
  return names.map((name) => name.replace(/[\\;]/g, "\\$&")).join("; ");
}

export function splitNames(value: string): string[] {
  const names = value.match(/(?:[^\\;]|\\.)+/g) ?? [];
  return names.map((name) => name.trim().replace(/\\(.)/g, "$1")).filter((name) => name !== "");
}
