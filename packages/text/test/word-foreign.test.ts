/** Word documents as other people's programs and secretariats make them. */
import { describe, expect, test } from "vitest";
import { brackets, clauses, draftWords, plainText, readWord, wordsOf, writeWord } from "../src/index.ts";
import { paragraph, run, W, word } from "./word-document.ts";

const wordsIn = (body: string, others: Record<string, string> = {}) =>
  draftWords(readWord(word(body, others)).draft).join(" ");
const field = (command: string, result: string) =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>${command}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;

describe("every word is kept, in order", () => {
  test.each([
    [
      "content controls around runs, paragraphs, rows and cells",
      `<w:sdt><w:sdtPr><w:alias w:val="no"/></w:sdtPr><w:sdtContent>${paragraph(`${run("one ")}<w:sdt><w:sdtContent>${run("[two]")}</w:sdtContent></w:sdt>`)}</w:sdtContent></w:sdt>
       <w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent><w:tc>${paragraph(run("three"))}</w:tc></w:sdtContent></w:sdt><w:tc>${paragraph(run("four"))}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>`,
      "one two three four",
    ],
    [
      "a table inside a cell of another",
      `<w:tbl><w:tr><w:tc>${paragraph(run("one"))}<w:tbl><w:tr><w:tc>${paragraph(run("two [X]"))}</w:tc></w:tr></w:tbl>${paragraph(run("three"))}</w:tc></w:tr></w:tbl>`,
      "one two X three",
    ],
    [
      "smart tags, hyperlinks, text of two directions",
      paragraph(
        `<w:smartTag w:element="place">${run("one ")}<w:smartTag>${run("two ")}</w:smartTag></w:smartTag><w:hyperlink r:id="x">${run("three ")}</w:hyperlink><w:dir w:val="rtl">${run("أربعة ")}</w:dir><w:bdo>${run("five")}</w:bdo>`,
      ),
      "one two three أربعة five",
    ],
    [
      "fields: their results, not their commands",
      paragraph(
        `${field('REF _Ref1 \\h "no"', "one")}${run(" ")}<w:fldSimple w:instr="PAGE no">${run("two")}</w:fldSimple><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> XE "no" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>${run(" three")}`,
      ),
      "one two three",
    ],
    [
      "a field that goes over paragraphs, such as a table of contents",
      paragraph(
        `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run("one")}`,
      ) + paragraph(`${run("two")}<w:r><w:fldChar w:fldCharType="end"/></w:r>`),
      "one two",
    ],
    [
      "text boxes and shapes, in the one of two forms that is shown",
      paragraph(
        `${run("one ")}<w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice Requires="wps"><w:drawing><wps:txbx xmlns:wps="s"><w:txbxContent>${paragraph(run("three [four]"))}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox xmlns:v="v"><w:txbxContent>${paragraph(run("no"))}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>${run("two")}`,
      ),
      "one two three four",
    ],
    [
      "formulas, phonetic guides, tabs of all sorts",
      paragraph(
        `<m:oMath xmlns:m="m"><m:r><m:t>x2</m:t></m:r></m:oMath><w:r><w:ptab/><w:t>one</w:t><w:tab/><w:ruby><w:rt>${run("yi")}</w:rt><w:rubyBase>${run("一")}</w:rubyBase></w:ruby></w:r>`,
      ),
      "x2 one 一 yi",
    ],
    [
      "hyphens that only part words",
      paragraph(`<w:r><w:t>co\u00adop</w:t><w:softHyphen/><w:t>eration [sh\u00adall][should]</w:t></w:r>`),
      "cooperation shall should",
    ],
  ])("%s", (_, body, expected) => {
    expect(wordsIn(body)).toBe(wordsOf(expected).join(" "));
  });

  test("tables and content controls inside footnotes", () => {
    const body = paragraph('<w:r><w:t>one</w:t><w:footnoteReference w:id="2"/></w:r>');
    const footnotes = `<w:footnotes ${W}><w:footnote w:id="2">${paragraph(run("two"))}<w:sdt><w:sdtContent>${paragraph(run("three"))}</w:sdtContent></w:sdt><w:tbl><w:tr><w:tc>${paragraph(run("four"))}</w:tc></w:tr></w:tbl></w:footnote></w:footnotes>`;
    expect(wordsIn(body, { "word/footnotes.xml": footnotes })).toBe("one two three four");
  });

  test("headers and footers, each paragraph once, in the header of the draft, and written again", () => {
    const { draft } = readWord(
      word(paragraph(run("One.")), {
        "word/header1.xml": `<w:hdr ${W}>${paragraph(run("Chair's draft"))}${paragraph(field("PAGE", "3"))}</w:hdr>`,
        "word/header2.xml": `<w:hdr ${W}>${paragraph(run("Chair's draft"))}</w:hdr>`,
        "word/footer1.xml": `<w:ftr ${W}>${paragraph(run("Not for release"))}</w:ftr>`,
      }),
    );
    expect(draft.other).toEqual({ header: "Chair's draft | 3", footer: "Not for release" });
    expect(readWord(writeWord(draft, { withoutModel: true })).draft.other).toEqual(draft.other);
  });

  test("a document of another format that is put in is reported", () => {
    const { repairs } = readWord(word(`${paragraph(run("One."))}<w:altChunk r:id="x"/>`));
    expect(repairs.map(({ code, place }) => [code, place.line])).toEqual([["part-left-out", 2]]);
  });

  test("parts that are named as Word on the web names them", () => {
    const parts = {
      "word/document2.xml": `<w:document ${W}><w:body>${paragraph(run("One [two]."), '<w:pStyle w:val="A"/>')}</w:body></w:document>`,
      "word/styles2.xml": `<w:styles ${W}><w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 1"/></w:style></w:styles>`,
    };
    const { draft } = readWord(word(undefined, parts));
    expect(clauses(draft).map(({ form, content }) => [form, plainText(content)])).toEqual([
      ["heading", "One two."],
    ]);
  });
});

describe("numbers as Word shows them", () => {
  const styles = `<w:styles ${W}>
    <w:style w:type="paragraph" w:styleId="L1"><w:name w:val="Level 1"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="L2"><w:name w:val="Level 2"/><w:basedOn w:val="L1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style></w:styles>`;
  const numbering = `<w:numbering ${W}><w:abstractNum w:abstractNumId="1">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Article %1"/><w:pStyle w:val="L1"/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>
    <w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>
    <w:num w:numId="5"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="1"><w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1.%2"/></w:lvl></w:lvlOverride></w:num></w:numbering>`;
  const styled = (style: string, more = "") => paragraph(run("x"), `<w:pStyle w:val="${style}"/>${more}`);

  test("a style has its list from the one it is based on; a list may override a level, its start and its form", () => {
    const override = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="5"/></w:numPr>';
    const body = [styled("L1"), styled("L2"), styled("L2"), styled("L1"), styled("L2", override)].join("");
    const { draft } = readWord(word(body, { "word/styles.xml": styles, "word/numbering.xml": numbering }));
    expect(clauses(draft).map(({ ordinal }) => ordinal)).toEqual([
      "Article 1",
      "(a)",
      "(b)",
      "Article 2",
      "2.III",
    ]);
  });

  test("typed numbers stand also behind brackets, and labels behind tabs and line breaks", () => {
    const body =
      paragraph(run("[3.\tThe Parties meet.]")) +
      paragraph(
        "<w:r><w:t>4.</w:t><w:tab/><w:t>Option 1</w:t><w:tab/><w:t>One [X].</w:t><w:br/><w:t>Option 2</w:t><w:tab/><w:t>Two.</w:t></w:r>",
      );
    const { draft } = readWord(word(body));
    expect(clauses(draft).map(({ ordinal, content }) => `${ordinal} ${plainText(content)}`)).toEqual([
      "3. The Parties meet.",
      "4. ",
      " One X.",
      " Two.",
    ]);
    expect(brackets(draft).map(({ bracket }) => bracket.kind)).toEqual([
      "optional",
      "option-block",
      "placeholder",
    ]);
  });
});

describe("tracked changes", () => {
  test("moved words are in both places, an insertion that another deleted is a deletion of the latter", () => {
    const body =
      paragraph(
        `<w:moveFromRangeStart w:id="1" w:name="m"/><w:moveFrom w:author="A">${run("Ports [open].")}</w:moveFrom><w:moveFromRangeEnd w:id="1"/>`,
      ) +
      paragraph(`<w:moveTo w:author="A">${run("Ports [open].")}</w:moveTo>`) +
      paragraph(
        `<w:ins w:author="A">${run("kept ")}<w:del w:author="B"><w:r><w:delText>[gone]</w:delText></w:r></w:del></w:ins>`,
      );
    const { draft } = readWord(word(body));
    expect(brackets(draft)).toHaveLength(1);
    const [from, to, last] = clauses(draft);
    expect(from?.content).toMatchObject([
      { text: "Ports [open].", revision: { kind: "deletion", author: "A" } },
    ]);
    expect(to?.content[0]).toMatchObject({ text: "Ports ", revision: { kind: "insertion" } });
    expect(last?.content).toMatchObject([
      { text: "kept ", revision: { kind: "insertion", author: "A" } },
      { text: "[gone]", revision: { kind: "deletion", author: "B" } },
    ]);
  });

  test("brackets whose halves were put in and taken out by different people are what is left of them", () => {
    const body = paragraph(
      `${run("They ")}<w:ins w:author="A">${run("[")}</w:ins>${run("shall")}<w:ins w:author="A">${run("][")}</w:ins><w:del w:author="B"><w:r><w:delText>[may][</w:delText></w:r></w:del><w:ins w:author="B">${run("should]")}</w:ins>${run(" meet.")}`,
    );
    const reading = readWord(word(body));
    expect(brackets(reading.draft).map(({ bracket }) => bracket.kind)).toEqual(["alternation"]);
    expect(reading.repairs).toEqual([]);
  });
});
