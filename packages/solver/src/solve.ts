/**
 * The reference packages of a problem: utilitarian, egalitarian, Nash and Kalai-Smorodinsky over the
 * agreement zone, each Pareto-efficient, with proof on the integer problem.
 */
import { fromUnits } from "./arithmetic.ts";
import { type Constraint, findConflict } from "./conflict.ts";
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
import {
  type Comparison,
  compareLexicographic,
  compareNearest,
  comparisonOf,
  positiveOf,
  reportedValue,
  type SolutionName,
  solutionNames,
  sumOf,
} from "./rules.ts";
import { upperBounds } from "./upper-bounds.ts";

export interface SolveOptions extends Limits {
  /** All four where missing. */
  readonly solutions?: readonly SolutionName[];
}

/** Steps of the search that the answer took. */
export interface Work {
  readonly nodes: number;
}

/** A package, its claim (`optimal`, or `bounded` by a limit that was reached), and the proof in numbers. */
export interface SolvedPackage {
  readonly status: "optimal" | "bounded";
  /** Only the lexicographic order chose among several gain vectors; null unless proven. */
  readonly tied: boolean | null;
  /** Nash: how many parties have a gain above zero. */
  readonly positive?: number;
  /** Kalai-Smorodinsky: the largest gain of each party within the agreement zone. */
  readonly ideals?: ByParty;
  readonly outcome: Outcome;
  readonly utilities: ByParty;
  readonly gains: ByParty;
  /**
   * nash: geometric mean of the gains above zero; kalai-smorodinsky: smallest ratio, 1 if nobody counts;
   * egalitarian: smallest gain; utilitarian: sum of gains.
   */
  readonly value: number;
  /** No outcome has a larger value. */
  readonly bound: number;
  /** (bound - value) / bound, 0 where the bound is 0. */
  readonly gap: number;
  readonly work: Work;
}

/** No outcome reaches every walk-away value. `nearest` needs the least lowering of them; null if not proven. */
export interface NoAgreement {
  readonly status: "no-agreement";
  readonly nearest: {
    readonly outcome: Outcome;
    readonly utilities: ByParty;
    /** How much each walk-away value would have to fall. */
    readonly lower: ByParty;
    readonly total: number;
  };
  readonly work: Work;
}

/** Red lines and linkages leave no outcome: an irreducible set of them. */
export interface Infeasible {
  readonly status: "infeasible";
  readonly conflict: readonly Constraint[];
  readonly work: Work;
}

/** A limit was reached before any outcome in the zone was found. */
export interface Unknown {
  readonly status: "unknown";
  readonly bound: number;
  readonly work: Work;
}

export type Solution = SolvedPackage | NoAgreement | Infeasible | Unknown;

export type Solutions = { readonly [name in SolutionName]?: Solution };

/** Solves for each solution asked for. The same problem and options (time limits apart) give the same answer. */
export function solve(problem: Problem, options: SolveOptions = {}): Solutions {
  const model = compile(problem);
  const budget = new Budget(options);
  const names = options.solutions ?? solutionNames;
  const survey = surveyZone(model, names, budget);
  return Object.fromEntries(names.map((name) => [name, conclude(model, name, survey, budget)]));
}

/** The best outcome so far by one rule. */
class Incumbent {
  choice: Choice | null = null;
  gains: Float64Array = new Float64Array(0);
  tied = false;
  private readonly compare: Comparison;

  constructor(compare: Comparison) {
    this.compare = compare;
  }

  offer(choice: Choice, gains: Float64Array): void {
    const order = this.choice === null ? 1 : this.compare(gains, this.gains);
    const last = order === 0 ? compareLexicographic(gains, this.gains) : order;
    if (order > 0) this.tied = false;
    else if (order === 0 && last !== 0) this.tied = true;
    if (last <= 0) return;
    this.choice = choice.slice();
    this.gains = gains.slice();
  }
}

interface Survey {
  readonly best: ReadonlyMap<SolutionName, Incumbent>;
  readonly nearest: Incumbent;
  readonly ideals: Float64Array;
  readonly complete: boolean;
}

function surveyZone(model: Model, names: readonly SolutionName[], budget: Budget): Survey {
  const allowed = afterRedLines(model);
  const ideals = new Float64Array(model.partyIds.length);
  const nearest = new Incumbent(compareNearest);
  const inZone = (gains: Float64Array): boolean => gains.every((gain) => gain >= 0);
  budget.begin("ideals");
  let complete = enumerateOutcomes(model, allowed, budget, (choice) => {
    const gains = gainsOf(model, choice);
    if (!inZone(gains)) nearest.offer(choice, gains);
    else for (let p = 0; p < gains.length; p++) ideals[p] = Math.max(at(ideals, p), at(gains, p));
  });
  const best = new Map(names.map((name) => [name, new Incumbent(comparisonOf(name, ideals))]));
  budget.begin("solutions");
  complete &&= enumerateOutcomes(model, allowed, budget, (choice) => {
    const gains = gainsOf(model, choice);
    if (inZone(gains)) for (const incumbent of best.values()) incumbent.offer(choice, gains);
  });
  return { best, nearest, ideals, complete };
}

function gainsOf(model: Model, choice: Choice): Float64Array {
  return utilitiesOf(model, choice).map((units, p) => units - at(model.walkAway, p));
}

function conclude(model: Model, name: SolutionName, survey: Survey, budget: Budget): Solution {
  const incumbent = survey.best.get(name);
  if (incumbent?.choice) return solved(model, name, incumbent.choice, incumbent, survey, budget);
  const { choice, gains } = survey.nearest;
  if (!survey.complete) return unknown(model, name, budget);
  if (!choice) {
    const conflict = findConflict(model, budget);
    return conflict
      ? { status: "infeasible", conflict, work: { nodes: budget.nodes } }
      : unknown(model, name, budget);
  }
  const lower = gains.map((gain) => Math.max(0, -gain));
  return {
    status: "no-agreement",
    nearest: {
      outcome: outcomeOf(model, choice),
      utilities: byParty(model, utilitiesOf(model, choice)),
      lower: byParty(model, lower),
      total: fromUnits(sumOf(lower), model.exponent),
    },
    work: { nodes: budget.nodes },
  };
}

function unknown(model: Model, name: SolutionName, budget: Budget): Unknown {
  return { status: "unknown", bound: simpleBound(model, name), work: { nodes: budget.nodes } };
}

function solved(
  model: Model,
  name: SolutionName,
  choice: Choice,
  { gains, tied }: Incumbent,
  { complete, ideals }: Survey,
  budget: Budget,
): SolvedPackage {
  const value =
    complete || name !== "kalai-smorodinsky" ? reportedValue(name, gains, ideals, model.exponent) : 0;
  const bound = complete ? value : simpleBound(model, name);
  return {
    status: complete ? "optimal" : "bounded",
    tied: complete ? tied : null,
    ...(name === "nash" ? { positive: positiveOf(gains).length } : {}),
    ...(name === "kalai-smorodinsky" && complete ? { ideals: byParty(model, ideals) } : {}),
    outcome: outcomeOf(model, choice),
    utilities: byParty(model, utilitiesOf(model, choice)),
    gains: byParty(model, gains),
    value,
    bound,
    gap: bound === 0 ? 0 : (bound - value) / bound,
    work: { nodes: budget.nodes },
  };
}

/** What no outcome can exceed, from the most that each party could have by itself. */
function simpleBound(model: Model, name: SolutionName): number {
  if (name === "kalai-smorodinsky") return 1;
  const most = upperBounds(model, afterRedLines(model)).map((units, p) =>
    Math.max(0, units - at(model.walkAway, p)),
  );
  return reportedValue(name, most, most, model.exponent);
}
