/** The thread on which a problem is solved: takes one request, posts progress, posts the finished document. */
import { parentPort, workerData } from "node:worker_threads";
import { frontier, type Limits, type Progress, solutionDocument, solve } from "@parley/solver";
import { figure } from "./figures.ts";
import type { ThreadData, ThreadMessage } from "./solving.ts";

const { request, stop } = workerData as ThreadData;
const flag = new Int32Array(stop);
const progressEveryMs = 200;
let lastProgress = performance.now();

function post(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}

function limits(timeLimitMs: number | undefined): Limits {
  return {
    now: () => performance.now(),
    ...(timeLimitMs === undefined ? {} : { timeLimitMs: Math.max(0, timeLimitMs) }),
    signal: {
      get aborted() {
        return Atomics.load(flag, 0) !== 0;
      },
    },
    onProgress: showProgress,
  };
}

function showProgress({ phase, nodes, gap }: Progress): void {
  const now = performance.now();
  if (now - lastProgress < progressEveryMs) return;
  lastProgress = now;
  const steps = `${phase}: ${nodes.toLocaleString("en")} steps`;
  post({ type: "progress", line: gap === null ? steps : `${steps}, at most ${figure(gap * 100)}% off` });
}

const cpu = process.cpuUsage();
const started = performance.now();
const { problem, solutions, timeLimitMs } = request;
// Half of the time for the packages where a frontier is to follow; it has what they leave.
const forPackages = request.frontier && timeLimitMs !== undefined ? timeLimitMs / 2 : timeLimitMs;
const packages = solve(problem, { ...limits(forPackages), solutions });
const left = timeLimitMs === undefined ? undefined : timeLimitMs - (performance.now() - started);
const efficient = request.frontier && frontier(problem, { ...limits(left), ...request.frontier });
const { user, system } = process.cpuUsage(cpu);
post({
  type: "done",
  document: solutionDocument(problem, {
    solutions: packages,
    ...(efficient ? { frontier: efficient } : {}),
    cpuMs: (user + system) / 1000,
  }),
});
