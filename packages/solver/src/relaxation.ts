/**
 * Finds party weights and multipliers whose dual bound is low, by minimising
 *
 *   sum over variables of T log sum exp(weight of value / T)  -  goal's terms  -  barrier
 *
 * while the temperature T falls: the smoothed Lagrangian dual of the concave relaxation, which has as many
 * unknowns as there are parties, by Newton's method; between its steps the multipliers of blocks and bonuses
 * by closed-form coordinate steps (message passing, as in Werner 2007 and Meltzer et al. 2009).
 *
 * Nothing here need be exact: any result gives a valid bound (bound-weights.ts).
 */
import type { Multipliers } from "./bound-weights.ts";
import type { Basis } from "./dual-simplex.ts";
import type { Field } from "./field.ts";
import type { Goal } from "./goal.ts";
import { at } from "./model.ts";
import { newtonStep } from "./newton-step.ts";

export interface Relaxed {
  /** From the last temperatures, the coolest first. */
  readonly multipliers: readonly Multipliers[];
  /** Share of each value at the coolest temperature. */
  readonly shares: Float64Array;
  readonly basis?: Basis;
}

export class Relaxation {
  private readonly field: Field;
  private readonly goal: Goal;
  private readonly walkAway: Float64Array;
  /** A party's numbers are divided by this inside. */
  private readonly size: Float64Array;
  private readonly scaled: Float64Array;
  private readonly n: number;
  private readonly weightOf: Float64Array;
  private readonly share: Float64Array;
  private readonly mean: Float64Array;
  private readonly ownMean: Float64Array;
  private readonly hessian: Float64Array;
  private readonly lambda: Float64Array;
  private readonly blocks: Float64Array;
  /** For a bonus, the share of it that each condition carries; for a malus, the share charged to each. */
  private readonly bonuses: Float64Array[];
  /** Units that the charges of maluses give back, by party. */
  private readonly charged: Float64Array;
  private readonly shift: Float64Array;
  private coolest: number | null = null;
  private readonly step: (work: number) => boolean;

  /** @param step Counts the work; false where it is to stop: where it stands by then is the answer. */
  constructor(field: Field, goal: Goal, walkAway: Float64Array, step: (work: number) => boolean) {
    const n = field.parties;
    const count = field.units.length / n;
    this.field = field;
    this.goal = goal;
    this.walkAway = walkAway;
    this.n = n;
    this.size = sizes(field);
    this.scaled = field.units.map((units, k) => units / at(this.size, k % n));
    this.weightOf = new Float64Array(count);
    this.share = new Float64Array(count);
    this.mean = new Float64Array(n);
    this.ownMean = new Float64Array(n);
    this.hessian = new Float64Array(n * n);
    this.lambda = this.startingWeights();
    this.blocks = new Float64Array(field.blocks.length);
    this.bonuses = field.bonuses.map((bonus) => new Float64Array(bonus.values.length));
    this.charged = new Float64Array(n);
    for (const [k, { units, values }] of field.bonuses.entries()) {
      for (const c of values.keys()) if (units > 0) this.setShare(k, c, 1 / values.length);
    }
    this.shift = new Float64Array(count);
    this.step = step;
  }

  /** Minimises from where it stands, over the values that are alive. `stages` temperatures, the last ones kept. */
  run(alive: Uint8Array, stages: number): Relaxed {
    let temperature = this.coolest === null ? this.hottest(alive) : this.coolest * 0.4 ** -(stages - 1);
    const kept: Multipliers[] = [];
    for (let stage = 0; stage < stages; stage++) {
      if (stage > 0) temperature *= 0.4;
      this.cool(alive, temperature);
      if (stage >= stages - 3) kept.unshift(this.multipliers());
    }
    this.coolest = temperature;
    return { multipliers: kept, shares: this.share.slice() };
  }

  private multipliers(): Multipliers {
    // Where no outcome is in the zone the weights have no limit: start again rather than overflow.
    if (!this.lambda.every((weight) => weight > 1e-150 && weight < 1e150))
      this.lambda.set(this.startingWeights());
    return {
      weights: this.lambda.map((weight, p) => weight / at(this.size, p)),
      blocks: this.blocks.slice(),
      bonuses: this.bonuses.map((shares, k) => {
        const { party, units } = at(this.field.bonuses, k);
        const worth = (Math.abs(units) * at(this.lambda, party)) / at(this.size, party);
        return shares.map((share) => share * worth);
      }),
    };
  }

  private cool(alive: Uint8Array, temperature: number): void {
    const linked = this.blocks.length + this.bonuses.length > 0;
    const links = this.field.bonuses.reduce((sum, { values }) => sum + 2 * values.length, this.blocks.length);
    const work = links + (this.share.length * (this.n + 4) ** 2) / 1000;
    for (let round = 0; round < (linked ? 10 : 8); round++) {
      if (!this.step(work)) return;
      if (linked) {
        this.evaluate(alive, temperature, false);
        this.passMessages(alive, temperature);
      }
      const decrement = this.newtonStep(alive, temperature);
      if (!linked && decrement < 1e-7) break;
    }
  }

  private startingWeights(): Float64Array {
    const { goal, n } = this;
    const counted = goal.counted.filter(Boolean).length;
    // The size of the goal's own terms, which the weights of floors start far below.
    const most = goal.counted.reduce((top, counts, p) => {
      if (goal.kind === "linear") return Math.max(top, at(goal.scale, p) * at(this.size, p));
      return counts && goal.kind === "minimum"
        ? Math.max(top, at(this.size, p) / at(goal.scale, p) / counted)
        : top;
    }, 1e-12);
    return Float64Array.from({ length: n }, (_, p) => {
      if (goal.kind === "linear") return at(goal.scale, p) * at(this.size, p) + 0.01 * most;
      if (goal.kind === "lowering") return 0.5 * at(this.size, p);
      if (!goal.counted[p]) return 0.01 * most;
      return goal.kind === "product" ? 2 : at(this.size, p) / at(goal.scale, p) / counted;
    });
  }

  private hottest(alive: Uint8Array): number {
    const { first } = this.field;
    this.weigh();
    let spread = 0;
    for (let k = 0; k + 1 < first.length; k++) {
      let most = Number.NEGATIVE_INFINITY;
      let least = Number.POSITIVE_INFINITY;
      for (let v = at(first, k); v < at(first, k + 1); v++) {
        if (!alive[v]) continue;
        most = Math.max(most, at(this.weightOf, v));
        least = Math.min(least, at(this.weightOf, v));
      }
      if (most > least) spread += most - least;
    }
    return spread === 0 ? 1e-9 : spread / (first.length - 1) / 4;
  }

  /** The weight of every value, multipliers included. */
  private weigh(): void {
    const { n, scaled, lambda, weightOf, shift } = this;
    this.gatherShift();
    for (let v = 0; v < weightOf.length; v++) {
      let sum = shift[v] as number;
      for (let p = 0; p < n; p++) sum += (lambda[p] as number) * (scaled[v * n + p] as number);
      weightOf[v] = sum;
    }
  }

  private gatherShift(): void {
    const { shift, field } = this;
    if (this.blocks.length === 0) return;
    shift.fill(0);
    for (const [k, { left, right }] of field.blocks.entries()) {
      const part = at(this.blocks, k);
      if (part === 0) continue;
      for (const v of left) shift[v] = at(shift, v) - part;
      for (const v of right) shift[v] = at(shift, v) - part;
    }
  }

  /** The smoothed bound less the goal's terms; fills shares, means and, if asked, second derivatives. */
  private evaluate(alive: Uint8Array, temperature: number, second: boolean): number {
    const { n, field, scaled, weightOf, share, mean, ownMean, hessian, lambda } = this;
    const { first } = field;
    this.weigh();
    mean.fill(0);
    if (second) hessian.fill(0);
    let total = 0;
    for (let k = 0; k + 1 < first.length; k++) {
      const from = first[k] as number;
      const to = first[k + 1] as number;
      let top = Number.NEGATIVE_INFINITY;
      for (let v = from; v < to; v++)
        if (alive[v] && (weightOf[v] as number) > top) top = weightOf[v] as number;
      let sum = 0;
      for (let v = from; v < to; v++) {
        const part = alive[v] ? Math.exp(((weightOf[v] as number) - top) / temperature) : 0;
        share[v] = part;
        sum += part;
      }
      total += top + temperature * Math.log(sum);
      ownMean.fill(0);
      for (let v = from; v < to; v++) {
        const part = (share[v] as number) / sum;
        share[v] = part;
        if (part < 1e-12) continue;
        for (let p = 0; p < n; p++) {
          const own = part * (scaled[v * n + p] as number);
          ownMean[p] = (ownMean[p] as number) + own;
          if (second) {
            for (let q = 0; q <= p; q++) {
              hessian[p * n + q] = (hessian[p * n + q] as number) + own * (scaled[v * n + q] as number);
            }
          }
        }
      }
      for (let p = 0; p < n; p++) {
        mean[p] = (mean[p] as number) + (ownMean[p] as number);
        if (!second) continue;
        for (let q = 0; q <= p; q++) {
          hessian[p * n + q] =
            (hessian[p * n + q] as number) - (ownMean[p] as number) * (ownMean[q] as number);
        }
      }
    }
    for (let p = 0; p < n; p++) {
      const units = at(field.base, p) + at(this.charged, p) - at(this.walkAway, p) - this.floorOf(p);
      const fixed = units / at(this.size, p);
      total += (lambda[p] as number) * fixed;
      mean[p] = (mean[p] as number) + fixed;
    }
    for (let p = 0; p < n; p++) total += this.barrier(p, temperature)[0];
    return total;
  }

  /** Floors count where weights above the goal's own buy them. */
  private floorOf(p: number): number {
    const { goal } = this;
    const floor = at(goal.floor, p);
    if (goal.kind === "minimum" || goal.kind === "lowering" || !Number.isFinite(floor)) return 0;
    return goal.kind === "linear" || !goal.counted[p] ? floor : 0;
  }

  /** The least weight that a party may have. */
  private lowest(p: number): number {
    return this.goal.kind === "linear" ? at(this.goal.scale, p) * at(this.size, p) : 0;
  }

  /** Value, slope and bend of what keeps a weight inside its range; for a product it is the goal itself. */
  private barrier(p: number, temperature: number): readonly [number, number, number] {
    const { goal } = this;
    const above = at(this.lambda, p) - this.lowest(p);
    const strength = goal.kind === "product" && goal.counted[p] ? 1 : temperature;
    const low = [-strength * Math.log(above), -strength / above, strength / above ** 2] as const;
    if (goal.kind !== "lowering") return low;
    const below = at(this.size, p) - at(this.lambda, p);
    return [
      low[0] - temperature * Math.log(below),
      low[1] + temperature / below,
      low[2] + temperature / below ** 2,
    ];
  }

  /** One damped Newton step on the party weights; returns the squared decrement over the temperature. */
  private newtonStep(alive: Uint8Array, temperature: number): number {
    const { n, goal, lambda, mean, hessian } = this;
    const before = this.evaluate(alive, temperature, true);
    const gradient = mean.slice();
    const system = new Float64Array(n * n);
    for (let p = 0; p < n; p++) {
      for (let q = 0; q <= p; q++) {
        const value = at(hessian, p * n + q) / temperature;
        system[p * n + q] = value;
        system[q * n + p] = value;
      }
    }
    for (let p = 0; p < n; p++) {
      const [, slope, bend] = this.barrier(p, temperature);
      gradient[p] = at(gradient, p) + slope;
      system[p * n + p] = at(system, p * n + p) + bend;
    }
    const normal = goal.kind === "minimum" ? this.normal() : null;
    const step = newtonStep(system, gradient, normal);
    if (!step) return 0;
    const slope = step.reduce((sum, value, p) => sum + value * at(gradient, p), 0);
    if (!(slope < 0)) return 0;
    const start = lambda.slice();
    let length = this.longest(start, step);
    for (let tries = 0; tries < 12; tries++) {
      for (let p = 0; p < n; p++) lambda[p] = at(start, p) + length * at(step, p);
      if (this.evaluate(alive, temperature, false) <= before + 0.1 * length * slope) break;
      length /= 2;
      if (tries === 11) lambda.set(start);
    }
    return -slope / temperature;
  }

  /** `minimum` keeps the weighted sum of scales at 1. */
  private normal(): Float64Array {
    const { goal } = this;
    return Float64Array.from(this.size, (size, p) => (goal.counted[p] ? at(goal.scale, p) / size : 0));
  }

  /** The share of a step that keeps every weight inside its range. */
  private longest(start: Float64Array, step: Float64Array): number {
    let length = 1;
    for (let p = 0; p < this.n; p++) {
      const move = at(step, p);
      if (move < 0) length = Math.min(length, (0.95 * (at(start, p) - this.lowest(p))) / -move);
      if (move > 0 && this.goal.kind === "lowering") {
        length = Math.min(length, (0.95 * (at(this.size, p) - at(start, p))) / move);
      }
    }
    return length;
  }

  /** Sets each multiplier to its best for the present shares, in closed form at this temperature. */
  private passMessages(alive: Uint8Array, temperature: number): void {
    const { field, weightOf, blocks } = this;
    for (const [k, { left, right }] of field.blocks.entries()) {
      const one = this.odds(left, alive, temperature);
      const other = this.odds(right, alive, temperature);
      const old = at(blocks, k);
      if (!Number.isFinite(one) || !Number.isFinite(other)) continue;
      const next = Math.max(0, old + (one + other) / 2);
      blocks[k] = next;
      for (const v of left) weightOf[v] = at(weightOf, v) - next + old;
      for (const v of right) weightOf[v] = at(weightOf, v) - next + old;
    }
    for (const [k, bonus] of field.bonuses.entries()) {
      const worth = (at(this.lambda, bonus.party) / at(this.size, bonus.party)) * bonus.units;
      if (worth > 1e-12) this.splitBonus(k, worth, alive, temperature);
      else if (worth < -1e-12) this.chargeMalus(k, -worth, alive, temperature);
    }
  }

  /** Temperature x log odds that one of these values of a variable is chosen. */
  private odds(values: Int32Array, alive: Uint8Array, temperature: number): number {
    const { field, weightOf } = this;
    const variable = at(field.variableOf, at(values, 0));
    let top = Number.NEGATIVE_INFINITY;
    for (let v = at(field.first, variable); v < at(field.first, variable + 1); v++) {
      if (alive[v]) top = Math.max(top, at(weightOf, v));
    }
    let all = 0;
    for (let v = at(field.first, variable); v < at(field.first, variable + 1); v++) {
      if (alive[v]) all += Math.exp((at(weightOf, v) - top) / temperature);
    }
    let inside = 0;
    for (const v of values) if (alive[v]) inside += Math.exp((at(weightOf, v) - top) / temperature);
    const outside = all - inside;
    if (inside <= 0) return Number.NEGATIVE_INFINITY;
    return temperature * Math.log(inside / Math.max(outside, 1e-30));
  }

  /** Splits a bonus so that its conditions are equally likely, as far as parts of 0 and more can. */
  private splitBonus(k: number, worth: number, alive: Uint8Array, temperature: number): void {
    const { values } = at(this.field.bonuses, k);
    const shares = at(this.bonuses, k);
    const bare = values.map(
      (own, c) => Math.max(-1e30, this.odds(own, alive, temperature)) - at(shares, c) * worth,
    );
    const order = [...bare].sort((a, b) => a - b);
    // Water-filling: raise the least likely first.
    let level = 0;
    let used = 0;
    for (let count = 1; count <= order.length; count++) {
      used += at(order, count - 1);
      level = (worth + used) / count;
      if (count === order.length || level <= at(order, count)) break;
    }
    for (const c of values.keys())
      this.setShare(k, c, Math.max(0, Math.min(1, (level - at(bare, c)) / worth)));
  }

  /** Charges a malus to each condition until their likelihoods add up to what one less than all would give. */
  private chargeMalus(k: number, worth: number, alive: Uint8Array, temperature: number): void {
    const { values, party, units } = at(this.field.bonuses, k);
    const old = at(at(this.bonuses, k), 0);
    const odds = values.map((own) => this.odds(own, alive, temperature) + old * worth);
    let low = 0;
    let high = worth;
    for (let round = 0; round < 25; round++) {
      const middle = (low + high) / 2;
      const likely = odds.reduce((sum, one) => sum + 1 / (1 + Math.exp((middle - one) / temperature)), 0);
      if (likely > values.length - 1) low = middle;
      else high = middle;
    }
    const share = (low + high) / 2 / worth;
    for (const c of values.keys()) this.setShare(k, c, share);
    this.charged[party] = at(this.charged, party) + (share - old) * -units * (values.length - 1);
  }

  /** Moves a condition's part of a bonus into the points of its values, where the party's weight counts it. */
  private setShare(k: number, c: number, share: number): void {
    const { party, units, values } = at(this.field.bonuses, k);
    const shares = at(this.bonuses, k);
    const moved = ((share - at(shares, c)) * units) / at(this.size, party);
    shares[c] = share;
    if (moved === 0) return;
    for (const v of at(values, c)) {
      this.scaled[v * this.n + party] = at(this.scaled, v * this.n + party) + moved;
      this.weightOf[v] = at(this.weightOf, v) + moved * at(this.lambda, party);
    }
  }
}

/** Spread of each party's points over the field: what a unit of weight is measured in. */
export function sizes(field: Field): Float64Array {
  const { parties: n, units, first } = field;
  return Float64Array.from({ length: n }, (_, p) => {
    let sum = 0;
    for (let k = 0; k + 1 < first.length; k++) {
      let most = Number.NEGATIVE_INFINITY;
      let least = Number.POSITIVE_INFINITY;
      for (let v = at(first, k); v < at(first, k + 1); v++) {
        most = Math.max(most, at(units, v * n + p));
        least = Math.min(least, at(units, v * n + p));
      }
      if (most > least) sum += most - least;
    }
    for (const bonus of field.bonuses) if (bonus.party === p) sum += Math.abs(bonus.units);
    return sum === 0 ? 1 : sum;
  });
}
