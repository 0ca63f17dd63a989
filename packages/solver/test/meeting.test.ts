import { expect, test } from "vitest";
import { boundWeights } from "../src/bound-weights.ts";
import { type Field, fieldOf, gainsOf, keepsLinkages } from "../src/field.ts";
import { type Goal, meetsFloor } from "../src/goal.ts";
import { Budget } from "../src/limits.ts";
import { meet } from "../src/meeting.ts";
import { afterRedLines, compile } from "../src/model.ts";
import { Pool, plainMultipliers } from "../src/pool.ts";
import { comparisonOf } from "../src/rules.ts";
import { largeProblem } from "./random-problem.ts";

function fixture(seed: number, pairs: number): { field: Field; pool: Pool; goal: Goal } {
  const model = compile(largeProblem({ parties: 3, issues: 6, options: 4, seed, pairs }));
  const field = fieldOf({ model, allowed: afterRedLines(model), budget: new Budget({}) })!;
  const goal: Goal = {
    kind: "minimum",
    counted: [true, true, true],
    scale: Float64Array.from([1, 1, 1]),
    floor: new Float64Array(3).fill(3_000_000),
    compare: comparisonOf("egalitarian", new Float64Array(3)),
    valueOnly: false,
  };
  const lead = boundWeights(field, plainMultipliers(field, Float64Array.from([0.4, 0.3, 0.3])));
  const pool = new Pool({ field, goal, walkAway: new Float64Array(3) }, [lead]);
  pool.ask({ incumbent: null, value: 3_100_000 });
  return { field, pool, goal };
}

/** Every choice of one value for each variable. */
function* choices(field: Field, chosen: number[] = []): Generator<Int32Array> {
  const k = chosen.length;
  if (k + 1 === field.first.length) yield Int32Array.from(chosen);
  else for (let v = field.first[k]!; v < field.first[k + 1]!; v++) yield* choices(field, [...chosen, v]);
}

function visitedBy(seed: number, pairs: number, room: number, steps = Number.POSITIVE_INFINITY) {
  const { field, pool, goal } = fixture(seed, pairs);
  const found = new Set<string>();
  const alive = new Uint8Array(field.variableOf.length).fill(1);
  const effort = { room, steps: 200_000, stepsForEach: 500, linkedSteps: 200_000 };
  let left = steps;
  const step = (weight: number): boolean => {
    left -= weight;
    return left > 0;
  };
  const visit = (chosen: Int32Array): boolean => found.add(chosen.join()).size > 0;
  return {
    field,
    goal,
    found,
    closed: meet({ field, alive, pool, effort, step, visit }),
  };
}

test("a meeting visits every choice in which all parties have what is asked, with linkages and without", () => {
  let count = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const { field, goal, found, closed } = visitedBy(seed, seed % 2 === 0 ? 0 : 8, 1000);
    expect(closed).toBe(true);
    expect(found.size).toBeLessThan(4 ** 6);
    for (const chosen of choices(field)) {
      const gains = gainsOf(field, new Float64Array(3), chosen, new Float64Array(3));
      const wanted =
        meetsFloor(goal, gains) && Math.min(...gains) >= 3_100_000 && keepsLinkages(field, chosen);
      if (!wanted) continue;
      count++;
      expect(found).toContain(chosen.join());
    }
  }
  expect(count).toBeGreaterThan(100);
});

test("a meeting says when it is stopped, and when there is too much to keep", () => {
  expect(visitedBy(2, 0, 1000, 20).closed).toBe(false);
  expect(visitedBy(2, 0, 3).closed).toBe(null);
});
