/**
 * Two brackets with white space between: are they alternatives? They are where both cannot stand together, or where
 * one is plainly a variation of the other; they are optional texts where the second goes on from the first. The
 * rules are of grammar and go from the surest to the least sure.
 */
import { saysMissing } from "../classify.ts";
import {
  callsForVerb,
  classOf,
  contentWords,
  isAdjectiveBeforeNoun,
  isLoneDeterminer,
  isOpenLink,
  mayBeVerb,
  saysWhen,
} from "./word-class.ts";

/** `likely` yields to a joint without white space beside it, `weak` to any strong one. */
export type Hold = "strong" | "likely" | "weak" | "none";

/** `leadIn`: the words before the first of the brackets, in the same clause. */
export interface Neighbours {
  readonly words: readonly string[];
  readonly leadIn: string;
}

const FIGURE = /^[^\p{L}]{0,3}(?:\d|[xX]\b|20[xX]{2})/u;
const NUMBER =
  /^(?:a |an |one |two )?(?:half|thirds?|quarters?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|ninety)\b/iu;
const UNFINISHED =
  /(?:^|\s)(?:of|to|for|by|at|in|on|under|with|from|the|a|an|its|their|prior to|before|after|and|that|which)$/iu;
const ENDS_IN_MODAL = /\b(?:shall|should|may|will|must|can|could|would)$/iu;
const SENTENCE = /^\p{Lu}[\p{Ll}\s].*[\p{L}\p{N})]$/u;
const FULL_SENTENCE = /^\p{Lu}.*[.;]$/su;
const ADDS = /^(?:[,;.:]|(?:and|or|including|as well as|in particular|inter alia|such as)\b)/iu;

/** Does this one only add to the text: "[, and ports]", "[including harbours]"? */
export function isAddition(words: string): boolean {
  return ADDS.test(words);
}

/** What holds the bracket at `index` to the one behind it. */
export function likenessAt(neighbours: Neighbours, index: number): Hold {
  const { words } = neighbours;
  const left = words[index] ?? "";
  const right = words[index + 1] ?? "";
  if (isAddition(left)) return "none";
  if (isFigure(right) && (isFigure(left) || saysMissing(left))) return "strong";
  if (isFigure(left) && sharesFigure(left, right)) return "strong";
  if (isLoneDeterminer(left) && !/^(?:all|both)$/iu.test(left) && classOf(right) === "determiner")
    return "strong";
  const bothLinks = classOf(left) === "link" && classOf(right) === "link";
  const long = wordCount(left) > 4 || wordCount(right) > 4;
  if (sameStart(left, right) && !(long && classOf(left) === "link")) return "strong";
  const around = [words[index + 2], words[index - 1]];
  if (around.some((one, nth) => one !== undefined && sameStart(one, nth === 0 ? left : right)))
    return "strong";
  if (isOpenLink(left) && isOpenLink(right)) return "strong";
  const sameCase = isCapital(left) === isCapital(right);
  if (UNFINISHED.test(left) && UNFINISHED.test(right) && sameCase) return "strong";
  if (callsForVerb(left) && mayBeVerb(right)) return "none";
  if (saysWhen(left) && saysWhen(right)) return "likely";
  if (FULL_SENTENCE.test(left) && FULL_SENTENCE.test(right))
    return overlap(left, right) >= 0.2 ? "likely" : "none";
  const shared = overlap(left, right);
  if (shared >= 0.8 && long && sameCase && !bothLinks) return "strong";
  if (shared >= (bothLinks && !sameStart(left, right) ? 0.8 : 0.5)) return "likely";
  if (verbStands(neighbours, index) && mayBeVerb(left)) return mayBeVerb(right) ? "likely" : "none";
  if (goesOn(left, right)) return "none";
  if (SENTENCE.test(left) && SENTENCE.test(right)) return "strong";
  if (isAdjectiveBeforeNoun(left, right)) return "none";
  const listed = /^,/.test(words[index + 2] ?? "");
  if (wordCount(left) <= 2 && wordCount(right) <= 2) return listed ? "none" : "weak";
  if (UNFINISHED.test(left) || ENDS_IN_MODAL.test(left) || !sameCase) return "none";
  const phrases = Math.min(wordCount(left), wordCount(right)) >= 2;
  return phrases && classOf(left) !== "link" ? "likely" : "none";
}

/** The second one reads on from the first: "[the ports] [in the Annex]", "[all] [nuclear]". */
function goesOn(left: string, right: string): boolean {
  if (/\p{L} ?\/ ?\p{L}/u.test(`${left} ${right}`) || isLoneDeterminer(left) || isLoneDeterminer(right))
    return true;
  const [before, after] = [classOf(left), classOf(right)];
  if (before === after) return false;
  return [before, after].some((one) => one === "link" || one === "relative" || one === "manner");
}

/** Can a verb in its bare form stand where this bracket begins? */
function verbStands({ words, leadIn }: Neighbours, index: number): boolean {
  for (let at = index; at > 0; at--) {
    const before = words[at - 1] ?? "";
    if (callsForVerb(before)) return true;
    const through = mayBeVerb(before) || classOf(before) === "manner" || isAddition(before);
    if (!through) return false;
  }
  return callsForVerb(leadIn);
}

function isFigure(words: string): boolean {
  return FIGURE.test(words) || NUMBER.test(words);
}

/** Of the words that carry meaning, the share of the shorter one's that stand in the other too. */
function overlap(left: string, right: string): number {
  const [a, b] = [contentWords(left), contentWords(right)];
  const fewer = Math.min(a.size, b.size);
  return fewer === 0 ? 0 : [...a].filter((word) => b.has(word)).length / fewer;
}

export function sameStart(left: string, right: string): boolean {
  const first = (words: string) => /^\p{L}+/u.exec(words)?.[0].toLowerCase();
  return first(left) !== undefined && first(left) === first(right);
}

function isCapital(words: string): boolean {
  return /^\p{Lu}/u.test(words);
}

export function sharesFigure(left: string, right: string): boolean {
  const figures = new Set(left.match(/\d+/g));
  return (right.match(/\d+/g) ?? []).some((figure) => figures.has(figure));
}

export function wordCount(words: string): number {
  return words.split(/\s+/u).length;
}
