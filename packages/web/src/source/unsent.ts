/**
 * Words that are written and not proposed yet. They live in this window's memory: they outlast a step to another bracket
 * or page, and a change of the text under them. What they began from is kept with them, so that a change by somebody else
 * meanwhile is seen and neither's words are lost.
 */
import type { Change } from "@parley/core";
import type { Inline } from "@parley/text";
import { useSyncExternalStore } from "react";
import { useCase, useSnapshot } from "./case-context.tsx";
import { useLeaveWarning } from "./leave-warning.ts";
import { standingWords } from "./words.ts";

export interface Unsent {
  readonly kind: Change["kind"];
  readonly clause?: string;
  readonly bracket?: string;
  readonly option?: string;
  /** The version of the text when writing began, or when the writer last looked at what changed. */
  readonly version: number;
  /** The words that stood then, where words that stood are changed. */
  readonly base: readonly Inline[];
  /** One field for each run of words between brackets. */
  readonly written: readonly string[];
  readonly number: string;
  readonly reason: string;
  /** One's own words, put aside to begin from somebody else's. */
  readonly aside: string;
}

const kept = new Map<string, ReadonlyMap<string, Unsent>>();
const nothing: ReadonlyMap<string, Unsent> = new Map();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export interface UnsentWords {
  /** By what they are about: "clause x", "bracket y". */
  readonly all: ReadonlyMap<string, Unsent>;
  readonly keep: (about: string, unsent: Unsent | undefined) => void;
}

export function useUnsent(text: string): UnsentWords {
  const source = useCase();
  const { sitting } = useSnapshot();
  const place = `${source.id} ${sitting?.device ?? ""} ${text}`;
  const all = useSyncExternalStore(subscribe, () => kept.get(place) ?? nothing);
  useLeaveWarning(
    [...all.values()].some(({ written, base }) => written.join() !== standingWords(base).join()),
  );
  return {
    all,
    keep: (about, unsent) => {
      const next = new Map(kept.get(place) ?? nothing);
      if (unsent) next.set(about, unsent);
      else next.delete(about);
      kept.set(place, next);
      for (const listener of listeners) listener();
    },
  };
}
