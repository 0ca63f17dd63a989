/** The efficient frontier of a problem: one outcome for each efficient utility vector. */
import { fromUnits } from "./arithmetic.ts";
import { coarseFront, type Listing, type Region } from "./coarse-front.ts";
import { covering } from "./covering.ts";
import type { Vectors } from "./front.ts";
import { Budget, type Limits } from "./limits.ts";
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
import type { ByParty, Outcome, Problem } from "./problem.ts";
import { roundUp, thin } from "./thinning.ts";
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
  /** 0 where exact; rounded up; null where a limit ended the search before any outcome was found. */
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
 * Where limits end the exact search, a part of them is left for outcomes that cover the frontier to within an
 * epsilon, and a part for coarser fronts, which may have a smaller one.
 */
export function frontier(problem: Problem, options: FrontierOptions = {}): Frontier {
  const model = compile(problem);
  const allowed = afterRedLines(model);
  const lowest = lowerBounds(model, allowed);
  const ranges = upperBounds(model, allowed).map((units, p) => Math.max(0, units - at(lowest, p)));
  const region: Region = { floor: floorOf(model, options), ranges };
  const enough = options.epsilon ?? 0;
  const budget = new Budget(options);
  budget.begin("frontier");
  const found =
    budget.within(exactShare, () => coarseFront(model, allowed, region, enough, budget)) ??
    coarser(
      model,
      allowed,
      region,
      budget.within(coverShare, () => covering(model, allowed, { ...region, lowest, enough }, budget)),
      budget,
    );
  if (!found) return listed(model, null, new Int32Array(0), ranges, null, budget.nodes);
  const { outcomes, places } = found;
  const kept = thin(outcomes.columns, places, ranges, options.maxPoints ?? Number.POSITIVE_INFINITY);
  // All that is possible lies within the ranges.
  const epsilon = Math.min(1, found.epsilon + kept.epsilon);
  return listed(model, outcomes, kept.places, ranges, epsilon === 0 ? 0 : roundUp(epsilon), budget.nodes);
}

/** Of time and steps, what the exact search may take, and of what it leaves, outcomes that cover the frontier. */
const exactShare = 0.5;
const coverShare = 0.6;
/** Epsilons tried in turn for fronts; the last that is done in time counts. */
const coarseEpsilons = [1, 0.3, 0.1, 0.03, 0.01];

/** The coarse fronts of a smaller epsilon than what is found, as long as the budget lasts. */
function coarser(
  model: Model,
  allowed: Allowed,
  region: Region,
  found: Listing | null,
  budget: Budget,
): Listing | null {
  let best = found;
  for (const epsilon of coarseEpsilons) {
    if (best && epsilon >= best.epsilon) continue;
    const next = coarseFront(model, allowed, region, epsilon, budget);
    if (next && (!best || next.epsilon < best.epsilon)) best = next;
    budget.epsilon = best?.epsilon ?? null;
    if (budget.exhausted) break;
  }
  return best;
}

/** @param front Null where there is nothing to list. */
function listed(
  model: Model,
  front: Vectors | null,
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

export function tracedChoice(model: Model, front: Vectors, place: number): Choice {
  return traceInto(new Int32Array(model.issues.length), model, front, place);
}

function traceInto(choice: Choice, { options }: Model, front: Vectors, place: number): Choice {
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
