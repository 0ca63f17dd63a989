/**
 * The solver on the far side of a message port: a browser's worker, or Node's worker thread.
 *
 * The worker's entry calls `serveSolver(self, clock)` or `serveSolver(parentPort, clock)`; the page or process
 * calls `solveRemotely` with the worker. Solving keeps its thread busy, so a running request is stopped through
 * shared memory where there is some, and else by ending the worker.
 */
import { type FrontierOptions, frontier } from "./frontier.ts";
import type { Limits, Progress } from "./limits.ts";
import type { Problem } from "./problem.ts";
import { readProblem } from "./read-problem.ts";
import { type SolutionDocument, solutionDocument } from "./solution-document.ts";
import { type SolveOptions, solve } from "./solve.ts";

type Plain<T> = Omit<T, keyof Limits>;

export interface RemoteRequest {
  readonly problem: Problem;
  readonly timeLimitMs?: number;
  readonly maxNodes?: number;
  /** Which packages; all four where missing. */
  readonly solve?: Plain<SolveOptions>;
  /** Asks for the frontier too. */
  readonly frontier?: Plain<FrontierOptions>;
}

/** What browser workers, Node's worker threads and message ports have in common. */
export interface SolverPort {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: Event) => void): void;
  start?(): void;
}

interface RequestMessage {
  readonly kind: "request";
  readonly id: number;
  readonly request: RemoteRequest;
  readonly cancelled: SharedArrayBuffer | null;
}

type ReplyMessage =
  | { readonly kind: "progress"; readonly id: number; readonly progress: Progress }
  | { readonly kind: "done"; readonly id: number; readonly document: SolutionDocument }
  | { readonly kind: "failed"; readonly id: number; readonly message: string };

/** Milliseconds between two reports of progress. */
const reportEveryMs = 50;

/** Answers requests that come through the port. `now` gives milliseconds. */
export function serveSolver(port: SolverPort, now: () => number): void {
  port.addEventListener("message", (event) => {
    const message = (event as MessageEvent<RequestMessage>).data;
    if (message.kind !== "request") return;
    const { id } = message;
    try {
      port.postMessage({ kind: "done", id, document: answer(message, port, now) } satisfies ReplyMessage);
    } catch (error) {
      port.postMessage({ kind: "failed", id, message: (error as Error).message } satisfies ReplyMessage);
    }
  });
  port.start?.();
}

function answer(
  { id, request, cancelled }: RequestMessage,
  port: SolverPort,
  now: () => number,
): SolutionDocument {
  const problem = readProblem(request.problem);
  const flag = cancelled && new Int32Array(cancelled);
  const started = now();
  let reported = started;
  const limits: Limits = {
    now,
    ...(request.timeLimitMs === undefined ? {} : { timeLimitMs: request.timeLimitMs }),
    ...(request.maxNodes === undefined ? {} : { maxNodes: request.maxNodes }),
    signal: {
      get aborted() {
        return flag !== null && Atomics.load(flag, 0) !== 0;
      },
    },
    onProgress: (progress) => {
      if (now() - reported < reportEveryMs) return;
      reported = now();
      port.postMessage({ kind: "progress", id, progress } satisfies ReplyMessage);
    },
  };
  const solutions = solve(problem, { ...request.solve, ...limits });
  const points = request.frontier && frontier(problem, { ...request.frontier, ...limits });
  return solutionDocument(problem, {
    solutions,
    ...(points ? { frontier: points } : {}),
    cpuMs: now() - started,
  });
}

export interface RemoteOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Stops the request; the answer is then what was found so far, or an error if the worker had to end. */
  readonly signal?: AbortSignal;
  /** Ends the worker: used to stop a request where memory cannot be shared. */
  readonly terminate?: () => void;
}

let requests = 0;

/** Sends a request through the port of a worker that serves the solver. Rejects where the worker refuses it. */
export function solveRemotely(
  port: SolverPort,
  request: RemoteRequest,
  options: RemoteOptions = {},
): Promise<SolutionDocument> {
  const id = ++requests;
  const shared = typeof SharedArrayBuffer === "undefined" ? null : new SharedArrayBuffer(4);
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      if (shared) Atomics.store(new Int32Array(shared), 0, 1);
      else {
        options.terminate?.();
        reject(new Error("the request was stopped"));
      }
    };
    port.addEventListener("message", (event) => {
      const reply = (event as MessageEvent<ReplyMessage>).data;
      if (reply.id !== id) return;
      if (reply.kind === "progress") options.onProgress?.(reply.progress);
      else if (reply.kind === "done") resolve(reply.document);
      else if (reply.kind === "failed") reject(new Error(reply.message));
    });
    port.start?.();
    if (options.signal?.aborted) stop();
    else options.signal?.addEventListener("abort", stop, { once: true });
    port.postMessage({ kind: "request", id, request, cancelled: shared } satisfies RequestMessage);
  });
}
