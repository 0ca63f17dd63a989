/** `parley convert`: a draft from one kind of file to another, and what it would give away. */
import { cleanDraft, findLeaks, type Leak, type Reading, renderMarkdown } from "@parley/text";
import { inFile } from "../case-source.ts";
import { type Arguments, type Command, UsageError } from "../command.ts";
import { checkWritable, parseDraft, writeDraft } from "../draft-file.ts";
import { noticeOf } from "../exercise.ts";
import { counted } from "../figures.ts";
import { fill } from "../layout.ts";
import { printJson, type Terminal } from "../terminal.ts";

export const command: Command = {
  name: "convert",
  synopsis: "IN OUT [--clean] [--json]",
  description: [
    "Writes a draft as another kind of file, by the endings of the names: .md (Markdown), .txt (plain text), .docx (Word), .xml or .akn (Akoma Ntoso).",
    "Lists what the text would give away: comments, tracked changes and their authors, words about the text, hidden words, names in the properties of a Word file or the meta of Akoma Ntoso, the draft that goes along in either, words that sound internal. IN may be - for standard input; OUT may be - for Markdown on standard output.",
  ],
  options: {
    clean: { help: "take out what can be taken out, and list it; words that only sound internal stay" },
    json: { help: "the list as JSON" },
  },
  examples: ["parley convert draft.docx draft.md", "parley convert draft.md to-send.docx --clean"],
  async run(args: Arguments, terminal: Terminal): Promise<number> {
    const [source, target, extra] = args.words;
    if (source === undefined || target === undefined || extra !== undefined) {
      throw new UsageError("two names are needed: the file to read and the file to write");
    }
    checkWritable(target, source);
    const clean = args.flags.has("clean");
    const { reading, findFileLeaks } = inFile(source, () => parseDraft(source));
    const leaks = [...inFile(source, findFileLeaks), ...findLeaks(reading.draft)];
    const draft = clean ? cleanDraft(reading.draft).draft : reading.draft;
    if (target === "-") terminal.result(renderMarkdown(draft));
    else writeDraft(target, draft, clean);
    report(target, reading, leaks, clean, args, terminal);
    return 0;
  },
};

function report(
  target: string,
  reading: Reading,
  leaks: readonly Leak[],
  clean: boolean,
  args: Arguments,
  terminal: Terminal,
): void {
  const removed = clean ? leaks.filter(({ removable }) => removable) : [];
  const left = leaks.filter((leak) => !removed.includes(leak));
  if (args.flags.has("json") && target !== "-") {
    const exercise = noticeOf(reading.draft.exercise === true);
    const repairs = reading.repairs.map(({ place, done }) => ({ ...place, done }));
    printJson(terminal, { ...exercise, format: "parley-conversion/1", out: target, repairs, removed, left });
    return;
  }
  const lines = [
    `${target === "-" ? "Markdown" : target} written; ${counted(reading.repairs.length, "repair")}, ${counted(reading.ambiguities.length, "bracket")} to confirm (parley brackets lists them).`,
    ...(removed.length > 0 ? ["Taken out:", ...removed.map(leakLine)] : []),
    ...(left.length > 0
      ? [clean ? "Left, for you to look at:" : "It would give away:", ...left.map(leakLine)]
      : []),
    ...(leaks.length === 0 ? ["Nothing in it that a reader should not see was found."] : []),
  ];
  for (const line of lines) {
    if (target === "-") terminal.log(line);
    else terminal.result(`${line}\n`);
  }
}

function leakLine({ kind, where, what }: Leak): string {
  return fill(`  ${kind.replace("-", " ")}, ${where}: ${what}`, 4);
}
