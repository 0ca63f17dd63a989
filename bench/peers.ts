/**
 * The frontier beside NegMAS (https://github.com/yasserfarouk/negmas), the Python library of the field, on the
 * same problems: its exact sampler for two parties with additive points (MOBANOS), its enumeration, and whole
 * domains of the ANAC competitions from their files to all results, where these lie beside the project.
 *
 * `npm run bench:peers` installs the versions named here from PyPI into virtual environments of their own, below
 * `bench/` and not in the repository; where that cannot be done it says so.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { frontier, type Problem, readProblemFiles, solve } from "@parley/solver";
import { additiveProblem, even } from "./solver-problems.ts";

/** The newest; the sampler came with it. */
export const negmasVersion = "0.16.0";
/** The last without the sampler: its enumeration is measured too. */
export const olderNegmas = "0.15.7";

const pythonOf = (version: string): string =>
  resolve(import.meta.dirname, `.venv-negmas-${version}`, "bin/python");

export interface PeerTask {
  readonly what: string;
  readonly method: "sampler" | "enumeration" | "files";
  readonly problem: Problem;
  /** Where the files of the domain are, for `files`. */
  readonly folder?: string;
}

export interface PeerRow {
  readonly what: string;
  /**
   * CPU milliseconds with every point listed: the median of 25 calls after 200 in which the engine compiles
   * (fewer where a call is long), and the very first call.
   */
  readonly ours: { readonly cpuMs: number; readonly firstMs: number; readonly points: number };
  /** CPU milliseconds, the median where a call is short. Missing where NegMAS is not installed. */
  readonly negmas?: NegmasFigures;
  readonly olderNegmas?: NegmasFigures;
  /** How many times as long as our median, and as our first call, the newest NegMAS takes. */
  readonly ratio?: number;
  readonly firstRatio?: number;
}

interface NegmasFigures {
  readonly cpuMs: number;
  readonly points: number;
  /**
   * Whether, on the problem as we read it, it lists every efficient vector of ours, and beside them only what one of
   * ours equals or betters but for the last digit of its floating point, on which its dominance turns.
   */
  readonly same: boolean;
  /** Why it does not read the domain's files; its figures are then those of its enumeration of the domain as we read it. */
  readonly unread?: string;
}

const scenarios = resolve(import.meta.dirname, "../../shared/data/scenarios");

/** Domains of a hundred thousand outcomes and more. */
const largeDomains = [
  "21-supermarket-2012B-rv",
  "23-killer-robot-2015-5p-intissue",
  "24-energy-2011",
  "26-ampo-vs-city",
];

export function peerTasks(): PeerTask[] {
  const generated = (parties: number, options: readonly number[]): Problem =>
    additiveProblem({ parties, options, seed: 1 });
  const domains = existsSync(scenarios) ? largeDomains : [];
  return [
    { what: "2 parties, 30 x 10, its sampler", method: "sampler", problem: generated(2, even(30, 10)) },
    { what: "2 parties, 50 x 10, its sampler", method: "sampler", problem: generated(2, even(50, 10)) },
    {
      what: "2 parties, 100,000 outcomes, its enumeration",
      method: "enumeration",
      problem: generated(2, even(5, 10)),
    },
    {
      what: "3 parties, 100,000 outcomes, its enumeration",
      method: "enumeration",
      problem: generated(3, even(5, 10)),
    },
    {
      what: "5 parties, 240,000 outcomes, its enumeration",
      method: "enumeration",
      problem: generated(5, [8, 6, 5, 10, 10, 10]),
    },
    ...domains.map((name): PeerTask => {
      const folder = resolve(scenarios, name);
      return {
        what: `${name}, files to all results`,
        method: "files",
        folder,
        problem: readFolder(folder),
      };
    }),
  ];
}

function readFolder(folder: string): Problem {
  const files = readdirSync(folder)
    .sort()
    .map((name) => ({ name, text: readFileSync(resolve(folder, name), "utf8") }));
  return readProblemFiles(files).problem;
}

/** Why NegMAS cannot be had, or null where it is installed now. */
export function installNegmas(version: string): string | null {
  const python = pythonOf(version);
  const run = (command: string, args: readonly string[]): string | null => {
    const { status, error, stderr } = spawnSync(command, args, { encoding: "utf8", timeout: 600_000 });
    return status === 0
      ? null
      : (error?.message ?? (stderr.trim().split("\n").at(-1) || `${command} failed`));
  };
  return (
    (existsSync(python) ? null : run("python3", ["-m", "venv", resolve(python, "../..")])) ??
    run(python, ["-m", "pip", "install", "--quiet", `negmas==${version}`])
  );
}

/** Calls that warm the engine, and calls of which the median counts, as long as they take no more than this. */
const warmingCalls = 200;
const countedCalls = 25;
const mostSeconds = 5;

/** @param beside The versions of NegMAS that are to run too. */
export function measurePeers(tasks: readonly PeerTask[], beside: readonly string[]): PeerRow[] {
  return tasks.map((task): PeerRow => {
    const ours = measureOurs(task);
    const [newest, older] = beside.map((version) => byNegmas(task, version));
    return {
      what: task.what,
      ours,
      ...(newest
        ? { negmas: newest, ratio: newest.cpuMs / ours.cpuMs, firstRatio: newest.cpuMs / ours.firstMs }
        : {}),
      ...(older ? { olderNegmas: older } : {}),
    };
  });
}

function measureOurs({ problem, folder }: PeerTask): PeerRow["ours"] {
  let points = 0;
  const call = (): number => {
    const started = process.cpuUsage();
    const asked = folder === undefined ? problem : readFolder(folder);
    points = [...frontier(asked)].length;
    if (folder !== undefined) solve(asked);
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  };
  const firstMs = call();
  const warming = Math.min(warmingCalls, Math.floor((mostSeconds * 1000) / firstMs));
  for (let run = 0; run < warming; run++) call();
  const times = Array.from({ length: Math.min(countedCalls, Math.max(1, warming)) }, call);
  return { cpuMs: times.sort((one, other) => one - other)[times.length >> 1] ?? firstMs, firstMs, points };
}

type Line =
  | { readonly method: "files"; readonly folder: string }
  | {
      readonly method: "sampler" | "enumeration";
      readonly issues: readonly number[];
      readonly parties: readonly (readonly (readonly number[])[])[];
    };

/** What the script reads, but for how often. */
export function lineOf({ method, problem, folder }: PeerTask): Line {
  if (method === "files") return { method, folder: folder ?? "" };
  const parties = problem.parties.map((party) =>
    problem.issues.map(({ id, options }) =>
      options.map((option) => problem.scores[party.id]?.[id]?.[option.id] ?? 0),
    ),
  );
  return { method, issues: problem.issues.map(({ options }) => options.length), parties };
}

function byNegmas(task: PeerTask, version: string): NegmasFigures | undefined {
  if (task.method === "sampler" && version !== negmasVersion) return undefined;
  const own = ask(lineOf(task), task.method === "sampler" ? 5 : 1, version);
  if ("failure" in own && task.method !== "files")
    throw new Error(`NegMAS ${version} failed: ${own.failure}`);
  // It reads files otherwise than GENIUS computes them: whether frontiers are the same is asked of one reading.
  const compared =
    task.method === "files" ? ask(lineOf({ ...task, method: "enumeration" }), 1, version) : own;
  if ("failure" in compared) throw new Error(`NegMAS ${version} failed: ${compared.failure}`);
  const vectors = [...frontier(task.problem)].map(({ utilities }) =>
    task.problem.parties.map(({ id }) => utilities[id] ?? 0),
  );
  const same = agree(vectors, compared.vectors);
  if ("failure" in own) {
    return { cpuMs: compared.cpuMs, points: compared.vectors.length, same, unread: own.failure };
  }
  return { cpuMs: own.cpuMs, points: own.vectors.length, same };
}

type Vectors = readonly (readonly number[])[];

/** Its vectors come with six decimals. */
const lastDigit = 1e-6;

function agree(ours: Vectors, its: Vectors): boolean {
  const covers = (one: readonly number[], other: readonly number[]): boolean =>
    one.every((value, p) => value >= (other[p] ?? 0) - lastDigit);
  return (
    ours.every((vector) => its.some((other) => covers(vector, other) && covers(other, vector))) &&
    its.every((vector) => ours.some((other) => covers(other, vector)))
  );
}

type Answer = { readonly cpuMs: number; readonly vectors: Vectors } | { readonly failure: string };

function ask(line: Line, calls: number, version: string): Answer {
  const script = resolve(import.meta.dirname, "negmas_frontier.py");
  const { status, error, stdout, stderr } = spawnSync(pythonOf(version), [script], {
    input: `${JSON.stringify({ ...line, calls })}\n`,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    timeout: 900_000,
  });
  if (status !== 0) return { failure: error?.message ?? stderr.trim().split("\n").at(-1) ?? "it ended" };
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Answer;
}
