/**
 * Numbers of clauses as displayed: "Article 2 bis", "1.", "3.3bis", "(a)", "(iv)", "a.", "IV.", and bullets.
 * Read only at the start of a clause and only where a space or the end follows.
 */
const SUFFIX = "(?:\\s?(?:bis|ter|quater|quinquies|sexies|septies|octies|alt|Alt))?";
const ROMAN = "(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})";
const NUMBER = `(?:\\d{1,3}(?:\\.\\d{1,3})*${SUFFIX}|${ROMAN}|${ROMAN.toUpperCase()}|[a-zA-Zа-яا-ي]${SUFFIX})`;
const PARAGRAPH = new RegExp(
  `^(?:\\(${NUMBER}\\)${SUFFIX}|${NUMBER}[.)]|\\d{1,3}(?:\\.\\d{1,3})+${SUFFIX}|\\d{1,3}(?:bis|ter)|[-–—•])(?=\\s|$)`,
);
const NAMES =
  "Article|ARTICLE|Section|SECTION|Chapter|CHAPTER|Part|PART|Title|TITLE|Annex|ANNEX|Appendix|APPENDIX|Rule|Regulation|Principle|Schedule|Protocol|Статья|Стаття|Глава|Раздел|Приложение|Artículo|Artigo|Capítulo|Anexo|Annexe|Chapitre|المادة|الفصل";
const HEADING = new RegExp(
  `^(?:(?:${NAMES})\\s(?:\\d{1,3}(?:\\.\\d{1,3})*|[IVXLC]+|[A-Z\\p{Nd}]{1,3})${SUFFIX}[.:]?|${NUMBER}[.)]|\\d{1,3}(?:\\.\\d{1,3})+)(?=\\s|$)`,
  "u",
);

/** What other texts number with, and canonical Markdown writes as an attribute: "OP3 alt.", "PP1", "OP3. ALT 2", "Target 4 alt.", "ALT (b)", "1.alt.2". */
const TYPED = {
  heading: new RegExp(
    `^(?:Draft|DRAFT)\\s(?:${NAMES}|article|conclusion|guideline|principle|paragraph|Conclusion|Guideline)\\s\\d{1,3}${SUFFIX}[.:]?(?=\\s|$)`,
    "u",
  ),
  paragraph: new RegExp(
    `^(?:(?!OP\\s?\\d{1,2}\\s?[Aa][Ll][Tt]\\.?\\s?\\d{1,2}\\s*$)(?:PP|OP)\\s?\\d{1,3}(?:\\.\\d{1,2})?${SUFFIX}[.:)]?(?:\\s(?:ALT|[Aa]lt)\\b)?(?:(?<=[Aa][Ll][Tt])\\.?\\s?\\d{1,2})?[.:)]?|(?:Target|TARGET|Goal|GOAL)\\s(?:\\d{1,2}|[A-D])(?:\\s?(?:bis|ter|alt|Alt|ALT)(?:\\.?\\s?\\d{1,2})?)?(?:[.:]|(?=\\s\\[))|(?:ALT|Alt\\.?)\\s?\\(${NUMBER}\\)|\\d{1,3}\\.?\\s?(?:alt|Alt|ALT)\\.?(?:\\d{1,2}\\.?)?(?!\\s?[\\dIVX(]))(?=\\s|$)`,
    "u",
  ),
};
const BULLET = /^[-–—•]$/;

export interface TypedOrdinal extends OrdinalRead {
  /** Opening brackets before the ordinal: "[3. The Parties ...]" is clause 3, whose words stand in a bracket. */
  readonly from: number;
}

/** The ordinal with which a clause of a text from elsewhere begins, also behind opening brackets. */
export function readTypedOrdinal(text: string, form: "heading" | "paragraph"): TypedOrdinal | undefined {
  const from = /^\[{0,20}/.exec(text)?.[0].length ?? 0;
  const rest = text.slice(from, from + 160);
  const typed = TYPED[form].exec(rest.slice(0, 80))?.[0];
  const read = typed === undefined ? readOrdinal(rest, form) : withSpace(rest, typed);
  if (!read || (from > 0 && BULLET.test(read.ordinal))) return undefined;
  return { ordinal: read.ordinal, from, length: from + read.length };
}

export interface OrdinalRead {
  readonly ordinal: string;
  /** Units of the ordinal and the white space after it. */
  readonly length: number;
}

/** The ordinal with which a clause's text begins, if any. */
export function readOrdinal(text: string, form: "heading" | "paragraph"): OrdinalRead | undefined {
  const start = text.slice(0, 80);
  const ordinal = (form === "heading" ? HEADING : PARAGRAPH).exec(start)?.[0];
  return ordinal ? withSpace(text, ordinal) : undefined;
}

function withSpace(text: string, ordinal: string): OrdinalRead {
  const space = /^\s+/.exec(text.slice(ordinal.length, ordinal.length + 80))?.[0] ?? "";
  return { ordinal, length: ordinal.length + space.length };
}
