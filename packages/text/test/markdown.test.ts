import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type BracketId,
  brackets,
  clauses,
  type OptionId,
  parseMarkdown,
  renderMarkdown,
  renderPlain,
  settle,
  TextError,
} from "../src/index.ts";
import { cases, drafts } from "./arbitrary.ts";

test("reading what was written gives the same draft, for every draft", () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      const written = renderMarkdown(draft);
      const read = parseMarkdown(written);
      expect(read.draft, written).toEqual(draft);
      expect(read.repairs).toEqual([]);
      expect(read.made).toEqual([]);
    }),
    cases(1000),
  );
});

test("refuses brackets nested 100,000 deep, 50 MB of them, with one line that says where", () => {
  const source =
    `---\nformat: parley-draft/1\ntitle: x\n---\n\n${"[".repeat(100_000)}${"a".repeat(100)}${"]".repeat(100_000)}`.padEnd(
      50_000_000,
      "[x] ",
    );
  expect(() => parseMarkdown(source)).toThrow(TextError);
});

const example = /```text\n([\s\S]*?)```/.exec(
  readFileSync(new URL("../../../docs/formats/draft-markdown.md", import.meta.url), "utf8"),
)?.[1];

test("reads the example of the format's description as it says", () => {
  const { draft, repairs, places } = parseMarkdown(example ?? "");
  expect(repairs).toEqual([]);
  expect(draft).toMatchObject({ title: "Framework on first measures", symbol: "EX/1/Rev.2", exercise: true });
  const found = brackets(draft).map(({ bracket, options, parent }) => [
    bracket.id,
    bracket.kind,
    options.map(({ id }) => id).join(" "),
    parent ? `${parent.bracket}=${parent.option}` : "",
  ]);
  expect(found).toEqual([
    ["recall", "optional", "keep drop", ""],
    ["halt-force", "alternation", "shall should", ""],
    ["halt-scope", "alternation", "energy energy-and-ports", ""],
    ["ports", "optional", "keep drop", "halt-scope=energy-and-ports"],
    ["halt-date", "placeholder", "", ""],
    ["verifier", "option-block", "joint regional none", ""],
    ["report", "alternation", "monthly weekly", "verifier=regional"],
    ["summit-article", "optional", "keep drop", ""],
  ]);
  expect(places.get("ports" as BracketId)).toEqual({ line: 16, column: 62 });
  expect(clauses(draft).find(({ id }) => id === "halt-corvia")).toMatchObject({
    ordinal: "(b)",
    level: 1,
    concerns: ["corvia"],
  });
  expect(parseMarkdown(renderMarkdown(draft)).draft).toEqual(draft);
});

test("settles the example into a clean text, and lists what is left", () => {
  const { draft } = parseMarkdown(example ?? "");
  const choices = Object.entries({
    recall: "keep",
    "halt-force": "shall",
    "halt-scope": "energy-and-ports",
    ports: "drop",
    verifier: "regional",
    report: "weekly",
    "summit-article": "drop",
  }) as [BracketId, OptionId][];
  const settled = settle(draft, new Map(choices));
  expect(settled.placeholders).toEqual(["halt-date"]);
  expect(settled.unsettled).toEqual([]);
  expect(settled.openEnded).toEqual(["halt-force"]);
  expect(renderPlain(settled.draft)).toBe(`EXERCISE

EX/1/Rev.2

Framework on first measures

Framework on first measures

The Parties, recalling earlier contacts, have agreed as follows:

Article 1 Halt of strikes

1. The Parties shall halt strikes on energy facilities.

    (a) The halt begins on [X].

    (b) It extends to Corvia upon the acceptance of Corvia.

2. The regional union verifies the halt.

    (a) It reports weekly.

[^n1]: Alda reserves its position on this article.
`);
});
