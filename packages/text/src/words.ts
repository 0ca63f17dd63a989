/**
 * All words of a draft in reading order: numbers, labels and attributions among the text, tracked deletions
 * and notes included. What a reader must never lose or shift.
 */
import type { Block, Draft, Inline, Option } from "./model.ts";

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

export function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}

export function draftWords(draft: Draft): string[] {
  return wordsOf(
    [...draft.blocks.map(blockText), ...draft.notes.map((note) => inlinesText(note.content))].join("\n"),
  );
}

function blockText(block: Block): string {
  if (block.type === "clause") return `${block.ordinal} ${inlinesText(block.content)}`;
  return block.options
    .map((option) => `${optionStart(option)}${option.content.map(blockText).join("\n")}`)
    .join("\n");
}

function inlinesText(inlines: readonly Inline[]): string {
  return inlines.map(inlineText).join("");
}

/** A bracket parts words where it begins and ends at a space or a mark; within a word it does not. */
function inlineText(inline: Inline): string {
  if (inline.type === "text") return inline.text;
  if (inline.type === "note") return "";
  if (inline.type === "break") return `\n${inline.ordinal} `;
  const parts = inline.options.map((option) => `${optionStart(option)}${inlinesText(option.content)}`);
  return ` ${parts.join(" ")} `;
}

function optionStart(option: Option<unknown>): string {
  const proposers = (option.attributions ?? []).filter(({ role }) => role === "proposes");
  const names = proposers.map(({ party }) => party).join(", ");
  return `${option.label ?? ""} ${names} `;
}
