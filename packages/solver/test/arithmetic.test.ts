import { expect, test } from "vitest";
import { chooseScale, fromUnits, toUnits } from "../src/arithmetic.ts";
import { randomOf } from "./random-problem.ts";

/** Half to even, by the digits that JavaScript prints. */
function byDigits(value: number, exponent: number): bigint {
  const [mantissa, power = "0"] = String(value).split("e");
  const [whole, fraction = ""] = mantissa!.split(".");
  const digits = BigInt(whole! + fraction);
  const shift = exponent + Number(power) - fraction.length;
  if (shift >= 0) return digits * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  const magnitude = digits < 0n ? -digits : digits;
  const twice = 2n * (magnitude % divisor);
  const quotient = magnitude / divisor;
  const up = twice > divisor || (twice === divisor && quotient % 2n === 1n) ? 1n : 0n;
  return digits < 0n ? -(quotient + up) : quotient + up;
}

/** Numbers of all sizes and lengths: sums of tenths, whole numbers at the edge, random doubles. */
function numbers(count: number): number[] {
  const random = randomOf(1);
  const sign = (): number => (random() < 0.5 ? -1 : 1);
  const short = (): number => sign() * Number((random() * 10 ** (random() * 8)).toFixed(random() * 9));
  const long = (): number => sign() * random() * 10 ** (random() * 40 - 20);
  const sum = (): number => Math.floor(random() * 100) * 0.1 + Math.floor(random() * 100) * 0.01;
  const edge = (): number => sign() * (Number.MAX_SAFE_INTEGER - Math.floor(random() * 4));
  return [
    ...[0, -0, 5e-324, 1e21, 1e22, 1e23, 0.1 + 0.2, 123456789012345.6, 999999999999999, 1e15, 2.5, 3.5],
    ...Array.from({ length: count }, (_, k) => [short, long, sum, edge][k % 4]!()),
  ];
}

test("a number in units is its shortest decimal, rounded half to even", () => {
  for (const value of numbers(800)) {
    for (const exponent of [-5, -1, 0, 1, 3, 6, 9, 15, 22, 23, 30]) {
      const units = toUnits(value, exponent);
      expect(Object.is(units, -0)).toBe(false);
      expect(units, `${value} x 10^${exponent}`).toBe(Number(byDigits(value, exponent)));
    }
  }
});

test("points from units are the nearest number", () => {
  for (const value of numbers(400)
    .map((one) => Math.trunc(one) + 0)
    .filter(Number.isSafeInteger)) {
    for (const exponent of [-3, 0, 2, 7, 16, 22, 25, 320])
      expect(fromUnits(value, exponent)).toBe(Number(`${value}e${-exponent}`));
  }
});

test("the scale is exact where every sum fits under 2^53, and else the finest grid that does", () => {
  const most = Number.MAX_SAFE_INTEGER;
  const scale = (...values: number[]) => chooseScale(values, values);
  expect(scale(0.1, 0.25, 3)).toEqual({ arithmetic: "exact", exponent: 2 });
  expect(scale(-0.5, 0)).toEqual({ arithmetic: "exact", exponent: 1 });
  expect(scale()).toEqual({ arithmetic: "exact", exponent: 0 });
  expect(scale(most)).toEqual({ arithmetic: "exact", exponent: 0 });
  expect(scale(most, 1)).toEqual({ arithmetic: "grid", exponent: -1 });
  expect(scale(9e14, 0.5)).toEqual({ arithmetic: "exact", exponent: 1 });
  expect(scale(9.007e14, 0.5, 0.2)).toEqual({ arithmetic: "exact", exponent: 1 });
  expect(scale(9.008e14, 0.5)).toEqual({ arithmetic: "grid", exponent: 0 });
  expect(scale(1 / 3)).toEqual({ arithmetic: "exact", exponent: 16 });
  expect(scale(1 / 3, 2)).toEqual({ arithmetic: "grid", exponent: 15 });
  expect(scale(0.1, 1e300)).toEqual({ arithmetic: "grid", exponent: -285 });
  expect(scale(1e-300)).toEqual({ arithmetic: "exact", exponent: 300 });
});
