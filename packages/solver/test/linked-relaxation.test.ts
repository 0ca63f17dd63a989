import { expect, test } from "vitest";
import { boundWeights, type Multipliers } from "../src/bound-weights.ts";
import { type Field, fieldOf, gainsOf } from "../src/field.ts";
import { type Goal, goalValue, meetsFloor } from "../src/goal.ts";
import { Budget } from "../src/limits.ts";
import { LinkedRelaxation } from "../src/linked-relaxation.ts";
import { afterRedLines, compile } from "../src/model.ts";
import { Pool } from "../src/pool.ts";
import { Relaxation, sizes } from "../src/relaxation.ts";
import { compareNash } from "../src/rules.ts";
import { randomProblem } from "./random-problem.ts";

interface Case {
  readonly field: Field;
  readonly goal: Goal;
  readonly walkAway: Float64Array;
}

function goalsOf(n: number): Goal[] {
  const same = (value: number) => new Float64Array(n).fill(value);
  const base = {
    counted: new Array<boolean>(n).fill(true),
    scale: same(1),
    floor: same(0),
    compare: compareNash,
    valueOnly: false,
  };
  return [
    { ...base, kind: "product", floor: same(1) },
    { ...base, kind: "minimum", scale: same(1).map((_, p) => 1 + p) },
    { ...base, kind: "linear" },
    { ...base, kind: "lowering", floor: same(Number.NEGATIVE_INFINITY) },
  ];
}

function* cases(from: number, to: number): Generator<Case> {
  for (let seed = from; seed <= to; seed++) {
    const problem = randomProblem(seed, {
      issues: 5,
      outcomes: 1500,
      linked: true,
      interactions: seed % 2 === 0,
      hardness: 0.1,
    });
    const model = compile(problem);
    const field = fieldOf({ model, allowed: afterRedLines(model), budget: new Budget({}) })!;
    const some = field.blocks.length + field.bonuses.length > 0;
    const whole = Array.from(field.first.keys()).every(
      (k) => k === 0 || field.first[k]! > field.first[k - 1]!,
    );
    if (some && whole) {
      for (const goal of goalsOf(field.parties)) yield { field, goal, walkAway: model.walkAway };
    }
  }
}

/** Every choice of one value for each variable, of those that are left and go together. */
function* choices(field: Field, alive: Uint8Array, chosen: number[] = []): Generator<Int32Array> {
  const k = chosen.length;
  if (k + 1 === field.first.length) yield Int32Array.from(chosen);
  else {
    for (let v = field.first[k]!; v < field.first[k + 1]!; v++) {
      if (alive[v] && !chosen.some((other) => field.conflicts[v]!.includes(other)))
        yield* choices(field, alive, [...chosen, v]);
    }
  }
}

function largest({ field, goal, walkAway }: Case, alive: Uint8Array): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const chosen of choices(field, alive)) {
    const gains = gainsOf(field, walkAway, chosen, new Float64Array(field.parties));
    if (meetsFloor(goal, gains)) most = Math.max(most, goalValue(goal, gains));
  }
  return most;
}

/** Bounds of products of few units are rounded by a unit or so: in what follows that is nothing. */
function boundOf(one: Case, multipliers: readonly Multipliers[], alive: Uint8Array): number {
  return new Pool(
    one,
    multipliers.map((some) => boundWeights(one.field, some)),
  ).boundOf(alive);
}

test("no outcome is above the bound of a linear program, nor of one that goes on from it with fewer values", () => {
  let count = 0;
  let settled = 0;
  for (const one of cases(1, 150)) {
    const { field, goal, walkAway } = one;
    const alive = new Uint8Array(field.variableOf.length).fill(1);
    const program = new LinkedRelaxation(field, goal, walkAway, sizes(field));
    const start = new Float64Array(field.parties).fill(0.5);
    const root = program.run(alive, null, start, () => true);
    const most = largest(one, alive);
    const bound = boundOf(one, root.multipliers, alive);
    expect(bound).toBeGreaterThanOrEqual(most - Math.abs(most) * 1e-12);
    count++;
    if (bound <= most + Math.abs(most) * 1e-6) settled++;
    // Without one of the values of each variable that has several.
    const fewer = alive.slice();
    for (let k = 0; k + 1 < field.first.length; k++)
      if (field.first[k + 1]! - field.first[k]! > 1) fewer[field.first[k]! + (count % 2)] = 0;
    const below = program.run(fewer, root.basis!, start, () => true);
    const mostBelow = largest(one, fewer);
    expect(boundOf(one, below.multipliers, fewer)).toBeGreaterThanOrEqual(
      mostBelow - Math.abs(mostBelow) * 1e-12,
    );
  }
  expect(count).toBeGreaterThan(300);
  // A relaxation that is worth having is often tight on problems as small as these.
  expect(settled).toBeGreaterThan(count / 4);
});

test("the bound of a linear program is not above that of message passing", () => {
  for (const one of cases(1001, 1100)) {
    const { field, goal, walkAway } = one;
    const alive = new Uint8Array(field.variableOf.length).fill(1);
    const smooth = new Relaxation(field, goal, walkAway, () => true).run(alive, 12);
    const program = new LinkedRelaxation(field, goal, walkAway, sizes(field));
    const { multipliers } = program.run(alive, null, smooth.multipliers[0]!.weights, () => true);
    // Where nothing is in the zone both fall without end.
    if (largest(one, alive) === Number.NEGATIVE_INFINITY) continue;
    const linear = boundOf(one, multipliers, alive);
    const other = boundOf(one, smooth.multipliers, alive);
    const size = Math.max(...sizes(field));
    expect(linear, `${goal.kind} ${other}`).toBeLessThanOrEqual(other + size * 1e-5);
  }
});
