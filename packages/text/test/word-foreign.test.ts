/** Word documents as other people's programs and secretariats make them. */
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import {
  brackets,
  clauses,
  draftWords,
  findWordLeaks,
  plainText,
  readWord,
  wordsOf,
  writeWord,
} from "../src/index.ts";
import { formatNumber } from "../src/word/number-formats.ts";
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

  test("a style that is based on one to which a level belongs stands on that level", () => {
    const levels = numbering.replace(
      '<w:lvlText w:val="(%2)"/>',
      '<w:lvlText w:val="(%2)"/><w:pStyle w:val="P"/>',
    );
    const based = styles.replace(
      "</w:styles>",
      `<w:style w:type="paragraph" w:styleId="P"><w:name w:val="P"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>
       <w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Q"/><w:basedOn w:val="P"/></w:style></w:styles>`,
    );
    const body = styled("L1") + styled("P") + styled("Q");
    const { draft } = readWord(word(body, { "word/styles.xml": based, "word/numbering.xml": levels }));
    expect(clauses(draft).map(({ ordinal }) => ordinal)).toEqual(["Article 1", "(a)", "(b)"]);
  });

  test("a name with a number, alone or before a title, is a heading though its style does not say so; a sentence is none", () => {
    const words = ["Article 6", "[Article 7 bis: Ports]", "Article 8 applies to ports", "CHAPTER II Finance"];
    const { draft } = readWord(word(words.map((one) => paragraph(run(one))).join("")));
    expect(clauses(draft).map(({ form, level, ordinal }) => [form, level, ordinal])).toEqual([
      ["heading", 2, "Article 6"],
      ["heading", 2, "Article 7 bis:"],
      ["paragraph", 0, ""],
      ["heading", 1, "CHAPTER II"],
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

describe("places in lists", () => {
  const list = (id: number, levels: string) =>
    `<w:abstractNum w:abstractNumId="${id}">${levels}</w:abstractNum><w:num w:numId="${id}"><w:abstractNumId w:val="${id}"/></w:num>`;
  const lvl = (ilvl: number, format: string, text: string, more = "") =>
    `<w:lvl w:ilvl="${ilvl}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;
  const inList = (id: number, ilvl: number, more = "") =>
    paragraph(run("x"), `<w:numPr><w:ilvl w:val="${ilvl}"/><w:numId w:val="${id}"/></w:numPr>${more}`);
  const read = (body: string, lists: string, others: Record<string, string> = {}) =>
    clauses(
      readWord(word(body, { "word/numbering.xml": `<w:numbering ${W}>${lists}</w:numbering>`, ...others }))
        .draft,
    ).map(({ level, ordinal }) => `${level} ${ordinal}`);

  test("a list whose first level numbers headings begins below them", () => {
    const levels =
      lvl(0, "ordinalText", "Article %1") +
      lvl(1, "decimal", "%1.%2", "<w:isLgl/>") +
      lvl(2, "lowerLetter", "(%3)");
    const body = inList(1, 0, '<w:outlineLvl w:val="0"/>') + inList(1, 1) + inList(1, 2) + inList(1, 1);
    expect(read(body, list(1, levels))).toEqual(["1 Article First", "0 1.1", "1 (a)", "0 1.2"]);
  });

  test("lists of one level stand as deep as they are indented, in any unit", () => {
    const lists = list(1, lvl(0, "decimal", "%1.")) + list(2, lvl(0, "lowerLetter", "(%1)"));
    const at = (left: string) => `<w:ind w:left="${left}"/>`;
    const body =
      inList(1, 0, at("567")) + inList(2, 0, at("2cm")) + inList(2, 0, at("1134")) + inList(1, 0, at("567"));
    expect(read(body, lists)).toEqual(["0 1.", "1 (a)", "1 (b)", "0 2."]);
  });

  test("a level may be shown in a form that only newer programs know, with another one for the rest", () => {
    const both =
      '<mc:AlternateContent xmlns:mc="m"><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002"/></mc:Choice><mc:Fallback><w:numFmt w:val="decimalZero"/></mc:Fallback></mc:AlternateContent>';
    const level = `<w:lvl w:ilvl="0"><w:start w:val="1"/>${both}<w:lvlText w:val="%1."/></w:lvl>`;
    expect(read(inList(1, 0), list(1, level))).toEqual(["0 01."]);
  });

  test.each([
    ["cardinalText", 21, "Twenty-one"],
    ["ordinalText", 12, "Twelfth"],
    ["ordinalText", 30, "Thirtieth"],
    ["hindiNumbers", 13, "١٣"],
    ["chineseCountingThousand", 11, "十一"],
    ["chineseCounting", 30, "三十"],
    ["hebrew1", 15, "טו"],
    ["ukrainianLower", 5, "ґ"],
    ["decimalEnclosedCircle", 3, "③"],
    ["russianUpper", 2, "Б"],
    ["unheard-of", 4, "4"],
  ])("%s: %d is %s", (format, value, shown) => {
    expect(formatNumber(value, format)).toBe(shown);
  });
});

describe("what styles and settings do to words", () => {
  test("a title with brackets, notes or changes is a clause, for nothing of them may be lost", () => {
    const styles = `<w:styles ${W}><w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>`;
    const titled = (runs: string) =>
      readWord(
        word(paragraph(runs, '<w:pStyle w:val="T"/>') + paragraph(run("x")), { "word/styles.xml": styles }),
      ).draft;
    expect(titled(run("Agreement")).title).toBe("Agreement");
    const draft = titled(run("[Draft] Agreement"));
    expect([draft.title, brackets(draft).length]).toEqual(["", 1]);
  });

  test("words hidden by the style of their paragraph are hidden; raised small letters are superscript", () => {
    const styles = `<w:styles ${W}><w:style w:type="paragraph" w:styleId="H"><w:name w:val="H"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`;
    const body =
      paragraph(run("no") + run("yes", '<w:vanish w:val="0"/>'), '<w:pStyle w:val="H"/>') +
      paragraph(run("CO") + run("2", '<w:position w:val="-6"/><w:sz w:val="14"/>'));
    const bytes = word(body, { "word/styles.xml": styles });
    const [hidden, raised] = clauses(readWord(bytes).draft);
    expect(hidden?.content).toMatchObject([{ text: "no", marks: ["editorial"] }, { text: "yes" }]);
    expect(raised?.content).toMatchObject([{ text: "CO" }, { text: "2", marks: ["subscript"] }]);
    expect(findWordLeaks(bytes).map(({ what }) => what)).toEqual(["no"]);
  });

  test("ends of pages are no lines, and paragraphs of nothing else no clauses; letters drawn as a picture are words", () => {
    const pageEnd = '<w:r><w:br w:type="page"/></w:r>';
    const drawn = '<w:r><w:pict><v:shape xmlns:v="v"><v:textpath string="DRAFT"/></v:shape></w:pict></w:r>';
    const body = paragraph(pageEnd) + paragraph(`${run("one")}${pageEnd}${run("two")}`) + paragraph(drawn);
    expect(clauses(readWord(word(body)).draft).map(({ content }) => plainText(content))).toEqual([
      "one two",
      "DRAFT",
    ]);
  });

  test("charts and diagrams are reported, since their words stand elsewhere", () => {
    const chart = '<w:r><w:drawing><c:chart xmlns:c="c" r:id="x"/></w:drawing></w:r>';
    expect(readWord(word(paragraph(run("one") + chart))).repairs.map(({ code }) => code)).toEqual([
      "part-left-out",
    ]);
  });

  test("signs of symbol fonts, and pictures that newer programs draw, are the characters they show", () => {
    const sign = (font: string, code: string) => `<w:r><w:sym w:font="${font}" w:char="${code}"/></w:r>`;
    const picture = `<w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice Requires="w16se"><w16se:symEx xmlns:w16se="s" w16se:font="Segoe UI Emoji" w16se:char="1F54A"/></mc:Choice><mc:Fallback><w:t>🕊</w:t></mc:Fallback></mc:AlternateContent></w:r>`;
    const body = paragraph(
      ["F0A3", "F06D", "B0"].map((code) => sign("Symbol", code)).join("") +
        sign("Wingdings", "F0FC") +
        picture,
    );
    const [clause] = clauses(readWord(word(body)).draft);
    expect(plainText(clause?.content ?? [])).toBe("≤μ°✓🕊");
  });

  test("parts in another encoding are read as they say; bytes that are no text are refused", () => {
    const latin = (head: string) => {
      const xml = `${head}<w:document ${W}><w:body>${paragraph(run("caf\u00e9 [one]"))}</w:body></w:document>`;
      return zipSync({ "word/document.xml": Uint8Array.from(xml, (char) => char.charCodeAt(0)) });
    };
    const { draft } = readWord(latin('<?xml version="1.0" encoding="ISO-8859-1"?>'));
    expect(draftWords(draft)).toEqual(["café", "one"]);
    expect(() => readWord(latin('<?xml version="1.0"?>'))).toThrow(/word\/document.xml: .*not text in utf-8/);
  });

  test("parts in UTF-16 are read", () => {
    const xml = `\ufeff<?xml version="1.0" encoding="UTF-16"?><w:document ${W}><w:body>${paragraph(run("Мир [shall]"))}</w:body></w:document>`;
    const wide = new Uint8Array(new Uint16Array([...xml].map((char) => char.charCodeAt(0))).buffer);
    const { draft } = readWord(zipSync({ "word/document.xml": wide }));
    expect(draftWords(draft)).toEqual(["Мир", "shall"]);
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
