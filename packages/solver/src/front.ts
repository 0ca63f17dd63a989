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
      const list: FrontList = at(front.lists, at(front.listOf, here));
      if (list.option >= 0) choice[issueOf(list.option)] = list.option;
      list.other?.trace(list.otherPlace, choice, issueOf);
      here = at(front.placeOf, here);
      front = list.front;
    }
  }

  /** The vector at a place, in a fresh array. */
  vector(place: number): Float64Array {
    return Float64Array.from(this.columns, (column) => at(column, place));
  }

  /** The largest number of each column; minus infinity where the front is empty. */
  peaks(): Float64Array {
    return Float64Array.from(this.columns, (column) => column.reduce((a, b) => Math.max(a, b), -Infinity));
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

/** Takes the vectors that a merge keeps, in order. */
export class FrontBuilder {
  private readonly lists: readonly FrontList[];
  private columns: Float64Array[];
  private listOf: Uint32Array | Uint8Array;
  private placeOf: Int32Array;
  size = 0;

  constructor(parties: number, lists: readonly FrontList[]) {
    const capacity = lists.reduce((most, list) => Math.max(most, list.front.size), 16);
    this.lists = lists;
    this.columns = Array.from({ length: parties }, () => new Float64Array(capacity));
    this.listOf = lists.length <= 256 ? new Uint8Array(capacity) : new Uint32Array(capacity);
    this.placeOf = new Int32Array(capacity);
  }

  /** The growing columns; only the first `size` numbers count, and a push may replace them. */
  get filled(): readonly Float64Array[] {
    return this.columns;
  }

  push(list: number, place: number): void {
    if (this.size === this.placeOf.length) this.grow();
    const { front, shift } = this.lists[list] as FrontList;
    for (let p = 0; p < shift.length; p++) {
      (this.columns[p] as Float64Array)[this.size] =
        ((front.columns[p] as Float64Array)[place] as number) + (shift[p] as number);
    }
    this.listOf[this.size] = list;
    this.placeOf[this.size] = place;
    this.size++;
  }

  finish(): Front {
    return new Front(
      this.columns.map((column) => column.slice(0, this.size)),
      this.lists,
      this.listOf.slice(0, this.size),
      this.placeOf.slice(0, this.size),
    );
  }

  private grow(): void {
    const capacity = this.size * 2;
    this.columns = this.columns.map((column) => grown(column, new Float64Array(capacity)));
    this.listOf = grown(this.listOf, new (this.lists.length <= 256 ? Uint8Array : Uint32Array)(capacity));
    this.placeOf = grown(this.placeOf, new Int32Array(capacity));
  }
}

function grown<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
