import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { frontier, type Problem, readProblemFiles, solve } from "@parley/solver";
import { expect, test } from "vitest";

/** Domains of the ANAC competitions with results by brute force: read where they lie beside the project. */
const folder = resolve(import.meta.dirname, "../../../../../shared/data/scenarios");
const present = existsSync(resolve(folder, "expected.json"));
if (!present) {
  process.stderr.write("SKIPPED: no ANAC domains beside the project; nothing is compared with them.\n");
  // A file without a test would count as one that failed.
  test.skip("the ANAC domains have the results of brute force", () => {});
}

interface Expected {
  readonly walkAwayUsed?: readonly number[];
  readonly frontierInZone?: number;
  readonly frontierSha256?: string;
  readonly nash?: { readonly utilities: readonly (readonly number[])[] };
  readonly egalitarian?: { readonly utilities: readonly (readonly number[])[] };
  readonly kalaiSmorodinsky?: { readonly utilities: readonly (readonly number[])[] };
  /** Of hyper-rectangles: the raw utility vectors of the whole frontier. */
  readonly frontierPoints?: readonly (readonly number[])[];
  readonly utilitarian?: { readonly utilities: readonly (readonly number[])[] };
}

const expected: Record<string, Expected> = present
  ? (JSON.parse(readFileSync(resolve(folder, "expected.json"), "utf8")) as Record<string, Expected>)
  : {};

function readFolder(name: string): Problem {
  const files = readdirSync(resolve(folder, name))
    .sort()
    .map((file) => ({ name: file, text: readFileSync(resolve(folder, name, file), "utf8") }));
  return readProblemFiles(files).problem;
}

/** The walk-away values with which the expected results were computed: a little under, as they are rounded. */
function withWalkAway(problem: Problem, values: readonly number[]): Problem {
  return {
    ...problem,
    parties: problem.parties.map((party, p) => ({
      ...party,
      walkAway: Number((values[p]! - 5e-7).toFixed(7)),
    })),
  };
}

const enumerable = Object.entries(expected).filter(([, one]) => one.frontierSha256 !== undefined);

test.each(enumerable)("%s has the frontier and the packages of brute force", (name, one) => {
  const problem = withWalkAway(readFolder(name), one.walkAwayUsed!);
  const zone = frontier(problem, { zone: true });
  expect(zone.exact).toBe(true);
  // Brute force rounded to 1e-9 before it looked for dominance and before it sorted.
  const rounded = [...zone]
    .map((point) => problem.parties.map(({ id }) => Number(point.utilities[id]!.toFixed(9))))
    .sort((a, b) => b.reduce((order, value, p) => order || value - a[p]!, 0));
  const lines = rounded.map((vector) => vector.map((value) => value.toFixed(6)).join(","));
  expect(lines.length).toBe(one.frontierInZone);
  expect(createHash("sha256").update(lines.join("\n")).digest("hex")).toBe(one.frontierSha256);
  const solutions = solve(problem);
  for (const [key, wanted] of [
    ["nash", one.nash],
    ["egalitarian", one.egalitarian],
    ["utilitarian", one.utilitarian],
    ["kalai-smorodinsky", one.kalaiSmorodinsky],
  ] as const) {
    const solution = solutions[key]!;
    expect(solution.status).toBe("optimal");
    if (solution.status !== "optimal" || !wanted) continue;
    const found = problem.parties.map(({ id }) => solution.utilities[id]!);
    // Where nearly everything is optimal the list of expected vectors is cut: then their sum is compared.
    const same = (vector: readonly number[]): number => vector.reduce((sum, value) => sum + value, 0);
    const tied = key === "utilitarian" && Math.abs(same(wanted.utilities[0]!) - same(found)) < 2e-6;
    const near =
      tied ||
      wanted.utilities.some((vector) => vector.every((value, p) => Math.abs(value - found[p]!) < 2e-6));
    expect(near, `${key} ${found.join()} of ${JSON.stringify(wanted.utilities)}`).toBe(true);
  }
});

const boxed = Object.entries(expected).filter(([, one]) => one.frontierPoints !== undefined);

test.each(boxed)("%s has the frontier of an exact program, and packages on it", (name, one) => {
  const problem = readFolder(name);
  const whole = frontier(problem);
  expect(whole.exact).toBe(true);
  const vectors = [...whole].map(({ utilities }) => problem.parties.map(({ id }) => utilities[id]));
  expect(vectors).toEqual(one.frontierPoints);
  for (const solution of Object.values(solve(problem))) {
    expect(solution.status).toBe("optimal");
    if (solution.status !== "optimal") continue;
    expect(vectors).toContainEqual(problem.parties.map(({ id }) => solution.utilities[id]));
  }
});
