import { expect, test } from "vitest";
import { DualSimplex, type Row } from "../src/dual-simplex.ts";

/** Numbers from 0 to 1, the same in each run. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const row = (entries: ReadonlyMap<number, number>, limit: number, equal: boolean): Row => ({
  columns: Int32Array.from(entries.keys()),
  factors: Float64Array.from(entries.values()),
  limit,
  equal,
});

/** Groups of four shares that add up to 1, and rows across them that the shares of a third each always keep. */
function program(seed: number, groups: number, across: number) {
  const random = randomOf(seed);
  const count = groups * 4;
  const cost = Float64Array.from({ length: count }, () => Math.round(random() * 20));
  const sums = Array.from({ length: groups }, (_, k) =>
    row(new Map([0, 1, 2, 3].map((i) => [4 * k + i, 1])), 1, true),
  );
  const rows = Array.from({ length: across }, () => {
    const entries = new Map<number, number>();
    for (let k = 0; k < 5; k++) entries.set(Math.floor(random() * count), random() < 0.8 ? 1 : -0.5);
    const even = [...entries.values()].reduce((sum, factor) => sum + factor / 4, 0);
    return row(entries, even + random() * 0.5, false);
  });
  const sumOf = ({ columns, factors }: Row, values: Float64Array): number =>
    columns.reduce((sum, v, k) => sum + factors[k]! * values[v]!, 0);
  const broken = (values: Float64Array): Row | null => {
    const by = rows.map((one) => sumOf(one, values) - one.limit);
    const worst = Math.max(...by);
    return worst > 1e-9 ? rows[by.indexOf(worst)]! : null;
  };
  const simplex = new DualSimplex(cost, new Uint8Array(count), { broken });
  const best = sums.map((_, k) => [0, 1, 2, 3].map((i) => 4 * k + i).sort((a, b) => cost[b]! - cost[a]!)[0]!);
  simplex.start(sums, best, null);
  return { simplex, cost, sums, rows, sumOf, count };
}

/** What the prices show that no values exceed, if the values that are left keep all rows. */
function priced({ simplex, cost, sums, count }: ReturnType<typeof program>, alive: Uint8Array): number {
  const worth = cost.slice();
  let bound = 0;
  for (const [{ columns, factors, limit, equal }, price] of simplex.priced()) {
    if (equal) continue;
    expect(price).toBeGreaterThan(0);
    bound += price * limit;
    for (const [k, v] of columns.entries()) worth[v] = worth[v]! - price * factors[k]!;
  }
  for (let k = 0; k < sums.length; k++) {
    const group = Array.from({ length: count / sums.length }, (_, i) => 4 * k + i).filter((v) => alive[v]);
    bound += Math.max(...group.map((v) => worth[v]!));
  }
  return bound;
}

test("ends where values keep every row and prices show that no others are worth more", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const one = program(seed, 3 + (seed % 20), 5 + 3 * seed);
    const alive = new Uint8Array(one.count).fill(1);
    expect(one.simplex.solve(alive, () => true)).toBe(true);
    const { values } = one.simplex;
    for (const value of values) expect(value).toBeGreaterThan(-1e-7);
    for (const sum of one.sums) expect(one.sumOf(sum, values)).toBeCloseTo(1, 7);
    for (const across of one.rows) expect(one.sumOf(across, values)).toBeLessThan(across.limit + 1e-7);
    const worth = one.cost.reduce((sum, cost, v) => sum + cost * values[v]!, 0);
    expect(priced(one, alive)).toBeCloseTo(worth, 5);
  }
});

test("goes on from a basis when a value is taken out, and gives what a start without it gives", () => {
  for (let seed = 101; seed <= 140; seed++) {
    const [one, other] = [program(seed, 12, 60), program(seed, 12, 60)];
    const alive = new Uint8Array(one.count).fill(1);
    expect(one.simplex.solve(alive, () => true)).toBe(true);
    const { basis } = one.simplex;
    const worth = ({ cost, simplex }: typeof one): number =>
      cost.reduce((sum, own, v) => sum + own * simplex.values[v]!, 0);
    const before = worth(one);
    // The largest share that is not all of its group's.
    const shares = Array.from(one.simplex.values, (value) => (value < 0.99 ? value : 0));
    alive[shares.indexOf(Math.max(...shares))] = 0;
    const closed = one.simplex.solve(alive, () => true);
    expect(other.simplex.start(basis.rows, basis.columns, basis.inverse)).toBe(true);
    expect(other.simplex.solve(alive, () => true)).toBe(closed);
    if (!closed) continue;
    expect(worth(other)).toBeCloseTo(worth(one), 6);
    expect(worth(one)).toBeLessThanOrEqual(before + 1e-9);
    expect(priced(other, alive)).toBeCloseTo(worth(one), 5);
  }
});

test("stops where it is told to, with prices that still bound", () => {
  const one = program(7, 20, 200);
  const alive = new Uint8Array(one.count).fill(1);
  let left = 5;
  expect(one.simplex.solve(alive, () => left-- > 0)).toBe(false);
  const early = priced(one, alive);
  expect(one.simplex.solve(alive, () => true)).toBe(true);
  expect(early).toBeGreaterThanOrEqual(priced(one, alive) - 1e-6);
});
