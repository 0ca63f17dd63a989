/** `parley convert` and `parley compare`, as a person runs them. */
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, parley } from "./command-line.ts";

const first = `---
format: parley-draft/1
title: Measures
exercise: true
author: A. Person
---

# Measures {#top}

1. The Parties [shall]{=shall by="Alda"}/[should]{=should #force} halt strikes [on ports]{#ports}.[^c] {#one}

[^c]: Ask the capital. {kind=comment author="B. Person"}
`;
const second = first.replace(/\[shall\].*\{=should #force\}/, "shall");

describe("parley convert", () => {
  test("Markdown to Word and back gives the same file", () => {
    const folder = folderWith({ "a.md": first });
    expect(parley(["convert", join(folder, "a.md"), join(folder, "b.docx")]).status).toBe(0);
    expect(parley(["convert", join(folder, "b.docx"), join(folder, "c.md")]).status).toBe(0);
    const text = readFileSync(join(folder, "c.md"), "utf8");
    expect(parley(["convert", "-", "-"], first).out).toBe(text);
    expect(text).toContain('[shall]{=shall by="Alda"}/[should]{#force =should}');
  });

  test("Markdown to Akoma Ntoso and back gives the same file", () => {
    const folder = folderWith({ "a.md": first });
    expect(parley(["convert", join(folder, "a.md"), join(folder, "b.akn")]).status).toBe(0);
    expect(parley(["convert", join(folder, "b.akn"), "-"]).out).toBe(
      parley(["convert", "-", "-"], first).out,
    );
  });

  test("writes plain text and Akoma Ntoso, each saying EXERCISE", () => {
    const folder = folderWith({ "a.md": first });
    for (const name of ["b.txt", "b.xml"]) {
      expect(parley(["convert", join(folder, "a.md"), join(folder, name)]).status).toBe(0);
      expect(readFileSync(join(folder, name), "utf8")).toContain("EXERCISE");
    }
  });

  test("lists what would be given away, and --clean takes it out", () => {
    const folder = folderWith({ "a.md": first });
    const told = parley(["convert", join(folder, "a.md"), join(folder, "b.md")]);
    expect(told.out).toMatch(
      /It would give away:\n {2}header, author: A\. Person\n {2}comment, c: B\. Person: Ask the capital\./,
    );
    const cleaned = parley(["convert", join(folder, "a.md"), join(folder, "c.docx"), "--clean", "--json"]);
    expect(JSON.parse(cleaned.out)).toMatchObject({
      format: "parley-conversion/1",
      removed: [{ kind: "header" }, { kind: "comment" }],
      left: [],
    });
    const again = parley(["convert", join(folder, "c.docx"), "-"]);
    expect(again.out).not.toMatch(/Person|capital/);
    expect(again.out).toContain("halt strikes");
  });

  test("text in UTF-16, as editors of Windows save it, and Word by its bytes, whatever its name", () => {
    const folder = folderWith({ "a.md": first });
    writeFileSync(join(folder, "wide.txt"), "\ufeffПорты [открыты][закрыты].", "utf16le");
    expect(parley(["convert", join(folder, "wide.txt"), "-"]).out).toContain("[открыты]{=открыты}/[закрыты]");
    parley(["convert", join(folder, "a.md"), join(folder, "b.docx")]);
    copyFileSync(join(folder, "b.docx"), join(folder, "b.docm"));
    expect(parley(["convert", join(folder, "b.docm"), "-"]).out).toBe(
      parley(["convert", "-", "-"], first).out,
    );
  });

  test("brackets are read from Word too", () => {
    const folder = folderWith({ "a.md": first });
    parley(["convert", join(folder, "a.md"), join(folder, "b.docx")]);
    const { out } = parley(["brackets", join(folder, "b.docx"), "--json"]);
    expect(JSON.parse(out).brackets.map(({ id }: { id: string }) => id)).toEqual(["force", "ports"]);
  });

  test.each([
    [["convert", "a.md"], /two names are needed/],
    [["convert", "a.md", "b.pdf"], /b\.pdf: a draft is written as/],
    [["convert", "a.md", "a.md"], /written over itself/],
    [["convert", "none.md", "b.md"], /none\.md: there is no such file/],
    [["convert", "bad.docx", "b.md"], /bad\.docx: .*no zip file/],
    [["convert", "a.xml", "b.md"], /a\.xml: .*XML/],
    [["convert", "nul.txt", "b.md"], /nul\.txt: line 2: this is no text/],
    [["convert", "old.docx", "b.md"], /old\.docx: .*old Word file \(\.doc\) or one with a password/],
  ])("%j is refused in one line, and writes nothing", (args, sentence) => {
    const folder = folderWith({ "a.md": first, "bad.docx": "hello", "a.xml": "<a/>" });
    writeFileSync(join(folder, "old.docx"), Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1));
    writeFileSync(join(folder, "nul.txt"), "a\nb\0c");
    const [command = "", ...files] = args;
    const run = parley([command, ...files.map((name) => join(folder, name))]);
    expect(run.status).toBe(2);
    expect(run.log.trimEnd().split("\n")).toHaveLength(1);
    expect(run.log).toMatch(sentence);
    expect(existsSync(join(folder, "b.md"))).toBe(false);
  });
});

describe("parley compare", () => {
  test("says what closed and how, and writes a comparison version", () => {
    const folder = folderWith({ "a.md": first, "b.md": second });
    const run = parley([
      "compare",
      join(folder, "a.md"),
      join(folder, "b.md"),
      "--out",
      join(folder, "c.docx"),
      "--author",
      "Secretariat",
    ]);
    expect(run.status).toBe(0);
    expect(run.out).toContain("EXERCISE");
    expect(run.out).toContain("1 bracket closed, 0 opened, 0 changed, 1 as before; 0 moved.");
    expect(run.out).toContain('[force] closed in one: "shall" won');
    const marked = parley(["convert", join(folder, "c.docx"), "-"]);
    expect(marked.out).toMatch(/\{del author="Secretariat"\}/);
  });

  test("gives the same as JSON", () => {
    const folder = folderWith({ "a.md": first, "b.md": second });
    const { out } = parley(["compare", join(folder, "a.md"), join(folder, "b.md"), "--json"]);
    expect(JSON.parse(out)).toMatchObject({
      format: "parley-comparison/1",
      brackets: [
        { change: "closed", before: "force", closing: { how: "won", option: "shall" } },
        { change: "same", before: "ports", after: "ports" },
      ],
    });
  });
});

describe("parley brackets --summary", () => {
  test("counts by clause and by who holds them, and gives the course of several versions", () => {
    const folder = folderWith({ "a.md": first, "b.md": second });
    const summary = parley(["brackets", join(folder, "a.md"), "--summary"]).out;
    expect(summary).toMatch(
      /By who holds them:\n +1 {2}Alda \(proposes in 1, supports in 0\)\n +1 {2}nobody named/,
    );
    const versions = [join(folder, "a.md"), join(folder, "b.md")];
    const course = parley(["brackets", ...versions, "--summary", "--json"]);
    expect(JSON.parse(course.out).points.map(({ brackets }: { brackets: number }) => brackets)).toEqual([
      2, 1,
    ]);
    expect(parley(["brackets", ...versions]).status).toBe(2);
  });
});
