/**
 * What a client does with the heads that it is shown: it keeps the last one it verified, takes a new one only if it
 * continues the old, and compares heads with others. Two heads of one log, signed by one keeper, that do not continue
 * each other are a fork: the pair itself is the evidence, and anyone can check it.
 *
 * A client that holds the log (`followEntries`) needs no proof: it computes the new root itself. One that holds heads only
 * (`followHead`, `compareHeads`) is given a consistency proof.
 */
import { openCheckpoint } from "./checkpoint.ts";
import { base64url, fromBase64url } from "./encoding.ts";
import { emptyHead, type Head } from "./event.ts";
import { appendEntry, type FoldedLog, type LogRefusal, type PreparedEntry } from "./log.ts";
import { type VerifySignature, verifySignature } from "./signature.ts";
import { verifyConsistency } from "./tree.ts";

/**
 * `forked`: two signed heads of one size that differ. `unproven`: what was given does not lead from the one head to the
 * other. `inadmissible`: the keeper signed a log with an entry that no rule allows.
 */
export type HeadRefusal = "not-signed" | "went-back" | "forked" | "unproven" | "inadmissible";

/** The log that is followed: the origin line and the keeper's key, from the case's opening. */
export type FollowedLog = { readonly origin: string; readonly key: Uint8Array };

export type HeadVerdict<Why = never> =
  | { readonly head: Head }
  | { readonly refusal: HeadRefusal; readonly why?: LogRefusal | Why };

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
  const offered = offeredHead(log, known, note);
  return "refusal" in offered ? offered : continues(known, offered.head, proof);
}

/**
 * Takes the entries after those that are held, up to the head in the note; a `Uint8Array` is the leaf of an entry that is
 * not given; `verify` may answer from what was verified in bulk. Nothing is taken unless exactly these entries lead to the signed head. After `inadmissible` the log is held
 * up to the entry before, and the note with these entries proves what the keeper did. Throws as `followHead` does.
 */
export function followEntries<State, Around, Why>(
  log: FoldedLog<State, Around, Why>,
  followed: FollowedLog,
  note: string,
  entries: readonly (PreparedEntry | Uint8Array)[],
  aroundOf: (prepared: PreparedEntry) => Around,
  verify: VerifySignature = verifySignature,
): HeadVerdict<Why> {
  const { position } = log;
  const offered = offeredHead(followed, position.head(), note);
  if ("refusal" in offered) return offered;
  const tree = position.tree.compact();
  for (const entry of entries) tree.append(entry instanceof Uint8Array ? entry : entry.leaf);
  const { head } = offered;
  if (tree.size !== head.size || base64url(tree.root()) !== head.root) return { refusal: "unproven" };
  for (const entry of entries) {
    if (entry instanceof Uint8Array) {
      position.appendRedacted(entry);
      continue;
    }
    const why = appendEntry(log, entry, aroundOf(entry), verify);
    if (why !== undefined) return { refusal: "inadmissible", why };
  }
  return offered;
}

/** Compares two heads, of whatever age, that two people hold of one log; `proof` leads from the smaller to the larger. */
export function compareHeads(one: Head, other: Head, proof: readonly Uint8Array[]): HeadVerdict {
  return one.size <= other.size ? continues(one, other, proof) : continues(other, one, proof);
}

function offeredHead(log: FollowedLog, known: Head, note: string): HeadVerdict {
  const offered = openCheckpoint(note, log.origin, log.key);
  if (offered === undefined) return { refusal: "not-signed" };
  if (offered.size < known.size) return { refusal: "went-back" };
  if (offered.size === known.size && offered.root !== known.root) return { refusal: "forked" };
  return { head: { size: offered.size, root: offered.root } };
}

function continues(older: Head, newer: Head, proof: readonly Uint8Array[]): HeadVerdict {
  if (older.size === newer.size && older.root !== newer.root) return { refusal: "forked" };
  if (older.size === 0) return older.root === emptyHead.root ? { head: newer } : { refusal: "unproven" };
  const roots = [fromBase64url(older.root), fromBase64url(newer.root)] as const;
  const proven = verifyConsistency(older.size, roots[0], newer.size, roots[1], proof);
  return proven ? { head: newer } : { refusal: "unproven" };
}
