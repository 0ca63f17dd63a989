/**
 * A good outcome from the shares of a relaxation: the likeliest values that go together, then changes of one
 * value, and of two, taken while the goal's number grows. A heuristic: only the search proves anything.
 */
import { type Field, gainsOf } from "./field.ts";
import { type Goal, goalValue } from "./goal.ts";
import { at } from "./model.ts";

const pairCandidates = 120;

export interface Improvement {
  readonly field: Field;
  readonly goal: Goal;
  readonly walkAway: Float64Array;
  readonly alive: Uint8Array;
  readonly shares: Float64Array;
  /** Two changes at once are tried too. */
  readonly pairs: boolean;
  /** False where it is to stop. */
  readonly step: (work: number) => boolean;
}

/** The values chosen, or null where the likeliest could not be completed. */
export function improve({
  field,
  goal,
  walkAway,
  alive,
  shares,
  pairs,
  step,
}: Improvement): Int32Array | null {
  const chosen = likeliest(field, alive, shares);
  if (!chosen) return null;
  const moves: number[] = [];
  for (let v = 0; v < alive.length; v++) if (alive[v]) moves.push(v);
  moves.sort((a, b) => at(shares, b) - at(shares, a));
  // A value tried costs as many looks as it excludes values or, with bonuses, as there are.
  const work = 0.1 + field.bonuses.length / 20 + field.blocks.length / moves.length / 20;
  for (const sharpness of goal.kind === "minimum" ? sharpnesses : [Number.POSITIVE_INFINITY]) {
    const climb = new Climb(field, goal, walkAway, chosen, sharpness);
    for (let round = 0; round < 20; round++) {
      let better = false;
      if (!step(moves.length * work)) return chosen;
      for (const v of moves) if (climb.tryValues(v, -1)) better = true;
      if (better) continue;
      if (!pairs) break;
      const few = moves.filter((v) => at(chosen, at(field.variableOf, v)) !== v).slice(0, pairCandidates);
      for (let i = 0; i < few.length; i++) {
        if (!step(few.length * work)) return chosen;
        for (let j = i + 1; j < few.length; j++) if (climb.tryValues(at(few, i), at(few, j))) better = true;
      }
      if (!better) break;
    }
  }
  return chosen;
}

/** A minimum is first climbed as a soft one, in which every party counts. */
const sharpnesses = [50, 500, 5000, Number.POSITIVE_INFINITY];

/** The smallest of gain / scale, the others counting less the sharper it is. */
function softMinimum(
  { counted, scale }: Goal,
  gains: Float64Array,
  sharpness: number,
  around: number,
): number {
  let least = Number.POSITIVE_INFINITY;
  for (let p = 0; p < gains.length; p++) {
    if (counted[p]) least = Math.min(least, (gains[p] as number) / (scale[p] as number));
  }
  const unit = Math.abs(around) / sharpness || 1;
  let sum = 0;
  for (let p = 0; p < gains.length; p++) {
    if (counted[p]) sum += Math.exp((least - (gains[p] as number) / (scale[p] as number)) / unit);
  }
  return least - unit * Math.log(sum);
}

function likeliest(field: Field, alive: Uint8Array, shares: Float64Array): Int32Array | null {
  const count = field.first.length - 1;
  const order = Array.from({ length: count }, (_, k) => {
    const values: number[] = [];
    for (let v = at(field.first, k); v < at(field.first, k + 1); v++) if (alive[v]) values.push(v);
    return values.sort((a, b) => at(shares, b) - at(shares, a));
  }).sort((one, other) => at(shares, at(other, 0)) - at(shares, at(one, 0)));
  const chosen = new Int32Array(count).fill(-1);
  const blocked = new Uint8Array(alive.length);
  for (const values of order) {
    const value = values.find((v) => !blocked[v]);
    if (value === undefined) return null;
    chosen[at(field.variableOf, value)] = value;
    for (const other of at(field.conflicts, value)) blocked[other] = 1;
  }
  return chosen;
}

class Climb {
  private readonly field: Field;
  private readonly goal: Goal;
  private readonly walkAway: Float64Array;
  private readonly chosen: Int32Array;
  private gains: Float64Array;
  private trial: Float64Array;
  private short: number;
  private value: number;
  private readonly sharpness: number;
  private readonly around: number;

  constructor(field: Field, goal: Goal, walkAway: Float64Array, chosen: Int32Array, sharpness: number) {
    this.field = field;
    this.goal = goal;
    this.walkAway = walkAway;
    this.chosen = chosen;
    this.gains = gainsOf(field, walkAway, chosen, new Float64Array(field.parties));
    this.trial = new Float64Array(field.parties);
    this.short = this.shortfall(this.gains);
    this.sharpness = sharpness;
    this.around = goalValue(goal, this.gains);
    this.value = this.worth(this.gains);
  }

  private worth(gains: Float64Array): number {
    return Number.isFinite(this.sharpness)
      ? softMinimum(this.goal, gains, this.sharpness, this.around)
      : goalValue(this.goal, gains);
  }

  /** Takes one value (or two, of different variables) into the choice where that is better and allowed. */
  tryValues(one: number, two: number): boolean {
    const { chosen, field } = this;
    const a = at(field.variableOf, one);
    const b = two < 0 ? -1 : at(field.variableOf, two);
    const oldA = at(chosen, a);
    if (oldA === one || a === b) return false;
    const oldB = two < 0 ? -1 : at(chosen, b);
    if (oldB >= 0 && oldB === two) return false;
    chosen[a] = one;
    if (two >= 0) chosen[b] = two;
    if (this.free(one) && (two < 0 || this.free(two)) && this.weigh(one, oldA, two, oldB)) return true;
    chosen[a] = oldA;
    if (two >= 0) chosen[b] = oldB;
    return false;
  }

  private free(value: number): boolean {
    const { chosen, field } = this;
    for (const other of at(field.conflicts, value))
      if (chosen[at(field.variableOf, other)] === other) return false;
    return true;
  }

  private weigh(one: number, oldA: number, two: number, oldB: number): boolean {
    const { field, trial, gains } = this;
    const n = field.parties;
    if (field.bonuses.length > 0) gainsOf(field, this.walkAway, this.chosen, trial);
    else {
      for (let p = 0; p < n; p++) {
        let gain =
          (gains[p] as number) + (field.units[one * n + p] as number) - (field.units[oldA * n + p] as number);
        if (two >= 0) gain += (field.units[two * n + p] as number) - (field.units[oldB * n + p] as number);
        trial[p] = gain;
      }
    }
    const short = this.shortfall(trial);
    if (short > this.short) return false;
    const value = this.worth(trial);
    if (short === this.short && value <= this.value * (1 + Math.sign(this.value) * 1e-12)) return false;
    this.short = short;
    this.value = value;
    this.trial = gains;
    this.gains = trial;
    return true;
  }

  private shortfall(gains: Float64Array): number {
    const { floor } = this.goal;
    let sum = 0;
    for (let p = 0; p < floor.length; p++) {
      const miss = (floor[p] as number) - (gains[p] as number);
      if (miss > 0) sum += miss;
    }
    return sum;
  }
}
