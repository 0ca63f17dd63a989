/**
 * The relaxation of a field with linkages or interactions as a linear program, whose prices are the party
 * weights and multipliers of a dual bound: the best there are, where message passing (relaxation.ts) ends
 * anywhere near.
 *
 * One variable for each value, and one row for each variable of the field: its shares add up to 1. A block is a
 * row (at most one of left and right). A bonus has a share of its own, at most what each of its conditions has
 * (or, where it is a malus, at least what they have above all but one). The goal:
 * - product: a sum of logarithms, each below its tangents; a tangent is added wherever the last ones end;
 * - minimum: one number that no party's gain / scale may stay below;
 * - linear: the sum itself, with a row for each floor; lowering: what each gain is short of 0.
 * A party's numbers are divided by their spread inside.
 */
import type { Multipliers } from "./bound-weights.ts";
import { type Basis, DualSimplex, type Row, type RowSource } from "./dual-simplex.ts";
import type { Field } from "./field.ts";
import type { Goal } from "./goal.ts";
import { at } from "./model.ts";
import type { Relaxed } from "./relaxation.ts";

/** Relative: how far above its logarithm a tangent may end. */
const bend = 1e-7;
/** Of a party's spread: where the last tangent of a logarithm is. */
const smallestGain = 1e-6;

interface PartyRow extends Row {
  readonly kind: "party";
  /** Of each party's scaled gain, for a price of 1. */
  readonly weights: Float64Array;
}

interface BlockRow extends Row {
  readonly kind: "block";
  readonly block: number;
}

interface ConditionRow extends Row {
  readonly kind: "condition";
  readonly bonus: number;
  readonly condition: number;
}

type OwnRow = PartyRow | BlockRow | ConditionRow;

export class LinkedRelaxation {
  private readonly field: Field;
  private readonly goal: Goal;
  private readonly size: Float64Array;
  /** Scaled units of value v for party p at [p * values + v], then those of its bonuses. */
  private readonly scaled: Float64Array;
  private readonly fixed: Float64Array;
  private readonly count: number;
  private readonly width: number;
  /** The variable of a bonus is count + bonus; of a party's own part of the goal, own + party. */
  private readonly own: number;
  private readonly blocks: readonly BlockRow[];
  private readonly blocksOf: readonly Int32Array[];
  private readonly conditions: readonly ConditionRow[];
  private readonly simplex: DualSimplex;
  private readonly sums: Float64Array;
  /** Of a minimum: its unit inside. */
  private readonly measure: number;
  private readonly alive: Uint8Array;

  constructor(field: Field, goal: Goal, walkAway: Float64Array, size: Float64Array) {
    const n = field.parties;
    this.field = field;
    this.goal = goal;
    this.size = size;
    this.count = field.units.length / n;
    this.own = this.count + field.bonuses.length;
    this.width = this.own + n;
    this.scaled = new Float64Array(n * this.own);
    for (let v = 0; v < this.count; v++)
      for (let p = 0; p < n; p++) this.scaled[p * this.own + v] = at(field.units, v * n + p) / at(size, p);
    for (const [k, { party, units }] of field.bonuses.entries())
      this.scaled[party * this.own + this.count + k] = units / at(size, party);
    this.fixed = Float64Array.from(size, (unit, p) => (at(field.base, p) - at(walkAway, p)) / unit);
    this.blocks = field.blocks.map(({ left, right }, block) => ({
      kind: "block",
      block,
      columns: Int32Array.from([...left, ...right]),
      factors: new Float64Array(left.length + right.length).fill(1),
      limit: 1,
      equal: false,
    }));
    const blocksOf: number[][] = Array.from({ length: this.count }, () => []);
    for (const { block, columns } of this.blocks) for (const v of columns) at(blocksOf, v).push(block);
    this.blocksOf = blocksOf.map((list) => Int32Array.from(list));
    this.conditions = field.bonuses.flatMap((_, bonus) => this.conditionRows(bonus));
    this.measure = goal.scale.reduce((most, scale, p) => Math.max(most, at(size, p) / scale), 0);
    this.sums = new Float64Array(this.blocks.length);
    this.alive = new Uint8Array(this.width).fill(1);
    this.simplex = new DualSimplex(this.costs(), this.freeOnes(), this.rowSource());
  }

  /**
   * @param alive Every variable has a value that is left.
   * @param from Of a node above; null at the root.
   * @param weights Of the parties: where the root starts.
   */
  run(
    alive: Uint8Array,
    from: Basis | null,
    weights: Float64Array,
    step: (work: number) => boolean,
  ): Relaxed {
    const { simplex, field } = this;
    this.alive.set(alive);
    if (from) simplex.start(from.rows, from.columns, from.inverse);
    else this.startAtRoot(weights);
    simplex.solve(this.alive, step);
    return {
      multipliers: [this.multipliers()],
      shares: simplex.values.slice(0, field.variableOf.length),
      basis: simplex.basis,
    };
  }

  get pivots(): number {
    return this.simplex.pivots;
  }

  private costs(): Float64Array {
    const { goal, field, scaled, size, own } = this;
    const cost = new Float64Array(this.width);
    const scale = Math.max(...size);
    for (let p = 0; p < field.parties; p++) {
      if (goal.kind === "linear") {
        const weight = (at(goal.scale, p) * at(size, p)) / scale;
        for (let v = 0; v < own; v++) cost[v] = at(cost, v) + weight * at(scaled, p * own + v);
      } else if (goal.kind === "product" && goal.counted[p]) cost[own + p] = 1;
      else if (goal.kind === "lowering") cost[own + p] = -at(size, p) / scale;
    }
    if (goal.kind === "minimum") cost[own] = 1;
    return cost;
  }

  private freeOnes(): Uint8Array {
    const { goal, own } = this;
    const free = new Uint8Array(this.width);
    if (goal.kind === "product")
      for (const [p, counts] of goal.counted.entries()) if (counts) free[own + p] = 1;
    if (goal.kind === "minimum") free[own] = 1;
    return free;
  }

  private conditionRows(bonus: number): ConditionRow[] {
    const { units, values } = at(this.field.bonuses, bonus);
    const column = this.count + bonus;
    if (units > 0) {
      return values.map((some, condition) => ({
        kind: "condition",
        bonus,
        condition,
        columns: Int32Array.from([...some, column]),
        factors: Float64Array.from([...some.map(() => -1), 1]),
        limit: 0,
        equal: false,
      }));
    }
    const all = values.flatMap((some) => [...some]);
    return [
      {
        kind: "condition",
        bonus,
        condition: 0,
        columns: Int32Array.from([...all, column]),
        factors: Float64Array.from([...all.map(() => 1), -1]),
        limit: values.length - 1,
        equal: false,
      },
    ];
  }

  /** Every variable at its best for the weights at the start: priced right, and broken where linkages are. */
  private startAtRoot(weights: Float64Array): void {
    const { field, goal, own, scaled, alive } = this;
    const { first } = field;
    const rows: Row[] = [];
    const columns: number[] = [];
    const held = new Float64Array(field.parties);
    const hold = (row: PartyRow, column: number): void => {
      rows.push(row);
      columns.push(column);
      for (const [p, weight] of row.weights.entries()) held[p] = at(held, p) + weight;
    };
    const scaledWeights = weights.map((weight, p) => weight * at(this.size, p));
    if (goal.kind === "product") {
      for (const [p, counts] of goal.counted.entries())
        if (counts) hold(this.tangent(p, 1 / at(scaledWeights, p)), own + p);
    } else if (goal.kind === "minimum") hold(this.mean(scaledWeights), own);
    const cost = this.costs();
    const worth = (v: number): number =>
      held.reduce((sum, weight, p) => sum + weight * at(scaled, p * own + v), at(cost, v));
    for (let b = 0; b < field.bonuses.length; b++) {
      const z = this.count + b;
      if (worth(z) <= 0) continue;
      // Paid from the start; conditions that do not hold then are rows that are broken.
      rows.push({ columns: Int32Array.of(z), factors: Float64Array.of(1), limit: 1, equal: false });
      columns.push(z);
    }
    for (let k = 0; k + 1 < first.length; k++) {
      let best = -1;
      for (let v = at(first, k); v < at(first, k + 1); v++)
        if (alive[v] && (best < 0 || worth(v) > worth(best))) best = v;
      const members = Int32Array.from(
        { length: at(first, k + 1) - at(first, k) },
        (_, i) => at(first, k) + i,
      );
      rows.push({
        columns: members,
        factors: new Float64Array(members.length).fill(1),
        limit: 1,
        equal: true,
      });
      columns.push(best);
    }
    this.simplex.start(rows, columns, null);
  }

  /** `log gain <= log around + (gain - around) / around`. */
  private tangent(party: number, around: number): PartyRow {
    return this.partyRow(this.only(party, 1 / around), this.own + party, 1, Math.log(around) - 1);
  }

  /** `number <= gain / scale`. */
  private least(party: number): PartyRow {
    return this.partyRow(this.only(party, this.scaleOf(party)), this.own, 1, 0);
  }

  /** `number <= mean of gain / scale`, weighted. */
  private mean(weights: Float64Array): PartyRow {
    const { counted } = this.goal;
    const sum = weights.reduce((all, weight, p) => all + (counted[p] ? weight / this.scaleOf(p) : 0), 0);
    return this.partyRow(
      weights.map((weight, p) => (counted[p] ? weight / sum : 0)),
      this.own,
      1,
      0,
    );
  }

  /** `gain >= floor`. */
  private floorRow(party: number): PartyRow {
    return this.partyRow(this.only(party, 1), 0, 0, -at(this.goal.floor, party) / at(this.size, party));
  }

  private scaleOf(party: number): number {
    return at(this.size, party) / at(this.goal.scale, party) / this.measure;
  }

  private only(party: number, weight: number): Float64Array {
    const weights = new Float64Array(this.field.parties);
    weights[party] = weight;
    return weights;
  }

  /** `factor x column - weights x gains <= limit`. */
  private partyRow(weights: Float64Array, column: number, factor: number, limit: number): PartyRow {
    const { own, scaled, fixed } = this;
    const columns: number[] = [];
    const factors: number[] = [];
    for (let v = 0; v < own; v++) {
      let points = 0;
      for (let p = 0; p < weights.length; p++) points += at(weights, p) * at(scaled, p * own + v);
      if (points === 0) continue;
      columns.push(v);
      factors.push(-points);
    }
    if (factor !== 0) {
      columns.push(column);
      factors.push(factor);
    }
    return {
      kind: "party",
      weights,
      columns: Int32Array.from(columns),
      factors: Float64Array.from(factors),
      limit: weights.reduce((sum, weight, p) => sum + weight * at(fixed, p), limit),
      equal: false,
    };
  }

  private rowSource(): RowSource {
    return {
      broken: (values, basic) => {
        let worst = 1e-8;
        let found: (() => Row) | null = null;
        const { sums, blocks } = this;
        sums.fill(0);
        let block = -1;
        for (let j = 0; j < basic.length; j++) {
          const v = basic[j] as number;
          const value = values[v] as number;
          if (v >= this.count || value <= 0) continue;
          const own = this.blocksOf[v] as Int32Array;
          for (let k = 0; k < own.length; k++) {
            const b = own[k] as number;
            const sum = (sums[b] as number) + value;
            sums[b] = sum;
            if (sum - 1 > worst) [worst, block] = [sum - 1, b];
          }
        }
        if (block >= 0) found = () => at(blocks, block);
        for (const row of this.conditions) {
          let sum = -row.limit;
          for (let k = 0; k < row.columns.length; k++)
            sum += (row.factors[k] as number) * (values[row.columns[k] as number] as number);
          if (sum > worst) [worst, found] = [sum, () => row];
        }
        for (let p = 0; p < this.field.parties; p++) {
          const broken = this.brokenParty(p, values, basic);
          if (broken && broken.by > worst) [worst, found] = [broken.by, broken.row];
        }
        return found?.() ?? null;
      },
    };
  }

  private brokenParty(
    p: number,
    values: Float64Array,
    basic: readonly number[],
  ): { by: number; row: () => Row } | null {
    const { goal, own, scaled, size } = this;
    let gain = at(this.fixed, p);
    for (const v of basic) if (v < own) gain += (scaled[p * own + v] as number) * (values[v] as number);
    const floor = at(goal.floor, p) / at(size, p);
    switch (goal.kind) {
      case "product": {
        if (floor - gain > 1e-8 || !goal.counted[p])
          return floor - gain > 1e-8 ? { by: floor - gain, row: () => this.floorRow(p) } : null;
        const around = Math.max(gain, smallestGain);
        const by = (values[own + p] as number) - (Math.log(around) + (gain - around) / around);
        return by > bend ? { by, row: () => this.tangent(p, around) } : null;
      }
      case "minimum": {
        if (!goal.counted[p]) return null;
        const by = (values[own] as number) - gain * this.scaleOf(p);
        return by > 1e-8 ? { by, row: () => this.least(p) } : null;
      }
      case "linear":
        return floor - gain > 1e-8 ? { by: floor - gain, row: () => this.floorRow(p) } : null;
      case "lowering": {
        const by = -gain - (values[own + p] as number);
        return by > 1e-8 ? { by, row: () => this.partyRow(this.only(p, 1), own + p, -1, 0) } : null;
      }
    }
  }

  private multipliers(): Multipliers {
    const { field, goal, size, simplex } = this;
    const scale = Math.max(...size);
    const unit = goal.kind === "linear" || goal.kind === "lowering" ? scale : 1;
    const weights = Float64Array.from({ length: field.parties }, (_, p) =>
      goal.kind === "linear" ? at(goal.scale, p) : 0,
    );
    const blocks = new Float64Array(field.blocks.length);
    const bonuses = field.bonuses.map(({ values }) => new Float64Array(values.length));
    for (const [row, paid] of simplex.priced() as Iterable<readonly [Row | OwnRow, number]>) {
      const price = paid * unit;
      if (!("kind" in row)) continue;
      if (row.kind === "party") {
        for (const [p, weight] of row.weights.entries())
          weights[p] = at(weights, p) + (price * weight) / at(size, p);
      } else if (row.kind === "block") blocks[row.block] = price;
      else {
        const own = at(bonuses, row.bonus);
        if (at(field.bonuses, row.bonus).units > 0) own[row.condition] = price;
        else own.fill(price);
      }
    }
    if (goal.kind === "lowering") for (const [p, w] of weights.entries()) weights[p] = Math.min(1, w);
    return { weights, blocks, bonuses };
  }
}
