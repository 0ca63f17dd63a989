import type { ExportVerdict } from "@parley/ledger";
import type { Verdict } from "./case-source.ts";

/** What a reader is told of a verification. */
export function verdictOf(verdict: ExportVerdict<unknown>): Verdict {
  if (!verdict.valid) {
    const { sentence, seq } = verdict.fault;
    return seq === undefined ? { valid: false, sentence } : { valid: false, sentence, seq };
  }
  const [shared, ...circles] = verdict.logs;
  return {
    valid: true,
    entries: shared?.given ?? 0,
    apart: circles.reduce((sum, { given }) => sum + given, 0),
    remembered: verdict.tail === "contains-known-head",
    cosignatures: verdict.logs.reduce((sum, { cosignatures }) => sum + cosignatures, 0),
  };
}
