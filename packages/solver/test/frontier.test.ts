import { type Frontier, frontier, type Problem } from "@parley/solver";
import { expect, test } from "vitest";
import { additiveProblem, boxedProblem, even } from "../../../bench/solver-problems.ts";
import { expectCertified, expectFrontierAgrees } from "./agreement.ts";
import { largeProblem, randomProblem } from "./random-problem.ts";

/** The largest share of its range by which a party misses a point of one frontier in the best of the other. */
function missed(problem: Problem, whole: Frontier, part: Frontier): number {
  const rows = [...part].map(({ utilities }) => utilities);
  return Math.max(
    ...[...whole].map(({ utilities }) =>
      Math.min(
        ...rows.map((row) =>
          Math.max(0, ...problem.parties.map(({ id }) => (utilities[id]! - row[id]!) / whole.ranges[id]!)),
        ),
      ),
    ),
  );
}

test.each([2, 3, 4])(
  "with %d parties, a limit or an epsilon gives fewer points and a certified epsilon",
  (parties) => {
    const problem = largeProblem({ parties, issues: parties === 2 ? 40 : 10, options: 5, seed: parties });
    const whole = frontier(problem);
    expect(whole.exact).toBe(true);
    for (const options of [{ maxNodes: whole.work.nodes }, { epsilon: 0.1 }, { maxPoints: 20 }]) {
      const part = frontier(problem, options);
      expect(part.exact).toBe(false);
      expect(part.size).toBeLessThan(whole.size);
      expect(part.epsilon).toBeGreaterThan(0);
      if (part.epsilon !== null) expect(missed(problem, whole, part)).toBeLessThanOrEqual(part.epsilon);
      if ("epsilon" in options) expect(part.epsilon).toBeLessThanOrEqual(0.1 + 1e-9);
      if ("maxPoints" in options) expect(part.size).toBeLessThanOrEqual(20);
    }
  },
);

test("a region of interest holds the whole frontier above the utilities asked for", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const problem = randomProblem(seed, { points: "integers" });
    const atLeast = { p0: 10 };
    const all = [...frontier(problem)].filter(({ utilities }) => utilities["p0"]! >= 10);
    expect([...frontier(problem, { atLeast })].map(({ utilities }) => utilities)).toEqual(
      all.map(({ utilities }) => utilities),
    );
  }
});

test.each([2, 3, 4])(
  "with %d parties, the zone and a region certify an epsilon where a limit ends the exact search",
  (parties) => {
    const base = largeProblem({ parties, issues: parties === 2 ? 40 : 10, options: 5, seed: parties });
    const most = parties === 2 ? 22 : 6;
    const problem = { ...base, parties: base.parties.map((party) => ({ ...party, walkAway: most })) };
    const atLeast = Object.fromEntries(base.parties.map(({ id }) => [id, most - 0.5]));
    for (const region of [{ zone: true }, { atLeast }]) {
      const whole = frontier(problem, region);
      expect(whole.size).toBeGreaterThan(5);
      for (const options of [{ maxNodes: whole.work.nodes }, { epsilon: 0.1 }]) {
        const part = frontier(problem, { ...region, ...options });
        expect(part.exact).toBe(false);
        expect(part.epsilon).not.toBeNull();
        if (part.epsilon !== null) expect(missed(problem, whole, part)).toBeLessThanOrEqual(part.epsilon);
        for (const { utilities, inZone } of part) {
          if ("zone" in region) expect(inZone).toBe(true);
          else
            for (const [id, least] of Object.entries(atLeast))
              expect(utilities[id]).toBeGreaterThanOrEqual(least);
        }
      }
    }
  },
);

test("agrees with brute force where linked issues are nested in each other", () => {
  for (let seed = 8001; seed <= 8150; seed++) {
    expectFrontierAgrees(
      randomProblem(seed, { nested: true, linked: true, interactions: true, issues: 4 }),
      false,
    );
  }
});

test("wherever limits end the search, an epsilon is certified as soon as any outcome is known", () => {
  let certified = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const problem = randomProblem(seed, {
      parties: 1 + (seed % 5),
      issues: 6,
      outcomes: 300,
      ...(seed % 2 === 0 ? {} : { linked: true, interactions: true }),
    });
    const part = [{}, { zone: true }, { atLeast: { p0: 5 } }, { epsilon: 0.2 }][seed % 4]!;
    for (const maxNodes of [30, 300, 2000]) {
      const options = { ...part, maxNodes };
      expectCertified(problem, options);
      const { epsilon, size } = frontier(problem, options);
      if (epsilon === null) expect(size).toBe(0);
      else if (epsilon > 0) certified++;
    }
  }
  expect(certified).toBeGreaterThan(10);
});

test.each([
  ["interactions of three parties", boxedProblem(20, 1, 3), 0.1],
  ["dense linkages", additiveProblem({ parties: 6, options: even(60, 8), seed: 1, density: 0.1 }), 0.5],
])("%s: outcomes cover the frontier where it is too large to be folded", (_, problem, most) => {
  const found = frontier(problem, { maxNodes: 1_000_000 });
  expect(found.exact).toBe(false);
  expect(found.epsilon).toBeLessThan(most);
  const rows = [...found].map(({ utilities }) => problem.parties.map(({ id }) => utilities[id]!));
  for (const one of rows)
    expect(rows.filter((other) => other.every((points, p) => points >= one[p]!))).toEqual([one]);
});
