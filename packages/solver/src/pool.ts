/**
 * Bounds that an outcome must reach to be as good as what is asked, all at once: what prunes the search.
 *
 * The first one leads: its party weights are the best found. Then come the floors, each the gain of one party
 * alone; then bounds at weights aside of the lead, which show what no single bound can: that a party which is
 * short already cannot be made up for. What each must reach is rounded down by more than the error of its
 * making, so that all pruning is on whole numbers (bound-weights.ts).
 */
import { type BoundWeights, boundWeights, type Multipliers } from "./bound-weights.ts";
import type { Field } from "./field.ts";
import { type Goal, goalBound, leastGains, leastSum } from "./goal.ts";
import { at } from "./model.ts";
import type { Gains } from "./rules.ts";

/** What an outcome has to be: as good as the incumbent, if there is one, and of a number as large as `value`. */
export interface Asked {
  readonly incumbent: Gains | null;
  /** Minus infinity where any number will do. */
  readonly value: number;
}

/** What bounds are made for. */
export interface Subject {
  readonly field: Field;
  readonly goal: Goal;
  readonly walkAway: Float64Array;
}

export class Pool {
  readonly bounds: readonly BoundWeights[];
  /** For each bound, in its units: what it must reach. */
  readonly needed: Float64Array;
  /** So many bounds are the lead and the floors. */
  readonly leading: number;
  private readonly subject: Subject;

  /** @param bounds The first one leads; there may be more. */
  constructor(subject: Subject, bounds: readonly BoundWeights[]) {
    const { field } = subject;
    const floors = Array.from({ length: field.parties }, (_, p) => floor(field, p));
    this.subject = subject;
    this.leading = 1 + floors.length;
    this.bounds = [at(bounds, 0), ...floors, ...bounds.slice(1)];
    this.needed = new Float64Array(this.bounds.length).fill(Number.NEGATIVE_INFINITY);
  }

  /** The bounds that are no floors, the lead first. */
  get own(): readonly BoundWeights[] {
    return [at(this.bounds, 0), ...this.bounds.slice(this.leading)];
  }

  /** Sets what is needed. */
  ask({ incumbent, value }: Asked): void {
    const { goal, walkAway } = this.subject;
    const least = leastGains(goal, incumbent, value);
    for (const [j, { weights, unit }] of this.bounds.entries()) {
      const sum =
        j > 0 && j < this.leading ? at(least, j - 1) : leastSum(goal, weights, least, incumbent, value);
      let offset = 0;
      let size = Math.abs(sum);
      for (let p = 0; p < weights.length; p++) {
        const part = at(weights, p) * at(walkAway, p);
        offset += part;
        size += Math.abs(part);
      }
      // Nothing to compare with yet, or weights so lopsided that their product is not a number: prune nothing.
      this.needed[j] = Number.isFinite(sum)
        ? (sum + offset) * unit - size * unit * 2 ** -44
        : Number.NEGATIVE_INFINITY;
    }
  }

  /** No outcome of these values has a larger number. */
  boundOf(alive: Uint8Array): number {
    const { goal, walkAway, field } = this.subject;
    let least = Number.POSITIVE_INFINITY;
    for (const bound of this.own) {
      let sum = bound.constant;
      for (let k = 0; k + 1 < field.first.length; k++) sum += bestOf(field, bound, k, alive);
      const offset = bound.weights.reduce((all, weight, p) => all + weight * at(walkAway, p), 0);
      least = Math.min(least, goalBound(goal, bound.weights, sum / bound.unit - offset));
    }
    return least;
  }

  /**
   * About how many choices of these values the lead leaves: the logarithm of a bound on how many have regrets
   * that add up to at most `share` of its slack (Chernoff).
   */
  logChoices(alive: Uint8Array, share: number): number {
    const { field } = this.subject;
    const lead = at(this.bounds, 0);
    const best = Float64Array.from({ length: field.first.length - 1 }, (_, k) =>
      bestOf(field, lead, k, alive),
    );
    const left = lead.constant + best.reduce((sum, most) => sum + most, 0) - at(this.needed, 0);
    if (left < 0) return Number.NEGATIVE_INFINITY;
    if (left === Number.POSITIVE_INFINITY) return left;
    const slack = Math.max(left * share, Number.MIN_VALUE);
    let least = Number.POSITIVE_INFINITY;
    for (let changes = 1; changes < 1000; changes *= 1.5) {
      let logs = changes;
      for (const [k, most] of best.entries()) {
        let likely = 0;
        for (let v = at(field.first, k); v < at(field.first, k + 1); v++) {
          if (alive[v] === 0) continue;
          likely += Math.exp((((lead.ofValue[v] as number) - most) / slack) * changes);
        }
        logs += Math.log(likely);
      }
      if (logs > least) break;
      least = logs;
    }
    return least;
  }

  /** Takes out values that no outcome has which is as good as asked: true if any; null if nothing is left. */
  fix(alive: Uint8Array): boolean | null {
    const { field } = this.subject;
    const best = new Float64Array(field.first.length - 1);
    let changed = false;
    for (const [j, bound] of this.bounds.entries()) {
      let slack = bound.constant - at(this.needed, j);
      for (let k = 0; k < best.length; k++) {
        best[k] = bestOf(field, bound, k, alive);
        slack += at(best, k);
      }
      if (!(slack >= 0)) return null;
      for (let v = 0; v < alive.length; v++) {
        if (!alive[v] || at(best, at(field.variableOf, v)) - (bound.ofValue[v] as number) <= slack) continue;
        alive[v] = 0;
        changed = true;
      }
    }
    return changed;
  }
}

/** For bounds made without a search for their multipliers: each bonus split evenly. */
export function plainMultipliers(field: Field, weights: Float64Array): Multipliers {
  return {
    weights,
    blocks: new Float64Array(field.blocks.length),
    bonuses: field.bonuses.map(({ party, units, values }) =>
      new Float64Array(values.length).fill(Math.max(0, (at(weights, party) * units) / values.length)),
    ),
  };
}

function floor(field: Field, party: number): BoundWeights {
  const weights = new Float64Array(field.parties);
  weights[party] = 1;
  return boundWeights(field, plainMultipliers(field, weights));
}

function bestOf(field: Field, bound: BoundWeights, variable: number, alive: Uint8Array): number {
  let most = Number.NEGATIVE_INFINITY;
  const to = at(field.first, variable + 1);
  for (let v = at(field.first, variable); v < to; v++) {
    if (alive[v] && (bound.ofValue[v] as number) > most) most = bound.ofValue[v] as number;
  }
  return most;
}
