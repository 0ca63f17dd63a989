/**
 * All outcomes near a dual bound that give every party enough: meet in the middle.
 *
 * An outcome loses, against the bound, what each of its values falls short of the best of its variable. Where
 * everybody must have at least its floor, the sum of losses is at most the room between the bound and the
 * weighted floors, and so is each party's weighted surplus above its floor. The open variables are dealt into
 * two halves; of each half all choices are listed that no bound excludes; and for each choice of one half
 * those of the other are looked up, by the cells of a grid as wide as the room left, that bring every party
 * between its floor and that surplus (Horowitz and Sahni 1974, with as many dimensions as there are parties).
 * Choices with little room left meet those of small loss only, in a grid that is finer by as much.
 */
import type { BoundWeights } from "./bound-weights.ts";
import type { Field } from "./field.ts";
import type { Budget } from "./limits.ts";
import { at } from "./model.ts";

export interface Band {
  readonly bound: BoundWeights;
  /** In units of the bound: an outcome below it is not looked for. */
  readonly needed: number;
}

export interface MeetingGoal {
  /** Gains that are looked for: at least so much for every party; may rise when one is found. */
  readonly least: () => Float64Array;
  /** What the first bound must reach; rises with `least`. */
  readonly needed: () => number;
  /** Takes the chosen value of each variable. */
  readonly found: (chosen: Int32Array) => void;
}

/** More choices of one half than this are too many: memory is about 100 bytes for each. */
const mostChoices = 1_000_000;
/** Parties whose surplus the grid looks at; the others are compared one by one. */
const mostDimensions = 4;
/** Grids, each half as wide again in the square. */
const levels = 12;

/**
 * Finds every outcome of the values alive that keeps the bounds and has the least gains. `bands` holds the
 * bounds, the one that leaves least room first; `start` what each party gains before any value is chosen.
 *
 * @returns true when all were found, false where the budget ended, null where there are too many choices.
 */
export function meetInTheMiddle(
  field: Field,
  alive: Uint8Array,
  bands: readonly Band[],
  start: Float64Array,
  goal: MeetingGoal,
  budget: Budget,
): boolean | null {
  const lead = at(bands, 0).bound;
  const open: OpenVariable[] = [];
  const chosen = new Int32Array(field.first.length - 1).fill(-1);
  const fixed = start.slice();
  for (let k = 0; k < chosen.length; k++) {
    const values: number[] = [];
    for (let v = at(field.first, k); v < at(field.first, k + 1); v++) if (alive[v]) values.push(v);
    values.sort((a, b) => at(lead.ofValue, b) - at(lead.ofValue, a));
    if (values.length > 255) return null;
    const regret = values.length > 1 ? at(lead.ofValue, at(values, 0)) - at(lead.ofValue, at(values, 1)) : 0;
    if (values.length > 1) open.push({ variable: k, values, regret });
    else {
      chosen[k] = at(values, 0);
      for (let p = 0; p < fixed.length; p++)
        fixed[p] = at(fixed, p) + at(field.units, at(values, 0) * fixed.length + p);
    }
  }
  open.sort((one, other) => other.regret - one.regret);
  const losses = lossesOf(field, alive, bands);
  // Dealt as one, two, two, one: both halves get as many that are nearly tied.
  const halves = [0, 1].map((side) => open.filter((_, k) => (((k + 1) >> 1) & 1) === side));
  const lists: Choices[] = [];
  for (const half of halves) {
    const list = listChoices(field, half, losses, budget);
    if (list === "stopped") return false;
    if (list === "too-many") return null;
    lists.push(list);
  }
  return new Meeting(field, lead, at(losses.room, 0), lists, fixed, chosen, goal, budget).run();
}

interface OpenVariable {
  readonly variable: number;
  /** The best of the first bound first. */
  readonly values: readonly number[];
  readonly regret: number;
}

interface Losses {
  /** By bound and value. */
  readonly ofValue: readonly Float64Array[];
  /** By bound, the largest sum of losses. */
  readonly room: Float64Array;
}

function lossesOf(field: Field, alive: Uint8Array, bands: readonly Band[]): Losses {
  const room = new Float64Array(bands.length);
  const ofValue = bands.map(({ bound, needed }, j) => {
    const loss = new Float64Array(alive.length);
    let sum = bound.constant;
    for (let k = 0; k + 1 < field.first.length; k++) {
      let best = Number.NEGATIVE_INFINITY;
      for (let v = at(field.first, k); v < at(field.first, k + 1); v++)
        if (alive[v]) best = Math.max(best, at(bound.ofValue, v));
      for (let v = at(field.first, k); v < at(field.first, k + 1); v++) loss[v] = best - at(bound.ofValue, v);
      sum += best;
    }
    room[j] = sum - needed;
    return loss;
  });
  return { ofValue, room };
}

/** Choices of half of the variables. */
interface Choices {
  readonly variables: readonly OpenVariable[];
  readonly count: number;
  readonly loss: Float64Array;
  /** By party. */
  readonly gains: readonly Float64Array[];
  /** By choice and variable, the place among its values. */
  readonly picks: Uint8Array;
}

/** All choices of these variables that keep every bound. */
function listChoices(
  field: Field,
  variables: readonly OpenVariable[],
  { ofValue, room }: Losses,
  budget: Budget,
): Choices | "too-many" | "stopped" {
  const n = field.parties;
  const width = ofValue.length;
  const depth = variables.length;
  let capacity = 1 << 12;
  let loss = new Float64Array(capacity);
  let gains = Array.from({ length: n }, () => new Float64Array(capacity));
  let picks = new Uint8Array(capacity * depth);
  let count = 0;
  const sums = new Float64Array((depth + 1) * width);
  const units = new Float64Array((depth + 1) * n);
  const own = new Uint8Array(depth);
  const blocked = new Int32Array(field.variableOf.length);
  const order = Int32Array.from({ length: width }, (_, j) => j);
  const grow = (): void => {
    capacity *= 2;
    loss = grown(loss, capacity);
    gains = gains.map((column) => grown(column, capacity));
    const more = new Uint8Array(capacity * depth);
    more.set(picks);
    picks = more;
  };
  const keep = (): boolean => {
    if (count === mostChoices) return false;
    if (count === capacity) grow();
    loss[count] = sums[depth * width] as number;
    for (let p = 0; p < n; p++) (gains[p] as Float64Array)[count] = units[depth * n + p] as number;
    picks.set(own, count * depth);
    count++;
    return true;
  };
  const go = (level: number): boolean => {
    if (level === depth) return keep();
    const { values } = variables[level] as OpenVariable;
    for (let place = 0; place < values.length; place++) {
      const v = values[place] as number;
      if (!budget.step()) return false;
      if ((blocked[v] as number) > 0) continue;
      let k = 0;
      for (; k < width; k++) {
        const j = order[k] as number;
        const sum = (sums[level * width + j] as number) + ((ofValue[j] as Float64Array)[v] as number);
        if (sum > (room[j] as number)) break;
        sums[(level + 1) * width + j] = sum;
      }
      if (k < width) {
        const j = order[k] as number;
        // What pruned last will prune next.
        order[k] = order[k >> 1] as number;
        order[k >> 1] = j;
        if (j === 0) break;
        continue;
      }
      for (let p = 0; p < n; p++)
        units[(level + 1) * n + p] = (units[level * n + p] as number) + (field.units[v * n + p] as number);
      own[level] = place;
      const partners = field.conflicts[v] as Int32Array;
      for (const partner of partners) blocked[partner] = (blocked[partner] as number) + 1;
      const complete = go(level + 1);
      for (const partner of partners) blocked[partner] = (blocked[partner] as number) - 1;
      if (!complete) return false;
    }
    return true;
  };
  if (go(0)) return { variables, count, loss, gains, picks };
  return count === mostChoices ? "too-many" : "stopped";
}

function grown(from: Float64Array<ArrayBuffer>, capacity: number): Float64Array<ArrayBuffer> {
  const to = new Float64Array(capacity);
  to.set(from);
  return to;
}

/** Pairs of choices, one of each half, that give every party enough. */
class Meeting {
  private readonly n: number;
  /** Units of each party for one unit of the bound, at most. */
  private readonly rate: Float64Array;
  private readonly dimensions: readonly number[];
  private readonly goal: MeetingGoal;
  private readonly one: Choices;
  private readonly other: Choices;
  private readonly fixed: Float64Array;
  private readonly chosen: Int32Array;
  private readonly budget: Budget;
  /** What the first bound has before losses, and the room at the start. */
  private readonly total: number;
  private readonly widest: number;
  private readonly next: Int32Array;
  private least: Float64Array;
  private room: number;

  constructor(
    field: Field,
    lead: BoundWeights,
    room: number,
    halves: readonly Choices[],
    fixed: Float64Array,
    chosen: Int32Array,
    goal: MeetingGoal,
    budget: Budget,
  ) {
    this.n = field.parties;
    this.one = at(halves, 0);
    this.other = at(halves, 1);
    this.fixed = fixed;
    this.chosen = chosen;
    this.goal = goal;
    this.budget = budget;
    this.widest = room;
    this.room = room;
    this.total = room + goal.needed();
    this.next = new Int32Array(this.other.count);
    this.least = goal.least();
    // Wider than the true quotient by more than floats err.
    this.rate = lead.weights.map((weight) => Math.min(1e300, (1 + 1e-9) / (weight * lead.unit)));
    this.dimensions = Array.from({ length: this.n }, (_, p) => p)
      .sort((p, q) => this.spread(q) - this.spread(p))
      .slice(0, mostDimensions);
  }

  /** How wide the gains of the other half lie, in rooms. */
  private spread(p: number): number {
    const { count, gains } = this.other;
    let sum = 0;
    let squares = 0;
    const mean = count === 0 ? 0 : at(at(gains, p), 0);
    for (let k = 0; k < count; k++) {
      const off = ((gains[p] as Float64Array)[k] as number) - mean;
      sum += off;
      squares += off * off;
    }
    return count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2)) / at(this.rate, p);
  }

  run(): boolean {
    const { one, widest } = this;
    if (widest < 0) return true;
    const levelOf = Uint8Array.from({ length: one.count }, (_, k) => {
      const left = widest - (one.loss[k] as number);
      const level = left <= 0 ? levels - 1 : Math.floor(2 * Math.log2(widest / left));
      return Math.min(levels - 1, Math.max(0, level));
    });
    for (let level = 0; level < levels; level++) {
      if (levelOf.includes(level) && !this.meet(levelOf, level)) return false;
    }
    return true;
  }

  /** Choices of the first half of this level of room. */
  private meet(levelOf: Uint8Array, level: number): boolean {
    const { other, rate, dimensions, one, n } = this;
    const room = this.widest * 2 ** (-level / 2);
    const width = rate.map((own) => own * room * (1 + 1e-9) + 1);
    const { head, next, cells } = this.gridOf(width, room * (1 + 1e-9));
    const size = head.length;
    const asked = new Float64Array(n);
    const low = new Int32Array(dimensions.length);
    const high = new Int32Array(dimensions.length);
    for (let k = 0; k < levelOf.length; k++) {
      if (levelOf[k] !== level) continue;
      if (!this.budget.step()) return false;
      const left = this.room - (one.loss[k] as number);
      if (left < 0) continue;
      for (let p = 0; p < n; p++)
        asked[p] =
          (this.least[p] as number) -
          (this.fixed[p] as number) -
          ((one.gains[p] as Float64Array)[k] as number);
      for (let d = 0; d < cells.length; d++) {
        const p = dimensions[d] as number;
        low[d] = Math.floor((asked[p] as number) / (width[p] as number));
        high[d] = Math.floor(((asked[p] as number) + left * (rate[p] as number) + 1) / (width[p] as number));
      }
      corners: for (let corner = 0; corner < 1 << dimensions.length; corner++) {
        for (let d = 0; d < dimensions.length; d++) {
          const far = ((corner >> d) & 1) === 1;
          if (far && high[d] === low[d]) continue corners;
          cells[d] = (far ? high[d] : low[d]) as number;
        }
        for (let pick = head[hash(cells) & (size - 1)] as number; pick >= 0; pick = next[pick] as number) {
          let p = 0;
          while (p < n && ((other.gains[p] as Float64Array)[pick] as number) >= (asked[p] as number)) p++;
          if (p === n) this.offer(k, pick);
        }
      }
    }
    return true;
  }

  /** Choices of the other half with no larger loss, by the cell of the grid that they lie in. */
  private gridOf(
    width: Float64Array,
    loss: number,
  ): { head: Int32Array; next: Int32Array; cells: Int32Array } {
    const { other, dimensions, next } = this;
    let count = 0;
    for (let k = 0; k < other.count; k++) if ((other.loss[k] as number) <= loss) count++;
    const head = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(2, 2 * count)))).fill(-1);
    const cells = new Int32Array(dimensions.length);
    for (let k = 0; k < other.count; k++) {
      if ((other.loss[k] as number) > loss) continue;
      for (let d = 0; d < cells.length; d++) {
        const p = dimensions[d] as number;
        cells[d] = Math.floor(((other.gains[p] as Float64Array)[k] as number) / (width[p] as number));
      }
      const slot = hash(cells) & (head.length - 1);
      next[k] = head[slot] as number;
      head[slot] = k;
    }
    return { head, next, cells };
  }

  private offer(one: number, other: number): void {
    const { chosen, goal } = this;
    for (const [half, k] of [
      [this.one, one],
      [this.other, other],
    ] as const) {
      for (const [level, { variable, values }] of half.variables.entries())
        chosen[variable] = at(values, at(half.picks, k * half.variables.length + level));
    }
    goal.found(chosen);
    this.least = goal.least();
    this.room = this.total - goal.needed();
  }
}

function hash(cells: Int32Array): number {
  let bits = 0;
  for (let d = 0; d < cells.length; d++) {
    bits = Math.imul(bits ^ ((cells[d] as number) + 0x9e3779b9), 0x85ebca6b);
    bits ^= bits >>> 13;
  }
  return bits ^ (bits >>> 16);
}
