/** Assertions that the solver says of a problem exactly what brute force says. */
import {
  alternatives,
  type ByParty,
  explain,
  type FrontierOptions,
  frontier,
  type Outcome,
  type Problem,
  type ProblemIssue,
  type SolutionName,
  solutionNames,
  solve,
} from "@parley/solver";
import { expect } from "vitest";
import {
  feasible,
  type Oracle,
  type OracleOutcome,
  oracleFrontier,
  oracleOf,
  oracleSolution,
  sum,
  units,
} from "./oracle.ts";
import { flatten } from "./random-problem.ts";

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
      expect(solution.bound, said).toBe(solution.value);
      expectValue(name, solution, verdict, oracle.places);
      expectOutcome(problem, solution.outcome, solution.utilities);
    } else if (solution.status === "no-agreement" && verdict.status === "no-agreement") {
      const { nearest } = solution;
      const lower = verdict.gains.map((gain) => (gain < 0n ? -gain : 0n));
      expect(unitsOf(problem, nearest.lower, oracle.places), said).toEqual(lower);
      expect(units(nearest.total, oracle.places), said).toBe(sum(lower));
      const utilities = problem.parties.map(
        ({ walkAway }, p) => verdict.gains[p]! + units(walkAway, oracle.places),
      );
      expect(unitsOf(problem, nearest.utilities, oracle.places), said).toEqual(utilities);
      expectOutcome(problem, nearest.outcome, nearest.utilities);
    } else if (solution.status === "infeasible") {
      expectIrreducible(problem, solution.conflict);
    }
  }
}

/** The number that a package is reported with, as the contract defines it, and what stands beside it. */
function expectValue(
  name: SolutionName,
  solution: Solved,
  { gains, ideals }: Extract<ReturnType<typeof oracleSolution>, { status: "optimal" }>,
  places: number,
): void {
  const points = gains.map((gain) => Number(gain) / 10 ** places);
  const positive = points.filter((gain) => gain > 0);
  const ratios = gains.flatMap((gain, p) => (ideals[p]! > 0n ? [Number(gain) / Number(ideals[p])] : []));
  const value = {
    nash:
      positive.length === 0 ? 0 : Math.exp(positive.reduce((s, g) => s + Math.log(g), 0) / positive.length),
    utilitarian: Number(sum(gains)) / 10 ** places,
    egalitarian: Math.min(...points),
    "kalai-smorodinsky": ratios.length === 0 ? 1 : Math.min(...ratios),
  }[name];
  expect(Math.abs(solution.value - value), name).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)));
  if (name === "nash") expect(solution.positive).toBe(positive.length);
  if (name !== "kalai-smorodinsky") return;
  expect(Object.values(solution.ideals!).map((one) => units(one, places))).toEqual(ideals);
}

type Solved = Extract<NonNullable<ReturnType<typeof solve>[SolutionName]>, { value: number }>;

/** A part of the frontier is what of the whole lies above the utilities asked for. */
export function expectRegionAgrees(problem: Problem, atLeast: ByParty): void {
  const oracle = oracleOf(problem);
  const found = frontier(problem, { atLeast });
  const above = oracleFrontier(oracle).filter((vector) =>
    problem.parties.every(
      ({ id }, p) => Number(vector[p]) / 10 ** oracle.places >= (atLeast[id] ?? -Infinity),
    ),
  );
  expect(
    [...found].map(({ utilities }) => unitsOf(problem, utilities, oracle.places)),
    problem.name,
  ).toEqual(above);
  expect(found.exact).toBe(true);
}

/** Whatever a limit leaves, the epsilon said holds, and what is said to be exact is. */
export function expectCertified(problem: Problem, options: FrontierOptions): void {
  const oracle = oracleOf(problem);
  const found = frontier(problem, options);
  const said = `${problem.name} ${JSON.stringify(options)}`;
  const points = (vector: readonly bigint[]): number[] => vector.map((u) => Number(u) / 10 ** oracle.places);
  const part = oracleFrontier(oracle, options.zone ?? false)
    .map(points)
    .filter((vector) =>
      problem.parties.every(({ id }, p) => vector[p]! >= (options.atLeast?.[id] ?? -Infinity)),
    );
  const ranges = problem.parties.map(({ id }, p) => {
    const own = oracle.all.map(({ utilities }) => Number(utilities[p]) / 10 ** oracle.places);
    if (own.length > 0) {
      const range = Math.max(...own) - Math.min(...own);
      expect(found.ranges[id], said).toBeGreaterThanOrEqual(range - 1e-9);
    }
    return found.ranges[id]!;
  });
  const listed = [...found].map(({ utilities }) => problem.parties.map(({ id }) => utilities[id]!));
  expect(found.exact, said).toBe(found.epsilon === 0);
  if (options.maxPoints !== undefined) expect(listed.length, said).toBeLessThanOrEqual(options.maxPoints);
  for (const point of found) expectOutcome(problem, point.outcome, point.utilities);
  if (found.exact) expect(listed, said).toEqual(part);
  if (found.epsilon === null) {
    expect(listed, said).toEqual([]);
    return;
  }
  for (const vector of part) {
    const covered = listed.some((one) =>
      one.every((value, p) => value >= vector[p]! - found.epsilon! * ranges[p]! - 1e-9),
    );
    expect(covered, `${said} ${vector.join()}`).toBe(true);
  }
  for (const vector of listed) {
    if (options.zone)
      for (const [p, { walkAway }] of problem.parties.entries())
        expect(vector[p]).toBeGreaterThanOrEqual(walkAway);
    for (const [p, { id }] of problem.parties.entries())
      expect(vector[p]).toBeGreaterThanOrEqual(options.atLeast?.[id] ?? -Infinity);
  }
}

type Chosen = ReadonlyMap<string, string>;

/** Issues settled otherwise, or reached by one of the two only. */
function differences(one: Chosen, other: Chosen, counts: (issue: string) => boolean): number {
  const issues = new Set([...one.keys(), ...other.keys()]);
  return [...issues].filter((issue) => counts(issue) && one.get(issue) !== other.get(issue)).length;
}

/** An issue counts unless its options are the same to everybody: no points apart, nothing inside, no interaction. */
function countingIssues(problem: Problem): ReadonlySet<string> {
  const named = (problem.interactions ?? []).flatMap(({ when, points }) =>
    points === 0 ? [] : when.map(([issue]) => issue),
  );
  const apart = ({ id, options }: ProblemIssue): boolean =>
    options.some((option) => option.issues !== undefined && option.issues.length > 0) ||
    problem.parties.some((party) => {
      const worth = (option: string): number => problem.scores[party.id]?.[id]?.[option] ?? 0;
      return options.some((option) => worth(option.id) !== worth(options[0]!.id));
    });
  return new Set([...flatten(problem.issues).flatMap((issue) => (apart(issue) ? [issue.id] : [])), ...named]);
}

/**
 * Each alternative is, of the outcomes within the loss that differ from all before it, one that differs most,
 * and of these one with the largest sum of gains.
 * @param percent The loss, in whole hundredths.
 */
export function expectAlternativesAgree(problem: Problem, reference: Outcome, percent: number): void {
  const oracle = oracleOf(problem);
  const counting = countingIssues(problem);
  const find = (outcome: Outcome): OracleOutcome => outcomeOf(oracle, outcome);
  const base = find(reference);
  const least = base.gains.map((gain) => gain - (gain > 0n ? (gain * BigInt(percent)) / 100n : 0n));
  const found = alternatives(problem, reference, { count: 3, loss: percent / 100 });
  const seen: OracleOutcome[] = [base];
  const far = (one: OracleOutcome): number =>
    seen.reduce((n, other) => n + differences(one.chosen, other.chosen, (issue) => counting.has(issue)), 0);
  for (let k = 0; k < 3; k++) {
    const pool = oracle.all.filter(
      (one) =>
        one.gains.every((gain, p) => gain >= least[p]!) &&
        seen.every((other) => differences(one.chosen, other.chosen, (issue) => counting.has(issue)) > 0),
    );
    const said = `${problem.name} alternative ${k} within ${percent}%`;
    expect(found.length > k, said).toBe(pool.length > 0);
    const next = found[k];
    if (!next) break;
    const widest = Math.max(...pool.map(far));
    const tops = pool.filter((one) => far(one) === widest).map(({ gains }) => sum(gains));
    const own = find(next.outcome);
    expect(next.proven, said).toBe(true);
    expect(far(own), said).toBe(widest);
    expect(sum(own.gains), said).toBe(tops.reduce((most, one) => (one > most ? one : most)));
    expect(unitsOf(problem, next.utilities, oracle.places), said).toEqual(own.utilities);
    expect(unitsOf(problem, next.gains, oracle.places), said).toEqual(own.gains);
    expect(unitsOf(problem, next.costs, oracle.places), said).toEqual(
      base.utilities.map((value, p) => value - own.utilities[p]!),
    );
    expect(new Set(next.changed)).toEqual(changedIssues(base.chosen, own.chosen));
    seen.push(own);
  }
}

function changedIssues(one: Chosen, other: Chosen): Set<string> {
  const issues = new Set([...one.keys(), ...other.keys()]);
  return new Set([...issues].filter((issue) => one.get(issue) !== other.get(issue)));
}

/** The set of brackets explains the difference, none smaller does; what binds is what one bracket would gain. */
export function expectExplanationAgrees(problem: Problem, chosen: Outcome, reference: Outcome): void {
  const { redLines: _r, excludes: _e, requires: _q, ...bare } = problem;
  const free = oracleOf(bare);
  const [after, before] = [outcomeOf(free, chosen), outcomeOf(free, reference)];
  const why = explain(problem, chosen, reference);
  const said = `${problem.name}, ${JSON.stringify(chosen)} against ${JSON.stringify(reference)}`;
  const between = free.all.filter(
    (one) =>
      one.utilities.every((value, p) => value === after.utilities[p]) &&
      [...one.chosen].every(
        ([issue, option]) => option === after.chosen.get(issue) || option === before.chosen.get(issue),
      ),
  );
  const fewest = Math.min(...between.map((one) => differences(one.chosen, before.chosen, () => true)));
  expect(why.smallest, said).toBe(true);
  expect(why.changes.length, said).toBe(fewest);
  const all = changedIssues(before.chosen, after.chosen);
  const named = why.changes.map(({ issue }) => issue);
  expect(new Set([...named, ...why.neutral]), said).toEqual(new Set([...all, ...named]));
  for (const { issue, from } of why.changes) expect(from).toBe(before.chosen.get(issue) ?? null);
  for (const [p, { id }] of problem.parties.entries()) {
    const moved = sum(why.changes.map(({ points }) => units(points[id]!, free.places)));
    const paid = sum(
      why.interactions.map(({ party, points }) => (party === id ? units(points, free.places) : 0n)),
    );
    expect(moved + paid, said).toBe(after.utilities[p]! - before.utilities[p]!);
  }
  expect(why.walkAways).toEqual(problem.parties.flatMap(({ id }, p) => (after.gains[p] === 0n ? [id] : [])));
}

function outcomeOf({ all }: Oracle, outcome: Outcome): OracleOutcome {
  const key = JSON.stringify(Object.entries(outcome).sort());
  return all.find((one) => JSON.stringify([...one.chosen].sort()) === key)!;
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
  const oracle = oracleOf(problem);
  expect(outcomeOf(oracle, outcome).utilities).toEqual(unitsOf(problem, utilities, oracle.places));
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
