/** The efficient frontier of a problem: one outcome for each efficient utility vector. */
import { fromUnits } from "./arithmetic.ts";
import { type Front, pointFront } from "./front.ts";
import { Budget, type Limits, limitsShare } from "./limits.ts";
import { Merging } from "./merge.ts";
import {
  type Allowed,
  afterRedLines,
  at,
  byParty,
  type Choice,
  compile,
  type Model,
  type ModelOption,
  outcomeOf,
} from "./model.ts";
import { componentsOf, networkOf } from "./network.ts";
import { frontOfComponent } from "./network-front.ts";
import type { ByParty, Outcome, Problem } from "./problem.ts";
import { roundUp, thin } from "./thinning.ts";
import { exactFolding, type Folding, frontOfIssue, sumOfFronts } from "./tree-front.ts";
import { lowerBounds, upperBounds } from "./upper-bounds.ts";

export interface FrontierOptions extends Limits {
  /** Only points of the agreement zone, which prunes the search. */
  readonly zone?: boolean;
  /** Only points with at least these utilities; parties not named are free. */
  readonly atLeast?: ByParty;
  /** Keep at most so many points; where that drops any, `exact` is false and `epsilon` says how far off. */
  readonly maxPoints?: number;
  /** A share of each party's range, from 0: points may be left out that a listed one covers to within it. */
  readonly epsilon?: number;
}

export interface FrontierPoint {
  readonly utilities: ByParty;
  /** Whether every party has at least its walk-away value. */
  readonly inZone: boolean;
  readonly outcome: Outcome;
}

/**
 * The points, best for the first party first (ties: second, and so on). Every efficient vector v (of the
 * part asked for) has a listed w with w_p >= v_p - epsilon x range_p for all parties p; exact: epsilon is 0.
 */
export interface Frontier extends Iterable<FrontierPoint> {
  readonly exact: boolean;
  /** 0 where exact; rounded up; null where a limit ended the search before anything could be certified. */
  readonly epsilon: number | null;
  /** A bound, from above, of highest less lowest utility over the feasible outcomes. */
  readonly ranges: ByParty;
  readonly size: number;
  readonly work: { readonly nodes: number };
  /** The point at a place from 0 to size - 1. Made when asked for: frontiers can be long. */
  at(place: number): FrontierPoint;
}

/**
 * The frontier, exact unless a limit is reached or an epsilon allowed. An infeasible problem has an empty one.
 *
 * Where limits end the exact search, a part of them is left for coarser ones: each merge may then leave out
 * vectors that others cover but for a small share of each party's range, and these shares add up to epsilon.
 */
export function frontier(problem: Problem, options: FrontierOptions = {}): Frontier {
  const model = compile(problem);
  const allowed = afterRedLines(model);
  const low = lowerBounds(model, allowed);
  const ranges = upperBounds(model, allowed).map((units, p) => Math.max(0, units - at(low, p)));
  const region: Region = { floor: floorOf(model, options), ranges };
  const asked = options.epsilon ?? 0;
  const budget = new Budget(limitsShare(options, exactShare));
  const first = coarseFront(model, allowed, region, asked, budget);
  const found = first.front ? first : coarser(model, allowed, region, options, first.nodes);
  const { front, missed, nodes } = found;
  const inside = front && withinRegion(front, missed, region);
  if (!front || !inside) return listed(model, null, new Int32Array(0), ranges, null, nodes);
  const kept = thin(front.columns, inside.places, ranges, options.maxPoints ?? Number.POSITIVE_INFINITY);
  const epsilon = inside.epsilon + kept.epsilon;
  return listed(model, front, kept.places, ranges, epsilon === 0 ? 0 : roundUp(epsilon), nodes);
}

/** The exact front of a problem, for rules that choose on it; null where the budget ended first. */
export function exactFront(model: Model, allowed: Allowed, budget: Budget): Front | null {
  const folding = exactFolding(model, allowed, budget);
  return wholeFront(folding, folding.merging.noFloor);
}

/** Of time and steps, what the exact search may take. */
const exactShare = 0.6;
/** Epsilons tried in turn when it was not enough; the last that is done in time counts. */
const coarseEpsilons = [1, 0.3, 0.1, 0.03, 0.01];

interface Coarse {
  readonly front: Front | null;
  /** The units of each party by which the front may miss a vector. */
  readonly missed: Float64Array;
  readonly nodes: number;
}

/** What part of the frontier is asked for. */
interface Region {
  /** The least units of each party. */
  readonly floor: Float64Array;
  readonly ranges: Float64Array;
}

function coarser(
  model: Model,
  allowed: Allowed,
  region: Region,
  options: FrontierOptions,
  spent: number,
): Coarse {
  let best: Coarse = { front: null, missed: new Float64Array(region.ranges.length), nodes: spent };
  const budget = new Budget(limitsShare(options, 1 - exactShare));
  for (const epsilon of coarseEpsilons) {
    const next = coarseFront(model, allowed, region, epsilon, budget);
    best = next.front ? { ...next, nodes: spent + next.nodes } : { ...best, nodes: spent + next.nodes };
    if (!next.front) break;
    budget.epsilon = farthest(next.missed, region.ranges);
  }
  return best;
}

function coarseFront(
  model: Model,
  allowed: Allowed,
  { floor, ranges }: Region,
  epsilon: number,
  budget: Budget,
): Coarse {
  budget.begin("frontier");
  const share = epsilon / mergesAtMost(model);
  const slack = ranges.map((range) => Math.floor(range * share));
  const merging = new Merging(budget, slack);
  // What stands in for a vector of the region may lie below it by what the merges miss.
  const lowered = floor.map((units, p) => units - epsilon * at(ranges, p));
  const front = wholeFront({ model, allowed, budget, merging }, lowered);
  const missed = slack.map((units) => units * merging.merges);
  const certified = floor.every((units, p) => units - at(missed, p) >= at(lowered, p));
  return { front: certified ? front : null, missed, nodes: budget.nodes };
}

/**
 * The places of the vectors within the region, best for the first party first, and how far they may be from one
 * that was missed: a vector of the region that only one outside stands in for is at most so far above that one,
 * and so at most so far from one inside. Null where nothing inside could be certified.
 */
function withinRegion(
  front: Front,
  missed: Float64Array,
  { floor, ranges }: Region,
): { readonly places: Int32Array; readonly epsilon: number } | null {
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
  if (count === 0) return outside.length > 0 ? null : { places, epsilon: 0 };
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
  return { places, epsilon };
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

/** @param front Null where there is nothing to list. */
function listed(
  model: Model,
  front: Front | null,
  places: Int32Array,
  ranges: Float64Array,
  epsilon: number | null,
  nodes: number,
): Frontier {
  const choice: Choice = new Int32Array(model.issues.length);
  const point = (place: number): FrontierPoint => {
    const own = places[place];
    if (!front || own === undefined) throw new RangeError(`the frontier has no place ${place}`);
    const utilities = front.vector(own);
    let inZone = true;
    for (let p = 0; p < utilities.length; p++)
      if ((utilities[p] as number) < (model.walkAway[p] as number)) inZone = false;
    traceInto(choice, model, front, own);
    return { utilities: byParty(model, utilities), inZone, outcome: outcomeOf(model, choice) };
  };
  return {
    exact: epsilon === 0,
    epsilon,
    ranges: byParty(model, ranges),
    size: places.length,
    work: { nodes },
    at: point,
    *[Symbol.iterator]() {
      for (let place = 0; place < places.length; place++) yield point(place);
    },
  };
}

export function tracedChoice(model: Model, front: Front, place: number): Choice {
  return traceInto(new Int32Array(model.issues.length), model, front, place);
}

function traceInto(choice: Choice, { options }: Model, front: Front, place: number): Choice {
  front.trace(place, choice.fill(-1), (option) => (options[option] as ModelOption).issue);
  return choice;
}

/** The least units that a point must have, by party. */
function floorOf(model: Model, { zone, atLeast }: FrontierOptions): Float64Array {
  return model.walkAway.map((walkAway, p) => {
    const asked = atLeast?.[at(model.partyIds, p)];
    const free = zone ? walkAway : Number.NEGATIVE_INFINITY;
    // A float compared as points, not rounded: only "at least" is asked.
    return asked === undefined ? free : Math.max(free, leastUnits(asked, model.exponent));
  });
}

/** The least count of units that is worth at least so many points. */
function leastUnits(points: number, exponent: number): number {
  let units = Math.round(points * 10 ** exponent);
  while (fromUnits(units, exponent) >= points) units--;
  while (fromUnits(units, exponent) < points) units++;
  return units;
}
