/** What `--help` prints: all of it comes from the commands themselves. */
import type { Command, CommandOption } from "./command.ts";
import { commands } from "./commands.ts";
import { fill } from "./layout.ts";

export function programHelp(): string {
  const widest = Math.max(...commands.map(({ name }) => name.length));
  return [
    "Usage: parley COMMAND ...",
    "",
    fill(
      "Parley is the place where adversaries negotiate: from a bracketed text and private preferences to a text that all can sign.",
      0,
    ),
    "",
    "Commands:",
    ...commands.map(({ name, summary }) => `  ${name.padEnd(widest)}  ${summary}`),
    "",
    "  parley COMMAND --help   says more about one",
    "  parley --version        prints the version",
    "",
    fill(
      "Results go to standard output, progress and logs to standard error. A file named - is standard input. Exit status: 0 done; 1 done, and the answer is no; 2 bad usage or bad input.",
      0,
    ),
    "",
  ].join("\n");
}

export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(([name, option]) => ({
    said: sayOption(name, option),
    option,
  }));
  const widest = Math.min(28, Math.max(0, ...options.map(({ said }) => said.length)));
  const indent = widest + 4;
  return [
    fill(`Usage: parley ${command.name} ${command.synopsis}`, 7 + "parley ".length),
    ...command.description.flatMap((paragraph) => ["", fill(paragraph, 0)]),
    "",
    "Options:",
    ...options.map(({ said, option }) =>
      said.length > widest
        ? `  ${said}\n${" ".repeat(indent)}${fill(option.help, indent)}`
        : fill(`  ${said.padEnd(widest)}  ${option.help}`, indent),
    ),
    ...(command.examples ? ["", "Examples:", ...command.examples.map((example) => `  ${example}`)] : []),
    "",
  ].join("\n");
}

function sayOption(name: string, option: CommandOption): string {
  if (option.optionalValue) return `--${name} [${option.optionalValue.join("|")}]`;
  if (option.value === undefined) return `--${name}`;
  return `--${name} ${option.value}${option.takes ? "..." : ""}`;
}
