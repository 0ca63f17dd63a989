/** Markdown and plain text of any kind -> draft. */
import { DRAFT_FORMAT, readFrontMatter } from "./canonical/header.ts";
import { readCanonical } from "./canonical/read.ts";
import { TextError } from "./error.ts";
import { MAX_BRACKETS, MAX_DEPTH, MAX_SOURCE_LENGTH } from "./limits.ts";
import { Lines } from "./lines.ts";
import { assemble } from "./reading/assemble.ts";
import { readMarkdownBlocks } from "./reading/markdown-blocks.ts";
import { readPlainLines } from "./reading/plain-lines.ts";
import type { Reading } from "./report.ts";

/**
 * Reads a draft from Markdown: Parley's own if the header says `format: parley-draft/1`, see
 * `docs/formats/draft-markdown.md`; else Markdown of the world, with brackets as negotiators write them. Repairs
 * what it must and reports it. Throws a `TextError` only where a limit is passed, or where Parley's own Markdown
 * gives a bad or double id or an unclosed fence.
 */
export function parseMarkdown(source: string): Reading {
  const text = clean(source);
  const lines = text.split("\n");
  const front = readFrontMatter(lines);
  return front?.values.get("format") === DRAFT_FORMAT
    ? readCanonical(text, lines, front)
    : assemble(readMarkdownBlocks(text, front));
}

/** Reads a draft from plain text, in which `*`, `_` and `#` are only characters. Otherwise as `parseMarkdown`. */
export function parsePlain(source: string): Reading {
  return assemble(readPlainLines(clean(source)));
}

function clean(source: string): string {
  if (source.length > MAX_SOURCE_LENGTH) {
    throw new TextError(
      "too-large",
      { line: 1, column: 1 },
      `the text is over ${MAX_SOURCE_LENGTH} characters.`,
    );
  }
  checkCount(source);
  return source
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\t\n]/gu, " ");
}

/** Sees early what no repair could save: far too many brackets, or far too many left open at one place. */
function checkCount(source: string): void {
  let count = 0;
  let open = 0;
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (code === CLOSE) open = Math.max(0, open - 1);
    if (code !== OPEN) continue;
    open++;
    if (++count <= MAX_BRACKETS && open <= 50 * MAX_DEPTH) continue;
    const place = new Lines(source).place(at);
    if (open > 50 * MAX_DEPTH) {
      throw new TextError("too-deep", place, `brackets are nested more than ${MAX_DEPTH} deep.`);
    }
    throw new TextError("too-many-brackets", place, `the text has more than ${MAX_BRACKETS} brackets.`);
  }
}

const OPEN = 0x5b;
const CLOSE = 0x5d;
