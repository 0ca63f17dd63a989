/** How many brackets a draft has, by kind; those in its notes are counted apart. */
import type { BracketKind, Draft } from "./model.ts";
import { brackets, bracketsInNotes, choosable, isOpenEnded } from "./walk.ts";

export interface Counts {
  readonly brackets: number;
  readonly byKind: Readonly<Record<BracketKind, number>>;
  /** Alternatives that can be chosen, over all brackets. */
  readonly options: number;
  readonly openEnded: number;
  readonly ambiguous: number;
  /** 1: no bracket stands inside another. */
  readonly deepest: number;
  /** Brackets in footnotes and reservations; in none of the other figures. */
  readonly inNotes: number;
}

export function countBrackets(draft: Draft): Counts {
  const all = brackets(draft);
  const byKind = { optional: 0, alternation: 0, "option-block": 0, placeholder: 0 };
  for (const { bracket } of all) byKind[bracket.kind]++;
  return {
    brackets: all.length,
    byKind,
    options: all.reduce((sum, { bracket }) => sum + choosable(bracket).length, 0),
    openEnded: all.filter(({ bracket }) => isOpenEnded(bracket)).length,
    ambiguous: all.filter(({ bracket }) => bracket.ambiguous).length,
    deepest: all.reduce((deepest, { depth }) => Math.max(deepest, depth + 1), 0),
    inNotes: bracketsInNotes(draft).length,
  };
}
