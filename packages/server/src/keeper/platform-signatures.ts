/** Ed25519 as Node has it: the pure code of `ledger` takes ten to twenty times as long, and WebCrypto costs a third more. */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { base64url, type PlatformVerifier, type Signer, signerFromSeed } from "@parley/ledger";

/** Signs heads, one at every commit. */
export function platformSigner(seed: Uint8Array): Signer {
  // RFC 8410: what stands before the 32 bytes of an Ed25519 private key.
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const { publicKey } = signerFromSeed(seed);
  return { publicKey, sign: async (message) => new Uint8Array(sign(null, message, key)) };
}

/** Checks signatures on other threads; this one goes on reading requests. */
export const platformVerifier: PlatformVerifier = {
  importKey: (key) =>
    createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: base64url(key) }, format: "jwk" }),
  verify: (key, message, signature) =>
    new Promise((resolve, reject) => {
      verify(undefined, message, key as KeyObject, signature, (error, valid) => {
        if (error) reject(error);
        else resolve(valid);
      });
    }),
};
