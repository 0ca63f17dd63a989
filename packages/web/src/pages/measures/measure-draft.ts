/** A measure in the making: what has been written of it, and its place in the graph before anybody is given it. */
import {
  holdsStance,
  type Mandate,
  type MeasureNode,
  type RoomName,
  roomsOf,
  type SeatId,
} from "@parley/core";
import { useMemo } from "react";
import { useMay } from "../../source/acting.ts";
import { useSnapshot } from "../../source/case-context.tsx";
import type { TextView } from "../../source/text-view.ts";
import { useUnsent } from "../../source/unsent.ts";
import { useView } from "../../source/view.ts";
import { type Drawing, noArea } from "./area-field.tsx";
import { useMeasures } from "./measures-state.ts";
import { type Release, releaseNode } from "./releases.tsx";

export const draftId = "draft";
export type Order = "after" | "together";
export type DraftAudience = Extract<RoomName, "consulted" | "table">;
const draftAudiences: readonly DraftAudience[] = ["consulted", "table"];

export interface Writing {
  readonly title: string;
  readonly obliges: string;
  readonly classes: string;
  readonly evidence: string;
  readonly end: string;
  readonly owner: string;
  readonly audience: DraftAudience;
  readonly clause: string;
  readonly mandates: Readonly<Record<Mandate, readonly string[]>>;
  readonly answers: Readonly<Record<string, Order | "none">>;
  readonly releases: readonly Release[];
  readonly area: Drawing;
}

const blank: Omit<Writing, "owner" | "audience" | "clause"> = {
  title: "",
  obliges: "",
  classes: "",
  evidence: "",
  end: "",
  mandates: { monitoring: [], verification: [], investigation: [], attribution: [] },
  answers: {},
  releases: [],
  area: noArea,
};

export interface MeasureDraft {
  readonly writing: Writing;
  readonly set: (change: Partial<Writing>) => void;
  readonly clear: () => void;
  /** For whose eyes it can be. */
  readonly audiences: readonly DraftAudience[];
  /** The text whose clauses are offered: those of the same audience. */
  readonly source: TextView | undefined;
  /** What it answers, of the measures that its readers are given. */
  readonly answers: readonly { readonly measure: string; readonly order: Order }[];
  /** In the graph, once it has a title. */
  readonly node: MeasureNode | undefined;
}

export function useMeasureDraft(clause: string): MeasureDraft {
  const { people } = useSnapshot().state;
  const may = useMay();
  const { text } = useView();
  const measures = useMeasures();
  const owner = Object.values(people.seats).find(holdsStance);
  const audience: DraftAudience = text?.audience === "table" && clause !== "" ? "table" : "consulted";
  const [kept, setWriting] = useUnsent<Writing | undefined>(`measure ${clause}`, undefined, isWritten);
  const begun = useMemo(
    (): Writing => ({ ...blank, owner: owner?.id ?? "", audience, clause }),
    [owner, audience, clause],
  );
  const written = kept ?? begun;
  // Whoever owns a measure or has a mandate in it is given it, and so is whoever proposes it.
  const named = [written.owner, ...Object.values(written.mandates).flat()].map((seat) => seat as SeatId);
  const audiences = draftAudiences.filter(
    (one) => may("MeasureProposed", one) && named.every((seat) => roomsOf(people, seat).includes(one)),
  );
  const given = audiences.find((one) => one === written.audience) ?? audiences[0] ?? written.audience;
  const writing = given === written.audience ? written : { ...written, audience: given };
  const node = useMemo((): MeasureNode | undefined => {
    if (writing.title.trim() === "") return undefined;
    const listed = answersIn(writing, measures);
    const inOrder = (order: Order) =>
      listed.filter((one) => one.order === order).map(({ measure }) => measure);
    return {
      id: draftId,
      after: inOrder("after"),
      together: inOrder("together"),
      verified: writing.mandates.verification.length > 0,
      started: false,
      releases: writing.releases.map(releaseNode),
    };
  }, [writing, measures]);
  return {
    writing,
    set: (change) => setWriting({ ...writing, ...change }),
    clear: () => setWriting({ ...writing, ...blank, clause: "" }),
    audiences,
    source: text?.audience === writing.audience ? text : undefined,
    answers: answersIn(writing, measures),
    node,
  };
}

function isWritten(one: Writing | undefined): boolean {
  return [one?.title, one?.obliges, one?.evidence].some((words) => words?.trim());
}

function answersIn(
  { answers, audience }: Writing,
  measures: ReturnType<typeof useMeasures>,
): MeasureDraft["answers"] {
  const near = new Set<string>(
    measures.filter((one) => one.audience === audience).map(({ item }) => item.id),
  );
  return Object.entries(answers).flatMap(([measure, order]) =>
    order === "none" || !near.has(measure) ? [] : [{ measure, order }],
  );
}
