/**
 * The fewest brackets whose change alone turns one outcome into one that is worth the same to everybody as
 * another outcome.
 *
 * In between lie the outcomes that settle every bracket as one of the two does. First brackets are turned back
 * one by one as long as nobody's points move, which leaves a set that none can be left out of. Then a search for
 * fewer: every party twice, once with its points turned round, so that "at least" is "as much", and a last one
 * whose points count the brackets that differ.
 */
import { differencesFrom } from "./differences.ts";
import { fieldOf } from "./field.ts";
import type { Goal } from "./goal.ts";
import { Budget } from "./limits.ts";
import { at, type Choice, type Model, utilitiesOf, withoutOptions } from "./model.ts";
import { search } from "./search.ts";

export interface FewestChanges {
  readonly choice: Choice;
  /** No outcome in between that is worth as much differs in fewer brackets from the first. */
  readonly proven: boolean;
}

/** Steps of the search: well under a second. */
const mostSteps = 1_000_000;

export function fewestChanges(model: Model, before: Choice, after: Choice): FewestChanges {
  const turned = turnedBack(model, before, after);
  const differences = differencesFrom(model, before, new Uint8Array(model.issues.length).fill(1));
  const count = (choice: Choice): number => choice.reduce((n, o) => n + (o < 0 ? 0 : at(differences, o)), 0);
  const target = utilitiesOf(model, after);
  const doubled = mirrored(model, differences);
  const either = new Set([...before, ...after]);
  const others = Array.from(model.options.keys()).filter((option) => !either.has(option));
  const budget = new Budget({ maxNodes: mostSteps });
  const field = fieldOf({ model: doubled, allowed: withoutOptions(doubled, others), budget });
  if (!field) return { choice: turned, proven: false };
  const all = field.parties - 1;
  // Fewer than what turning back found, or nothing.
  const walkAway = Float64Array.from([...target, ...target.map((units) => -units), 1 - count(turned)]);
  const goal: Goal = {
    kind: "linear",
    counted: new Array<boolean>(field.parties).fill(true),
    scale: walkAway.map((_, p) => (p === all ? 1 : 0)),
    floor: new Float64Array(field.parties),
    compare: (one, other) => (one[all] as number) - (other[all] as number),
    valueOnly: true,
  };
  const { incumbent, proven } = search(field, goal, walkAway, budget);
  if (!incumbent.chosen) return { choice: turned, proven };
  const choice: Choice = new Int32Array(model.issues.length).fill(-1);
  for (const value of incumbent.chosen) field.trace(value, choice);
  return { choice, proven };
}

/** The second outcome with every bracket turned back that can be, one after the other, while nobody's points move. */
function turnedBack(model: Model, before: Choice, after: Choice): Choice {
  const target = utilitiesOf(model, after);
  const back = new Set<number>();
  let best = after;
  for (const issue of model.issues.keys()) {
    if (at(before, issue) === at(after, issue)) continue;
    back.add(issue);
    const trial = between(model, before, after, back);
    if (utilitiesOf(model, trial).every((units, p) => units === at(target, p))) best = trial;
    else back.delete(issue);
  }
  return best;
}

/** The outcome that settles these brackets as the first one does, and the others, where it can, as the second. */
function between(model: Model, before: Choice, after: Choice, back: ReadonlySet<number>): Choice {
  const choice: Choice = new Int32Array(model.issues.length).fill(-1);
  for (const [issue, { parent }] of model.issues.entries()) {
    if (parent >= 0 && choice[at(model.options, parent).issue] !== parent) continue;
    const [old, now] = [at(before, issue), at(after, issue)];
    choice[issue] = now < 0 || (old >= 0 && back.has(issue)) ? old : now;
  }
  return choice;
}

/** Every party, every party with its points turned round, and one that loses a point for each difference. */
function mirrored(model: Model, differences: Int32Array): Model {
  const n = model.partyIds.length;
  const all = 2 * n + 1;
  const scores = new Float64Array(model.options.length * all);
  for (const option of model.options.keys()) {
    const own = model.scores.subarray(option * n, option * n + n);
    scores.set(own, option * all);
    scores.set(
      own.map((units) => -units),
      option * all + n,
    );
    scores[option * all + 2 * n] = -at(differences, option);
  }
  const twice = (units: Float64Array): Float64Array =>
    Float64Array.from([...units, ...units.map((one) => -one), 0]);
  return {
    ...model,
    partyIds: Array.from({ length: all }, (_, p) => `${p}`),
    scores,
    walkAway: twice(model.walkAway),
    base: twice(model.base),
    redLines: [],
    excludes: [],
    requires: [],
    interactions: model.interactions.flatMap((one) => [
      one,
      { ...one, party: one.party + n, units: -one.units },
    ]),
  };
}
