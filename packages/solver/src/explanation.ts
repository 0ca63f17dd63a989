/**
 * Why a package differs from another one: which brackets explain the difference, who paid whom in which
 * bracket, and what holds the package where it is. Data, no prose.
 *
 * The points of a changed bracket are those of its new option less those of its old one, with all that hangs
 * below it; points that interactions pay over several changed brackets stand apart, with the brackets. The
 * brackets that change nobody's points are named apart too: the smallest set that explains the difference is
 * the others, since each of them moves somebody's points and nothing else can make up for it.
 */
import { fromUnits } from "./arithmetic.ts";
import { choiceOf } from "./choice.ts";
import type { Constraint } from "./conflict.ts";
import { at, byParty, type Choice, compile, type Model, pays, utilitiesOf } from "./model.ts";
import type { ByParty, Linkage, OptionRef, Outcome, Problem } from "./problem.ts";

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

/** A linkage without which one bracket could be settled better for somebody and worse for nobody. */
export interface BindingLinkage {
  readonly constraint: Constraint;
  /** The bracket, the option that it would take, and what that would give. */
  readonly change: OptionRef;
  readonly points: ByParty;
}

export interface Explanation {
  /** The smallest set of brackets that explains the difference, those that move most points first. */
  readonly changes: readonly BracketChange[];
  readonly interactions: readonly InteractionChange[];
  /** Brackets settled otherwise that move nobody's points. */
  readonly neutral: readonly string[];
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
  const all = model.issues.flatMap((_, issue) =>
    before[issue] === after[issue] ? [] : [changeOf(model, issue, before, after)],
  );
  const interactions = interactionChanges(model, before, after);
  const named = new Set(interactions.flatMap(({ issues }) => issues));
  const matters = ({ issue, points }: BracketChange): boolean =>
    named.has(issue) || Object.values(points).some((value) => value !== 0);
  const changes = all.filter(matters).toSorted((one, other) => weightOf(other) - weightOf(one));
  const utilities = utilitiesOf(model, after);
  return {
    changes,
    interactions,
    neutral: all.filter((change) => !matters(change)).map(({ issue }) => issue),
    trades: tradesOf(model, changes),
    walkAways: model.partyIds.filter((_, p) => at(utilities, p) === at(model.walkAway, p)),
    linkages: bindingLinkages(model, after),
  };
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

/** Tries every other option of every bracket without inner issues that breaks exactly one linkage. */
function bindingLinkages(model: Model, choice: Choice): BindingLinkage[] {
  const now = utilitiesOf(model, choice);
  const binding: BindingLinkage[] = [];
  for (const [issue, { id, options }] of model.issues.entries()) {
    const old = at(choice, issue);
    if (old < 0 || at(model.options, old).inner.length > 0) continue;
    for (const option of options) {
      if (option === old || at(model.options, option).inner.length > 0) continue;
      const trial = choice.slice();
      trial[issue] = option;
      const broken = brokenBy(model, trial);
      const only = broken[0];
      if (!only || broken.length > 1) continue;
      const units = utilitiesOf(model, trial).map((value, p) => value - at(now, p));
      if (units.some((value) => value < 0) || units.every((value) => value === 0)) continue;
      binding.push({
        constraint: only,
        change: [id, at(model.options, option).id],
        points: byParty(model, units),
      });
    }
  }
  return binding;
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
