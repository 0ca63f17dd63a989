/** `parley compare`: what closed, opened, changed and moved between two versions of a text. */
import {
  type BracketChange,
  type ClauseChange,
  type Comparison,
  compareDrafts,
  type Draft,
  redline,
} from "@parley/text";
import { readDraft } from "../case-source.ts";
import { type Arguments, type Command, lastValue, UsageError } from "../command.ts";
import { checkWritable, writeDraft } from "../draft-file.ts";
import { noticeOf } from "../exercise.ts";
import { counted } from "../figures.ts";
import { cut, fill } from "../layout.ts";
import { printJson, type Style, type Terminal } from "../terminal.ts";

export const command: Command = {
  name: "compare",
  synopsis: "A B [--out FILE] [--author NAME] [--json]",
  description: [
    "Says which brackets closed between version A and version B, and how (which alternative won, dropped, or a compromise), which opened, changed or moved, and which clauses changed, moved or got another number. By words: neither new numbers nor paragraphs that moved mislead it.",
    "A and B are Markdown, plain text, Word or Akoma Ntoso files; one of them may be - for standard input.",
  ],
  options: {
    out: { value: "FILE", help: "write the comparison version there, with tracked changes (.docx, .md)" },
    author: { value: "NAME", help: 'whose the tracked changes are; otherwise "Parley"' },
    json: { help: "the same as JSON (parley-comparison/1)" },
  },
  examples: ["parley compare rev1.docx rev2.docx --out changes.docx"],
  async run(args: Arguments, terminal: Terminal): Promise<number> {
    const [before, after, extra] = args.words;
    if (before === undefined || after === undefined || extra !== undefined) {
      throw new UsageError("two drafts are needed: the older and the newer version");
    }
    const out = lastValue(args, "out");
    if (out !== undefined) checkWritable(out);
    const old = readDraft(before).draft;
    const now = readDraft(after).draft;
    const comparison = compareDrafts(old, now);
    if (out !== undefined) writeDraft(out, redline(old, now, lastValue(args, "author") ?? "Parley"), true);
    const exercise = old.exercise === true || now.exercise === true;
    if (args.flags.has("json")) {
      printJson(terminal, { ...noticeOf(exercise), format: "parley-comparison/1", ...comparison });
    } else terminal.result(textOf(comparison, now, exercise, terminal.style));
    return 0;
  },
};

function textOf(comparison: Comparison, after: Draft, exercise: boolean, style: Style): string {
  const { brackets, clauses } = comparison;
  const of = (change: string) => brackets.filter((one) => one.change === change);
  const lines = [
    ...(exercise ? [style.strong("EXERCISE")] : []),
    ...(after.title === "" ? [] : [after.title]),
    fill(
      `${counted(of("closed").length, "bracket")} closed, ${of("opened").length} opened, ${of("changed").length} changed, ${of("same").length} as before; ${brackets.filter(({ moved }) => moved).length} moved.`,
      0,
    ),
    fill(
      `${counted(clauses.filter(({ change }) => change === "changed").length, "clause")} changed, ${clauses.filter(({ change }) => change === "added").length} added, ${clauses.filter(({ change }) => change === "removed").length} removed, ${clauses.filter(({ moved }) => moved).length} moved, ${clauses.filter(({ renumbered }) => renumbered).length} with another number.`,
      0,
    ),
  ];
  const shown = brackets.filter(({ change, moved }) => change !== "same" || moved);
  if (shown.length > 0) lines.push("", ...shown.map((one) => bracketLine(one, style)));
  const changed = clauses.filter(({ change, moved }) => change !== "same" || moved);
  if (changed.length > 0) lines.push("", ...changed.flatMap((one) => clauseLines(one, style)));
  return `${lines.join("\n")}\n`;
}

function bracketLine(
  { change, moved, before, after, clause, words, closing }: BracketChange,
  style: Style,
): string {
  const name = style.strong(`[${before ?? after}]`);
  const what = change === "same" ? "moved" : `${change}${moved ? " and moved" : ""}`;
  const how = closing === undefined ? "" : `: ${closingWords(closing)}`;
  const at = clause === undefined ? "" : ` in ${clause}`;
  return `${name} ${what}${at}${how} ${style.quiet(`(${cut(words, 60)})`)}`;
}

function closingWords(closing: NonNullable<BracketChange["closing"]>): string {
  switch (closing.how) {
    case "won":
      return `"${closing.option}" won`;
    case "dropped":
      return "dropped, no text";
    case "compromise":
      return `a compromise, "${cut(closing.words, 60)}"`;
    case "clause-removed":
      return "its clause went";
  }
}

function clauseLines(
  { before, after, change, moved, renumbered, edits }: ClauseChange,
  style: Style,
): string[] {
  const number = renumbered ? ` ${renumbered[0] || "no number"} -> ${renumbered[1] || "no number"}` : "";
  const head = `${style.strong(String(after ?? before))} ${change === "same" ? "moved" : change}${moved && change !== "same" ? " and moved" : ""}${number}`;
  if (change === "same") return [head];
  const words = edits.flatMap((edit) => {
    const text = edit.words.join(" ");
    if (edit.change === "same")
      return [text.length > 60 ? `${text.slice(0, 25)} ... ${text.slice(-25)}` : text];
    return [edit.change === "inserted" ? style.good(`{+${text}+}`) : style.bad(`{-${text}-}`)];
  });
  return [head, fill(`  ${words.join(" ")}`, 2)];
}
