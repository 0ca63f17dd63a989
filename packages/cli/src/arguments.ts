/** Parses the words after `parley NAME`. */
import { parseArgs } from "node:util";
import { type Arguments, type Command, UsageError } from "./command.ts";

export function parseArguments(command: Command, argv: readonly string[]): Arguments {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, option]) => [
      name,
      { type: option.value === undefined ? ("boolean" as const) : ("string" as const), multiple: true },
    ]),
  );
  const { tokens } = parseArgs({
    args: attachValues(command, argv),
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const words: string[] = [];
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    const option = command.options[token.name];
    if (!option || !token.rawName.startsWith("--")) {
      throw new UsageError(`there is no option ${token.rawName}${didYouMean(command, token.name)}`);
    }
    if (option.value === undefined) {
      if (token.value !== undefined) throw new UsageError(`--${token.name} takes no value`);
      flags.add(token.name);
    } else {
      const given = values.get(token.name) ?? [];
      values.set(token.name, [...given, checkValue(token.name, token.value, option.optionalValue)]);
    }
  }
  for (const [name, given] of values) {
    if (!command.options[name]?.takes && given.length > 1) {
      throw new UsageError(`--${name} is given ${given.length} times`);
    }
  }
  return { words, flags, values };
}

function checkValue(name: string, value: string | undefined, choices: readonly string[] | undefined): string {
  if (choices) {
    if (value === undefined || value === "") return "";
    if (!choices.includes(value))
      throw new UsageError(`--${name} is followed by ${choices.join(", ")} or nothing`);
    return value;
  }
  if (value === undefined || value === "") throw new UsageError(`--${name} needs a value`);
  return value;
}

/**
 * Writes `--option=value` where parseArgs would not see it: an option that takes every word up to the next
 * option, and one whose value may be left out.
 */
function attachValues(command: Command, argv: readonly string[]): string[] {
  const attached: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] as string;
    if (word === "--") return [...attached, ...argv.slice(at)];
    const option = word.startsWith("--") ? command.options[word.slice(2)] : undefined;
    if (option?.optionalValue) {
      const chosen = option.optionalValue.find((choice) => choice === argv[at + 1]);
      attached.push(`${word}=${chosen ?? ""}`);
      if (chosen !== undefined) at++;
    } else if (option?.takes === "many") {
      let end = at + 1;
      while (end < argv.length && isWord(argv[end] as string)) end++;
      if (end === at + 1) throw new UsageError(`${word} needs a value`);
      for (const value of argv.slice(at + 1, end)) attached.push(`${word}=${value}`);
      at = end - 1;
    } else if (option?.value !== undefined && argv[at + 1] !== undefined && isWord(argv[at + 1] as string)) {
      attached.push(`${word}=${argv[++at]}`);
    } else attached.push(word);
  }
  return attached;
}

function isWord(text: string): boolean {
  return text === "-" || !text.startsWith("-");
}

function didYouMean(command: Command, name: string): string {
  const near = Object.keys(command.options).find((known) => known.startsWith(name.slice(0, 3)));
  return near ? `; is --${near} meant?` : "";
}
