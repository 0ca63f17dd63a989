/**
 * Joined variables as boxes: what is paid when some variables each have a value within an interval.
 *
 * - A bonus whose values of a variable are no interval (in the order of the options) becomes one box for each
 *   run of them: no outcome is in two.
 * - A malus is paid once for all, and comes back outside of its box, which is cut into boxes that do not meet.
 * - What options are worth by themselves, above the least of their variable, are boxes of one value each.
 * So every box pays something above zero. Intervals have the Helly property: boxes can all be satisfied at
 * once if and only if every two of them can, so that a choice of boxes is a set of items no two of which
 * exclude each other.
 */
import type { Front } from "./front.ts";
import { at } from "./model.ts";
import type { Network } from "./network.ts";

/** Places among the values of a variable, both ends included. */
export interface Interval {
  readonly variable: number;
  readonly from: number;
  readonly to: number;
}

export interface Box {
  /** By party, none below zero. */
  readonly units: Float64Array;
  /** At most one interval for each variable, none of which holds all its values. */
  readonly when: readonly Interval[];
}

/** More boxes than this are not searched as boxes. */
const mostBoxes = 600;

/** Null where linkages or inner issues with a front of their own are in the way, or boxes too many. */
export function boxesOf(network: Network, own: readonly Front[]): readonly Box[] | null {
  if (network.conflicts.some((others) => others.size > 0)) return null;
  if (network.variables.flat().some((value) => at(own, value).size !== 1)) return null;
  const found = new Map<string, Box>();
  const add = (when: readonly Interval[], party: number, units: number): boolean => {
    const key = when.map(({ variable, from, to }) => `${variable}:${from}-${to}`).join();
    let box = found.get(key);
    if (!box) {
      box = { units: new Float64Array(2), when };
      found.set(key, box);
    }
    box.units[party] = at(box.units, party) + units;
    return found.size <= mostBoxes;
  };
  for (const { party, units, when } of network.bonuses) {
    const conditions = [...when]
      .sort(([one], [other]) => one - other)
      .map(([variable, values]) => runsOf(variable, at(network.variables, variable), values));
    // One list of boxes, or a list for each condition that may be the first to fail.
    const products =
      units > 0
        ? [conditions.map(({ inside }) => inside)]
        : conditions.map(({ outside }, k) => [
            ...conditions.slice(0, k).map(({ inside }) => inside),
            outside,
          ]);
    if (products.some((lists) => lists.reduce((size, list) => size * list.length, 1) > mostBoxes))
      return null;
    for (const box of products.flatMap(productOf))
      if (box.length > 0 && !add(box, party, Math.abs(units))) return null;
  }
  for (const [variable, values] of network.variables.entries()) {
    for (let p = 0; p < 2; p++) {
      const worth = values.map((v) => at(at(network.values, v).units, p) + at(at(own, v).vector(0), p));
      const least = Math.min(...worth);
      for (const [place, units] of worth.entries()) {
        if (units > least && !add([{ variable, from: place, to: place }], p, units - least)) return null;
      }
    }
  }
  return [...found.values()];
}

interface Runs {
  /** Runs of places that are among the values; where all are, one that asks nothing. */
  readonly inside: readonly (readonly Interval[])[];
  readonly outside: readonly (readonly Interval[])[];
}

function runsOf(variable: number, all: readonly number[], values: ReadonlySet<number>): Runs {
  const inside: Interval[][] = [];
  const outside: Interval[][] = [];
  let from = 0;
  for (let place = 1; place <= all.length; place++) {
    const holds = values.has(at(all, from));
    if (place < all.length && values.has(at(all, place)) === holds) continue;
    (holds ? inside : outside).push([{ variable, from, to: place - 1 }]);
    from = place;
  }
  return outside.length === 0 ? { inside: [[]], outside } : { inside, outside };
}

/** One of each list, joined. */
function productOf(lists: readonly (readonly (readonly Interval[])[])[]): readonly (readonly Interval[])[] {
  return lists.reduce<readonly (readonly Interval[])[]>(
    (all, list) => all.flatMap((one) => list.map((other) => [...one, ...other])),
    [[]],
  );
}

/** For each box, those that cannot be satisfied with it, in rising order. */
export function rivalsOf(boxes: readonly Box[]): readonly Int32Array[] {
  const apart = ({ when: one }: Box, { when: other }: Box): boolean =>
    one.some((mine) =>
      other.some((its) => its.variable === mine.variable && (its.from > mine.to || its.to < mine.from)),
    );
  return boxes.map((box) => Int32Array.from(boxes.keys()).filter((k) => apart(box, at(boxes, k))));
}

/**
 * Cliques of a graph that hold all its edges, each as large as it greedily gets; an item without edges is a
 * clique by itself.
 */
export function cliqueCover(rivals: readonly Int32Array[]): Int32Array[] {
  const count = rivals.length;
  const open = new Uint8Array(count * count);
  for (const [one, others] of rivals.entries()) for (const other of others) open[one * count + other] = 1;
  const joined = open.slice();
  const cliques: Int32Array[] = [];
  for (const [one, others] of rivals.entries()) {
    if (others.length === 0) cliques.push(Int32Array.of(one));
    for (const other of others) {
      if (other > one && open[one * count + other]) cliques.push(grow([one, other]));
    }
  }
  return cliques;

  function grow(clique: number[]): Int32Array {
    let candidates = [...at(rivals, at(clique, 0))].filter((item) => joined[item * count + at(clique, 1)]);
    while (candidates.length > 0) {
      // First those that cover most edges not covered yet, then those that leave most candidates.
      const rank = (item: number): number =>
        clique.reduce((sum, member) => sum + count * (open[item * count + member] as number), 0) +
        candidates.reduce((sum, other) => sum + (joined[item * count + other] as number), 0);
      const best = candidates.reduce((one, other) => (rank(other) > rank(one) ? other : one));
      clique.push(best);
      candidates = candidates.filter((item) => joined[item * count + best]);
    }
    for (const one of clique) for (const other of clique) open[one * count + other] = 0;
    return Int32Array.from(clique);
  }
}
