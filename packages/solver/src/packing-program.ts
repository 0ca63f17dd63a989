/**
 * The linear program behind choices of boxes: the largest sum of weights of items when of each clique at most
 * one is taken, in fractions. Every item is in some clique.
 *
 * Primal simplex on a dense tableau (rows: what is basic; columns: what is not), right-hand sides a little
 * above 1 against cycling. It starts from the last basis, so a row of similar weights costs few pivots. Only
 * the dual prices are used for proofs, and those after a repair in whole numbers (box-hull.ts): that floats
 * err here costs time, never truth.
 */
export interface Packed {
  /** How much of each item is taken, from 0 to 1. */
  readonly taken: Float64Array;
  /** The price of each clique: those of an item's cliques add up to its weight or more. */
  readonly prices: Float64Array;
}

export class PackingProgram {
  private readonly items: number;
  private readonly rows: number;
  private readonly tableau: Float64Array;
  private readonly right: Float64Array;
  private readonly costs: Float64Array;
  /** Numbers below `items` are items, those from there on the slacks of cliques. */
  private readonly basic: Int32Array;
  private readonly nonbasic: Int32Array;

  constructor(items: number, cliques: readonly Int32Array[]) {
    const rows = cliques.length;
    this.items = items;
    this.rows = rows;
    this.tableau = new Float64Array(rows * items);
    for (const [row, clique] of cliques.entries())
      for (const item of clique) this.tableau[row * items + item] = 1;
    // Irregular, and the same in each run.
    this.right = Float64Array.from({ length: rows }, (_, row) => 1 + 1e-5 * (1 + ((row * 0.754877666) % 1)));
    this.costs = new Float64Array(items);
    this.basic = Int32Array.from({ length: rows }, (_, row) => items + row);
    this.nonbasic = Int32Array.from({ length: items }, (_, item) => item);
  }

  /** @param step Counts the work; false where it is to stop: where it stands by then is the answer. */
  maximise(weights: Float64Array, step: (work: number) => boolean): Packed {
    const { items, rows, right, costs, basic, nonbasic } = this;
    this.price(weights);
    const tolerance = -1e-9 * weights.reduce((most, weight) => Math.max(most, weight), 0);
    const work = (items * rows) / 4000;
    for (let pivots = 10 * (items + rows); pivots > 0; pivots--) {
      const column = this.entering(tolerance);
      const row = column < 0 ? -1 : this.leaving(column);
      if (row < 0 || !step(work)) break;
      this.pivot(row, column);
    }
    const taken = new Float64Array(items);
    const prices = new Float64Array(rows);
    for (const [row, one] of basic.entries()) if (one < items) taken[one] = right[row] as number;
    for (const [column, one] of nonbasic.entries())
      if (one >= items) prices[one - items] = Math.max(0, costs[column] as number);
    return { taken, prices };
  }

  /** Reduced costs of these weights for the present basis. */
  private price(weights: Float64Array): void {
    const { items, tableau, costs, basic, nonbasic } = this;
    for (const [column, one] of nonbasic.entries())
      costs[column] = one < items ? -(weights[one] as number) : 0;
    for (const [row, one] of basic.entries()) {
      const weight = one < items ? (weights[one] as number) : 0;
      if (weight === 0) continue;
      for (let column = 0; column < items; column++) {
        costs[column] = (costs[column] as number) + weight * (tableau[row * items + column] as number);
      }
    }
  }

  private entering(tolerance: number): number {
    let best = -1;
    let least = tolerance;
    for (const [column, cost] of this.costs.entries()) if (cost < least) [best, least] = [column, cost];
    return best;
  }

  private leaving(column: number): number {
    const { items, tableau, right } = this;
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const [row, have] of right.entries()) {
      const rate = tableau[row * items + column] as number;
      if (rate > 1e-7 && have / rate < least) [best, least] = [row, have / rate];
    }
    return best;
  }

  private pivot(row: number, column: number): void {
    const { items, rows, tableau, right, costs, basic, nonbasic } = this;
    const own = row * items;
    const inverse = 1 / (tableau[own + column] as number);
    const filled: number[] = [];
    for (let k = 0; k < items; k++) {
      const value = (tableau[own + k] as number) * inverse;
      tableau[own + k] = Math.abs(value) < 1e-12 ? 0 : value;
      if (k !== column && tableau[own + k] !== 0) filled.push(k);
    }
    tableau[own + column] = inverse;
    right[row] = (right[row] as number) * inverse;
    for (let other = 0; other < rows; other++) {
      const start = other * items;
      const factor = tableau[start + column] as number;
      if (other === row || factor === 0) continue;
      for (const k of filled) {
        tableau[start + k] = (tableau[start + k] as number) - factor * (tableau[own + k] as number);
      }
      tableau[start + column] = -factor * inverse;
      right[other] = (right[other] as number) - factor * (right[row] as number);
    }
    const cost = costs[column] as number;
    for (const k of filled) costs[k] = (costs[k] as number) - cost * (tableau[own + k] as number);
    costs[column] = -cost * inverse;
    const gone = basic[row] as number;
    basic[row] = nonbasic[column] as number;
    nonbasic[column] = gone;
  }
}
