/**
 * What somebody types to show that they mean it, against the name that is shown. Whoever convened a case named its seats: a
 * character in a name that nobody sees, or types, keeps nobody from answering.
 */
export function isTyped(written: string, name: string): boolean {
  return plain(written) !== "" && plain(written) === plain(name);
}

function plain(words: string): string {
  return words
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .toLocaleLowerCase();
}
