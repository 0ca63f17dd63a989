import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  brackets,
  bracketsInNotes,
  clauses,
  countBrackets,
  draftWords,
  parseMarkdown,
  parsePlain,
  plainText,
  type Reading,
  renderMarkdown,
  settle,
  TextError,
  wordsOf,
} from "../src/index.ts";
import { cases } from "./arbitrary.ts";

/** Kind and words of every bracket, alternatives parted by a bar. */
function kinds({ draft }: Reading): string[] {
  return brackets(draft).map(({ bracket, options }) => {
    const words = bracket.options
      .filter((option) => bracket.kind !== "optional" || !option.noText)
      .map(({ content, label, open }) => {
        const text = content.map((one) =>
          one.type === "clause" ? plainText(one.content) : plainText([one as never]),
        );
        return `${label ? `${label} ` : ""}${text.join(" ").trim()}${open && options.length > 0 ? " (open)" : ""}`;
      });
    return `${bracket.kind}: ${words.join(" | ")}`;
  });
}

describe("brackets as negotiators write them", () => {
  test.each([
    ["Parties [shall][should] act.", ["alternation: shall | should"]],
    ["Parties [shall] [should][other] act.", ["alternation: shall | should | other (open)"]],
    ["Parties [shall]/[should] act.", ["alternation: shall | should"]],
    ["Parties [may / shall] act.", ["alternation: may | shall"]],
    ["Parties [EU, Norway: shall] act.", ["optional: shall"]],
    [
      "The ports [and harbours][, and the canals] reopen.",
      ["optional: and harbours", "optional: , and the canals"],
    ],
    ["respective [aims] [duties] [other] here", ["alternation: aims | duties | other (open)"]],
    ["They [monitor] [verify] it.", ["alternation: monitor | verify"]],
    ["They shall [record] [all incidents] there.", ["optional: record", "optional: all incidents"]],
    ["by [40] [fifty] per cent", ["alternation: 40 | fifty"]],
    ["a [joint] [permanent] body", ["alternation: joint | permanent"]],
    ["the ports [in the Annex] [open to all]", ["optional: in the Annex", "optional: open to all"]],
    ["[upon signature] [upon ratification]", ["alternation: upon signature | upon ratification"]],
    ["They meet [every year] [at regular intervals].", ["alternation: every year | at regular intervals"]],
    ["It ends[.][, unless it is extended.]", ["alternation: . | , unless it is extended."]],
    ["by [X] per cent", ["placeholder: X"]],
    ["by [40][X] per cent", ["alternation: 40 | X (open)"]],
    ["[placeholder for the annex]", ["placeholder: placeholder for the annex"]],
    ["a [[b][c] d] e", ["optional: bc  d", "alternation: b | c"]],
    ['As it says: "[t]he Parties [...] meet".', []],
    ["See [1949] ICJ Rep 4 and obligations[3].", []],
    ["A [link](https://example.org/a) and [a bracket].", ["optional: a bracket"]],
    ["A [treaty], [this][t] and [that].\n\n[treaty]: https://example.org\n[T]: #t", ["optional: that"]],
    ["[Parties]: those that sign.", ["optional: Parties"]],
    ["\\[not a bracket\\]", []],
    [
      "Parties [shall]/[should]/[are encouraged to] act.",
      ["alternation: shall | should | are encouraged to"],
    ],
    ["[Parties included] [to][shall] act", ["optional: Parties included", "alternation: to | shall"]],
    ["[promote/ensure] [voluntary] transfer", ["alternation: promote | ensure", "optional: voluntary"]],
    ["[effective] [management] of waste", ["optional: effective", "optional: management"]],
    ["the [agreed] aims. [Agreed] [Deleted]", ["optional: agreed"]],
    ["[Reserved] [Text to be developed]", ["placeholder: Reserved", "placeholder: Text to be developed"]],
    ["aims [Chair's note: see above] [Japan proposal] [US: delete]", []],
    ["[US, EU: retain the right to] inspect", ["optional: retain the right to"]],
    ["[Alda + Brun: Recalling] it. [Reserved.]", ["optional: Recalling", "placeholder: Reserved."]],
    ["3. [Deleted – merged with paragraph 2]", []],
  ])("%s", (source, expected) => {
    expect(kinds(parseMarkdown(source))).toEqual(expected);
  });

  test("a name with a number that is only set like a heading is one, in Markdown too", () => {
    const source = "**Article 6**\n\n1. One.\n\n_Article 7 ter: [Ports]_\n\nArticle 8 applies to ports\n";
    expect(clauses(parseMarkdown(source).draft).map(({ form, ordinal }) => [form, ordinal])).toEqual([
      ["heading", "Article 6"],
      ["paragraph", "1."],
      ["heading", "Article 7 ter:"],
      ["paragraph", ""],
    ]);
  });

  test("labelled paragraphs become an option block that ends with its last alternative", () => {
    const source = `## Article 2

**Option 1:** First wording.

**Option 2 bis:** Second [wording][text].

**Option 3:** No text

The Parties note.
`;
    const reading = parseMarkdown(source);
    expect(kinds(reading)).toEqual([
      "option-block: Option 1: First wording. | Option 2 bis: Second wordingtext. | Option 3: No text",
      "alternation: wording | text",
    ]);
    expect(reading.draft.blocks.map(({ type }) => type)).toEqual(["clause", "bracket", "clause"]);
    const [block] = brackets(reading.draft);
    expect(block?.options.map(({ noText }) => noText ?? false)).toEqual([false, false, true]);
  });

  test.each([
    ["a number goes on from before it", "1. One.\n\nOption 1: A.\n\nOption 2: B.\n\n2. Two.\n", ["1.", "2."]],
    [
      "a number does not go on from its own",
      "1. One.\n\nOption 1:\n2. A.\n3. B.\n\nOption 2:\n2. C.\n\n4. Four.\n",
      ["1.", "4."],
    ],
  ])("an option block ends where %s", (_, source, outside) => {
    const { draft } = parsePlain(source);
    expect(draft.blocks.flatMap((block) => (block.type === "clause" ? [block.ordinal] : []))).toEqual(
      outside,
    );
  });

  test("sub-options stand within their option, and OP1 Alt 1 beside Option 1", () => {
    const source =
      "Option 1\n\nSub-option 1.1: A.\n\nSub-option 1.2: B.\n\nOP1 Alt 1\n\nC.\n\nOption 2\n\nNo text\n";
    const { draft } = parsePlain(source);
    expect(brackets(draft).map(({ depth, options }) => [depth, options.map(({ label }) => label)])).toEqual([
      [0, ["Option 1", "OP1 Alt 1", "Option 2"]],
      [1, ["Sub-option 1.1:", "Sub-option 1.2:"]],
    ]);
  });

  test("a bracket around whole paragraphs holds them as clauses", () => {
    const { draft } = parsePlain("1. One.\n\n[2. Two.\n\n(a) Three.]\n\n3. Four.\n");
    expect(draft.blocks.map(({ type }) => type)).toEqual(["clause", "bracket", "clause"]);
  });

  test("a bracket from the middle of one paragraph into another keeps every word in place", () => {
    const source = "1. One [two.\n\n2. Three] four.\n";
    const { draft, repairs } = parsePlain(source);
    expect(repairs).toEqual([]);
    expect(draftWords(draft)).toEqual(wordsOf(source));
    expect(brackets(draft)).toHaveLength(1);
  });

  test("repairs unbalanced brackets in the paragraph where they are wrong, with line and column", () => {
    const { repairs } = parsePlain(
      "One [two.\n\nArticle 2\n\nThree [four] five] six.\n\nSeven [eight] nine.\n",
    );
    expect(repairs.map(({ place, code }) => [place.line, place.column, code])).toEqual([
      [1, 5, "bracket-added"],
      [5, 18, "bracket-removed"],
    ]);
  });

  test("brackets in notes are brackets, repaired within their note, and stay in Parley's own Markdown", () => {
    const source =
      "Text[^1] [of[^2] it].\n\n[^1]: [EU: Alda [shall][may] reply.\n[^2]: See obligations[3].\n";
    const markdown = parseMarkdown(source);
    const [first, second] = markdown.draft.notes;
    expect(first?.content.map((one) => (one.type === "bracket" ? one.kind : one.type))).toEqual([
      "optional",
      "text",
    ]);
    expect(second?.content).toEqual([{ type: "text", text: "See obligations[3]." }]);
    expect(markdown.repairs.map(({ code, place }) => [code, place.line, place.column])).toEqual([
      ["bracket-added", 3, 7],
    ]);
    expect(parseMarkdown(renderMarkdown(markdown.draft)).draft).toEqual(markdown.draft);
    expect(parsePlain(source).draft.notes).toEqual(markdown.draft.notes);
  });

  test("brackets in notes are counted apart, are no choice, and are named where they are left over", () => {
    const { draft, ambiguities, places } = parseMarkdown(
      "A [b] c[^1].\n\n[^1]: [X] and [old] [new] of [d [e]].\n",
    );
    expect(brackets(draft)).toHaveLength(1);
    expect(countBrackets(draft)).toMatchObject({ brackets: 1, deepest: 1, inNotes: 4 });
    const inNotes = bracketsInNotes(draft).map(({ note, bracket, depth }) => [note, bracket.kind, depth]);
    expect(inNotes).toEqual([
      ["1", "placeholder", 0],
      ["1", "alternation", 0],
      ["1", "optional", 0],
      ["1", "optional", 1],
    ]);
    expect(ambiguities.map(({ bracket }) => places.get(bracket))).toEqual([{ line: 3, column: 15 }]);
    expect(settle(draft, new Map()).inNotes).toHaveLength(4);
    expect(countBrackets(parseMarkdown(renderMarkdown(draft)).draft).inNotes).toBe(4);
  });

  test("flags what may be two optional texts or one alternation, with its guess", () => {
    const { ambiguities } = parsePlain("The [old] [new] text.");
    expect(ambiguities).toHaveLength(1);
    expect(ambiguities[0]?.place).toEqual({ line: 1, column: 5 });
  });
});

describe("Markdown as converters write it", () => {
  test("brackets are read although all of them are escaped, and it is said", () => {
    const reading = parseMarkdown("Parties \\[shall\\]\\[should\\] act \\[at once\\].");
    expect(kinds(reading)).toEqual(["alternation: shall | should", "optional: at once"]);
    expect(reading.repairs.map(({ code, place }) => [code, place.column])).toEqual([["escapes-read", 9]]);
  });

  test("spans are no brackets: underlined, struck out, put in and taken out, with their authors", () => {
    const { draft } = parseMarkdown(
      'One [two]{.underline} ~~three~~ [four [five]]{.insertion author="A" date="2025-02-18T09:00:00Z"}[six [x]]{.deletion author="B"} [seven]{.mark}.',
    );
    expect(brackets(draft).map(({ bracket }) => bracket.kind)).toEqual(["optional"]);
    const [clause] = clauses(draft);
    const said = clause?.content.flatMap((one) =>
      one.type === "text" && (one.marks || one.revision)
        ? [`${one.text}: ${one.marks?.join() ?? ""}${one.revision?.kind ?? ""} ${one.revision?.author ?? ""}`]
        : [],
    );
    expect(said).toEqual(["two: underline ", "three: strike ", "four : insertion A", "six [x]: deletion B"]);
    expect(draftWords(draft).join(" ")).toBe("One two three four five six x seven");
  });

  test("comments are words about the text, over lines and empty lines too", () => {
    const { draft } = parseMarkdown("One <!-- ask\n\n[capital] --> two [three].\n<!-- -->\n\nFour.");
    expect(brackets(draft)).toHaveLength(1);
    expect(clauses(draft).map(({ content }) => plainText(content))).toEqual([
      "One {ask  [capital]} two three.",
      "Four.",
    ]);
    expect(clauses(draft)[0]?.content[1]).toMatchObject({ marks: ["editorial"] });
  });
});

test("EXERCISE at the start of a plain text says that it is one; words in braces are about it if they sound so", () => {
  const { draft } = parsePlain("EXERCISE\n\n1. Peace {Placement to be decided} in {all} parts.\n");
  expect(draft.exercise).toBe(true);
  expect(clauses(draft)[0]?.content).toEqual([
    { type: "text", text: "Peace " },
    { type: "text", text: "{Placement to be decided}", marks: ["editorial"] },
    { type: "text", text: " in {all} parts." },
  ]);
});

/** Text with brackets, labels, numbers and line ends thrown together. */
const scraps = fc.array(
  fc.constantFrom(
    "[",
    "]",
    "][",
    "] [",
    "]/[",
    " ",
    "\n",
    "\n\n",
    "word",
    "shall",
    "other",
    "X",
    "1. ",
    "(a) ",
    "Option 1: ",
    "**Option 2:** ",
    "No text",
    "{note}",
    "*",
    "**",
    "_",
    "## Article 3 ",
    "[^1]",
    "\\",
    "EU: ",
    ", and",
    ".",
    "|",
    "<b>",
    "&amp;",
    "    ",
    "- ",
    "؟ سلام",
  ),
  { maxLength: 60 },
);

describe("whatever the source", () => {
  test("no word is lost or out of order, plain text", () => {
    fc.assert(
      fc.property(scraps, (parts) => {
        const source = parts.join("").replaceAll("[^1]", "");
        const { draft } = parsePlain(source);
        expect(draftWords(draft).join("")).toBe(wordsOf(source).join(""));
      }),
      cases(2000),
    );
  });

  test("what was read from Markdown is written in Parley's own, and read again the same", () => {
    fc.assert(
      fc.property(scraps, (parts) => {
        const { draft } = parseMarkdown(parts.join(""));
        const again = parseMarkdown(renderMarkdown(draft));
        expect(again.draft).toEqual(draft);
        expect(again.made).toEqual([]);
      }),
      cases(2000),
    );
  });
});

describe("hostile input", () => {
  test.each([
    [
      "brackets 100,000 deep, 50 MB",
      `${"[".repeat(100_000)}x${"]".repeat(100_000)}`.padEnd(50_000_000, "[x] "),
    ],
    ["a million brackets", "[x]".repeat(1_000_000)],
    ["a million brackets never closed", "[".repeat(1_000_000)],
    ["a million paragraphs with a bracket never closed", "[x\n\n".repeat(1_000_000)],
  ])("%s: one error with its place", (_, source) => {
    expect(() => parsePlain(source)).toThrow(TextError);
    expect(() => parseMarkdown(source)).toThrow(/^line \d+, column \d+: /);
  });

  test.each([
    ["a megabyte of spaces", `a${" ".repeat(1_000_000)}b`],
    ["a megabyte of stars", "*".repeat(1_000_000)],
    ["a megabyte of half links", "[a](".repeat(50_000)],
    ["a megabyte of comments never closed", "<!-- ".repeat(200_000)],
    ["a megabyte of spans never closed", '[a]{.b "'.repeat(20_000)],
    ["a megabyte of names of parties", `[${"Aa Bb, ".repeat(140_000)}: x]`],
    ["120,000 brackets in one paragraph", "[x] ".repeat(120_000)],
    ["a megabyte of braces", "{note ".repeat(170_000)],
    ["a megabyte of closing brackets", "]".repeat(300_000)],
    ["a megabyte of dashes in a table", `|a|\n${"-".repeat(1_000_000)}x`],
  ])("%s is read in bounded time", (_, source) => {
    const before = process.cpuUsage().user;
    parsePlain(source);
    parseMarkdown(source);
    expect(process.cpuUsage().user - before).toBeLessThan(20_000_000);
  });
});
