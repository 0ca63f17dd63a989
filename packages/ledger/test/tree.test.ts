import { readFileSync } from "node:fs";
import {
  CompactTree,
  consistencyProof,
  emptyRoot,
  fromBase64,
  hex,
  inclusionProof,
  leafHash,
  MerkleTree,
  nodeHash,
  rootFrom,
  utf8,
  verifyConsistency,
  verifyInclusion,
} from "@parley/ledger";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

type InclusionCase = {
  readonly name: string;
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: readonly string[];
  readonly wantErr: boolean;
};
type ConsistencyCase = {
  readonly name: string;
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
  readonly proof: readonly string[];
  readonly wantErr: boolean;
};

const published = JSON.parse(
  readFileSync(new URL("fixtures/merkle-proofs.json", import.meta.url), "utf8"),
) as { readonly inclusion: readonly InclusionCase[]; readonly consistency: readonly ConsistencyCase[] };

/** RFC 6962 section 2.1, word for word: the oracle. */
function treeHash(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return emptyRoot;
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)));
}

const leaves = Array.from({ length: 130 }, (_, i) => leafHash(utf8(`leaf ${i}`)));
const tree = new MerkleTree();
for (const leaf of leaves) tree.append(leaf);

/** The leaves and roots of Certificate Transparency's reference tests (RFC 6962 implementations, merkle_tree_test). */
const referenceLeaves = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map((data) => leafHash(Uint8Array.from(Buffer.from(data, "hex"))));
const referenceRoots = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

describe("published Merkle trees", () => {
  test("the roots of the reference leaves are those of the reference implementation", () => {
    const reference = new CompactTree();
    const roots = referenceLeaves.map((leaf) => {
      reference.append(leaf);
      return hex(reference.root());
    });
    expect(roots).toEqual(referenceRoots);
  });

  test.each(published.inclusion.map((one) => [one.name, one] as const))("%s", (_, one) => {
    const accepted = verifyInclusion(
      fromBase64(one.leafHash),
      one.leafIdx,
      one.treeSize,
      fromBase64(one.root),
      one.proof.map(fromBase64),
    );
    expect(accepted).toBe(!one.wantErr);
  });

  test.each(published.consistency.map((one) => [one.name, one] as const))("%s", (_, one) => {
    const accepted = verifyConsistency(
      one.size1,
      fromBase64(one.root1),
      one.size2,
      fromBase64(one.root2),
      one.proof.map(fromBase64),
    );
    expect(accepted).toBe(!one.wantErr);
  });
});

describe("a Merkle tree", () => {
  test("has the root of RFC 6962 at every size that it ever had", () => {
    for (let size = 0; size <= leaves.length; size++) {
      expect(hex(tree.rootAt(size)!)).toBe(hex(treeHash(leaves.slice(0, size))));
    }
    for (const size of [-1, 1.5, Number.NaN, leaves.length + 1, 2 ** 60]) {
      expect(tree.rootAt(size)).toBeUndefined();
    }
  });

  test("keeps its leaves", () => {
    expect(tree.leaf(0)).toEqual(leaves[0]);
    expect(tree.leaf(129)).toEqual(leaves[129]);
    expect(tree.leaf(130)).toBeUndefined();
    expect(tree.leaf(-1)).toBeUndefined();
  });

  test("continues from its compact state, and stored nodes give its roots and proofs", () => {
    const nodes = new Map<string, Uint8Array>();
    let compact = new CompactTree();
    for (const leaf of leaves) {
      compact = new CompactTree(compact.size, compact.peaks);
      for (const { level, index, hash } of compact.append(leaf)) nodes.set(`${level}/${index}`, hash);
      expect(compact.peaks.length).toBeLessThanOrEqual(Math.floor(Math.log2(compact.size)) + 1);
    }
    const read = (level: number, index: number): Uint8Array => nodes.get(`${level}/${index}`)!;
    expect(compact.root()).toEqual(tree.root());
    expect(rootFrom(77, read)).toEqual(tree.rootAt(77));
    expect(inclusionProof(5, 77, read)).toEqual(tree.inclusionProof(5, 77));
    expect(consistencyProof(5, 77, read)).toEqual(tree.consistencyProof(5, 77));
  });

  test("proves every leaf at every size, with logarithmic proofs", () => {
    for (let size = 1; size <= leaves.length; size++) {
      for (let index = 0; index < size; index++) {
        const proof = tree.inclusionProof(index, size);
        expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
        expect(verifyInclusion(leaves[index]!, index, size, tree.rootAt(size)!, proof)).toBe(true);
      }
    }
  });

  test("proves that every later tree continues every earlier one", () => {
    for (let to = 0; to <= leaves.length; to++) {
      for (let from = 1; from <= to; from++) {
        const proof = tree.consistencyProof(from, to);
        expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(Math.max(2, to))) + 1);
        expect(verifyConsistency(from, tree.rootAt(from)!, to, tree.rootAt(to)!, proof)).toBe(true);
      }
    }
  });

  test("an altered proof, leaf, root, index or size proves nothing", () => {
    const size = fc.integer({ min: 1, max: leaves.length });
    void fc.assert(
      fc.property(size, fc.nat(), fc.nat(), fc.nat({ max: 255 }), (to, pick, place, bit) => {
        const index = pick % to;
        const proof = tree.inclusionProof(index, to);
        const root = tree.rootAt(to)!;
        const flip = (bytes: Uint8Array): Uint8Array =>
          bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        const leaf = leaves[index]!;
        expect(verifyInclusion(flip(leaf), index, to, root, proof)).toBe(false);
        expect(verifyInclusion(leaf, index, to, flip(root), proof)).toBe(false);
        expect(verifyInclusion(leaf, index, to, root, [...proof, root])).toBe(false);
        expect(verifyInclusion(leaf, (index + 1) % to, to, root, proof)).toBe(to === 1);
        if (proof.length > 0) {
          const at = place % proof.length;
          const bent = proof.map((hash, i) => (i === at ? flip(hash) : hash));
          expect(verifyInclusion(leaf, index, to, root, bent)).toBe(false);
          expect(verifyInclusion(leaf, index, to, root, proof.slice(1))).toBe(false);
        }
        const from = 1 + (place % to);
        const steps = tree.consistencyProof(from, to);
        const older = tree.rootAt(from)!;
        expect(verifyConsistency(from, flip(older), to, root, steps)).toBe(false);
        expect(verifyConsistency(from, older, to, flip(root), steps)).toBe(false);
        expect(verifyConsistency(from, older, to, root, [...steps, root])).toBe(false);
        if (steps.length > 0) {
          expect(verifyConsistency(from, older, to, root, steps.slice(0, -1))).toBe(false);
          const at = place % steps.length;
          const bent = steps.map((hash, i) => (i === at ? flip(hash) : hash));
          expect(verifyConsistency(from, older, to, root, bent)).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("sizes that no log can have prove nothing and are a fault of the caller", () => {
    const root = tree.root();
    for (const size of [-1, 0.5, Number.NaN, 2 ** 53]) {
      expect(verifyInclusion(root, 0, size, root, [])).toBe(false);
      expect(verifyInclusion(root, size, 1, root, [])).toBe(false);
      expect(verifyConsistency(size, root, 1, root, [])).toBe(false);
      expect(verifyConsistency(1, root, size, root, [])).toBe(false);
      expect(() => rootFrom(size, () => root)).toThrow(RangeError);
      expect(() => inclusionProof(0, size, () => root)).toThrow(RangeError);
      expect(() => consistencyProof(0, size, () => root)).toThrow(RangeError);
      expect(() => new CompactTree(size)).toThrow(RangeError);
    }
    expect(verifyInclusion(root, 0, 1, root, [new Uint8Array(31)])).toBe(false);
    expect(verifyConsistency(1, root, 2, root, [new Uint8Array(33)])).toBe(false);
    expect(() => new CompactTree(3, [root])).toThrow(RangeError);
    expect(() => tree.inclusionProof(0, 131)).toThrow(RangeError);
    expect(() => tree.consistencyProof(0, 131)).toThrow(RangeError);
    expect(() => inclusionProof(3, 3, () => root)).toThrow(RangeError);
    expect(() => consistencyProof(4, 3, () => root)).toThrow(RangeError);
  });

  test("nothing is proven from the empty tree, nor without the proof", () => {
    expect(tree.consistencyProof(0, 7)).toEqual([]);
    expect(verifyConsistency(0, emptyRoot, 7, tree.rootAt(7)!, [])).toBe(false);
    expect(verifyConsistency(0, emptyRoot, 0, emptyRoot, [])).toBe(false);
    expect(verifyConsistency(3, tree.rootAt(3)!, 7, tree.rootAt(7)!, [])).toBe(false);
  });
});
