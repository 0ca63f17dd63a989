/**
 * Near alternatives to a package: others that cost no party more than a given share of its gain, and that
 * settle the text as differently as that allows.
 *
 * Each is found exactly, one after the other: among all outcomes in which every party keeps at least
 * (1 - loss) of its gain from the package, the one that differs from the package and the alternatives before
 * in the most issues, added up; then, of those that differ as much, one with the largest sum of gains, so
 * none is dominated for nothing (this step alone compares points between parties). Two outcomes differ in an
 * issue where they settle it otherwise or only one of them reaches it. An issue whose options are worth the
 * same to everybody does not count: to differ there is noise.
 */
import { fromUnits, toUnits } from "./arithmetic.ts";
import { choiceOf } from "./choice.ts";
import { differencesFrom } from "./differences.ts";
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
import type { Comparison, Gains } from "./rules.ts";
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
    (units, p) => units - shareOf(Math.max(0, units - at(model.walkAway, p)), options.loss),
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

/** A share from 0 to 1 of whole units, rounded down: 29 of 100 for 0.29. */
function shareOf(units: number, share: number): number {
  return Number((BigInt(units) * BigInt(toUnits(share, shareDecimals))) / 10n ** BigInt(shareDecimals));
}

const shareDecimals = 15;

/** The outcome above the least utilities that differs most from those seen; null where none differs from all. */
function mostDifferent(model: Model, seen: readonly Choice[], least: Float64Array, budget: Budget) {
  const n = model.partyIds.length;
  const measured = withDifferences(model, seen);
  const field = fieldOf({ model: measured, allowed: afterRedLines(measured), budget });
  if (!field) return null;
  // One from each of those seen; from all together as many as there are.
  const walkAway = Float64Array.from([...least, ...seen.map(() => 1), 0]);
  const linear = (counts: (p: number) => boolean, floor: Float64Array): Goal => {
    const scale = walkAway.map((_, p) => (counts(p) ? 1 : 0));
    const sum = (gains: Gains): number => scale.reduce((all, one, p) => all + one * (gains[p] as number), 0);
    const compare: Comparison = (one, other) => sum(one) - sum(other);
    return { kind: "linear", counted: Array.from(scale, () => true), scale, floor, compare, valueOnly: true };
  };
  const all = n + seen.length;
  const widest = search(
    field,
    linear((p) => p === all, new Float64Array(all + 1)),
    walkAway,
    budget,
  );
  const { gains, chosen } = widest.incumbent;
  if (!gains || !chosen) return null;
  const asFar = gains.map((gain, p) => (p === all ? gain : 0));
  const best = search(
    field,
    linear((p) => p < n, asFar),
    walkAway,
    budget,
    { hints: [chosen] },
  );
  const choice: Choice = new Int32Array(model.issues.length).fill(-1);
  for (const value of best.incumbent.chosen ?? chosen) field.trace(value, choice);
  return { choice, proven: widest.proven && best.proven };
}

/**
 * The model with one more party for each outcome seen, whose points count the issues in which another one
 * differs, and a last one whose points are the sum of theirs.
 */
function withDifferences(model: Model, seen: readonly Choice[]): Model {
  const n = model.partyIds.length;
  const all = n + seen.length;
  const scores = new Float64Array(model.options.length * (all + 1));
  const counts = issuesThatCount(model);
  const differences = seen.map((choice) => differencesFrom(model, choice, counts));
  for (const option of model.options.keys()) {
    const from = option * (all + 1);
    scores.set(model.scores.subarray(option * n, option * n + n), from);
    scores.set(
      differences.map((own) => at(own, option)),
      from + n,
    );
    scores[from + all] = differences.reduce((sum, own) => sum + at(own, option), 0);
  }
  const zeros = [...seen.map(() => 0), 0];
  return {
    ...model,
    partyIds: [...model.partyIds, ...zeros.map((_, k) => `difference ${k}`)],
    scores,
    walkAway: Float64Array.from([...model.walkAway, ...zeros]),
    base: Float64Array.from([...model.base, ...zeros]),
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
