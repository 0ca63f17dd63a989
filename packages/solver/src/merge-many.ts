/**
 * The front of moved fronts for four parties and more: vectors taken by their sum, descending, so that none
 * can be dominated by one that comes after it; each is asked of an archive of those kept (archive.ts).
 */
import { Archive } from "./archive.ts";
import type { FrontBuilder, FrontList } from "./front.ts";
import type { MergeLimits } from "./limits.ts";
import { ListHeap } from "./list-heap.ts";

/** Steps that a vector counts for: it is looked for in an archive. */
const workOfVector = 4;

/** False where the budget ended first. */
export function mergeMany(
  lists: readonly FrontList[],
  floor: Float64Array,
  builder: FrontBuilder,
  { budget, slack }: MergeLimits,
): boolean {
  const n = floor.length;
  const sums = new Map(lists.map(({ front }) => [front, sumsOf(front.columns)]));
  const own = lists.map(({ front }) => sums.get(front) as Float64Array);
  const shiftSums = lists.map(({ shift }) => shift.reduce((sum, value) => sum + value, 0));
  const places = new Int32Array(lists.length);
  const heap = new ListHeap(lists.length, (one, other) => other - one);
  const key = (k: number): number =>
    ((own[k] as Float64Array)[places[k] as number] as number) + (shiftSums[k] as number);
  const archive = new Archive(n);
  const vector = new Float64Array(n);
  const loose = slack.some((units) => units > 0);
  const lowered = (): Float64Array => vector.map((value, p) => value - (slack[p] as number));
  for (let k = 0; k < lists.length; k++) heap.add(k, key(k));
  while (heap.size > 0) {
    const k = heap.top;
    if (!budget.step(workOfVector)) return false;
    const { front, shift } = lists[k] as FrontList;
    const place = places[k] as number;
    let above = true;
    for (let p = 0; p < n; p++) {
      const value = ((front.columns[p] as Float64Array)[place] as number) + (shift[p] as number);
      vector[p] = value;
      if (value < (floor[p] as number)) above = false;
    }
    if (above && !(loose && archive.covers(lowered())) && archive.add(vector)) builder.push(k, place);
    places[k] = place + 1;
    if (place + 1 < front.size) heap.lowerTop(key(k));
    else heap.removeTop();
  }
  return true;
}

function sumsOf(columns: readonly Float64Array[]): Float64Array {
  const sums = new Float64Array(columns[0]?.length ?? 0);
  for (const column of columns) {
    for (let k = 0; k < sums.length; k++) sums[k] = (sums[k] as number) + (column[k] as number);
  }
  return sums;
}
