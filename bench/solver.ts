/**
 * What the solver costs, in CPU time on one core, beside listing every outcome where that is possible.
 *
 * `BENCH_SOLVER=full npx vitest run bench/test/solver.test.ts` prints the table of the goals and writes it to
 * `bench/results/`; each run of the tests does a tiny size.
 */
import { frontier, type Problem, type SolutionName, solve } from "@parley/solver";

export interface SolverRow {
  readonly what: string;
  readonly cpuMs: number;
  /** `exact`, `optimal`, or how far at most it is from that. */
  readonly claim: string;
  readonly size?: number;
  /** CPU time of listing every outcome for the same answer, where that was done. */
  readonly bruteForceMs?: number;
}

interface Shape {
  readonly parties: number;
  readonly issues: number;
  readonly options: number;
  readonly pairs?: number;
}

const frontiers: readonly Shape[] = [
  { parties: 2, issues: 30, options: 10 },
  { parties: 2, issues: 50, options: 10 },
  { parties: 3, issues: 40, options: 5 },
  { parties: 3, issues: 80, options: 5 },
  { parties: 4, issues: 20, options: 5 },
  { parties: 5, issues: 10, options: 5 },
];

const packages: readonly (Shape & { readonly name: SolutionName })[] = [
  { name: "nash", parties: 6, issues: 100, options: 10 },
  { name: "nash", parties: 6, issues: 100, options: 10, pairs: 300 },
  { name: "nash", parties: 6, issues: 1000, options: 10 },
  { name: "kalai-smorodinsky", parties: 4, issues: 100, options: 10 },
  { name: "kalai-smorodinsky", parties: 6, issues: 50, options: 10 },
  { name: "kalai-smorodinsky", parties: 6, issues: 100, options: 10 },
];

/** The rows; `full` has the sizes of the goals, else each is cut to a few issues. */
export function measureSolver(full: boolean): SolverRow[] {
  const cut = <T extends Shape>(shape: T): T =>
    full ? shape : { ...shape, issues: 6, options: 3, pairs: shape.pairs ? 4 : 0 };
  return [
    ...frontiers.map((shape) => frontierRow(cut(shape))),
    ...packages.map((shape) => packageRow(cut(shape))),
  ];
}

function frontierRow(shape: Shape): SolverRow {
  const problem = randomProblem(shape);
  const [found, cpuMs] = timed(() => frontier(problem));
  const what = `frontier ${shape.parties} parties ${shape.issues} x ${shape.options}`;
  const row = { what, cpuMs, claim: found.exact ? "exact" : `epsilon ${found.epsilon}`, size: found.size };
  if (shape.options ** shape.issues > 5000) return row;
  return { ...row, bruteForceMs: timed(() => listEverything(problem))[1] };
}

function packageRow({ name, ...shape }: Shape & { readonly name: SolutionName }): SolverRow {
  const problem = randomProblem(shape);
  const limits = { now: () => performance.now(), timeLimitMs: 10_000 };
  const [solutions, cpuMs] = timed(() => solve(problem, { solutions: [name], ...limits }));
  const solution = solutions[name];
  const claim =
    solution?.status === "bounded" ? `gap ${solution.gap.toPrecision(2)}` : String(solution?.status);
  const pairs = shape.pairs ? `, ${shape.pairs} forbidden pairs` : "";
  return {
    what: `${name} ${shape.parties} parties ${shape.issues} x ${shape.options}${pairs}`,
    cpuMs,
    claim,
  };
}

function timed<T>(work: () => T): [T, number] {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 1000];
}

/** The efficient vectors of an additive problem, outcome by outcome. */
function listEverything(problem: Problem): number {
  let vectors: number[][] = [problem.parties.map(() => 0)];
  for (const issue of problem.issues) {
    vectors = vectors.flatMap((sum) =>
      issue.options.map(({ id }) =>
        problem.parties.map((party, p) => (sum[p] ?? 0) + (problem.scores[party.id]?.[issue.id]?.[id] ?? 0)),
      ),
    );
  }
  const covers = (one: number[], other: number[]): boolean =>
    one !== other && one.every((value, p) => value >= (other[p] ?? 0));
  return vectors.filter((one) => !vectors.some((other) => covers(other, one))).length;
}

/** Points with six decimals, the same in each run. */
function randomProblem({ parties, issues, options, pairs = 0 }: Shape): Problem {
  let state = 1;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const ids = (letter: string, count: number): string[] =>
    Array.from({ length: count }, (_, k) => `${letter}${k}`);
  const ref = (): [string, string] => [
    `i${Math.floor(random() * issues)}`,
    `o${Math.floor(random() * options)}`,
  ];
  const points = (): [string, number][] => ids("o", options).map((id) => [id, Number(random().toFixed(6))]);
  return {
    format: "parley-problem/1",
    name: "bench",
    parties: ids("p", parties).map((id) => ({ id, walkAway: 0 })),
    issues: ids("i", issues).map((id) => ({
      id,
      options: ids("o", options).map((option) => ({ id: option })),
    })),
    scores: Object.fromEntries(
      ids("p", parties).map((id) => [
        id,
        Object.fromEntries(ids("i", issues).map((one) => [one, Object.fromEntries(points())])),
      ]),
    ),
    excludes: Array.from({ length: pairs }, () => [ref(), ref()] as const),
  };
}
