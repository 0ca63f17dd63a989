/** A heap of lists by the key at the head of each, largest key first; ties by a given order of the lists, if any. */
export class ListHeap {
  size = 0;
  /** The key at the head of each list, by the list's number. */
  readonly keys: Float64Array;
  private readonly heap: Int32Array;
  /** Positive where the head of the first list goes before that of the second, their keys being equal. */
  private readonly breakTie: ((one: number, other: number) => number) | null;

  constructor(lists: number, breakTie: ((one: number, other: number) => number) | null) {
    this.keys = new Float64Array(lists);
    this.heap = new Int32Array(lists);
    this.breakTie = breakTie;
  }

  /** The list with the largest key. The heap may not be empty. */
  get top(): number {
    return this.heap[0] as number;
  }

  add(list: number, key: number): void {
    this.keys[list] = key;
    let place = this.size++;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.before(list, this.heap[parent] as number)) break;
      this.heap[place] = this.heap[parent] as number;
      place = parent;
    }
    this.heap[place] = list;
  }

  /** Gives the top list a new, not larger, key. */
  lowerTop(key: number): void {
    this.keys[this.top] = key;
    this.sink(this.top);
  }

  removeTop(): void {
    this.size--;
    if (this.size > 0) this.sink(this.heap[this.size] as number);
  }

  private sink(list: number): void {
    const { heap, size } = this;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= size) break;
      if (child + 1 < size && this.before(heap[child + 1] as number, heap[child] as number)) child++;
      if (!this.before(heap[child] as number, list)) break;
      heap[place] = heap[child] as number;
      place = child;
    }
    heap[place] = list;
  }

  private before(one: number, other: number): boolean {
    const difference = (this.keys[one] as number) - (this.keys[other] as number);
    return difference > 0 || (difference === 0 && this.breakTie !== null && this.breakTie(one, other) > 0);
  }
}
