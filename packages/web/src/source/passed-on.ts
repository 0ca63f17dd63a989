/**
 * What one head of delegation hands to another outside the record, as a line of text that goes through any channel: a
 * signature that is worth something only together with the others'. Whoever is given such lines judges what they hold;
 * here only their form is read.
 */
import { base64url, canonicalJson, fromBase64url, type Json, MalformedError, utf8 } from "@parley/ledger";

type Kind = "acceptance" | "consent";

export function passedOn(kind: Kind, value: Json): string {
  return `parley-${kind}:${base64url(utf8(canonicalJson(value)))}`;
}

/** Every such line in a text, in order; what is cut short or is none of this kind is left out. */
export function linesPassedOn(kind: Kind, text: string): readonly Readonly<Record<string, unknown>>[] {
  return [...text.matchAll(new RegExp(`parley-${kind}:([A-Za-z0-9_-]+)`, "g"))].flatMap(([, line]) => {
    const value = read(line ?? "");
    return value ? [value] : [];
  });
}

function read(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(fromBase64url(line)));
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch (fault) {
    if (fault instanceof MalformedError || fault instanceof SyntaxError) return undefined;
    throw fault;
  }
}
