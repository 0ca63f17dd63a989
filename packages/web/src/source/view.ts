/** The case as the sitting seat knows it, and what several pages need of it. A reader without a seat has what is public. */
import {
  type Contact,
  isGiven,
  itemsOf,
  type Position,
  type Proposal,
  type Release,
  type RoomName,
  roomsOf,
  type SeatView,
  type Stance,
  type Statement,
  viewOf,
} from "@parley/core";
import type { Entry } from "@parley/ledger";
import { useMemo } from "react";
import { useCase, useSnapshot } from "./case-context.tsx";
import { type TextView, textView } from "./text-view.ts";

const rooms: readonly RoomName[] = ["public", "consulted", "table"];

export interface CaseView extends SeatView {
  /** In the order in which they were or are held. */
  readonly contacts: readonly Contact[];
  readonly statements: readonly Statement[];
  readonly positions: readonly Position[];
  readonly stances: readonly Stance[];
  readonly text: TextView | undefined;
  /** Those tabled on this text, in that order, by the names under which people speak of them: "P1", "P2". */
  readonly packages: readonly { readonly name: string; readonly proposal: Proposal }[];
}

export function useView(): CaseView {
  const { state, sitting } = useSnapshot();
  const seat = sitting?.seat;
  return useMemo(() => {
    // Without a seat there is in it what this reader was given, and no more: by a server, or in a file.
    const view: SeatView = seat ? viewOf(state, seat) : state;
    const contacts = rooms.flatMap((room) => itemsOf(view.rooms[room].contacts));
    contacts.sort((a, b) => (a.held < b.held ? -1 : a.held > b.held ? 1 : 0));
    const text = textView(view);
    const tabled = text
      ? itemsOf(view.rooms[text.audience].proposals).filter(({ draft }) => draft === text.text.id)
      : [];
    return {
      ...view,
      contacts,
      statements: rooms.flatMap((room) => itemsOf(view.rooms[room].statements)),
      positions: rooms.flatMap((room) => itemsOf(view.rooms[room].positions)),
      stances: rooms.flatMap((room) => itemsOf(view.rooms[room].stances)),
      text,
      packages: tabled.map((proposal, index) => ({ name: `P${index + 1}`, proposal })),
    };
  }, [state, seat]);
}

export interface Given {
  readonly entry: Entry;
  /** Where in the shared log it stands. */
  readonly seq: number;
}

/** What the sitting seat is given of the shared log, in order. Where one sits in every chair, the others' is kept beside it. */
export function useGiven(): readonly Given[] {
  const { kept } = useCase();
  const { entries, seqs, state, sitting } = useSnapshot();
  const seat = kept === "browser" ? sitting?.seat : undefined;
  return useMemo(() => {
    const all = entries.map((entry, i) => ({ entry, seq: seqs[i] ?? i }));
    return seat ? all.filter(({ entry }) => isGiven(state.people, seat, entry.event.audience)) : all;
  }, [entries, seqs, state, seat]);
}

/** Whether this seat is not given all that the table is, so that it cannot tell whether there is a text. */
export function useOutside(): boolean {
  const { state, sitting } = useSnapshot();
  return !sitting || !roomsOf(state.people, sitting.seat).includes("table");
}

/** Texts offered to every seat, and whether they are out. */
export function useReleases(): readonly Release[] {
  return itemsOf(useView().rooms.public.releases);
}
