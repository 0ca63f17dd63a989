/**
 * Two versions -> one text with the changes marked as tracked changes, for reading and for Word. Brackets are
 * characters in it, so that a change of a bracket shows too; it is for showing, not for working on.
 */
import type { Block, Clause, ClauseId, Draft, Inline, Revision, Text } from "../model.ts";
import { joinInlines } from "../normal.ts";
import { type Paragraph, paragraphsOf } from "../paragraphs.ts";
import { diffWords } from "./diff.ts";
import { matchParagraphs } from "./match.ts";

/** `author` and `date` (RFC 3339) are put on every change. */
export function redline(before: Draft, after: Draft, author: string, date?: string): Draft {
  const old = paragraphsOf(before);
  const now = paragraphsOf(after);
  const oldWords = old.map(tokensOf);
  const nowWords = now.map(tokensOf);
  const { from, moved } = matchParagraphs(oldWords, nowWords);
  const mark = (kind: Revision["kind"]): Revision =>
    date === undefined ? { kind, author } : { kind, author, date };
  const kept = new Map(
    [...from].filter(([index]) => !moved.has(index)).map(([index, source]) => [source, index]),
  );
  const blocks: Block[] = [];
  let shown = 0;
  const removeUntil = (end: number) => {
    for (; shown < end; shown++) {
      if (kept.has(shown)) continue;
      blocks.push(clauseOf(blocks.length, old[shown], [textOf(oldWords[shown] ?? [], mark("deletion"))]));
    }
  };
  now.forEach((paragraph, index) => {
    const source = moved.has(index) ? undefined : from.get(index);
    if (source !== undefined) {
      removeUntil(source);
      shown = source + 1;
    }
    const edits = diffWords(source === undefined ? [] : (oldWords[source] ?? []), nowWords[index] ?? []);
    const content = edits.map(({ change, words }) => {
      if (change === "same") return textOf(words, undefined);
      return textOf(words, mark(change === "inserted" ? "insertion" : "deletion"));
    });
    blocks.push(clauseOf(blocks.length, paragraph, content));
  });
  removeUntil(old.length);
  const { notes: _, ...header } = after;
  return { ...header, blocks, notes: [] };
}

/** Words, white space and brackets, each by itself. */
function tokensOf({ runs }: Paragraph): string[] {
  const text = runs.map((run) => (run.type === "text" ? run.text : "")).join("");
  return text.match(/[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu) ?? [];
}

function textOf(words: readonly string[], revision: Revision | undefined): Text {
  const text = words.join("");
  return revision ? { type: "text", text, revision } : { type: "text", text };
}

function clauseOf(index: number, paragraph: Paragraph | undefined, content: readonly Inline[]): Clause {
  const { form = "paragraph", level = 0, ordinal = "", direction } = paragraph ?? {};
  return {
    type: "clause",
    id: `p${index + 1}` as ClauseId,
    form,
    level,
    ordinal,
    content: joinInlines(content),
    ...(direction && { direction }),
  };
}
