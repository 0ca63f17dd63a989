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
  return [...contentWords(draft.blocks), ...draft.notes.flatMap(({ content }) => contentWords(content))];
}

/** The words of clauses, or of what stands in one. */
export function contentWords(content: readonly (Block | Inline)[]): string[] {
  return wordsOf(content.map(textOf).join(""));
}

/** A bracket parts words. */
function textOf(one: Block | Inline): string {
  switch (one.type) {
    case "text":
      return one.text;
    case "note":
      return "";
    case "break":
      return `\n${one.ordinal} `;
    case "clause":
      return `\n${one.ordinal} ${one.content.map(textOf).join("")}\n`;
    case "bracket":
      return ` ${one.options.map((option) => optionStart(option) + option.content.map(textOf).join("")).join(" ")} `;
  }
}

function optionStart(option: Option<unknown>): string {
  const proposers = (option.attributions ?? []).filter(({ role }) => role === "proposes");
  const names = proposers.map(({ party }) => party).join(", ");
  return `${option.label ?? ""} ${names} `;
}
