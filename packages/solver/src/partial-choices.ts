/** The partial choices of a side of a meeting, as leaves of the tree of their values, and what each costs. */
import { at } from "./model.ts";

export class PartialChoices {
  size = 0;
  /** Of choice k in bound j at [k * width + j]. */
  costs: Float64Array;
  private readonly path: Int32Array;
  private leaves = new Int32Array(64);
  private values = new Int32Array(64);
  private parents = new Int32Array(64);
  private branches = 0;

  constructor(width: number, variables: number) {
    this.costs = new Float64Array(64 * width);
    this.path = new Int32Array(variables);
  }

  /** The next choice has this value at its k-th variable. */
  branch(k: number, value: number): void {
    if (this.branches === this.values.length) {
      this.values = grown(this.values);
      this.parents = grown(this.parents);
    }
    this.values[this.branches] = value;
    this.parents[this.branches] = k > 0 ? at(this.path, k - 1) : -1;
    this.path[k] = this.branches++;
  }

  /** Adds the choice whose branches and costs were written; makes room for the next. */
  add(): void {
    this.leaves[this.size++] = this.path[this.path.length - 1] ?? -1;
    if (this.size < this.leaves.length) return;
    this.leaves = grown(this.leaves);
    this.costs = grown(this.costs);
  }

  /** The value of every variable in choice `place`. */
  trace(place: number, set: (k: number, value: number) => void): void {
    let branch = at(this.leaves, place);
    for (let k = this.path.length - 1; k >= 0; k--) {
      set(k, at(this.values, branch));
      branch = at(this.parents, branch);
    }
  }
}

function grown<T extends Int32Array | Float64Array>(list: T): T {
  const larger = new (list.constructor as new (length: number) => T)(list.length * 2);
  larger.set(list);
  return larger;
}
