/**
 * Fewer points of a frontier, with the loss certified.
 *
 * A point is left out where one that is kept has at least its utilities less epsilon times the party's
 * range. Points are looked at in order, greedily; epsilon is found by bisection, then measured on what was
 * left out and rounded up.
 */
import { at } from "./model.ts";

export interface Thinned {
  /** Places of the points kept, in order. */
  readonly places: Int32Array;
  readonly epsilon: number;
}

/** Of the vectors at these places of columns (one a party), at most `maxPoints` (at least 1). */
export function thin(
  columns: readonly Float64Array[],
  places: Int32Array,
  ranges: Float64Array,
  maxPoints: number,
): Thinned {
  if (places.length <= maxPoints) return { places, epsilon: 0 };
  const width = ranges.length;
  const values = new Float64Array(places.length * width);
  for (const [k, place] of places.entries())
    for (let p = 0; p < width; p++) values[k * width + p] = at(at(columns, p), place);
  let low = 0;
  let high = 1;
  // Everything is within its whole range of any point.
  let best: readonly number[] = [0];
  for (let round = 0; round < 16; round++) {
    const middle = (low + high) / 2;
    const kept = keepGreedily(values, ranges, middle, maxPoints);
    if (kept) {
      best = kept;
      high = middle;
    } else {
      low = middle;
    }
  }
  return {
    places: Int32Array.from(best, (k) => at(places, k)),
    epsilon: roundUp(distanceFrom(values, ranges, best)),
  };
}

/** To four significant digits, never down. */
export function roundUp(value: number): number {
  if (value === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(value)) - 3);
  const up = Number((Math.ceil(value / unit) * unit).toPrecision(12));
  return up >= value ? up : Number((up + unit).toPrecision(12));
}

/** Null where that would keep more than `most`. */
function keepGreedily(
  values: Float64Array,
  ranges: Float64Array,
  epsilon: number,
  most: number,
): number[] | null {
  const kept: number[] = [];
  for (let place = 0; place * ranges.length < values.length; place++) {
    if (kept.some((other) => shortfall(values, ranges, place, other) <= epsilon)) continue;
    if (kept.length === most) return null;
    kept.push(place);
  }
  return kept;
}

function distanceFrom(values: Float64Array, ranges: Float64Array, kept: readonly number[]): number {
  let most = 0;
  for (let place = 0; place * ranges.length < values.length; place++) {
    let least = Number.POSITIVE_INFINITY;
    for (const other of kept) least = Math.min(least, shortfall(values, ranges, place, other));
    most = Math.max(most, least);
  }
  return most;
}

/** The share of its range by which the worst-off party misses the point when it gets the other one. */
function shortfall(values: Float64Array, ranges: Float64Array, place: number, other: number): number {
  const width = ranges.length;
  let most = 0;
  for (let p = 0; p < width; p++) {
    const miss = at(values, place * width + p) - at(values, other * width + p);
    if (miss > 0) most = Math.max(most, miss / at(ranges, p));
  }
  return most;
}
