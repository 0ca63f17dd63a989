/**
 * Bounds on sums of boxes of two parties: directions in which no choice of boxes goes further than its bound.
 *
 * The relaxation (packing-program.ts) is solved along weightings of the two parties until no weighting between
 * two neighbours leads outside of the line through their ends (Aneja and Nair 1979). What is proven is in whole
 * numbers: prices are rounded, and raised where an item's weight is not covered, so that for all choices
 *
 *   weights x vector  <=  sum of the prices of all cliques - what the choice leaves unused.
 *
 * A choice leaves unused the surplus of each item taken (prices of its cliques less its weight), and the price
 * of each clique of which it takes none.
 */
import { at } from "./model.ts";
import { PackingProgram } from "./packing-program.ts";

/** Items with what they pay, and cliques of which at most one item is taken. */
export interface Packing {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly cliques: readonly Int32Array[];
  /** For each item, the cliques that it is in. */
  readonly cliquesOf: readonly Int32Array[];
}

export interface Direction {
  /** Of the parties, above zero: whole units of the bound for one unit of theirs. */
  readonly weights: readonly [number, number];
  readonly prices: Float64Array;
  readonly surplus: Float64Array;
  /** The sum of the prices. */
  readonly bound: number;
  /** Where the relaxation ends in this direction. */
  readonly end: readonly [number, number];
}

/** A side of the relaxation's hull, from the end that is best for the first party. */
export interface Side {
  readonly from: Direction;
  readonly to: Direction;
  /** Across the side. */
  readonly across: Direction;
}

export interface Hull {
  /** From the best for the first party to the best for the second. */
  readonly sides: readonly Side[];
  /** The items that the relaxation takes, most fully taken first, for each direction. */
  readonly orders: readonly (readonly number[])[];
}

/** So much further, relative to the sum, is worth another direction. */
const worthwhile = 1e-5;
const mostHalvings = 7;
/** The other party's share of the weight at the two ends. */
const aside = 1e-4;

/**
 * @param unit Makes every weighted sum of all items stay under 2^51.
 * @param step Counts the work; false where it is to stop: the bounds then are worse, and true.
 */
export function hullOf(packing: Packing, unit: number, step: (work: number) => boolean): Hull {
  const { first, second } = packing;
  const program = new PackingProgram(first.length, packing.cliques);
  const orders: number[][] = [];
  const along = (one: number, other: number): Direction => {
    const sum = one + other;
    const weights = [(one / sum) * unit, (other / sum) * unit] as const;
    const worth = first.map((units, item) => weights[0] * units + weights[1] * at(second, item));
    const { taken, prices } = program.maximise(worth, step);
    orders.push([...taken.keys()].sort((a, b) => at(taken, b) - at(taken, a) || at(worth, b) - at(worth, a)));
    const end = [sumOf(first, taken), sumOf(second, taken)] as const;
    return { weights, end, ...proven(packing, worth, prices) };
  };
  const totals = [
    sumOf(
      first,
      first.map(() => 1),
    ),
    sumOf(
      second,
      second.map(() => 1),
    ),
  ] as const;
  const sides: Side[] = [];
  const split = (from: Direction, to: Direction, halvings: number): void => {
    const across = along(
      Math.max(to.end[1] - from.end[1], totals[1] * aside),
      Math.max(from.end[0] - to.end[0], totals[0] * aside),
    );
    const [one, other] = across.weights;
    const before = one * from.end[0] + other * from.end[1];
    const further = one * across.end[0] + other * across.end[1] - before;
    if (further <= worthwhile * Math.abs(before) || halvings === 0) {
      sides.push({ from, to, across });
      return;
    }
    split(from, across, halvings - 1);
    split(across, to, halvings - 1);
  };
  split(
    along(Math.max(1, totals[1]), Math.max(1, totals[0]) * aside),
    along(Math.max(1, totals[1]) * aside, Math.max(1, totals[0])),
    mostHalvings,
  );
  return { sides, orders };
}

function sumOf(units: Float64Array, taken: Float64Array): number {
  return units.reduce((sum, own, item) => sum + own * at(taken, item), 0);
}

/** Relative error of a weighted sum of two doubles is far below this. */
const rounding = 2 ** -48;

function proven(
  { cliquesOf }: Packing,
  worth: Float64Array,
  raw: Float64Array,
): Pick<Direction, "prices" | "surplus" | "bound"> {
  const prices = raw.map(Math.round);
  const priceOf = (item: number): number =>
    at(cliquesOf, item).reduce((sum, clique) => sum + at(prices, clique), 0);
  const needed = worth.map((weight) => Math.ceil(weight * (1 + rounding)));
  for (const [item, least] of needed.entries()) {
    const clique = at(at(cliquesOf, item), 0);
    prices[clique] = at(prices, clique) + Math.max(0, least - priceOf(item));
  }
  return {
    prices,
    surplus: needed.map((least, item) => priceOf(item) - least),
    bound: prices.reduce((sum, price) => sum + price, 0),
  };
}
