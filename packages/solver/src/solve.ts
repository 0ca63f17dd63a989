/**
 * The reference packages of a problem: utilitarian, egalitarian, Nash and Kalai-Smorodinsky over the
 * agreement zone, each Pareto-efficient, with proof on the integer problem.
 */
import { fromUnits } from "./arithmetic.ts";
import { exactFront } from "./coarse-front.ts";
import { type Constraint, findConflict } from "./conflict.ts";
import { type Field, fieldOf } from "./field.ts";
import { tracedChoice } from "./frontier.ts";
import { Incumbent } from "./goal.ts";
import { Budget, gapOf, type Limits, limitsShare, type Measure } from "./limits.ts";
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
import { type Best, bestPackage, findZone, type Quest } from "./quest.ts";
import {
  type Comparison,
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
  const answer = answersOnFront(model, budget, options) ?? answersBySearch(model, budget);
  return Object.fromEntries(
    // Of what a limit leaves, each rule gets as much as every one still to come: a hard one takes it from none.
    names.map((name, place) => [name, budget.within(1 / (names.length - place), () => answer(name))]),
  );
}

type Answer = (name: SolutionName) => Solution;

/** Of time and steps, what looking for the whole front may take, and how many steps at most. */
const frontShare = 0.5;
const mostFrontSteps = 10_000_000;

/**
 * Where interactions join the issues of two parties, the whole front is found sooner than a dual bound closes:
 * each rule then chooses on it. Null for other problems, and where the front takes too long.
 */
function answersOnFront(model: Model, budget: Budget, options: SolveOptions): Answer | null {
  if (model.partyIds.length !== 2 || model.interactions.length === 0) return null;
  const part = limitsShare(options, frontShare);
  const own = new Budget({ ...part, maxNodes: Math.min(part.maxNodes ?? mostFrontSteps, mostFrontSteps) });
  own.begin("frontier");
  const front = exactFront(model, afterRedLines(model), own);
  budget.step(own.nodes);
  if (!front) return null;
  if (front.size === 0) {
    const verdict = infeasible(model, budget);
    return (name) => verdict ?? unknown(model, name, budget);
  }
  const gains = Array.from({ length: front.size }, (_, place) =>
    front.vector(place).map((units, p) => units - at(model.walkAway, p)),
  );
  const inZone = Array.from(gains.keys()).filter((place) => at(gains, place).every((gain) => gain >= 0));
  const best = (compare: Comparison, places: Iterable<number>): Incumbent => {
    const incumbent = new Incumbent(compare);
    for (const place of places) incumbent.offer(at(gains, place), Int32Array.of(place));
    return incumbent;
  };
  const choiceOf = ({ chosen }: Incumbent): Choice => tracedChoice(model, front, chosen?.[0] ?? 0);
  if (inZone.length === 0) {
    const verdict = noAgreement(model, choiceOf(best(compareNearest, gains.keys())), budget);
    return () => verdict;
  }
  const ideals = new Float64Array(2).map((_, p) =>
    Math.max(...inZone.map((place) => at(at(gains, place), p))),
  );
  return (name) => {
    const incumbent = best(comparisonOf(name, ideals), inZone);
    const known =
      name === "kalai-smorodinsky" ? { ideals, idealsProven: true } : { ideals: null, idealsProven: false };
    return packaged(
      model,
      name,
      choiceOf(incumbent),
      { tied: incumbent.tied, proven: true, bound: 0, ...known },
      budget,
    );
  };
}

function answersBySearch(model: Model, budget: Budget): Answer {
  const field = fieldOf({ model, allowed: afterRedLines(model), budget });
  if (!field) return (name) => unknown(model, name, budget);
  const quest: Quest = { field, walkAway: model.walkAway, budget, hints: [], ideals: null };
  const zone = findZone(quest);
  if (zone.kind === "unknown") return (name) => unknown(model, name, budget);
  if (zone.kind === "zone") {
    return (name) => {
      const best = bestPackage(quest, name, zone.chosen, measureOf(model, name));
      return packaged(model, name, choiceOf(model, field, best.chosen), best, budget);
    };
  }
  const verdict = zone.nearest
    ? noAgreement(model, choiceOf(model, field, zone.nearest), budget)
    : infeasible(model, budget);
  return (name) => verdict ?? unknown(model, name, budget);
}

function choiceOf(model: Model, field: Field, chosen: Int32Array): Choice {
  const choice: Choice = new Int32Array(model.issues.length).fill(-1);
  for (const value of chosen) field.trace(value, choice);
  return choice;
}

function noAgreement(model: Model, choice: Choice, budget: Budget): NoAgreement {
  const utilities = utilitiesOf(model, choice);
  const lower = utilities.map((units, p) => Math.max(0, at(model.walkAway, p) - units));
  return {
    status: "no-agreement",
    nearest: {
      outcome: outcomeOf(model, choice),
      utilities: byParty(model, utilities),
      lower: byParty(model, lower),
      total: fromUnits(sumOf(lower), model.exponent),
    },
    work: { nodes: budget.nodes },
  };
}

function infeasible(model: Model, budget: Budget): Infeasible | null {
  const conflict = findConflict(model, budget);
  return conflict && { status: "infeasible", conflict, work: { nodes: budget.nodes } };
}

function unknown(model: Model, name: SolutionName, budget: Budget): Unknown {
  return { status: "unknown", bound: simpleBound(model, name), work: { nodes: budget.nodes } };
}

function packaged(
  model: Model,
  name: SolutionName,
  choice: Choice,
  best: Omit<Best, "chosen">,
  budget: Budget,
): SolvedPackage {
  const utilities = utilitiesOf(model, choice);
  const gains = utilities.map((units, p) => units - at(model.walkAway, p));
  const value = reportedValue(name, gains, best.ideals ?? gains, model.exponent);
  const measure = measureOf(model, name);
  const bound = best.proven ? value : Math.max(value, Math.min(measure.bound, best.bound * measure.unit));
  return {
    status: best.proven ? "optimal" : "bounded",
    tied: best.proven ? best.tied : null,
    ...(name === "nash" ? { positive: positiveOf(gains).length } : {}),
    ...(name === "kalai-smorodinsky" && best.idealsProven && best.ideals
      ? { ideals: byParty(model, best.ideals) }
      : {}),
    outcome: outcomeOf(model, choice),
    utilities: byParty(model, utilities),
    gains: byParty(model, gains),
    value,
    bound,
    gap: gapOf(value, bound),
    work: { nodes: budget.nodes },
  };
}

function measureOf(model: Model, name: SolutionName): Measure {
  return {
    unit: name === "kalai-smorodinsky" ? 1 : 10 ** -model.exponent,
    bound: simpleBound(model, name),
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
