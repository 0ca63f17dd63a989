/**
 * Efficient vectors of many numbers, with the question whether one of them covers a new one: a k-d tree with
 * buckets (Bentley 1975), each node with the largest number of every dimension below it, so that a subtree
 * that cannot cover is left unseen.
 *
 * Nothing is ever taken out: callers add by descending sum, so that no vector is covered by a later one.
 */
const bucketSize = 24;

interface Node {
  readonly peak: Float64Array;
  /** Places of the vectors, in a leaf. */
  bucket: Int32Array | null;
  count: number;
  dimension: number;
  border: number;
  low: Node | null;
  high: Node | null;
}

export class Archive {
  size = 0;
  private readonly width: number;
  private values: Float64Array;
  private readonly root: Node;
  /** The place that covered last: likely to cover again. */
  private recent = -1;

  constructor(width: number) {
    this.width = width;
    this.values = new Float64Array(width * 1024);
    this.root = leaf(width);
  }

  /** Adds the vector unless one of those kept has at least as much everywhere; says whether it did. */
  add(vector: Float64Array): boolean {
    if (this.recent >= 0 && this.coversAt(this.recent, vector)) return false;
    if (this.covers(vector)) return false;
    this.insert(vector);
    return true;
  }

  /** Whether one of those kept has at least as much everywhere. */
  covers(vector: Float64Array): boolean {
    return this.size > 0 && this.covered(this.root, vector);
  }

  private coversAt(place: number, vector: Float64Array): boolean {
    const { width, values } = this;
    const start = place * width;
    for (let p = 0; p < width; p++) if ((values[start + p] as number) < (vector[p] as number)) return false;
    return true;
  }

  private covered(node: Node, vector: Float64Array): boolean {
    const { peak, bucket } = node;
    for (let p = 0; p < peak.length; p++) if ((peak[p] as number) < (vector[p] as number)) return false;
    if (bucket) {
      for (let k = 0; k < node.count; k++) {
        if (this.coversAt(bucket[k] as number, vector)) {
          this.recent = bucket[k] as number;
          return true;
        }
      }
      return false;
    }
    if (this.covered(node.high as Node, vector)) return true;
    // The low side holds only numbers below the border.
    return (vector[node.dimension] as number) < node.border && this.covered(node.low as Node, vector);
  }

  private insert(vector: Float64Array): void {
    const place = this.size++;
    if (this.size * this.width > this.values.length) {
      const grown = new Float64Array(this.values.length * 2);
      grown.set(this.values);
      this.values = grown;
    }
    this.values.set(vector, place * this.width);
    let node = this.root;
    for (;;) {
      for (let p = 0; p < this.width; p++) {
        if ((node.peak[p] as number) < (vector[p] as number)) node.peak[p] = vector[p] as number;
      }
      if (node.bucket) break;
      node = ((vector[node.dimension] as number) < node.border ? node.low : node.high) as Node;
    }
    node.bucket[node.count++] = place;
    if (node.count === bucketSize) this.split(node);
  }

  private split(node: Node): void {
    const { width, values } = this;
    const bucket = node.bucket as Int32Array;
    let dimension = 0;
    let widest = -1;
    for (let p = 0; p < width; p++) {
      let least = Number.POSITIVE_INFINITY;
      for (const place of bucket) least = Math.min(least, values[place * width + p] as number);
      if ((node.peak[p] as number) - least > widest) {
        widest = (node.peak[p] as number) - least;
        dimension = p;
      }
    }
    const numbers = Float64Array.from(bucket, (place) => values[place * width + dimension] as number).sort();
    const border = numbers.find((number, k) => k >= bucketSize / 2 && number > (numbers[0] as number));
    // Widest spread 0 would mean equal vectors, which are never kept twice.
    node.dimension = dimension;
    node.border = border ?? (numbers[bucketSize - 1] as number);
    node.low = leaf(width);
    node.high = leaf(width);
    node.bucket = null;
    for (const place of bucket) {
      const side = (values[place * width + dimension] as number) < node.border ? node.low : node.high;
      (side.bucket as Int32Array)[side.count++] = place;
      for (let p = 0; p < width; p++) {
        side.peak[p] = Math.max(side.peak[p] as number, values[place * width + p] as number);
      }
    }
  }
}

function leaf(width: number): Node {
  return {
    peak: new Float64Array(width).fill(Number.NEGATIVE_INFINITY),
    bucket: new Int32Array(bucketSize),
    count: 0,
    dimension: 0,
    border: 0,
    low: null,
    high: null,
  };
}
