/**
 * Efficient vectors of part of a problem, with the way back to the options that gave them.
 *
 * Everything is built by one step, `merge`: lists, each a front moved by a fixed vector, become the front of
 * their union. Adding issue B to front A is the merge of the lists A + b for every b of B; a choice between
 * options is the merge of the options' fronts. So a nested tree is folded from its leaves (AND-OR recursion),
 * and each vector needs one pointer: the list it came from and its place there.
 *
 * The vectors of a front are in the order that its merge needs: by the first party descending, then the
 * second, and so on, for up to three parties; by their sum, descending, for more.
 */
import { at, type Choice } from "./model.ts";

/** A front moved by a vector; what the move stands for: an option, a vector of another front, or nothing. */
export interface FrontList {
  readonly front: Front;
  readonly shift: Float64Array;
  /** The option that this list stands for, or -1. */
  readonly option: number;
  readonly other: Front | null;
  readonly otherPlace: number;
}

/** Vectors with the way back to their options. */
export type Vectors = Pick<Front, "size" | "columns" | "vector" | "trace">;

export class Front {
  readonly size: number;
  /** Units, one column for each party. */
  readonly columns: readonly Float64Array[];
  private readonly lists: readonly FrontList[];
  private readonly listOf: Uint32Array | Uint8Array;
  private readonly placeOf: Int32Array;

  constructor(
    columns: readonly Float64Array[],
    lists: readonly FrontList[],
    listOf: Uint32Array | Uint8Array,
    placeOf: Int32Array,
  ) {
    this.size = placeOf.length;
    this.columns = columns;
    this.lists = lists;
    this.listOf = listOf;
    this.placeOf = placeOf;
  }

  /** Writes the options behind a vector into the choice. */
  trace(place: number, choice: Choice, issueOf: (option: number) => number): void {
    let front: Front = this;
    let here = place;
    while (front.lists.length > 0) {
      const {
        option,
        other,
        otherPlace,
        front: before,
      } = front.lists[front.listOf[here] as number] as FrontList;
      if (option >= 0) choice[issueOf(option)] = option;
      if (other !== null) other.trace(otherPlace, choice, issueOf);
      here = front.placeOf[here] as number;
      front = before;
    }
  }

  /** The vector at a place, in a fresh array. */
  vector(place: number): Float64Array {
    const vector = new Float64Array(this.columns.length);
    for (let p = 0; p < vector.length; p++) vector[p] = at(at(this.columns, p), place);
    return vector;
  }

  /** The largest number of each column; minus infinity where the front is empty. */
  peaks(): Float64Array {
    const peaks = new Float64Array(this.columns.length).fill(Number.NEGATIVE_INFINITY);
    for (let p = 0; p < peaks.length; p++) {
      const column = this.columns[p] as Float64Array;
      for (let k = 0; k < column.length; k++) peaks[p] = Math.max(peaks[p] as number, column[k] as number);
    }
    return peaks;
  }
}

/** The front that holds one vector and no choice. */
export function pointFront(vector: Float64Array): Front {
  return new Front(
    Array.from(vector, (value) => Float64Array.of(value)),
    [],
    new Uint8Array(1),
    new Int32Array(1),
  );
}

/** The lists that add a front to another one: one for each vector of the smaller. */
export function listsOfSum(one: Front, other: Front): FrontList[] {
  const [long, short] = one.size >= other.size ? [one, other] : [other, one];
  return Array.from({ length: short.size }, (_, place) => ({
    front: long,
    shift: short.vector(place),
    option: -1,
    other: short,
    otherPlace: place,
  }));
}

/** Takes the vectors that a merge keeps, in order. One builder serves merge after merge, in the same memory. */
export class FrontBuilder {
  size = 0;
  private lists: readonly FrontList[] = [];
  private columns: Float64Array[];
  private listOf = new Uint32Array(leastCapacity);
  private placeOf = new Int32Array(leastCapacity);

  constructor(parties: number) {
    this.columns = Array.from({ length: parties }, () => new Float64Array(leastCapacity));
  }

  /** Begins a front of vectors of these lists. */
  begin(lists: readonly FrontList[]): void {
    this.size = 0;
    this.lists = lists;
  }

  push(list: number, place: number): void {
    const { columns, size } = this;
    if (size === this.placeOf.length) {
      this.grow();
      this.push(list, place);
      return;
    }
    const { front, shift } = this.lists[list] as FrontList;
    for (let p = 0; p < columns.length; p++) {
      (columns[p] as Float64Array)[size] =
        ((front.columns[p] as Float64Array)[place] as number) + (shift[p] as number);
    }
    this.listOf[size] = list;
    this.placeOf[size] = place;
    this.size = size + 1;
  }

  dropLast(): void {
    this.size--;
  }

  finish(): Front {
    const { lists, size } = this;
    return new Front(
      this.columns.map((column) => column.slice(0, size)),
      lists,
      lists.length <= 256 ? Uint8Array.from(this.listOf.subarray(0, size)) : this.listOf.slice(0, size),
      this.placeOf.slice(0, size),
    );
  }

  private grow(): void {
    const capacity = this.size * 2;
    this.columns = this.columns.map((column) => grown(column, new Float64Array(capacity)));
    this.listOf = grown(this.listOf, new Uint32Array(capacity));
    this.placeOf = grown(this.placeOf, new Int32Array(capacity));
  }
}

const leastCapacity = 64;

function grown<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
