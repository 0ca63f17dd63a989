import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import {
  brackets,
  clauses,
  draftWords,
  parseMarkdown,
  plainText,
  readWord,
  renderMarkdown,
  renderPlain,
  TextError,
  wordsOf,
  writeWord,
} from "../src/index.ts";
import { cases, drafts } from "./arbitrary.ts";
import { numbered, paragraph, run, W, word } from "./word-document.ts";

test("Word out and in again loses nothing of the draft, for every draft", () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      expect(readWord(writeWord(draft)).draft).toEqual(draft);
    }),
    cases(150),
  );
});

test("the same draft gives the same bytes", () => {
  const { draft } = parseMarkdown("## Article 1\n\n1. Parties [shall][should] act.\n");
  expect(writeWord(draft)).toEqual(writeWord(draft));
});

test("a text in a language that runs from right to left does so in Word, its notes and title too", () => {
  const { draft } = parseMarkdown("1. Parties act.\n");
  const styles = (language: string) =>
    strFromU8(unzipSync(writeWord({ ...draft, language }))["word/styles.xml"]!);
  expect(styles("ar")).toContain("<w:pPrDefault><w:pPr><w:bidi/>");
  expect(styles("fr")).not.toContain("<w:bidi/>");
});

const numbering = `<w:numbering ${W}><w:abstractNum w:abstractNumId="3">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
  </w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num>
  <w:num w:numId="2"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num></w:numbering>`;

describe("what Word documents have", () => {
  test("automatic numbers are counted as Word shows them", () => {
    const places: [number, number][] = [
      [1, 0],
      [1, 1],
      [1, 1],
      [1, 2],
      [1, 0],
      [1, 1],
      [2, 0],
      [2, 0],
    ];
    const body = places.map(([list, level]) => paragraph(run("x"), numbered(list, level))).join("");
    const { draft } = readWord(word(body, { "word/numbering.xml": numbering }));
    const ordinals = clauses(draft).map(({ ordinal, level }) => `${level} ${ordinal}`);
    expect(ordinals).toEqual(["0 1.", "1 (a)", "1 (b)", "2 1.b.i", "0 2.", "1 (a)", "0 7.", "0 8."]);
  });

  test("headings come from the style, whatever it is based on", () => {
    const styles = `<w:styles ${W}><w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Treaty Article"/><w:basedOn w:val="H2"/></w:style>
      <w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style></w:styles>`;
    const body =
      paragraph(run("Article 4 Ports"), '<w:pStyle w:val="Own"/>') +
      paragraph(run("1. The ports [open][reopen]."));
    const { draft } = readWord(word(body, { "word/styles.xml": styles }));
    expect(clauses(draft).map(({ form, level, ordinal }) => [form, level, ordinal])).toEqual([
      ["heading", 2, "Article 4"],
      ["paragraph", 0, "1."],
    ]);
  });

  test("insertions and deletions keep their authors, and deleted brackets are only characters", () => {
    const body = paragraph(
      `${run("Parties ")}<w:del w:author="A" w:date="2025-02-18T09:00:00Z"><w:r><w:delText>[may]</w:delText></w:r></w:del><w:ins w:author="B">${run("shall")}</w:ins>${run(" act.")}`,
    );
    const { draft } = readWord(word(body));
    expect(brackets(draft)).toEqual([]);
    expect(clauses(draft)[0]?.content).toEqual([
      { type: "text", text: "Parties " },
      {
        type: "text",
        text: "[may]",
        revision: { kind: "deletion", author: "A", date: "2025-02-18T09:00:00Z" },
      },
      { type: "text", text: "shall", revision: { kind: "insertion", author: "B" } },
      { type: "text", text: " act." },
    ]);
  });

  test("brackets may be split over runs, with marks across them", () => {
    const body = paragraph(
      run("Parties [") + run("shall", "<w:b/>") + run("][sho") + run("uld]", "<w:i/>") + run(" act."),
    );
    const [bracket] = brackets(readWord(word(body)).draft);
    expect(bracket?.bracket.kind).toBe("alternation");
    expect(bracket?.options).toHaveLength(2);
  });

  test("comments, footnotes, tables, fields, right-to-left, hidden words", () => {
    const body =
      paragraph(
        `${run("سلام", "<w:rtl/>")}<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="5"/></w:r>`,
        "<w:bidi/>",
      ) +
      `<w:tbl><w:tr><w:tc>${paragraph(run("one [X]"))}</w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>${paragraph(run("two"))}</w:tc></w:tr></w:tbl>` +
      paragraph(
        `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run("12")}<w:r><w:fldChar w:fldCharType="end"/></w:r>${run(" hidden", "<w:vanish/>")}`,
      );
    const { draft } = readWord(
      word(body, {
        "word/footnotes.xml": `<w:footnotes ${W}><w:footnote w:type="separator" w:id="0">${paragraph(run("no"))}</w:footnote><w:footnote w:id="2">${paragraph(run(" A note."))}</w:footnote></w:footnotes>`,
        "word/comments.xml": `<w:comments ${W}><w:comment w:id="5" w:author="C">${paragraph(run("Why?"))}</w:comment></w:comments>`,
      }),
    );
    const [rtl, one, two, last] = clauses(draft);
    expect(rtl?.direction).toBe("rtl");
    expect(draft.notes).toMatchObject([
      { id: "fn2", kind: "footnote", content: [{ text: "A note." }] },
      { id: "cm5", kind: "comment", author: "C", content: [{ text: "Why?" }] },
    ]);
    expect(one?.cell).toEqual({ table: "t1", row: 0, column: 0 });
    expect(two?.cell).toEqual({ table: "t1", row: 0, column: 1, columns: 2 });
    expect(last?.content).toEqual([
      { type: "text", text: "12" },
      { type: "text", text: " hidden", marks: ["editorial"] },
    ]);
  });

  test("words changed in Word count, not the draft that Parley had put along", () => {
    const { draft } = parseMarkdown("1. Parties [shall][should] act.\n");
    const parts = unzipSync(writeWord(draft));
    const changed = strFromU8(parts["word/document.xml"]!).replace("act.", "meet.");
    const again = readWord(zipSync({ ...parts, "word/document.xml": strToU8(changed) })).draft;
    expect(plainText(clauses(again)[0]?.content ?? [])).toContain("meet.");
    expect(brackets(again)).toHaveLength(1);
  });
});

test("clauses and brackets keep their ids when others are changed in Word", () => {
  const { draft } = parseMarkdown(`---
format: parley-draft/1
title: T
symbol: S/1
exercise: true
---

1. Parties [shall]{=yes by="Alda"}/[should]{=soft #force} act [at once]{#now supports="Brun"}. {#act concerns="corvia"}

2. They meet [monthly]{=monthly}/[weekly]{=weekly #meet} in the host's capital. {#meetings}

::: options {#verify}

:: Option 1: {=joint by="Alda"}

3. A joint commission verifies the halt. {#commission}

:: Option 2: {=none none}

No text. {#nothing}

:::
`);
  const parts = unzipSync(writeWord(draft));
  const changed = strFromU8(parts["word/document.xml"]!)
    .replace("host", "mediator")
    .replace("verifies the", "verifies every");
  const again = readWord(zipSync({ ...parts, "word/document.xml": strToU8(changed) }));
  expect(again.draft).toMatchObject({ title: "T", symbol: "S/1", exercise: true, notes: [] });
  const [act] = clauses(again.draft);
  expect(act).toEqual(clauses(draft)[0]);
  expect(
    clauses(again.draft)
      .map(({ id }) => id)
      .slice(0, 4),
  ).toEqual(["act", "meetings", "commission", "nothing"]);
  expect(plainText(clauses(again.draft)[1]?.content ?? [])).toContain("mediator's capital");
  const ids = brackets(again.draft).map(({ bracket }) => [
    bracket.id,
    ...bracket.options.map(({ id }) => id),
  ]);
  expect(ids).toEqual([
    ["force", "yes", "soft"],
    ["now", "keep", "drop"],
    ["meet", "monthly", "weekly"],
    ["verify", "joint", "none"],
  ]);
  expect([...again.places.keys()]).toEqual(["force", "now", "meet", "verify"]);
});

test("whatever words are changed in Word, every id is unique and the draft can be written and read again", () => {
  fc.assert(
    fc.property(drafts, fc.constantFrom("a", "e", "[", "1"), (draft, gone) => {
      const parts = unzipSync(writeWord(draft));
      const old = strFromU8(parts["word/document.xml"]!);
      const changed = old.replace(
        /(<w:t [^>]*>)([^<]*)/g,
        // An entity such as "&amp;" is one character of the words.
        (_, tag: string, words: string) =>
          tag + words.replace(/&[^;]*;|./gsu, (letter) => (letter === gone ? "" : letter)),
      );
      const again = readWord(zipSync({ ...parts, "word/document.xml": strToU8(changed) })).draft;
      expect(parseMarkdown(renderMarkdown(again)).draft).toEqual(again);
    }),
    cases(60),
  );
});

describe("hostile Word documents are refused with one line", () => {
  const good = writeWord(parseMarkdown("1. One [two].\n".repeat(50)).draft);
  test.each([
    ["no zip file", strToU8("hello")],
    ["a zip file of something else", zipSync({ "a.txt": strToU8("x") })],
    ["a cut-off file", good.subarray(0, 700)],
    ["an empty file", new Uint8Array()],
    ["broken XML", word("<w:p><w:r>")],
    [
      "a zip in a zip",
      zipSync({ "word/document.xml": zipSync({ "word/document.xml": new Uint8Array(1_000_000) }) }),
    ],
    [
      "30,000 files",
      zipSync(Object.fromEntries(Array.from({ length: 30_000 }, (_, nth) => [`${nth}`, new Uint8Array()]))),
    ],
    [
      "a file of this machine as an entity",
      word(`<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>${paragraph(run("&x;"))}`),
    ],
    ["a zip bomb", zipSync({ "word/document.xml": new Uint8Array(80 * 1024 * 1024) }, { level: 9 })],
    ["deep nesting", word(`${"<w:sdt>".repeat(100_000)}`)],
    ["brackets nested 100,000 deep", word(paragraph(run("[".repeat(100_000))))],
    [
      "entity expansion",
      zipSync({
        "word/document.xml": strToU8(
          `<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document ${W}><w:body>${paragraph(run("&b;"))}</w:body></w:document>`,
        ),
      }),
    ],
  ])("%s", (_, bytes) => {
    let caught: unknown;
    try {
      readWord(bytes);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(TextError);
    expect(String(caught)).not.toContain("\n");
  });

  test("a document that was cut off is refused wherever the cut is, though whole parts come before it", () => {
    for (let length = 0; length < good.length; length += 7) {
      expect(() => readWord(good.subarray(0, length)), `${length} bytes`).toThrow(TextError);
    }
  });

  test("a cell of 2,000 paragraphs that goes down over 2,000 rows takes no longer than its parts", () => {
    const cell = (merge: string, inside: string) =>
      `<w:tr><w:tc><w:tcPr><w:vMerge${merge}/></w:tcPr>${inside}</w:tc></w:tr>`;
    const rows = cell("", "<w:p/>").repeat(2_000);
    const table = `<w:tbl>${cell(' w:val="restart"', paragraph(run("q")).repeat(2_000))}${rows}</w:tbl>`;
    const before = process.cpuUsage().user;
    expect(clauses(readWord(word(table)).draft)[1_999]?.cell?.rows).toBe(2_001);
    expect(process.cpuUsage().user - before).toBeLessThan(10_000_000);
  });

  test("whatever bytes are changed in a good document, it is read or refused", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        (changes) => {
          const bytes = good.slice();
          for (const [at, value] of changes) bytes[at] = value;
          try {
            readWord(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(TextError);
          }
        },
      ),
      cases(200),
    );
  });
});

const office = spawnSync("soffice", ["--version"], { encoding: "utf8" });
const hasOffice = office.status === 0;
if (!hasOffice)
  process.stderr.write(
    "SKIPPED: LibreOffice (soffice) is not installed; Word output was not opened in it.\n",
  );

/** A file as LibreOffice, where it has opened it, saves it again in another form. */
function throughOffice(bytes: Uint8Array, form: string, ending: string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "parley-word-"));
  try {
    writeFileSync(join(folder, "draft.docx"), bytes);
    const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
    const out = join(folder, "out");
    const args = [profile, "--headless", "--convert-to", form, "--outdir", out, join(folder, "draft.docx")];
    const done = spawnSync("soffice", args, { encoding: "utf8", timeout: 100_000 });
    expect(done.status, done.stderr).toBe(0);
    return readFileSync(join(out, `draft.${ending}`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const byName = (a: string, b: string) => (a < b ? -1 : 1);

describe.runIf(hasOffice)("LibreOffice", { timeout: 120_000 }, () => {
  test("opens what Parley writes and shows the same words", () => {
    const example = /```text\n([\s\S]*?)```/.exec(
      readFileSync(new URL("../../../docs/formats/draft-markdown.md", import.meta.url), "utf8"),
    )?.[1];
    const { draft } = parseMarkdown(example ?? "");
    const text = throughOffice(writeWord(draft), "txt:Text (encoded):UTF8", "txt");
    const shown = wordsOf(new TextDecoder().decode(text));
    const expected = wordsOf(
      renderPlain(draft)
        .replace(/^EXERCISE\n\nEX\/1\/Rev\.2\n/, "")
        .replace(/\n\[\^n1\][\s\S]*$/, ""),
    );
    expect(shown.slice(0, expected.length)).toEqual(expected);
    expect(draftWords(draft).length).toBeGreaterThan(80);
  });

  test("keeps numbers, tracked changes with author and date, comments, notes, cells and directions through a saving", () => {
    const { draft } = parseMarkdown(`---
format: parley-draft/1
title: T
exercise: true
symbol: S/1
---

# Article 7 Halt {#seven}

1. Parties [shall]{=shall by="Alda"}/[should]{=should supports="Brun" #force} halt {del author="A. Person" date="2025-02-18T09:00:00Z"}all{/del}{ins author="B. Person" date="2025-02-19T10:30:00Z"}most{/ins} strikes.[^f][^c] {#one}

    (c) on ports [**and harbours**]{#ports}; {#c}

    (d) on canals. {#d}

5. Five. {#five}

سلام [نص]{#ar}. {#rtl rtl}

left {#left cell="t1:0:0"}

right {#right cell="t1:0:1"}

[^f]: A note on [this]{#n}.

[^c]: Why? {kind=comment author="C. Person" date="2025-02-20T08:00:00Z"}
`);
    const saved = readWord(throughOffice(writeWord(draft), "docx:MS Word 2007 XML", "docx")).draft;
    const words = draftWords(saved).filter((word) => !/^(?:Proposed|Supported|by)$/.test(word));
    const expected = [...draftWords(draft), "Alda", "Brun"];
    expect(words.toSorted(byName)).toEqual(expected.toSorted(byName));
    expect(clauses(saved).map(({ ordinal, level, direction }) => [ordinal, level, direction])).toEqual(
      clauses(draft).map(({ ordinal, level, direction }) => [ordinal, level, direction]),
    );
    const revisions = clauses(saved).flatMap(({ content }) =>
      content.flatMap((one) => (one.type === "text" && one.revision ? [[one.text, one.revision]] : [])),
    );
    expect(revisions).toEqual([
      ["all", { kind: "deletion", author: "A. Person", date: "2025-02-18T09:00:00Z" }],
      ["most", { kind: "insertion", author: "B. Person", date: "2025-02-19T10:30:00Z" }],
    ]);
    expect(saved.notes.map(({ kind, author }) => [kind, author])).toEqual([
      ["footnote", undefined],
      ["comment", "Parley"],
      ["comment", "Parley"],
      ["comment", "C. Person"],
    ]);
    expect(clauses(saved).flatMap(({ cell }) => (cell ? [[cell.row, cell.column]] : []))).toEqual([
      [0, 0],
      [0, 1],
    ]);
    expect(saved).toMatchObject({ exercise: true, symbol: "S/1" });
  });
});

test("cells merged downwards span their rows", () => {
  const cell = (text: string, merge = "") =>
    `<w:tc>${merge && `<w:tcPr>${merge}</w:tcPr>`}${paragraph(text === "" ? "" : run(text))}</w:tc>`;
  const table = `<w:tbl><w:tr>${cell("tall", '<w:vMerge w:val="restart"/>')}${cell("one")}</w:tr><w:tr>${cell("", "<w:vMerge/>")}${cell("two")}</w:tr><w:tr>${cell("three")}${cell("four")}</w:tr></w:tbl>`;
  const reading = readWord(word(table));
  expect(
    clauses(reading.draft).map(({ content, cell: at }) => [plainText(content), at?.row, at?.rows]),
  ).toEqual([
    ["tall", 0, 2],
    ["one", 0, undefined],
    ["two", 1, undefined],
    ["three", 2, undefined],
    ["four", 2, undefined],
  ]);
});
