import { explain, type Problem } from "@parley/solver";
import { expect, test } from "vitest";
import { example } from "./example.ts";
import { oracleOf } from "./oracle.ts";
import { randomProblem } from "./random-problem.ts";

test("names the bracket that changed, what it moved and the linkage that binds", () => {
  const chosen = { halt: "partial", scope: "energy-and-ports", embassies: "restore" };
  const reference = { halt: "partial", scope: "energy", embassies: "restore" };
  const why = explain(example, chosen, reference);
  expect(why.changes).toEqual([
    { issue: "scope", from: "energy", to: "energy-and-ports", points: { a: 10, b: -10 } },
  ]);
  expect(why).toMatchObject({ interactions: [], neutral: [], trades: [], walkAways: [], linkages: [] });
});

test("a trade is a bracket for a bracket, and a red line that keeps a better text out binds", () => {
  const problem: Problem = {
    format: "parley-problem/1",
    name: "",
    parties: [
      { id: "a", walkAway: 5 },
      { id: "b", walkAway: 0 },
    ],
    issues: ["x", "y", "z"].map((id) => ({ id, options: [{ id: "0" }, { id: "1" }, { id: "2" }] })),
    scores: { a: { x: { "1": 9 }, y: { "1": -4 }, z: { "2": 1 } }, b: { x: { "1": -3 }, y: { "1": 7 } } },
    redLines: { b: [["z", "2"]] },
  };
  const why = explain(problem, { x: "1", y: "1", z: "1" }, { x: "0", y: "0", z: "0" });
  expect(why.trades).toEqual([{ parties: ["a", "b"], gains: [["x"], ["y"]] }]);
  expect(why.neutral).toEqual(["z"]);
  expect(why.walkAways).toEqual(["a"]);
  expect(why.linkages).toEqual([
    {
      constraint: { kind: "red-line", party: "b", option: ["z", "2"] },
      change: ["z", "2"],
      points: { a: 1, b: 0 },
    },
  ]);
});

test("changes and interactions add up to the difference of utilities", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const problem = randomProblem(seed, { points: "integers" });
    const { all, places } = oracleOf(problem);
    const [one, other] = [all[0], all.at(-1)];
    if (!one || !other) continue;
    const why = explain(problem, Object.fromEntries(one.chosen), Object.fromEntries(other.chosen));
    for (const [p, { id }] of problem.parties.entries()) {
      const moved = why.changes.reduce((sum, change) => sum + change.points[id]!, 0);
      const paid = why.interactions.reduce(
        (sum, change) => sum + (change.party === id ? change.points : 0),
        0,
      );
      expect((moved + paid) * 10 ** places).toBeCloseTo(Number(one.utilities[p]! - other.utilities[p]!), 4);
    }
  }
});
