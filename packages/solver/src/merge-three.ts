/**
 * The three-party front of moved fronts: a sweep by the first party, descending, that keeps a vector when no
 * vector before has as much for the second and the third (Kung, Luccio and Preparata 1975). What came before
 * is held as a staircase: of the vectors seen, those efficient for parties two and three.
 */
import type { FrontBuilder, FrontList } from "./front.ts";
import type { MergeLimits } from "./limits.ts";
import { ListHeap } from "./list-heap.ts";
import { Staircase } from "./staircase.ts";

/** False where the budget ended first. */
export function mergeThree(
  lists: readonly FrontList[],
  floor: Float64Array,
  builder: FrontBuilder,
  { budget, slack }: MergeLimits,
): boolean {
  const columns = [0, 1, 2].map((p) => lists.map((list) => list.front.columns[p] as Float64Array));
  const [first, second, third] = columns as [Float64Array[], Float64Array[], Float64Array[]];
  const shifts = [0, 1, 2].map((p) => Float64Array.from(lists, (list) => list.shift[p] as number));
  const [shift1, shift2, shift3] = shifts as [Float64Array, Float64Array, Float64Array];
  const [floor1, floor2, floor3] = floor as unknown as [number, number, number];
  const places = new Int32Array(lists.length);
  const value = (column: Float64Array[], shift: Float64Array, k: number): number =>
    ((column[k] as Float64Array)[places[k] as number] as number) + (shift[k] as number);
  const heap = new ListHeap(
    lists.length,
    (one, other) =>
      value(second, shift2, one) - value(second, shift2, other) ||
      value(third, shift3, one) - value(third, shift3, other),
  );
  const staircase = new Staircase();
  const [, slack2, slack3] = slack as unknown as [number, number, number];
  const loose = slack2 > 0 || slack3 > 0;
  for (let k = 0; k < lists.length; k++) heap.add(k, value(first, shift1, k));
  while (heap.size > 0) {
    const k = heap.top;
    if ((heap.keys[k] as number) < floor1) break;
    if (!budget.step()) return false;
    const y = value(second, shift2, k);
    const z = value(third, shift3, k);
    if (y < floor2 || z < floor3 || (loose && staircase.covers(y - slack2, z - slack3))) {
      // Below the floor, or as good as there.
    } else if (staircase.add(y, z)) builder.push(k, places[k] as number);
    places[k] = (places[k] as number) + 1;
    if ((places[k] as number) < (first[k] as Float64Array).length) heap.lowerTop(value(first, shift1, k));
    else heap.removeTop();
  }
  return true;
}
