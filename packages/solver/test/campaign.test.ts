/**
 * Random problems of every kind, every result compared with brute force. A few with the tests; thousands with
 * `CAMPAIGN=20000 npx vitest run packages/solver/test/campaign.test.ts` (`CAMPAIGN_FROM` names the first seed).
 */
import { type Problem, solve } from "@parley/solver";
import { expect, test } from "vitest";
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

const count = Number(process.env["CAMPAIGN"] ?? 150);
const from = Number(process.env["CAMPAIGN_FROM"] ?? 20_001);

/** The sizes and kinds in turn: one party to seven, wide and deep, and every mixture that the seed draws. */
function problemOf(seed: number): Problem {
  switch (seed % 6) {
    case 0:
      return randomProblem(seed, { parties: 1 + (seed % 7), issues: 4, outcomes: 120 });
    case 1:
      return randomProblem(seed, { nested: true, linked: true, interactions: true, redLines: true });
    case 2:
      return randomProblem(seed, { points: "few", hardness: 0.3, issues: 5, outcomes: 250 });
    case 3:
      return randomProblem(seed, { points: "decimals", interactions: true });
    default:
      return randomProblem(seed);
  }
}

test(`agrees with brute force on every result of ${count} random problems`, { timeout: 86_400_000 }, () => {
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
    const atLeast = Object.fromEntries(
      problem.parties.flatMap(({ id }, p) =>
        random() < 0.6 ? [[id, Number(some.utilities[p]) / 10 ** places] as const] : [],
      ),
    );
    expectRegionAgrees(problem, atLeast);
    const part = [{}, { zone: true }, { atLeast }][seed % 3]!;
    expectCertified(problem, { ...part, maxPoints: 1 + below(6) });
    expectCertified(problem, { ...part, epsilon: [0.02, 0.1, 0.3][below(3)]! });
    expectCertified(problem, { ...part, maxNodes: 1 + below(120) });
    const chosen = Object.fromEntries(some.chosen);
    expectExplanationAgrees(problem, chosen, Object.fromEntries(other.chosen));
    const { nash } = solve(problem, { solutions: ["nash"] });
    const reference = nash?.status === "optimal" ? nash.outcome : chosen;
    expectAlternativesAgree(problem, reference, below(40));
  }
  expect(count).toBeGreaterThan(0);
});
