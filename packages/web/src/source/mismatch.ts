/** A record that does not hold. Whoever meets one shows nothing of the case any more, on any page, and adds nothing to it. */

/**
 * `entry`: a signature, a place or a rule is broken. `checkpoint`: the keeper's head is not of these entries. `rewritten`,
 * `shortened`: it lacks the head remembered here. `split`: another device cosigned a head that it never had. `verified`: the
 * check of the whole export failed. `front`: what the server said before its record was read is not what the record says.
 */
export type MismatchKind =
  | "entry"
  | "checkpoint"
  | "rewritten"
  | "shortened"
  | "split"
  | "verified"
  | "front";

export class Mismatch extends Error {
  readonly kind: MismatchKind;
  /** The case's title as far as it was read; "" if not even its opening holds. */
  readonly title: string;
  /** Position in its log, from 0, where one entry is at fault. */
  readonly seq: number | undefined;

  constructor(kind: MismatchKind, sentence: string, title: string, seq: number | undefined) {
    super(sentence);
    this.kind = kind;
    this.title = title;
    this.seq = seq;
  }
}
