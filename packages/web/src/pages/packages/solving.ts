/** Asks the worker, and says how far it is. */
import type { Alternative, Explanation, Outcome, Problem, Progress } from "@parley/solver";
import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type No, saysNo } from "../../source/no.ts";
import type { Asked, Said, Solved } from "./solving.worker.ts";

export type Solving =
  | { readonly kind: "idle" | "stopped" }
  | { readonly kind: "running"; readonly progress: Progress | undefined }
  | { readonly kind: "fault"; readonly why: No };

/** What was found, and for which problem. */
export interface Found {
  readonly problem: Problem;
  readonly solved: Solved;
}

export type Searching = Solving | { readonly kind: "near"; readonly found: readonly Alternative[] };

export interface Solver {
  readonly solving: Solving;
  /** It stays while more time is given to the same problem. */
  readonly found: Found | undefined;
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
  const [found, setFound] = useState<Found>();
  const [round, setRound] = useState({ patienceMs: firstPatienceMs });
  const end = useRef<() => void>(undefined);
  useEffect(() => {
    setSolving({ kind: "running", progress: undefined });
    setFound((before) => (before?.problem === problem ? before : undefined));
    end.current = ask({ problem, ...round }, (said) => {
      // Long texts are shown piece by piece between what the person does meanwhile.
      if (said.kind === "solved")
        startTransition(() => {
          setFound({ problem, solved: said.solved });
          setSolving({ kind: "idle" });
        });
      else if (said.kind === "progress") setSolving({ kind: "running", progress: said.progress });
      else if (said.kind === "fault") setSolving(said);
    });
    return end.current;
  }, [problem, round]);
  const stop = useCallback(() => {
    end.current?.();
    // What was found before more time was given is as good as it was.
    setSolving({ kind: found ? "idle" : "stopped" });
  }, [found]);
  const again = useCallback(() => setRound((one) => ({ ...one })), []);
  const longer = useCallback(() => setRound(({ patienceMs }) => ({ patienceMs: patienceMs * longerBy })), []);
  return { solving, found, stop, again, longer };
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
  const key = useMemo(() => JSON.stringify([problem, outcome]), [problem, outcome]);
  const [of, setOf] = useState<{ readonly key: string; readonly searching: Searching }>();
  const end = useRef<() => void>(undefined);
  useEffect(() => {
    void key;
    return () => end.current?.();
  }, [key]);
  const searching: Searching = of?.key === key ? of.searching : { kind: "idle" };
  const setSearching = (next: Searching) => setOf({ key, searching: next });
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

/** What the package gives and takes against the other; undefined until it is found, which with many brackets takes a while. */
export function useExplanation(
  problem: Problem,
  chosen: Outcome,
  reference: Outcome | undefined,
): Explanation | undefined {
  const [found, setFound] = useState<{
    readonly problem: Problem;
    readonly chosen: Outcome;
    readonly reference: Outcome;
    readonly explanation: Explanation | undefined;
  }>();
  useEffect(() => {
    if (!reference) return;
    return ask({ problem, why: { chosen, reference } }, (said) => {
      if (said.kind !== "why") return;
      startTransition(() => setFound({ problem, chosen, reference, explanation: said.explanation }));
    });
  }, [problem, chosen, reference]);
  const isSame = found?.problem === problem && found.chosen === chosen && found.reference === reference;
  return isSame ? found.explanation : undefined;
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
