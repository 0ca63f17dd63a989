/** The solver and HiGHS say the same of problems far beyond brute force. */
import { type Constraint, frontier, type Problem, solutionNames, solve } from "@parley/solver";
import { expect, test } from "vitest";
import { feasible } from "../../packages/solver/test/oracle.ts";
import { randomProblem } from "../../packages/solver/test/random-problem.ts";
import {
  fairestByHighs,
  frontierByHighs,
  idealsByHighs,
  nashByHighs,
  nearestByHighs,
  type PeerAnswer,
  utilitarianByHighs,
} from "../highs.ts";
import { additiveProblem, boxedProblem, even } from "../solver-problems.ts";

/** `HIGHS_SEEDS=300` for a campaign. */
const count = Number(process.env["HIGHS_SEEDS"] ?? 12);
const limits = { seconds: 60 };

function expectClose(found: number, wanted: number | null, what: string): void {
  expect(wanted, what).not.toBeNull();
  expect(Math.abs(found - (wanted ?? 0)), what).toBeLessThanOrEqual(2e-6 * Math.max(1, Math.abs(found)));
}

test("packages of large random problems have the values that HiGHS finds", {
  timeout: 3_600_000,
}, async () => {
  let solved = 0;
  for (let seed = 1; seed <= count; seed++) {
    const problem = randomProblem(seed, {
      parties: 2 + (seed % 3),
      issues: 14,
      options: 6,
      outcomes: 1e15,
      hardness: 0.1,
      points: "integers",
    });
    const solutions = solve(problem);
    const utilitarian = await utilitarianByHighs(problem, limits);
    for (const name of solutionNames) {
      const solution = solutions[name];
      if (!solution) throw new Error(`no answer for ${name}`);
      const what = `${problem.name} ${name}`;
      if (solution.status !== "optimal") {
        expect(solution.status, what).toMatch(/^no-agreement$|^infeasible$/);
        expect(utilitarian, what).toMatchObject({ value: null, late: false });
        continue;
      }
      solved++;
      const { value, positive, ideals } = solution;
      if (name === "utilitarian") expectClose(value, utilitarian.value, what);
      if (name === "nash" && positive === problem.parties.length)
        expectClose(value, (await nashByHighs(problem, 1e-8, limits)).value, what);
      if (name === "egalitarian" || (ideals && Object.values(ideals).some((ideal) => ideal > 0))) {
        const scales = problem.parties.map(({ id }) => ideals?.[id] ?? 1);
        expectClose(value, (await fairestByHighs(problem, scales, limits)).value, what);
      }
    }
  }
  expect(solved).toBeGreaterThan(count);
});

test("where walk-away values are out of reach, HiGHS lowers them by as much in all", {
  timeout: 3_600_000,
}, async () => {
  let compared = 0;
  for (let seed = 1; seed <= count; seed++) {
    const options = even(30, 8);
    const plain = additiveProblem({ parties: 3 + (seed % 3), options, seed, pairs: 40 * (seed % 3) });
    // Between half and all of what each could have by itself: seldom for all at once.
    const most = await idealsByHighs(plain, limits);
    const parties = plain.parties.map(({ id }, p) => ({
      id,
      walkAway: Number(((most[p] ?? 0) * (0.8 + 0.02 * ((seed + p) % 9))).toFixed(6)),
    }));
    const problem = { ...plain, parties };
    const { nash } = solve(problem, { solutions: ["nash"] });
    const wanted = await nearestByHighs(problem, limits);
    if (nash?.status === "no-agreement") {
      expectClose(nash.nearest.total, wanted.value, problem.name);
      compared++;
    } else {
      expect(nash?.status, problem.name).toBe("optimal");
      expectClose(0, wanted.value, problem.name);
    }
  }
  expect(compared).toBeGreaterThan(count / 2);
});

test("densely linked packages, and those of three parties with hyper-rectangles, are worth what HiGHS finds", {
  timeout: 3_600_000,
}, async () => {
  for (let seed = 1; seed <= Math.ceil(count / 6); seed++) {
    const shape = { parties: 4, options: even(24, 6), seed, density: 0.4 };
    for (const problem of [additiveProblem(shape), boxedProblem(10, seed, 3)]) {
      const { nash, utilitarian, egalitarian } = solve(problem);
      for (const one of [nash, utilitarian, egalitarian]) expect(one?.status, problem.name).toBe("optimal");
      if (!nash || !("value" in nash) || !utilitarian || !("value" in utilitarian)) continue;
      expectClose(nash.value, (await nashByHighs(problem, 1e-8, limits)).value, `${problem.name} nash`);
      expectClose(utilitarian.value, (await utilitarianByHighs(problem, limits)).value, problem.name);
      if (!egalitarian || !("value" in egalitarian)) continue;
      const scales = problem.parties.map(() => 1);
      expectClose(egalitarian.value, (await fairestByHighs(problem, scales, limits)).value, problem.name);
    }
  }
});

test("hyper-rectangles over twelve issues have the frontier that HiGHS finds point by point", async () => {
  for (let seed = 1; seed <= Math.ceil(count / 4); seed++) {
    const problem = boxedProblem(12, seed);
    const ours = [...frontier(problem)].map(({ utilities }) => [utilities["p0"], utilities["p1"]]);
    expect(ours, problem.name).toEqual(await frontierByHighs(problem, limits));
  }
});

/** Twelve issues of three options with about as many linkages as leave an outcome by chance only. */
function tiedUp(seed: number): Problem {
  const { excludes = [], ...rest } = additiveProblem({
    parties: 2,
    options: even(12, 3),
    seed,
    pairs: 150,
  });
  return {
    ...rest,
    scores: {},
    redLines: { p0: [["i0", "o0"]], p1: [["i1", "o1"]] },
    excludes: excludes.slice(8).filter(([one, other]) => one[0] !== other[0]),
    requires: excludes.slice(0, 8).filter(([one, other]) => one[0] !== other[0]),
  };
}

function keepingOnly(problem: Problem, constraints: readonly Constraint[]): Problem {
  const pairs = (kind: "excludes" | "requires") =>
    constraints.flatMap((one) => (one.kind === kind ? [one.pair] : []));
  const redLines = problem.parties.map(({ id }) => [
    id,
    constraints.flatMap((one) => (one.kind === "red-line" && one.party === id ? [one.option] : [])),
  ]);
  return {
    ...problem,
    excludes: pairs("excludes"),
    requires: pairs("requires"),
    redLines: Object.fromEntries(redLines),
  };
}

test("HiGHS finds no outcome that keeps a whole conflict, and one wherever any part of it is dropped", {
  timeout: 3_600_000,
}, async () => {
  let conflicts = 0;
  let asked = 0;
  let failures = 0;
  // On some of these programs HiGHS itself ends with an error (status -1): it says nothing then, and is counted.
  const nearest = async (one: Problem): Promise<PeerAnswer | null> => {
    asked++;
    try {
      return await nearestByHighs(one, limits);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "HighsError") throw error;
      failures++;
      return null;
    }
  };
  for (let seed = 1; seed <= Math.ceil(count / 6); seed++) {
    const problem = tiedUp(seed);
    const { nash } = solve(problem, { solutions: ["nash"] });
    const whole = await nearest(problem);
    if (nash?.status !== "infeasible") {
      if (whole) expect(whole.value, problem.name).not.toBeNull();
      continue;
    }
    conflicts++;
    const { conflict } = nash;
    for (const all of [whole, await nearest(keepingOnly(problem, conflict))])
      if (all) expect(all, problem.name).toMatchObject({ value: null, late: false });
    for (const dropped of conflict) {
      const fewer = keepingOnly(
        problem,
        conflict.filter((one) => one !== dropped),
      );
      const what = `${problem.name} without ${JSON.stringify(dropped)}`;
      const { nash: kept } = solve(fewer, { solutions: ["nash"] });
      if (!kept || !("outcome" in kept)) throw new Error(`no outcome: ${what}`);
      // An outcome in hand: where HiGHS knows of none it is HiGHS that errs, which is counted too.
      expect(feasible(fewer, new Map(Object.entries(kept.outcome))), what).toBe(true);
      const found = await nearest(fewer);
      if (found?.value === null) failures++;
    }
  }
  expect(failures).toBeLessThanOrEqual(asked / 20);
  expect(conflicts).toBeGreaterThan(count / 12);
});
