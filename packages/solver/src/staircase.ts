/**
 * The efficient pairs among those added: x ascending, y descending, in blocks of bounded length, so that
 * asking is two binary searches and adding moves few numbers.
 */
const capacity = 128;

interface Block {
  readonly x: Float64Array;
  readonly y: Float64Array;
  size: number;
}

export class Staircase {
  private readonly blocks: Block[] = [newBlock()];
  /** The largest x of each block. */
  private readonly last: number[] = [Number.NEGATIVE_INFINITY];

  /** Adds the pair unless one that is there has at least its x and its y; says whether it did. */
  add(x: number, y: number): boolean {
    let b = this.blockFor(x);
    let place = 0;
    if (b < this.blocks.length) {
      const block = this.blocks[b] as Block;
      place = lowerBound(block, x);
      if ((block.y[place] as number) >= y) return false;
    } else {
      b--;
      place = (this.blocks[b] as Block).size;
    }
    this.removeCovered(b, place, x, y);
    return true;
  }

  /** Whether a pair that is there has at least this x and this y. */
  covers(x: number, y: number): boolean {
    const block = this.blocks[this.blockFor(x)];
    return block !== undefined && (block.y[lowerBound(block, x)] as number) >= y;
  }

  /** The first block that holds a pair with at least this x. */
  private blockFor(x: number): number {
    const { last } = this;
    let low = 0;
    let high = last.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((last[middle] as number) < x) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Puts the pair at its place and takes out those before it that it covers. */
  private removeCovered(b: number, place: number, x: number, y: number): void {
    const block = this.blocks[b] as Block;
    // An equal x stands at the place itself; others that are covered stand before it.
    const end = place < block.size && block.x[place] === x ? place + 1 : place;
    let start = place;
    while (start > 0 && (block.y[start - 1] as number) <= y) start--;
    const moved = start + 1 - end;
    if (moved !== 0) {
      block.x.copyWithin(end + moved, end, block.size);
      block.y.copyWithin(end + moved, end, block.size);
    }
    block.x[start] = x;
    block.y[start] = y;
    block.size += moved;
    this.last[b] = block.x[block.size - 1] as number;
    if (start === 0) this.trimBefore(b, y);
    if (block.size === capacity) this.split(this.blocks.indexOf(block, 0));
  }

  /** Takes covered pairs off the ends of the blocks before. */
  private trimBefore(b: number, y: number): void {
    let from = b;
    while (from > 0) {
      const block = this.blocks[from - 1] as Block;
      while (block.size > 0 && (block.y[block.size - 1] as number) <= y) block.size--;
      if (block.size > 0) {
        this.last[from - 1] = block.x[block.size - 1] as number;
        break;
      }
      from--;
    }
    if (from < b) {
      this.blocks.splice(from, b - from);
      this.last.splice(from, b - from);
    }
  }

  private split(b: number): void {
    const block = this.blocks[b] as Block;
    const half = capacity >> 1;
    const upper = newBlock();
    upper.x.set(block.x.subarray(half, capacity));
    upper.y.set(block.y.subarray(half, capacity));
    upper.size = capacity - half;
    block.size = half;
    this.blocks.splice(b + 1, 0, upper);
    this.last.splice(b, 1, block.x[half - 1] as number, upper.x[upper.size - 1] as number);
  }
}

function newBlock(): Block {
  return { x: new Float64Array(capacity), y: new Float64Array(capacity), size: 0 };
}

/** The first place whose x is at least this one. */
function lowerBound(block: Block, x: number): number {
  let low = 0;
  let high = block.size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((block.x[middle] as number) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
