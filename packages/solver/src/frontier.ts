/** The efficient frontier of a problem: one outcome for each efficient utility vector. */
import { fromUnits } from "./arithmetic.ts";
import { type Front, pointFront } from "./front.ts";
import { Budget, type Limits } from "./limits.ts";
import { afterRedLines, at, byParty, type Choice, compile, type Model, outcomeOf } from "./model.ts";
import { componentsOf, networkOf } from "./network.ts";
import { frontOfComponent } from "./network-front.ts";
import type { ByParty, Outcome, Problem } from "./problem.ts";
import { thin } from "./thinning.ts";
import { type Folding, frontOfIssue, sumOfFronts } from "./tree-front.ts";
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

/** The frontier, exact unless a limit is reached. An infeasible problem has an empty one. */
export function frontier(problem: Problem, options: FrontierOptions = {}): Frontier {
  const model = compile(problem);
  const budget = new Budget(options);
  budget.begin("frontier");
  const allowed = afterRedLines(model);
  const front = wholeFront({ model, allowed, budget }, floorOf(model, options));
  const low = lowerBounds(model, allowed);
  const high = upperBounds(model, allowed);
  const ranges = high.map((units, p) => Math.max(0, units - at(low, p)));
  if (!front) return listed(model, [], ranges, null, budget);
  const sorted = sortedVectors(front);
  const { places, epsilon } = thin(sorted.values, ranges, options.maxPoints ?? Number.POSITIVE_INFINITY);
  return listed(
    model,
    places.map((place) => [front, at(sorted.places, place)]),
    ranges,
    epsilon,
    budget,
  );
}

/** Free issues folded as a tree, joined variables by dynamic programming, and the sum of all. */
function wholeFront(folding: Folding, floor: Float64Array): Front | null {
  const { model, allowed, budget } = folding;
  const network = networkOf(model, allowed);
  const fronts = [
    ...network.free.map((issue) => frontOfIssue(issue, folding)),
    ...componentsOf(network).map((variables) => frontOfComponent(network, variables, folding)),
  ];
  fronts.sort((one, other) => (one?.size ?? 0) - (other?.size ?? 0));
  return sumOfFronts(fronts, pointFront(Float64Array.from(model.base)), floor, budget);
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

function listed(
  model: Model,
  points: readonly (readonly [Front, number])[],
  ranges: Float64Array,
  epsilon: number | null,
  budget: Budget,
): Frontier {
  const point = (place: number): FrontierPoint => {
    const [front, own] = at(points, place);
    const utilities = front.vector(own);
    const choice: Choice = new Int32Array(model.issues.length).fill(-1);
    front.trace(own, choice, (option) => at(model.options, option).issue);
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
    work: { nodes: budget.nodes },
    at: point,
    *[Symbol.iterator]() {
      for (let place = 0; place < points.length; place++) yield point(place);
    },
  };
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
