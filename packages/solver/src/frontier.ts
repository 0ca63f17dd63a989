/** The efficient frontier of a problem: one outcome for each efficient utility vector. */
import { fromUnits } from "./arithmetic.ts";
import { type Front, pointFront } from "./front.ts";
import { Budget, type Limits, limitsShare } from "./limits.ts";
import {
  type Allowed,
  afterRedLines,
  at,
  byParty,
  type Choice,
  compile,
  type Model,
  outcomeOf,
} from "./model.ts";
import { componentsOf, networkOf } from "./network.ts";
import { frontOfComponent } from "./network-front.ts";
import type { ByParty, Outcome, Problem } from "./problem.ts";
import { roundUp, thin } from "./thinning.ts";
import { exactFolding, type Folding, frontOfIssue, sumOfFronts, unbounded } from "./tree-front.ts";
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
  if (!front) return listed(model, [], ranges, null, nodes);
  const sorted = sortedVectors(front);
  const inside = withinRegion(sorted.values, missed, region);
  if (inside === null) return listed(model, [], ranges, null, nodes);
  const values = vectorsAt(sorted.values, inside.places, ranges.length);
  const { places, epsilon } = thin(values, ranges, options.maxPoints ?? Number.POSITIVE_INFINITY);
  const points = places.map((place) => [front, at(sorted.places, at(inside.places, place))] as const);
  const total = inside.epsilon + epsilon;
  return listed(model, points, ranges, total === 0 ? 0 : roundUp(total), nodes);
}

/** The exact front of a problem, for rules that choose on it; null where the budget ended first. */
export function exactFront(model: Model, allowed: Allowed, budget: Budget): Front | null {
  return wholeFront(exactFolding(model, allowed, budget), unbounded(model.partyIds.length));
}

/** Of time and steps, what the exact search may take. */
const exactShare = 0.6;
/** Epsilons tried in turn when it was not enough; the last that is done in time counts. */
const coarseEpsilons = [1, 0.3, 0.1, 0.03, 0.01];

interface Coarse {
  readonly front: Front | null;
  /** The share of each party's range that the front may miss. */
  readonly missed: number;
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
  let best: Coarse = { front: null, missed: 0, nodes: spent };
  const budget = new Budget(limitsShare(options, 1 - exactShare));
  for (const epsilon of coarseEpsilons) {
    const next = coarseFront(model, allowed, region, epsilon, budget);
    best = next.front ? { ...next, nodes: spent + next.nodes } : { ...best, nodes: spent + next.nodes };
    if (!next.front) break;
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
  const merging = { budget, slack, merges: 0 };
  // What stands in for a vector of the region may lie below it by what the merges miss.
  const lowered = floor.map((units, p) => units - epsilon * at(ranges, p));
  const front = wholeFront({ model, allowed, budget, merging }, lowered);
  const missed = share * merging.merges;
  const bounded = floor.some((units) => Number.isFinite(units));
  return { front: bounded && missed > epsilon ? null : front, missed, nodes: budget.nodes };
}

/**
 * The vectors within the region, and how far they may be from one that was missed: a vector of the region that
 * only one outside stands in for is at most so far above that one, and so at most so far from one inside. Null
 * where nothing inside could be certified.
 */
function withinRegion(
  values: Float64Array,
  missed: number,
  { floor, ranges }: Region,
): { readonly places: readonly number[]; readonly epsilon: number } | null {
  const width = ranges.length;
  const unitsAt = (k: number, p: number): number => values[k * width + p] as number;
  const places: number[] = [];
  const tops: Float64Array[] = [];
  for (let k = 0; k * width < values.length; k++) {
    const top = ranges.map((range, p) => unitsAt(k, p) + missed * range);
    if (ranges.every((_, p) => unitsAt(k, p) >= at(floor, p))) places.push(k);
    else if (top.every((units, p) => units >= at(floor, p))) tops.push(top);
  }
  if (places.length === 0) return tops.length > 0 ? null : { places, epsilon: 0 };
  let epsilon = missed;
  for (const top of tops) {
    let least = Number.POSITIVE_INFINITY;
    for (const k of places) {
      let most = 0;
      for (let p = 0; p < width && most < least; p++) {
        const miss = at(top, p) - unitsAt(k, p);
        if (miss > 0) most = Math.max(most, miss / at(ranges, p));
      }
      least = Math.min(least, most);
      if (least <= epsilon) break;
    }
    epsilon = Math.max(epsilon, least);
  }
  return { places, epsilon };
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

/** The vectors of a front, one after the other, the best for the first party first. */
function sortedVectors(front: Front): { values: Float64Array; places: Int32Array } {
  const { columns, size } = front;
  const width = columns.length;
  const places = Int32Array.from({ length: size }, (_, place) => place);
  if (width > 3) {
    places.sort((one, other) => {
      for (const column of columns) {
        const difference = at(column, other) - at(column, one);
        if (difference !== 0) return difference;
      }
      return 0;
    });
  }
  const values = new Float64Array(size * width);
  for (const [k, place] of places.entries()) {
    for (let p = 0; p < width; p++) values[k * width + p] = at(columns[p] as Float64Array, place);
  }
  return { values, places };
}

function vectorsAt(values: Float64Array, places: readonly number[], width: number): Float64Array {
  if (places.length * width === values.length) return values;
  const some = new Float64Array(places.length * width);
  for (const [k, place] of places.entries())
    some.set(values.subarray(place * width, (place + 1) * width), k * width);
  return some;
}

function listed(
  model: Model,
  points: readonly (readonly [Front, number])[],
  ranges: Float64Array,
  epsilon: number | null,
  nodes: number,
): Frontier {
  const point = (place: number): FrontierPoint => {
    const [front, own] = at(points, place);
    const utilities = front.vector(own);
    const choice = tracedChoice(model, front, own);
    return {
      utilities: byParty(model, utilities),
      inZone: utilities.every((units, p) => units >= at(model.walkAway, p)),
      outcome: outcomeOf(model, choice),
    };
  };
  return {
    exact: epsilon === 0,
    epsilon,
    ranges: byParty(model, ranges),
    size: points.length,
    work: { nodes },
    at: point,
    *[Symbol.iterator]() {
      for (let place = 0; place < points.length; place++) yield point(place);
    },
  };
}

export function tracedChoice(model: Model, front: Front, place: number): Choice {
  const choice: Choice = new Int32Array(model.issues.length).fill(-1);
  front.trace(place, choice, (option) => at(model.options, option).issue);
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
