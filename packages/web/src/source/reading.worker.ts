/** Reads a case beside the page, so that no frame waits: one batch for each time that the page asks. */
import { ApiProblem } from "@parley/server/client";
import { type Asked, type Batch, batchesOf } from "./batches.ts";
import { Changed } from "./read-cache.ts";

export type Said =
  | { readonly batch: Batch }
  | { readonly done: true }
  | { readonly changed: string }
  | { readonly problem: { readonly status: number; readonly code: string; readonly detail: string } }
  | { readonly fault: string };

let batches: AsyncGenerator<Batch> | undefined;

/** First what to read; after that, anything asks for the next batch. */
addEventListener("message", ({ data }: MessageEvent<Asked | "next">) => {
  if (data !== "next") batches = batchesOf(data);
  void next();
});

async function next(): Promise<void> {
  const say = (said: Said): void => postMessage(said);
  try {
    const { value, done } = (await batches?.next()) ?? { value: undefined, done: true };
    say(done || !value ? { done: true } : { batch: value });
  } catch (fault) {
    if (fault instanceof ApiProblem) {
      const { status, code, message } = fault;
      say({ problem: { status, code, detail: message } });
    } else if (fault instanceof Changed) say({ changed: fault.message });
    else say({ fault: fault instanceof Error ? fault.message : String(fault) });
  }
}
