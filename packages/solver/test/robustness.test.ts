import { gainRange, marginsOf, type Outcome, type Problem, solve, survival } from "@parley/solver";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { example } from "./example.ts";
import { randomProblem } from "./random-problem.ts";

const nash: Outcome = { halt: "partial", scope: "energy", embassies: "restore" };

function packageOf(problem: Problem): Outcome | undefined {
  const found = solve(problem, { solutions: ["nash"] }).nash;
  return found && "outcome" in found ? found.outcome : undefined;
}

/** The same problem with every point moved by its own share. */
function moved(problem: Problem, share: () => number): Problem {
  const scores = Object.fromEntries(
    Object.entries(problem.scores).map(([party, issues]) => [
      party,
      Object.fromEntries(
        Object.entries(issues).map(([issue, options]) => [
          issue,
          Object.fromEntries(
            Object.entries(options).map(([option, points]) => [option, points * (1 + share())]),
          ),
        ]),
      ),
    ]),
  );
  return { ...problem, scores };
}

describe("margins", () => {
  test("a gain of 10 on 40 points at stake survives errors of a quarter", () => {
    expect(marginsOf(example, nash)).toEqual({ a: 10 / 40, b: 17 / 42 });
  });

  test("any errors within the margin leave the party its walk-away value", () => {
    fc.assert(
      fc.property(
        fc.nat(3000),
        fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true })),
        (seed, stream) => {
          const problem = randomProblem(seed, { interactions: false });
          const outcome = packageOf(problem);
          if (!outcome) return;
          for (const { id } of problem.parties) {
            const margin = marginsOf(problem, outcome)[id];
            if (margin === null || margin === undefined || margin < 0) continue;
            const off = moved(problem, () => margin * 0.999 * (stream.next().value ?? 0));
            expect(gainRange(off, outcome, {}).least[id]).toBeGreaterThanOrEqual(-1e-6);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("what is missing", () => {
  test("widens the gain by its most for each issue that the package reaches, and by nothing for others", () => {
    const range = gainRange(example, nash, { a: { issues: ["embassies", "elsewhere"], most: 5 } });
    expect(range).toEqual({ least: { a: 5, b: 17 }, most: { a: 15, b: 17 } });
  });
});

describe("survival", () => {
  const packages: Outcome[] = [nash, { ...nash, scope: "energy-and-ports" }, { ...nash, embassies: "keep" }];

  test("without errors a package in the zone stays there, and only an inefficient one is beaten", () => {
    const kept = survival(example, packages, { error: 0, draws: 3, random: () => 0.9 });
    expect(kept).toEqual([
      { inZone: 1, unbeaten: 1 },
      { inZone: 1, unbeaten: 1 },
      { inZone: 0, unbeaten: 0 },
    ]);
  });

  test("within every party's margin it never leaves the zone", () => {
    const random = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), 500);
    let at = 0;
    const kept = survival(example, packages, {
      error: 0.24,
      draws: 40,
      random: () => random[at++ % 500] ?? 0,
    });
    expect(kept[0]?.inZone).toBe(1);
  });

  test("refuses an outcome that the problem does not have", () => {
    expect(() => marginsOf(example, { halt: "partial" })).toThrow(RangeError);
  });
});
