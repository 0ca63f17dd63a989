/**
 * SHA-256, and the two hashes of a Merkle tree (RFC 6962 section 2.1): leaves are hashed behind a 0x00 byte and nodes
 * behind 0x01, so that neither can pass for the other. Synchronous on purpose: on small inputs WebCrypto's digest costs
 * several times more than the hash.
 */
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { canonicalJson, type Json } from "./canonical.ts";
import { base64url, utf8 } from "./encoding.ts";

/** Bytes in a hash. */
export const hashLength = 32;

export function sha256(bytes: Uint8Array): Uint8Array {
  return start._cloneInto(scratch).update(bytes).digest();
}

/** A SHA-256 that is fed piece by piece; `digest` is of what was fed so far. */
export interface HashStream {
  update(bytes: Uint8Array): void;
  digest(): Uint8Array;
}

export function sha256Stream(): HashStream {
  const state = nobleSha256.create();
  return {
    update: (bytes) => {
      state.update(bytes);
    },
    digest: () => state.clone().digest(),
  };
}

/** Hash of a leaf: SHA-256(0x00 || data). */
export function leafHash(data: Uint8Array): Uint8Array {
  return leafStart._cloneInto(scratch).update(data).digest();
}

/** Hash of an inner node: SHA-256(0x01 || left || right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return nodeStart._cloneInto(scratch).update(left).update(right).digest();
}

/** base64url SHA-256 of the canonical JSON of a value: how cases, circles, devices and events get their ids. */
export function jsonHash(value: Json): string {
  return base64url(sha256(utf8(canonicalJson(value))));
}

/** Every entry takes about ten hashes of 65 bytes, of which making the hasher would be half: one is set back instead. */
const start = nobleSha256.create();
const leafStart = nobleSha256.create().update(Uint8Array.of(0));
const nodeStart = nobleSha256.create().update(Uint8Array.of(1));
const scratch = nobleSha256.create();

/** Root of the tree without leaves: SHA-256 of nothing. */
export const emptyRoot: Uint8Array = sha256(new Uint8Array(0));
