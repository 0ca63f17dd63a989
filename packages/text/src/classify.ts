/**
 * What the words in a bracket say about its kind, where nothing else does. Only the words; what stands around
 * the bracket is for the reader that found it.
 */
import { readPosition } from "./parties.ts";

const BLANK =
  /^(?:(?:year |date |article )?[xyznXYZN]{1,4}|N\.N\.?|20[xXyY]{2}|\d*[xXyY]+|[xX]{1,4}(?:[./-][xX\d]{1,4}){1,2}|\.{2,}|…|_+|●+|-{2,}|–|—|\?+|date|number|name|figure|amount|tbd|TBD|to be determined|insert.*)$/u;
/** A figure that is missing, with its unit: "X%", "$ ...", "XX days". */
const BLANK_AMOUNT =
  /^(?:(?:USD|US\$|EUR|[$€£])\s?)?(?:[xX]{1,3}|\.{2,3}|…|_+|●)(?:\s?(?:%|per ?cent|percent|(?:hour|day|week|month|year|member|State)s?|Parties|kilomet(?:er|re)s|km|million|billion))?(?: (?:million|billion|years|days))?$/u;
/** Words about the text that stand in brackets beside it. */
const ABOUT_TEXT =
  /^(?:agreed ad ref(?:erendum)?\b.{0,30}|(?:(?:chair|facilitator|president|secretariat|editor|drafter|negotiator)s?['’]?s?['’]?\s|drafting |editorial )?notes?(?: (?:by|to) [^:]{1,40})?: .{1,300}|(?:chair|facilitator|president|secretariat)(?:person|man|woman)?['’]s (?:text|proposal|suggestion|compromise)|co-?(?:chair|facilitator)s?['’]s? (?:text|proposal|suggestion|compromise)|(?:text )?(?:proposed|proposal|submitted) by [^.;:]{1,60}:?|see (?:also )?(?:the )?(?:commentar(?:y|ies)|footnotes?|explanatory notes?)\b.{0,40}|placement (?:to be|tbd|pending)\b.{0,40}|(?:alt|option)\.? ?\d{1,2}|(?:[^:]{1,60}: )?reserves? (?:its|the|their) positions?\.?)$/iu;
/** With a capital: in a sentence "[agreed]" is an adjective. "[Japan proposal]": whose words stand before it. */
const STATUS =
  /^(?:Agreed(?: (?:in|by|on|at) .{1,40})?|Deleted(?:\s?[–—,;:-]\s?.{1,60})?|Moved to .{1,60}|Merged with .{1,60}|(?:\p{Lu}[\p{L}\p{N}.&-]*(?: ?[,/+] ?| )){1,8}(?:proposal|formulation|suggestion)s?)\.?$/u;
/** The same in small letters: only where they stand apart from the sentence. */
const LOWER_STATUS =
  /^(?:(?:provisionally |already )?agreed(?: ad ref)?|deleted|moved|merged|closed|pending)\.?$/u;
const MISSING =
  "(?:determined|completed|elaborated|inserted|developed|added|discussed|confirmed|specified|decided)";
const PLACEHOLDER = new RegExp(
  `^(?:placeholder\\b|to be ${MISSING}|insert\\b|reserved\\.?$|intentionally left blank|(?:\\p{L}+ ){1,4}to be ${MISSING}\\.?$)`,
  "iu",
);
const OPEN = /^(?:(?:other|others|other formulation|or other)[.;,]?|…|\.{3})$/iu;
const NO_TEXT = /^\W*no (?:text|provisions?|reference|language|mention|clause|article)\b/iu;

/** "[X]", "[...]", "[20XX]", "[placeholder for ...]": words or a figure still missing. */
export function saysMissing(words: string): boolean {
  const bare = words.trim();
  return bare === "" || BLANK.test(bare) || BLANK_AMOUNT.test(bare) || PLACEHOLDER.test(bare);
}

/** "[Agreed ad ref]", "[Chair's proposal]", "[Brun: reserves its position]": no words of the text at all. */
export function saysAboutText(words: string): boolean {
  const bare = words.trim();
  return ABOUT_TEXT.test(bare) || STATUS.test(bare) || readPosition(bare) !== undefined;
}

/** "[agreed]", "[deleted]": words about the text, or of it. */
export function mayBeStatus(words: string): boolean {
  return LOWER_STATUS.test(words.trim());
}

/** "[other]": the list of alternatives is not closed. */
export function saysOpen(words: string): boolean {
  return OPEN.test(words.trim());
}

/** "No text", "No provision on ...": choosing it leaves nothing. */
export function saysNoText(words: string): boolean {
  return NO_TEXT.test(words.trim());
}
