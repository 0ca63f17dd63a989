import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { xmlRegisterFsInputProviders } from "libxml2-wasm/lib/nodejs.mjs";
import { describe, expect, test } from "vitest";
import {
  AKN_NAMESPACE,
  brackets,
  clauses,
  draftWords,
  findAkomaNtosoLeaks,
  PARLEY_NAMESPACE,
  parseMarkdown,
  plainText,
  readAkomaNtoso,
  renderAkomaNtoso,
  wordsOf,
} from "../src/index.ts";
import { cases, drafts } from "./arbitrary.ts";

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
    cases(200),
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

test("of a file of others, symbol, language, date and the cells of tables are kept, spans included", () => {
  const meta = `<meta><identification source="#x"><FRBRExpression><FRBRdate date="2024-05-01" name="x"/><FRBRlanguage language="fra"/></FRBRExpression></identification></meta>`;
  const table = `<table><caption>Ports</caption><tr><th rowspan="2"><p>tall</p></th><th colspan="2"><p>wide</p></th></tr>
    <tr><td><p>one [X]</p></td><td><p>two</p><p>three</p></td></tr><tr><td/><td><table><tr><td><p>inner</p></td></tr></table></td></tr></table>`;
  const { draft } = readAkomaNtoso(
    `<akomaNtoso xmlns="${AKN_NAMESPACE}"><doc name="x">${meta}<preface><p><docNumber>L/1</docNumber> <docTitle>Lake</docTitle></p></preface><mainBody><paragraph><content>${table}</content></paragraph></mainBody></doc></akomaNtoso>`,
  );
  expect(draft).toMatchObject({
    title: "Lake",
    symbol: "L/1",
    language: "fr",
    other: { date: "2024-05-01" },
  });
  const cells = clauses(draft).map(({ content, cell }) => [
    plainText(content),
    cell && [cell.row, cell.column, cell.columns ?? 1, cell.rows ?? 1].join(" "),
  ]);
  expect(cells).toEqual([
    ["Ports", undefined],
    ["tall", "0 0 1 2"],
    ["wide", "0 1 2 1"],
    ["one X", "1 1 1 1"],
    ["two", "1 2 1 1"],
    ["three", "1 2 1 1"],
    ["", "2 0 1 1"],
    ["inner", "2 1 1 1"],
  ]);
});

test("a clean file comes back with its header, its words and its cells", () => {
  const source =
    "---\nformat: parley-draft/1\ntitle: T\nsymbol: S/1\nlanguage: ru\nexercise: true\ndate: 2025-02-18\n---\n\n1. One [X]. {#a}\n";
  const { draft } = parseMarkdown(source);
  const again = readAkomaNtoso(renderAkomaNtoso(draft, { date: "2025-02-18" })).draft;
  const { blocks: _, notes: __, ...header } = draft;
  expect(again).toMatchObject(header);
  expect(draftWords(again)).toEqual(draftWords(draft));
});

test("lists what a file gives away beside its text, the draft that goes along too", () => {
  const { draft } = parseMarkdown("1. One [X].");
  const written = renderAkomaNtoso(draft, { withModel: true });
  expect(findAkomaNtosoLeaks(written).map(({ kind, where }) => [kind, where])).toEqual([
    ["model", "proprietary"],
  ]);
  expect(findAkomaNtosoLeaks(renderAkomaNtoso(draft))).toEqual([]);
  const others = written.replace(
    "<proprietary",
    '<references source="#x"><TLCPerson eId="p" href="/p" showAs="A. Person"/></references><notes source="#x"><note eId="n"><p>ask capital</p></note></notes><proprietary source="#x"><x:tool xmlns:x="x">B. Person</x:tool></proprietary><proprietary',
  );
  expect(findAkomaNtosoLeaks(others).map(({ what }) => what)).toEqual([
    "TLCPerson: A. Person",
    "note: ask capital",
    "tool: B. Person",
    "the draft itself, with all ids and names",
  ]);
});

test.each([
  ["<!DOCTYPE a [<!ENTITY x 'y'>]><akomaNtoso>&x;</akomaNtoso>", /document type is not accepted/],
  ["<html/>", /not Akoma Ntoso/],
  ["<akomaNtoso><doc>", /XML is broken/],
])("%s is refused in one line", (source, sentence) => {
  expect(() => readAkomaNtoso(source)).toThrow(sentence);
});

test("every name that is written in Parley's namespace is described in its schema", () => {
  const described = readFileSync(
    new URL("../../../docs/formats/akoma-ntoso-parley.xsd", import.meta.url),
    "utf8",
  );
  const names = new Set(
    [...described.matchAll(/<xs:(?:attribute|element) name="(\w+)"/g)].map(([, name]) => name),
  );
  fc.assert(
    fc.property(drafts, (draft) => {
      const tags = renderAkomaNtoso(draft, { withModel: true }).match(/<[^>]*>/g) ?? [];
      const used = tags.flatMap((tag) => [...tag.replace(/"[^"]*"/g, "").matchAll(/parley:(\w+)/g)]);
      expect(used.map(([, name]) => name).filter((name) => !names.has(name))).toEqual([]);
    }),
    cases(100),
  );
});

/** The OASIS schema and, for what is Parley's own in a file, the one in docs/formats. */
const fetched = spawnSync(
  "node",
  [fileURLToPath(new URL("../../../scripts/akoma-ntoso-schema.mjs", import.meta.url))],
  {
    encoding: "utf8",
  },
);
const hasSchema = fetched.status === 0;
if (!hasSchema) process.stderr.write(`SKIPPED: Akoma Ntoso is not validated. ${fetched.stderr}`);

function schemaOfBoth(): XsdValidator {
  xmlRegisterFsInputProviders();
  const own = fileURLToPath(new URL("../../../docs/formats/akoma-ntoso-parley.xsd", import.meta.url));
  const both = XmlDocument.fromString(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
    <xs:import namespace="${AKN_NAMESPACE}" schemaLocation="${join(fetched.stdout, "akomantoso30.xsd")}"/>
    <xs:import namespace="${PARLEY_NAMESPACE}" schemaLocation="${own}"/></xs:schema>`);
  return XsdValidator.fromDoc(both);
}

describe.runIf(hasSchema)("by the OASIS schema and Parley's own", () => {
  const schema = hasSchema ? schemaOfBoth() : undefined;
  const faults = (written: string): string => {
    const document = XmlDocument.fromString(written);
    try {
      schema?.validate(document);
      return "";
    } catch (error) {
      return String(error);
    } finally {
      document.dispose();
    }
  };

  test("what is written is valid, with the draft itself and without, for every draft", () => {
    const { draft } = parseMarkdown(example ?? "");
    expect(faults(renderAkomaNtoso(draft, { withModel: true, date: "2025-02-18" }))).toBe("");
    fc.assert(
      fc.property(drafts, fc.boolean(), (one, withModel) => {
        expect(faults(renderAkomaNtoso(one, { withModel }))).toBe("");
      }),
      cases(120),
    );
  });

  test.each([
    ["an element that Akoma Ntoso does not know", "docTitle>", "docName>"],
    ["a kind of bracket that Parley does not know", 'parley:kind="optional"', 'parley:kind="vague"'],
    ["a draft that goes along and is none", "<parley:draft>---", "<parley:draft>"],
  ])("%s is not valid", (_, from, to) => {
    const written = renderAkomaNtoso(parseMarkdown("1. Ports [open].").draft, { withModel: true });
    const changed = written.replaceAll(from, to);
    expect(changed).not.toBe(written);
    expect(faults(written)).toBe("");
    expect(faults(changed)).not.toBe("");
  });
});
