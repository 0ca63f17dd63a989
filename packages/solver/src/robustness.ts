/**
 * How far a package survives errors in the points and points that nobody gave.
 *
 * Margins and ranges are exact and need no search: a party's utility is a sum, so its worst case is the sum of worst
 * cases. Only `survival` draws at random, and compares a package with the packages it is given and with no other.
 */
import { fromUnits } from "./arithmetic.ts";
import { choiceOf } from "./choice.ts";
import { at, type Choice, compile, type Model, utilitiesOf } from "./model.ts";
import type { ByParty, Outcome, Problem } from "./problem.ts";

/** By party: the share by which all its points may be off at once, each in the worse direction, before the package
 * falls below its walk-away value; negative where it is below already, null where no error of points matters. */
export type Margins = Readonly<Record<string, number | null>>;

/** What a party has not marked: the issues, and the most that an option of one may be worth, or cost, in its points. */
export interface Missing {
  readonly issues: readonly string[];
  readonly most: number;
}

/** Shares of the draws, from 0 to 1. */
export interface Survival {
  /** No party fell below its walk-away value. */
  readonly inZone: number;
  /** No other package of the list was as good for all and better for one. */
  readonly unbeaten: number;
}

/** Throws a `RangeError` for an outcome that is not one of the problem's. */
export function marginsOf(problem: Problem, outcome: Outcome): Margins {
  const model = compile(problem);
  const choice = mustChoose(model, outcome);
  const utilities = utilitiesOf(model, choice);
  return Object.fromEntries(
    model.partyIds.map((id, p) => {
      const stake = stakeOf(model, choice, p);
      const gain = at(utilities, p) - at(model.walkAway, p);
      return [id, stake === 0 ? null : gain / stake];
    }),
  );
}

/** Each party's gain over every way in which what is missing may be filled in. Throws as `marginsOf`. */
export function gainRange(
  problem: Problem,
  outcome: Outcome,
  missing: Readonly<Record<string, Missing>>,
): { readonly least: ByParty; readonly most: ByParty } {
  const model = compile(problem);
  const utilities = utilitiesOf(model, mustChoose(model, outcome));
  const side = (sign: 1 | -1): ByParty =>
    Object.fromEntries(
      model.partyIds.map((id, p) => {
        const gain = fromUnits(at(utilities, p) - at(model.walkAway, p), model.exponent);
        const own = missing[id];
        const reached = own?.issues.filter((issue) => outcome[issue] !== undefined).length ?? 0;
        return [id, gain + sign * reached * (own?.most ?? 0)];
      }),
    );
  return { least: side(-1), most: side(1) };
}

/**
 * How often each package stays acceptable, and unbeaten by the others listed, when each point is off by a share drawn
 * evenly from -error to error. `random` gives numbers from 0 to 1. Throws as `marginsOf`.
 */
export function survival(
  problem: Problem,
  packages: readonly Outcome[],
  { error, draws, random }: { readonly error: number; readonly draws: number; readonly random: () => number },
): Survival[] {
  const model = compile(problem);
  const choices = packages.map((outcome) => mustChoose(model, outcome));
  const kept = packages.map(() => ({ inZone: 0, unbeaten: 0 }));
  const off = (units: number): number => units * (1 + error * (2 * random() - 1));
  for (let draw = 0; draw < draws; draw++) {
    const drawn: Model = {
      ...model,
      scores: model.scores.map(off),
      interactions: model.interactions.map((paid) => ({ ...paid, units: off(paid.units) })),
    };
    const gains = choices.map((choice) =>
      utilitiesOf(drawn, choice).map((utility, p) => utility - at(model.walkAway, p)),
    );
    for (const [k, own] of gains.entries()) {
      if (own.every((gain) => gain >= 0)) at(kept, k).inZone++;
      if (!gains.some((other) => betters(other, own))) at(kept, k).unbeaten++;
    }
  }
  return kept.map(({ inZone, unbeaten }) => ({ inZone: inZone / draws, unbeaten: unbeaten / draws }));
}

function betters(one: Float64Array, other: Float64Array): boolean {
  return one.every((gain, p) => gain >= at(other, p)) && one.some((gain, p) => gain > at(other, p));
}

/** The sum of what is at stake for the party in the points of this package, each without its sign. */
function stakeOf(model: Model, choice: Choice, party: number): number {
  const n = model.partyIds.length;
  let stake = 0;
  for (const option of choice) if (option >= 0) stake += Math.abs(at(model.scores, option * n + party));
  for (const { party: paid, units, when } of model.interactions) {
    const pays = paid === party && when.every(({ issue, options }) => options.includes(at(choice, issue)));
    if (pays) stake += Math.abs(units);
  }
  return stake;
}

function mustChoose(model: Model, outcome: Outcome): Choice {
  const choice = choiceOf(model, outcome);
  if (!choice) throw new RangeError("the outcome is not one of this problem");
  return choice;
}
