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
  const first = lists.map((list) => list.front.columns[0] as Float64Array);
  const second = lists.map((list) => list.front.columns[1] as Float64Array);
  const firstShift = Float64Array.from(lists, (list) => list.shift[0] as number);
  const secondShift = Float64Array.from(lists, (list) => list.shift[1] as number);
  const places = new Int32Array(lists.length);
  const secondOf = (k: number): number =>
    ((second[k] as Float64Array)[places[k] as number] as number) + (secondShift[k] as number);
  const heap = new ListHeap(lists.length, (one, other) => secondOf(one) - secondOf(other));
  const [leastFirst = 0, leastSecond = 0] = floor;
  const spare = slack[1] as number;
  for (let k = 0; k < lists.length; k++) {
    places[k] = nextAbove(second[k] as Float64Array, 0, leastSecond - (secondShift[k] as number), false);
    if ((places[k] as number) < (second[k] as Float64Array).length) heap.add(k, head(k));
  }
  let best = Number.NEGATIVE_INFINITY;
  while (heap.size > 0) {
    const k = heap.top;
    if ((heap.keys[k] as number) < leastFirst) break;
    if (!budget.step()) return false;
    const column = second[k] as Float64Array;
    const shift = secondShift[k] as number;
    const value = (column[places[k] as number] as number) + shift;
    if (value - spare > best) {
      builder.push(k, places[k] as number);
      best = value;
    }
    places[k] = nextAbove(column, (places[k] as number) + 1, best + spare - shift, true);
    if ((places[k] as number) < column.length) heap.lowerTop(head(k));
    else heap.removeTop();
  }
  return true;

  function head(k: number): number {
    return ((first[k] as Float64Array)[places[k] as number] as number) + (firstShift[k] as number);
  }
}

/** The first place from `from` on of an ascending column whose number is above (or at) the least. */
function nextAbove(column: Float64Array, from: number, least: number, strictly: boolean): number {
  const below = (place: number): boolean =>
    strictly ? (column[place] as number) <= least : (column[place] as number) < least;
  if (from >= column.length || !below(from)) return from;
  let step = 1;
  let low = from;
  while (low + step < column.length && below(low + step)) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, column.length);
  // below(low) holds; high is the end or not below.
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (below(middle)) low = middle;
    else high = middle;
  }
  return high;
}
