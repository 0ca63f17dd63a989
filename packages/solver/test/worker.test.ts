import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { MessageChannel, Worker } from "node:worker_threads";
import {
  frontier,
  type Limits,
  type Problem,
  type Progress,
  type SolverPort,
  serveSolver,
  solve,
  solveRemotely,
} from "@parley/solver";
import { expect, test } from "vitest";
import { additiveProblem, boxedProblem, even } from "../../../bench/solver-problems.ts";
import { example } from "./example.ts";
import { largeProblem } from "./random-problem.ts";

const now = (): number => performance.now();

test("answers through a message port as it does at home, and refuses what is not a problem", async () => {
  const { port1, port2 } = new MessageChannel();
  serveSolver(port1, now);
  const document = await solveRemotely(port2, { problem: example, frontier: {} });
  expect(document.solutions).toEqual(JSON.parse(JSON.stringify(document.solutions)));
  expect(document.solutions.nash).toMatchObject({ status: "optimal", outcome: { scope: "energy" } });
  expect(document.frontier?.size).toBe(2);
  const broken = { ...example, parties: [] };
  await expect(solveRemotely(port2, { problem: broken })).rejects.toThrow(/at least one party/);
  port1.close();
  port2.close();
});

/** The built package in a worker thread. */
function workerPort(): { port: SolverPort; end: () => Promise<unknown> } {
  const source = pathToFileURL(resolve(import.meta.dirname, "../dist/index.js")).href;
  const entry = `import { parentPort } from "node:worker_threads";
    import { serveSolver } from ${JSON.stringify(source)};
    serveSolver(parentPort, () => performance.now());`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(entry)}`));
  const port = {
    postMessage: (message: unknown) => worker.postMessage(message),
    addEventListener: (_: "message", listener: (event: Event) => void) =>
      void worker.on("message", (data: unknown) => listener(new MessageEvent("message", { data }))),
  };
  return { port, end: () => worker.terminate() };
}

test("a worker thread reports progress and stops when asked to", async () => {
  const { port, end } = workerPort();
  const controller = new AbortController();
  const seen: Progress[] = [];
  const problem = largeProblem({ parties: 8, issues: 80, options: 10, seed: 1 });
  const document = await solveRemotely(
    port,
    { problem, solve: { solutions: ["kalai-smorodinsky"] } },
    {
      signal: controller.signal,
      onProgress: (progress) => {
        seen.push(progress);
        controller.abort();
      },
    },
  );
  expect(seen.length).toBeGreaterThan(0);
  expect(document.solutions["kalai-smorodinsky"]?.status).toMatch(/bounded|unknown/);
  await end();
});

test("an abort signal stops a solve at home, with a bound on what was not found", () => {
  const problem = largeProblem({ parties: 8, issues: 80, options: 10, seed: 2 });
  let looks = 0;
  const signal = {
    get aborted() {
      return ++looks > 40;
    },
  };
  const { egalitarian } = solve(problem, { solutions: ["egalitarian"], signal });
  expect(egalitarian?.status).toMatch(/bounded|unknown/);
  if (egalitarian?.status === "bounded") expect(egalitarian.bound).toBeGreaterThanOrEqual(egalitarian.value);
});

/** Each method at a size that takes long, or long between two of its steps. */
const long: readonly (readonly [string, Problem, "packages" | "frontier"])[] = [
  [
    "dense linkages",
    additiveProblem({ parties: 6, options: even(60, 10), seed: 3, density: 0.1 }),
    "packages",
  ],
  ["interactions of three parties", boxedProblem(30, 1, 3), "packages"],
  ["a thousand issues", additiveProblem({ parties: 6, options: even(1000, 10), seed: 1 }), "packages"],
  ["boxes of two parties", boxedProblem(150, 1), "frontier"],
  ["states of three parties", boxedProblem(20, 1, 3), "frontier"],
  ["vectors of five parties", additiveProblem({ parties: 5, options: even(20, 6), seed: 1 }), "frontier"],
];

test.each(long)(
  "%s: the clock is looked at many times a second, and progress is what is claimed",
  (_, problem, what) => {
    // Of CPU time: what others do on the machine is not what is measured.
    const clock = (): number => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    };
    let last = clock();
    const waits: number[] = [];
    const seen: Progress[] = [];
    const limits: Limits = {
      timeLimitMs: 2500,
      now: () => {
        const time = clock();
        waits.push(time - last);
        last = time;
        return time;
      },
      onProgress: (progress) => seen.push(progress),
    };
    const started = clock();
    if (what === "frontier") frontier(problem, limits);
    else {
      const { "kalai-smorodinsky": fair, nash } = solve(problem, {
        ...limits,
        solutions: ["nash", "kalai-smorodinsky"],
      });
      for (const [name, solution] of Object.entries({ nash, "kalai-smorodinsky": fair })) {
        const own = seen.filter(({ phase }) => phase === name);
        for (const { value, bound, gap } of own) {
          expect(bound).toBeGreaterThan(0);
          expect(gap === null).toBe(value === null);
          if (gap !== null) expect(gap).toBeGreaterThanOrEqual(0);
          // What was said on the way holds of what came out.
          if (solution && "value" in solution && "gains" in solution && solution.positive !== 0)
            expect(bound! * (1 + 1e-9)).toBeGreaterThanOrEqual(solution.value);
        }
      }
    }
    expect(clock() - started).toBeLessThan(4500);
    // One pause of the collector or the compiler may be longer; the rest is not.
    waits.sort((a, b) => b - a);
    expect(waits[2]).toBeLessThan(250);
    expect(seen.length).toBeGreaterThan(10);
  },
);

test("a worker thread stops soon after it is asked, in a linear program and in a frontier of boxes", async () => {
  for (const [, problem, what] of [long[0]!, long[3]!]) {
    const { port, end } = workerPort();
    const controller = new AbortController();
    let asked = Number.NaN;
    const document = await solveRemotely(
      port,
      what === "frontier" ? { problem, solve: { solutions: [] }, frontier: {} } : { problem },
      {
        signal: controller.signal,
        onProgress: ({ nodes }) => {
          if (nodes < 20_000 || controller.signal.aborted) return;
          asked = now();
          controller.abort();
        },
      },
    );
    // A tenth of a second on a machine that has nothing else to do; one that does not listen goes on for a minute.
    expect(now() - asked).toBeLessThan(5000);
    if (what === "frontier") expect(document.frontier?.exact).toBe(false);
    else expect(JSON.stringify(document.solutions)).toMatch(/"status":"(bounded|unknown)"/);
    await end();
  }
});
