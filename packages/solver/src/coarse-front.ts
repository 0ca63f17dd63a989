/**
 * The whole front, folded, or one that may miss a little: each merge then leaves out vectors that others cover but
 * for a small share of each party's range, and these shares add up to epsilon.
 */
import { type Front, pointFront, type Vectors } from "./front.ts";
import type { Budget } from "./limits.ts";
import { Merging } from "./merge.ts";
import { type Allowed, at, type Model } from "./model.ts";
import { componentsOf, networkOf } from "./network.ts";
import { frontOfComponent } from "./network-front.ts";
import { exactFolding, type Folding, frontOfIssue, sumOfFronts } from "./tree-front.ts";

/** What part of the frontier is asked for. */
export interface Region {
  /** The least units of each party. */
  readonly floor: Float64Array;
  readonly ranges: Float64Array;
}

/** Vectors of a region that cover its efficient ones to within epsilon. */
export interface Listing {
  readonly outcomes: Vectors;
  /** The best for the first party first. */
  readonly places: Int32Array;
  readonly epsilon: number;
}

/** The exact front of a problem, for rules that choose on it; null where the budget ended first. */
export function exactFront(model: Model, allowed: Allowed, budget: Budget): Front | null {
  const folding = exactFolding(model, allowed, budget);
  return wholeFront(folding, folding.merging.noFloor);
}

/** Null where the budget ended first, or nothing within the region could be certified. */
export function coarseFront(
  model: Model,
  allowed: Allowed,
  region: Region,
  epsilon: number,
  budget: Budget,
): Listing | null {
  const { floor, ranges } = region;
  const share = epsilon / mergesAtMost(model);
  const slack = ranges.map((range) => Math.floor(range * share));
  const merging = new Merging(budget, slack);
  // What stands in for a vector of the region may lie below it by what the merges miss.
  const lowered = floor.map((units, p) => units - epsilon * at(ranges, p));
  const front = wholeFront({ model, allowed, budget, merging }, lowered);
  const missed = slack.map((units) => units * merging.merges);
  const certified = floor.every((units, p) => units - at(missed, p) >= at(lowered, p));
  return front && certified ? withinRegion(front, missed, region) : null;
}

/**
 * The places of the vectors within the region, best for the first party first, and how far they may be from one
 * that was missed: a vector of the region that only one outside stands in for is at most so far above that one,
 * and so at most so far from one inside. Null where nothing inside could be certified.
 */
function withinRegion(front: Front, missed: Float64Array, { floor, ranges }: Region): Listing | null {
  const { columns } = front;
  const parties = columns.length;
  const sorted = sortedPlaces(front);
  const outside: number[] = [];
  let count = 0;
  for (const place of sorted) {
    let isInside = true;
    let mayStandIn = true;
    for (let p = 0; p < parties; p++) {
      const lack = at(floor, p) - at(at(columns, p), place);
      if (lack > 0) isInside = false;
      if (lack > at(missed, p)) mayStandIn = false;
    }
    if (isInside) sorted[count++] = place;
    else if (mayStandIn) outside.push(place);
  }
  const places = sorted.subarray(0, count);
  if (count === 0) return outside.length > 0 ? null : { outcomes: front, places, epsilon: 0 };
  let epsilon = farthest(missed, ranges);
  for (const place of outside) {
    const top = columns.map((column, p) => at(column, place) + at(missed, p));
    let least = Number.POSITIVE_INFINITY;
    for (const other of places) {
      const lack = top.map((units, p) => units - at(at(columns, p), other));
      least = Math.min(least, farthest(lack, ranges));
      if (least <= epsilon) break;
    }
    epsilon = Math.max(epsilon, least);
  }
  return { outcomes: front, places, epsilon };
}

/** The largest share of its range that a party lacks. */
function farthest(lack: ArrayLike<number>, ranges: Float64Array): number {
  let most = 0;
  for (const [p, range] of ranges.entries()) {
    const units = lack[p] as number;
    if (units > 0) most = Math.max(most, units / range);
  }
  return most;
}

/** Merges that a tree takes: two for each issue, one for each option; states of linked issues take more. */
function mergesAtMost(model: Model): number {
  return 3 * model.issues.length + model.options.filter((option) => option.inner.length > 0).length + 2;
}

/** Free issues folded as a tree, joined variables by dynamic programming, and the sum of all. */
function wholeFront(folding: Folding, floor: Float64Array): Front | null {
  const { model, allowed, merging } = folding;
  const network = networkOf(model, allowed);
  const fronts = [
    ...network.free.map((issue) => frontOfIssue(issue, folding)),
    ...componentsOf(network).map((part) => frontOfComponent(part, folding)),
  ];
  fronts.sort((one, other) => sizeOf(one) - sizeOf(other));
  return sumOfFronts(fronts, pointFront(Float64Array.from(model.base)), floor, merging);
}

function sizeOf(front: Front | null): number {
  return front ? front.size : 0;
}

/** The places of a front, the best for the first party first: the order of merges for up to three parties. */
function sortedPlaces({ columns, size }: Front): Int32Array {
  const places = new Int32Array(size);
  for (let k = 0; k < size; k++) places[k] = k;
  if (columns.length <= 3) return places;
  return places.sort((one, other) => {
    for (const column of columns) {
      const difference = at(column, other) - at(column, one);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}
