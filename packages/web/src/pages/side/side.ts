/** What every part of this page works on. */
import type { SeatId } from "@parley/core";
import type { ProblemIssue } from "@parley/solver";
import type { TextView } from "../../source/text-view.ts";
import type { OurValuation } from "../../source/valuations.ts";

export type WhatIfs = Readonly<Record<string, string>>;

export interface Side {
  readonly of: SeatId;
  readonly view: TextView;
  /** What is still open. */
  readonly tree: readonly ProblemIssue[];
  /** What is agreed too. */
  readonly whole: readonly ProblemIssue[];
  readonly ours: OurValuation;
  readonly whatIfs: WhatIfs;
  readonly setWhatIfs: (next: WhatIfs) => void;
}
