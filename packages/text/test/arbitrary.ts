/** Random drafts in normal form, for the property tests, and how many of them: `CASES=10000` for a campaign. */
import fc from "fast-check";
import {
  type Attribution,
  type Block,
  type Clause,
  type ClauseId,
  type Draft,
  type Inline,
  MARKS,
  type Note,
  type Option,
} from "../src/model.ts";
import { joinInlines } from "../src/normal.ts";

/** How many cases a property is tried on. */
export function cases(short: number): { numRuns: number } {
  return { numRuns: Number(process.env["CASES"] ?? short) };
}

const words = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[a-zA-Z]{1,8}( [a-z,.;]{1,8}){0,3} ?$/) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "1. ",
      "Alt 1 ",
      "bis ",
      "(a) ",
      "No text",
      "X",
      "other",
      "[",
      "]{#b}",
      "/",
      ":",
      "::: options",
      "# ",
      "- ",
      "\\",
      "\\ ",
      " ",
      "\n",
      "\n  x",
      "{#id}",
      "}}",
      "*",
      "**a",
      "_",
      "^",
      "[^1]:",
      "السلام",
      "ї",
      '{ins author="a"}',
      "---",
      "Article 2 ",
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 6 })
      .map((s) => s.replace(/[\r\p{Cc}]/gu, "x")),
  },
);
const name = fc.oneof(
  fc.constantFrom("EU", "Norway; and \\ others", 'A "B"', "Сторона"),
  fc.stringMatching(/^[A-Za-z]{1,6}$/),
);
const date = fc.constantFrom("2015-10-23T00:00:00Z", "2025-02-18");
const attributions = fc
  .tuple(fc.uniqueArray(name, { maxLength: 2 }), fc.uniqueArray(name, { maxLength: 2 }))
  .map(([by, supports]): readonly Attribution[] => [
    ...by.map((party) => ({ party, role: "proposes" as const })),
    ...supports.map((party) => ({ party, role: "supports" as const })),
  ]);
const text = fc.record(
  {
    type: fc.constant("text" as const),
    text: words,
    marks: fc.subarray([...MARKS], { minLength: 1 }),
    revision: fc.record(
      { kind: fc.constantFrom("insertion" as const, "deletion" as const), author: name, date },
      { requiredKeys: ["kind", "author"] },
    ),
  },
  { requiredKeys: ["type", "text"] },
);
const ordinal = fc.constantFrom(
  "",
  "1.",
  "(a)",
  "(iv)",
  "Article 2",
  "3.3bis",
  "§ 7",
  "Article 2 bis",
  "-",
  "1.2.3",
  "(a) bis",
);

/** Content whose ids are still "id"; `numbered` makes them unique. */
const inlines: fc.Memo<Inline[]> = fc.memo((depth) => {
  const leaf = fc.oneof(
    { weight: 5, arbitrary: text as fc.Arbitrary<Inline> },
    { weight: 1, arbitrary: fc.constant({ type: "note", note: "n" } as unknown as Inline) },
  );
  const inner = depth > 1 ? inlines(depth - 1) : fc.array(leaf, { maxLength: 2 });
  const clauseBreak = fc.record({
    type: fc.constant("break"),
    clause: fc.constant("id"),
    form: fc.constant("paragraph"),
    level: fc.nat(3),
    ordinal,
  });
  const inBracket = fc
    .tuple(inner, fc.option(clauseBreak, { freq: 6 }))
    .map(([list, mark]) => (mark ? [...list, mark as unknown as Inline] : list));
  return fc
    .array(
      depth > 1
        ? fc.oneof(
            { weight: 3, arbitrary: leaf },
            { weight: 1, arbitrary: bracket(inBracket) as fc.Arbitrary<Inline> },
          )
        : leaf,
      { maxLength: 4 },
    )
    .map(joinInlines);
});

function bracket<C>(content: fc.Arbitrary<C[]>): fc.Arbitrary<unknown> {
  const said = fc.tuple(attributions, content);
  const only = (list: readonly Attribution[]) => (list.length > 0 ? { attributions: list } : {});
  const optional = fc.tuple(said, attributions).map(([[by, kept], against]) => ({
    kind: "optional",
    options: [
      { id: "keep", content: kept, ...only(by) },
      { id: "drop", content: [], ...only(against), noText: true },
    ],
  }));
  const placeholder = said.map(([by, kept]) => ({
    kind: "placeholder",
    options: [{ id: "blank", content: kept, ...only(by), open: true }],
  }));
  const member = fc.tuple(
    said,
    fc.constantFrom("", "open", "none"),
    fc.option(fc.constantFrom("Option 1:", "Alt {2} bis")),
  );
  const alternation = fc
    .tuple(fc.constantFrom("alternation", "option-block"), fc.array(member, { minLength: 1, maxLength: 3 }))
    .map(([kind, members]) => ({
      kind,
      options: members.map(([[by, kept], state, label], index) => ({
        id: `o${index}`,
        content: kept,
        ...(label && { label }),
        ...only(by),
        ...(state === "open" && { open: true }),
        ...(state === "none" && { noText: true }),
      })),
    }));
  return fc.tuple(fc.oneof(optional, placeholder, alternation), fc.boolean()).map(([one, ambiguous]) => ({
    type: "bracket",
    id: "id",
    ...one,
    ...(ambiguous && { ambiguous: true }),
  }));
}

const clause = fc
  .record({
    form: fc.constantFrom("heading" as const, "paragraph" as const, "paragraph" as const),
    level: fc.integer({ min: 1, max: 4 }),
    ordinal,
    content: inlines(3),
    concerns: fc.uniqueArray(name, { maxLength: 2 }),
    rtl: fc.boolean(),
    cell: fc.option(
      fc.constantFrom({ table: "t1", row: 0, column: 1 }, { table: "t1", row: 1, column: 0, columns: 2 }),
      { freq: 8 },
    ),
  })
  .map(
    ({ concerns, rtl, cell, ...rest }): Clause => ({
      type: "clause",
      id: "id" as ClauseId,
      ...rest,
      ...(concerns.length > 0 && { concerns }),
      ...(rtl && { direction: "rtl" }),
      ...(cell && { cell }),
    }),
  );

const blocks: fc.Memo<Block[]> = fc.memo((depth) =>
  fc.array(
    depth > 1
      ? fc.oneof(
          { weight: 4, arbitrary: clause as fc.Arbitrary<Block> },
          { weight: 1, arbitrary: bracket(blocks(depth - 1)) as fc.Arbitrary<Block> },
        )
      : (clause as fc.Arbitrary<Block>),
    { maxLength: 4 },
  ),
);

const note = fc.record(
  {
    kind: fc.constantFrom("footnote" as const, "reservation" as const, "comment" as const),
    content: inlines(2),
    author: name,
    date,
  },
  { requiredKeys: ["kind", "content"] },
);

export const drafts: fc.Arbitrary<Draft> = fc
  .record(
    {
      title: words,
      symbol: fc.constantFrom("A/1", 'X "y"', " b"),
      language: fc.constant("en"),
      exercise: fc.constant(true as const),
      other: fc.constant({ kind: "chair's text" }),
      blocks: blocks(3),
      notes: fc.array(note, { minLength: 1, maxLength: 2 }),
    },
    { requiredKeys: ["title", "blocks", "notes"] },
  )
  .map((draft) => numbered(draft as unknown as Draft));

/** Gives every clause, bracket and note an id of its own. */
function numbered(draft: Draft): Draft {
  let count = 0;
  const options = <C>(list: readonly Option<C>[], each: (content: readonly C[]) => C[]) =>
    list.map((option) => ({ ...option, content: each(option.content) }));
  const inside = (list: readonly Inline[]): Inline[] =>
    list.map((inline) => {
      if (inline.type === "note") return { ...inline, note: "n1" as Note["id"] };
      if (inline.type === "break") return { ...inline, clause: `k${++count}` as ClauseId };
      if (inline.type !== "bracket") return inline;
      return { ...inline, id: `b${++count}` as typeof inline.id, options: options(inline.options, inside) };
    });
  const each = (list: readonly Block[]): Block[] =>
    list.map((block) =>
      block.type === "clause"
        ? { ...block, id: `c${++count}` as ClauseId, content: inside(block.content) }
        : { ...block, id: `b${++count}` as typeof block.id, options: options(block.options, each) },
    );
  return {
    ...draft,
    blocks: each(draft.blocks),
    notes: draft.notes.map((one, index) => ({
      ...one,
      id: `n${index + 1}` as Note["id"],
      content: inside(one.content),
    })),
  };
}
