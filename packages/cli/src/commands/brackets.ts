/** `parley brackets`: the structure of a bracketed text. */
import { bracketCourse } from "@parley/text";
import { type BracketDocument, type BracketEntry, bracketDocument } from "../bracket-document.ts";
import { caseBeside, readCase, readDraft } from "../case-source.ts";
import { type Arguments, type Command, oneWord } from "../command.ts";
import { noticeOf } from "../exercise.ts";
import { counted } from "../figures.ts";
import { cut, fill } from "../layout.ts";
import { printJson, type Style, type Terminal } from "../terminal.ts";

export const command: Command = {
  name: "brackets",
  synopsis: "DRAFT... [--summary] [--json]",
  description: [
    "Shows what is not agreed in a bracketed text: each clause with open brackets, the alternatives of each bracket, who backs them, and what was repaired while reading.",
    "DRAFT is a Markdown, plain text (.txt), Word (.docx) or Akoma Ntoso (.xml, .akn) file, or - for standard input. Reading never rejects a real draft; it repairs what is unbalanced and says so.",
  ],
  options: {
    summary: { help: "only the counts, by clause and by who holds them; of several drafts their course" },
    json: { help: "the same as JSON" },
  },
  examples: ["parley brackets examples/exercise-straits/draft.md", "parley brackets - --summary < draft.md"],
  async run(args: Arguments, terminal: Terminal): Promise<number> {
    if (args.words.length > 1 && args.flags.has("summary")) return course(args.words, args, terminal);
    const source = oneWord(args, "a DRAFT");
    const reading = readDraft(source);
    const beside = caseBeside(source);
    const exercise = reading.draft.exercise === true || (beside !== undefined && readCase(beside).exercise);
    const document = bracketDocument(reading, exercise);
    const summary = args.flags.has("summary");
    if (args.flags.has("json")) {
      const { clauses: _, brackets: __, inNotes: ___, ...counted } = document;
      printJson(terminal, summary ? counted : document);
    } else
      terminal.result(summary ? summaryText(document, terminal.style) : fullText(document, terminal.style));
    return 0;
  },
};

function summaryText(document: BracketDocument, style: Style): string {
  const lines = [...heading(document, style), ...countLines(document), ...measureLines(document)];
  return `${[...lines, ...repairLines(document)].join("\n")}\n`;
}

/** Brackets under each heading, and whose they are. */
function measureLines({ measure: { byClause, byHolder, unattributed } }: BracketDocument): string[] {
  const clauses = byClause.map(({ ordinal, heading: words, brackets }) => {
    const name = [ordinal, words].filter((part) => part !== "").join(" ") || "before the first heading";
    return `  ${String(brackets).padStart(5)}  ${cut(name, 70)}`;
  });
  const holders = byHolder.map(
    ({ party, proposes, supports }) =>
      `  ${String(proposes + supports).padStart(5)}  ${cut(party, 50)} (proposes in ${proposes}, supports in ${supports})`,
  );
  return [
    ...(clauses.length > 0 ? ["Brackets by clause:", ...clauses] : []),
    ...(holders.length > 0
      ? ["By who holds them:", ...holders, `  ${String(unattributed).padStart(5)}  nobody named`]
      : []),
  ];
}

/** The same counts of several versions, one a line: figures for a plot. */
function course(sources: readonly string[], args: Arguments, terminal: Terminal): number {
  const drafts = sources.map((version) => ({ version, draft: readDraft(version).draft }));
  const points = bracketCourse(drafts);
  const exercise = drafts.some(({ draft }) => draft.exercise === true);
  if (args.flags.has("json")) {
    printJson(terminal, { ...noticeOf(exercise), format: "parley-bracket-course/1", points });
    return 0;
  }
  const lines = points.map(({ version, brackets, byKind, words }) => {
    const kindsSaid = Object.values(byKind).map((count) => String(count).padStart(6));
    return `${String(brackets).padStart(8)}${kindsSaid.join("")}${String(words).padStart(8)}  ${version}`;
  });
  const head = "brackets   opt.  alt. block place.   words  version";
  terminal.result(`${[...(exercise ? ["EXERCISE"] : []), head, ...lines].join("\n")}\n`);
  return 0;
}

function fullText(document: BracketDocument, style: Style): string {
  const lines = heading(document, style);
  const within = new Map<string | null, BracketEntry[]>();
  for (const bracket of document.brackets) {
    if (!bracket.parent) within.set(bracket.clause, [...(within.get(bracket.clause) ?? []), bracket]);
  }
  let section = "";
  for (const clause of document.clauses) {
    if (clause.heading !== null)
      section = [clause.ordinal, clause.heading].filter((part) => part !== "").join(" ");
    for (const bracket of within.get(clause.id) ?? []) {
      if (section !== "") lines.push("", style.strong(section));
      section = "";
      lines.push(...bracketLines(bracket, document, 2, style));
    }
  }
  for (const bracket of within.get(null) ?? []) lines.push(...bracketLines(bracket, document, 2, style));
  return `${[...lines, "", ...countLines(document), ...repairLines(document)].join("\n")}\n`;
}

function heading({ notice, title, symbol }: BracketDocument, style: Style): string[] {
  const named = [title, symbol && `(${symbol})`].filter((part) => part).join(" ");
  return [...(notice ? [style.strong(notice)] : []), ...(named === "" ? [] : [fill(named, 0)])];
}

const kinds = {
  optional: "keep or drop",
  alternation: "one of",
  "option-block": "one of these options",
  placeholder: "words still missing",
} as const;

function bracketLines(
  bracket: BracketEntry,
  document: BracketDocument,
  indent: number,
  style: Style,
): string[] {
  const space = " ".repeat(indent);
  const said = [
    kinds[bracket.kind],
    bracket.openEnded && "others may be added",
    bracket.ambiguous && `a guess, please confirm${bracket.guess ? `: ${bracket.guess}` : ""}`,
  ].filter((part) => part);
  const lines = [`${space}${style.strong(`[${bracket.id}]`)} ${style.quiet(said.join("; "))}`];
  const widest = Math.max(...bracket.options.map(({ id }) => id.length), 0);
  for (const option of bracket.options) {
    const backers = bracket.attributions
      .filter((given) => given.option === option.id)
      .map(({ party, role }) => (role === "supports" ? `+${party}` : party));
    const who = backers.length === 0 ? "" : ` (${backers.join(", ")})`;
    const start = `${space}  ${option.id.padEnd(widest)}  `;
    const words = option.text === "" ? "no text" : option.text;
    lines.push(`${start}${cut(words, Math.max(20, 80 - start.length - who.length))}${style.quiet(who)}`);
    const nested = document.brackets.filter(
      ({ parent }) => parent?.bracket === bracket.id && parent.option === option.id,
    );
    for (const inner of nested) lines.push(...bracketLines(inner, document, indent + 4, style));
  }
  return lines;
}

function countLines({ counts, madeIds }: BracketDocument): string[] {
  const { byKind } = counts;
  const kindsSaid = [
    counted(byKind.optional, "optional text"),
    counted(byKind.alternation, "alternation"),
    counted(byKind["option-block"], "option block"),
    counted(byKind.placeholder, "placeholder"),
  ];
  const more = [
    `${counted(counts.options, "alternative")} to choose from`,
    `nested ${counts.deepest} deep`,
    counts.openEnded > 0 && `${counts.openEnded} open-ended`,
    counts.ambiguous > 0 && `${counts.ambiguous} to confirm`,
  ].filter((part) => part);
  const brackets =
    counts.brackets === 0
      ? "No bracket is open."
      : `${counted(counts.brackets, "bracket")}: ${kindsSaid.join(", ")}; ${more.join("; ")}.`;
  const made = `${counted(madeIds.length, "id")} made, as the text gives none; --json lists them.`;
  const notes = `${counted(counts.inNotes, "bracket")} more in notes: nobody's choice.`;
  return [fill(brackets, 0), ...(counts.inNotes > 0 ? [notes] : []), ...(madeIds.length > 0 ? [made] : [])];
}

function repairLines({ repairs }: BracketDocument): string[] {
  if (repairs.length === 0) return ["Nothing was repaired."];
  return [
    `${counted(repairs.length, "repair")}:`,
    ...repairs.map(({ line, column, done }) => fill(`  line ${line}, column ${column}: ${done}`, 4)),
  ];
}
