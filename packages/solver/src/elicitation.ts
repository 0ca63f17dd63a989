/**
 * A walk-away value asked as "sign this, or go home?" on whole texts, and kept as the range that the replies leave.
 *
 * The rule: a party signs a text that is worth at least its walk-away value. So a text it would sign bounds the value from
 * above, one it would refuse from below, and the text to ask of next is the one whose worth lies nearest the middle of
 * what is left: whatever the reply, about half of the range goes. Replies are about texts, not points: when the scores
 * change, the range is read from the same replies anew, and replies that no longer fit together are named.
 */
import { choiceOf } from "./choice.ts";
import { frontier } from "./frontier.ts";
import type { Limits } from "./limits.ts";
import { afterRedLines, at, byParty, compile, type Model, utilitiesOf, withoutOptions } from "./model.ts";
import type { ByParty, Outcome, Problem } from "./problem.ts";
import { lowerBounds, upperBounds } from "./upper-bounds.ts";

/** What a party said of a whole text. */
export interface Reply {
  readonly outcome: Outcome;
  readonly signs: boolean;
}

/** The walk-away value is above `low` and at most `high`, in the party's points; null: no reply says so. */
export interface WalkAwayRange {
  readonly low: number | null;
  readonly high: number | null;
  /** Places of replies that cannot both hold: a text signed, and one refused that is worth as much or more. */
  readonly conflicts: readonly (readonly [signed: number, refused: number])[];
  /** Places of replies about texts that the tree no longer has. */
  readonly stale: readonly number[];
}

export interface Question {
  readonly outcome: Outcome;
  readonly utility: number;
}

/** Finer steps than this share of the whole range are not looked for among the texts. */
const finestStep = 1 / 2048;

/** What the replies leave. The problem has one party, whose own walk-away value is not looked at. */
export function walkAwayRange(problem: Problem, replies: readonly Reply[]): WalkAwayRange {
  const model = compile(problem);
  const worth = replies.map(({ outcome }) => worthOf(model, outcome));
  const places = [...replies.keys()];
  const known = (signs: boolean) =>
    places.filter((k) => at(replies, k).signs === signs && worth[k] !== undefined);
  const points = (k: number): number => worth[k] as number;
  const signed = known(true);
  const refused = known(false);
  return {
    low: refused.length > 0 ? Math.max(...refused.map(points)) : null,
    high: signed.length > 0 ? Math.min(...signed.map(points)) : null,
    conflicts: signed.flatMap((s) =>
      refused.filter((r) => points(s) <= points(r)).map((r) => [s, r] as const),
    ),
    stale: places.filter((k) => worth[k] === undefined),
  };
}

/**
 * The text to ask of next: of those worth more than `low` and less than `high`, the one nearest the middle. undefined:
 * no text lies between, or the replies contradict each other. Red lines and linkages hold in every text asked of.
 */
export function nextQuestion(
  problem: Problem,
  replies: readonly Reply[],
  limits: Limits = {},
): Question | undefined {
  const { low, high, conflicts } = walkAwayRange(problem, replies);
  if (conflicts.length > 0) return undefined;
  const { utilities: all, party, mirror } = everyWorth(problem);
  const between: { [party: string]: number } = {};
  if (low !== null) between[party] = low;
  if (high !== null) between[mirror] = -high;
  const inside = (utility: number): boolean =>
    (low === null || utility > low) && (high === null || utility < high);
  const found = [...frontier(all, { ...limits, atLeast: between, epsilon: finestStep })]
    .map(({ outcome, utilities }) => ({ outcome, utility: utilities[party] ?? 0 }))
    .filter(({ utility }) => inside(utility));
  const worths = found.map(({ utility }) => utility);
  const middle = ((low ?? Math.min(...worths)) + (high ?? Math.max(...worths))) / 2;
  return found.reduce<Question | undefined>(
    (best, one) => (best && Math.abs(best.utility - middle) <= Math.abs(one.utility - middle) ? best : one),
    undefined,
  );
}

/** The most and the least that each party can have once these options are chosen; linkages are not looked at. */
export function utilityRange(
  problem: Problem,
  chosen: Outcome,
): { readonly least: ByParty; readonly most: ByParty } {
  const model = compile(problem);
  const open = afterRedLines(model);
  const others = model.options.flatMap(({ id, issue }, option) => {
    const wanted = chosen[at(model.issues, issue).id];
    return !at(open, option) || (wanted !== undefined && wanted !== id) ? [option] : [];
  });
  const allowed = withoutOptions(model, others);
  return {
    least: byParty(model, lowerBounds(model, allowed)),
    most: byParty(model, upperBounds(model, allowed)),
  };
}

/** Seen by the party and by its mirror, who has the opposite points, no worth betters another: the frontier has all. */
function everyWorth(problem: Problem) {
  const party = problem.parties[0]?.id ?? "";
  const mirror = `not ${party}`;
  const scores = problem.scores[party] ?? {};
  const opposite = Object.fromEntries(
    Object.entries(scores).map(([issue, options]) => [
      issue,
      Object.fromEntries(Object.entries(options).map(([option, points]) => [option, 0 - points])),
    ]),
  );
  const interactions = problem.interactions ?? [];
  const utilities: Problem = {
    ...problem,
    parties: [party, mirror].map((id) => ({ id, walkAway: 0 })),
    scores: { [party]: scores, [mirror]: opposite },
    interactions: [
      ...interactions,
      ...interactions.map((paid) => ({ ...paid, party: mirror, points: 0 - paid.points })),
    ],
  };
  return { utilities, party, mirror };
}

/** undefined where the outcome is not one of this tree. */
function worthOf(model: Model, outcome: Outcome): number | undefined {
  const choice = choiceOf(model, outcome);
  return choice && byParty(model, utilitiesOf(model, choice))[at(model.partyIds, 0)];
}
