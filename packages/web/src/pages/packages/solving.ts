/** Asks the worker, and says how far it is. */
import type { Problem, Progress } from "@parley/solver";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Said, Solved } from "./solving.worker.ts";

export type Solving =
  | { readonly kind: "idle" | "stopped" }
  | { readonly kind: "running"; readonly progress: Progress | undefined }
  | { readonly kind: "solved"; readonly problem: Problem; readonly solved: Solved }
  | { readonly kind: "fault"; readonly why: string };

export interface Solver {
  readonly solving: Solving;
  readonly stop: () => void;
  readonly again: () => void;
}

/** Begins anew whenever the problem is another one. */
export function useSolver(problem: Problem | undefined): Solver {
  const [solving, setSolving] = useState<Solving>({ kind: "idle" });
  const [round, setRound] = useState(0);
  const worker = useRef<Worker>(undefined);
  useEffect(() => {
    // Another round is another search of the same problem.
    void round;
    if (!problem) {
      setSolving({ kind: "idle" });
      return;
    }
    const asked = new Worker(new URL("./solving.worker.ts", import.meta.url), { type: "module" });
    worker.current = asked;
    setSolving({ kind: "running", progress: undefined });
    asked.onmessage = ({ data }: MessageEvent<Said>) => {
      if (data.kind === "progress") setSolving({ kind: "running", progress: data.progress });
      else {
        setSolving(data.kind === "solved" ? { kind: "solved", problem, solved: data.solved } : data);
        asked.terminate();
      }
    };
    asked.onerror = (event) => setSolving({ kind: "fault", why: event.message });
    asked.postMessage({ problem });
    return () => asked.terminate();
  }, [problem, round]);
  const stop = useCallback(() => {
    worker.current?.terminate();
    setSolving({ kind: "stopped" });
  }, []);
  return { solving, stop, again: useCallback(() => setRound((n) => n + 1), []) };
}
