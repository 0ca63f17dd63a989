/** Markdown of any kind -> draft. */
import { readFrontMatter } from "./canonical/header.ts";
import { readCanonical } from "./canonical/read.ts";
import type { Reading } from "./report.ts";

/**
 * Reads a draft from Markdown: Parley's own if the header says `format: parley-draft/1`, see
 * `docs/formats/draft-markdown.md`. Repairs what it must and reports it. Throws a `TextError` only where a
 * limit is passed, or where Parley's own Markdown gives a bad or double id or an unclosed fence.
 */
export function parseMarkdown(source: string): Reading {
  const text = source.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const lines = text.split("\n");
  const front = readFrontMatter(lines);
  return readCanonical(text, lines, front ?? { values: new Map(), lines: 0 });
}
