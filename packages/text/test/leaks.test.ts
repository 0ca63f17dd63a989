import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import {
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
    "metadata creator: A. Person",
    "metadata lastModifiedBy: B. Person",
    "metadata Company: Ministry",
  ]);
  const clean = cleanDraft(readWord(bytes).draft);
  expect(findWordLeaks(writeWord(clean.draft, { withoutModel: true }))).toEqual([]);
  expect(renderMarkdown(clean.draft)).not.toContain("secret");
});
