/**
 * Partial choices by what they cost in each of some bounds: a k-d tree (Bentley 1975) laid out in the order
 * in which it is walked, each node with the smallest cost of every dimension below it, so that a subtree that
 * is too dear everywhere is skipped in one step.
 */
const leafSize = 16;
const sampleSize = 33;

export class Completions {
  /** Steps of all walks so far. */
  steps = 0;
  private readonly width: number;
  private readonly costs: Float64Array;
  private readonly scale: Float64Array;
  /** Places of the vectors in the order of the leaves. */
  private readonly order: Int32Array;
  private readonly least: number[] = [];
  /** For each node, the first one after its subtree. */
  private readonly next: number[] = [];
  /** For a leaf, where its vectors begin and end; for an inner node they end before they begin. */
  private readonly begin: number[] = [];
  private readonly end: number[] = [];

  /**
   * @param costs `order.length` vectors of `scale.length` numbers each; they are sorted in place.
   * @param scale Makes the dimensions comparable: the widest is split.
   */
  constructor(costs: Float64Array, count: number, scale: Float64Array) {
    this.width = scale.length;
    this.costs = costs;
    this.scale = scale;
    this.order = Int32Array.from({ length: count }, (_, place) => place);
    if (count > 0) this.build(0, count);
  }

  /** Visits the place of every vector that costs no more than the budget anywhere, until a visit says false. */
  each(budget: Float64Array, visit: (place: number) => boolean): boolean {
    const { width, costs, least, next, begin, end, order } = this;
    const nodes = next.length;
    let node = 0;
    while (node < nodes) {
      this.steps++;
      let p = 0;
      for (let k = node * width; p < width; p++, k++) if ((least[k] as number) > (budget[p] as number)) break;
      if (p < width) {
        node = next[node] as number;
        continue;
      }
      for (let k = begin[node] as number; k < (end[node] as number); k++) {
        if (fits(costs, k * width, budget) && !visit(order[k] as number)) return false;
      }
      node++;
    }
    return true;
  }

  private build(low: number, high: number): void {
    const { width, least, next, begin, end, costs } = this;
    const node = next.length;
    next.push(0);
    begin.push(low);
    const cut = high - low > leafSize ? this.cut(low, high) : null;
    end.push(cut ? -1 : high);
    for (let p = 0; p < width; p++) least.push(Number.POSITIVE_INFINITY);
    const lower = (from: ArrayLike<number>, start: number): void => {
      for (let p = 0; p < width; p++)
        if ((from[start + p] as number) < (least[node * width + p] as number))
          least[node * width + p] = from[start + p] as number;
    };
    if (!cut) for (let k = low; k < high; k++) lower(costs, k * width);
    else {
      const middle = this.divide(low, high, cut);
      this.build(low, middle);
      lower(least, (node + 1) * width);
      const second = next.length;
      this.build(middle, high);
      lower(least, second * width);
    }
    next[node] = next.length;
  }

  /** The dimension in which a sample is widest, cut at its mean; null where all of it is the same. */
  private cut(low: number, high: number): Cut | null {
    const { width, costs, scale } = this;
    const stride = Math.max(1, Math.floor((high - low) / sampleSize));
    let dimension = -1;
    let widest = 0;
    let border = 0;
    for (let p = 0; p < width; p++) {
      let least = Number.POSITIVE_INFINITY;
      let most = Number.NEGATIVE_INFINITY;
      let sum = 0;
      let count = 0;
      for (let k = low; k < high; k += stride) {
        const cost = costs[k * width + p] as number;
        if (cost < least) least = cost;
        if (cost > most) most = cost;
        sum += cost;
        count++;
      }
      const wide = (most - least) * (scale[p] as number);
      if (wide <= widest) continue;
      dimension = p;
      widest = wide;
      // Above the smallest, so that neither side is empty.
      border = Math.min(most, Math.max(sum / count, least + (most - least) / 1024));
    }
    return dimension < 0 ? null : { dimension, border };
  }

  /** Puts what costs less than the border first; returns where the rest begins. */
  private divide(low: number, high: number, { dimension, border }: Cut): number {
    const { width, costs } = this;
    let i = low;
    let j = high - 1;
    for (;;) {
      while (i <= j && (costs[i * width + dimension] as number) < border) i++;
      while (i <= j && (costs[j * width + dimension] as number) >= border) j--;
      if (i > j) return i;
      this.swap(i, j);
    }
  }

  private swap(i: number, j: number): void {
    const { width, costs, order } = this;
    for (let p = 0; p < width; p++) {
      const cost = costs[i * width + p] as number;
      costs[i * width + p] = costs[j * width + p] as number;
      costs[j * width + p] = cost;
    }
    const place = order[i] as number;
    order[i] = order[j] as number;
    order[j] = place;
  }
}

interface Cut {
  readonly dimension: number;
  readonly border: number;
}

function fits(costs: Float64Array, from: number, budget: Float64Array): boolean {
  for (let p = 0; p < budget.length; p++) {
    if ((costs[from + p] as number) > (budget[p] as number)) return false;
  }
  return true;
}
