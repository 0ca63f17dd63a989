/**
 * The frontier of two parties whose points come in boxes (boxes.ts): all efficient sets of boxes that can be
 * satisfied together.
 *
 * The two phases of Ulungu and Teghem (1995): bounds in the directions in which the relaxation's hull has its
 * sides (box-hull.ts), with a first good point for each; then, side by side, whatever lies between the known
 * points and the hull (box-slice.ts), nearest to the hull first, since each point found leaves less to look
 * at. A slice in which too much is possible is split on one box, taken or not, and each half has a hull of its
 * own. Nothing is left out but what bounds in whole numbers exclude.
 */

import { type Direction, hullOf, type Packing, type Side } from "./box-hull.ts";
import { type Corner, type Partial, Slice, type SliceProblem } from "./box-slice.ts";
import { type Box, cliqueCover, rivalsOf } from "./boxes.ts";
import { type Front, FrontBuilder, type FrontList, pointFront } from "./front.ts";
import type { Budget } from "./limits.ts";
import { type Merging, merge } from "./merge.ts";
import { at } from "./model.ts";
import type { Network } from "./network.ts";

/** The front of a network that is made of these boxes; null where the budget ended first. */
export function frontOfBoxes(
  boxes: readonly Box[],
  network: Network,
  own: readonly Front[],
  merging: Merging,
): Front | null {
  const search = new BoxSearch(boxes, merging.budget);
  if (!search.run()) return null;
  const lists = search.points.map(({ boxes: paid }) =>
    outcomeList(
      network,
      own,
      paid.map((k) => at(boxes, k)),
    ),
  );
  return merge(lists, merging.noFloor, merging);
}

interface KnownPoint {
  readonly first: number;
  readonly second: number;
  readonly boxes: readonly number[];
}

/** Shares of the way from the hull to the furthest corner, pass by pass. */
const reaches = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1];
/** Bounds looked at for one slice. */
const poolSize = 10;

class BoxSearch {
  /** Efficient among those found, the best for the first party first. */
  readonly points: KnownPoint[] = [];
  private readonly boxes: readonly Box[];
  private readonly budget: Budget;
  private readonly rivals: readonly Int32Array[];
  private readonly unit: number;
  private readonly size: number;

  constructor(boxes: readonly Box[], budget: Budget) {
    this.boxes = boxes;
    this.budget = budget;
    this.rivals = rivalsOf(boxes);
    const total = boxes.reduce((sum, { units }) => sum + at(units, 0) + at(units, 1), 1);
    this.unit = 2 ** (50 - Math.ceil(Math.log2(total)));
    this.size = total * this.unit;
  }

  /** False where the budget ended first. */
  run(): boolean {
    return this.region(Array.from(this.boxes.keys()), [], -1, Number.POSITIVE_INFINITY);
  }

  /** Looks at all choices of `base` and some of these boxes with more than `low` and at most `high` for the first party. */
  private region(items: readonly number[], base: readonly number[], low: number, high: number): boolean {
    if (!this.budget.step(items.length)) return false;
    const { packing, rivals } = this.part(items);
    const hull = hullOf(packing, this.unit, (work) => this.budget.step(work));
    if (this.budget.exhausted) return false;
    for (const order of hull.orders)
      this.offer([...base, ...greedy(order, rivals).map((item) => at(items, item))]);
    const start = this.worthOf(base);
    return hull.sides.every((side, k) => {
      const from =
        k === hull.sides.length - 1 ? low : Math.max(low, Math.floor(start.first + side.to.end[0]));
      const to = k === 0 ? high : Math.min(high, Math.floor(start.first + side.from.end[0]));
      if (from >= to) return true;
      const problem = { packing, rivals, start, most: to, size: this.size, pool: poolOf(side, hull.sides) };
      return this.slice(problem, items, base, from);
    });
  }

  private slice(
    problem: SliceProblem,
    items: readonly number[],
    base: readonly number[],
    low: number,
  ): boolean {
    const slice = new Slice(problem);
    const whole = (ends: readonly number[]): number[] => [...base, ...ends.map((item) => at(items, item))];
    for (const reach of reaches) {
      const corners = this.corners(low, problem.most);
      const furthest = slice.reachTo(corners);
      if (furthest < 0) return true;
      const target = reach === 1 ? Number.POSITIVE_INFINITY : furthest * reach;
      const swept = slice.sweep(corners, target, this.budget);
      if (swept.kind === "stopped") return false;
      if (swept.kind === "done") {
        for (const end of swept.ends) this.offer(whole(itemsOf(end)));
        continue;
      }
      if (reach < 1) continue;
      const { taken, open, item } = swept;
      const rest = open.filter((other) => other !== item);
      const beside = rest.filter((other) => !at(problem.rivals, item).includes(other));
      return (
        this.region(
          beside.map((k) => at(items, k)),
          whole([...taken, item]),
          low,
          problem.most,
        ) &&
        this.region(
          rest.map((k) => at(items, k)),
          whole(taken),
          low,
          problem.most,
        )
      );
    }
    return true;
  }

  private part(items: readonly number[]): { packing: Packing; rivals: readonly Int32Array[] } {
    const placeOf = new Map(items.map((item, place) => [item, place]));
    const rivals = items.map((item) =>
      Int32Array.from(Array.from(at(this.rivals, item)).flatMap((rival) => placeOf.get(rival) ?? [])),
    );
    const cliques = cliqueCover(rivals);
    const cliquesOf = items.map((): number[] => []);
    for (const [k, clique] of cliques.entries()) for (const item of clique) at(cliquesOf, item).push(k);
    const units = (p: number): Float64Array =>
      Float64Array.from(items, (item) => at(at(this.boxes, item).units, p));
    const packing = {
      first: units(0),
      second: units(1),
      cliques,
      cliquesOf: cliquesOf.map((list) => Int32Array.from(list)),
    };
    return { packing, rivals };
  }

  private worthOf(boxes: readonly number[]): Partial {
    const sum = (p: number): number => boxes.reduce((all, k) => all + at(at(this.boxes, k).units, p), 0);
    return { first: sum(0), second: sum(1), item: -1, before: null };
  }

  /** Between the known points: what no point covers, with more than `low` and at most `high` for the first. */
  private corners(low: number, high: number): Corner[] {
    const { points } = this;
    const corners: Corner[] = [];
    for (let k = 0; k <= points.length; k++) {
      const most = k === 0 ? Number.POSITIVE_INFINITY : at(points, k - 1).first;
      const first = k === points.length ? 0 : at(points, k).first + 1;
      if (most <= low || first > high) continue;
      corners.push([Math.max(first, low + 1), k === 0 ? 0 : at(points, k - 1).second + 1]);
    }
    return corners;
  }

  private offer(boxes: readonly number[]): void {
    const { points } = this;
    const { first, second } = this.worthOf(boxes);
    let place = 0;
    while (place < points.length && at(points, place).first > first) place++;
    if (place > 0 && at(points, place - 1).second >= second) return;
    if (place < points.length && at(points, place).first === first && at(points, place).second >= second)
      return;
    let end = place;
    while (end < points.length && at(points, end).second <= second) end++;
    points.splice(place, end - place, { first, second, boxes });
  }
}

/** The bound across the side, those of its neighbours by how alike their weights are, and those of its ends. */
function poolOf(side: Side, sides: readonly Side[]): Direction[] {
  const slope = ({ weights }: Direction): number => Math.log(weights[0] / weights[1]);
  const own = slope(side.across);
  const others = sides
    .map(({ across }) => across)
    .filter((one) => one !== side.across)
    .sort((one, other) => Math.abs(slope(one) - own) - Math.abs(slope(other) - own));
  const ends = [side.from, side.to, sides[0]?.from, sides.at(-1)?.to].filter((one) => one !== undefined);
  return [...new Set([side.across, ...others.slice(0, poolSize), ...ends])];
}

function greedy(order: readonly number[], rivals: readonly Int32Array[]): number[] {
  const barred = new Set<number>();
  return order.filter((item) => {
    if (barred.has(item)) return false;
    for (const rival of at(rivals, item)) barred.add(rival);
    return true;
  });
}

function itemsOf(end: Partial): number[] {
  const items: number[] = [];
  for (let here: Partial | null = end; here && here.item >= 0; here = here.before) items.push(here.item);
  return items;
}

/** The list of one vector for an outcome that satisfies these boxes, with all else that it is paid. */
function outcomeList(network: Network, own: readonly Front[], boxes: readonly Box[]): FrontList {
  const chosen = network.variables.map((values, variable) => {
    const asked = boxes.flatMap(({ when }) => when.filter((one) => one.variable === variable));
    return at(values, Math.max(0, ...asked.map(({ from }) => from)));
  });
  const builder = new FrontBuilder(2);
  let past = pointFront(new Float64Array(2));
  for (const v of chosen) {
    const { option, units } = at(network.values, v);
    const inner = at(own, v);
    const shift = inner.vector(0).map((value, p) => value + at(units, p));
    builder.begin([{ front: past, shift, option, other: inner, otherPlace: 0 }]);
    builder.push(0, 0);
    past = builder.finish();
  }
  const shift = new Float64Array(2);
  for (const { party, units, when } of network.bonuses) {
    if ([...when].every(([variable, values]) => values.has(at(chosen, variable))))
      shift[party] = at(shift, party) + units;
  }
  return { front: past, shift, option: -1, other: null, otherPlace: 0 };
}
