/** Where a command writes: results to standard output, progress and logs to standard error. */

export interface Terminal {
  /** Results. The text ends its own lines. */
  result(text: string): void;
  /** One line about what is going on. */
  log(line: string): void;
  /** A line that the next one replaces; only where a person is watching. "" clears it. */
  progress(line: string): void;
  /** How results are set: with colour and weight on a terminal, plain elsewhere and with NO_COLOR. */
  readonly style: Style;
}

export function printJson(terminal: Terminal, value: unknown): void {
  terminal.result(`${JSON.stringify(value, null, 2)}\n`);
}

export interface Style {
  strong(text: string): string;
  quiet(text: string): string;
  good(text: string): string;
  bad(text: string): string;
}

const plain: Style = { strong: same, quiet: same, good: same, bad: same };
const coloured: Style = {
  strong: (text) => `\u001b[1m${text}\u001b[22m`,
  quiet: (text) => `\u001b[2m${text}\u001b[22m`,
  good: (text) => `\u001b[32m${text}\u001b[39m`,
  bad: (text) => `\u001b[31m${text}\u001b[39m`,
};

function same(text: string): string {
  return text;
}

export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  // A reader that has seen enough (`parley ... | head`) closes the pipe; that is not a failure.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  const wantsColour = stdout.isTTY && !env["NO_COLOR"] && env["TERM"] !== "dumb";
  let shown = 0;
  const progress = (line: string): void => {
    if (!stderr.isTTY) return;
    const text = line.slice(0, Math.max(20, (stderr.columns ?? 80) - 1));
    stderr.write(`\r${text.padEnd(shown)}${text === "" ? "\r" : ""}`);
    shown = text.length;
  };
  return {
    result: (text) => {
      progress("");
      stdout.write(text);
    },
    log: (line) => {
      progress("");
      stderr.write(`${line}\n`);
    },
    progress,
    style: wantsColour ? coloured : plain,
  };
}
