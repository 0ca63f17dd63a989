import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { MessageChannel, Worker } from "node:worker_threads";
import { type Progress, serveSolver, solve, solveRemotely } from "@parley/solver";
import { expect, test } from "vitest";
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

test("a worker thread reports progress and stops when asked to", async () => {
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
  await worker.terminate();
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
