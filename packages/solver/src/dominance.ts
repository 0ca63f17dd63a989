/** Efficient vectors among many: none of those kept is at most another one in every place. */

/** One vector of `width` numbers after the other. */
export interface Vectors {
  readonly width: number;
  readonly values: Float64Array;
}

/**
 * The places of the efficient vectors, the first of equals only, sorted descending by the first number, then
 * the second, and so on. Sorted so, a vector can only be dominated by one before it.
 */
export function efficientPlaces({ width, values }: Vectors): number[] {
  const order = Array.from({ length: values.length / width }, (_, place) => place);
  const compare = (one: number, other: number): number => {
    for (let p = 0; p < width; p++) {
      const difference = (values[other * width + p] as number) - (values[one * width + p] as number);
      if (difference !== 0) return difference;
    }
    return one - other;
  };
  const kept: number[] = [];
  for (const place of order.sort(compare)) {
    if (!kept.some((other) => covers(values, width, other, place))) kept.push(place);
  }
  return kept;
}

function covers(values: Float64Array, width: number, one: number, other: number): boolean {
  for (let p = 0; p < width; p++) {
    if ((values[one * width + p] as number) < (values[other * width + p] as number)) return false;
  }
  return true;
}
