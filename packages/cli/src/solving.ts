/**
 * Solves on another thread, so that this one still hears Ctrl-C and shows progress. An interrupted solve is not
 * lost: it ends with what is known so far, as `bounded` or `unknown`. A second Ctrl-C ends the program.
 */
import { Worker } from "node:worker_threads";
import type { Problem, SolutionDocument, SolutionName } from "@parley/solver";
import type { Terminal } from "./terminal.ts";

export interface SolveRequest {
  readonly problem: Problem;
  readonly solutions: readonly SolutionName[];
  readonly frontier?: { readonly zone: boolean; readonly maxPoints?: number; readonly epsilon?: number };
  /** For the whole request. */
  readonly timeLimitMs?: number;
}

/** What the thread is started with. `stop` holds one number: not 0 once the work is to end. */
export interface ThreadData {
  readonly request: SolveRequest;
  readonly stop: SharedArrayBuffer;
}

export type ThreadMessage =
  | { readonly type: "progress"; readonly line: string }
  | { readonly type: "done"; readonly document: SolutionDocument };

const longSolveMs = 2000;
const longSolve = "This takes longer. Ctrl-C ends it with what is known so far.";

export async function solveOnThread(request: SolveRequest, terminal: Terminal): Promise<SolutionDocument> {
  const stop = new SharedArrayBuffer(4);
  const data: ThreadData = { request, stop };
  const worker = new Worker(new URL("./solve-thread.js", import.meta.url), { workerData: data });
  const interrupt = (): void => {
    if (Atomics.add(new Int32Array(stop), 0, 1) > 0) process.exit(130);
    terminal.log("Interrupted: ending with what is known so far. Ctrl-C again stops at once.");
  };
  const patience = setTimeout(() => terminal.log(longSolve), longSolveMs);
  process.on("SIGINT", interrupt);
  try {
    return await new Promise<SolutionDocument>((resolve, reject) => {
      worker.on("message", (message: ThreadMessage) => {
        if (message.type === "progress") terminal.progress(message.line);
        else resolve(message.document);
      });
      worker.on("error", reject);
      worker.on("exit", (code) => reject(new Error(`the solving thread ended with ${code} and no answer`)));
    });
  } finally {
    clearTimeout(patience);
    process.off("SIGINT", interrupt);
    terminal.progress("");
    await worker.terminate();
  }
}
