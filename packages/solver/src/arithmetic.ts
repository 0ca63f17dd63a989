/**
 * Points as integers, so that comparing outcomes is exact (0.1 + 0.2 is 0.3 here).
 *
 * Every number becomes its shortest decimal times 10^exponent, one exponent for all parties, so that the
 * rules that compare parties have one scale. If with that every sum of points, over options and over
 * parties, stays under 2^53, the arithmetic is `exact`. Else each number is rounded once, half to even,
 * with the largest exponent that fits (`grid`), and every claim is about the rounded problem.
 */

export type Arithmetic = "exact" | "grid";

/** A decimal number: digits x 10^-decimals. */
interface Decimal {
  readonly digits: bigint;
  readonly decimals: number;
}

export interface Scale {
  readonly arithmetic: Arithmetic;
  /** A point is 10^exponent units. */
  readonly exponent: number;
}

const limit = 2n ** 53n - 1n;

function decimalOf(value: number): Decimal {
  const [mantissa = "0", power = "0"] = String(value).split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const decimals = fraction.length - Number(power);
  const digits = BigInt(whole + fraction);
  // 1e21 has decimals -21: the digits stay short, the power stays apart.
  return { digits, decimals };
}

/** The value in units, rounded half to even where it has more decimals than the scale. */
export function toUnits(value: number, exponent: number): number {
  return Number(shift(decimalOf(value), exponent));
}

/** The number of points nearest to a count of units. */
export function fromUnits(units: number | bigint, exponent: number): number {
  return Number(`${units}e${-exponent}`);
}

function shift({ digits, decimals }: Decimal, exponent: number): bigint {
  if (digits === 0n) return 0n;
  const power = exponent - decimals;
  if (power >= 0) return digits * 10n ** BigInt(power);
  // Below a tenth of a unit: a divisor beyond the digits rounds to 0 and needs no long arithmetic.
  if (-power > 40) return 0n;
  const divisor = 10n ** BigInt(-power);
  const magnitude = digits < 0n ? -digits : digits;
  let quotient = magnitude / divisor;
  const twice = (magnitude % divisor) * 2n;
  if (twice > divisor || (twice === divisor && quotient % 2n === 1n)) quotient++;
  return digits < 0n ? -quotient : quotient;
}

/**
 * The scale for these numbers. `largest` gives, for a conversion of numbers to units, the largest magnitude
 * that any sum of them can reach.
 */
export function chooseScale(
  values: readonly number[],
  largest: (units: (value: number) => bigint) => bigint,
): Scale {
  const decimals = values.map(decimalOf).filter((decimal) => decimal.digits !== 0n);
  const needed = decimals.reduce((most, decimal) => Math.max(most, trimmed(decimal)), 0);
  const fits = (exponent: number): boolean => {
    const known = new Map<number, bigint>();
    const units = (value: number): bigint => {
      let unit = known.get(value);
      if (unit === undefined) {
        unit = shift(decimalOf(value), exponent);
        known.set(value, unit);
      }
      return unit;
    };
    return largest(units) <= limit;
  };
  // No number of magnitude m can have more than 16 - log10(m) decimals: start there, not at 300.
  const most = decimals.reduce(
    (size, { digits, decimals: d }) => Math.max(size, String(digits).length - d),
    -400,
  );
  let exponent = Math.min(needed, 17 - most);
  if (exponent === needed && fits(needed)) return { arithmetic: "exact", exponent };
  while (!fits(exponent)) exponent--;
  return { arithmetic: "grid", exponent };
}

function trimmed({ digits, decimals }: Decimal): number {
  let rest = digits;
  let kept = decimals;
  while (kept > 0 && rest % 10n === 0n) {
    rest /= 10n;
    kept--;
  }
  return kept;
}
