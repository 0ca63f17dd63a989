/** Draft -> plain text: clauses with their numbers, brackets as brackets, notes at the end. */
import type { Block, Draft, Inline, InlineBracket, Option } from "./model.ts";

/**
 * What plain text cannot carry: ids, marks (emphasis and the like), attributions not in the words, tracked
 * changes (both old and new words stand), what a clause concerns, table places.
 */
export function renderPlain(draft: Draft): string {
  const head = [draft.exercise && "EXERCISE", draft.symbol, draft.title].filter((line) => line);
  const notes = draft.notes.map((note) => `[^${note.id}]: ${inlineText(note.content)}`);
  return `${[...head, ...draft.blocks.map(blockText), ...notes].join("\n\n")}\n`;
}

function blockText(block: Block): string {
  if (block.type === "clause") {
    const indent = block.form === "paragraph" ? "    ".repeat(block.level) : "";
    const line = [block.ordinal, inlineText(block.content)].filter((part) => part !== "").join(" ");
    return `${indent}${line}`;
  }
  if (block.kind === "option-block") {
    const parts = block.options.map((option, index) => {
      const label = option.label ?? `Option ${index + 1}:`;
      return [label, ...option.content.map(blockText)].join("\n\n");
    });
    return [...parts, "{End of options}"].join("\n\n");
  }
  const shown = block.options.filter((option) => option.content.length > 0);
  return shown.map((option) => `[${option.content.map(blockText).join("\n\n")}]`).join("");
}

function inlineText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.type === "text") return inline.text;
      if (inline.type === "note") return `[^${inline.note}]`;
      if (inline.type === "break") return `\n\n${inline.ordinal}${inline.ordinal === "" ? "" : " "}`;
      return bracketText(inline);
    })
    .join("");
}

function bracketText(bracket: InlineBracket): string {
  const shown = bracket.options.filter(
    (option: Option<Inline>) => !(bracket.kind === "optional" && option.noText),
  );
  return shown.map(({ label, content }) => `[${label ? `${label} ` : ""}${inlineText(content)}]`).join("");
}
