/**
 * Which brackets side by side are alternatives of one another.
 *
 * `]/[` always. `][`, except where the next one only adds to the text ("[, and ports]"), is an item of a list
 * ("[migrants,][children,]") or stands between others as a mere conjunction. `] [` may be either: modal verbs and
 * words that stand tight together elsewhere in the text are alternatives, the rest is for `likeness.ts`. A joint that
 * is only weak or likely yields to stronger ones beside it, except to the one before an open-ended member.
 */
import { saysAboutText, saysOpen } from "../classify.ts";
import { type Hold, isAddition, likenessAt, sameStart, sharesFigure, wordCount } from "./likeness.ts";
import { classOf } from "./word-class.ts";

/** What stands between two brackets: nothing, a slash, white space. */
export type Joint = "tight" | "slash" | "space";

const MODAL =
  /^(?:shall|should|may|will|must|can|could|would|might|ought to|are to|is to|agree to|other|others)(?: not)?$/iu;
/** Phrases that stand where a modal verb can: "[shall][are called upon to]", "[to][shall]". */
const LIKE_MODAL =
  /^(?:(?:is|are|be|agrees?|decides?|undertakes?|commits?|intends?|encouraged|invited|requested|urged|expected|required|has|have)\b.{0,40}\s)?to$/iu;
const CONJUNCTION = /^(?:\/?(?:and|or)(?:\s?\/\s?(?:and|or))?|\/)$/iu;

/** For each joint whether the brackets on both sides belong to one alternation. */
export function heldJoints(
  words: readonly string[],
  joints: readonly Joint[],
  known: ReadonlySet<string>,
  leadIn: string,
): boolean[] {
  const holds = joints.map((joint, index) => holdOf(words, joints, index, joint, known, leadIn));
  return holds.map((hold, index) => {
    const others = [index - 1, index + 1].filter((one) => !saysOpen(words[one + 1] ?? ""));
    const beside = others.filter((one) => holds[one] === "strong");
    if (hold === "weak") return beside.length === 0;
    if (hold === "likely") return beside.every((one) => joints[one] === "space");
    return hold === "strong";
  });
}

/** Nothing to doubt, whatever stands beside: modal verbs, and additions that begin with a comma. */
export function isPlain(words: string): boolean {
  return MODAL.test(words) || /^[,;]/.test(words);
}

/** The short alternatives that stand tight together somewhere: "[contribution][commitment]". */
export function knownPairs(texts: readonly string[]): Set<string> {
  const known = new Set<string>();
  for (const text of texts) {
    for (const [, left = "", right = ""] of text.matchAll(/\[([^[\]]{1,40})\](?=\[([^[\]]{1,40})\])/gu)) {
      if (!isAddition(right.trim()) && !/[,;]$/.test(left.trim())) known.add(pairKey(left, right));
    }
  }
  return known;
}

function pairKey(left: string, right: string): string {
  return [left.trim().toLowerCase(), right.trim().toLowerCase()].sort().join("][");
}

function holdOf(
  words: readonly string[],
  joints: readonly Joint[],
  index: number,
  joint: Joint,
  known: ReadonlySet<string>,
  leadIn: string,
): Hold {
  const left = words[index] ?? "";
  const right = words[index + 1] ?? "";
  if (saysAboutText(left) || saysAboutText(right)) return "none";
  if (CONJUNCTION.test(left) || CONJUNCTION.test(right)) {
    if (CONJUNCTION.test(left) === CONJUNCTION.test(right)) return "strong";
    const last = joint === "tight" && CONJUNCTION.test(right) && joints[index + 1] !== "tight";
    return last && !startsLikeConjunction(left) ? "strong" : "none";
  }
  if (joint === "slash" || saysOpen(right)) return "strong";
  if (MODAL.test(left) || MODAL.test(right)) return isModal(left) && isModal(right) ? "strong" : "none";
  if (/^(?:and|or)\b/iu.test(left) && classOf(right) === "link") return "none";
  if (known.has(pairKey(left, right))) return "strong";
  const short = wordCount(left) <= 3 && wordCount(right) <= 3;
  if (/^\.+$/.test(left) && /^,/.test(right)) return "strong";
  if (/^[,;]/.test(left) && !isAddition(right)) return joint === "tight" && short ? "strong" : "none";
  if (isAddition(right)) return joint === "tight" && sharesFigure(left, right) ? "strong" : "none";
  if (/[,;]$/.test(left) && !sameStart(left, right)) return "none";
  if (joint === "tight") return "strong";
  return likenessAt({ words, leadIn }, index);
}

function isModal(words: string): boolean {
  return MODAL.test(words) || LIKE_MODAL.test(words);
}

function startsLikeConjunction(words: string): boolean {
  return /^(?:and|or)\b/iu.test(words) && wordCount(words) > 1;
}
