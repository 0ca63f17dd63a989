/** What marks and replies come to: on the whole text what was said of it, and what can still come about. */
import { preferencesOf, problemAlone, type Valuation, walkAwayOf } from "@parley/core";
import type { Problem, WalkAwayRange } from "@parley/solver";
import { useMemo } from "react";
import { closedIn } from "../../source/choices.ts";
import type { Side } from "./side.ts";

export interface Known {
  /** Of what was ever open: by it a reply is read, though its text cannot come about any more. */
  readonly problem: Problem;
  /** Of what can still come about. */
  readonly left: Problem;
  readonly range: WalkAwayRange;
  /** With what packages are computed; undefined: it was not said yet. */
  readonly walkAway: number | undefined;
}

export function useKnown({ ours: { valuation }, tree, whole }: Pick<Side, "ours" | "tree" | "whole">): Known {
  return useMemo(() => knownOf(valuation, tree, whole), [valuation, tree, whole]);
}

export function knownOf(valuation: Valuation, tree: Side["tree"], whole: Side["whole"]): Known {
  const preferences = preferencesOf(valuation, whole, 0);
  const problem = problemAlone(preferences, whole);
  const redLines = [...preferences.redLines, ...closedIn(whole, tree)];
  const { range, value } = walkAwayOf(valuation, whole);
  return {
    problem,
    left: problemAlone({ ...preferences, redLines }, whole),
    range,
    walkAway: value,
  };
}
