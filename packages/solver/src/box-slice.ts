/**
 * One slice of the frontier of boxes: all choices whose first party's units lie in a range and which no known
 * point covers.
 *
 * First items are settled: taken out where the bounds show that no such choice takes them, taken where none
 * can do without, taken out where a rival covers them. The rest is swept item by item (non-serial dynamic
 * programming over the graph of rivals): partial choices that leave the same items free share a front, and
 * each is dropped when the bounds show that it cannot end outside of what the known points cover.
 */
import type { Direction, Packing } from "./box-hull.ts";
import type { Budget } from "./limits.ts";
import { at } from "./model.ts";

/** Items taken, with what they pay: a list from the last one taken. */
export interface Partial {
  readonly first: number;
  readonly second: number;
  readonly item: number;
  readonly before: Partial | null;
}

/** Vectors at or above one of these are not covered by any known point. */
export type Corner = readonly [first: number, second: number];

export interface SliceProblem {
  readonly packing: Packing;
  /** For each item, those that cannot be taken with it. */
  readonly rivals: readonly Int32Array[];
  /** Bounds, the most telling one first. */
  readonly pool: readonly Direction[];
  readonly start: Partial;
  /** No more units for the first party than this. */
  readonly most: number;
  /** Relative to which floats are rounded away. */
  readonly size: number;
}

export type Swept =
  | { readonly kind: "done"; readonly ends: readonly Partial[] }
  /** Too many partial choices: what was settled, and an item with most rivals to split on. */
  | {
      readonly kind: "split";
      readonly taken: readonly number[];
      readonly open: readonly number[];
      readonly item: number;
    }
  | { readonly kind: "stopped" };

/** More partial choices in one step than this are too many. */
const mostPartials = 20_000;

/** Steps that trying one item both ways counts for. */
const workOfItem = 5;

const free = 0;
const taken = 1;
const out = 2;

export class Slice {
  private readonly problem: SliceProblem;
  private readonly state: Uint8Array;
  /** Items of each clique that are not out. */
  private readonly live: Int32Array;
  /** By direction, what the choices left unused so far. */
  private readonly unused: Float64Array;
  private readonly trail: number[] = [];
  private readonly bounds: Float64Array;
  /** The bounds less what is left unused. */
  private readonly left: Float64Array;
  /** By corner and direction: what the bound must reach. */
  private needed = new Float64Array(0);
  private corners = 0;
  /** The corner that was found last: most likely the next one too. */
  private witness = 0;
  private target = Number.POSITIVE_INFINITY;

  constructor(problem: SliceProblem) {
    const { packing, pool, start } = problem;
    this.problem = problem;
    this.state = new Uint8Array(packing.first.length);
    this.live = Int32Array.from(packing.cliques, (clique) => clique.length);
    this.unused = new Float64Array(pool.length);
    this.left = new Float64Array(pool.length);
    this.bounds = Float64Array.from(
      pool,
      ({ weights, bound }) => bound + weights[0] * start.first + weights[1] * start.second,
    );
  }

  /** How far the first bound is, at most, from a corner that no bound excludes. */
  reachTo(corners: readonly Corner[]): number {
    this.setCorners(corners);
    const width = this.bounds.length;
    let most = -1;
    for (let corner = 0; corner < this.corners; corner++) {
      let least = Number.POSITIVE_INFINITY;
      for (let k = 0; k < width; k++)
        least = Math.min(least, at(this.bounds, k) - at(this.needed, corner * width + k));
      if (least >= 0) most = Math.max(most, at(this.bounds, 0) - at(this.needed, corner * width));
    }
    return most;
  }

  /** All choices that may end at a corner, and no further from the first bound than the target. */
  sweep(corners: readonly Corner[], target: number, budget: Budget): Swept {
    this.setCorners(corners);
    this.target = target;
    this.reset();
    const settled = this.settle(budget);
    if (settled !== "open") return settled === "stopped" ? { kind: "stopped" } : { kind: "done", ends: [] };
    const { packing, start } = this.problem;
    let first = start;
    const open: number[] = [];
    for (const [item, state] of this.state.entries()) {
      if (state === taken) first = extend(packing, first, item);
      if (state === free) open.push(item);
    }
    return this.sweepOver(this.orderOf(open), first, budget);
  }

  private setCorners(corners: readonly Corner[]): void {
    const { pool, size } = this.problem;
    this.corners = corners.length;
    this.witness = 0;
    // Lowered by more than floats err.
    this.needed = Float64Array.from(
      corners.flatMap(([first, second]) =>
        pool.map(({ weights }) => weights[0] * first + weights[1] * second - size * 2 ** -44),
      ),
    );
  }

  private reset(): void {
    this.state.fill(free);
    this.unused.fill(0);
    this.trail.length = 0;
    for (const [k, clique] of this.problem.packing.cliques.entries()) this.live[k] = clique.length;
  }

  /** Whether some corner may be reached by a vector with these bounds. */
  private reaches(bounds: Float64Array): boolean {
    const { needed, corners, target } = this;
    const width = bounds.length;
    if ((this.bounds[0] as number) - (bounds[0] as number) > target) return false;
    for (let tries = 0, corner = this.witness; tries < corners; tries++, corner++) {
      if (corner >= corners) corner = 0;
      let k = 0;
      while (k < width && (bounds[k] as number) >= (needed[corner * width + k] as number)) k++;
      if (k === width) {
        this.witness = corner;
        return true;
      }
    }
    return false;
  }

  private possible(): boolean {
    const { left } = this;
    for (let k = 0; k < left.length; k++) left[k] = (this.bounds[k] as number) - (this.unused[k] as number);
    return this.reaches(left);
  }

  private remove(item: number): void {
    const { packing, pool } = this.problem;
    this.state[item] = out;
    this.trail.push(item);
    for (const clique of packing.cliquesOf[item] as Int32Array) {
      const left = (this.live[clique] as number) - 1;
      this.live[clique] = left;
      if (left > 0) continue;
      for (let k = 0; k < pool.length; k++)
        this.unused[k] = (this.unused[k] as number) + ((pool[k] as Direction).prices[clique] as number);
    }
  }

  private take(item: number): void {
    const { pool, rivals } = this.problem;
    this.state[item] = taken;
    this.trail.push(item);
    for (let k = 0; k < pool.length; k++)
      this.unused[k] = (this.unused[k] as number) + ((pool[k] as Direction).surplus[item] as number);
    for (const rival of rivals[item] as Int32Array) if (this.state[rival] === free) this.remove(rival);
  }

  private undo(length: number, unused: Float64Array): void {
    while (this.trail.length > length) {
      const item = this.trail.pop() as number;
      if (this.state[item] === out) {
        for (const clique of this.problem.packing.cliquesOf[item] as Int32Array)
          this.live[clique] = (this.live[clique] as number) + 1;
      }
      this.state[item] = free;
    }
    this.unused.set(unused);
  }

  /** Settles what can be; `none` where no choice is left. */
  private settle(budget: Budget): "open" | "none" | "stopped" {
    for (let changed = true; changed; ) {
      changed = false;
      for (let item = 0; item < this.state.length; item++) {
        if (this.state[item] !== free) continue;
        if (!budget.step(workOfItem)) return "stopped";
        const settled = this.settleOne(item);
        if (settled === null) return "none";
        changed ||= settled;
      }
    }
    return "open";
  }

  /** Whether an item could be settled; null where neither way is possible. */
  private settleOne(item: number): boolean | null {
    const length = this.trail.length;
    const unused = this.unused.slice();
    this.take(item);
    const taking = this.possible();
    this.undo(length, unused);
    this.remove(item);
    const without = this.possible();
    if (taking && without && !this.covered(item)) {
      this.undo(length, unused);
      if (!this.rivalled(item)) {
        this.take(item);
        return true;
      }
      return false;
    }
    if (without) return true;
    if (!taking) return null;
    this.undo(length, unused);
    this.take(item);
    return true;
  }

  private rivalled(item: number): boolean {
    return (this.problem.rivals[item] as Int32Array).some((rival) => this.state[rival] === free);
  }

  /** Whether some free rival pays as much to both and excludes nothing free that the item does not. */
  private covered(item: number): boolean {
    const { packing, rivals } = this.problem;
    const { first, second } = packing;
    const mine = rivals[item] as Int32Array;
    return mine.some(
      (rival) =>
        this.state[rival] === free &&
        at(first, rival) >= at(first, item) &&
        at(second, rival) >= at(second, item) &&
        at(rivals, rival).every(
          (other) => this.state[other] !== free || other === item || mine.includes(other),
        ),
    );
  }

  /** Open items in an order that keeps few of them next to those before. */
  private orderOf(open: readonly number[]): number[] {
    const { rivals } = this.problem;
    const left = new Set(open);
    const touched = new Set<number>();
    const order: number[] = [];
    while (left.size > 0) {
      const candidates = touched.size > 0 ? touched : left;
      let best = -1;
      let least = Number.POSITIVE_INFINITY;
      for (const item of candidates) {
        let fresh = 0;
        let around = 0;
        for (const rival of rivals[item] as Int32Array) {
          if (!left.has(rival)) continue;
          around++;
          if (!touched.has(rival)) fresh++;
        }
        const cost = fresh * open.length + around;
        if (cost < least) [best, least] = [item, cost];
      }
      order.push(best);
      left.delete(best);
      touched.delete(best);
      for (const rival of rivals[best] as Int32Array) if (left.has(rival)) touched.add(rival);
    }
    return order;
  }

  private sweepOver(order: readonly number[], start: Partial, budget: Budget): Swept {
    const { packing, rivals, pool } = this.problem;
    const steps = this.stepsOver(order);
    const words = (order.length + 31) >>> 5;
    const placeOf = new Map(order.map((item, place) => [item, place]));
    const bounds = new Float64Array(pool.length);
    let groups: Group[] = [{ barred: new Int32Array(words), ends: [start] }];
    for (const [place, item] of order.entries()) {
      const bars = new Int32Array(words);
      for (const rival of rivals[item] as Int32Array) {
        const other = placeOf.get(rival);
        if (other !== undefined && other > place)
          bars[other >>> 5] = at(bars, other >>> 5) | (1 << (other & 31));
      }
      const next = new Map<string, Group>();
      const word = place >>> 5;
      const bit = 1 << (place & 31);
      for (const { barred, ends } of groups) {
        if (!budget.step(1 + ends.length / 4)) return { kind: "stopped" };
        const isBarred = (at(barred, word) & bit) !== 0;
        const rest = barred.slice();
        rest[word] = at(rest, word) & ~bit;
        gather(next, rest, ends);
        if (isBarred) continue;
        gather(
          next,
          rest.map((bits, w) => bits | at(bars, w)),
          ends.map((end) => extend(packing, end, item)),
        );
      }
      let count = 0;
      groups = [];
      for (const group of next.values()) {
        if (!budget.step(1 + group.ends.length / 2)) return { kind: "stopped" };
        const sure = at(steps, place).completion(group.barred);
        const ends = efficient(group.ends).filter((end) => {
          if (end.first > this.problem.most) return false;
          for (let k = 0; k < bounds.length; k++) {
            const { weights } = pool[k] as Direction;
            bounds[k] = weights[0] * end.first + weights[1] * end.second + (sure[k] as number);
          }
          return this.reaches(bounds);
        });
        if (ends.length === 0) continue;
        count += ends.length;
        groups.push({ barred: group.barred, ends });
      }
      if (count > mostPartials) return this.splitOf(order);
    }
    return { kind: "done", ends: groups.flatMap(({ ends }) => ends) };
  }

  private splitOf(order: readonly number[]): Swept {
    const { rivals } = this.problem;
    const open = new Set(order);
    const degree = (item: number): number => at(rivals, item).filter((rival) => open.has(rival)).length;
    return {
      kind: "split",
      taken: Array.from(this.state.keys()).filter((item) => this.state[item] === taken),
      open: order,
      item: order.reduce((one, other) => (degree(other) > degree(one) ? other : one)),
    };
  }

  /** For each step, what the open items after it can still add to each bound. */
  private stepsOver(order: readonly number[]): Step[] {
    const { packing, pool, rivals } = this.problem;
    const placeOf = new Map(order.map((item, place) => [item, place]));
    const cliques = packing.cliques
      .map((clique, k) => ({ k, places: Array.from(clique).flatMap((item) => placeOf.get(item) ?? []) }))
      .filter(({ places }) => places.length > 0);
    // The first step after which an item may be barred.
    const barredFrom = order.map((item) =>
      Math.min(...Array.from(at(rivals, item), (rival) => placeOf.get(rival) ?? Number.POSITIVE_INFINITY)),
    );
    const words = (order.length + 31) >>> 5;
    return order.map((_, place) => {
      const sure = new Float64Array(pool.length);
      const unsure: { k: number; bits: Int32Array }[] = [];
      for (const { k, places } of cliques) {
        const later = places.filter((other) => other > place);
        if (later.length === 0) continue;
        if (later.some((other) => at(barredFrom, other) > place)) {
          for (let d = 0; d < sure.length; d++) sure[d] = at(sure, d) + at(at(pool, d).prices, k);
        } else {
          const bits = new Int32Array(words);
          for (const other of later) bits[other >>> 5] = at(bits, other >>> 5) | (1 << (other & 31));
          unsure.push({ k, bits });
        }
      }
      const sum = new Float64Array(pool.length);
      return {
        completion: (barred: Int32Array): Float64Array => {
          sum.set(sure);
          for (const { k, bits } of unsure) {
            let w = 0;
            while (w < words && ((bits[w] as number) & ~(barred[w] as number)) === 0) w++;
            if (w === words) continue;
            for (let d = 0; d < sum.length; d++)
              sum[d] = (sum[d] as number) + ((pool[d] as Direction).prices[k] as number);
          }
          return sum;
        },
      };
    });
  }
}

interface Step {
  readonly completion: (barred: Int32Array) => Float64Array;
}

/** Partial choices that leave the same items free. */
interface Group {
  readonly barred: Int32Array;
  readonly ends: Partial[];
}

function gather(groups: Map<string, Group>, barred: Int32Array, ends: readonly Partial[]): void {
  const key = barred.join();
  const group = groups.get(key);
  if (group) for (const end of ends) group.ends.push(end);
  else groups.set(key, { barred, ends: [...ends] });
}

function extend(packing: Packing, before: Partial, item: number): Partial {
  return {
    first: before.first + at(packing.first, item),
    second: before.second + at(packing.second, item),
    item,
    before,
  };
}

/** Those that no other covers, the best for the first party first. */
function efficient(ends: Partial[]): Partial[] {
  ends.sort((one, other) => other.first - one.first || other.second - one.second);
  let most = Number.NEGATIVE_INFINITY;
  return ends.filter(({ second }) => {
    if (second <= most) return false;
    most = second;
    return true;
  });
}
