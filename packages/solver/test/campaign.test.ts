/**
 * Random problems of every kind, every result compared with brute force. A few with the tests; thousands with
 * `CAMPAIGN=20000 npx vitest run packages/solver/test/campaign.test.ts` (`CAMPAIGN_FROM` names the first seed).
 */
import { type Problem, solutionNames, solve } from "@parley/solver";
import { expect, test } from "vitest";
import { toUnits } from "../src/arithmetic.ts";
import { compile } from "../src/model.ts";
import {
  expectAlternativesAgree,
  expectCertified,
  expectExplanationAgrees,
  expectFrontierAgrees,
  expectRegionAgrees,
  expectSolutionsAgree,
} from "./agreement.ts";
import { oracleOf } from "./oracle.ts";
import { randomOf, randomProblem } from "./random-problem.ts";

const count = Number(process.env["CAMPAIGN"] ?? 140);
const from = Number(process.env["CAMPAIGN_FROM"] ?? 20_001);

/** The sizes and kinds in turn: one party to seven, wide and deep, and every mixture that the seed draws. */
function problemOf(seed: number): Problem {
  switch (seed % 7) {
    case 0:
      return randomProblem(seed, { parties: 1 + (seed % 10), issues: 4, outcomes: 120 });
    case 1:
      return randomProblem(seed, { nested: true, linked: true, interactions: true, redLines: true });
    case 2:
      return randomProblem(seed, { points: "few", hardness: 0.3, issues: 5, outcomes: 250 });
    case 3:
      return randomProblem(seed, { points: "decimals", interactions: true });
    case 4:
      return randomProblem(seed, { points: "large", hardness: 0.4 });
    default:
      return randomProblem(seed);
  }
}

/** The same with points that have more digits than fit, and the integers that the solver then speaks of. */
function onGrid(seed: number): { problem: Problem; rounded: Problem; unit: number } {
  const random = randomOf(seed);
  const numbers = (turn: (value: number) => number, whole: Problem): Problem => ({
    ...whole,
    parties: whole.parties.map((party) => ({ ...party, walkAway: turn(party.walkAway) })),
    scores: JSON.parse(
      JSON.stringify(whole.scores, (_, value) => (typeof value === "number" ? turn(value) : value)),
    ),
    interactions: (whole.interactions ?? []).map((one) => ({ ...one, points: turn(one.points) })),
  });
  const problem = numbers((value) => value + random() - 0.5, randomProblem(seed, { points: "integers" }));
  const { arithmetic, exponent } = compile(problem);
  // A small problem may fit whole numbers after all: then the next one is drawn.
  if (arithmetic !== "grid") return onGrid(seed + 1_000_000);
  return {
    problem,
    rounded: numbers((value) => toUnits(value, exponent), problem),
    unit: 10 ** exponent,
  };
}

test("where points have too many digits, every result is that of brute force on the rounded problem", () => {
  for (let seed = from; seed < from + Math.ceil(count / 5); seed++) {
    const { problem, rounded, unit } = onGrid(seed);
    expectSolutionsAgree(rounded);
    expectFrontierAgrees(rounded, seed % 2 === 0);
    const [said, whole] = [solve(problem), solve(rounded)];
    for (const name of solutionNames) {
      const [one, other] = [said[name]!, whole[name]!];
      expect(one.status).toBe(other.status);
      if (one.status !== "optimal" || other.status !== "optimal") continue;
      expect(one.outcome).toEqual(other.outcome);
      // Points are doubles: at this size they stand a unit or two apart.
      for (const [id, gain] of Object.entries(one.gains))
        expect(Math.abs(gain * unit - other.gains[id]!)).toBeLessThanOrEqual(4);
    }
  }
});

test(`agrees with brute force on every result of ${count} random problems`, { timeout: 86_400_000 }, () => {
  let compared = 0;
  for (let seed = from; seed < from + count; seed++) {
    const problem = problemOf(seed);
    const random = randomOf(seed);
    const below = (n: number): number => Math.floor(random() * n);
    expectSolutionsAgree(problem);
    expectFrontierAgrees(problem, false);
    expectFrontierAgrees(problem, true);
    const { all, places } = oracleOf(problem);
    const some = all[below(all.length)];
    const other = all[below(all.length)];
    if (!some || !other) continue;
    compared++;
    const atLeast = Object.fromEntries(
      problem.parties.flatMap(({ id }, p) =>
        random() < 0.6 ? [[id, Number(some.utilities[p]) / 10 ** places] as const] : [],
      ),
    );
    expectRegionAgrees(problem, atLeast);
    const part = [{}, { zone: true }, { atLeast }][seed % 3]!;
    expectCertified(problem, { ...part, maxPoints: 1 + below(6) });
    expectCertified(problem, { ...part, epsilon: [0.02, 0.1, 0.3][below(3)]! });
    expectCertified(problem, { ...part, maxNodes: 1 + below(seed % 2 === 0 ? 120 : 2000) });
    const chosen = Object.fromEntries(some.chosen);
    expectExplanationAgrees(problem, chosen, Object.fromEntries(other.chosen));
    const { nash } = solve(problem, { solutions: ["nash"] });
    const reference = nash?.status === "optimal" ? nash.outcome : chosen;
    expectAlternativesAgree(problem, reference, below(40));
  }
  expect(compared).toBeGreaterThan(count / 2);
});
