import { type Problem, type Solutions, solutionNames, solve } from "@parley/solver";
import { expect, test } from "vitest";
import { expectFrontierAgrees, expectSolutionsAgree } from "./agreement.ts";
import { example } from "./example.ts";
import { largeProblem, randomProblem } from "./random-problem.ts";

test("solves the example of the format as the contract prints it", () => {
  const { nash } = solve(example);
  expect(nash).toMatchObject({
    status: "optimal",
    tied: false,
    positive: 2,
    outcome: { halt: "partial", scope: "energy", embassies: "restore" },
    utilities: { a: 40, b: 42 },
    gains: { a: 10, b: 17 },
    gap: 0,
  });
  expectSolutionsAgree(example);
  expectFrontierAgrees(example, false);
  expectFrontierAgrees(example, true);
});

test("agrees with brute force on all four solutions of random problems of every kind", () => {
  for (let seed = 1; seed <= 500; seed++) expectSolutionsAgree(randomProblem(seed));
});

test("agrees with brute force on the frontier, whole and in the zone, of random problems of every kind", () => {
  for (let seed = 5001; seed <= 5300; seed++) {
    expectFrontierAgrees(randomProblem(seed), false);
    expectFrontierAgrees(randomProblem(seed), true);
  }
});

test("agrees with brute force on all four solutions of problems of thousands of outcomes", () => {
  for (let seed = 7001; seed <= 7015; seed++) {
    expectSolutionsAgree(
      randomProblem(seed, { parties: 2 + (seed % 3), issues: 7, outcomes: 4000, hardness: 0.3 }),
    );
  }
});

test("what halves that meet find is what brute force finds, with linkages, ties and zero gains", () => {
  for (let seed = 9001; seed <= 9040; seed++) {
    expectSolutionsAgree(
      randomProblem(seed, {
        parties: 3 + (seed % 3),
        issues: 8,
        outcomes: 3000,
        hardness: 0.1,
        interactions: false,
        linked: seed % 2 === 0,
        points: (["few", "integers", "decimals"] as const)[seed % 3]!,
      }),
      ["egalitarian", "kalai-smorodinsky"],
    );
  }
});

test("the smallest ratio and the smallest gain of six parties and fifty issues are proven", () => {
  for (const pairs of [0, 50]) {
    const problem = largeProblem({ parties: 6, issues: 50, options: 10, seed: 4, pairs });
    const solutions = solve(problem, { solutions: ["egalitarian", "kalai-smorodinsky"] });
    for (const solution of Object.values(solutions)) expect(solution.status).toBe("optimal");
  }
});

/** The problem with points from 0 to `most`, without decimals. */
function inWholePoints(problem: Problem, most: number): Problem {
  const whole = (_: string, points: unknown) =>
    typeof points === "number" ? Math.round(points * most) : points;
  return { ...problem, scores: JSON.parse(JSON.stringify(problem.scores, whole)) };
}

test("proves packages of whole points, where a bound leaves no slack and many outcomes tie", () => {
  for (let seed = 1; seed <= 3; seed++) {
    const problem = inWholePoints(largeProblem({ parties: 4, issues: 20, options: 5, seed }), 10);
    const solutions = Object.values(solve(problem, { maxNodes: 20_000_000 }));
    for (const solution of solutions) expect(solution.status).toBe("optimal");
  }
});

test("proves an egalitarian package that ties on nearly all levels", () => {
  const problem = inWholePoints(largeProblem({ parties: 6, issues: 50, options: 10, seed: 1 }), 3);
  const { egalitarian } = solve(problem, { solutions: ["egalitarian"], maxNodes: 1_000_000 });
  expect(egalitarian).toMatchObject({ status: "optimal", tied: true, value: 102 });
});

test("refuses a time limit without a clock", () => {
  expect(() => solve(example, { timeLimitMs: 5 })).toThrow(TypeError);
});

/** What a limit leaves of an answer: nothing above its bound, and `optimal` only of what is. */
function expectHonest(problem: Problem, whole: Solutions, limited: Solutions): void {
  for (const name of solutionNames) {
    const [best, found] = [whole[name]!, limited[name]!];
    const said = `${problem.name} ${name}`;
    if (best.status !== "optimal") continue;
    expect(found.status, said).toMatch(/^optimal$|^bounded$|^unknown$/);
    if (found.status !== "bounded" && found.status !== "unknown") {
      expect(found, said).toMatchObject({ gains: best.gains, tied: best.tied });
      continue;
    }
    const size = Math.abs(best.value) * 1e-12;
    expect(found.bound, said).toBeGreaterThanOrEqual(best.value - size);
    if (found.status === "unknown") continue;
    expect(found.tied).toBeNull();
    expect(found.bound, said).toBeGreaterThanOrEqual(found.value);
    // The ideals themselves may be too low where they are not proven; and a mean over fewer parties may be larger.
    const isAlike = name === "kalai-smorodinsky" ? found.ideals : found.positive === best.positive;
    if (isAlike) expect(found.value, said).toBeLessThanOrEqual(best.value + size);
  }
}

test("says bounded or unknown, never optimal, when a limit ends the search", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const problem = randomProblem(seed, { issues: 4, hardness: 0.2 });
    expectHonest(problem, solve(problem), solve(problem, { maxNodes: 1 + (seed % 40) }));
  }
});

test("no outcome is above the bound that an abort leaves, where linkages and interactions have to be split", () => {
  let bounded = 0;
  for (let seed = 1; seed <= 4; seed++) {
    const plain = largeProblem({ parties: 3, issues: 14, options: 5, seed, pairs: 150 });
    const problem: Problem = {
      ...plain,
      interactions: plain.parties.flatMap(({ id }, p) =>
        [0, 1, 2].map((k) => ({
          party: id,
          when: [0, 4, 7].map((i) => [`i${(i + p + k) % 14}`, ["o0", "o1", `o${2 + k}`]] as const),
          points: k === 1 ? -0.4 : 0.5,
        })),
      ),
    };
    const whole = solve(problem);
    for (const looks of [2, 8, 40]) {
      let seen = 0;
      const limited = solve(problem, {
        onProgress: () => seen++,
        signal: {
          get aborted() {
            return seen >= looks;
          },
        },
      });
      expectHonest(problem, whole, limited);
      bounded += Object.values(limited).filter(({ status }) => status === "bounded").length;
    }
  }
  expect(bounded).toBeGreaterThan(6);
});
