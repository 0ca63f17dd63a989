/**
 * The four reference packages as searches: which goals, in which order, settle each rule.
 *
 * - First any outcome in the zone, or the proof that there is none and the nearest outcome.
 * - nash: every party above zero if that is possible; if not, the largest sets of parties that can be, and of
 *   these the largest product.
 * - kalai-smorodinsky: each party's ideal gain within the zone first; then the largest smallest ratio.
 */
import { type Field, gainsOf } from "./field.ts";
import { type Goal, Incumbent } from "./goal.ts";
import type { Budget, Measure } from "./limits.ts";
import { at } from "./model.ts";
import { propagate } from "./propagation.ts";
import { type Comparison, compareNash, compareNearest, comparisonOf, type SolutionName } from "./rules.ts";
import { type SearchOptions, type SearchResult, search } from "./search.ts";

export interface Quest {
  readonly field: Field;
  readonly walkAway: Float64Array;
  readonly budget: Budget;
  /** Outcomes of the zone found so far: each search starts from them. */
  readonly hints: Int32Array[];
  ideals: Ideals | null;
}

interface Ideals {
  readonly gains: Float64Array;
  readonly proven: boolean;
}

/** The best package found by a rule. */
export interface Best {
  readonly chosen: Int32Array;
  readonly tied: boolean;
  readonly proven: boolean;
  /** Of the goal's number, in units (a ratio for kalai-smorodinsky). */
  readonly bound: number;
  readonly ideals: Float64Array | null;
  readonly idealsProven: boolean;
}

export type Zone =
  | { readonly kind: "zone"; readonly chosen: Int32Array }
  /** `nearest` is null where there is no outcome at all. */
  | { readonly kind: "empty"; readonly nearest: Int32Array | null }
  | { readonly kind: "unknown" };

export function findZone(quest: Quest): Zone {
  quest.budget.begin("zone");
  const { incumbent, proven } = run(quest, minimumGoal(quest, 0), { firstOnly: true });
  if (incumbent.chosen) return { kind: "zone", chosen: incumbent.chosen };
  if (!proven) return { kind: "unknown" };
  quest.budget.begin("nearest");
  const nearest = search(quest.field, loweringGoal(quest.field.parties), quest.walkAway, quest.budget);
  return nearest.proven ? { kind: "empty", nearest: nearest.incumbent.chosen } : { kind: "unknown" };
}

/** Nodes after which depth-first search leaves it to the engine, whose bounds see further. */
const mostPlainNodes = 3000;

/** Whether any choice of values keeps the linkages; null where the budget ended first. */
export function hasChoice(field: Field, budget: Budget): boolean | null {
  const nodes = { left: mostPlainNodes };
  const plain = completes(field, new Uint8Array(field.variableOf.length).fill(1), nodes, budget);
  if (plain !== null || budget.exhausted) return plain;
  const walkAway = new Float64Array(field.parties);
  const { incumbent, proven } = search(field, loweringGoal(field.parties), walkAway, budget, {
    firstOnly: true,
  });
  return incumbent.chosen ? true : proven ? false : null;
}

/** Depth first, on the variable with the fewest values left; null where nodes or the budget ran out. */
function completes(field: Field, alive: Uint8Array, nodes: { left: number }, budget: Budget): boolean | null {
  if (!propagate(field, alive)) return false;
  let few: number[] = [];
  for (let k = 0; k + 1 < field.first.length; k++) {
    const values: number[] = [];
    for (let v = at(field.first, k); v < at(field.first, k + 1); v++) if (alive[v]) values.push(v);
    if (values.length > 1 && (few.length === 0 || values.length < few.length)) few = values;
  }
  // With one value left of each, none of them excludes another.
  if (few.length === 0) return true;
  if (nodes.left-- <= 0 || !budget.step(1 + field.blocks.length / 10)) return null;
  for (const value of few) {
    const child = alive.slice();
    for (const other of few) if (other !== value) child[other] = 0;
    const completed = completes(field, child, nodes, budget);
    if (completed !== false) return completed;
  }
  return false;
}

function loweringGoal(n: number): Goal {
  return {
    kind: "lowering",
    counted: new Array<boolean>(n).fill(true),
    scale: new Float64Array(n).fill(1),
    floor: new Float64Array(n).fill(Number.NEGATIVE_INFINITY),
    compare: compareNearest,
    valueOnly: false,
  };
}

/** @param chosen Any outcome of the zone. */
export function bestPackage(quest: Quest, name: SolutionName, chosen: Int32Array, measure: Measure): Best {
  quest.budget.begin(name, measure);
  quest.hints.push(chosen);
  const n = quest.field.parties;
  switch (name) {
    case "utilitarian": {
      const goal: Goal = {
        ...minimumGoal(quest, 0),
        kind: "linear",
        compare: comparisonOf(name, new Float64Array(n)),
      };
      return bestOf(run(quest, goal), chosen);
    }
    case "egalitarian":
      return bestOf(run(quest, minimumGoal(quest, 0)), chosen);
    case "nash":
      return bestNash(quest, chosen, measure);
    case "kalai-smorodinsky":
      return bestByRatio(quest, chosen, measure);
  }
}

function run(quest: Quest, goal: Goal, options: SearchOptions = {}): SearchResult {
  const { field, walkAway, budget, hints } = quest;
  const result = search(field, goal, walkAway, budget, { ...options, hints });
  if (result.incumbent.chosen) hints.push(result.incumbent.chosen);
  return result;
}

function bestOf({ incumbent, proven, bound }: SearchResult, fallback: Int32Array): Best {
  return {
    chosen: incumbent.chosen ?? fallback,
    tied: incumbent.tied,
    proven,
    bound,
    ideals: null,
    idealsProven: false,
  };
}

/** The smallest gain, over outcomes with at least so much for everybody. */
function minimumGoal({ field: { parties: n } }: Quest, floor: number): Goal {
  return {
    kind: "minimum",
    counted: new Array<boolean>(n).fill(true),
    scale: new Float64Array(n).fill(1),
    floor: new Float64Array(n).fill(floor),
    compare: comparisonOf("egalitarian", new Float64Array(n)),
    valueOnly: false,
  };
}

function productGoal(counted: readonly boolean[]): Goal {
  return {
    kind: "product",
    counted,
    scale: new Float64Array(counted.length).fill(1),
    floor: Float64Array.from(counted, (counts) => (counts ? 1 : 0)),
    compare: compareNash,
    valueOnly: false,
  };
}

function bestNash(quest: Quest, chosen: Int32Array, measure: Measure): Best {
  const n = quest.field.parties;
  const everybody = new Array<boolean>(n).fill(true);
  const all = run(quest, minimumGoal(quest, 1), { firstOnly: true, quiet: true });
  if (all.incumbent.chosen) return bestOf(run(quest, productGoal(everybody)), chosen);
  if (!all.proven) return bestOf({ ...all, bound: Number.POSITIVE_INFINITY }, chosen);
  const ideals = idealsOf(quest, measure);
  const able = Array.from(ideals.gains.keys()).filter((p) => at(ideals.gains, p) > 0 || !ideals.proven);
  for (let size = able.length; size > 0; size--) {
    const together = new Incumbent(compareNash);
    let proven = ideals.proven;
    let bound = 0;
    for (const some of subsets(able, size)) {
      const counted = everybody.map((_, p) => some.includes(p));
      const result = run(quest, productGoal(counted), { quiet: true });
      proven &&= result.proven;
      bound = Math.max(bound, result.bound);
      const { gains, chosen: found, tied } = result.incumbent;
      if (!gains || !found) continue;
      // Sets of one size are disjoint in outcomes: a tie within the best set, or between sets, stays one.
      const before = together.gains;
      together.offer(gains, found);
      const ahead = before === null ? 1 : compareNash(gains, before);
      if (tied && ahead >= 0) together.tied = true;
    }
    if (together.chosen) return bestOf({ incumbent: together, proven, bound }, chosen);
    if (!proven) return bestOf({ incumbent: together, proven, bound: Number.POSITIVE_INFINITY }, chosen);
  }
  // Nobody can gain: every outcome of the zone has the same gains.
  return { chosen, tied: false, proven: ideals.proven, bound: 0, ideals: null, idealsProven: false };
}

function* subsets(parties: readonly number[], size: number, from = 0): Generator<readonly number[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let k = from; k + size <= parties.length; k++) {
    for (const rest of subsets(parties, size - 1, k + 1)) yield [at(parties, k), ...rest];
  }
}

/** The largest gain of each party within the zone. */
function idealsOf(quest: Quest, measure: Measure): Ideals {
  if (quest.ideals) return quest.ideals;
  const { field, walkAway, budget } = quest;
  const n = field.parties;
  const gains = new Float64Array(n);
  let proven = true;
  for (let p = 0; p < n; p++) {
    budget.begin(`ideal ${p + 1} of ${n}`, measure);
    const own: Comparison = (one, other) => (one[p] as number) - (other[p] as number);
    const goal: Goal = {
      ...minimumGoal(quest, 0),
      kind: "linear",
      scale: new Float64Array(n).fill(0).map((_, q) => (q === p ? 1 : 0)),
      compare: own,
      valueOnly: true,
    };
    const result = run(quest, goal, { quiet: true });
    proven &&= result.proven;
    const { chosen } = result.incumbent;
    if (chosen) gains[p] = at(gainsOf(field, walkAway, chosen, new Float64Array(n)), p);
  }
  quest.ideals = { gains, proven };
  return quest.ideals;
}

function bestByRatio(quest: Quest, chosen: Int32Array, measure: Measure): Best {
  const { gains: ideals, proven } = idealsOf(quest, measure);
  quest.budget.begin("kalai-smorodinsky", measure);
  const counted = Array.from(ideals, (ideal) => ideal > 0);
  const known = { ideals, idealsProven: proven };
  if (!counted.some(Boolean)) return { chosen, tied: false, proven, bound: 1, ...known };
  const goal: Goal = {
    kind: "minimum",
    counted,
    scale: ideals.map((ideal) => Math.max(1, ideal)),
    floor: new Float64Array(ideals.length),
    compare: comparisonOf("kalai-smorodinsky", ideals),
    valueOnly: false,
  };
  // Ratios to ideals that may be higher still say nothing of the answer.
  const result = run(quest, goal, { quiet: !proven });
  const best = bestOf(result, chosen);
  return { ...best, ...known, proven: best.proven && proven, bound: proven ? best.bound : 1 };
}
