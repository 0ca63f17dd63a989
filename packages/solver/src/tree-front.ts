/**
 * The front of a plain tree, folded from its leaves: an issue's front is the merge of its options', an
 * option's the sum of its inner issues', moved by its own points.
 */
import type { Front, FrontList } from "./front.ts";
import type { Budget } from "./limits.ts";
import { Merging, merge, mergeSum } from "./merge.ts";
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
    const { inner } = at(model.options, option);
    const front = inner.length === 0 ? merging.nothing : frontOfIssues(inner, folding);
    if (!front) return null;
    const shift = model.scores.slice(option * n, option * n + n);
    lists.push({ front, shift, option, other: null, otherPlace: 0 });
  }
  return merge(lists, merging.noFloor, merging);
}

/** The front of several issues together. */
export function frontOfIssues(issues: readonly number[], folding: Folding): Front | null {
  const { merging } = folding;
  const fronts = issues.map((issue) => frontOfIssue(issue, folding));
  return sumOfFronts(fronts, merging.nothing, merging.noFloor, merging);
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
  const peaks: Float64Array[] = [];
  for (const front of fronts) {
    if (!front) return null;
    if (front.size === 0) return front;
    const own = front.peaks();
    for (let p = 0; p < rest.length; p++) rest[p] = at(rest, p) - at(own, p);
    peaks.push(own);
  }
  let sum: Front | null = start;
  for (const [k, front] of fronts.entries()) {
    if (!front || !sum) return null;
    const own = at(peaks, k);
    for (let p = 0; p < rest.length; p++) rest[p] = at(rest, p) + at(own, p);
    sum = mergeSum(sum, front, rest, merging);
  }
  return sum;
}

export function exactFolding(model: Model, allowed: Allowed, budget: Budget): Folding {
  const slack = new Float64Array(model.partyIds.length);
  return { model, allowed, budget, merging: new Merging(budget, slack) };
}
