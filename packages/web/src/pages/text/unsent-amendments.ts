/** Amendments that are written and not proposed yet, with what each began from: a change by somebody else meanwhile is seen. */
import type { Change } from "@parley/core";
import type { Inline } from "@parley/text";
import { useUnsent } from "../../source/unsent.ts";
import { standingWords } from "../../source/words.ts";

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
  /** The affected parties that the clause would concern. */
  readonly concerns?: readonly string[];
  readonly reason: string;
  /** One's own words, put aside to begin from somebody else's. */
  readonly aside: string;
}

type All = ReadonlyMap<string, Unsent>;

const none: All = new Map();

export interface UnsentAmendments {
  /** By what they are about: "clause x", "bracket y". */
  readonly all: All;
  readonly keep: (about: string, unsent: Unsent | undefined) => void;
}

export function useUnsentAmendments(text: string): UnsentAmendments {
  const [all, put] = useUnsent(`amendments ${text}`, none, (some) => [...some.values()].some(isWritten));
  const keep = (about: string, unsent: Unsent | undefined) => {
    put((now) => {
      const next = new Map(now);
      if (unsent) next.set(about, unsent);
      else next.delete(about);
      return next.size > 0 ? next : none;
    });
  };
  return { all, keep };
}

function isWritten({ written, base, reason }: Unsent): boolean {
  return reason.trim() !== "" || written.join() !== standingWords(base).join();
}
