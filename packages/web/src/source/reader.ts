/** Batches of a case: few entries are read here, many by a worker. */
import { ApiProblem } from "@parley/server/client";
import { type Asked, type Batch, batchesOf } from "./batches.ts";
import { Changed } from "./read-cache.ts";
import type { Said } from "./reading.worker.ts";

/** Starting a worker takes longer than reading so many. */
const few = 300;

export function readBatches(asked: Asked, entries: number): AsyncGenerator<Batch> {
  return entries > few ? inWorker(asked) : batchesOf(asked);
}

async function* inWorker(asked: Asked): AsyncGenerator<Batch> {
  const worker = new Worker(new URL("./reading.worker.ts", import.meta.url), { type: "module" });
  try {
    for (let ask: Asked | "next" = asked; ; ask = "next") {
      const said = await answer(worker, ask);
      if ("done" in said) return;
      if ("problem" in said)
        throw new ApiProblem(said.problem.status, said.problem.code, said.problem.detail);
      if ("changed" in said) throw new Changed(said.changed);
      if ("fault" in said) throw new Error(said.fault);
      yield said.batch;
    }
  } finally {
    worker.terminate();
  }
}

function answer(worker: Worker, ask: Asked | "next"): Promise<Said> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Said>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(ask);
  });
}
