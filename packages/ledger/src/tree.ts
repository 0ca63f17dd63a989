/**
 * The Merkle tree of a log (RFC 6962 section 2.1): its root, and proofs that an entry is in it and that a longer tree
 * continues a shorter one. Verification follows RFC 9162 sections 2.1.3.2 and 2.1.4.2.
 *
 * A tree of n leaves is the perfect subtrees named by the binary digits of n, so a log is continued from at most
 * log2(n) + 1 hashes, and every proof has at most that many. Nodes are named by level (0: leaves) and index.
 */
import { equalBytes } from "./encoding.ts";
import { emptyRoot, hashLength, nodeHash } from "./hash.ts";

/** The hash of the perfect subtree over leaves index * 2^level up to (index + 1) * 2^level. */
export type NodeReader = (level: number, index: number) => Uint8Array;

/** A perfect subtree that an append completed, for a store that keeps nodes. */
export type CompletedNode = { readonly level: number; readonly index: number; readonly hash: Uint8Array };

/** The state from which a log is continued: its size, and the roots of its perfect subtrees, largest first. */
export class CompactTree {
  #size: number;
  readonly #peaks: Uint8Array[];

  constructor(size = 0, peaks: readonly Uint8Array[] = []) {
    assertSize(size);
    if (peaks.length !== peakLevels(size).length) {
      throw new RangeError(
        `a tree of ${size} leaves has ${peakLevels(size).length} peaks, not ${peaks.length}`,
      );
    }
    this.#size = size;
    this.#peaks = [...peaks];
  }

  get size(): number {
    return this.#size;
  }

  get peaks(): readonly Uint8Array[] {
    return this.#peaks;
  }

  /** Appends a leaf hash; gives the nodes that this completed, the leaf first. */
  append(leaf: Uint8Array): readonly CompletedNode[] {
    let node: CompletedNode = { level: 0, index: this.#size, hash: leaf };
    const completed = [node];
    while (node.index % 2 === 1) {
      const hash = nodeHash(this.#peaks.pop() as Uint8Array, node.hash);
      node = { level: node.level + 1, index: (node.index - 1) / 2, hash };
      completed.push(node);
    }
    this.#peaks.push(node.hash);
    this.#size++;
    return completed;
  }

  root(): Uint8Array {
    return foldPeaks(this.#peaks);
  }
}

/** A tree that keeps every node (64 bytes a leaf), and so knows its every earlier root and proof. */
export class MerkleTree {
  readonly #compact: CompactTree = new CompactTree();
  readonly #levels: NodeLevel[] = [];
  readonly #node: NodeReader = (level, index) => (this.#levels[level] as NodeLevel).get(index);

  get size(): number {
    return this.#compact.size;
  }

  append(leaf: Uint8Array): void {
    for (const { level, hash } of this.#compact.append(leaf)) {
      let nodes = this.#levels[level];
      if (nodes === undefined) {
        nodes = new NodeLevel();
        this.#levels.push(nodes);
      }
      nodes.push(hash);
    }
  }

  /** A copy of the state from which this tree is continued, to try what follows without taking it. */
  compact(): CompactTree {
    return new CompactTree(this.size, this.#compact.peaks);
  }

  leaf(index: number): Uint8Array | undefined {
    return index >= 0 && index < this.size ? this.#node(0, index) : undefined;
  }

  root(): Uint8Array {
    return this.#compact.root();
  }

  /** The root when the log had `size` entries; undefined for a size that it never had. */
  rootAt(size: number): Uint8Array | undefined {
    if (!isSize(size) || size > this.size) return undefined;
    return size === this.size ? this.root() : rootFrom(size, this.#node);
  }

  inclusionProof(index: number, size: number): readonly Uint8Array[] {
    if (size > this.size) throw new RangeError(`the tree has ${this.size} leaves, not ${size}`);
    return inclusionProof(index, size, this.#node);
  }

  consistencyProof(from: number, to: number): readonly Uint8Array[] {
    if (to > this.size) throw new RangeError(`the tree has ${this.size} leaves, not ${to}`);
    return consistencyProof(from, to, this.#node);
  }
}

/** Root of the first `size` leaves, read from stored nodes. */
export function rootFrom(size: number, node: NodeReader): Uint8Array {
  assertSize(size);
  return rangeHash(0, size, node);
}

/** The audit path of leaf `index` in the tree of `size` leaves (RFC 6962 section 2.1.1). */
export function inclusionProof(index: number, size: number, node: NodeReader): readonly Uint8Array[] {
  assertSize(size);
  if (!isSize(index) || index >= size) throw new RangeError(`leaf ${index} is not in a tree of ${size}`);
  const path: Uint8Array[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start);
    if (index < middle) {
      path.push(rangeHash(middle, end, node));
      end = middle;
    } else {
      path.push(rangeHash(start, middle, node));
      start = middle;
    }
  }
  return path.reverse();
}

/** The proof that the tree of `to` leaves continues the tree of `from` (RFC 6962 section 2.1.2). */
export function consistencyProof(from: number, to: number, node: NodeReader): readonly Uint8Array[] {
  assertSize(to);
  if (!isSize(from) || from > to) throw new RangeError(`a tree of ${to} does not continue one of ${from}`);
  if (from === 0 || from === to) return [];
  const path: Uint8Array[] = [];
  let start = 0;
  let end = to;
  // Down to the subtree that ends where the older tree ended: what is to the side of the way down is the proof.
  while (end !== from) {
    const middle = start + largestPowerBelow(end - start);
    if (from <= middle) {
      path.push(rangeHash(middle, end, node));
      end = middle;
    } else {
      path.push(rangeHash(start, middle, node));
      start = middle;
    }
  }
  // Where nothing was cut off on the left, that subtree is the older tree itself, whose root the verifier has.
  if (start > 0) path.push(rangeHash(start, end, node));
  return path.reverse();
}

/** Whether `proof` shows that `leaf` is entry `index` of the tree with this size and root. */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isSize(index) || !isSize(size) || index >= size || [leaf, ...proof].some(isNotHash)) return false;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node = node / 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(hash, root);
}

/**
 * Whether `proof` shows that the tree (to, toRoot) continues the tree (from, fromRoot), for 0 < from <= to. Every tree
 * continues the empty one, so for that there is nothing to prove and RFC 6962 has no proof.
 */
export function verifyConsistency(
  from: number,
  fromRoot: Uint8Array,
  to: number,
  toRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isSize(from) || !isSize(to) || from === 0 || from > to || proof.some(isNotHash)) return false;
  if (from === to) return proof.length === 0 && equalBytes(fromRoot, toRoot);

  let node = from - 1;
  let last = to - 1;
  while (node % 2 === 1) {
    node = (node - 1) / 2;
    last = Math.floor(last / 2);
  }
  // Where the older tree was one perfect subtree, the proof leaves its root out.
  const path = node === 0 ? [fromRoot, ...proof] : [...proof];
  const first = path.shift();
  if (first === undefined) return false;
  let older = first;
  let newer = first;
  for (const sibling of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      older = nodeHash(sibling, older);
      newer = nodeHash(sibling, newer);
      while (node % 2 === 0 && node !== 0) {
        node = node / 2;
        last = Math.floor(last / 2);
      }
    } else {
      newer = nodeHash(newer, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(older, fromRoot) && equalBytes(newer, toRoot);
}

/** Whether this can be the size of a log. */
export function isSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

/** The nodes of one level, in memory that doubles when it is full. */
class NodeLevel {
  #bytes = new Uint8Array(16 * hashLength);
  #count = 0;

  push(hash: Uint8Array): void {
    const offset = this.#count * hashLength;
    if (offset === this.#bytes.length) {
      const wider = new Uint8Array(2 * offset);
      wider.set(this.#bytes);
      this.#bytes = wider;
    }
    this.#bytes.set(hash, offset);
    this.#count++;
  }

  get(index: number): Uint8Array {
    return this.#bytes.slice(index * hashLength, (index + 1) * hashLength);
  }
}

/** Hash of the leaves from `start` to `end`, where `start` is a multiple of the smallest power of two that spans them. */
function rangeHash(start: number, end: number, node: NodeReader): Uint8Array {
  let at = start;
  const peaks = peakLevels(end - start).map((level) => {
    const width = 2 ** level;
    const peak = node(level, at / width);
    at += width;
    return peak;
  });
  return foldPeaks(peaks);
}

function foldPeaks(peaks: readonly Uint8Array[]): Uint8Array {
  return peaks.length === 0 ? emptyRoot : peaks.reduceRight((right, left) => nodeHash(left, right));
}

/** Levels of the perfect subtrees that make a tree of `size` leaves, largest first. */
function peakLevels(size: number): number[] {
  const levels: number[] = [];
  for (let rest = size, level = 0; rest > 0; rest = Math.floor(rest / 2), level++) {
    if (rest % 2 === 1) levels.unshift(level);
  }
  return levels;
}

/** The largest power of two smaller than `n`, for n > 1. */
function largestPowerBelow(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

function isNotHash(bytes: Uint8Array): boolean {
  return bytes.length !== hashLength;
}

function assertSize(size: number): void {
  if (!isSize(size)) throw new RangeError(`${size} is not the size of a log`);
}
