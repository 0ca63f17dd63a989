/**
 * Revisions as practice numbers them, by the document's symbol: a text that came as SELD/1/Rev.3 is Rev.4 once its first
 * amendment is adopted. A text without a number in its symbol counts from 0.
 */
import type { Draft } from "@parley/text";
import { useMemo } from "react";

const ending = /\/Rev\.(\d+)$/i;

/** `version`: how many amendments were adopted since the text was opened. */
export function revisionNumber({ symbol = "" }: Pick<Draft, "symbol">, version: number): number {
  return Number(ending.exec(symbol)?.[1] ?? 0) + version;
}

/** The draft with the symbol of this version. */
export function revised(draft: Draft, version: number): Draft {
  const { symbol } = draft;
  if (symbol === undefined || version === 0) return draft;
  return { ...draft, symbol: `${symbol.replace(ending, "")}/Rev.${revisionNumber(draft, version)}` };
}

export function useRevised(draft: Draft, version: number): Draft {
  return useMemo(() => revised(draft, version), [draft, version]);
}
