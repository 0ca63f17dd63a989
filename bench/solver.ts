/**
 * What the solver costs, in CPU time on one core, beside HiGHS on the same problem and beside listing every
 * outcome where that is possible.
 *
 * `npm run bench` prints the table of the goals and writes it to `bench/results/solver.json`; each run of the
 * tests does a small size.
 */
import { frontier, type Problem, type SolutionName, solve } from "@parley/solver";
import { countEfficient } from "./brute-force.ts";
import { fairestByHighs, frontierByHighs, idealsByHighs, nashByHighs } from "./highs.ts";
import { additiveProblem, boxedProblem, even } from "./solver-problems.ts";

export interface Measured {
  readonly cpuMs: number;
  /** `exact`, `optimal`, how far at most from that, or that a limit came first. */
  readonly claim: string;
  /** Where there are several seeds: the time above is their median. */
  readonly worstMs?: number;
}

export interface SolverRow {
  readonly what: string;
  readonly ours: Measured & { readonly points?: number };
  readonly highs?: Measured;
  readonly bruteForce?: Measured;
  /** CPU milliseconds, where the goal is one; the ratio to a peer is in the row. */
  readonly goalMs?: number;
}

interface Task {
  readonly what: string;
  readonly problems: readonly Problem[];
  readonly goalMs?: number;
  /** A package, or the frontier where missing. */
  readonly name?: SolutionName;
  readonly seconds?: number;
  readonly highs?: boolean;
  readonly bruteForce?: boolean;
}

/** Seconds for each program of the peer, where we have no limit of our own. */
const highsSeconds = 60;
/** Relative, of the geometric mean: what Nash by tangents is closed to. */
const nashGap = 1e-6;

const seeds = (count: number): number[] => Array.from({ length: count }, (_, k) => k + 1);

/** The table of the goals. */
export function goals(): Task[] {
  const additive = (parties: number, options: readonly number[], count = 1, pairs = 0): Problem[] =>
    seeds(count).map((seed) => additiveProblem({ parties, options, seed, pairs }));
  const dense = (count: number): Problem[] =>
    seeds(count).map((seed) => additiveProblem({ parties: 6, options: even(100, 10), seed, density: 0.1 }));
  return [
    { what: "frontier, 2 parties, 30 x 10", problems: additive(2, even(30, 10)) },
    { what: "frontier, 2 parties, 50 x 10", problems: additive(2, even(50, 10)) },
    { what: "frontier, 2 parties, 5 x 10", problems: additive(2, even(5, 10)), bruteForce: true },
    { what: "frontier, 2 parties, 6 x 10", problems: additive(2, even(6, 10)), bruteForce: true },
    { what: "frontier, 3 parties, 40 x 5", problems: additive(3, even(40, 5)), goalMs: 400 },
    { what: "frontier, 3 parties, 80 x 5", problems: additive(3, even(80, 5)), goalMs: 6000 },
    { what: "frontier, 4 parties, 20 x 5", problems: additive(4, even(20, 5)) },
    {
      what: "frontier, 5 parties, 240,000 outcomes",
      problems: additive(5, [8, 6, 5, 10, 10, 10]),
      goalMs: 500,
      bruteForce: true,
    },
    ...[10, 20, 30, 40, 50].map((issues) => ({
      what: `frontier, hyper-rectangles, ${issues} issues`,
      problems: [boxedProblem(issues, 1)],
      highs: true,
    })),
    {
      what: "nash, 6 x 100 x 10, 20 seeds",
      name: "nash",
      problems: additive(6, even(100, 10), 20),
      goalMs: 200,
    },
    {
      what: "nash, 6 x 100 x 10, 300 forbidden pairs, 8 seeds",
      name: "nash",
      problems: additive(6, even(100, 10), 8, 300),
      goalMs: 500,
    },
    {
      what: "nash, 6 x 100 x 10, a tenth of the pairs of issues constrained, 9 seeds",
      name: "nash",
      problems: dense(9),
      seconds: 60,
      highs: true,
    },
    ...(["kalai-smorodinsky", "egalitarian"] as const).map((name) => ({
      what: `${name}, 6 x 100 x 10, a tenth of the pairs of issues constrained, 2 seeds`,
      name,
      problems: dense(2),
      seconds: 30,
      highs: true,
    })),
    {
      what: "nash, hyper-rectangles of 3 parties, 20 issues",
      name: "nash",
      problems: [boxedProblem(20, 1, 3)],
      seconds: 60,
      highs: true,
    },
    {
      what: "nash, 6 x 1,000 x 10, two seconds",
      name: "nash",
      problems: additive(6, even(1000, 10)),
      seconds: 2,
    },
    {
      what: "kalai-smorodinsky, 4 x 100 x 10",
      name: "kalai-smorodinsky",
      problems: additive(4, even(100, 10), 5),
    },
    {
      what: "kalai-smorodinsky, 6 x 50 x 10, 5 seeds",
      name: "kalai-smorodinsky",
      problems: additive(6, even(50, 10), 5),
      goalMs: 300,
      seconds: 15,
    },
    {
      what: "kalai-smorodinsky, 6 x 50 x 10, seed 1",
      name: "kalai-smorodinsky",
      problems: additive(6, even(50, 10)),
      seconds: 15,
      highs: true,
    },
    {
      what: "kalai-smorodinsky, 6 x 100 x 10, 3 seeds",
      name: "kalai-smorodinsky",
      problems: additive(6, even(100, 10), 3),
      goalMs: 3000,
      seconds: 15,
    },
    {
      what: "kalai-smorodinsky, 6 x 100 x 10, 100 forbidden pairs, 3 seeds",
      name: "kalai-smorodinsky",
      problems: additive(6, even(100, 10), 3, 100),
      goalMs: 5000,
      seconds: 15,
    },
    {
      what: "egalitarian, 6 x 100 x 10, 3 seeds",
      name: "egalitarian",
      problems: additive(6, even(100, 10), 3),
      seconds: 15,
    },
  ];
}

/** Every kind of row at a size that takes a moment. */
export function samples(): Task[] {
  const small = additiveProblem({ parties: 3, options: even(6, 3), seed: 1, pairs: 4 });
  const dense = additiveProblem({ parties: 3, options: even(8, 3), seed: 1, density: 0.2 });
  return [
    {
      what: "frontier, 2 parties",
      problems: [additiveProblem({ parties: 2, options: even(6, 3), seed: 1 })],
      bruteForce: true,
    },
    { what: "frontier, hyper-rectangles", problems: [boxedProblem(6, 1)], highs: true },
    { what: "nash, pairs", name: "nash", problems: [small, dense], highs: true, goalMs: 10_000 },
    { what: "kalai-smorodinsky, pairs", name: "kalai-smorodinsky", problems: [small, dense], highs: true },
    { what: "egalitarian, pairs", name: "egalitarian", problems: [dense], highs: true },
  ];
}

export interface SolverBench {
  readonly rows: readonly SolverRow[];
  /** Of the whole process, with what runs the bench, when only our rows were done. */
  readonly peakMb: number;
}

/** Our rows first, so that the memory is not a peer's. */
export async function measureSolver(tasks: readonly Task[]): Promise<SolverBench> {
  const ours = tasks.map((task) => measureOurs(task));
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  const rows: SolverRow[] = [];
  for (const [k, task] of tasks.entries()) {
    const [problem] = task.problems;
    if (!problem) continue;
    rows.push({
      what: task.what,
      ours: ours[k] as SolverRow["ours"],
      ...(task.goalMs === undefined ? {} : { goalMs: task.goalMs }),
      ...(task.highs ? { highs: await measureHighs(task) } : {}),
      ...(task.bruteForce ? { bruteForce: measureBruteForce(problem) } : {}),
    });
  }
  return { rows, peakMb };
}

function measureOurs({ problems, name, seconds = 20 }: Task): SolverRow["ours"] {
  // A clock of CPU time: what others do on the machine shall not end a search.
  const limits = { now: () => cpuSince({ user: 0, system: 0 }), timeLimitMs: seconds * 1000 };
  const runs = problems.map((problem) => {
    const started = process.cpuUsage();
    if (name === undefined) {
      const { exact, epsilon, size } = frontier(problem, limits);
      return { cpuMs: cpuSince(started), claim: exact ? "exact" : `epsilon ${epsilon}`, points: size };
    }
    const solution = solve(problem, { solutions: [name], ...limits })[name];
    const claim =
      solution?.status === "bounded" ? `gap ${solution.gap.toPrecision(2)}` : String(solution?.status);
    return { cpuMs: cpuSince(started), claim };
  });
  const { points } = runs[0] as { readonly points?: number };
  const claim = claimOf(runs.map((run) => run.claim));
  return { ...timesOf(runs), claim, ...(points === undefined ? {} : { points }) };
}

function timesOf(runs: readonly Measured[]): Pick<Measured, "cpuMs" | "worstMs"> {
  const times = runs.map(({ cpuMs }) => cpuMs).sort((a, b) => a - b);
  const median = times[times.length >> 1] ?? 0;
  return times.length > 1 ? { cpuMs: median, worstMs: times.at(-1) ?? 0 } : { cpuMs: median };
}

/** The claim of all seeds, or how many of them have the best one and what the others say. */
function claimOf(claims: readonly string[]): string {
  const best = claims.filter((claim) => claim === "exact" || claim === "optimal");
  if (best.length === claims.length) return best[0] ?? "";
  const others = claims.filter((claim) => claim !== best[0]).join(", ");
  return claims.length === 1 ? others : `${best.length} of ${claims.length} proven; ${others}`;
}

async function measureHighs({ name, problems, seconds = highsSeconds }: Task): Promise<Measured> {
  const limits = { seconds };
  // Its code is compiled when it first runs: that is not counted.
  await idealsByHighs(samples()[0]?.problems[0] as Problem, limits);
  const runs: Measured[] = [];
  for (const problem of problems) {
    const started = process.cpuUsage();
    const claim = await byHighs(name, problem, limits);
    runs.push({ cpuMs: cpuSince(started), claim });
  }
  const claims = [...new Set(runs.map(({ claim }) => claim))];
  return { ...timesOf(runs), claim: claims.join("; ") };
}

async function byHighs(
  name: SolutionName | undefined,
  problem: Problem,
  limits: { seconds: number },
): Promise<string> {
  const late = `not in ${limits.seconds} s`;
  if (name === undefined) {
    const points = await frontierByHighs(problem, limits);
    return points ? `${points.length} points` : late;
  }
  if (name === "nash") {
    const { value, programs } = await nashByHighs(problem, nashGap, limits);
    return value === null ? late : `gap ${nashGap}, ${programs} programs`;
  }
  const scales = name === "egalitarian" ? problem.parties.map(() => 1) : await idealsByHighs(problem, limits);
  if (scales.includes(null)) return late;
  const { value, gap } = await fairestByHighs(problem, scales as number[], limits);
  return value === null ? `gap ${gap.toPrecision(2)} in ${limits.seconds} s` : "first level only";
}

function measureBruteForce(problem: Problem): Measured {
  const started = process.cpuUsage();
  const points = countEfficient(problem);
  return { cpuMs: cpuSince(started), claim: `${points} points` };
}

function cpuSince(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

/** One line a row, times in milliseconds. */
export function tableOf({ rows, peakMb }: SolverBench): string {
  const ms = (time: number | undefined): string =>
    time === undefined ? "" : time.toFixed(time < 100 ? 1 : 0);
  const peer = (one: Measured | undefined): string => {
    const worst = one?.worstMs === undefined ? "" : `, worst ${ms(one.worstMs)}`;
    return one ? `${ms(one.cpuMs)}${worst} (${one.claim})` : "";
  };
  const lines = rows.map(({ what, ours, highs, bruteForce, goalMs }) => [
    what,
    ms(ours.cpuMs),
    ms(ours.worstMs),
    ms(goalMs),
    ours.points === undefined ? ours.claim : `${ours.claim}, ${ours.points} points`,
    peer(highs),
    peer(bruteForce),
  ]);
  const head = ["CPU milliseconds", "ours", "worst", "goal", "claim", "HiGHS", "brute force"];
  const widths = head.map((_, k) => Math.max(...[head, ...lines].map((line) => line[k]?.length ?? 0)));
  const text = [head, ...lines].map((line) =>
    line
      .map((cell, k) => cell.padEnd(widths[k] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `${text.join("\n")}\nmemory of the process with the runner, after our rows: ${peakMb} MB\n`;
}
