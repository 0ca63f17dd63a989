/** Questions about measures that are asked with the record and the time at hand: nothing of this is folded. */
import type { MeasureNode, ReleaseNode } from "./measure-graph.ts";
import { allPrincipals } from "./people.ts";
import { itemsOf } from "./register.ts";
import type { Measure, Room, Scope } from "./room.ts";
import type { People } from "./state.ts";

export type MeasureState =
  | "proposed"
  | "undertaken"
  | "reported"
  | "verified"
  | "disputed"
  | "suspended"
  | "lapsed";

/**
 * Where a measure stands. Past its end it has lapsed; suspended, it is that until it is resumed; otherwise the last act
 * that says something of its performance decides. A finding that it was not complied with disputes it.
 */
export function measureState(measure: Measure, at: string): MeasureState {
  if (measure.end !== undefined && at > measure.end) return "lapsed";
  let state: MeasureState = "proposed";
  let suspended = false;
  for (const act of measure.acts) {
    if (act.kind === "MeasureSuspended") suspended = true;
    else if (act.kind === "MeasureResumed") suspended = false;
    else if (act.kind === "MeasureUndertaken") state = "undertaken";
    else if (act.kind === "MeasureReported" && state === "undertaken") state = "reported";
    else if (act.kind === "MeasureDisputed" || act.finding === "notComplied") state = "disputed";
    else if (act.finding === "complied") state = "verified";
  }
  return suspended ? "suspended" : state;
}

/** The scope in force: the last version that its owner and every principal accepted. */
export function scopeInForce(measure: Measure, people: People): Scope | undefined {
  return measure.scopes.findLast(
    ({ acceptedBy }) => acceptedBy.includes(measure.owner) && allPrincipals(people, acceptedBy),
  );
}

/** Whether the parties that dated its start gave different dates. */
export function startsDiffer(measure: Measure): boolean {
  return new Set(Object.values(measure.starts)).size > 1;
}

/** From a clause to its measures; a measure names its clause. */
export function measuresOf(room: Room, draft: string, clause: string): readonly Measure[] {
  return itemsOf(room.measures).filter((one) => one.clause?.draft === draft && one.clause.clause === clause);
}

/** The measures of a room as `measure-graph.ts` takes them. */
export function measureGraph(room: Room): readonly MeasureNode[] {
  return itemsOf(room.measures).map((measure) => {
    const inOrder = (order: "after" | "together") =>
      measure.answers.filter((answer) => answer.order === order).map((answer) => answer.measure as string);
    return {
      id: measure.id,
      after: inOrder("after"),
      together: inOrder("together"),
      verified: measure.mandates.verification.length > 0,
      started: Object.keys(measure.starts).length > 0,
      releases: measure.releases.map((release): ReleaseNode => {
        if (release.when === "date") return { when: "date" };
        return release.when === "finding"
          ? { when: "finding", established: release.by !== undefined }
          : { when: release.when, measure: release.measure ?? "" };
      }),
    };
  });
}
