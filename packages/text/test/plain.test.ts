/** Clauses of words with optional texts and alternations; what plain text cannot carry is listed in `plain.ts`. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  brackets,
  clauses,
  type Draft,
  parseMarkdown,
  parsePlain,
  plainText,
  renderPlain,
} from "../src/index.ts";
import { cases } from "./arbitrary.ts";

const word = fc
  .stringMatching(/^[b-z][a-z]{3,7}$/)
  .filter(
    (one) =>
      !/^(?:other|shall|should|will|must|could|would|might|none|blank|under|with|within|from|notably)$/.test(
        one,
      ),
  );
const part = fc.oneof(
  word,
  word.map((one) => `[${one}]`),
  fc.tuple(word, word).map(([a, b]) => `[${a}][${b}]`),
);
const sources = fc
  .array(fc.array(part, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 })
  .map((list) => list.map((parts, index) => `${index + 1}. Party ${parts.join(" also ")} end.`).join("\n\n"));

function carried(draft: Draft): unknown {
  return [
    clauses(draft).map(({ form, level, ordinal, content }) => [form, level, ordinal, plainText(content)]),
    brackets(draft).map(({ bracket: { kind, options } }) => [kind, options.length]),
  ];
}

test("plain text written and read again gives the clauses, numbers, words and brackets of the draft", () => {
  fc.assert(
    fc.property(sources, (source) => {
      const { draft } = parseMarkdown(source);
      const again = parsePlain(renderPlain(draft));
      expect(carried(again.draft)).toEqual(carried(draft));
      expect(again.repairs).toEqual([]);
    }),
    cases(200),
  );
});
