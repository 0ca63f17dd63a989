/** What a person writes in a field, as the canonical Markdown of one clause: square brackets in it become brackets. */
import { type ClauseId, parseMarkdown, renderMarkdown } from "@parley/text";

/** undefined if there are no words, or more than one paragraph of them. */
export function clauseMarkdown(written: string): string | undefined {
  const words = written.trim().replace(/\s*\n\s*/g, " ");
  if (words === "") return undefined;
  const [block] = parseMarkdown(words).draft.blocks;
  if (block?.type !== "clause") return undefined;
  const clause = { ...block, form: "paragraph" as const, level: 0, ordinal: "", id: "words" as ClauseId };
  const document = renderMarkdown({ title: "words", blocks: [clause], notes: [] });
  // The header ends with the second line of three dashes.
  return document.split(/^---$/m)[2]?.trim();
}
