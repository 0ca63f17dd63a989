import { expect, test } from "vitest";
import { Completions } from "../src/completions.ts";

function randomCosts(count: number, width: number, range: number): Float64Array {
  let state = 7;
  return Float64Array.from({ length: count * width }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * range);
  });
}

function within(costs: Float64Array, width: number, budget: Float64Array): number[] {
  const places = Array.from({ length: costs.length / width }, (_, place) => place);
  return places.filter((place) => budget.every((most, p) => costs[place * width + p]! <= most));
}

function visited(completions: Completions, budget: Float64Array): number[] {
  const places: number[] = [];
  completions.each(budget, (place) => places.push(place) > 0);
  return places.sort((a, b) => a - b);
}

test("every vector within a budget is visited, and no other, whether numbers repeat or not", () => {
  for (const range of [1, 3, 1000]) {
    for (const count of [0, 1, 40, 700]) {
      const costs = randomCosts(count, 3, range);
      const completions = new Completions(costs.slice(), count, new Float64Array(3).fill(1));
      for (const share of [-1, 0, 0.2, 0.5, 1]) {
        const budget = Float64Array.from([share * range, 0.8 * range, range]);
        expect(visited(completions, budget)).toEqual(within(costs, 3, budget));
      }
    }
  }
});

test("most of a tree is left unseen where little is within the budget", () => {
  const completions = new Completions(randomCosts(20_000, 2, 1e6), 20_000, new Float64Array(2).fill(1));
  expect(visited(completions, Float64Array.from([1e4, 1e4])).length).toBeLessThan(20);
  expect(completions.steps).toBeLessThan(200);
});

test("a visit that says false ends the walk", () => {
  const completions = new Completions(new Float64Array(50), 50, new Float64Array(1).fill(1));
  let visits = 0;
  expect(completions.each(Float64Array.from([0]), () => ++visits < 3)).toBe(false);
  expect(visits).toBe(3);
});
