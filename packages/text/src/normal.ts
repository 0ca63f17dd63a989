/** The normal form of inline content: no empty text, neighbours of the same setting are one text. */
import type { Inline, Text } from "./model.ts";

export function joinInlines(inlines: readonly Inline[]): Inline[] {
  const joined: Inline[] = [];
  for (const inline of inlines) {
    const last = joined.at(-1);
    if (inline.type !== "text") joined.push(inline);
    else if (inline.text === "") continue;
    else if (last?.type === "text" && sameSetting(last, inline)) {
      joined[joined.length - 1] = { ...last, text: last.text + inline.text };
    } else joined.push(inline);
  }
  return joined;
}

function sameSetting(a: Text, b: Text): boolean {
  return (
    (a.marks ?? []).join() === (b.marks ?? []).join() &&
    a.revision?.kind === b.revision?.kind &&
    a.revision?.author === b.revision?.author &&
    a.revision?.date === b.revision?.date
  );
}

/**
 * Joins parts that were separated by brackets now gone. White space is not doubled, none stays before a comma
 * or stop or at an edge, and a multi-word part that leant on its bracket ("[of the kind]and") gets its space.
 */
export function joinParts(parts: readonly (readonly Inline[])[]): Inline[] {
  let joined: Inline[] = [];
  for (const part of parts) {
    const left = joined.at(-1);
    const right = part[0];
    if (left?.type !== "text" || right?.type !== "text") joined = [...joined, ...part];
    else {
      const [leftText, rightText] = seam(left.text, right.text);
      joined = [
        ...joined.slice(0, -1),
        { ...left, text: leftText },
        { ...right, text: rightText },
        ...part.slice(1),
      ];
    }
  }
  return joinInlines(joined);
}

function seam(left: string, right: string): [string, string] {
  if (/\s$/.test(left) && /^[\s,.;:)]/.test(right)) {
    return /^\s/.test(right) ? [left, right.trimStart()] : [left.trimEnd(), right];
  }
  const touching = /[\p{L}\p{N}]$/u.test(left) && /^[\p{L}\p{N}]/u.test(right);
  return touching && (/\s/.test(left.trim()) || /\s/.test(right.trim())) && leans(left, right)
    ? [`${left} `, right]
    : [left, right];
}

/** Two whole phrases run together, rather than a word and its ending: "contribution[s]", "[non]binding". */
function leans(left: string, right: string): boolean {
  const lastWord = /[\p{L}\p{N}]+$/u.exec(left)?.[0] ?? "";
  const firstWord = /^[\p{L}\p{N}]+/u.exec(right)?.[0] ?? "";
  return lastWord.length > 3 && firstWord.length > 2;
}
