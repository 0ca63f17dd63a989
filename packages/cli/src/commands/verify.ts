/** `parley verify`: checks an exported case offline. */
import { createReadStream } from "node:fs";
import { type CaseState, caseRules } from "@parley/core";
import { type ExportVerdict, MalformedError, parseCheckpoint, parseNote, verifyExport } from "@parley/ledger";
import { type Arguments, type Command, InputError, oneWord } from "../command.ts";
import { counted } from "../figures.ts";
import { readText, withSystemErrors } from "../input.ts";
import { fill } from "../layout.ts";
import { printJson, type Style, type Terminal } from "../terminal.ts";

type Verdict = ExportVerdict<CaseState | undefined>;

const chunkBytes = 256 * 1024;

export const command: Command = {
  name: "verify",
  synopsis: "EXPORT [--head FILE]... [--json]",
  description: [
    "Checks an exported case without any server: every signature, every place in its log, the rules of the case, the tree, checkpoints, cosignatures, and the last line. It names the first thing that is wrong, and then the exit status is 1.",
    "A head is a checkpoint that you have from elsewhere: kept from an earlier visit, or read to you by somebody who has one. Without it a file that is consistent may still lack its newest entries, and the answer says so.",
  ],
  options: {
    head: { value: "FILE", takes: "repeat", help: "a checkpoint that the file has to contain" },
    json: { help: "the answer as JSON" },
  },
  examples: ["parley verify case.parley", "parley verify case.parley --head yesterday.checkpoint"],
  async run(args: Arguments, terminal: Terminal): Promise<number> {
    const source = oneWord(args, "an EXPORT");
    const heads = (args.values.get("head") ?? []).map((file) => ({ file, note: readText(file) }));
    const verdict = await verify(source, heads, terminal);
    if (args.flags.has("json")) printJson(terminal, documentOf(verdict));
    else terminal.result(`${reportOf(verdict, terminal.style).join("\n")}\n`);
    return verdict.valid ? 0 : 1;
  },
};

async function verify(
  source: string,
  heads: readonly { readonly file: string; readonly note: string }[],
  terminal: Terminal,
): Promise<Verdict> {
  for (const { file, note } of heads) {
    try {
      parseCheckpoint(parseNote(note).text);
    } catch (error) {
      if (error instanceof MalformedError)
        throw new InputError(file, `this is no checkpoint: ${error.message}`);
      throw error;
    }
  }
  const options = { heads: heads.map(({ note }) => note) };
  try {
    return await verifyExport(readChunks(source, terminal), caseRules, options);
  } catch (error) {
    return withSystemErrors(source, () => {
      throw error;
    });
  } finally {
    terminal.progress("");
  }
}

async function* readChunks(source: string, terminal: Terminal): AsyncGenerator<Uint8Array> {
  const stream = source === "-" ? process.stdin : createReadStream(source, { highWaterMark: chunkBytes });
  let read = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    read += chunk.length;
    terminal.progress(`checked ${(read / 1e6).toFixed(1)} MB`);
    yield chunk;
  }
}

/** What `--json` prints: the verdict without the state that was folded. */
function documentOf(verdict: Verdict): object {
  if (!verdict.valid) return { format: "parley-verification/1", ...verdict };
  const { state, ...established } = verdict;
  return { format: "parley-verification/1", ...established, title: state?.people.title ?? "" };
}

function reportOf(verdict: Verdict, style: Style): string[] {
  if (!verdict.valid) {
    const { code, sentence, line, log, seq } = verdict.fault;
    const place = [`line ${line}`, log && `log ${log}`, seq !== undefined && `entry ${seq}`].filter(Boolean);
    return [style.bad("This record does not verify."), fill(`${place.join(", ")}: ${sentence} (${code})`, 0)];
  }
  const { state, logs, tail, caseId, seat } = verdict;
  const people = state?.people;
  return [
    ...(people?.exercise ? [style.strong("EXERCISE")] : []),
    style.good("Everything in this record verifies."),
    `${people?.title ?? ""} (case ${caseId}), ${seat === null ? "as its keeper has it" : `as the seat ${seat} is given it`}`,
    ...logs.map(({ log, head, redacted, cosignatures }) => {
      const said = [
        `${head.size} ${head.size === 1 ? "entry" : "entries"}`,
        redacted > 0 && `${redacted} of them by hash only`,
        counted(cosignatures, "cosignature"),
      ].filter(Boolean);
      return `  ${log === "shared" ? "shared log" : `circle ${log}`}: ${said.join(", ")}; root ${head.root}`;
    }),
    fill(
      tail === "unproven"
        ? "It is consistent in itself; whether newer entries are missing is not proven. Give a head from elsewhere with --head."
        : "It contains the heads given: nothing up to them is missing or was rewritten.",
      0,
    ),
  ];
}
