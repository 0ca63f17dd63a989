/** Draft -> plain text: clauses with their numbers, brackets as brackets, notes at the end. */
import type { Draft } from "./model.ts";
import { paragraphsOf, type Run, runsOf } from "./paragraphs.ts";

/**
 * What plain text cannot carry: ids, marks (emphasis and the like), who supports an alternative or wants it
 * dropped, tracked changes (old and new words both stand), what a clause concerns, tables, note authors.
 */
export function renderPlain(draft: Draft): string {
  const head = [draft.exercise && "EXERCISE", draft.symbol, draft.title].filter((line) => line);
  const paragraphs = paragraphsOf(draft).map(({ form, level, ordinal, runs }) => {
    const indent = form === "paragraph" ? "    ".repeat(level) : "";
    return indent + [ordinal, words(runs)].filter((part) => part !== "").join(" ");
  });
  const notes = draft.notes.map(({ id, content }) => `[^${id}]: ${words(runsOf(content))}`);
  return `${[...head, ...paragraphs, ...notes].join("\n\n")}\n`;
}

function words(runs: readonly Run[]): string {
  return runs.map((run) => (run.type === "text" ? run.text : `[^${run.note}]`)).join("");
}
