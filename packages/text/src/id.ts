/**
 * Ids: readable slugs. Where a source gives none, one is made from what is there (the ordinal, the first words
 * of an alternative) or counted, always the same for the same text, and reported as made, so that it can be
 * written down before an edit shifts it.
 */
import { MAX_ID_LENGTH } from "./limits.ts";

const ID = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u;

/** A letter or digit, then letters, digits, `.`, `_`, `-`; at most 100 units. */
export function isId(text: string): boolean {
  return text.length <= MAX_ID_LENGTH && ID.test(text);
}

/** The first words of a text as a slug, or "" if it has no letter or digit. */
export function slug(text: string, words = 4): string {
  const found =
    text
      .slice(0, 200)
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const joined = found.slice(0, words).join("-").slice(0, 40);
  return joined.replace(/^[\p{M}-]+|-+$/gu, "");
}

/** Gives out names that are not taken: `name`, then `name-2`, `name-3`, ... */
export class Names {
  readonly #taken: Set<string>;
  readonly #next = new Map<string, number>();

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  has(name: string): boolean {
    return this.#taken.has(name);
  }

  take(name: string): string {
    let free = name;
    let n = this.#next.get(name) ?? 2;
    while (this.#taken.has(free)) free = `${name}-${n++}`;
    this.#next.set(name, n);
    this.#taken.add(free);
    return free;
  }
}
