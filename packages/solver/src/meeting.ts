/**
 * Every choice of values that no bound of a pool excludes, by meeting in the middle (Horowitz and Sahni 1974).
 *
 * In each bound a value costs its regret, what the best value of its variable would add more, and all regrets
 * together must stay within what the bound reaches above what is needed. The open variables are dealt to two
 * sides. The partial choices of the second side that stay within are kept in a tree by what they cost in the
 * first bounds (completions.ts), which each partial choice of the first side asks for those that it can still
 * afford. So a search of N leaves takes about the root of N steps on each side.
 */
import type { BoundWeights } from "./bound-weights.ts";
import { Completions } from "./completions.ts";
import type { Field } from "./field.ts";
import { at } from "./model.ts";
import { PartialChoices } from "./partial-choices.ts";
import type { Pool } from "./pool.ts";

/** What a unit of the lead weighs against what a floor is worth in it: measured, and not sharp. */
const worthOfLead = 16;

/** Steps before a meeting is given up, and what it may keep. */
export interface Effort {
  /** So many partial choices of the second side. */
  readonly room: number;
  readonly steps: number;
  /** For each partial choice of the second side so many more. */
  readonly stepsForEach: number;
  /** Instead of `steps` where linked variables alone are more than a side. */
  readonly linkedSteps: number;
}

export interface Meeting {
  readonly field: Field;
  readonly alive: Uint8Array;
  /** What is needed may rise during the meeting. */
  readonly pool: Pool;
  readonly effort: Effort;
  /** False where the search must stop. */
  readonly step: (weight: number) => boolean;
  readonly visit: (chosen: Int32Array) => boolean;
}

/** True when every choice was visited, false when a step or visit stopped it, null when there are too many. */
export function meet(meeting: Meeting): boolean | null {
  return new Sides(meeting).meet();
}

/** An outcome that spends all of the slack of the lead usually changes about so many of the best values. */
const usualChanges = 8;

interface OpenVariable {
  readonly variable: number;
  /** In descending order of the leading bound. */
  readonly values: Int32Array;
  /** In bound j the k-th value costs costs[k * width + j]. */
  readonly costs: Float64Array;
  /** What the second value costs in the leading bound. */
  readonly regret: number;
  /** One of the values excludes one that is alive, or is named by an interaction. */
  readonly linked: boolean;
}

class Sides {
  private readonly meeting: Meeting;
  /** Bounds in the pool. */
  private readonly width: number;
  /** What each bound reaches with the best values throughout. */
  private readonly reach: Float64Array;
  private readonly chosen: Int32Array;
  /** For each value, how many of the chosen exclude it. */
  private readonly blocked: Int32Array;
  private stopped: boolean = false;
  private steps = 0;
  private most: number;

  constructor(meeting: Meeting) {
    const { field, alive, pool } = meeting;
    this.meeting = meeting;
    this.most = meeting.effort.steps;
    this.width = pool.bounds.length;
    this.reach = Float64Array.from(pool.bounds, (bound) => bound.constant);
    this.chosen = new Int32Array(field.first.length - 1).fill(-1);
    this.blocked = new Int32Array(alive.length);
  }

  meet(): boolean | null {
    const open: OpenVariable[] = [];
    for (let k = 0; k < this.chosen.length; k++) {
      const one = this.open(k);
      if (one.values.length > 1) open.push(one);
      else this.chosen[k] = at(one.values, 0);
    }
    // Where the second best costs most first: few partial choices until late.
    open.sort((one, other) => other.regret - one.regret);
    const closed = this.join(...this.deal(open));
    return closed ? true : this.stopped ? false : null;
  }

  /**
   * Two sides with about as many partial choices. Variables of linkages that are still open, and of
   * interactions, go to the first side, where each choice at once narrows the others; so where all are such,
   * it is a depth-first search.
   */
  private deal(open: readonly OpenVariable[]): readonly [OpenVariable[], OpenVariable[]] {
    const { width } = this;
    const slack = Math.max(1, at(this.reach, 0) - at(this.meeting.pool.needed, 0));
    const weightOf = ({ values, costs }: OpenVariable): number => {
      let likely = 0;
      for (let k = 0; k < values.length; k++)
        likely += Math.exp((-at(costs, k * width) / slack) * usualChanges);
      return Math.log(likely);
    };
    const first = open.filter(({ linked }) => linked);
    const second: OpenVariable[] = [];
    let ahead = first.reduce((sum, one) => sum + weightOf(one), 0);
    const free = open.reduce((sum, one) => sum + (one.linked ? 0 : weightOf(one)), 0);
    if (ahead > free) this.most = Math.min(this.most, this.meeting.effort.linkedSteps);
    for (const one of open) {
      if (one.linked) continue;
      if (ahead > 0) second.push(one);
      else first.push(one);
      ahead += ahead > 0 ? -weightOf(one) : weightOf(one);
    }
    const byRegret = (one: OpenVariable, other: OpenVariable): number => other.regret - one.regret;
    return [first.sort(byRegret), second];
  }

  private open(variable: number): OpenVariable {
    const { field, alive, pool } = this.meeting;
    const { first, conflicts, bonusesOf } = field;
    const { width, reach } = this;
    const lead = at(pool.bounds, 0).ofValue;
    const values: number[] = [];
    for (let v = at(first, variable); v < at(first, variable + 1); v++) if (alive[v]) values.push(v);
    values.sort((a, b) => at(lead, b) - at(lead, a));
    const costs = new Float64Array(values.length * width);
    for (const [j, { ofValue }] of pool.bounds.entries()) {
      let best = Number.NEGATIVE_INFINITY;
      for (const v of values) best = Math.max(best, ofValue[v] as number);
      reach[j] = at(reach, j) + best;
      for (const [k, v] of values.entries()) costs[k * width + j] = best - (ofValue[v] as number);
    }
    const linked = values.some(
      (v) => at(bonusesOf, v).length > 0 || at(conflicts, v).some((other) => alive[other] === 1),
    );
    return { variable, values: Int32Array.from(values), costs, regret: costs[width] ?? 0, linked };
  }

  private join(first: readonly OpenVariable[], second: readonly OpenVariable[]): boolean {
    const { chosen, meeting } = this;
    const { needed, leading: width } = meeting.pool;
    const visit = (): boolean => {
      this.stopped = !meeting.visit(chosen);
      return !this.stopped;
    };
    if (second.length === 0) return this.partials(first, visit);
    const kept = this.keep(second);
    if (!kept) return false;
    const scale = Float64Array.from({ length: width }, (_, j) => this.scale(j));
    const completions = new Completions(kept.costs, kept.size, scale);
    const budget = new Float64Array(width);
    const best = this.best(second);
    return this.partials(first, (rest, from) => {
      for (let j = 0; j < width; j++) budget[j] = (rest[from + j] as number) - (needed[j] as number);
      const before = completions.steps;
      const complete = (place: number): boolean => {
        kept.trace(place, (k, v) => {
          chosen[at(second, k).variable] = v;
        });
        return this.count(1) && (!this.allows(second, rest, from, best) || visit());
      };
      return completions.each(budget, complete) && this.count(completions.steps - before);
    });
  }

  /** What the best values of these variables add up to in each bound. */
  private best(side: readonly OpenVariable[]): Float64Array {
    return Float64Array.from(this.meeting.pool.bounds, ({ ofValue }, j) =>
      side.reduce((sum, { values, costs }) => sum + at(ofValue, at(values, 0)) + at(costs, j), 0),
    );
  }

  /** Whether the whole choice reaches what every bound needs, where the first side left so much of each. */
  private allows(
    second: readonly OpenVariable[],
    rest: Float64Array,
    from: number,
    best: Float64Array,
  ): boolean {
    const { chosen } = this;
    const { bounds, needed } = this.meeting.pool;
    for (let j = 0; j < bounds.length; j++) {
      const { ofValue } = bounds[j] as BoundWeights;
      let sum = (rest[from + j] as number) - (best[j] as number);
      for (let k = 0; k < second.length; k++)
        sum += ofValue[chosen[(second[k] as OpenVariable).variable] as number] as number;
      if (sum < (needed[j] as number)) return false;
    }
    return true;
  }

  /** The partial choices of the second side; null where they are too many. */
  private keep(second: readonly OpenVariable[]): PartialChoices | null {
    const { chosen, reach } = this;
    const { pool, effort } = this.meeting;
    const width = pool.leading;
    const kept = new PartialChoices(width, second.length);
    const full = this.partials(second, (rest, from, since) => {
      for (let j = 0; j < width; j++)
        kept.costs[kept.size * width + j] = at(reach, j) - (rest[from + j] as number);
      for (let k = since; k < second.length; k++) kept.branch(k, at(chosen, at(second, k).variable));
      kept.add();
      this.most += effort.stepsForEach;
      return kept.size <= effort.room;
    });
    return full ? kept : null;
  }

  /** Makes what floors cost and what the lead costs comparable. */
  private scale(j: number): number {
    const { bounds } = this.meeting.pool;
    const lead = at(bounds, 0);
    if (j === 0) return worthOfLead;
    return at(lead.weights, at(bounds, j).weights.indexOf(1)) * lead.unit;
  }

  private count(steps: number): boolean {
    this.steps += steps;
    if (!this.meeting.step(steps)) this.stopped = true;
    return !this.stopped && this.steps < this.most;
  }

  /**
   * Visits the choices of these variables that stay within every bound if all others are at their best: with
   * what each bound then reaches (the numbers from `from` on), and from which of the variables on the choice
   * is another one than at the visit before.
   */
  private partials(
    side: readonly OpenVariable[],
    visit: (reach: Float64Array, from: number, since: number) => boolean,
  ): boolean {
    const { conflicts } = this.meeting.field;
    const { needed } = this.meeting.pool;
    const { chosen, blocked, width } = this;
    const rows = new Float64Array((side.length + 1) * width);
    rows.set(this.reach);
    let since = 0;
    const go = (depth: number): boolean => {
      if (depth === side.length) {
        const first = since;
        since = depth;
        return visit(rows, depth * width, first);
      }
      const { variable, values, costs } = side[depth] as OpenVariable;
      const row = depth * width;
      const below = row + width;
      for (let k = 0; k < values.length; k++) {
        if (!this.count(1)) return false;
        const v = values[k] as number;
        if ((blocked[v] as number) > 0) continue;
        let j = 0;
        for (let c = k * width; j < width; j++, c++) {
          const left = (rows[row + j] as number) - (costs[c] as number);
          if (!(left >= (needed[j] as number))) break;
          rows[below + j] = left;
        }
        // Values come in the order of the first bound: what fails it, ends the list.
        if (j === 0) break;
        if (j < width) continue;
        chosen[variable] = v;
        if (depth < since) since = depth;
        const partners = conflicts[v] as Int32Array;
        for (const partner of partners) blocked[partner] = at(blocked, partner) + 1;
        const on = go(depth + 1);
        for (const partner of partners) blocked[partner] = at(blocked, partner) - 1;
        if (!on) return false;
      }
      return true;
    };
    return go(0);
  }
}
