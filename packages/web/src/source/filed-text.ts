/**
 * A text in another language, as it is filed. Its clauses are those of the agreed text, in the same order: so whatever is
 * said of a clause, such as whom it concerns and on whom it is not binding, is said in every language.
 */
import type { AuthenticText, Closing } from "@parley/core";
import { clauses, type Draft, plainText, renderMarkdown, rewrite } from "@parley/text";

/** undefined: the file has another number of clauses than the agreed text. */
export function filedText(
  file: Draft,
  agreed: Draft,
  language: string,
  exercise: boolean,
): string | undefined {
  const theirs = clauses(agreed);
  const read = titled(file, agreed);
  if (clauses(read).length !== theirs.length) return undefined;
  const next = theirs.values();
  const same = rewrite(read, {
    clause: (clause) => {
      const { id, concerns } = next.next().value ?? clause;
      const { concerns: _own, ...rest } = clause;
      return [{ ...rest, id, ...(concerns ? { concerns } : {}) }];
    },
  });
  return renderMarkdown({
    ...same,
    language,
    ...(agreed.symbol === undefined ? {} : { symbol: agreed.symbol }),
    ...(exercise ? { exercise: true } : {}),
  });
}

/** A file that has no place for a title begins with it: what is a heading too many there is what the text is called. */
function titled(file: Draft, agreed: Draft): Draft {
  const [first, ...blocks] = file.blocks;
  const isTitle =
    agreed.title !== "" &&
    file.title === "" &&
    first?.type === "clause" &&
    first.form === "heading" &&
    clauses(file).length === clauses(agreed).length + 1;
  return isTitle ? { ...file, title: plainText(first.content), blocks } : file;
}

/**
 * Whether a text in another language is closed with the first unless one says otherwise. What came in while the page was open
 * has not been read, and is not; nor is what another principal, who has closed already, left out.
 */
export function isClosedToo(
  { hash, language }: Pick<AuthenticText, "hash" | "language">,
  known: boolean,
  before: Closing | undefined,
): boolean {
  return known && (!before || before.texts[language] === hash);
}
