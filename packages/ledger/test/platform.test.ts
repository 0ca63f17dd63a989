/** The platform's WebCrypto is a port: what happens where it is missing, or verifies by another rule than ours. */
import { fromHex, signerFromSeed, utf8 } from "@parley/ledger";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { bytesOf } from "./toy-case.ts";

const signer = signerFromSeed(bytesOf("a device"));
const message = utf8("message");
const signature = await signer.sign(message);
const bad = signature.map((byte, i) => (i === 3 ? byte ^ 1 : byte));
const signed = [
  { key: signer.publicKey, message, signature },
  { key: signer.publicKey, message, signature: bad },
  { key: fromHex("00".repeat(32)), message, signature },
];

/** A fresh copy of the module, which has not yet asked the platform anything. */
async function freshVerifier(): Promise<typeof import("@parley/ledger/signature")> {
  vi.resetModules();
  return import("@parley/ledger/signature");
}

describe("many signatures at once", () => {
  const { subtle } = crypto;
  beforeEach(() => vi.restoreAllMocks());
  afterEach(() => vi.restoreAllMocks());

  test("are asked of a platform that agrees with us", async () => {
    const asked = vi.spyOn(subtle, "verify");
    const { verifySignatures } = await freshVerifier();
    expect(await verifySignatures(signed)).toEqual([true, false, false]);
    expect(asked).toHaveBeenCalledTimes(5);
    expect(await verifySignatures(signed)).toEqual([true, false, false]);
    expect(asked).toHaveBeenCalledTimes(7);
  });

  test("are verified here where the platform has no Ed25519", async () => {
    vi.spyOn(subtle, "importKey").mockRejectedValue(new DOMException("no Ed25519", "NotSupportedError"));
    const { verifySignatures } = await freshVerifier();
    expect(await verifySignatures(signed)).toEqual([true, false, false]);
  });

  test("are verified here where the platform accepts what we refuse", async () => {
    const asked = vi.spyOn(subtle, "verify").mockResolvedValue(true);
    const { verifySignatures } = await freshVerifier();
    expect(await verifySignatures(signed)).toEqual([true, false, false]);
    expect(asked).toHaveBeenCalledTimes(3);
  });
});
