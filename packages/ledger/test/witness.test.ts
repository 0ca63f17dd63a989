import {
  base64url,
  type CaseId,
  compareHeads,
  emptyHead,
  followEntries,
  followHead,
  type Head,
  leafHash,
  MerkleTree,
  openLog,
  originOf,
  type PreparedEntry,
  prepareEntry,
  sharedLog,
  signCheckpoint,
  signerFromSeed,
  utf8,
} from "@parley/ledger";
import { describe, expect, test } from "vitest";
import { bytesOf, ToyCase, toyDevice, toyRules } from "./toy-case.ts";

const keeper = signerFromSeed(bytesOf("keeper"));
const log = { origin: originOf("case" as CaseId, sharedLog), key: keeper.publicKey };

function treeOf(...texts: readonly string[]): MerkleTree {
  const tree = new MerkleTree();
  for (const text of texts) tree.append(leafHash(utf8(text)));
  return tree;
}
function headOf(tree: MerkleTree, size = tree.size): Head {
  return { size, root: base64url(tree.rootAt(size)!) };
}
function note(head: Head): Promise<string> {
  return signCheckpoint({ origin: log.origin, ...head }, keeper);
}

const honest = treeOf("a", "b", "c", "d", "e");
const rewritten = treeOf("a", "B", "c", "d", "e", "f");

describe("a client that keeps the last head it verified", () => {
  test("takes a head that continues it, the first one included", async () => {
    const offered = await note(headOf(honest));
    expect(followHead(log, emptyHead, offered, [])).toEqual({ head: headOf(honest) });
    expect(followHead(log, headOf(honest, 3), offered, honest.consistencyProof(3, 5))).toEqual({
      head: headOf(honest),
    });
    expect(followHead(log, headOf(honest), offered, [])).toEqual({ head: headOf(honest) });
  });

  test("refuses an older head, another keeper's, a rewritten log and a missing proof", async () => {
    const offered = await note(headOf(honest, 3));
    expect(followHead(log, headOf(honest), offered, [])).toEqual({ refusal: "went-back" });
    const other = { ...log, key: signerFromSeed(bytesOf("another")).publicKey };
    expect(followHead(other, emptyHead, offered, [])).toEqual({ refusal: "not-signed" });
    const forged = await note(headOf(rewritten));
    expect(followHead(log, headOf(honest, 3), forged, rewritten.consistencyProof(3, 6))).toEqual({
      refusal: "unproven",
    });
    expect(followHead(log, headOf(honest, 3), await note(headOf(honest)), [])).toEqual({
      refusal: "unproven",
    });
    expect(followHead(log, headOf(honest), await note(headOf(rewritten, 5)), [])).toEqual({
      refusal: "forked",
    });
  });

  test("does not start from a head of nothing that is not the head of nothing", async () => {
    const known = { size: 0, root: headOf(honest).root };
    expect(followHead(log, known, await note(headOf(honest)), [])).toEqual({ refusal: "unproven" });
  });

  test("that holds the log takes entries only if exactly they lead to the signed head, and stops at what no rule allows", async () => {
    const anna = await toyDevice("Anna");
    const toy = await ToyCase.open(anna);
    await toy.say(anna, { text: "one" });
    await toy.say(anna, { text: "two" }, { audience: "public" });
    const followed = { origin: originOf(toy.id, sharedLog), key: toy.keeper.publicKey };
    const offered = await toy.checkpoint();
    const [first, second, third] = toy.entries.get(sharedLog)!.map((entry) => prepareEntry(entry));
    const fresh = () => openLog(toy.id, sharedLog, toyRules.shared);
    const follow = (
      log = fresh(),
      note = offered,
      entries: (PreparedEntry | Uint8Array)[] = [first!, second!, third!],
    ) => followEntries(log, followed, note, entries, () => undefined);

    expect(follow()).toEqual({ head: toy.shared.position.head() });
    expect(follow(fresh(), offered, [first!, second!.leaf, third!])).toEqual({
      head: toy.shared.position.head(),
    });
    for (const entries of [
      [first!, third!],
      [first!, third!, second!],
      [first!, second!, third!, third!],
    ]) {
      const log = fresh();
      expect(follow(log, offered, entries)).toEqual({ refusal: "unproven" });
      expect(log.position.size).toBe(0);
    }
    const other = await ToyCase.open(anna, "another EXERCISE");
    expect(follow(fresh(), await other.checkpoint())).toEqual({ refusal: "not-signed" });

    const rude = await toy.sign(anna, toy.draft(anna, { text: "rude" }));
    toy.shared.position.append(prepareEntry(rude));
    const log = fresh();
    const all = [first!, second!, third!, prepareEntry(rude)];
    expect(follow(log, await toy.checkpoint(), all)).toMatchObject({
      refusal: "inadmissible",
      why: { code: "rude" },
    });
    expect(log.position.size).toBe(3);
    expect(follow(toy.shared, offered, [])).toEqual({ refusal: "went-back" });
  });

  test("two who compare heads see a fork, whoever is ahead", () => {
    const proof = honest.consistencyProof(3, 5);
    expect(compareHeads(headOf(honest, 3), headOf(honest), proof)).toEqual({ head: headOf(honest) });
    expect(compareHeads(headOf(honest), headOf(honest, 3), proof)).toEqual({ head: headOf(honest) });
    expect(compareHeads(headOf(honest), headOf(rewritten, 5), [])).toEqual({ refusal: "forked" });
    expect(compareHeads(headOf(rewritten), headOf(honest), rewritten.consistencyProof(5, 6))).toEqual({
      refusal: "unproven",
    });
  });
});
