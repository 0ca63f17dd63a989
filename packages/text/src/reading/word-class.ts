/**
 * What kind of phrase the words of a bracket are, told from closed classes of English words and from endings. No
 * dictionary: a word that nothing tells is `bare`. In other languages all is `bare`, and other rules must do.
 */

/**
 * `link`: joins what follows to what stands before: prepositions, conjunctions of subordination; `relative`: "that
 * controls", also reduced: "agreed by ..."; `determiner`: begins a noun phrase; `manner`: adverbs, all of them.
 */
export type PhraseClass = "link" | "relative" | "determiner" | "manner" | "bare";

const LINK =
  /^(?:in|on|of|to|for|by|at|under|with|within|without|from|into|upon|through|throughout|during|among|between|across|against|towards?|until|before|after|since|per|via|as|where|if|when|whenever|while|unless|except|provided that|so|taking|subject|notably|according to|based on|pursuant to|prior to|consistent with|notwithstanding|irrespective of|regardless of|bearing in mind|having regard|with regard|starting|beginning)\b/iu;
/** Links of several words that say nothing yet: what they link must follow. */
const OPEN_LINK =
  /^(?:(?:fully |duly )?taking (?:into account|account of)|bearing in mind|on the basis of|based on|(?:with )?(?:due |full )?regard (?:to|for)|without prejudice to|in (?:accordance|line|conformity|consultation|coordination|cooperation) with|consistent with|subject to|pursuant to|notwithstanding|irrespective of|regardless of|in (?:the )?(?:light|view|context) of|conditional (?:up)?on|according to)$/iu;
const MANNER_LINK = /^\p{Ll}+ly (?:in|on|by|at|under|with|to|from|for|upon|after|before)\b/u;
const RELATIVE = /^(?:that|which|who|whose|whom|whereby)\b/iu;
const REDUCED =
  /^(?:not |previously |duly )?\p{Ll}{2,}(?:ed|en|ing) (?:by|in|on|at|under|with|to|from|for|pursuant|above|below|therein)\b/u;
const DETERMINER =
  /^(?:the|an?|all|any|each|every|no|its|their|this|these|those|such|some|both|either|neither|another|several|many|most)\b/iu;
const NOT_ADVERBS = /^(?:supply|apply|reply|comply|rely|early|family|assembly|ally|multiply|imply)$/iu;
const ADVERB =
  /^(?:\p{L}+ly|not|only|also|always|at least|at most|up to|as appropriate|as (?:far as )?(?:possible|practicable)|inter alia|and|or|further|fully|\/)$/iu;
const ADJECTIVE = /(?:[ts]ive|ous|[nrictub]al|ible|[^n]able|less|[^l]ful|ic|ary|[^e]ed)$/iu;
const NOUN = /(?:[ts]ion|[^il]ment|ity|ness|ship|ism|[^su]s)$/iu;
/** After these a verb stands in its bare form. */
const BEFORE_VERB = /\b(?:shall|should|may|will|must|can|could|would|to)(?: not| also| endeavour to)?\s*$/iu;
const WHEN =
  /\b(?:years?|annual(?:ly)?|months?|monthly|weeks?|weekly|days?|daily|hours?|biennial(?:ly)?|periodic(?:ally)?|intervals?|soon|immediately|promptly|forthwith|delay|date|deadlines?|times?|(?:19|20)\d\d)\b/iu;

export function classOf(words: string): PhraseClass {
  if (isManner(words)) return "manner";
  if (LINK.test(words) || MANNER_LINK.test(words)) return "link";
  if (RELATIVE.test(words) || REDUCED.test(words)) return "relative";
  return DETERMINER.test(words) ? "determiner" : "bare";
}

function isManner(words: string): boolean {
  if (
    /^(?:at (?:least|most)|up to|inter alia|as appropriate|as (?:far as )?(?:possible|practicable))$/iu.test(
      words,
    )
  )
    return true;
  return words.split(/\s+/u).every((word) => ADVERB.test(word) && !NOT_ADVERBS.test(word));
}

/** "taking into account", "on the basis of": a link without what it links. */
export function isOpenLink(words: string): boolean {
  return OPEN_LINK.test(words);
}

/** A lone "all", "each", "the": it goes with the words behind it. */
export function isLoneDeterminer(words: string): boolean {
  return /^(?:the|an?|all|any|each|every|no|its|their|both|some|such|other)$/iu.test(words);
}

/** "[effective] [management]": the one goes with the other. */
export function isAdjectiveBeforeNoun(left: string, right: string): boolean {
  const adjective = /^\p{Ll}+(?:-\p{Ll}+)?$/u.test(left) && ADJECTIVE.test(left) && !NOUN.test(left);
  return adjective && /^\p{Ll}+$/u.test(right) && NOUN.test(right);
}

/** Do these words call for a verb in its bare form? */
export function callsForVerb(words: string): boolean {
  return BEFORE_VERB.test(words);
}

/** May these words, where a bare verb can stand, begin with one? */
export function mayBeVerb(words: string): boolean {
  const first = words.replace(/^(?:(?:not|also|\p{L}+ly)\s)+/iu, "").match(/^\p{Ll}+/u)?.[0];
  if (first === undefined || classOf(words) !== "bare") return false;
  return !ADJECTIVE.test(first) && !NOUN.test(first);
}

/** "every year", "within 60 days", "without delay": words that say when. */
export function saysWhen(words: string): boolean {
  return WHEN.test(words) && words.split(/\s+/u).length <= 10;
}

const FUNCTION_WORDS =
  /^(?:the|and|for|with|from|that|this|shall|should|will|may|not|its|their|are|has|have|all|any|each|which|who|into|upon|under|such|other|been|being|including|per|cent)$/u;

/** The words that carry meaning, in small letters, cut to their stems. */
export function contentWords(words: string): Set<string> {
  const content = new Set<string>();
  for (const [word] of words.toLowerCase().matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    if (word.length > 2 && !FUNCTION_WORDS.test(word)) content.add(word.slice(0, 5));
  }
  return content;
}
