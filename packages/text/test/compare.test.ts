import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { diffWords } from "../src/compare/diff.ts";
import { matchParagraphs } from "../src/compare/match.ts";
import {
  bracketCourse,
  compareDrafts,
  measureDraft,
  parseMarkdown,
  parsePlain,
  readWord,
  redline,
  renderPlain,
  writeWord,
} from "../src/index.ts";

const draft = (source: string) => parsePlain(source).draft;

function bracketsOf(before: string, after: string): string[] {
  return compareDrafts(draft(before), draft(after)).brackets.map(({ change, moved, words, closing }) => {
    const how = closing ? ` ${closing.how}${"words" in closing ? `: ${closing.words}` : ""}` : "";
    return `${change}${moved ? " moved" : ""} <${words}>${how}`;
  });
}

describe("how brackets closed", () => {
  const before =
    "1. The Parties [shall][should] halt strikes on energy facilities [and on ports] by [1 May][1 June].";
  test.each([
    [
      "an alternative won",
      "1. The Parties shall halt strikes on energy facilities [and on ports] by [1 May][1 June].",
      ["closed <shall should> won: shall", "same <and on ports>", "same <1 May 1 June>"],
    ],
    [
      "an optional text was kept",
      "1. The Parties [shall][should] halt strikes on energy facilities and on ports by [1 May][1 June].",
      ["same <shall should>", "closed <and on ports> won: and on ports", "same <1 May 1 June>"],
    ],
    [
      "an optional text was dropped",
      "1. The Parties [shall][should] halt strikes on energy facilities by [1 May][1 June].",
      ["same <shall should>", "closed <and on ports> dropped", "same <1 May 1 June>"],
    ],
    [
      "a compromise came instead",
      "1. The Parties [shall][should] halt strikes on energy facilities [and on ports] by 15 May 2030.",
      ["same <shall should>", "same <and on ports>", "closed <1 May 1 June> compromise: 15 May 2030"],
    ],
    [
      "all at once",
      "1. The Parties should halt strikes on energy facilities by 1 June.",
      [
        "closed <shall should> won: should",
        "closed <and on ports> dropped",
        "closed <1 May 1 June> won: 1 June",
      ],
    ],
    [
      "a new one opened",
      `${before.slice(0, -1)} [at the latest].`,
      ["same <shall should>", "same <and on ports>", "same <1 May 1 June>", "opened <at the latest>"],
    ],
    [
      "an alternative was added",
      before.replace("[1 June]", "[1 June][1 July]"),
      ["same <shall should>", "same <and on ports>", "changed <1 May 1 June>"],
    ],
  ])("%s", (_, after, expected) => {
    expect(bracketsOf(before, after)).toEqual(expected);
  });

  test("a clause that went takes its brackets along", () => {
    expect(
      bracketsOf(
        `${before}\n\n2. Nothing else is meant here at all.`,
        "1. Nothing else is meant here at all.",
      ),
    ).toEqual([
      "closed <shall should> clause-removed",
      "closed <and on ports> clause-removed",
      "closed <1 May 1 June> clause-removed",
    ]);
  });
});

test("of an option block the alternative whose paragraphs stayed won; a paragraph that was one bracket was dropped", () => {
  const before =
    "1. The Parties meet once a year in the host's capital.\n\nOption 1: A joint commission verifies the halt of strikes.\n\nOption 2: The regional union sends observers to the ports.\n\n2. [Nothing here prejudices any claim to the islands.]";
  const after =
    "1. The Parties meet once a year in the host's capital.\n\n2. The regional union sends observers to the ports.";
  const { brackets } = compareDrafts(draft(before), draft(after));
  expect(
    brackets.map(({ change, closing }) => [change, closing?.how, closing?.how === "won" && closing.option]),
  ).toEqual([
    ["closed", "won", "option-2"],
    ["closed", "dropped", false],
  ]);
});

test("neither new numbers nor new places mislead", () => {
  const one = "The Parties restore their embassies to the former strength.";
  const two = "The watch desks answer every notification within six hours.";
  const three = "The host keeps the record of every meeting of the Parties.";
  const { clauses } = compareDrafts(
    draft(`1. ${one}\n\n2. ${two}\n\n3. ${three}`),
    draft(`1. A new first paragraph stands here.\n\n2. ${one}\n\n3. ${three}\n\n4. ${two}`),
  );
  expect(clauses.map(({ change, moved, renumbered }) => [change, moved, renumbered?.join(" -> ")])).toEqual([
    ["added", false, undefined],
    ["same", false, "1. -> 2."],
    ["same", expect.any(Boolean), undefined],
    ["same", expect.any(Boolean), "2. -> 4."],
  ]);
  expect(clauses.filter(({ moved }) => moved)).toHaveLength(1);
});

const words = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 30 });

test("a difference of words gives both versions back, and is the shortest", () => {
  fc.assert(
    fc.property(words, words, (before, after) => {
      const edits = diffWords(before, after);
      const side = (change: "inserted" | "deleted") =>
        edits.filter((edit) => edit.change !== change).flatMap((edit) => edit.words);
      expect(side("inserted")).toEqual(before);
      expect(side("deleted")).toEqual(after);
      const common = edits
        .filter(({ change }) => change === "same")
        .reduce((sum, edit) => sum + edit.words.length, 0);
      expect(common).toBe(longestCommon(before, after));
    }),
  );
});

/** The plain table of the longest common subsequence. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  const table = a.map(() => b.map(() => 0));
  const at = (i: number, j: number) => (i < 0 || j < 0 ? 0 : (table[i]?.[j] ?? 0));
  a.forEach((left, i) => {
    b.forEach((right, j) => {
      table[i]![j] = left === right ? at(i - 1, j - 1) + 1 : Math.max(at(i - 1, j), at(i, j - 1));
    });
  });
  return at(a.length - 1, b.length - 1);
}

test("the comparison version carries old and new words as tracked changes, into Word and out", () => {
  const before = draft("1. The Parties [shall][should] act at once.\n\n2. This paragraph goes away.");
  const after = draft("1. The Parties shall act at once.");
  const marked = redline(before, after, "Secretariat", "2025-02-18T00:00:00Z");
  const read = readWord(writeWord(marked, { withoutModel: true })).draft;
  const texts = read.blocks.flatMap((block) => (block.type === "clause" ? block.content : []));
  const revised = texts.flatMap((one) =>
    one.type === "text" && one.revision ? [`${one.revision.kind} ${one.text}`] : [],
  );
  expect(revised).toEqual(["deletion [", "deletion ][should]", "deletion This paragraph goes away."]);
});

test("a paragraph that came or went as a whole did so with its end and its typed number", () => {
  const [before, after] = [draft("1. Stays.\n\n1 bis. Goes."), draft("1. Stays.\n\n3. Comes.")];
  const parts = unzipSync(writeWord(redline(before, after, "S"), { withoutModel: true }));
  const [, stays, comes, goes] = strFromU8(parts["word/document.xml"] as Uint8Array).split("<w:p>");
  expect(stays).not.toMatch(/<w:(?:ins|del) /);
  expect(comes).toMatch(/<w:pPr>.*<w:rPr><w:ins [^>]*w:author="S"><\/w:ins><\/w:rPr><\/w:pPr>/);
  expect(goes).toMatch(
    /<w:rPr><w:del [^>]*><\/w:del><\/w:rPr><\/w:pPr><w:del [^>]*><w:r><w:delText [^>]*>1 bis\. </,
  );
});

test("a bracket whose words stay won, though words like them went behind it", () => {
  const [before, after] = ["halt strikes [on ports] [and on ships].", "halt strikes on ports and harbours."];
  expect(bracketsOf(`1. They ${before}`, `1. They ${after}`)[0]).toMatch(/^closed .*won: on ports/);
});

test("paragraphs of set phrases, all of them changed, are still told apart and in their places", () => {
  const text = (verb: string) =>
    Array.from({ length: 200 }, (_, at) =>
      `The Parties ${verb} halt strikes on port ${at} at once`.split(" "),
    );
  const { from, moved } = matchParagraphs(text("shall"), text("should"));
  expect([...from].every(([now, old]) => now === old)).toBe(true);
  expect([from.size, moved.size]).toEqual([200, 0]);
});

describe("the work grows with the text", () => {
  const phrase = (verb: string) => `The Parties ${verb} halt strikes at once`.split(" ");
  const drawn = (prefix: string) =>
    Array.from({ length: 6_000 }, (_, at) =>
      Array.from({ length: 30 }, (_, nth) => `${prefix}${(at * 7919 + nth * nth * 104729) % 800}`),
    );
  const repeated = (verb: string) => Array.from({ length: 60_000 }, () => phrase(verb));
  test.each([
    ["60,000 paragraphs, all the same but for a word", repeated("shall"), repeated("should"), 60_000],
    ["6,000 paragraphs of the same few words", drawn("w"), drawn("w").reverse(), 6_000],
    ["6,000 paragraphs and 6,000 others", drawn("a"), drawn("b"), 0],
  ])("%s", (_, before, after, matched) => {
    const from = process.cpuUsage().user;
    expect(matchParagraphs(before, after).from.size).toBe(matched);
    expect(process.cpuUsage().user - from).toBeLessThan(20_000_000);
  });

  test("hundreds of brackets of one clause closed", () => {
    const text = (open: string, close: string) =>
      draft(`1. ${Array.from({ length: 400 }, (_, at) => `w${at} ${open}x y${at}${close}`).join(" ")}`);
    const from = process.cpuUsage().user;
    const { brackets } = compareDrafts(text("[", "]"), text("", ""));
    expect(brackets.every(({ closing }) => closing?.how === "won")).toBe(true);
    expect(process.cpuUsage().user - from).toBeLessThan(20_000_000);
  });
});

test("measures brackets by clause and by holder, and their course over versions", () => {
  const first = parseMarkdown(
    "## Article 1\n\nA [EU: one][US: two] b.\n\n## Article 2\n\nC [x y] d [X].\n",
  ).draft;
  const second = parseMarkdown("## Article 1\n\nA one b.\n\n## Article 2\n\nC [x y] d [X].\n").draft;
  const measure = measureDraft(first);
  expect(measure.byClause.map(({ ordinal, brackets }) => [ordinal, brackets])).toEqual([
    ["Article 1", 1],
    ["Article 2", 2],
  ]);
  expect(measure.byHolder).toEqual([
    { party: "EU", proposes: 1, supports: 0 },
    { party: "US", proposes: 1, supports: 0 },
  ]);
  expect(measure.unattributed).toBe(2);
  const course = bracketCourse([
    { version: "Rev.1", draft: first },
    { version: "Rev.2", draft: second },
  ]);
  expect(course.map(({ version, brackets }) => [version, brackets])).toEqual([
    ["Rev.1", 3],
    ["Rev.2", 2],
  ]);
  expect(renderPlain(first)).toContain("[EU: one][US: two]");
});
