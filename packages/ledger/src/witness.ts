/**
 * What a client does with the heads that it is shown: it keeps the last one it verified, takes a new one only with a proof
 * that it continues the old, and compares heads with others. Two heads of one log, signed by one keeper, that do not
 * continue each other are a fork: the pair itself is the evidence, and anyone can check it.
 */
import { openCheckpoint } from "./checkpoint.ts";
import { fromBase64url } from "./encoding.ts";
import { emptyHead, type Head } from "./event.ts";
import { verifyConsistency } from "./tree.ts";

/** `forked`: two signed heads that cannot both be of one log. `unproven`: no valid proof was given. */
export type HeadRefusal = "not-signed" | "went-back" | "forked" | "unproven";

/** The log that is followed: the origin line and the keeper's key, from the case's opening. */
export type FollowedLog = { readonly origin: string; readonly key: Uint8Array };

export type HeadVerdict = { readonly head: Head } | { readonly refusal: HeadRefusal };

/**
 * Judges a note that the server offers as its present head. `proof` is the consistency proof from the known head. Throws
 * `MalformedError` if the note is no checkpoint.
 */
export function followHead(
  log: FollowedLog,
  known: Head,
  note: string,
  proof: readonly Uint8Array[],
): HeadVerdict {
  const offered = openCheckpoint(note, log.origin, log.key);
  if (offered === undefined) return { refusal: "not-signed" };
  const head: Head = { size: offered.size, root: offered.root };
  if (head.size < known.size) return { refusal: "went-back" };
  return continues(known, head, proof);
}

/** Compares two heads, of whatever age, that two people hold of one log; `proof` leads from the smaller to the larger. */
export function compareHeads(one: Head, other: Head, proof: readonly Uint8Array[]): HeadVerdict {
  return one.size <= other.size ? continues(one, other, proof) : continues(other, one, proof);
}

function continues(older: Head, newer: Head, proof: readonly Uint8Array[]): HeadVerdict {
  if (older.size === newer.size && older.root !== newer.root) return { refusal: "forked" };
  if (older.size === 0) return older.root === emptyHead.root ? { head: newer } : { refusal: "unproven" };
  const roots = [fromBase64url(older.root), fromBase64url(newer.root)] as const;
  const proven = verifyConsistency(older.size, roots[0], newer.size, roots[1], proof);
  return proven ? { head: newer } : { refusal: "unproven" };
}
