/**
 * Square brackets that are not negotiation: changes in a quotation ("[t]he", "[...]", "[sic]"), years of law
 * reports ("[1949] ICJ Rep"), footnote marks in plain text ("obligations[3]"), markers set tight on a word.
 * What cannot be told is taken for negotiation.
 */

/**
 * The places in `text` of brackets, opening and closing, that are only characters. `heading`: in one, a number in
 * brackets at the start is the one that the article had before: "Article 13 [12]".
 */
export function literalBrackets(text: string, heading: boolean): Set<number> {
  const literal = new Set<number>();
  const former = heading ? /^(\[?)(\[\d{1,3}(?: ?(?:bis|ter|quater))?\])/.exec(text) : null;
  if (former) literal.add(former[1]?.length ?? 0).add(former[0].length - 1);
  for (const match of text.matchAll(/\[([^[\]\n]{1,40})\]/gu)) {
    const [whole, inside = ""] = match;
    const { index } = match;
    const before = text.slice(Math.max(0, index - 1), index);
    const after = text.slice(index + whole.length, index + whole.length + 24);
    if (isLiteral(inside, before, after, () => insideQuotation(text, index))) {
      literal.add(index);
      literal.add(index + whole.length - 1);
    }
  }
  return literal;
}

function isLiteral(inside: string, before: string, after: string, quoted: () => boolean): boolean {
  if (/^\d{1,3}$/.test(inside)) return /[\p{L}.,;:)"”»]/u.test(before) && !/^[\p{L}\d%]/u.test(after);
  if (/^(?:1[5-9]|20)\d\d$/.test(inside)) return /^\s(?:\d{1,2}\s)?(?:[A-Z]{2,}|[A-Z]\.[A-Z])/.test(after);
  if (/^(?:sic!?|[*†‡§]{1,3})$/iu.test(inside)) return true;
  if (/^(?:emphasis|footnotes?|citations?) (?:added|omitted|in original)$/iu.test(inside)) return true;
  if (/^\p{L}$/u.test(inside)) return /^\p{Ll}{2}/u.test(after) && !/\p{L}/u.test(before) && quoted();
  return /^(?:\.{3}|…)$/.test(inside) && quoted();
}

/** Does a quotation stand open at this place? Apostrophes do not count. */
function insideQuotation(text: string, index: number): boolean {
  const start = Math.max(0, index - 2000);
  let open = false;
  for (const match of text.slice(start, index).matchAll(/["“”«»]/gu)) {
    const [mark] = match;
    open = mark === '"' ? !open : mark === "“" || mark === "«";
  }
  return open;
}
