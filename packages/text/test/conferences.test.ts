/** Drafts written in the manner of other processes, kinds judged by hand. The words are ours; all are exercises. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  brackets,
  clauses,
  draftWords,
  parseMarkdown,
  parsePlain,
  plainText,
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
];

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
  expect(found.join(" ")).toBe(kinds);
  expect(draftWords(draft)).toEqual(wordsOf(source.replaceAll("[1]", "")));
  expect(repairs).toEqual([]);
});

test("a number in a note's mark is a mark, and the note is read where such a mark stands before it", () => {
  const { draft } = parsePlain(sourceOf("trade"));
  expect(draft.notes.map(({ id, content }) => [id, plainText(content)])).toEqual([
    ["1", "For greater certainty, this does not apply to small-scale fishing."],
  ]);
  expect(parsePlain("[1] Not a note, nobody marks it.").draft.notes).toEqual([]);
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
