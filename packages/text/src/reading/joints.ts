/**
 * Which brackets side by side are alternatives of one another.
 *
 * `]/[` always. `][`, except where the next one only adds to the text ("[, and ports]"), is an item of a list
 * ("[migrants,][children,]") or stands between others as a mere conjunction. `] [` may be either; it is taken
 * for alternatives where the members are built alike: modal verbs, figures, words that stand tight together
 * elsewhere in the text, same first or last word, both a new sentence, both ending so that the same words must
 * follow, both longer phrases that begin neither with a preposition nor a conjunction. Two brackets of one or two
 * words are alternatives if no stronger joint is beside theirs.
 */
import { saysMissing, saysOpen } from "../classify.ts";

/** What stands between two brackets: nothing, a slash, white space. */
export type Joint = "tight" | "slash" | "space";

/** `likely` yields to a joint without white space beside it, `weak` to any strong one. */
type Hold = "strong" | "likely" | "weak" | "none";

const MODAL =
  /^(?:shall|should|may|will|must|can|could|would|might|ought to|are to|is to|agree to|other|others)(?: not)?$/iu;
const ENDS_IN_MODAL = /\b(?:shall|should|may|will|must|can|could|would)$/iu;
const FIGURE = /^[^\p{L}]{0,3}(?:\d|[xX]\b|20[xX]{2})/u;
const CONJUNCTION = /^(?:\/?(?:and|or)(?:\s?\/\s?(?:and|or))?|\/)$/iu;
const ADDS = /^(?:[,;.:]|(?:and|or|including|as well as|in particular|inter alia|such as)\b)/iu;
const PREPOSITION =
  /^(?:in|on|of|to|for|by|at|under|with|within|from|as|where|if|when|while|so|taking|subject|notably)\b/iu;
const UNFINISHED =
  /(?:^|\s)(?:of|to|for|by|at|in|on|under|with|from|the|a|an|its|their|prior to|before|after|and|that|which)$/iu;
const SENTENCE = /^\p{Lu}[\p{Ll}\s].*[\p{L}\p{N})]$/u;

/** For each joint whether the brackets on both sides belong to one alternation. */
export function heldJoints(
  words: readonly string[],
  joints: readonly Joint[],
  known: ReadonlySet<string>,
): boolean[] {
  const holds = joints.map((joint, index) => holdOf(words, joints, index, joint, known));
  return holds.map((hold, index) => {
    const beside = [index - 1, index + 1].filter((one) => holds[one] === "strong");
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
      if (!ADDS.test(right.trim()) && !/[,;]$/.test(left.trim())) known.add(pairKey(left, right));
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
): Hold {
  const left = words[index] ?? "";
  const right = words[index + 1] ?? "";
  if (CONJUNCTION.test(left) || CONJUNCTION.test(right)) {
    if (CONJUNCTION.test(left) === CONJUNCTION.test(right)) return "strong";
    const last = joint === "tight" && CONJUNCTION.test(right) && joints[index + 1] !== "tight";
    return last && !startsLikeConjunction(left) ? "strong" : "none";
  }
  if (MODAL.test(left) !== MODAL.test(right) && !saysOpen(right)) return "none";
  if (joint === "slash" || saysOpen(right) || (MODAL.test(left) && MODAL.test(right))) return "strong";
  if (known.has(pairKey(left, right))) return "strong";
  const short = wordCount(left) <= 3 && wordCount(right) <= 3;
  if (/^[,;]/.test(left) && !ADDS.test(right)) return joint === "tight" && short ? "strong" : "none";
  if (ADDS.test(right)) return joint === "tight" && sharesFigure(left, right) ? "strong" : "none";
  if (/[,;]$/.test(left) && !sameStart(left, right)) return "none";
  if (joint === "tight") return "strong";
  return builtAlike(left, right, words[index + 2], words[index - 1]);
}

/** Of brackets with white space between. */
function builtAlike(left: string, right: string, next: string | undefined, before: string | undefined): Hold {
  if (ADDS.test(left)) return "none";
  if ((FIGURE.test(left) || saysMissing(left)) && FIGURE.test(right)) return "strong";
  const long = wordCount(left) > 4 || wordCount(right) > 4;
  if (sameStart(left, right) && !(long && PREPOSITION.test(left))) return "strong";
  if ((next && sameStart(left, next)) || (before && sameStart(before, right))) return "strong";
  if (UNFINISHED.test(left) && UNFINISHED.test(right) && isCapital(left) === isCapital(right))
    return "strong";
  if (PREPOSITION.test(left) !== PREPOSITION.test(right) || / \/ /.test(left + right)) return "none";
  if (SENTENCE.test(left) && SENTENCE.test(right)) return "strong";
  const [fewer, more] = [wordCount(left), wordCount(right)].sort((a, b) => a - b);
  if (more !== undefined && more <= 2) return "weak";
  if (UNFINISHED.test(left) || ENDS_IN_MODAL.test(left) || isCapital(left) !== isCapital(right))
    return "none";
  return fewer !== undefined && fewer >= 2 && !PREPOSITION.test(left) ? "likely" : "none";
}

function startsLikeConjunction(words: string): boolean {
  return /^(?:and|or)\b/iu.test(words) && wordCount(words) > 1;
}

function sameStart(left: string, right: string): boolean {
  const first = (words: string) => /^\p{L}+/u.exec(words)?.[0].toLowerCase();
  return first(left) !== undefined && first(left) === first(right);
}

function isCapital(words: string): boolean {
  return /^\p{Lu}/u.test(words);
}

function sharesFigure(left: string, right: string): boolean {
  const figures = new Set(left.match(/\d+/g));
  return (right.match(/\d+/g) ?? []).some((figure) => figures.has(figure));
}

function wordCount(words: string): number {
  return words.split(/\s+/u).length;
}
