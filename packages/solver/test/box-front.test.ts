import { frontier, type Interaction, type Problem, solutionNames, solve } from "@parley/solver";
import { expect, test } from "vitest";
import { frontOfBoxes } from "../src/box-front.ts";
import { boxesOf } from "../src/boxes.ts";
import { type Front, pointFront } from "../src/front.ts";
import { Budget } from "../src/limits.ts";
import { afterRedLines, compile, type Model, utilitiesOf } from "../src/model.ts";
import { componentsOf, networkOf } from "../src/network.ts";
import { exactFolding, frontOfIssues } from "../src/tree-front.ts";
import { expectFrontierAgrees, expectSolutionsAgree } from "./agreement.ts";
import { oracleFrontier, oracleOf, units } from "./oracle.ts";
import { boxProblem } from "./random-problem.ts";

/** The front that boxes give for a problem whose issues are all joined; null where it is not one of boxes. */
function boxedFront(problem: Problem): { model: Model; front: Front } | null {
  const model = compile(problem);
  const allowed = afterRedLines(model);
  const parts = componentsOf(networkOf(model, allowed));
  const [part] = parts;
  if (!part || parts.length > 1 || part.variables.length < problem.issues.length) return null;
  const folding = exactFolding(model, allowed, new Budget({}));
  const own = part.values.map(({ free }) => frontOfIssues(free, folding)!);
  const boxes = boxesOf(part, own)!;
  return { model, front: frontOfBoxes(boxes, part, own, folding.merging)! };
}

test("boxes give the frontier of brute force, with maluses, gaps and points of single options", () => {
  let compared = 0;
  for (let seed = 1; seed <= 400; seed++) {
    const problem = boxProblem({ issues: 4, options: 4, boxes: 3 + (seed % 12), seed, gaps: seed % 2 === 0 });
    const found = boxedFront(problem);
    if (!found) continue;
    compared++;
    const { model, front } = found;
    const oracle = oracleOf(problem);
    const vectors = Array.from({ length: front.size }, (_, place) => {
      const choice = new Int32Array(model.issues.length).fill(-1);
      front.trace(place, choice, (option) => model.options[option]!.issue);
      const vector = front.vector(place).map((value, p) => value + model.base[p]!);
      expect(utilitiesOf(model, choice)).toEqual(vector);
      return Array.from(vector, (value) => units(value, oracle.places));
    });
    expect(vectors, problem.name).toEqual(oracleFrontier(oracle));
  }
  expect(compared).toBeGreaterThan(250);
});

test("where states are many the frontier and the packages are those of brute force", () => {
  for (let seed = 1; seed <= 12; seed++) {
    const problem = boxProblem({ issues: 6, options: 3, boxes: 40, seed, gaps: seed % 3 === 0 });
    expectFrontierAgrees(problem, seed % 2 === 0);
    expectSolutionsAgree(problem);
  }
});

test("boxes of thirty issues are exact, and each package is a point of the frontier", () => {
  const problem = boxProblem({ issues: 30, options: 10, boxes: 120, seed: 5 });
  const found = frontier(problem);
  expect(found.exact).toBe(true);
  const points = [...found].map(({ utilities }) => utilities);
  const solutions = solve(problem);
  for (const name of solutionNames) {
    const solution = solutions[name]!;
    expect(solution.status).toBe("optimal");
    if (solution.status === "optimal") expect(points).toContainEqual(solution.utilities);
  }
  const walkAway = problem.parties.reduce((total, party) => total + party.walkAway, 0);
  const sum = (point: Readonly<Record<string, number>>): number => point["p0"]! + point["p1"]! - walkAway;
  expect(solutions.utilitarian).toMatchObject({ value: Math.max(...points.map(sum)) });
});

test("a limit ends the search of boxes without a claim", () => {
  const problem = boxProblem({ issues: 30, options: 10, boxes: 120, seed: 6 });
  for (const maxNodes of [1, 500, 3000]) {
    const found = frontier(problem, { maxNodes });
    expect(found.exact).toBe(false);
    for (const solution of Object.values(solve(problem, { maxNodes }))) {
      expect(solution.status).toMatch(/bounded|unknown/);
    }
  }
});

test("linkages, and more boxes than can be searched, are left to states", () => {
  const options = Array.from({ length: 9 }, (_, o) => `o${o}`);
  const issues = Array.from({ length: 4 }, (_, i) => ({
    id: `i${i}`,
    options: options.map((id) => ({ id })),
  }));
  // Opposed, so that no option is idle.
  const worth = (sign: 1 | -1) =>
    Object.fromEntries(
      issues.map(({ id }) => [id, Object.fromEntries(options.map((option, o) => [option, sign * o]))]),
    );
  const joined = (values: readonly string[]): Interaction => ({
    party: "p0",
    when: issues.map(({ id }) => [id, values] as const),
    points: 3,
  });
  const plain: Problem = {
    format: "parley-problem/1",
    name: "opposed",
    parties: ["p0", "p1"].map((id) => ({ id, walkAway: 0 })),
    issues,
    scores: { p0: worth(1), p1: worth(-1) },
    interactions: [joined(options.slice(2, 5))],
  };
  const boxes = (problem: Problem): number | null => {
    const model = compile(problem);
    const [part] = componentsOf(networkOf(model, afterRedLines(model)));
    const own = part!.values.map(() => pointFront(new Float64Array(2)));
    return boxesOf(part!, own)?.length ?? null;
  };
  expect(boxes(plain)).toBe(1 + 4 * 9);
  expect(boxes({ ...plain, interactions: [joined(options.filter((_, o) => o % 2 === 0))] })).toBeNull();
  const pair = [
    ["i0", "o1"],
    ["i1", "o1"],
  ] as const;
  expect(boxes({ ...plain, excludes: [pair] })).toBeNull();
});
