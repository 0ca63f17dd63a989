import { readFileSync } from "node:fs";
import {
  fromHex,
  hex,
  isSigningKey,
  signerFromKey,
  signerFromSeed,
  utf8,
  verifySignature,
  verifySignatures,
} from "@parley/ledger";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOf } from "./toy-case.ts";

// RFC 8032 section 7.1: secret key, public key, message, signature.
const rfc8032 = [
  [
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  ],
  [
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  ],
  [
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    "af82",
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  ],
  [
    "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
    "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
  ],
] as const;

type SpecCheck = { readonly message: string; readonly pub_key: string; readonly signature: string };
const edgeCases = (
  JSON.parse(readFileSync(new URL("fixtures/ed25519-speccheck.json", import.meta.url), "utf8")) as {
    readonly cases: readonly SpecCheck[];
  }
).cases;

const order = 2n ** 252n + 27742317777372353535851937790883648493n;

/** The same signature with S + L in place of S: what a verifier accepts that does not look at S. */
function withLargerS(signature: Uint8Array): Uint8Array {
  const s = signature.slice(32).reverse();
  const larger = (BigInt(`0x${hex(s)}`) + order).toString(16).padStart(64, "0");
  return Uint8Array.from([...signature.slice(0, 32), ...fromHex(larger).reverse()]);
}

async function bothSay(key: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const [bulk] = await verifySignatures([{ key, message, signature }]);
  const one = verifySignature(key, message, signature);
  expect(bulk).toBe(one);
  return one;
}

describe("Ed25519", () => {
  test.each(rfc8032)(
    "signs and verifies as RFC 8032 section 7.1 does: key %s",
    async (secret, key, message, signature) => {
      const signer = signerFromSeed(fromHex(secret));
      expect(hex(signer.publicKey)).toBe(key);
      expect(hex(await signer.sign(fromHex(message)))).toBe(signature);
      expect(await bothSay(fromHex(key), fromHex(message), fromHex(signature))).toBe(true);
      expect(await bothSay(fromHex(key), fromHex(`${message}00`), fromHex(signature))).toBe(false);
    },
  );

  test("the platform signs the same bytes with a key that no script can read", async () => {
    const [secret, key, message, signature] = rfc8032[1];
    const pkcs8 = fromHex(`302e020100300506032b657004220420${secret}`);
    const privateKey = await crypto.subtle.importKey("pkcs8", pkcs8 as BufferSource, "Ed25519", false, [
      "sign",
    ]);
    expect(privateKey.extractable).toBe(false);
    const signer = signerFromKey(privateKey, fromHex(key));
    expect(hex(await signer.sign(fromHex(message)))).toBe(signature);
  });

  test.each(edgeCases.map((one, i) => [i, one] as const))(
    "refuses case %i of ed25519-speccheck: small or mixed order, S too large, not canonical",
    async (_, { pub_key, message, signature }) => {
      expect(await bothSay(fromHex(pub_key), fromHex(message), fromHex(signature))).toBe(false);
    },
  );

  test("refuses keys of small or mixed order, keys that are not canonical, and bytes that are no key", () => {
    const mixed = "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d";
    const small = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa";
    const identity = `01${"00".repeat(31)}`;
    const notCanonical = `ee${"ff".repeat(30)}7f`;
    const notOnCurve = `02${"00".repeat(31)}`;
    for (const key of [mixed, small, identity, notCanonical, notOnCurve, "", "00".repeat(33)]) {
      expect(isSigningKey(fromHex(key))).toBe(false);
    }
    expect(isSigningKey(fromHex(rfc8032[0][1]))).toBe(true);
  });

  test("refuses a signature whose R has a part of small order, and one whose R is not canonical", async () => {
    const key = fromHex("8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c");
    const torsion =
      "186ed2bdbd1a36f6437c5168b0221914018ea4f32a1c3fcd1c1794d64fbd596effbde116a6cc55562d8354222373642059548acca9777a2b05c05c207f665102";
    const notCanonical =
      "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f6d63cce55bf66c1afb0f768c846c7ff92a3d32a3ab2b9c175dd73b6d1fecdb05";
    const identity =
      "0100000000000000000000000000000000000000000000000000000000000000836f2a976ce0f7c6acacd46f3a30caeae331f3b012d876181523ec0f84724901";
    expect(await bothSay(key, utf8("parley"), fromHex(torsion))).toBe(false);
    expect(await bothSay(key, utf8("parley"), fromHex(notCanonical))).toBe(false);
    expect(await bothSay(key, utf8("parley"), fromHex(identity))).toBe(true);
  });

  test("refuses the other forms of a true signature", async () => {
    const signer = signerFromSeed(bytesOf("a device"));
    const message = utf8("a message");
    const signature = await signer.sign(message);
    expect(await bothSay(signer.publicKey, message, signature)).toBe(true);
    expect(await bothSay(signer.publicKey, message, withLargerS(signature))).toBe(false);
    expect(await bothSay(signer.publicKey, message, signature.slice(0, 63))).toBe(false);
    expect(await bothSay(signer.publicKey, message, new Uint8Array(0))).toBe(false);
    expect(await bothSay(signer.publicKey, message, new Uint8Array(64))).toBe(false);
  });

  test("both verifiers agree on any change of a bit", async () => {
    const signer = signerFromSeed(bytesOf("a device"));
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 40 }),
        fc.nat(511),
        fc.boolean(),
        async (message, bit, flip) => {
          const signature = await signer.sign(message);
          if (flip) signature[bit >> 3]! ^= 1 << (bit & 7);
          expect(await bothSay(signer.publicKey, message, signature)).toBe(!flip);
        },
      ),
      { numRuns: 50 },
    );
  });

  test("answers the same for a key that is used often, with and without a table, and once it was forgotten", async () => {
    const signers = Array.from({ length: 66 }, (_, i) => signerFromSeed(bytesOf(`device ${i}`)));
    const message = utf8("a message");
    for (const signer of signers) {
      const signature = await signer.sign(message);
      for (let i = 0; i < 17; i++) expect(verifySignature(signer.publicKey, message, signature)).toBe(true);
      expect(verifySignature(signer.publicKey, utf8("another"), signature)).toBe(false);
    }
    // More keys than are kept; whether these are any makes no difference.
    for (let i = 0; i < 2_100; i++)
      isSigningKey(new Uint8Array(32).fill(0xff).fill(i & 0xff, 0, 1 + (i >> 8)));
    const [first] = signers;
    if (!first) throw new Error("there are signers");
    expect(verifySignature(first.publicKey, message, await first.sign(message))).toBe(true);
  });
});
