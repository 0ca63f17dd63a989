/**
 * The frontier beside NegMAS (https://github.com/yasserfarouk/negmas), the Python library of the field, on the
 * same problems: its exact sampler for two parties with additive points (MOBANOS), and its enumeration.
 *
 * `npm run bench:peers` installs the version named here from PyPI into a virtual environment of its own, below
 * `bench/` and not in the repository; where that cannot be done it says so.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { frontier, type Problem } from "@parley/solver";
import { additiveProblem, even } from "./solver-problems.ts";

export const negmasVersion = "0.16.0";

const environment = resolve(import.meta.dirname, ".venv");
const python = resolve(environment, "bin/python");

export interface PeerTask {
  readonly what: string;
  readonly method: "sampler" | "enumeration";
  readonly problem: Problem;
}

export interface PeerRow {
  readonly what: string;
  /** The median of 25 calls, and the first, in which the engine still compiles. */
  readonly ours: { readonly cpuMs: number; readonly firstMs: number; readonly points: number };
  /** Missing where NegMAS is not installed. */
  readonly negmas?: { readonly cpuMs: number; readonly points: number };
  /** How many times as long as our median NegMAS takes. */
  readonly ratio?: number;
}

export function peerTasks(): PeerTask[] {
  const two = (issues: number): Problem =>
    additiveProblem({ parties: 2, options: even(issues, 10), seed: 1 });
  return [
    { what: "2 parties, 30 x 10, its sampler", method: "sampler", problem: two(30) },
    { what: "2 parties, 50 x 10, its sampler", method: "sampler", problem: two(50) },
    { what: "2 parties, 100,000 outcomes, its enumeration", method: "enumeration", problem: two(5) },
    {
      what: "3 parties, 100,000 outcomes, its enumeration",
      method: "enumeration",
      problem: additiveProblem({ parties: 3, options: even(5, 10), seed: 1 }),
    },
  ];
}

/** Why NegMAS cannot be had, or null where it is installed now. */
export function installNegmas(): string | null {
  const run = (command: string, args: readonly string[]): string | null => {
    const { status, error, stderr } = spawnSync(command, args, { encoding: "utf8", timeout: 600_000 });
    return status === 0
      ? null
      : (error?.message ?? (stderr.trim().split("\n").at(-1) || `${command} failed`));
  };
  return (
    (existsSync(python) ? null : run("python3", ["-m", "venv", environment])) ??
    run(python, ["-m", "pip", "install", "--quiet", `negmas==${negmasVersion}`])
  );
}

/** @param beside Whether NegMAS is to run too. */
export function measurePeers(tasks: readonly PeerTask[], beside: boolean): PeerRow[] {
  return tasks.map((task) => {
    const times: number[] = [];
    let points = 0;
    for (let run = 0; run < 25; run++) {
      const started = process.cpuUsage();
      points = frontier(task.problem).size;
      const { user, system } = process.cpuUsage(started);
      times.push((user + system) / 1000);
    }
    const [firstMs = 0] = times;
    const cpuMs = times.sort((one, other) => one - other)[12] ?? 0;
    const ours = { cpuMs, firstMs, points };
    if (!beside) return { what: task.what, ours };
    const negmas = byNegmas(task);
    return { what: task.what, ours, negmas, ratio: negmas.cpuMs / ours.cpuMs };
  });
}

/** The line that the script reads. */
export function lineOf({ method, problem }: PeerTask): string {
  const parties = problem.parties.map((party) =>
    problem.issues.map(({ id, options }) =>
      options.map((option) => problem.scores[party.id]?.[id]?.[option.id] ?? 0),
    ),
  );
  return JSON.stringify({ method, issues: problem.issues.map(({ options }) => options.length), parties });
}

function byNegmas(task: PeerTask): { cpuMs: number; points: number } {
  const { status, stdout, stderr } = spawnSync(python, [resolve(import.meta.dirname, "negmas_frontier.py")], {
    input: `${lineOf(task)}\n`,
    encoding: "utf8",
    timeout: 900_000,
  });
  if (status !== 0) throw new Error(`NegMAS failed: ${stderr.trim().split("\n").at(-1)}`);
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as { cpuMs: number; points: number };
}
