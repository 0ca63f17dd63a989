/** The edges of texts. Loops, since a pattern such as `\s+$` takes quadratic time on a long run of spaces. */

/** Where the characters at the end that `pattern` (for one character) matches begin. */
export function tailStart(text: string, pattern: RegExp): number {
  let end = text.length;
  while (end > 0 && pattern.test(text[end - 1] ?? "")) end--;
  return end;
}

/** Without white space at the end, a no-break space excepted. */
export function trimTail(text: string): string {
  return text.slice(0, tailStart(text, /[ \t\n]/));
}
