/** `parley`: finds the command, runs it, and turns what goes wrong into one line and an exit status. */
import { readFileSync } from "node:fs";
import { parseArguments } from "./arguments.ts";
import { InputError, UsageError } from "./command.ts";
import { commands } from "./commands.ts";
import { commandHelp, programHelp } from "./help.ts";
import { processTerminal, type Terminal } from "./terminal.ts";

/**
 * Runs one command line. Exit status: 0 done; 1 done, and the answer is no; 2 bad usage or bad input;
 * 70 a fault of Parley itself, which scripts must not take for an answer.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const terminal = processTerminal();
  const [name, ...rest] = argv;
  try {
    if (name === "--version") {
      terminal.result(`parley ${version()}\n`);
      return 0;
    }
    if (name === "--help" || name === "-h" || (name === "help" && rest.length === 0)) {
      terminal.result(programHelp());
      return 0;
    }
    if (name === "help") return await runCommand(rest[0] as string, ["--help"], terminal);
    if (name === undefined) {
      throw new UsageError(`a command is missing: one of ${commands.map((entry) => entry.name).join(", ")}`);
    }
    return await runCommand(name, rest, terminal);
  } catch (error) {
    return explain(
      error,
      commands.some((entry) => entry.name === name) ? `parley ${name}` : "parley",
      terminal,
    );
  }
}

async function runCommand(name: string, argv: readonly string[], terminal: Terminal): Promise<number> {
  const entry = commands.find((known) => known.name === name);
  if (!entry) {
    throw new UsageError(
      `there is no command ${JSON.stringify(name)}; there are ${commands.map((known) => known.name).join(", ")}`,
    );
  }
  const { command } = await entry.load();
  const end = argv.indexOf("--");
  const words = end === -1 ? argv : argv.slice(0, end);
  if (words.includes("--help") || words.includes("-h")) {
    terminal.result(commandHelp(command));
    return 0;
  }
  return command.run(parseArguments(command, argv), terminal);
}

function explain(error: unknown, who: string, terminal: Terminal): number {
  if (error instanceof UsageError) {
    terminal.log(`${who}: ${oneLine(error.message)} (${who} --help says more)`);
    return 2;
  }
  if (error instanceof InputError) {
    terminal.log(`${who}: ${oneLine(error.message)}`);
    return 2;
  }
  terminal.log(
    `${who}: this is a fault of Parley, not of your input: ${error instanceof Error ? error.stack : error}`,
  );
  return 70;
}

/** What came from a file may hold line breaks and control characters; a message is one printable line. */
function oneLine(text: string): string {
  const printable = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ");
  return printable.length > 600 ? `${printable.slice(0, 600)}...` : printable;
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return (manifest as { version: string }).version;
}
