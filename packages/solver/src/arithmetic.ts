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

const limit = BigInt(Number.MAX_SAFE_INTEGER);

function decimalOf(value: number): Decimal {
  const [mantissa = "0", power = "0"] = String(value).split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const decimals = fraction.length - Number(power);
  const digits = BigInt(whole + fraction);
  // 1e21 has decimals -21: the digits stay short, the power stays apart.
  return { digits, decimals };
}

/** Powers of ten that a double holds exactly. */
const powers = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * The value times 10^exponent where that is a whole number of at most 15 digits, else NaN. No two decimals of
 * so few digits are read as the same double: that the division gives the value back proves the product.
 */
function shortUnits(value: number, exponent: number): number {
  const power = powers[exponent];
  if (power === undefined) return Number.NaN;
  const units = Math.round(value * power);
  // Adding 0 makes a plain zero of -0.
  return Math.abs(units) < 1e15 && units / power === value ? units + 0 : Number.NaN;
}

/** The value in units, rounded half to even where it has more decimals than the scale. */
export function toUnits(value: number, exponent: number): number {
  const short = shortUnits(value, exponent);
  return Number.isNaN(short) ? Number(shift(decimalOf(value), exponent)) : short;
}

/** The number of points nearest to a count of units. */
export function fromUnits(units: number, exponent: number): number {
  const power = powers[exponent];
  // A quotient of two numbers that are held exactly is rounded once.
  return power === undefined ? Number(`${units}e${-exponent}`) : units / power;
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

/** The scale for these numbers. No sum of points exceeds the sum of the `peaks`, all of which are among them. */
export function chooseScale(values: readonly number[], peaks: readonly number[]): Scale {
  return shortScale(values, peaks) ?? longScale(values, peaks);
}

/** The scale where all numbers are of at most 15 digits and their sums fit; else null. */
function shortScale(values: readonly number[], peaks: readonly number[]): Scale | null {
  let exponent = 0;
  for (const value of values) {
    while (Number.isNaN(shortUnits(value, exponent))) if (++exponent > 15) return null;
  }
  let sum = 0;
  for (const value of peaks) sum += Math.abs(shortUnits(value, exponent));
  return sum <= Number.MAX_SAFE_INTEGER ? { arithmetic: "exact", exponent } : null;
}

function longScale(values: readonly number[], peaks: readonly number[]): Scale {
  const decimals = values.map(decimalOf).filter((decimal) => decimal.digits !== 0n);
  const needed = decimals.reduce((most, decimal) => Math.max(most, trimmed(decimal)), 0);
  const magnitudes = peaks.map((value) => decimalOf(Math.abs(value)));
  const fits = (exponent: number): boolean =>
    magnitudes.reduce((sum, decimal) => sum + shift(decimal, exponent), 0n) <= limit;
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
