/** What a reader did beyond taking the source as it stands. */
import type { Place } from "./error.ts";
import type { BracketId, Draft } from "./model.ts";

export interface Repair {
  readonly place: Place;
  readonly code:
    | "bracket-added"
    | "bracket-removed"
    | "mark-closed"
    | "note-missing"
    | "level-limited"
    | "escapes-read"
    | "part-left-out";
  /** What was done, in a sentence; `values`: what it names, for whoever says it in another language. */
  readonly done: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** What the reader may have taken a bracket for, in words. */
export const guesses = {
  "optional-apart": "an optional text, apart from its neighbour",
  "optional-status": "an optional text, although it may say how the text stands",
  "alternatives-loose": "alternatives, although only white space or a slash stands between them",
} as const;
export type Guess = keyof typeof guesses;

export interface Ambiguity {
  readonly place: Place;
  readonly bracket: BracketId;
  readonly guess: Guess;
}

/** An id the source did not give. */
export interface MadeId {
  readonly kind: "clause" | "bracket" | "option";
  readonly id: string;
}

export interface Reading {
  readonly draft: Draft;
  readonly repairs: readonly Repair[];
  readonly ambiguities: readonly Ambiguity[];
  readonly made: readonly MadeId[];
  /** Where each bracket opens in the source. */
  readonly places: ReadonlyMap<BracketId, Place>;
}
