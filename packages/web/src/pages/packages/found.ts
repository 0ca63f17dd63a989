/** What was computed, for the parts of the page that show it. */
import type { OptionRef, Outcome, Problem } from "@parley/solver";
import type { Desk } from "../../source/desk.ts";
import type { TextView } from "../../source/text-view.ts";
import type { Row } from "./rows.ts";
import type { Solved } from "./solving.worker.ts";

export interface ResultsProps {
  readonly problem: Problem;
  readonly solved: Solved;
  readonly desk: Desk;
  readonly view: TextView;
  readonly barred: readonly OptionRef[];
  readonly onBar: (next: readonly OptionRef[]) => void;
}

/** A package on the table, or one that was. */
export interface Tabled {
  readonly id: string;
  readonly outcome: Outcome;
  readonly utilities: Row["utilities"];
  readonly label: string;
}
