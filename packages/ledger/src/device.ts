/**
 * A device: an Ed25519 key that signs and an X-Wing key that opens what is sealed to it. Its id is the hash of both public
 * keys, so no other keys can pass for them.
 */
import { base64url, fromBase64url } from "./encoding.ts";
import { type DeviceId, type DeviceKeys, deviceId } from "./event.ts";
import { isSealingKey, type SealingKey, sealingPublicKey } from "./seal.ts";
import { isSigningKey, type Signer, signerFromKey, signerFromSeed } from "./signature.ts";

/** 32 secret bytes for each key. */
export type DeviceSecrets = { readonly signing: Uint8Array; readonly sealing: Uint8Array };

export type Device = {
  readonly id: DeviceId;
  readonly keys: DeviceKeys;
  readonly signer: Signer;
  readonly sealingKey: SealingKey;
};

/** Bytes in the public key that signs. */
const signingLength = 32;

/** Fresh secrets, for a device whose keys a program keeps: a recovery device, the command line. */
export function newDeviceSecrets(): DeviceSecrets {
  return {
    signing: crypto.getRandomValues(new Uint8Array(32)),
    sealing: crypto.getRandomValues(new Uint8Array(32)),
  };
}

export async function deviceFromSecrets(secrets: DeviceSecrets): Promise<Device> {
  return assemble(signerFromSeed(secrets.signing), secrets.sealing);
}

/**
 * The device of a browser: its signing key is a WebCrypto pair whose private half no script can read. The sealing key
 * can be read, since no browser has X-Wing.
 */
export async function deviceFromPlatformKey(pair: CryptoKeyPair, sealing: Uint8Array): Promise<Device> {
  const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  return assemble(signerFromKey(pair.privateKey, publicKey), sealing);
}

/**
 * Whether keys may be enrolled: each of its length, the signing key canonical and of prime order, and the sealing key one
 * that can be sealed to, which would else come out only when somebody tries.
 */
export function areDeviceKeys(keys: DeviceKeys): boolean {
  try {
    return (
      isSealingKey(fromBase64url(keys.sealing)) &&
      keys.signing.length === Math.ceil((signingLength * 4) / 3) &&
      isSigningKey(fromBase64url(keys.signing))
    );
  } catch {
    return false;
  }
}

async function assemble(signer: Signer, secret: Uint8Array): Promise<Device> {
  const keys: DeviceKeys = {
    signing: base64url(signer.publicKey),
    sealing: base64url(await sealingPublicKey(secret)),
  };
  const id = deviceId(keys);
  return { id, keys, signer, sealingKey: { device: id, secret } };
}
