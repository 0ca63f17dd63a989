/**
 * The best outcome for a goal, with proof: branch and bound on a pool of dual bounds.
 *
 * At each node the relaxation is minimised again over the values that are left; values whose reduced cost
 * shows that no better outcome has them go; what is left is searched depth-first against the whole pool (for a
 * smallest gain or ratio: by halves that meet, two-halves.ts), and only where that takes too many steps the
 * node is split. All pruning is on whole numbers (bound-weights.ts).
 */
import { type BoundWeights, boundWeights, type Multipliers } from "./bound-weights.ts";
import { type Field, gainsOf, keepsLinkages } from "./field.ts";
import {
  type Goal,
  goalBound,
  goalValue,
  Incumbent,
  leastGains,
  leastSum,
  leastSumAt,
  meetsFloor,
} from "./goal.ts";
import type { Budget } from "./limits.ts";
import { improve } from "./local-search.ts";
import { at } from "./model.ts";
import { Relaxation } from "./relaxation.ts";
import { meetInTheMiddle } from "./two-halves.ts";

export interface SearchResult {
  readonly incumbent: Incumbent;
  /** No outcome is better, and every outcome as good was seen (only its value, for a value-only goal). */
  readonly proven: boolean;
  /** No outcome's number is above this; the incumbent's own where proven. */
  readonly bound: number;
}

interface SearchOptions {
  /** Stop as soon as an outcome meets the goal's floor. */
  readonly firstOnly?: boolean;
  /** Chosen values that are worth trying first. */
  readonly hints?: readonly Int32Array[];
}

const poolSize = 80;
/** So few outcomes are looked at one by one. */
const fewOutcomes = 200;
const asideAtRoot = 64;
const asideBelow = 12;
/** How far aside, as the width of the logarithm of a random factor. */
const spreads = [0.1, 0.3, 0.8, 2];
const stepsBeforeSplit = 200_000;
/** How far from the bound to the incumbent the first pass reaches, and how much further each next one. */
const firstReach = 1 / 64;
const widening = 1.3;
/** Meeting in the middle finds what it looks for at once, and its cost grows faster with the reach. */
const meetWidening = 1.12;

interface PoolEntry {
  readonly bound: BoundWeights;
  /** In units of the bound: below this, nothing is as good as the incumbent. */
  needed: number;
}

export function search(
  field: Field,
  goal: Goal,
  walkAway: Float64Array,
  budget: Budget,
  options: SearchOptions = {},
): SearchResult {
  return new Search(field, goal, walkAway, budget, options).run();
}

class Search {
  private readonly field: Field;
  private readonly goal: Goal;
  private readonly walkAway: Float64Array;
  private readonly budget: Budget;
  private readonly options: SearchOptions;
  private readonly incumbent: Incumbent;
  private readonly relaxation: Relaxation;
  private readonly gains: Float64Array;
  private found: Int32Array | null = null;
  /** What is looked for at present; outcomes below it are left aside. */
  private target = Number.NEGATIVE_INFINITY;
  private rootBound = Number.POSITIVE_INFINITY;

  constructor(field: Field, goal: Goal, walkAway: Float64Array, budget: Budget, options: SearchOptions) {
    this.field = field;
    this.goal = goal;
    this.walkAway = walkAway;
    this.budget = budget;
    this.options = options;
    this.incumbent = new Incumbent(goal.compare);
    this.relaxation = new Relaxation(field, goal, walkAway);
    this.gains = new Float64Array(field.parties);
  }

  run(): SearchResult {
    const alive = new Uint8Array(this.field.variableOf.length).fill(1);
    for (const hint of this.options.hints ?? []) this.offer(hint);
    const closed = !this.propagate(alive) || (this.root(alive) && !this.stopped());
    const { gains } = this.incumbent;
    return {
      incumbent: this.incumbent,
      proven: closed,
      bound: closed && gains ? goalValue(this.goal, gains) : this.rootBound,
    };
  }

  private stopped(): boolean {
    return this.found !== null || this.budget.exhausted;
  }

  /**
   * Passes with a target that falls from the bound towards the incumbent. A pass that finds nothing costs
   * little and shows that nothing is so good; the first that finds something has seen all that is as good.
   */
  private root(alive: Uint8Array): boolean {
    const { field, goal, incumbent } = this;
    if (!this.budget.step(field.variableOf.length)) return false;
    if (this.outcomes(alive) <= fewOutcomes) {
      const plain = this.entry(this.relaxation.run(alive, 1).multipliers[0] as Multipliers);
      return this.descend(alive, [plain]) ?? false;
    }
    const relaxed = this.relaxation.run(alive, 12);
    const around = at(relaxed.multipliers, 0);
    const pool = [...relaxed.multipliers, ...this.aside(around, true)].map((one) => this.entry(one));
    for (const { bound } of pool) this.rootBound = Math.min(this.rootBound, this.boundOf(bound, alive));
    const chosen = improve(field, goal, this.walkAway, alive, relaxed.shares, true);
    if (chosen) this.offer(chosen);
    if (this.stopped()) return false;
    if (!incumbent.gains) return this.pass(alive, pool, relaxed.shares);
    const reached = goalValue(goal, incumbent.gains);
    for (let reach = firstReach; reach < 1; reach *= this.meets ? meetWidening : widening) {
      this.target = this.rootBound - (this.rootBound - reached) * reach;
      if (!this.pass(alive, pool, relaxed.shares)) return false;
      if (goalValue(goal, incumbent.gains) > this.target) return true;
    }
    this.target = Number.NEGATIVE_INFINITY;
    return this.pass(alive, pool, relaxed.shares);
  }

  private outcomes(alive: Uint8Array): number {
    const { first } = this.field;
    let product = 1;
    for (let k = 0; k + 1 < first.length; k++) {
      let left = 0;
      for (let v = at(first, k); v < at(first, k + 1); v++) left += at(alive, v);
      product *= left;
    }
    return product;
  }

  private pass(alive: Uint8Array, pool: readonly PoolEntry[], likely: Float64Array): boolean {
    const entries = this.withTangent(pool);
    for (const one of entries) one.needed = this.needed(one.bound);
    const left = alive.slice();
    if (!this.fix(left, entries)) return true;
    const finished = this.meets ? this.meet(left, entries) : this.descend(left, entries);
    return finished ?? this.split(left, entries, likely);
  }

  /** Whether what is near the bounds is listed by halves: it pays where every party has a floor that rises. */
  private get meets(): boolean {
    return this.goal.kind === "minimum" && this.field.bonuses.length === 0 && !this.options.firstOnly;
  }

  private meet(alive: Uint8Array, pool: readonly PoolEntry[]): boolean | null {
    const { field, goal, incumbent, budget } = this;
    const start = field.base.map((units, p) => units - at(this.walkAway, p));
    return meetInTheMiddle(
      field,
      alive,
      pool,
      start,
      {
        least: () => leastGains(goal, incumbent.gains, this.target),
        needed: () => at(pool, 0).needed,
        found: (chosen) => {
          if (this.offer(chosen)) for (const one of pool) one.needed = this.needed(one.bound);
        },
      },
      budget,
    );
  }

  /** A node below the root; false where the search ended before it was closed. */
  private node(alive: Uint8Array, inherited: readonly PoolEntry[]): boolean {
    const { field, goal } = this;
    if (!this.budget.step(field.variableOf.length)) return false;
    const relaxed = this.relaxation.run(alive, 3);
    const around = at(relaxed.multipliers, 0);
    const own = [...relaxed.multipliers, ...this.aside(around, false)].map((one) => this.entry(one));
    const pool = [...own, ...inherited].slice(0, poolSize);
    const chosen = improve(field, goal, this.walkAway, alive, relaxed.shares, false);
    if (chosen) this.offer(chosen);
    return !this.stopped() && this.pass(alive, pool, relaxed.shares);
  }

  /**
   * Weights a little aside of the best. Together they bound what a single vector cannot: a branch in which
   * one party is short already.
   */
  private aside(multipliers: Multipliers, root: boolean): Multipliers[] {
    const { weights } = multipliers;
    if (this.goal.kind === "linear" || this.goal.kind === "lowering") return [];
    const random = randomNumbers();
    return Array.from({ length: root ? asideAtRoot : asideBelow }, (_, k) => ({
      ...multipliers,
      weights: weights.map(
        (weight) =>
          weight * Math.exp(at(spreads, k % spreads.length) * (random() + random() + random() - 1.5)),
      ),
    }));
  }

  /** Adds the weights that are best at the incumbent itself: the tangent of a product. */
  private withTangent(pool: readonly PoolEntry[]): readonly PoolEntry[] {
    const { gains } = this.incumbent;
    const first = pool[0];
    if (this.goal.kind !== "product" || !gains || !first) return pool;
    const weights = gains.map((gain, p) => (this.goal.counted[p] ? 1 / gain : at(first.bound.weights, p)));
    const plain = {
      weights,
      blocks: new Float64Array(this.field.blocks.length),
      bonuses: this.evenSplit(weights),
    };
    return [...pool, this.entry(plain)];
  }

  private evenSplit(weights: Float64Array): Float64Array[] {
    return this.field.bonuses.map(({ party, units, values }) =>
      new Float64Array(values.length).fill(Math.max(0, (at(weights, party) * units) / values.length)),
    );
  }

  private entry(multipliers: Multipliers): PoolEntry {
    const bound = boundWeights(this.field, multipliers);
    return { bound, needed: this.needed(bound) };
  }

  /** What the bound of a branch must reach, rounded down by more than the error of its making. */
  private needed({ weights, unit }: BoundWeights): number {
    const proven = leastSum(this.goal, weights, this.incumbent.gains);
    const sum = Number.isFinite(this.target)
      ? Math.max(proven, leastSumAt(this.goal, weights, this.target))
      : proven;
    // Nothing to compare with yet, or weights so lopsided that their product is not a number: prune nothing.
    if (!Number.isFinite(sum)) return Number.NEGATIVE_INFINITY;
    let offset = 0;
    let size = Math.abs(sum);
    for (let p = 0; p < weights.length; p++) {
      const part = at(weights, p) * at(this.walkAway, p);
      offset += part;
      size += Math.abs(part);
    }
    return (sum + offset) * unit - size * unit * 2 ** -44;
  }

  private boundOf(bound: BoundWeights, alive: Uint8Array): number {
    let sum = bound.constant;
    for (let k = 0; k + 1 < this.field.first.length; k++) sum += this.bestOf(bound, k, alive);
    let offset = 0;
    for (let p = 0; p < bound.weights.length; p++) offset += at(bound.weights, p) * at(this.walkAway, p);
    return goalBound(this.goal, bound.weights, sum / bound.unit - offset);
  }

  private bestOf(bound: BoundWeights, variable: number, alive: Uint8Array): number {
    let most = Number.NEGATIVE_INFINITY;
    const to = at(this.field.first, variable + 1);
    for (let v = at(this.field.first, variable); v < to; v++) {
      if (alive[v] && (bound.ofValue[v] as number) > most) most = bound.ofValue[v] as number;
    }
    return most;
  }

  /** Takes out values that cannot be in a better outcome; false where nothing is left. */
  private fix(alive: Uint8Array, pool: readonly PoolEntry[]): boolean {
    const { field } = this;
    for (let changed = true; changed; ) {
      changed = false;
      for (const { bound, needed } of pool) {
        let sum = bound.constant;
        const best = new Float64Array(field.first.length - 1);
        for (let k = 0; k < best.length; k++) {
          best[k] = this.bestOf(bound, k, alive);
          sum += at(best, k);
        }
        if (!(sum >= needed)) return false;
        const slack = sum - needed;
        for (let v = 0; v < alive.length; v++) {
          if (alive[v] && at(best, at(field.variableOf, v)) - (bound.ofValue[v] as number) > slack) {
            alive[v] = 0;
            changed = true;
          }
        }
      }
      if (changed && !this.propagate(alive)) return false;
    }
    return true;
  }

  /** Takes out values whose partners are gone; false where a variable has none left. */
  private propagate(alive: Uint8Array): boolean {
    const { field } = this;
    const { first, variableOf } = field;
    const left = new Int32Array(first.length - 1);
    for (let v = 0; v < alive.length; v++)
      if (alive[v]) left[at(variableOf, v)] = at(left, at(variableOf, v)) + 1;
    if (left.some((count) => count === 0)) return false;
    for (let changed = true; changed; ) {
      changed = false;
      for (const { left: one, right: other } of field.blocks) {
        for (const [these, those] of [
          [one, other],
          [other, one],
        ] as const) {
          let inside = 0;
          for (const v of these) if (alive[v]) inside++;
          if (inside === 0 || inside < at(left, at(variableOf, at(these, 0)))) continue;
          for (const v of those) {
            if (!alive[v]) continue;
            alive[v] = 0;
            changed = true;
            const home = at(variableOf, v);
            left[home] = at(left, home) - 1;
            if (left[home] === 0) return false;
          }
        }
      }
    }
    return true;
  }

  /** Depth-first search; true when closed, false when stopped, null when it takes too long. */
  private descend(alive: Uint8Array, pool: readonly PoolEntry[]): boolean | null {
    const { field } = this;
    const count = field.first.length - 1;
    const lead = at(pool, 0).bound;
    const open = Array.from({ length: count }, (_, k) => {
      const values: number[] = [];
      for (let v = at(field.first, k); v < at(field.first, k + 1); v++) if (alive[v]) values.push(v);
      values.sort((a, b) => at(lead.ofValue, b) - at(lead.ofValue, a));
      const regret =
        values.length > 1 ? at(lead.ofValue, at(values, 0)) - at(lead.ofValue, at(values, 1)) : Infinity;
      return { values, regret };
    });
    // Issues that are decided first, then those where the second best costs most.
    open.sort((one, other) => other.regret - one.regret);
    const width = pool.length;
    const suffix = new Float64Array((count + 1) * width);
    for (let depth = count - 1; depth >= 0; depth--) {
      for (let j = 0; j < width; j++) {
        const { ofValue } = at(pool, j).bound;
        const most = at(open, depth).values.reduce(
          (top, v) => Math.max(top, at(ofValue, v)),
          Number.NEGATIVE_INFINITY,
        );
        suffix[depth * width + j] = at(suffix, (depth + 1) * width + j) + most;
      }
    }
    const sums = new Float64Array((count + 1) * width);
    for (let j = 0; j < width; j++) sums[j] = at(pool, j).bound.constant;
    const chosen = new Int32Array(count).fill(-1);
    const blocked = new Int32Array(alive.length);
    const order = Int32Array.from({ length: width }, (_, j) => j);
    let steps = 0;
    const go = (depth: number): boolean => {
      if (depth === count) {
        if (this.offer(chosen)) for (const one of pool) one.needed = this.needed(one.bound);
        return !this.stopped();
      }
      for (const v of at(open, depth).values) {
        if (++steps > stepsBeforeSplit || !this.budget.step()) return false;
        if (blocked[v]) continue;
        let k = 0;
        for (; k < width; k++) {
          const j = order[k] as number;
          const { bound, needed } = pool[j] as PoolEntry;
          const sum = (sums[depth * width + j] as number) + (bound.ofValue[v] as number);
          if (!(sum + (suffix[(depth + 1) * width + j] as number) >= needed)) break;
          sums[(depth + 1) * width + j] = sum;
        }
        if (k < width) {
          const j = order[k] as number;
          // What pruned last will prune next.
          if (k > 0) {
            order[k] = order[k >> 1] as number;
            order[k >> 1] = j;
          }
          // Values come in the order of the first bound: what fails it, ends the list.
          if (j === 0) break;
          continue;
        }
        chosen[at(field.variableOf, v)] = v;
        const partners = at(field.conflicts, v);
        for (const other of partners) blocked[other] = at(blocked, other) + 1;
        const closed = go(depth + 1);
        for (const other of partners) blocked[other] = at(blocked, other) - 1;
        chosen[at(field.variableOf, v)] = -1;
        if (!closed) return false;
      }
      return true;
    };
    if (go(0)) return true;
    return this.stopped() ? false : null;
  }

  /** Splits on the variable whose shares are most even, the likeliest value first. */
  private split(alive: Uint8Array, pool: readonly PoolEntry[], shares: Float64Array): boolean {
    const { field } = this;
    let branch = -1;
    let most = -1;
    for (let k = 0; k + 1 < field.first.length; k++) {
      let left = 0;
      let squares = 0;
      for (let v = at(field.first, k); v < at(field.first, k + 1); v++) {
        if (!alive[v]) continue;
        left++;
        squares += at(shares, v) ** 2;
      }
      if (left > 1 && 1 - squares > most) [branch, most] = [k, 1 - squares];
    }
    const values: number[] = [];
    for (let v = at(field.first, branch); v < at(field.first, branch + 1); v++) if (alive[v]) values.push(v);
    values.sort((a, b) => at(shares, b) - at(shares, a));
    for (const value of values) {
      const child = alive.slice();
      for (const other of values) if (other !== value) child[other] = 0;
      for (const one of pool) one.needed = this.needed(one.bound);
      if (!this.propagate(child) || !this.fix(child, pool)) continue;
      if (!this.node(child, pool)) return false;
    }
    return true;
  }

  /** Weighs a whole choice of values; true where it becomes the incumbent. */
  private offer(chosen: Int32Array): boolean {
    const gains = gainsOf(this.field, this.walkAway, chosen, this.gains);
    if (!keepsLinkages(this.field, chosen) || !meetsFloor(this.goal, gains)) return false;
    if (this.options.firstOnly) this.found = chosen;
    return this.incumbent.offer(gains, chosen);
  }
}

/** The same numbers from 0 to 1 in each run (a linear congruential generator). */
function randomNumbers(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
