import { describe, expect, test } from "vitest";
import { commands } from "../src/commands.ts";
import { parley } from "./command-line.ts";

describe("the frame of the command line", () => {
  test("--help lists every command and exits with 0", () => {
    const { status, out, log } = parley(["--help"]);
    expect({ status, log }).toEqual({ status: 0, log: "" });
    for (const { name, summary } of commands) expect(out).toContain(`${name.padEnd(8)}  ${summary}`);
  });

  test.each(commands.map(({ name }) => name))(
    "%s --help names each of its options, within 80 columns",
    async (name) => {
      const { status, out } = parley([name, "--help"]);
      expect(status).toBe(0);
      const entry = commands.find((known) => known.name === name);
      const { command } = (await entry?.load()) ?? {};
      for (const option of Object.keys(command?.options ?? {})) expect(out).toContain(`  --${option}`);
      expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
    },
  );

  test.each([
    [[], /a command is missing/],
    [["negotiate"], /there is no command "negotiate"/],
    [["brackets"], /a DRAFT is missing/],
    [["brackets", "a.md", "b.md"], /"b.md" is one argument too many/],
    [["solve", "x", "--fontier"], /there is no option --fontier/],
    [["solve", "x", "--solution"], /--solution needs a value/],
    [["solve", "x", "--solution", "fair"], /there are .*nash/],
    [["solve", "x", "--frontier", "--max-points", "many"], /"many" is not a number/],
    [["solve", "x", "--max-points", "3"], /add --frontier/],
    [["solve", "x", "--json=yes"], /--json takes no value/],
  ])("%j is bad usage: one line and exit status 2", (args, sentence) => {
    const { status, out, log } = parley(args);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(log).toMatch(sentence);
    expect(log.trimEnd().split("\n")).toHaveLength(1);
  });

  test("results carry no colour where nobody watches", () => {
    expect(parley(["brackets", "-"], "One [two] three.").out).not.toContain("\u001b");
  });
});
