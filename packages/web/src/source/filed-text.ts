/**
 * A text in another language, as it is filed. Its clauses are those of the agreed text, in the same order: so whatever is
 * said of a clause, such as whom it concerns and on whom it is not binding, is said in every language.
 */
import { clauses, type Draft, renderMarkdown, rewrite } from "@parley/text";

/** undefined: the file has another number of clauses than the agreed text. */
export function filedText(
  read: Draft,
  agreed: Draft,
  language: string,
  exercise: boolean,
): string | undefined {
  const theirs = clauses(agreed);
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
