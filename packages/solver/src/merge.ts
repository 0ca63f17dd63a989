/** Merges moved fronts into the front of their union, by the method that suits the number of parties. */
import { type Front, FrontBuilder, type FrontList, listsOfSum, pointFront } from "./front.ts";
import type { Budget, MergeLimits } from "./limits.ts";
import { mergeMany } from "./merge-many.ts";
import { mergeThree } from "./merge-three.ts";
import { mergeTwo } from "./merge-two.ts";

/** A row of merges. Each adds at most its slack to what the final front may miss. */
export class Merging implements MergeLimits {
  readonly budget: Budget;
  readonly slack: Float64Array;
  /** Merges done so far. */
  merges = 0;
  /** The front of no choice, which gives nobody anything. */
  readonly nothing: Front;
  /** A floor that keeps every vector. */
  readonly noFloor: Float64Array;
  readonly builder: FrontBuilder;

  constructor(budget: Budget, slack: Float64Array) {
    const parties = slack.length;
    this.budget = budget;
    this.slack = slack;
    this.nothing = pointFront(new Float64Array(parties));
    this.noFloor = new Float64Array(parties).fill(Number.NEGATIVE_INFINITY);
    this.builder = new FrontBuilder(parties);
  }
}

/**
 * @param floor Units that a vector needs to be kept, by party.
 * @returns null where the budget ended first.
 */
export function merge(lists: readonly FrontList[], floor: Float64Array, merging: Merging): Front | null {
  merging.merges++;
  const { builder } = merging;
  const filled = lists.filter((list) => list.front.size > 0);
  builder.begin(filled);
  const complete =
    floor.length === 1
      ? mergeOne(filled, floor, builder)
      : floor.length === 2
        ? mergeTwo(filled, floor, builder, merging)
        : floor.length === 3
          ? mergeThree(filled, floor, builder, merging)
          : mergeMany(filled, floor, builder, merging);
  return complete ? builder.finish() : null;
}

/** The front of every sum of a vector of one and a vector of the other. */
export function mergeSum(one: Front, other: Front, floor: Float64Array, merging: Merging): Front | null {
  return merge(listsOfSum(one, other), floor, merging);
}

/** One party has one best value. */
function mergeOne(lists: readonly FrontList[], floor: Float64Array, builder: FrontBuilder): boolean {
  let best = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (const [k, { front, shift }] of lists.entries()) {
    const value = (front.columns[0]?.[0] ?? 0) + (shift[0] ?? 0);
    if (value >= (floor[0] ?? 0) && value > most) [best, most] = [k, value];
  }
  if (best >= 0) builder.push(best, 0);
  return true;
}
