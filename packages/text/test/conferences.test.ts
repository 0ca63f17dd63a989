/** Drafts written in the manner of other processes, kinds judged by hand. The words are ours; all are exercises. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  type AnyOption,
  brackets,
  clauses,
  draftWords,
  parseMarkdown,
  parsePlain,
  plainText,
  renderPlain,
  wordsOf,
} from "../src/index.ts";

/** Line and kind of every bracket: optional, alternation, Block of options, placeholder. */
const JUDGED: readonly (readonly [name: string, ordinals: string, kinds: string])[] = [
  ["general-assembly", "PP1|PP2|PP3 bis.|1.|OP2.|OP3 alt.|OP4.", "9a 9o 11o 11o 13a 13a 15o 15o 17a 19o"],
  ["biodiversity", "1.|(a)|(b)|ALT (b)|2.|3 bis.|4.", "4o 6o 6o 6o 6o 8o 8o 10o 12b 16a 18a 18o 18o"],
  ["trade", "ARTICLE 3:|3.1|3.2|3.3|3.4", "5o 7b 7o 9o 9a 11o 11a 11o 13o 13o"],
  [
    "plastics",
    "ARTICLE 6|1.|2.|1.|Article 7|1.|1. Alt.|1.alt.2|2.|3.",
    "7b 11o 11a 12o 12a 15o 15a 19b 20o 20o 28p",
  ],
  ["law-commission", "Draft conclusion 3|1.|Draft article 12.|2.|Article 13", "5o 5o 11o 13b 17a"],
  [
    "ceasefire",
    "ANNEX II|1.|a)|b)|2.|3.|4.|5.|6.",
    "5o 5o 5p 6o 6a 7o 8o 8a 9o 9o 10o 11o 11o 11o 11o 11p 11p 12p 12p 12p 12p 12p 12p 12p 12p 12p",
  ],
  [
    "health",
    "Chapter II.|Article 12.|1.|2.|3.|3 alt.|4.|5.|5bis.|6.|7.",
    "9o 9o 11o 11o 13o 13p 13o 13o 13o 13o 15o 15a 17o 17o 17o 17o 17a 17o 17o 21p 23o 23o 23a 23a 23o 25o",
  ],
  [
    "positions",
    "PP1|PP2|PP2 bis|PP3|PP4|OP1|OP1 Alt|OP2 bis|OP3|OP3. ALT 2|OP4|OP5|OP6",
    "9o 11o 13a 13o 15o 15o 15o 17o 17a 17o 21a 21a 23o 27o 27a 29p",
  ],
  [
    "targets",
    "TARGET 3.|TARGET 3 ALT.|Target 4|Target 4 alt 2.|Section H bis.|17.|18.|(a)|(b)",
    "4o 4o 4o 4o 4o 4o 4o 4o 4o 4o 4o 4o 4o 4o 4o 4o 4o 8o 8a 10o 12o 14o 14o 14o 14o 14o 14o 14o 17o 19o",
  ],
  [
    "compilation",
    "PART II|1.|1.|1.|2.|4.|5.",
    "8b 12a 12a 12o 24a 24o 24o 24o 24a 24o 28b 28a 32b 36a 36o 36o 36o 36a 36o",
  ],
  ["council", "1.|2.|3.|4.", "6o 8o 8o 8o 8a 8o 10o 10a 10o 10a 12o 12o 12o 12a 14o"],
  ["sides", "Article 4:|1.|2.|3.|4.", "5o 5o 7a 7o 11o 11o"],
  [
    "tariffs",
    "ARTICLE 5|5.1|5.2|5.3|5.4|5.5",
    "6o 6a 6o 6p 8o 8o 8o 10o 10a 10o 10o 10o 12o 12o 12o 12o 14o 14p",
  ],
];

/** Where the reader still sees something else than the person who judged: `docs/decisions/0202`. */
const READ_OTHERWISE: Readonly<Record<string, string>> = {
  // "[by [40] per cent] [by 2040]" taken for alternatives; "[merged option]" for words of the text.
  compilation: "8b 12a 12a 12o 24a 24o 24o 24o 24a 24o 28b 28a 30o 32b 36a 36a 36o 36a 36o",
  // Three brackets of a row of five taken for alternatives; "[In blue]" for words of the text.
  council: "6o 8o 8a 8o 8o 10o 10a 10o 10a 12o 12o 12o 12a 14o 14o",
  // A footnote and a list of positions in brackets taken for words of the text.
  sides: "5o 5o 7a 7o 7o 9o 11o 11o",
};

const KINDS: Readonly<Record<string, string>> = {
  optional: "o",
  alternation: "a",
  "option-block": "b",
  placeholder: "p",
};

const sourceOf = (name: string) =>
  readFileSync(new URL(`./conferences/${name}.txt`, import.meta.url), "utf8");

test.each(JUDGED)("%s: numbers, kinds and words as a person reads them", (name, ordinals, kinds) => {
  const source = sourceOf(name);
  const { draft, places, repairs } = parsePlain(source);
  const shown = clauses(draft).map(({ ordinal }) => ordinal);
  expect(shown.filter((ordinal) => ordinal !== "").join("|")).toBe(ordinals);
  const found = brackets(draft).map(({ bracket }) => `${places.get(bracket.id)?.line}${KINDS[bracket.kind]}`);
  expect(found.join(" ")).toBe(READ_OTHERWISE[name] ?? kinds);
  expect(draftWords(draft)).toEqual(wordsOf(source.replace("EXERCISE", "").replace(/\[[12]\]/g, "")));
  expect(draft.exercise).toBe(true);
  expect(repairs).toEqual([]);
});

test("a number in a note's mark is a mark, and the note is read where such a mark stands before it", () => {
  const { draft } = parsePlain(sourceOf("trade"));
  expect(draft.notes.map(({ id, content }) => [id, plainText(content)])).toEqual([
    ["1", "For greater certainty, this does not apply to small-scale fishing."],
  ]);
  expect(parsePlain("[1] Not a note, nobody marks it.").draft.notes).toEqual([]);
});

test("who wants a bracket kept or gone is known of it, and their words stay beside it", () => {
  const { draft } = parsePlain(sourceOf("positions"));
  const backed = brackets(draft).map(({ bracket }) =>
    (bracket.options as readonly AnyOption[]).flatMap(({ id, attributions = [] }) =>
      attributions.map(({ party, role }) => `${id} ${party} ${role}`),
    ),
  );
  expect(backed.slice(0, 4)).toEqual([
    ["keep G77 supports", "drop US supports"],
    ["keep G77 supports", "drop EU supports", "drop UK supports", "drop AUS supports"],
    [
      "noting-with-appreciation MEX proposes",
      "noting-with-appreciation CHE proposes",
      "taking-note-of RUS proposes",
    ],
    ["keep CUB proposes", "keep VEN proposes", "keep NIC proposes"],
  ]);
  expect(renderPlain(draft)).toContain(
    "[all its previous resolutions] [US: delete] [G77: retain] on the lake",
  );
  const sides = brackets(parsePlain(sourceOf("sides")).draft)[0]?.bracket;
  expect(sides?.options.map(({ attributions }) => attributions?.map(({ party }) => party).join())).toEqual([
    "PE,MX,CL",
    "US,JP",
  ]);
});

test("words about the text that stand in brackets are no brackets of it", () => {
  const { draft } = parseMarkdown("Peace [now]. [Agreed ad ref] [Brun: reserves its position]");
  expect(brackets(draft)).toHaveLength(1);
  expect(clauses(draft)[0]?.content.at(-1)).toEqual({
    type: "text",
    text: "[Brun: reserves its position]",
    marks: ["editorial"],
  });
});

test.each([
  ["A [deep (Cora)/grave (Dorn)] concern.", "alternation Cora Dorn", "guess"],
  ["A report of the [Agency (IAEA)].", "optional", ""],
  ["Peace now. [agreed]", "", ""],
  ["[deleted]", "", ""],
  ["[agreed] Peace now.", "", ""],
  ["The [agreed] principles.", "optional", "guess"],
  ["Peace [Text proposed by Alda: on the river and the lake] now.", "optional Alda", ""],
])("%s", (source, read, guess) => {
  const { draft, ambiguities } = parsePlain(`1. ${source}`);
  const found = brackets(draft).map(({ bracket }) => {
    const options: readonly AnyOption[] = bracket.options;
    const names = options.flatMap(({ attributions = [] }) => attributions.map(({ party }) => party));
    return [bracket.kind, ...names].join(" ");
  });
  expect(found.join()).toBe(read);
  expect(ambiguities).toHaveLength(guess === "" ? 0 : 1);
  expect(draftWords(draft)).toEqual(wordsOf(`1. ${source}`));
});

test("ALT 3.2 without others is the number of a paragraph, with others the label of an alternative", () => {
  const numbers = (source: string) => clauses(parsePlain(source).draft).map(({ ordinal }) => ordinal);
  expect(numbers("3.2 They meet.\n\nALT 3.2 They part.\n\n3.3 They go.")).toEqual(["3.2", "ALT 3.2", "3.3"]);
  expect(brackets(parsePlain("Alt 1.1: They meet.\n\nAlt 1.2: They part.").draft)).toHaveLength(1);
});
