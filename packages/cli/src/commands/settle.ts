/** `parley settle`: text and preferences in, a reference package and the clean text out. */
import type { SolutionDocument, SolutionName, SolvedPackage } from "@parley/solver";
import { type Draft, renderMarkdown, renderPlain } from "@parley/text";
import { type CaseSource, caseBeside, readCaseSource } from "../case-source.ts";
import { type Arguments, type Command, lastValue, oneWord, UsageError } from "../command.ts";
import { checkWritable, writeDraft } from "../draft-file.ts";
import { exerciseNotice, noticeOf } from "../exercise.ts";
import { fill } from "../layout.ts";
import { type Settlement, settlementOf } from "../settlement.ts";
import { settlementReport } from "../settlement-report.ts";
import { failureLines } from "../solution-report.ts";
import { solveOnThread } from "../solving.ts";
import { printJson, type Terminal } from "../terminal.ts";
import { exitStatus, readSolution } from "./solve.ts";

export const command: Command = {
  name: "settle",
  synopsis: "DRAFT --preferences FILE... [--case FILE] [--solution NAME] [--out FILE] [--json]",
  description: [
    "Settles a bracketed text: finds the reference package of the principals' preferences, says what it takes in each bracket and what that is worth to whom, and writes the clean text.",
    "A case.json beside the draft (or --case) says who is a principal and which alternatives the text itself ties together; without it every preferences file is a principal's. Only principals decide. The preferences of affected parties inform: their gains and the red lines that are crossed are reported, and a clause that concerns one is marked as not binding on it without its acceptance.",
    "Exit status 1 where there is no agreement zone, or where red lines and linkages leave no package at all.",
  ],
  options: {
    preferences: {
      value: "FILE",
      takes: "many",
      help: "preferences files (parley-preferences/1), one a party",
    },
    case: { value: "FILE", help: "the case; otherwise case.json beside the draft, if it is there" },
    solution: {
      value: "NAME",
      help: "nash (if nothing is said), kalai-smorodinsky, egalitarian or utilitarian",
    },
    out: {
      value: "FILE",
      help: "write the clean text there (.md, .txt, .docx, .xml or .akn), not below the report",
    },
    json: { help: "report and clean text as JSON (parley-settlement/1)" },
  },
  examples: [
    "parley settle examples/exercise-straits/draft.md \\",
    "  --preferences examples/exercise-straits/preferences/*.json",
  ],
  async run(args: Arguments, terminal: Terminal): Promise<number> {
    const source = oneWord(args, "a DRAFT (before --preferences)");
    const preferences = args.values.get("preferences") ?? [];
    if (preferences.length === 0)
      throw new UsageError("--preferences is missing: name one file for each party");
    const name = readSolution(lastValue(args, "solution") ?? "nash", "--solution");
    const out = lastValue(args, "out");
    if (out !== undefined) checkWritable(out, source);
    const caseSource = readCaseSource(source, preferences, lastValue(args, "case") ?? caseBeside(source));
    const document = await solveOnThread(
      { problem: caseSource.bargaining.problem, solutions: [name] },
      terminal,
    );
    const solution = document.solutions[name];
    if (!solution || !("gains" in solution)) return refuse(document, caseSource, args, terminal);
    const settlement = settlementOf(caseSource, solution);
    if (out !== undefined) writeDraft(out, settlement.text, true);
    if (args.flags.has("json"))
      printJson(terminal, settlementDocument(name, solution, settlement, caseSource));
    else terminal.result(settlementText(name, solution, settlement, caseSource, out, terminal));
    return 0;
  },
};

function refuse(
  document: SolutionDocument,
  { exercise, bargaining }: CaseSource,
  args: Arguments,
  terminal: Terminal,
): number {
  const [solution] = Object.values(document.solutions);
  if (args.flags.has("json")) {
    printJson(terminal, { ...noticeOf(exercise), format: "parley-settlement/1", ...solution });
  } else {
    const parties = bargaining.problem.parties.map(({ id }) => id);
    const head = exercise ? [terminal.style.strong(exerciseNotice)] : [];
    terminal.result(`${[...head, ...(solution ? failureLines(solution, parties) : [])].join("\n")}\n`);
  }
  return exitStatus([solution]);
}

function settlementText(
  name: SolutionName,
  solved: SolvedPackage,
  settlement: Settlement,
  { exercise, reading }: CaseSource,
  out: string | undefined,
  { style }: Terminal,
): string {
  const { title, symbol } = reading.draft;
  const lines = [
    ...(exercise ? [style.strong(exerciseNotice)] : []),
    fill([title, symbol && `(${symbol})`].filter((part) => part).join(" "), 0),
    "",
    settlementReport(name, solved, settlement, style),
    out === undefined
      ? `${style.strong("The clean text")}\n\n${setForReading(settlement.text)}`
      : `The clean text is in ${out}.\n`,
  ];
  return lines.join("\n");
}

/** Plain text in lines of at most 80 characters, paragraphs hanging from their indentation. */
function setForReading(draft: Draft): string {
  return renderPlain(draft)
    .split("\n")
    .map((line) => fill(line, /^ */.exec(line)?.[0].length ?? 0))
    .join("\n");
}

function settlementDocument(
  name: SolutionName,
  solved: SolvedPackage,
  settlement: Settlement,
  source: CaseSource,
) {
  const { text, ...rest } = settlement;
  const { outcome: _, work: __, ...proof } = solved;
  return {
    ...noticeOf(source.exercise),
    format: "parley-settlement/1",
    draft: { title: source.reading.draft.title, symbol: source.reading.draft.symbol },
    solution: name,
    ...proof,
    ...rest,
    text: renderMarkdown(text),
  };
}
