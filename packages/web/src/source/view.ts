/** The case as the sitting seat knows it, and what several pages need of it. A reader without a seat has what is public. */
import {
  type CaseState,
  type Contact,
  emptyRoom,
  itemsOf,
  type Position,
  type RoomName,
  type SeatView,
  type Stance,
  type Statement,
  viewOf,
} from "@parley/core";
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
}

export function useView(): CaseView {
  const { kept } = useCase();
  const { state, sitting } = useSnapshot();
  const seat = sitting?.seat;
  return useMemo(() => {
    // A file has in it what its reader was given, and no more.
    const view = seat ? viewOf(state, seat) : kept === "file" ? state : readersView(state);
    const contacts = rooms.flatMap((room) => itemsOf(view.rooms[room].contacts));
    contacts.sort((a, b) => (a.held < b.held ? -1 : a.held > b.held ? 1 : 0));
    return {
      ...view,
      contacts,
      statements: rooms.flatMap((room) => itemsOf(view.rooms[room].statements)),
      positions: rooms.flatMap((room) => itemsOf(view.rooms[room].positions)),
      stances: rooms.flatMap((room) => itemsOf(view.rooms[room].stances)),
      text: textView(view),
    };
  }, [state, seat, kept]);
}

function readersView(state: CaseState): SeatView {
  const { people, rooms } = state;
  return { people, rooms: { public: rooms.public, consulted: emptyRoom, table: emptyRoom } };
}
