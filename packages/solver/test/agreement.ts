/** Assertions that the solver says of a problem exactly what brute force says. */
import {
  type ByParty,
  frontier,
  type Problem,
  type SolutionName,
  solutionNames,
  solve,
} from "@parley/solver";
import { expect } from "vitest";
import { feasible, oracleFrontier, oracleOf, oracleSolution, units } from "./oracle.ts";

function unitsOf(problem: Problem, values: ByParty, places: number): bigint[] {
  return problem.parties.map(({ id }) => units(values[id]!, places));
}

export function expectSolutionsAgree(problem: Problem, names: readonly SolutionName[] = solutionNames): void {
  const oracle = oracleOf(problem);
  const solutions = solve(problem);
  for (const name of names) {
    const solution = solutions[name]!;
    const verdict = oracleSolution(oracle, name);
    const said = `${problem.name} ${name}`;
    expect(solution.status, said).toBe(verdict.status);
    if (solution.status === "optimal" && verdict.status === "optimal") {
      expect(unitsOf(problem, solution.gains, oracle.places), said).toEqual(verdict.gains);
      expect(solution.tied, said).toBe(verdict.tied);
      expect(solution.gap, said).toBe(0);
      expectOutcome(problem, solution.outcome, solution.utilities);
    } else if (solution.status === "no-agreement" && verdict.status === "no-agreement") {
      const lower = verdict.gains.map((gain) => (gain < 0n ? -gain : 0n));
      expect(unitsOf(problem, solution.nearest.lower, oracle.places), said).toEqual(lower);
      expectOutcome(problem, solution.nearest.outcome, solution.nearest.utilities);
    } else if (solution.status === "infeasible") {
      expectIrreducible(problem, solution.conflict);
    }
  }
}

export function expectFrontierAgrees(problem: Problem, zone: boolean): void {
  const oracle = oracleOf(problem);
  const found = frontier(problem, { zone });
  expect(found.exact, problem.name).toBe(true);
  const vectors = [...found].map((point) => unitsOf(problem, point.utilities, oracle.places));
  expect(vectors, problem.name).toEqual(oracleFrontier(oracle, zone));
  for (const point of found) {
    expectOutcome(problem, point.outcome, point.utilities);
    const inZone = problem.parties.every(({ id, walkAway }) => point.utilities[id]! >= walkAway);
    expect(point.inZone).toBe(inZone);
  }
}

/** The outcome is one of the tree, keeps every constraint and is worth what is said. */
function expectOutcome(
  problem: Problem,
  outcome: Readonly<Record<string, string>>,
  utilities: ByParty,
): void {
  expect(feasible(problem, new Map(Object.entries(outcome)))).toBe(true);
  const { places, all } = oracleOf(problem);
  const key = JSON.stringify(Object.entries(outcome).sort());
  const same = all.find((one) => JSON.stringify([...one.chosen].sort()) === key);
  expect(same?.utilities).toEqual(unitsOf(problem, utilities, places));
}

function expectIrreducible(problem: Problem, conflict: readonly { kind: string }[]): void {
  const only = (kept: readonly { kind: string }[]): Problem => {
    const { redLines: _r, excludes: _e, requires: _q, ...bare } = problem;
    const redLines: Record<string, (readonly [string, string])[]> = {};
    const excludes: NonNullable<Problem["excludes"]>[number][] = [];
    const requires: NonNullable<Problem["requires"]>[number][] = [];
    for (const one of kept as Parameters<typeof constraintOf>[0][])
      constraintOf(one, redLines, excludes, requires);
    return { ...bare, redLines, excludes, requires };
  };
  expect(oracleOf(only(conflict)).all).toHaveLength(0);
  for (const one of conflict) {
    expect(oracleOf(only(conflict.filter((other) => other !== one))).all.length).toBeGreaterThan(0);
  }
}

function constraintOf(
  one: import("@parley/solver").Constraint,
  redLines: Record<string, (readonly [string, string])[]>,
  excludes: NonNullable<Problem["excludes"]>[number][],
  requires: NonNullable<Problem["requires"]>[number][],
): void {
  if (one.kind === "red-line") {
    redLines[one.party] ??= [];
    redLines[one.party]!.push(one.option);
  } else if (one.kind === "excludes") excludes.push(one.pair);
  else requires.push(one.pair);
}
