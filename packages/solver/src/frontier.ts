/** The efficient frontier of a problem: one outcome for each efficient utility vector. */
import { fromUnits } from "./arithmetic.ts";
import { efficientPlaces } from "./dominance.ts";
import { enumerateOutcomes } from "./enumeration.ts";
import { Budget, type Limits } from "./limits.ts";
import {
  afterRedLines,
  at,
  byParty,
  type Choice,
  compile,
  type Model,
  outcomeOf,
  utilitiesOf,
} from "./model.ts";
import type { ByParty, Outcome, Problem } from "./problem.ts";
import { thin } from "./thinning.ts";
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
  const n = model.partyIds.length;
  const vectors: number[] = [];
  const choices: Choice[] = [];
  const floor = floorOf(model, options);
  const allowed = afterRedLines(model);
  const complete = enumerateOutcomes(model, allowed, budget, (choice) => {
    const utilities = utilitiesOf(model, choice);
    if (utilities.some((units, p) => units < at(floor, p))) return;
    vectors.push(...utilities);
    choices.push(choice.slice());
  });
  const found = efficientOf(Float64Array.from(vectors), choices, n);
  const low = lowerBounds(model, allowed);
  const high = upperBounds(model, allowed);
  const ranges = high.map((units, p) => Math.max(0, units - at(low, p)));
  const { places, epsilon } = thin(found.values, ranges, options.maxPoints ?? Number.POSITIVE_INFINITY);
  const point = (place: number): FrontierPoint => {
    const chosen = at(places, place);
    const utilities = found.values.subarray(chosen * n, chosen * n + n);
    return {
      utilities: byParty(model, utilities),
      inZone: utilities.every((units, p) => units >= at(model.walkAway, p)),
      outcome: outcomeOf(model, at(found.choices, chosen)),
    };
  };
  return {
    exact: complete && epsilon === 0,
    epsilon: complete ? epsilon : null,
    ranges: byParty(model, ranges),
    size: places.length,
    work: { nodes: budget.nodes },
    at: point,
    *[Symbol.iterator]() {
      for (let place = 0; place < places.length; place++) yield point(place);
    },
  };
}

function efficientOf(values: Float64Array, choices: readonly Choice[], width: number) {
  const places = efficientPlaces({ width, values });
  const kept = new Float64Array(places.length * width);
  for (const [k, place] of places.entries()) {
    kept.set(values.subarray(place * width, place * width + width), k * width);
  }
  return { values: kept, choices: places.map((place) => at(choices, place)) };
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
