/**
 * A linear program solved from the side of its bound: maximise cost x under rows that are <= or =, with x >= 0.
 *
 * The dual simplex method (Lemke 1954) on a working set: only rows that are tight are held, with as many basic
 * variables, and the inverse of their square matrix (dense, changed by one rank a pivot). All other rows are
 * looked at only for being broken, so thousands of linkages cost what the few hundred cost that bind. A basis
 * can be taken along and put back, so a node of a search starts where its parent ended.
 *
 * Floating point throughout: the prices that come out only steer; what is claimed of them is computed again in
 * whole numbers (bound-weights.ts). Where numbers go bad or the pivots end, the prices so far are the answer.
 */
import { at } from "./model.ts";

/** `sum of factors x variables <= limit`, or `=`. */
export interface Row {
  readonly columns: Int32Array;
  readonly factors: Float64Array;
  readonly limit: number;
  readonly equal: boolean;
}

/** What is tight and what is basic, with the inverse: enough to go on from. */
export interface Basis {
  readonly rows: readonly Row[];
  readonly columns: Int32Array;
  readonly inverse: Float64Array;
}

/** What the program does not list row by row. */
export interface RowSource {
  /** A row that is broken by more than the tolerance, the more the better; null where there is none. */
  broken(values: Float64Array, basic: readonly number[]): Row | null;
}

const tolerance = 1e-9;
const feasible = 1e-8;
const smallestPivot = 1e-7;
const pivotsBetweenInversions = 200;
const pivotsBetweenChecks = 40;
/** Pivots before a solution is given up: so many, and so many for each row that is tight at the start. */
const mostPivots = 1000;
const mostPivotsForEach = 30;
/** Where there is no solution the bound has no limit: so many times its size it is let fall. */
const fall = 10;

export class DualSimplex {
  /** Value of each variable; 0 unless basic. */
  readonly values: Float64Array;
  pivots = 0;
  private readonly cost: Float64Array;
  private readonly free: Uint8Array;
  private readonly source: RowSource;
  /** The tight rows, the basic variables, and the inverse of their square: of variable j and row i at [j * stride + i]. */
  private rows: Row[] = [];
  private columns: number[] = [];
  private inverse: Float64Array = new Float64Array(0);
  private stride = 0;
  /** Price of each tight row. */
  private prices: number[] = [];
  /** What a unit of each variable is worth at these prices. */
  private readonly reduced: Float64Array;
  private readonly across: Float64Array;
  private readonly dense: Float64Array;
  private readonly isBasic: Uint8Array;
  /** A row that no values keep, and its price. */
  private beyond: readonly [Row, number] | null = null;
  private sinceInversion = 0;
  private sinceCheck = 0;

  /** @param free Variables without a sign: they have to be basic from the start, and stay so. */
  constructor(cost: Float64Array, free: Uint8Array, source: RowSource) {
    this.cost = cost;
    this.free = free;
    this.source = source;
    this.values = new Float64Array(cost.length);
    this.reduced = new Float64Array(cost.length);
    this.across = new Float64Array(cost.length);
    this.dense = new Float64Array(cost.length);
    this.isBasic = new Uint8Array(cost.length);
  }

  get basis(): Basis {
    const m = this.rows.length;
    const inverse = new Float64Array(m * m);
    for (let j = 0; j < m; j++)
      inverse.set(this.inverse.subarray(j * this.stride, j * this.stride + m), j * m);
    return { rows: [...this.rows], columns: Int32Array.from(this.columns), inverse };
  }

  /** The rows that have a price above 0. */
  *priced(): Generator<readonly [Row, number]> {
    if (this.beyond) yield this.beyond;
    for (const [i, row] of this.rows.entries()) {
      const price = this.prices[i] as number;
      if (price > 0) yield [row, price];
    }
  }

  /** Goes on from rows and variables whose prices are right; false where they have no inverse. */
  start(rows: readonly Row[], columns: ArrayLike<number>, inverse: Float64Array | null): boolean {
    const m = rows.length;
    this.rows = [...rows];
    this.columns = Array.from(columns);
    this.isBasic.fill(0);
    for (const v of this.columns) this.isBasic[v] = 1;
    if (!inverse) return this.invert();
    this.hold(inverse, m);
    this.check();
    return true;
  }

  /**
   * Pivots until no row is broken. True when it came to that; false when stopped, stuck, or without a solution.
   * @param alive 0 for a variable that has to be 0.
   */
  solve(alive: Uint8Array, step: (work: number) => boolean): boolean {
    let fresh = false;
    this.beyond = null;
    for (let left = mostPivots + mostPivotsForEach * this.rows.length; left > 0; left--) {
      if (this.sinceInversion >= pivotsBetweenInversions && !this.invert()) return false;
      if (this.sinceCheck >= pivotsBetweenChecks) this.check();
      const found = this.pickLeaving(alive);
      if (!found) {
        if (fresh || this.sinceCheck === 0) return true;
        // The end is looked at once more without the errors of the way.
        fresh = true;
        this.check();
        continue;
      }
      fresh = false;
      if (!step(10 + this.rows.length ** 2 / 512)) return false;
      this.pivots++;
      this.sinceInversion++;
      this.sinceCheck++;
      const moved = found.row
        ? this.addRow(found.row, alive)
        : this.dropColumn(found.place, found.sign, alive);
      if (!moved) return false;
    }
    return false;
  }

  /** Values and prices from the inverse. */
  private check(): void {
    const { rows, columns, inverse, stride, values, cost, reduced } = this;
    const m = rows.length;
    const prices = new Float64Array(m);
    values.fill(0);
    for (let j = 0; j < m; j++) {
      const v = columns[j] as number;
      const own = cost[v] as number;
      const from = j * stride;
      let sum = 0;
      for (let i = 0; i < m; i++) {
        const factor = inverse[from + i] as number;
        sum += factor * (rows[i] as Row).limit;
        prices[i] = (prices[i] as number) + own * factor;
      }
      values[v] = sum;
    }
    this.prices = Array.from(prices);
    reduced.set(cost);
    for (let i = 0; i < m; i++) addTo(reduced, rows[i] as Row, -(prices[i] as number));
    this.sinceCheck = 0;
  }

  private pickLeaving(alive: Uint8Array): Leaving | null {
    const { columns, values, free } = this;
    let worst = feasible;
    let place = -1;
    let sign: 1 | -1 = 1;
    for (let j = 0; j < columns.length; j++) {
      const v = columns[j] as number;
      if (free[v]) continue;
      const value = values[v] as number;
      if (-value > worst) [worst, place, sign] = [-value, j, 1];
      else if (!alive[v] && value > worst) [worst, place, sign] = [value, j, -1];
    }
    if (place >= 0) return { row: null, place, sign };
    const row = this.source.broken(values, columns);
    return row && { row, place: -1, sign: 1 };
  }

  /** A broken row becomes tight: a variable comes in with it, or another row goes. */
  private addRow(row: Row, alive: Uint8Array): boolean {
    const { rows, columns, inverse, stride, dense, across, values } = this;
    const m = rows.length;
    dense.fill(0);
    addTo(dense, row, 1);
    const mix = new Float64Array(m);
    for (let j = 0; j < m; j++) {
      const own = dense[columns[j] as number] as number;
      if (own === 0) continue;
      const from = j * stride;
      for (let i = 0; i < m; i++) mix[i] = (mix[i] as number) + own * (inverse[from + i] as number);
    }
    across.set(dense);
    let short = row.limit;
    for (let i = 0; i < m; i++) {
      addTo(across, rows[i] as Row, -(mix[i] as number));
      short -= (mix[i] as number) * (rows[i] as Row).limit;
    }
    const entering = this.enter(mix, 1, alive);
    if (!entering) {
      this.beyond = [row, this.letFall(mix, 1, short)];
      return false;
    }
    this.reprice(mix, 1, entering.rise);
    if (entering.column >= 0) {
      const column = this.columnOf(entering.column);
      const value = short / (across[entering.column] as number);
      for (let j = 0; j < m; j++) this.shift(columns[j] as number, -(column[j] as number) * value);
      values[entering.column] = value;
      this.border(row, entering.column, mix, column);
      this.prices.push(entering.rise);
    } else {
      const share = short / (mix[entering.place] as number);
      for (let j = 0; j < m; j++)
        this.shift(columns[j] as number, (inverse[j * stride + entering.place] as number) * share);
      this.exchangeRow(entering.place, row, mix);
      this.prices[entering.place] = entering.rise;
    }
    return true;
  }

  /** A variable that is below 0 (or has to be 0) stops being basic: another one comes in, or a row goes. */
  private dropColumn(place: number, sign: 1 | -1, alive: Uint8Array): boolean {
    const { rows, columns, inverse, stride, across, values } = this;
    const m = rows.length;
    const leaving = columns[place] as number;
    const mix = inverse.slice(place * stride, place * stride + m);
    across.fill(0);
    for (let i = 0; i < m; i++) addTo(across, rows[i] as Row, sign * (mix[i] as number));
    const value = values[leaving] as number;
    const entering = this.enter(mix, -sign, alive);
    if (!entering) {
      this.letFall(mix, -sign, value);
      return false;
    }
    this.reprice(mix, -sign, entering.rise);
    if (entering.column >= 0) {
      const column = this.columnOf(entering.column);
      const share = value / (column[place] as number);
      for (let j = 0; j < m; j++) this.shift(columns[j] as number, -(column[j] as number) * share);
      values[entering.column] = share;
      this.exchangeColumn(place, entering.column, column);
    } else {
      const share = value / (mix[entering.place] as number);
      for (let j = 0; j < m; j++)
        this.shift(columns[j] as number, -(inverse[j * stride + entering.place] as number) * share);
      this.shrink(place, entering.place);
    }
    values[leaving] = 0;
    return true;
  }

  /** Prices far along the way on which nothing ends the fall of the bound; returns how far. */
  private letFall(mix: Float64Array, sign: number, short: number): number {
    const { cost, values } = this;
    const size = cost.reduce((sum, own, v) => sum + Math.abs(own * (values[v] as number)), 1);
    const rise = (fall * size) / Math.abs(short);
    this.reprice(mix, sign, rise);
    return rise;
  }

  private shift(v: number, by: number): void {
    this.values[v] = (this.values[v] as number) + by;
  }

  private reprice(mix: Float64Array, sign: number, rise: number): void {
    const { prices, reduced, across } = this;
    if (rise === 0) return;
    for (let i = 0; i < mix.length; i++) prices[i] = (prices[i] as number) - sign * rise * (mix[i] as number);
    for (let v = 0; v < reduced.length; v++)
      reduced[v] = (reduced[v] as number) - rise * (across[v] as number);
  }

  /**
   * The first variable whose worth would rise above 0, or row whose price would fall below it, when the price
   * of what leaves rises; of several about as early the one with the largest pivot (Harris 1973).
   */
  private enter(mix: Float64Array, sign: number, alive: Uint8Array): Entering | null {
    const { reduced, isBasic, rows, prices, across } = this;
    let most = Number.POSITIVE_INFINITY;
    for (let v = 0; v < across.length; v++) {
      const slope = across[v] as number;
      if (slope > -smallestPivot || !alive[v] || isBasic[v]) continue;
      const rise = (Math.min(0, reduced[v] as number) - tolerance) / slope;
      if (rise < most) most = rise;
    }
    for (let i = 0; i < mix.length; i++) {
      const slope = sign * (mix[i] as number);
      if (slope < smallestPivot || (rows[i] as Row).equal) continue;
      const rise = (Math.max(0, prices[i] as number) + tolerance) / slope;
      if (rise < most) most = rise;
    }
    if (most === Number.POSITIVE_INFINITY) return null;
    let best = 0;
    let column = -1;
    let place = -1;
    let rise = 0;
    for (let v = 0; v < across.length; v++) {
      const slope = -(across[v] as number);
      if (slope <= best || slope < smallestPivot || !alive[v] || isBasic[v]) continue;
      const own = Math.max(0, -(reduced[v] as number)) / slope;
      if (own <= most) [best, column, rise] = [slope, v, own];
    }
    for (let i = 0; i < mix.length; i++) {
      const slope = sign * (mix[i] as number);
      if (slope <= best || slope < smallestPivot || (rows[i] as Row).equal) continue;
      const own = Math.max(0, prices[i] as number) / slope;
      if (own <= most) [best, column, place, rise] = [slope, -1, i, own];
    }
    return { column, place, rise };
  }

  /** inverse x the column of a variable in the tight rows, by basic variable. */
  private columnOf(v: number): Float64Array {
    const { rows, inverse, stride } = this;
    const m = rows.length;
    const sum = new Float64Array(m);
    for (let i = 0; i < m; i++) {
      const factor = factorOf(rows[i] as Row, v);
      if (factor === 0) continue;
      for (let j = 0, k = i; j < m; j++, k += stride)
        sum[j] = (sum[j] as number) + factor * (inverse[k] as number);
    }
    return sum;
  }

  private border(row: Row, v: number, mix: Float64Array, column: Float64Array): void {
    const m = this.rows.length;
    const pivot = this.across[v] as number;
    if (m === this.stride) this.hold(this.inverse, m);
    const { inverse, stride } = this;
    for (let j = 0; j < m; j++) {
      const share = (column[j] as number) / pivot;
      const from = j * stride;
      if (share !== 0)
        for (let i = 0; i < m; i++)
          inverse[from + i] = (inverse[from + i] as number) + share * (mix[i] as number);
      inverse[from + m] = -share;
    }
    for (let i = 0; i < m; i++) inverse[m * stride + i] = -(mix[i] as number) / pivot;
    inverse[m * stride + m] = 1 / pivot;
    this.rows.push(row);
    this.columns.push(v);
    this.isBasic[v] = 1;
  }

  private exchangeRow(place: number, row: Row, mix: Float64Array): void {
    const { inverse, stride } = this;
    const m = this.rows.length;
    const pivot = mix[place] as number;
    for (let j = 0; j < m; j++) {
      const from = j * stride;
      const share = (inverse[from + place] as number) / pivot;
      if (share === 0) continue;
      for (let i = 0; i < m; i++)
        inverse[from + i] = (inverse[from + i] as number) - share * (mix[i] as number);
      inverse[from + place] = share;
    }
    this.rows[place] = row;
  }

  private exchangeColumn(place: number, v: number, column: Float64Array): void {
    const { inverse, stride } = this;
    const m = this.rows.length;
    const own = place * stride;
    const pivot = column[place] as number;
    for (let i = 0; i < m; i++) inverse[own + i] = (inverse[own + i] as number) / pivot;
    for (let j = 0; j < m; j++) {
      const share = column[j] as number;
      if (j === place || share === 0) continue;
      const from = j * stride;
      for (let i = 0; i < m; i++) {
        inverse[from + i] = (inverse[from + i] as number) - share * (inverse[own + i] as number);
      }
    }
    this.isBasic[this.columns[place] as number] = 0;
    this.columns[place] = v;
    this.isBasic[v] = 1;
  }

  /** Takes out the row at `gone` and the basic variable at `place`; the last ones take their places. */
  private shrink(place: number, gone: number): void {
    const { inverse, stride, rows, columns, prices } = this;
    const m = rows.length;
    const last = m - 1;
    const own = place * stride;
    const pivot = inverse[own + gone] as number;
    for (let j = 0; j < m; j++) {
      const from = j * stride;
      const share = (inverse[from + gone] as number) / pivot;
      if (j === place || share === 0) continue;
      for (let i = 0; i < m; i++)
        inverse[from + i] = (inverse[from + i] as number) - share * (inverse[own + i] as number);
    }
    for (let i = 0; i < m; i++) inverse[own + i] = inverse[last * stride + i] as number;
    for (let j = 0; j < last; j++) inverse[j * stride + gone] = inverse[j * stride + last] as number;
    this.isBasic[columns[place] as number] = 0;
    columns[place] = columns[last] as number;
    rows[gone] = rows[last] as Row;
    prices[gone] = prices[last] as number;
    columns.pop();
    rows.pop();
    prices.pop();
  }

  /** Keeps a matrix of m by m, with room to grow. */
  private hold(matrix: Float64Array, m: number): void {
    this.stride = m + 64;
    this.inverse = new Float64Array(this.stride * this.stride);
    for (let j = 0; j < m; j++) this.inverse.set(matrix.subarray(j * m, j * m + m), j * this.stride);
  }

  /** The inverse from scratch, by Gauss and Jordan with the largest pivot of each column. */
  private invert(): boolean {
    const { rows, columns } = this;
    const m = rows.length;
    const width = 2 * m;
    const work = new Float64Array(m * width);
    const placeOf = new Map(columns.map((v, j) => [v, j]));
    for (const [i, { columns: own, factors }] of rows.entries()) {
      for (let k = 0; k < own.length; k++) {
        const j = placeOf.get(own[k] as number);
        if (j !== undefined) work[i * width + j] = factors[k] as number;
      }
      work[i * width + m + i] = 1;
    }
    const order = Int32Array.from({ length: m }, (_, i) => i);
    for (let c = 0; c < m; c++) {
      let best = c;
      for (let i = c + 1; i < m; i++) {
        const size = Math.abs(work[at(order, i) * width + c] as number);
        if (size > Math.abs(work[at(order, best) * width + c] as number)) best = i;
      }
      const own = at(order, best);
      order[best] = at(order, c);
      order[c] = own;
      const pivot = work[own * width + c] as number;
      if (Math.abs(pivot) < 1e-11) return false;
      for (let k = c; k < width; k++) work[own * width + k] = (work[own * width + k] as number) / pivot;
      for (let i = 0; i < m; i++) {
        if (i === own) continue;
        const share = work[i * width + c] as number;
        if (share === 0) continue;
        for (let k = c; k < width; k++) {
          work[i * width + k] = (work[i * width + k] as number) - share * (work[own * width + k] as number);
        }
      }
    }
    const inverse = new Float64Array(m * m);
    for (let j = 0; j < m; j++) {
      const from = at(order, j) * width + m;
      inverse.set(work.subarray(from, from + m), j * m);
    }
    this.hold(inverse, m);
    this.check();
    this.sinceInversion = 0;
    return true;
  }
}

interface Leaving {
  readonly row: Row | null;
  readonly place: number;
  readonly sign: 1 | -1;
}

interface Entering {
  readonly column: number;
  readonly place: number;
  /** Of the price of what leaves. */
  readonly rise: number;
}

function addTo(sums: Float64Array, { columns, factors }: Row, times: number): void {
  if (times === 0) return;
  for (let k = 0; k < columns.length; k++) {
    const v = columns[k] as number;
    sums[v] = (sums[v] as number) + times * (factors[k] as number);
  }
}

function factorOf({ columns, factors }: Row, v: number): number {
  const k = columns.indexOf(v);
  return k < 0 ? 0 : (factors[k] as number);
}
