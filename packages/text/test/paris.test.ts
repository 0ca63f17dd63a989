/** The real draft that opened the Paris conference, where it is present. It is not part of the project. */
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { brackets, draftWords, parseMarkdown, renderMarkdown, wordsOf } from "../src/index.ts";

const path = new URL("../../../../shared/data/texts/agreement_23-oct-2015.md", import.meta.url);
const present = existsSync(path);
if (!present)
  process.stderr.write("SKIPPED: the real draft of 23 October 2015 is not here; its tests did not run.\n");
const source = present ? readFileSync(path, "utf8") : "";

test.runIf(present)("keeps the real draft's 17,432 words, none lost or out of order", () => {
  const notes: string[] = [];
  const body = source
    .replace(/^---[\s\S]*?\n---\n/, "")
    .replace(/^\[\^\d+\]:(.*)$/gm, (_, note: string) => {
      notes.push(note);
      return "";
    })
    .replace("][source]", "]");
  const bare = [body, ...notes]
    .join("\n")
    .replace(/<[^>]+>|\{:[^}]*\}|\[\^\d+\]|\\?\*/g, "")
    .replace(/[[\]]/g, " ");
  const words = draftWords(parseMarkdown(source).draft);
  expect(words).toHaveLength(17_432);
  expect(words).toEqual(wordsOf(bare));
});

test.runIf(present)("writes the real draft so that it reads the same again, nothing left to repair", () => {
  const { draft } = parseMarkdown(source);
  const again = parseMarkdown(renderMarkdown(draft));
  expect(again.draft).toEqual(draft);
  expect([again.repairs, again.made]).toEqual([[], []]);
});

/** The share of signs whose kind is as judged by hand. */
function share(sample: string): { right: number; of: number; wrong: string[] } {
  const { draft, places } = parseMarkdown(source);
  const kinds = new Map<string, string[]>();
  for (const { bracket } of brackets(draft)) {
    const place = places.get(bracket.id);
    const key = `${place?.line}\t${place?.column}`;
    kinds.set(key, [...(kinds.get(key) ?? []), bracket.kind]);
  }
  const judged = readFileSync(new URL(sample, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => /^\d/.test(line));
  const wrong = judged.filter((line) => {
    const [row, column, kind = ""] = line.split("\t");
    const found = kinds.get(`${row}\t${column}`) ?? ["member", "none"];
    return !found.includes(kind);
  });
  return { right: judged.length - wrong.length, of: judged.length, wrong };
}

test.runIf(present).each([
  ["./paris-sample-1.tsv", 200, 199],
  ["./paris-sample-2.tsv", 200, 197],
  ["./paris-sample-3.tsv", 110, 107],
  ["./paris-sample-4.tsv", 100, 95],
  ["./paris-sample-5.tsv", 110, 107],
  ["./paris-sample-6.tsv", 100, 94],
  ["./paris-sample-7.tsv", 130, 124],
])("gives the brackets of %s their right kinds", (sample, size, least) => {
  const { right, of, wrong } = share(sample);
  expect(of).toBe(size);
  expect(right, wrong.join("\n")).toBeGreaterThanOrEqual(least);
});
