/**
 * The two-party front of moved fronts: a k-way merge by the first party, descending, that keeps a vector
 * when the second party gets more than from all before. In each list the second party's number grows along
 * the list, so a run that is dominated is skipped by a search that doubles its step.
 *
 * This is the dominance-skipping form of the list merge by which Nemhauser and Ullmann (1969) build the
 * efficient set of a knapsack; time grows with the vectors kept, not with those that could be formed.
 */
import type { FrontBuilder, FrontList } from "./front.ts";
import type { MergeLimits } from "./limits.ts";
import { ListHeap } from "./list-heap.ts";

/** False where the budget ended first. */
export function mergeTwo(
  lists: readonly FrontList[],
  floor: Float64Array,
  builder: FrontBuilder,
  { budget, slack }: MergeLimits,
): boolean {
  const [leastFirst = 0, leastSecond = 0] = floor;
  const spare = slack[1] as number;
  const places = new Int32Array(lists.length);
  const heap = new ListHeap(lists.length, null);
  const head = ({ front, shift }: FrontList, place: number): number =>
    ((front.columns[0] as Float64Array)[place] as number) + (shift[0] as number);
  for (const [k, list] of lists.entries()) {
    const column = list.front.columns[1] as Float64Array;
    // Units are whole: at least so many is more than one less.
    const place = firstAbove(column, 0, Math.ceil(leastSecond - (list.shift[1] as number)) - 1);
    places[k] = place;
    if (place < column.length) heap.add(k, head(list, place));
  }
  let best = Number.NEGATIVE_INFINITY;
  let last = Number.NaN;
  while (heap.size > 0) {
    const k = heap.top;
    const first = heap.keys[k] as number;
    if (first < leastFirst) break;
    if (!budget.step()) return false;
    const list = lists[k] as FrontList;
    const column = list.front.columns[1] as Float64Array;
    const shift = list.shift[1] as number;
    let place = places[k] as number;
    const second = (column[place] as number) + shift;
    if (second - spare > best) {
      // The one before has as much for the first party and less for the second.
      if (first === last) builder.dropLast();
      builder.push(k, place);
      best = second;
      last = first;
    }
    place = firstAbove(column, place + 1, best + spare - shift);
    places[k] = place;
    if (place < column.length) heap.lowerTop(head(list, place));
    else heap.removeTop();
  }
  return true;
}

/** The first place of an ascending column, from `from` on, whose number is above the value. */
function firstAbove(column: Float64Array, from: number, value: number): number {
  let low = from - 1;
  let high = from;
  for (let step = 1; high < column.length && (column[high] as number) <= value; step *= 2) {
    low = high;
    high += step;
  }
  if (high > column.length) high = column.length;
  // What is at `low` is not above; `high` is the end or above.
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((column[middle] as number) <= value) low = middle;
    else high = middle;
  }
  return high;
}
