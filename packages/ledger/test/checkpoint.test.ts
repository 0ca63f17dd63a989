import {
  base64,
  type CaseId,
  concatBytes,
  cosign,
  cosignedAt,
  cosignerName,
  cosigners,
  type DeviceId,
  fromBase64,
  hex,
  noteKeyId,
  openCheckpoint,
  originOf,
  parseCheckpoint,
  parseNote,
  parseNoteKey,
  sharedLog,
  signaturesBy,
  signCheckpoint,
  signerFromSeed,
  utf8,
  verifySignature,
  writeNoteKey,
} from "@parley/ledger";
import { describe, expect, test } from "vitest";
import { malformed } from "./malformed.ts";
import { bytesOf } from "./toy-case.ts";

const keeper = signerFromSeed(bytesOf("keeper"));
const witness = signerFromSeed(bytesOf("witness"));
const origin = originOf("case" as CaseId, sharedLog);
const head = { size: 20852163, root: "CsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I" };
const device = "witness" as DeviceId;

// c2sp.org/signed-note, "Example" of verifier keys.
const publishedKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const publishedNote =
  "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
// c2sp.org/tlog-cosignature: the example checkpoint with a cosignature. The specification gives no keys for it.
const publishedCheckpoint =
  "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n" +
  "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n" +
  "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

describe("the published examples of C2SP", () => {
  test("the signed note verifies under its key, and no altered one does", () => {
    const key = parseNoteKey(publishedKey);
    expect(writeNoteKey(key)).toBe(publishedKey);
    expect(hex(noteKeyId(key))).toBe("530d903a");
    const { text, signatures } = parseNote(publishedNote);
    const [signature] = signaturesBy(key, signatures);
    expect(verifySignature(key.key, utf8(text), signature!)).toBe(true);
    expect(verifySignature(key.key, utf8(text.replace("example", "Example")), signature!)).toBe(false);
    expect(signaturesBy({ ...key, name: "example.com/bar" }, signatures)).toEqual([]);
    expect(signaturesBy({ ...key, type: 4 }, signatures)).toEqual([]);
  });

  test("the checkpoint and its cosignature are read as the specification describes them", () => {
    const { text, signatures } = parseNote(publishedCheckpoint);
    expect(parseCheckpoint(text)).toEqual({ origin: "example.com/behind-the-sofa", ...head });
    expect(signatures.map(({ name, keyId }) => [name, hex(keyId)])).toEqual([
      ["example.com/behind-the-sofa", "033de0ae"],
      ["witness.example.com/w1", "8d66cf3f"],
    ]);
    const time = new DataView(signatures[1]!.signature.slice(0, 8).buffer).getBigUint64(0);
    expect(time).toBe(1679315147n);
    expect(signatures.map(({ signature }) => signature.length)).toEqual([64, 72]);
  });

  test("a log that takes the key from elsewhere refuses the example", () => {
    expect(
      openCheckpoint(publishedCheckpoint, "example.com/behind-the-sofa", keeper.publicKey),
    ).toBeUndefined();
  });
});

describe("a checkpoint", () => {
  test("opens under the keeper's key and the log's origin, and under no other", async () => {
    const note = await signCheckpoint({ origin, ...head }, keeper);
    expect(openCheckpoint(note, origin, keeper.publicKey)).toEqual({ origin, ...head });
    expect(openCheckpoint(note, origin, witness.publicKey)).toBeUndefined();
    expect(openCheckpoint(note, originOf("other" as CaseId, sharedLog), keeper.publicKey)).toBeUndefined();
    expect(openCheckpoint(note.replace("20852163", "20852164"), origin, keeper.publicKey)).toBeUndefined();
  });

  test("with a second, false signature of the keeper's key does not open", async () => {
    const note = await signCheckpoint({ origin, ...head }, keeper);
    const { signatures } = parseNote(note);
    const forged = base64(concatBytes(signatures[0]!.keyId, new Uint8Array(64)));
    expect(openCheckpoint(`${note}— ${origin} ${forged}\n`, origin, keeper.publicKey)).toBeUndefined();
  });

  test("tells when a device cosigned it, and which devices it names", async () => {
    const note = await signCheckpoint({ origin, ...head }, keeper);
    const cosigned = note + (await cosign(parseNote(note).text, device, witness, 1_739_872_800));
    expect(openCheckpoint(cosigned, origin, keeper.publicKey)).toEqual({ origin, ...head });
    expect(cosigners(cosigned)).toEqual([device]);
    expect(cosigners(note)).toEqual([]);
    expect(cosignedAt(cosigned, device, witness.publicKey)).toBe(1_739_872_800);
    expect(cosignedAt(note, device, witness.publicKey)).toBeUndefined();
    expect(cosignedAt(cosigned, device, keeper.publicKey)).toBeUndefined();
    expect(cosignedAt(cosigned.replace("20852163", "20852164"), device, witness.publicKey)).toBeUndefined();
  });

  test("a cosignature with an altered time, or cut short, is none", async () => {
    const { text } = parseNote(await signCheckpoint({ origin, ...head }, keeper));
    const line = await cosign(text, device, witness, 1_739_872_800);
    const bytes = fromBase64(line.trim().split(" ")[2]!);
    const altered = (change: (bytes: Uint8Array) => Uint8Array): string =>
      `${text}\n— ${cosignerName(device)} ${base64(change(bytes))}\n`;
    expect(
      cosignedAt(
        altered((same) => same),
        device,
        witness.publicKey,
      ),
    ).toBe(1_739_872_800);
    const later = altered((was) => was.map((byte, i) => (i === 11 ? byte ^ 1 : byte)));
    expect(cosignedAt(later, device, witness.publicKey)).toBeUndefined();
    const endless = altered((was) => was.map((byte, i) => (i === 4 ? 0xff : byte)));
    expect(cosignedAt(endless, device, witness.publicKey)).toBeUndefined();
    expect(
      cosignedAt(
        altered((was) => was.slice(0, 70)),
        device,
        witness.publicKey,
      ),
    ).toBeUndefined();
  });
});

describe("what is no note", () => {
  const line = "— a AAAAAAA=";
  test.each([
    ["", "bad-note"],
    ["text\n", "bad-note"],
    [`text\n\n${line}`, "bad-note"],
    [`\n\n${line}\n`, "bad-note"],
    [`text\r\n\n${line}\n`, "bad-note"],
    ["text\n\n- a AAAAAAA=\n", "bad-note"],
    ["text\n\n— a\n", "bad-note"],
    ["text\n\n— a b AAAAAAA=\n", "bad-note"],
    ["text\n\n—  AAAAAAA=\n", "bad-note"],
    ["text\n\n— a+b AAAAAAA=\n", "bad-note"],
    ["text\n\n— a\u00a0b AAAAAAA=\n", "bad-note"],
    ["text\n\n— a AAAA\n", "bad-note"],
    ["text\n\n— a AAA\n", "bad-base64"],
    [`text\n\n${`${line}\n`.repeat(257)}`, "bad-note"],
    [`${"x".repeat(65_536)}\n\n${line}\n`, "bad-note"],
  ])("%# is refused", (note, code) => {
    expect(malformed(() => parseNote(note))).toBe(code);
  });

  const root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
  test.each([
    [`o\n1\n${root}`, "bad-note"],
    [`o\n1\n${root}\nmore\n`, "bad-note"],
    [`\n1\n${root}\n`, "bad-note"],
    [`o\n01\n${root}\n`, "bad-note"],
    [`o\n-1\n${root}\n`, "bad-note"],
    [`o\n9007199254740992\n${root}\n`, "bad-note"],
    ["o\n1\nAAAA\n", "bad-note"],
    ["o\n1\n!\n", "bad-base64"],
    ["o\n", "bad-note"],
  ])("checkpoint %# is refused", (text, code) => {
    expect(malformed(() => parseCheckpoint(text))).toBe(code);
  });

  test.each([
    ["example.com/foo", "bad-note"],
    ["example.com/foo+530d903a", "bad-note"],
    [publishedKey.replace("530d903a", "530d903b"), "bad-note"],
    ["a+00000000+AA==", "bad-note"],
    [`a+00000000+${base64(Uint8Array.of(2, ...new Uint8Array(32)))}`, "bad-note"],
    ["a+00000000+!", "bad-base64"],
  ])("key %# is refused", (text, code) => {
    expect(malformed(() => parseNoteKey(text))).toBe(code);
  });

  test("a key whose base64 has a plus sign reads back", () => {
    const key = { name: "a", type: 1, key: new Uint8Array(32).fill(0xfb) } as const;
    expect(writeNoteKey(key).split("+").length).toBeGreaterThan(3);
    expect(parseNoteKey(writeNoteKey(key))).toEqual(key);
  });
});
