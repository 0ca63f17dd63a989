/**
 * What the words in a bracket say about its kind, where nothing else does. Only the words; what stands around
 * the bracket is for the reader that found it.
 */
const BLANK =
  /^(?:(?:year |date |article )?[xyznXYZN]{1,4}|20[xXyY]{2}|\d*[xXyY]+|\.{2,}|…|_+|-{2,}|–|—|\?+|date|number|name|figure|amount|tbd|TBD|to be determined|insert.*)$/u;
const PLACEHOLDER =
  /^(?:placeholder\b|to be (?:determined|completed|elaborated|inserted|developed|added|discussed)|insert\b)/iu;
const OPEN = /^(?:(?:other|others|other formulation|or other)[.;,]?|…|\.{3})$/iu;
const NO_TEXT = /^\W*no (?:text|provisions?|reference|language|mention|clause|article)\b/iu;

/** "[X]", "[...]", "[20XX]", "[placeholder for ...]": words or a figure still missing. */
export function saysMissing(words: string): boolean {
  const bare = words.trim();
  return BLANK.test(bare) || PLACEHOLDER.test(bare);
}

/** "[other]": the list of alternatives is not closed. */
export function saysOpen(words: string): boolean {
  return OPEN.test(words.trim());
}

/** "No text", "No provision on ...": choosing it leaves nothing. */
export function saysNoText(words: string): boolean {
  return NO_TEXT.test(words.trim());
}
