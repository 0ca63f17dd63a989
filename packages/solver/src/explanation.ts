/**
 * Why a package differs from another one: which brackets explain the difference, who paid whom in which
 * bracket, and what holds the package where it is. Data, no prose.
 *
 * A set of brackets explains the difference when changing these alone in the reference gives every party the
 * utility that it has in the package (fewest-changes.ts); linkages are not asked whether such a text may be.
 * The points of a bracket are those of its new option less those of its old one; brackets inside it stand for
 * themselves, and points that interactions pay or no longer pay stand apart, with their brackets.
 */
import { fromUnits } from "./arithmetic.ts";
import { choiceOf } from "./choice.ts";
import type { Constraint } from "./conflict.ts";
import { fewestChanges } from "./fewest-changes.ts";
import { Budget } from "./limits.ts";
import { at, byParty, type Choice, compile, type Model, pays, utilitiesOf, withoutOptions } from "./model.ts";
import type { ByParty, Linkage, OptionRef, Outcome, Problem } from "./problem.ts";
import { exactFolding, frontOfIssues } from "./tree-front.ts";

export interface BracketChange {
  readonly issue: string;
  /** null where that outcome does not reach the issue. */
  readonly from: string | null;
  readonly to: string | null;
  /** What the change gives each party, negative where it costs. */
  readonly points: ByParty;
}

/** Points that an interaction pays or no longer pays, over brackets that changed. */
export interface InteractionChange {
  readonly party: string;
  readonly issues: readonly string[];
  readonly points: number;
}

/** In some brackets one party gained and the other lost, in others it was the other way round. */
export interface Trade {
  readonly parties: readonly [string, string];
  /** Brackets where the first gained at the cost of the second, and the reverse. */
  readonly gains: readonly [readonly string[], readonly string[]];
}

/**
 * A red line or linkage without which one bracket could be settled better for somebody and worse for nobody, with
 * the brackets inside it at one of their efficient settlements.
 */
export interface BindingLinkage {
  readonly constraint: Constraint;
  /** The bracket, the option that it would take, and what that would give. */
  readonly change: OptionRef;
  readonly points: ByParty;
}

export interface Explanation {
  /** A set of brackets that explains the difference, those that move most points first. */
  readonly changes: readonly BracketChange[];
  /** No smaller set explains it; else none that leaves out one of these. */
  readonly smallest: boolean;
  /** What these changes make interactions pay, or no longer pay. */
  readonly interactions: readonly InteractionChange[];
  /** The other brackets settled otherwise: together they move nobody's points. */
  readonly neutral: readonly string[];
  /** Over all brackets settled otherwise. */
  readonly trades: readonly Trade[];
  /** Parties that the package leaves exactly at their walk-away value. */
  readonly walkAways: readonly string[];
  readonly linkages: readonly BindingLinkage[];
}

/**
 * Explains a package against a reference (the status quo on the table, another package).
 *
 * @throws RangeError where one of the two is not an outcome of the problem.
 */
export function explain(problem: Problem, chosen: Outcome, reference: Outcome): Explanation {
  const model = compile(problem);
  const after = choiceOf(model, chosen);
  const before = choiceOf(model, reference);
  if (!after || !before)
    throw new RangeError("the package or the reference is not an outcome of the problem");
  const { choice: between, proven } = fewestChanges(model, before, after);
  const changes = changesOf(model, before, between);
  const explained = new Set(changes.map(({ issue }) => issue));
  const all = changesOf(model, before, after);
  const utilities = utilitiesOf(model, after);
  return {
    changes,
    smallest: proven,
    interactions: interactionChanges(model, before, between),
    neutral: all.flatMap(({ issue }) => (explained.has(issue) ? [] : [issue])),
    trades: tradesOf(model, all),
    walkAways: model.partyIds.filter((_, p) => at(utilities, p) === at(model.walkAway, p)),
    linkages: bindingLinkages(model, after),
  };
}

function changesOf(model: Model, before: Choice, after: Choice): BracketChange[] {
  return model.issues
    .flatMap((_, issue) => (before[issue] === after[issue] ? [] : [changeOf(model, issue, before, after)]))
    .toSorted((one, other) => weightOf(other) - weightOf(one));
}

function changeOf(model: Model, issue: number, before: Choice, after: Choice): BracketChange {
  const n = model.partyIds.length;
  const worth = (option: number, p: number): number => (option < 0 ? 0 : at(model.scores, option * n + p));
  const name = (option: number): string | null => (option < 0 ? null : at(model.options, option).id);
  const [from, to] = [at(before, issue), at(after, issue)];
  const units = Float64Array.from({ length: n }, (_, p) => worth(to, p) - worth(from, p));
  return { issue: at(model.issues, issue).id, from: name(from), to: name(to), points: byParty(model, units) };
}

function weightOf({ points }: BracketChange): number {
  return Object.values(points).reduce((sum, value) => sum + Math.abs(value), 0);
}

function interactionChanges(model: Model, before: Choice, after: Choice): InteractionChange[] {
  return model.interactions.flatMap((interaction) => {
    const paid = Number(pays(interaction, after)) - Number(pays(interaction, before));
    if (paid === 0) return [];
    const issues = interaction.when
      .filter(({ issue }) => before[issue] !== after[issue])
      .map(({ issue }) => at(model.issues, issue).id);
    const points = fromUnits(paid * interaction.units, model.exponent);
    return [{ party: at(model.partyIds, interaction.party), issues, points }];
  });
}

function tradesOf(model: Model, changes: readonly BracketChange[]): Trade[] {
  const trades: Trade[] = [];
  for (const [p, one] of model.partyIds.entries()) {
    for (const other of model.partyIds.slice(p + 1)) {
      const won = (winner: string, loser: string): string[] =>
        changes.flatMap(({ issue, points }) =>
          (points[winner] ?? 0) > 0 && (points[loser] ?? 0) < 0 ? [issue] : [],
        );
      const gains = [won(one, other), won(other, one)] as const;
      if (gains[0].length > 0 && gains[1].length > 0) trades.push({ parties: [one, other], gains });
    }
  }
  return trades;
}

/** Tries every other option of every bracket, and keeps what breaks exactly one red line or linkage. */
function bindingLinkages(model: Model, choice: Choice): BindingLinkage[] {
  const now = utilitiesOf(model, choice);
  return model.issues.flatMap(({ id, options }, issue) =>
    options.flatMap((option): BindingLinkage[] => {
      if (at(choice, issue) < 0 || at(choice, issue) === option) return [];
      for (const trial of settledOtherwise(model, choice, issue, option)) {
        const [only, ...more] = brokenBy(model, trial);
        if (!only || more.length > 0) continue;
        const units = utilitiesOf(model, trial).map((value, p) => value - at(now, p));
        if (units.some((value) => value < 0) || units.every((value) => value === 0)) continue;
        const change = [id, at(model.options, option).id] as const;
        return [{ constraint: only, change, points: byParty(model, units) }];
      }
      return [];
    }),
  );
}

/** The choice with another option in one bracket, for each efficient settlement of the brackets inside it. */
function* settledOtherwise(model: Model, choice: Choice, issue: number, option: number): Generator<Choice> {
  const budget = new Budget({ maxNodes: mostInside });
  const folding = exactFolding(model, withoutOptions(model, []), budget);
  const front = frontOfIssues(at(model.options, option).inner, folding);
  const without = choice.slice();
  for (const inner of issuesInside(model, at(choice, issue))) without[inner] = -1;
  without[issue] = option;
  for (let place = 0; place < (front?.size ?? 0); place++) {
    const trial = without.slice();
    front?.trace(place, trial, (one) => at(model.options, one).issue);
    yield trial;
  }
}

/** Of settlements inside one option, how many steps are looked at. */
const mostInside = 10_000;

function issuesInside(model: Model, option: number): number[] {
  return at(model.options, option).inner.flatMap((issue) => [
    issue,
    ...at(model.issues, issue).options.flatMap((one) => issuesInside(model, one)),
  ]);
}

function brokenBy(model: Model, choice: Choice): Constraint[] {
  const ref = (option: number): OptionRef => {
    const { issue, id } = at(model.options, option);
    return [at(model.issues, issue).id, id];
  };
  const pair = ([one, other]: readonly [number, number]): Linkage => [ref(one), ref(other)];
  const has = (option: number): boolean => choice[at(model.options, option).issue] === option;
  return [
    ...model.redLines.flatMap(({ party, option }): Constraint[] =>
      has(option) ? [{ kind: "red-line", party: at(model.partyIds, party), option: ref(option) }] : [],
    ),
    ...model.excludes.flatMap((one): Constraint[] =>
      has(one[0]) && has(one[1]) ? [{ kind: "excludes", pair: pair(one) }] : [],
    ),
    ...model.requires.flatMap((one): Constraint[] =>
      has(one[0]) && !has(one[1]) ? [{ kind: "requires", pair: pair(one) }] : [],
    ),
  ];
}
