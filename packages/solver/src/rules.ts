/**
 * Which of two gain vectors a bargaining solution prefers: exact on integers.
 *
 * - utilitarian (Harsanyi 1955): largest sum; then nash, then leximin. Compares points between parties.
 * - egalitarian (Kalai 1977, as leximin): the smallest gain, then the next...; then utilitarian. Compares
 *   points between parties.
 * - nash (Nash 1950): most parties with a gain above zero, then the largest product of these gains.
 * - kalai-smorodinsky (1975, as leximin of gain / ideal gain); then nash. A party whose ideal gain is 0 is
 *   left out.
 *
 * Gains may be negative (they are where no outcome is in the zone): nash looks only at gains above zero.
 * Products beyond 2^53 are compared as floats where these are clearly apart, else as BigInt.
 */
import { fromUnits } from "./arithmetic.ts";
import { at } from "./model.ts";

export type SolutionName = "nash" | "kalai-smorodinsky" | "egalitarian" | "utilitarian";

export const solutionNames: readonly SolutionName[] = [
  "nash",
  "kalai-smorodinsky",
  "egalitarian",
  "utilitarian",
];

/** Gains in units. */
export type Gains = ArrayLike<number>;

/** Positive where the first is preferred, negative where the second is, 0 where the rule cannot tell. */
export type Comparison = (one: Gains, other: Gains) => number;

/** Relative error of a product of a few dozen floats is far below this. */
const clearlyApart = 1e-9;

/** The rule without its last resort, `compareLexicographic`. `ideals` is needed by Kalai-Smorodinsky. */
export function comparisonOf(name: SolutionName, ideals: Gains): Comparison {
  switch (name) {
    case "nash":
      return compareNash;
    case "utilitarian":
      return chain(compareSum, compareNash, compareLeximin);
    case "egalitarian":
      return chain(compareLeximin, compareSum, compareNash);
    case "kalai-smorodinsky":
      return chain((one, other) => compareRatios(one, other, ideals), compareNash);
  }
}

/** How far each party's walk-away would have to fall, least in sum; then utilitarian. */
export const compareNearest: Comparison = chain(
  (one, other) => lowering(other) - lowering(one),
  compareSum,
  compareNash,
  compareLeximin,
);

export function compareLexicographic(one: Gains, other: Gains): number {
  for (let p = 0; p < one.length; p++) {
    const difference = (one[p] as number) - (other[p] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareSum(one: Gains, other: Gains): number {
  return sumOf(one) - sumOf(other);
}

function compareLeximin(one: Gains, other: Gains): number {
  return compareLexicographic(Float64Array.from(one).sort(), Float64Array.from(other).sort());
}

export function compareNash(one: Gains, other: Gains): number {
  const first = positiveOf(one);
  const second = positiveOf(other);
  if (first.length !== second.length) return first.length - second.length;
  const difference = logProduct(first) - logProduct(second);
  if (Math.abs(difference) > clearlyApart) return difference;
  const exact = product(first) - product(second);
  return exact > 0n ? 1 : exact < 0n ? -1 : 0;
}

/** Leximin of gain / ideal over the parties whose ideal gain is above 0. */
function compareRatios(one: Gains, other: Gains, ideals: Gains): number {
  const first = sortedByRatio(one, ideals);
  const second = sortedByRatio(other, ideals);
  for (let k = 0; k < first.length; k++) {
    const p = at(first, k);
    const q = at(second, k);
    const order = compareFractions(
      one[p] as number,
      ideals[p] as number,
      other[q] as number,
      ideals[q] as number,
    );
    if (order !== 0) return order;
  }
  return 0;
}

/** a/b against c/d for integers with b, d > 0. */
function compareFractions(a: number, b: number, c: number, d: number): number {
  const left = a * d;
  const right = c * b;
  if (Math.abs(left) <= Number.MAX_SAFE_INTEGER && Math.abs(right) <= Number.MAX_SAFE_INTEGER)
    return left - right;
  if (Math.abs(left - right) > clearlyApart * Math.max(Math.abs(left), Math.abs(right))) return left - right;
  const exact = BigInt(a) * BigInt(d) - BigInt(c) * BigInt(b);
  return exact > 0n ? 1 : exact < 0n ? -1 : 0;
}

export function positiveOf(gains: Gains): number[] {
  return Array.from(gains).filter((gain) => gain > 0);
}

export function sumOf(gains: Gains): number {
  let sum = 0;
  for (let p = 0; p < gains.length; p++) sum += gains[p] as number;
  return sum;
}

/**
 * The number that a solution is reported with, in points: nash the geometric mean of the gains above zero,
 * kalai-smorodinsky the smallest ratio (1 if nobody counts), egalitarian the smallest gain, utilitarian the sum.
 */
export function reportedValue(name: SolutionName, gains: Gains, ideals: Gains, exponent: number): number {
  switch (name) {
    case "nash": {
      const positive = positiveOf(gains).map((gain) => fromUnits(gain, exponent));
      if (positive.length === 0) return 0;
      const product = positive.reduce((all, gain) => all * gain, 1);
      if (product > 1e-280 && product < 1e280) return product ** (1 / positive.length);
      return Math.exp(logProduct(positive) / positive.length);
    }
    case "utilitarian":
      return fromUnits(sumOf(gains), exponent);
    case "egalitarian":
      return fromUnits(Math.min(...Array.from(gains)), exponent);
    case "kalai-smorodinsky": {
      const ratios = sortedByRatio(gains, ideals).map((p) => (gains[p] as number) / (ideals[p] as number));
      return ratios[0] ?? 1;
    }
  }
}

function lowering(gains: Gains): number {
  let sum = 0;
  for (let p = 0; p < gains.length; p++) sum += Math.max(0, -(gains[p] as number));
  return sum;
}

function logProduct(gains: readonly number[]): number {
  return gains.reduce((sum, gain) => sum + Math.log(gain), 0);
}

function product(gains: readonly number[]): bigint {
  return gains.reduce((all, gain) => all * BigInt(gain), 1n);
}

function sortedByRatio(gains: Gains, ideals: Gains): number[] {
  const parties: number[] = [];
  for (let p = 0; p < gains.length; p++) if ((ideals[p] as number) > 0) parties.push(p);
  return parties.sort((p, q) =>
    compareFractions(gains[p] as number, ideals[p] as number, gains[q] as number, ideals[q] as number),
  );
}

function chain(...comparisons: readonly Comparison[]): Comparison {
  return (one, other) => {
    for (const compare of comparisons) {
      const order = compare(one, other);
      if (order !== 0) return order;
    }
    return 0;
  };
}
