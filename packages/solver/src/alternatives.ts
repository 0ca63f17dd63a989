/**
 * Near alternatives to a package: others that cost no party more than a given share of its gain, and that
 * settle the text as differently as that allows.
 *
 * Each is found exactly, one after the other: among all outcomes in which every party keeps at least
 * (1 - loss) of its gain from the package, the one that differs from the package and the alternatives before
 * in the most issues, added up; then, of those that differ as much, one with the largest sum of gains, so
 * none is dominated for nothing (this step alone compares points between parties). An issue in which no option
 * is worth anything to anybody does not count: to differ there is noise.
 */
import { fromUnits } from "./arithmetic.ts";
import { choiceOf } from "./choice.ts";
import { fieldOf } from "./field.ts";
import type { Goal } from "./goal.ts";
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
import { type Gains, sumOf } from "./rules.ts";
import { search } from "./search.ts";

export interface AlternativesOptions extends Limits {
  /** At most so many. */
  readonly count: number;
  /** The share of its gain that a party may lose, from 0 to 1. */
  readonly loss: number;
}

export interface Alternative {
  readonly outcome: Outcome;
  readonly utilities: ByParty;
  readonly gains: ByParty;
  /** What each party gives up against the package; negative where it gets more. */
  readonly costs: ByParty;
  /** Issues settled otherwise than in the package, or reached only in one of the two. */
  readonly changed: readonly string[];
  /** No package within the loss differs more from the package and the alternatives before. */
  readonly proven: boolean;
}

/**
 * The alternatives, the most different first. Fewer than asked for where no other outcome is within the loss,
 * or where a limit is reached.
 *
 * @throws RangeError for a package that is not an outcome of the problem, or a loss outside 0 to 1.
 */
export function alternatives(
  problem: Problem,
  reference: Outcome,
  options: AlternativesOptions,
): Alternative[] {
  if (!(options.loss >= 0 && options.loss <= 1)) throw new RangeError("a loss is a share from 0 to 1");
  const model = compile(problem);
  const base = choiceOf(model, reference);
  if (!base) throw new RangeError("the package is not an outcome of the problem");
  const budget = new Budget(options);
  budget.begin("alternatives");
  const utilities = utilitiesOf(model, base);
  const least = utilities.map(
    (units, p) => units - Math.floor(options.loss * Math.max(0, units - at(model.walkAway, p))),
  );
  const seen: Choice[] = [base];
  const found: Alternative[] = [];
  while (found.length < options.count) {
    const next = mostDifferent(model, seen, least, budget);
    if (!next) break;
    seen.push(next.choice);
    found.push(described(model, base, next.choice, next.proven));
  }
  return found;
}

/** The outcome above the least utilities that differs most from those seen; null where none differs from all. */
function mostDifferent(model: Model, seen: readonly Choice[], least: Float64Array, budget: Budget) {
  const n = model.partyIds.length;
  const measured = withDifferences(model, seen);
  const field = fieldOf({ model: measured, allowed: afterRedLines(measured), budget });
  if (!field) return null;
  const all = measured.partyIds.length;
  const walkAway = Float64Array.from([...least, ...seen.map(() => 1)]);
  const differences = Float64Array.from({ length: all }, (_, p) => (p < n ? 0 : 1));
  const total = (gains: Gains): number => sumOf(Array.from(gains).slice(n));
  const goal: Goal = {
    kind: "linear",
    counted: new Array<boolean>(all).fill(true),
    scale: differences,
    floor: new Float64Array(all),
    compare: (one, other) => total(one) - total(other),
    valueOnly: true,
  };
  const widest = search(field, goal, walkAway, budget);
  const { gains, chosen } = widest.incumbent;
  if (!gains || !chosen) return null;
  // No party of those counted may differ less than now, so that the sum stays; then the points decide.
  const sum = (values: Gains): number => sumOf(Array.from(values).slice(0, n));
  const best = search(
    field,
    {
      ...goal,
      scale: differences.map((counts) => 1 - counts),
      floor: gains.map((gain, p) => (p < n ? 0 : gain)),
      compare: (one, other) => sum(one) - sum(other),
    },
    walkAway,
    budget,
    { hints: [chosen] },
  );
  const choice: Choice = new Int32Array(model.issues.length).fill(-1);
  for (const value of best.incumbent.chosen ?? chosen) field.trace(value, choice);
  return { choice, proven: widest.proven && best.proven };
}

/** The model with one more party for each outcome seen, whose points count the issues settled otherwise. */
function withDifferences(model: Model, seen: readonly Choice[]): Model {
  const n = model.partyIds.length;
  const all = n + seen.length;
  const counts = issuesThatCount(model);
  const scores = new Float64Array(model.options.length * all);
  for (const [option, { issue }] of model.options.entries()) {
    scores.set(model.scores.subarray(option * n, option * n + n), option * all);
    if (!counts[issue]) continue;
    for (const [k, choice] of seen.entries()) scores[option * all + n + k] = choice[issue] === option ? 0 : 1;
  }
  return {
    ...model,
    partyIds: [...model.partyIds, ...seen.map((_, k) => `difference ${k}`)],
    scores,
    walkAway: Float64Array.from([...model.walkAway, ...seen.map(() => 0)]),
    base: Float64Array.from([...model.base, ...seen.map(() => 0)]),
  };
}

/** 1 for issues whose options are not all worth the same to everybody. */
function issuesThatCount(model: Model): Uint8Array {
  const n = model.partyIds.length;
  const counts = Uint8Array.from(model.issues, ({ options }) => {
    const worth = (option: number, p: number): number => at(model.scores, option * n + p);
    const plain = options.every((option) =>
      model.partyIds.every((_, p) => worth(option, p) === worth(at(options, 0), p)),
    );
    return plain && options.every((option) => at(model.options, option).inner.length === 0) ? 0 : 1;
  });
  for (const { when } of model.interactions) for (const { issue } of when) counts[issue] = 1;
  return counts;
}

function described(model: Model, base: Choice, choice: Choice, proven: boolean): Alternative {
  const utilities = utilitiesOf(model, choice);
  const before = utilitiesOf(model, base);
  return {
    outcome: outcomeOf(model, choice),
    utilities: byParty(model, utilities),
    gains: byParty(
      model,
      utilities.map((units, p) => units - at(model.walkAway, p)),
    ),
    costs: Object.fromEntries(
      model.partyIds.map((id, p) => [id, fromUnits(at(before, p) - at(utilities, p), model.exponent)]),
    ),
    changed: model.issues.flatMap(({ id }, issue) => (choice[issue] === base[issue] ? [] : [id])),
    proven,
  };
}
