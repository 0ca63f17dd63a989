/**
 * What this browser keeps of a case is sealed by a key that no script can read and that is made for one session: whoever
 * changes the files of this browser cannot make it take for checked what it never checked, and finds nothing in clear.
 * What opens under the key was written here, after it had been verified and folded.
 */
import { fromUtf8, type Json, utf8 } from "@parley/ledger";

/** An initialisation vector and what it seals. */
export interface Sealed {
  readonly iv: Uint8Array;
  readonly bytes: ArrayBuffer;
}

const algorithm = { name: "AES-GCM", length: 256 } as const;

export function newSeal(): Promise<CryptoKey> {
  return crypto.subtle.generateKey(algorithm, false, ["encrypt", "decrypt"]);
}

/** `place` is bound to it: nothing that is sealed can be moved to another. */
export async function sealed(key: CryptoKey, place: string, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = utf8(JSON.stringify(value));
  return { iv, bytes: await crypto.subtle.encrypt(binding(iv, place), key, text as BufferSource) };
}

/** undefined: it was not sealed by this key for this place. */
export async function opened(
  key: CryptoKey,
  place: string,
  { iv, bytes }: Sealed,
): Promise<Json | undefined> {
  try {
    const text = await crypto.subtle.decrypt(binding(iv, place), key, bytes);
    return JSON.parse(fromUtf8(new Uint8Array(text))) as Json;
  } catch {
    return undefined;
  }
}

function binding(iv: Uint8Array, place: string) {
  return { name: algorithm.name, iv: iv as BufferSource, additionalData: utf8(place) as BufferSource };
}
