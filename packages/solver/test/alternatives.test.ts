import { alternatives, type Problem, solve } from "@parley/solver";
import { expect, test } from "vitest";
import { oracleOf } from "./oracle.ts";
import { flatten, randomProblem } from "./random-problem.ts";

function nashOf(problem: Problem) {
  const { nash } = solve(problem, { solutions: ["nash"] });
  return nash?.status === "optimal" ? nash : null;
}

test("the first alternative is the most different outcome within the loss, as brute force finds it", () => {
  let compared = 0;
  for (let seed = 1; seed <= 250; seed++) {
    const problem = randomProblem(seed, {
      points: "integers",
      nested: false,
      interactions: false,
      issues: 4,
    });
    const nash = nashOf(problem);
    if (!nash) continue;
    const loss = 0.25;
    const [first] = alternatives(problem, nash.outcome, { count: 1, loss });
    const counting = flatten(problem.issues).filter((issue) =>
      issue.options.some((option) =>
        problem.parties.some(({ id }) => {
          const worth = problem.scores[id]?.[issue.id];
          return (worth?.[option.id] ?? 0) !== (worth?.[issue.options[0]!.id] ?? 0);
        }),
      ),
    );
    const oracle = oracleOf(problem);
    const unit = 10 ** oracle.places;
    const within = oracle.all.filter(({ gains }) =>
      gains.every((gain, p) => {
        const own = Math.round(nash.gains[problem.parties[p]!.id]! * unit);
        return Number(gain) >= own - Math.floor(loss * own);
      }),
    );
    const distance = (chosen: ReadonlyMap<string, string>): number =>
      counting.filter((issue) => chosen.get(issue.id) !== nash.outcome[issue.id]).length;
    const most = Math.max(...within.map(({ chosen }) => distance(chosen)));
    expect(first ? distance(new Map(Object.entries(first.outcome))) : 0, problem.name).toBe(most);
    if (!first) continue;
    compared++;
    expect(first.proven).toBe(true);
    for (const { id } of problem.parties) {
      expect(first.costs[id]! * unit).toBeCloseTo((nash.utilities[id]! - first.utilities[id]!) * unit, 4);
    }
  }
  expect(compared).toBeGreaterThan(50);
});

test("alternatives differ from each other, and a loss of nothing costs nobody anything", () => {
  for (let seed = 1; seed <= 100; seed++) {
    const problem = randomProblem(seed, { points: "few", issues: 5 });
    const nash = nashOf(problem);
    if (!nash) continue;
    const found = alternatives(problem, nash.outcome, { count: 3, loss: 0 });
    const texts = new Set(
      [nash.outcome, ...found.map(({ outcome }) => outcome)].map((one) => JSON.stringify(one)),
    );
    expect(texts.size).toBe(found.length + 1);
    for (const { costs } of found) expect(Math.max(...Object.values(costs))).toBeLessThanOrEqual(0);
  }
});

test("refuses a package that is not an outcome, and a loss that is not a share", () => {
  const problem = randomProblem(1);
  expect(() => alternatives(problem, { nothing: "x" }, { count: 1, loss: 0 })).toThrow(RangeError);
  expect(() => alternatives(problem, {}, { count: 1, loss: 2 })).toThrow(RangeError);
});
