/**
 * The front of a plain tree, folded from its leaves: an issue's front is the merge of its options', an
 * option's the sum of its inner issues', moved by its own points.
 */
import { type Front, type FrontList, pointFront } from "./front.ts";
import type { Budget } from "./limits.ts";
import { type Merging, merge, mergeSum } from "./merge.ts";
import { type Allowed, at, type Model } from "./model.ts";

/** What a fold needs to know. */
export interface Folding {
  readonly model: Model;
  readonly allowed: Allowed;
  readonly budget: Budget;
  readonly merging: Merging;
}

/** The front of one issue by itself; null where the budget ended first. */
export function frontOfIssue(issue: number, folding: Folding): Front | null {
  const { model, allowed, merging } = folding;
  const n = model.partyIds.length;
  const lists: FrontList[] = [];
  for (const option of at(model.issues, issue).options) {
    if (!allowed[option]) continue;
    const inner = frontOfIssues(at(model.options, option).inner, folding);
    if (!inner) return null;
    const shift = model.scores.slice(option * n, option * n + n);
    lists.push({ front: inner, shift, option, other: null, otherPlace: 0 });
  }
  return merge(lists, unbounded(n), merging);
}

/** The front of several issues together. */
export function frontOfIssues(issues: readonly number[], folding: Folding): Front | null {
  const n = folding.model.partyIds.length;
  return sumOfFronts(
    issues.map((issue) => frontOfIssue(issue, folding)),
    pointFront(new Float64Array(n)),
    unbounded(n),
    folding.merging,
  );
}

/**
 * Adds up fronts, starting from one, keeping only vectors that can still reach the floor when every front
 * to come gives each party its most.
 */
export function sumOfFronts(
  fronts: readonly (Front | null)[],
  start: Front,
  floor: Float64Array,
  merging: Merging,
): Front | null {
  const rest = Float64Array.from(floor);
  for (const front of fronts) {
    if (!front) return null;
    for (const [p, peak] of front.peaks().entries()) rest[p] = at(rest, p) - peak;
  }
  let sum: Front | null = start;
  for (const front of fronts) {
    if (!front || !sum) return null;
    if (front.size === 0) return front;
    for (const [p, peak] of front.peaks().entries()) rest[p] = at(rest, p) + peak;
    sum = mergeSum(sum, front, rest, merging);
  }
  return sum;
}

export function unbounded(parties: number): Float64Array {
  return new Float64Array(parties).fill(Number.NEGATIVE_INFINITY);
}

export function exactFolding(model: Model, allowed: Allowed, budget: Budget): Folding {
  const slack = new Float64Array(model.partyIds.length);
  return { model, allowed, budget, merging: { budget, slack, merges: 0 } };
}
