/** The table of commands. Each is loaded only when it is called, so that none slows another's start. */
import type { Command } from "./command.ts";

export interface CommandEntry {
  readonly name: string;
  /** One line in the list that `parley --help` prints. */
  readonly summary: string;
  load(): Promise<{ readonly command: Command }>;
}

export const commands: readonly CommandEntry[] = [
  {
    name: "brackets",
    summary: "the structure of a bracketed text: clauses, brackets, alternatives",
    load: () => import("./commands/brackets.ts"),
  },
  {
    name: "convert",
    summary: "a draft as Markdown, plain text, Word or Akoma Ntoso; what it would give away",
    load: () => import("./commands/convert.ts"),
  },
  {
    name: "compare",
    summary: "what closed, opened and moved between two versions of a text",
    load: () => import("./commands/compare.ts"),
  },
  {
    name: "solve",
    summary: "the four reference packages of a problem, and its efficient frontier",
    load: () => import("./commands/solve.ts"),
  },
  {
    name: "settle",
    summary: "a text and preferences in, a reference package and the clean text out",
    load: () => import("./commands/settle.ts"),
  },
];
