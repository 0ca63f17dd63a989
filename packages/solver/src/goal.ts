/**
 * What the dual engine maximises over gain vectors, each as a concave goal with its linear bounds.
 *
 * For weights w >= 0 every outcome has sum of w x gain at most B (the dual bound). A goal says how small that
 * sum can be for an outcome that is at least as good as the best one known; below that, nothing is lost.
 * - product: n-th root of the product <= (sum of w x gain) / n / (product of w)^(1/n) (means inequality);
 * - minimum of gain / scale: the gains are at least that minimum x scale, party by party;
 * - linear c x gain with floors: (c + w) x gain >= value + w x floor;
 * - lowering, the sum of min(0, gain): at most w x gain for w between 0 and 1.
 */
import { at } from "./model.ts";
import { type Comparison, compareLexicographic, type Gains } from "./rules.ts";

export interface Goal {
  readonly kind: "product" | "minimum" | "linear" | "lowering";
  /** Parties that the goal counts (product, minimum). */
  readonly counted: readonly boolean[];
  /** Weights of `linear`, scales of `minimum`; else unused. */
  readonly scale: Float64Array;
  /** Gains that an outcome must have. Minus infinity where it need not. */
  readonly floor: Float64Array;
  /** The full rule, of which the goal is the first part; 0 where it cannot tell. */
  readonly compare: Comparison;
  /** Only a larger value counts (linear): outcomes of the same value need not be seen. */
  readonly valueOnly: boolean;
}

export function meetsFloor(goal: Goal, gains: Gains): boolean {
  return goal.floor.every((least, p) => (gains[p] as number) >= least);
}

/** The goal's number for gains in units: a root of a product, a ratio, a sum. */
export function goalValue(goal: Goal, gains: Gains): number {
  const { counted, scale } = goal;
  switch (goal.kind) {
    case "product": {
      let logs = 0;
      let count = 0;
      for (const [p, counts] of counted.entries()) {
        if (!counts) continue;
        logs += Math.log(Math.max(0, gains[p] as number));
        count++;
      }
      return count === 0 ? 0 : Math.exp(logs / count);
    }
    case "minimum":
      return counted.reduce(
        (least, counts, p) => (counts ? Math.min(least, (gains[p] as number) / at(scale, p)) : least),
        Number.POSITIVE_INFINITY,
      );
    case "linear":
      return scale.reduce((sum, weight, p) => sum + weight * (gains[p] as number), 0);
    case "lowering":
      return Array.from(gains).reduce((sum, gain) => sum + Math.min(0, gain), 0);
  }
}

/** A bound on the goal's number when no outcome has a sum of weights x gain above `most`. */
export function goalBound(goal: Goal, weights: Gains, most: number): number {
  const { counted, scale, floor } = goal;
  switch (goal.kind) {
    case "product": {
      let logs = 0;
      let count = 0;
      for (const [p, counts] of counted.entries()) {
        if (!counts) continue;
        logs += Math.log(weights[p] as number);
        count++;
      }
      return count === 0 ? 0 : most / count / Math.exp(logs / count);
    }
    case "minimum":
      return (
        most /
        counted.reduce((sum, counts, p) => sum + (counts ? (weights[p] as number) * at(scale, p) : 0), 0)
      );
    case "linear":
      return most - scale.reduce((sum, own, p) => sum + surplus(weights[p] as number, own, at(floor, p)), 0);
    case "lowering":
      return Math.min(0, most);
  }
}

/**
 * The gains that every outcome has which meets the floor and is at least as good as the incumbent, with a
 * number of at least `value`: whole numbers, but for rounding where `value` asks most.
 */
export function leastGains(goal: Goal, incumbent: Gains | null, value: number): Float64Array {
  if (goal.kind !== "minimum") return goal.floor;
  const raised = incumbent ? raisedFloor(goal, incumbent) : goal.floor;
  return raised.map((least, p) => (goal.counted[p] ? Math.max(least, value * at(goal.scale, p)) : least));
}

/**
 * The sum of weights x gain that every outcome has which is at least as good as the incumbent, with a number
 * of at least `value`; a float, not above the true number by more than rounding.
 * @param least Their `leastGains`.
 */
export function leastSum(
  goal: Goal,
  weights: Gains,
  least: Gains,
  incumbent: Gains | null,
  value: number,
): number {
  const known = incumbent ? Math.max(goalValue(goal, incumbent) + (goal.valueOnly ? 1 : 0), value) : value;
  if (goal.kind === "lowering") return known;
  const { counted, scale, floor } = goal;
  // Parties by their least gains; those that a product counts by the means inequality.
  let byFloor = goal.kind === "linear" ? known : 0;
  let rest = 0;
  let logs = 0;
  let count = 0;
  for (let p = 0; p < counted.length; p++) {
    const weight = weights[p] as number;
    if (goal.kind === "linear") byFloor += surplus(weight, at(scale, p), at(floor, p));
    else if (weight > 0) byFloor += weight * (least[p] as number);
    if (goal.kind !== "product") continue;
    if (counted[p]) {
      logs += Math.log(weight);
      count++;
    } else rest += weight * at(floor, p);
  }
  if (goal.kind === "minimum" && incumbent) return Math.max(byFloor, leximinSum(goal, weights, incumbent));
  if (goal.kind !== "product" || known === Number.NEGATIVE_INFINITY) return byFloor;
  return Math.max(byFloor, rest + count * Math.exp(logs / count) * known);
}

/**
 * As `leastSum`, where the minimum is the first level of a leximin and all parties are measured alike: the gains
 * of an outcome as good are, in ascending order, the incumbent's, or they are so up to some place where there
 * is at least one unit more, and from there on. The smallest sum gives the smallest gains to the largest weights.
 */
function leximinSum({ counted, scale }: Goal, weights: Gains, incumbent: Gains): number {
  const measure = at(scale, 0);
  if (!counted.every((counts, p) => counts && scale[p] === measure)) return Number.NEGATIVE_INFINITY;
  const gains = Float64Array.from(incumbent).sort();
  const heaviest = Float64Array.from(weights).sort().reverse();
  let rest = heaviest.reduce((sum, weight) => sum + weight, 0);
  let same = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [k, weight] of heaviest.entries()) {
    least = Math.min(least, same + rest * (at(gains, k) + 1));
    same += weight * at(gains, k);
    rest -= weight;
  }
  return Math.min(least, same);
}

/** The gains that a minimum no smaller than the incumbent's asks of each party: whole numbers. */
function raisedFloor(goal: Goal, incumbent: Gains): Float64Array {
  const { counted, scale, floor } = goal;
  let lowest = counted.indexOf(true);
  for (const [p, counts] of counted.entries()) {
    if (!counts) continue;
    const less =
      BigInt(incumbent[p] as number) * BigInt(at(scale, lowest)) <
      BigInt(incumbent[lowest] as number) * BigInt(at(scale, p));
    if (less) lowest = p;
  }
  return floor.map((least, p) => {
    if (!counted[p]) return least;
    const top = BigInt(incumbent[lowest] as number) * BigInt(at(scale, p));
    const divisor = BigInt(at(scale, lowest));
    const quotient = top / divisor;
    const up = top > 0n && top % divisor !== 0n ? quotient + 1n : quotient;
    return Math.max(least, Number(up));
  });
}

function surplus(weight: number, own: number, floor: number): number {
  return weight > own ? (weight - own) * floor : 0;
}

/** The best gains so far by a goal's full rule, and whether only the last resort chose. */
export class Incumbent {
  gains: Float64Array | null = null;
  /** The values chosen. */
  chosen: Int32Array | null = null;
  tied: boolean = false;
  private readonly compare: Comparison;

  constructor(compare: Comparison) {
    this.compare = compare;
  }

  /** True where the vector takes the lead. */
  offer(gains: Float64Array, chosen: Int32Array): boolean {
    if (this.gains === null) {
      this.gains = gains.slice();
      this.chosen = chosen.slice();
      return true;
    }
    const order = this.compare(gains, this.gains);
    const last = order === 0 ? compareLexicographic(gains, this.gains) : order;
    if (order > 0) this.tied = false;
    else if (order === 0 && last !== 0) this.tied = true;
    if (last <= 0) return false;
    this.gains = gains.slice();
    this.chosen = chosen.slice();
    return true;
  }
}
