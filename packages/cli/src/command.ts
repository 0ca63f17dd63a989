/**
 * What a command of `parley` is. A command describes its options once; parsing and `--help` both come from
 * that. To add one: a file in `commands/` that exports `command`, and a row in `commands.ts`.
 */
import type { Terminal } from "./terminal.ts";

export interface CommandOption {
  /** What stands for the value in the help, such as `FILE`; without it the option is a flag. */
  readonly value?: string;
  /** `many`: every word up to the next option belongs to it. `repeat`: may be given several times. */
  readonly takes?: "many" | "repeat";
  /** The value may be left out; where it is given it is one of these. */
  readonly optionalValue?: readonly string[];
  readonly help: string;
}

export interface Command {
  readonly name: string;
  /** Arguments and options in one line, as after `parley NAME`. */
  readonly synopsis: string;
  /** Paragraphs. */
  readonly description: readonly string[];
  readonly options: Readonly<Record<string, CommandOption>>;
  readonly examples?: readonly string[];
  /** Exit status: 0 done; 1 done, and the answer is no. Bad usage and bad input are thrown. */
  run(args: Arguments, terminal: Terminal): Promise<number>;
}

/** The words of one command line, checked against the command's options. */
export interface Arguments {
  readonly words: readonly string[];
  readonly flags: ReadonlySet<string>;
  /** Values in the order given. An option whose value was left out has "". */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** The last value given, as a later one overrides an earlier. */
export function lastValue(args: Arguments, option: string): string | undefined {
  return args.values.get(option)?.at(-1);
}

/** The one word that a command takes; `what` names it where it is missing. */
export function oneWord(args: Arguments, what: string): string {
  const [word, extra] = args.words;
  if (word === undefined) throw new UsageError(`${what} is missing`);
  if (extra !== undefined) throw new UsageError(`${JSON.stringify(extra)} is one argument too many`);
  return word;
}

/** The command line itself is wrong: exit status 2. */
export class UsageError extends Error {}

/** What was read is wrong: exit status 2. The message names the file and the place in it. */
export class InputError extends Error {
  constructor(source: string, sentence: string) {
    super(`${source === "-" ? "standard input" : source}: ${sentence}`);
  }
}
