import { readFileSync } from "node:fs";
import { fromHex, verifySignature, verifySignatures } from "@parley/ledger";
import { expect, test } from "vitest";
import { platformSigner, platformVerifier } from "../../src/keeper/platform-signatures.ts";

type SpecCheck = { readonly message: string; readonly pub_key: string; readonly signature: string };
const fixtures = new URL("../../../ledger/test/fixtures/ed25519-speccheck.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(fixtures, "utf8")) as { readonly cases: readonly SpecCheck[] };

test("the platform's verifier gives the answers of the pure one, on the cases that tell verifiers apart too", async () => {
  const signer = platformSigner(new Uint8Array(32).fill(7));
  const message = new TextEncoder().encode("parley");
  const signature = await signer.sign(message);
  const signed = [
    { key: signer.publicKey, message, signature },
    { key: signer.publicKey, message: message.slice(1), signature },
    ...cases.map((one) => ({
      key: fromHex(one.pub_key),
      message: fromHex(one.message),
      signature: fromHex(one.signature),
    })),
  ];
  const answers = await verifySignatures(signed, platformVerifier);
  expect(answers.slice(0, 2)).toEqual([true, false]);
  expect(answers).toEqual(signed.map((one) => verifySignature(one.key, one.message, one.signature)));
});
