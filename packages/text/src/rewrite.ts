/** Rewrites a draft from the inside out: each clause, bracket and run of inline content may be replaced. */
import type { Block, BlockBracket, Clause, Draft, Inline, InlineBracket } from "./model.ts";

export interface Rewriting {
  clause?(clause: Clause): readonly Block[];
  inlines?(inlines: readonly Inline[]): readonly Inline[];
  inline?(bracket: InlineBracket): readonly Inline[];
  block?(bracket: BlockBracket): readonly Block[];
}

export function rewrite(draft: Draft, rewriting: Rewriting): Draft {
  return {
    ...draft,
    blocks: rewriteBlocks(draft.blocks, rewriting),
    notes: draft.notes.map((note) => ({ ...note, content: rewriteInlines(note.content, rewriting) })),
  };
}

function rewriteBlocks(blocks: readonly Block[], rewriting: Rewriting): readonly Block[] {
  return blocks.flatMap((block) => {
    if (block.type === "clause") {
      const clause = { ...block, content: rewriteInlines(block.content, rewriting) };
      return rewriting.clause?.(clause) ?? [clause];
    }
    const options = block.options.map((option) => ({
      ...option,
      content: rewriteBlocks(option.content, rewriting),
    }));
    const bracket = { ...block, options };
    return rewriting.block?.(bracket) ?? [bracket];
  });
}

function rewriteInlines(inlines: readonly Inline[], rewriting: Rewriting): readonly Inline[] {
  const rewritten = inlines.flatMap((inline) => {
    if (inline.type !== "bracket") return [inline];
    const options = inline.options.map((option) => ({
      ...option,
      content: rewriteInlines(option.content, rewriting),
    }));
    const bracket = { ...inline, options };
    return rewriting.inline?.(bracket) ?? [bracket];
  });
  return rewriting.inlines?.(rewritten) ?? rewritten;
}
