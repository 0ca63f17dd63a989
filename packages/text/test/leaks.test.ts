import { strToU8, unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import {
  clauses,
  cleanDraft,
  findLeaks,
  findWordLeaks,
  parseMarkdown,
  readWord,
  renderMarkdown,
  writeWord,
} from "../src/index.ts";

const source = `---
format: parley-draft/1
title: T
author: A. Person
---

1. One {del author="B"}old{/del}{ins author="B"}new{/ins}[^c] two {{ask capital}} three [x]{#x by="EU"}. {#c1}

2. Our bottom line stands here. {#c2}

[^c]: Do we want this? {kind=comment author="C"}

[^r]: Reserved. {kind=reservation author="EU"}
`;

test("lists what a draft would give away", () => {
  const leaks = findLeaks(parseMarkdown(source).draft);
  expect(leaks.map(({ kind, where, removable }) => [kind, where, removable])).toEqual([
    ["header", "author", true],
    ["tracked-change", "c1", true],
    ["tracked-change", "c1", true],
    ["editorial", "c1", true],
    ["internal-words", "c2", false],
    ["comment", "c", true],
  ]);
});

test("a clean draft gives away nothing that can be taken out, and keeps text, brackets and reservations", () => {
  const { draft, removed, left } = cleanDraft(parseMarkdown(source).draft);
  expect(removed).toHaveLength(5);
  expect(left).toHaveLength(1);
  expect(findLeaks(draft)).toEqual(left);
  const written = renderMarkdown(draft);
  expect(written).toContain('1. One new two  three [x]{#x by="EU"}. {#c1}');
  expect(written).toContain('[^r]: Reserved. {kind=reservation author="EU"}');
  expect(written).not.toMatch(/Person|old|capital|Do we/);
});

test("a paragraph that was taken out goes from a clean draft with its number; a heading keeps its own", () => {
  const taken = (words: string) => `{del author="B"}${words}{/del}`;
  const { draft } = cleanDraft(
    parseMarkdown(
      `---\nformat: parley-draft/1\ntitle: T\n---\n\n## Article 3 ${taken("Ports")}\n\n1. ${taken("Old.")}\n\n2. Stays.\n`,
    ).draft,
  );
  expect(clauses(draft).map(({ ordinal }) => ordinal)).toEqual(["Article 3", "2."]);
});

test("lists names in the properties of a Word file, hidden words and hidden parts", () => {
  const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const bytes = zipSync({
    "word/document.xml": strToU8(
      `<w:document ${W}><w:body><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t>seen</w:t></w:r></w:p></w:body></w:document>`,
    ),
    "docProps/core.xml": strToU8(
      '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>T</dc:title><dc:creator>A. Person</dc:creator><cp:lastModifiedBy>B. Person</cp:lastModifiedBy></cp:coreProperties>',
    ),
    "docProps/app.xml": strToU8("<Properties><Company>Ministry</Company><Pages>3</Pages></Properties>"),
  });
  expect(findWordLeaks(bytes).map(({ kind, what }) => `${kind} ${what}`)).toEqual([
    "hidden-text secret",
    "metadata title: T",
    "metadata creator: A. Person",
    "metadata lastModifiedBy: B. Person",
    "metadata Company: Ministry",
  ]);
  const clean = cleanDraft(readWord(bytes).draft);
  expect(findWordLeaks(writeWord(clean.draft, { withoutModel: true }))).toEqual([]);
  expect(renderMarkdown(clean.draft)).not.toContain("secret");
});

test("lists who set and may edit what, names of controls, paths in fields, pictures' descriptions and faint letters", () => {
  const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const letters = (rPr: string, text: string) => `<w:r><w:rPr>${rPr}</w:rPr><w:t>${text}</w:t></w:r>`;
  const white = letters('<w:color w:val="FFFFFF"/>', "white");
  const body = `<w:p><w:pPr><w:rPr><w:ins w:author="Ada"/></w:rPr><w:pPrChange w:author="Ben"/></w:pPr><w:permStart w:ed="MFA\\ida"/>${white}${letters('<w:sz w:val="2"/>', "tiny")}</w:p>
    <w:sdt><w:sdtPr><w:alias w:val="Fallback"/></w:sdtPr><w:sdtContent><w:p><w:r><w:instrText>LINK "C:\\ida\\a.docx"</w:instrText></w:r></w:p></w:sdtContent></w:sdt>
    <w:p><w:r><w:drawing><wp:docPr xmlns:wp="p" descr="ida.png"/></w:drawing></w:r></w:p>
    <w:tbl><w:tr><w:trPr><w:del w:author="Cy"/></w:trPr><w:tc><w:p>${white}</w:p></w:tc></w:tr></w:tbl>`;
  const bytes = zipSync({
    "word/document.xml": strToU8(`<w:document ${W}><w:body>${body}</w:body></w:document>`),
    "word/glossary/document.xml": strToU8("<w:glossaryDocument/>"),
  });
  const leaks = findWordLeaks(bytes);
  expect(leaks.map(({ what }) => what)).toEqual([
    "may edit: MFA\\ida",
    "white or tiny letters: white",
    "white or tiny letters: tiny",
    "name of a content control: Fallback",
    'field: LINK "C:\\ida\\a.docx"',
    "description of a picture: ida.png",
    "settings or ends of paragraphs by Ada",
    "settings or ends of paragraphs by Ben",
    "settings or ends of paragraphs by Cy",
    "passages kept for re-use (AutoText)",
  ]);
  expect(leaks.filter(({ removable }) => !removable).map(({ what }) => what)).toEqual([
    "white or tiny letters: white",
    "white or tiny letters: tiny",
  ]);
  const clean = writeWord(cleanDraft(readWord(bytes).draft).draft, { withoutModel: true });
  expect(findWordLeaks(clean)).toEqual([]);
});

test("lists what Word puts into files without being asked, and a clean file has none of it", () => {
  const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const paragraph = (text: string, style = "") =>
    `<w:p>${style && `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t>${text}</w:t></w:r></w:p>`;
  const parts: Record<string, string> = {
    "word/document.xml": `<w:document ${W}><w:body>${paragraph("Seen [x].")}${paragraph("styled away", "H")}</w:body></w:document>`,
    "word/styles.xml": `<w:styles ${W}><w:style w:type="paragraph" w:styleId="H"><w:name w:val="H"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`,
    "word/header1.xml": `<w:hdr ${W}><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>in the header</w:t></w:r></w:p></w:hdr>`,
    "word/settings.xml": `<w:settings ${W}><w:attachedTemplate r:id="r1"/><w:rsids><w:rsidRoot w:val="1"/><w:rsid w:val="2"/></w:rsids></w:settings>`,
    "word/_rels/settings.xml.rels":
      '<Relationships><Relationship Id="r1" Type="t/attachedTemplate" Target="file:///C:/Users/jane/ministry.dotm" TargetMode="External"/><Relationship Id="r2" Target="https://example.org" TargetMode="External"/></Relationships>',
    "word/people.xml":
      '<w15:people xmlns:w15="p"><w15:person w15:author="Jane"><w15:presenceInfo w15:providerId="AD" w15:userId="jane@example.org"/></w15:person></w15:people>',
    "docProps/custom.xml":
      '<Properties><property name="Client"><lpwstr>Alda</lpwstr></property></Properties>',
    "docProps/thumbnail.jpeg": "x",
    "docMetadata/LabelInfo.xml": "<labelList/>",
    "word/media/image1.jpeg": "x",
    "word/embeddings/a.xlsx": "x",
    "word/vbaProject.bin": "x",
    "word/printerSettings/printerSettings1.bin": "x",
    "customXml/item1.xml": "<Sources/>",
  };
  const bytes = zipSync(
    Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])),
  );
  expect(findWordLeaks(bytes).map(({ kind, what }) => `${kind} ${what}`)).toEqual([
    "hidden-text styled away",
    "hidden-text in the header",
    "metadata the path of a template",
    "metadata marks of 2 editing sessions (rsid)",
    "metadata file:///C:/Users/jane/ministry.dotm",
    "metadata Jane, jane@example.org",
    "metadata Client: Alda",
    "metadata a label that says how confidential it is",
    "metadata data of Sources",
    "metadata a picture of the first page",
    "metadata a picture, which may say when, where and by whom it was made",
    "metadata a file of another program",
    "metadata macros",
    "metadata the settings of a printer",
  ]);
  const clean = writeWord(cleanDraft(readWord(bytes).draft).draft, { withoutModel: true });
  expect(findWordLeaks(clean)).toEqual([]);
  expect(Object.keys(unzipSync(clean)).filter((name) => /comment|custom|people|media/i.test(name))).toEqual(
    [],
  );
});

test("supporters, who stand nowhere on the page, are listed and go; proposers stay in the bracket", () => {
  const { draft } = parseMarkdown(
    '---\nformat: parley-draft/1\ntitle: T\n---\n\n1. One [shall]{=shall by="Alda" supports="Brun"}/[may]{#b =may}.\n',
  );
  expect(findLeaks(draft).map(({ kind, where, what }) => [kind, where, what])).toEqual([
    ["supporters", "b", "Brun"],
  ]);
  const cleaned = cleanDraft(draft).draft;
  expect(renderMarkdown(cleaned)).toContain('[shall]{=shall by="Alda"}/[may]{#b =may}');
  expect(Object.keys(unzipSync(writeWord(cleaned, { withoutModel: true })))).not.toContain(
    "word/comments.xml",
  );
});

test("notes in Markdown that no page shows are listed, and cleaning takes them out", () => {
  const { draft } = parseMarkdown(
    '1. Peace [now].\n\n[//]: # (ask capital first)\n[comment]: <> "yield on ports"\n\n2. Quiet.\n',
  );
  expect(findLeaks(draft).map(({ kind, what, removable }) => [kind, what, removable])).toEqual([
    ["editorial", "{ask capital first}", true],
    ["editorial", "{comment: yield on ports}", true],
  ]);
  const cleaned = cleanDraft(draft).draft;
  expect(clauses(cleaned).map(({ ordinal }) => ordinal)).toEqual(["1.", "2."]);
  expect(renderMarkdown(cleaned)).not.toMatch(/capital|yield/);
});

test.each([
  ["INTERNAL: our bottom line", 2],
  ["(internal note) fall-back position", 2],
  ["Clear with capital. We can accept 30 per cent.", 2],
  ["in a position to do so", 0],
  ["internal waters, internal affairs and the internal market", 0],
  ["for distribution of aid", 0],
  ["See [the wiki](http://wiki/page) and https://drafts.ministry.local/a.", 2],
  ["See http://10.1.2.3:8080/a, http://localhost:3000 or file:///srv/a.md.", 3],
  ["See https://example.org/a?b=http and http://www.example.org.", 0],
])('"%s": %d places sound internal', (text, count) => {
  expect(
    findLeaks(parseMarkdown(`1. ${text}`).draft).filter(({ kind }) => kind === "internal-words"),
  ).toHaveLength(count);
});
