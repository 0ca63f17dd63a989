/**
 * Lines that are headings though nothing but their words says so: "Article 6", "CHAPTER II: Finance". Levels: 1 for
 * chapters, parts and annexes, 2 for articles; undefined if it is no heading.
 */
import { readTypedOrdinal } from "../ordinal.ts";
import { readLabel } from "./label.ts";

const HEADING =
  /^(?:(?:Draft|DRAFT) \p{L}{4,12}(?= \d)|Article|ARTICLE|Section|SECTION|Chapter|CHAPTER|Part|PART|Annex|ANNEX|Appendix|APPENDIX|Статья|Глава|Артикул|المادة|Artículo|Preamble|PREAMBLE)(?:\s[\dIVXLCA-Z٠-٩]+(?:\s?(?:bis|ter|quater))?)?(?:[\s.:–—-].{0,100})?$/u;
const CAPITALS = /^[\p{Lu}\p{N}\s,.'’:()–—-]{4,100}$/u;

/** For plain text, where nothing else can say it: also without a number, and lines in capitals. */
export function headingLevel(line: string): number | undefined {
  const text = line.slice(0, 130).replace(/^\[+|\]+$/g, "");
  if (text.length > 120 || readLabel(text)) return undefined;
  const capitals = CAPITALS.test(text) && /\p{Lu}{3}/u.test(text);
  if (!capitals && (!HEADING.test(text) || /[.;,]$/.test(text))) return undefined;
  return levelOf(text);
}

/**
 * For Word and Markdown, which have headings of their own that many a draft does not use: only a name with a number, alone
 * or before a title.
 */
export function typedHeadingLevel(text: string): number | undefined {
  const line = text.trim();
  if (line.length > 120 || line.includes("\n") || !/^[[\p{Lu}\p{Script=Arabic}]/u.test(line))
    return undefined;
  const number = readTypedOrdinal(line, "heading");
  if (!number || !HEADING.test(number.ordinal)) return undefined;
  const title = line.slice(number.length).replace(/^[.:–—-]\s*/u, "");
  const titled = title === "" || /^[[("“«]*[\p{Lu}\p{Script=Arabic}]/u.test(title);
  return titled && !/[.;,]$/.test(title) ? levelOf(number.ordinal) : undefined;
}

function levelOf(text: string): number {
  return /^(?:Draft|DRAFT|Article|ARTICLE|Section|SECTION|Статья|المادة|Artículo)/u.test(text) ? 2 : 1;
}
