/** Asks the worker, and says how far it is. */
import type { Alternative, Outcome, Problem, Progress } from "@parley/solver";
import { startTransition, useCallback, useEffect, useRef, useState } from "react";
import { type No, saysNo } from "../../source/no.ts";
import type { Asked, Said, Solved } from "./solving.worker.ts";

type Waiting =
  | { readonly kind: "idle" | "stopped" }
  | { readonly kind: "running"; readonly progress: Progress | undefined }
  | { readonly kind: "fault"; readonly why: No };

export type Solving =
  | Waiting
  | { readonly kind: "solved"; readonly problem: Problem; readonly solved: Solved };

export type Searching = Waiting | { readonly kind: "near"; readonly found: readonly Alternative[] };

export interface Solver {
  readonly solving: Solving;
  readonly stop: () => void;
  readonly again: () => void;
  /** Once more, with more time for proofs. */
  readonly longer: () => void;
}

/** What a person waits for without being asked; large texts are not proven by then. */
const firstPatienceMs = 10_000;
const longerBy = 4;

/** Begins anew whenever the problem is another one. */
export function useSolver(problem: Problem): Solver {
  const [solving, setSolving] = useState<Solving>({ kind: "idle" });
  const [round, setRound] = useState({ patienceMs: firstPatienceMs });
  const end = useRef<() => void>(undefined);
  useEffect(() => {
    setSolving({ kind: "running", progress: undefined });
    end.current = ask({ problem, ...round }, (said) => {
      // Long texts are shown piece by piece between what the person does meanwhile.
      if (said.kind === "solved")
        startTransition(() => setSolving({ kind: "solved", problem, solved: said.solved }));
      else if (said.kind === "progress") setSolving({ kind: "running", progress: said.progress });
      else if (said.kind === "fault") setSolving(said);
    });
    return end.current;
  }, [problem, round]);
  const stop = useCallback(() => {
    end.current?.();
    setSolving({ kind: "stopped" });
  }, []);
  const again = useCallback(() => setRound((one) => ({ ...one })), []);
  const longer = useCallback(() => setRound(({ patienceMs }) => ({ patienceMs: patienceMs * longerBy })), []);
  return { solving, stop, again, longer };
}

export interface Near {
  readonly searching: Searching;
  readonly search: () => void;
  readonly stop: () => void;
}

/** The share of its gain that a party may lose in a near alternative, and how many are looked for. */
export const nearLoss = 0.1;
const nearCount = 3;

/** Looks only when asked, and forgets what it found when the package in hand is another. */
export function useNear(problem: Problem, outcome: Outcome): Near {
  const [searching, setSearching] = useState<Searching>({ kind: "idle" });
  const end = useRef<() => void>(undefined);
  const key = JSON.stringify(outcome);
  useEffect(() => {
    void key;
    void problem;
    setSearching({ kind: "idle" });
    return () => end.current?.();
  }, [problem, key]);
  const search = () => {
    setSearching({ kind: "running", progress: undefined });
    const near = { outcome, count: nearCount, loss: nearLoss };
    end.current = ask({ problem, near }, (said) => {
      if (said.kind === "progress") setSearching({ kind: "running", progress: said.progress });
      else if (said.kind === "near" || said.kind === "fault") setSearching(said);
    });
  };
  const stop = () => {
    end.current?.();
    setSearching({ kind: "stopped" });
  };
  return { searching, search, stop };
}

/** Each request has a worker of its own, so that stopping one is ending it. Gives the end. */
function ask(asked: Asked, hear: (said: Said) => void): () => void {
  const worker = new Worker(new URL("./solving.worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<Said>) => {
    if (data.kind !== "progress") worker.terminate();
    hear(data);
  };
  worker.onerror = ({ message }) => hear({ kind: "fault", why: saysNo("solver-ended", message ?? "") });
  worker.postMessage(asked);
  return () => worker.terminate();
}
