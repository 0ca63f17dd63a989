/**
 * What a seat is given, and its view. The law: folding what a seat is given yields the seat's view of the whole.
 *
 * A seat in an audience has all of its past; a seat that left keeps what it had and is given nothing later. So the view
 * is the state, less the rooms that the seat was never in.
 */
import type { SeatId } from "./ids.ts";
import { roomsOf } from "./people.ts";
import { find } from "./record.ts";
import { emptyRoom } from "./room.ts";
import type { CaseState, People, RoomName } from "./state.ts";

/** A case as one seat knows it. */
export type SeatView = Omit<CaseState, "left">;

export function viewOf(state: CaseState, seat: SeatId): SeatView {
  const now = roomsOf(state.people, seat);
  const kept = find(state.left, seat);
  const roomFor = (name: RoomName) => (now.includes(name) ? state.rooms[name] : (kept?.[name] ?? emptyRoom));
  return {
    people: state.people,
    rooms: { public: state.rooms.public, consulted: roomFor("consulted"), table: roomFor("table") },
  };
}

/**
 * For how much of the past of each audience a seat is given entries: `all`, or those at positions before the number, when it
 * left. One step of the fold for each entry: `before` and `after` are the people around the entry at position `seq`.
 */
export type Given = { readonly [R in RoomName]: "all" | number };

export const givenNothing: Given = { public: "all", consulted: 0, table: 0 };

export function givenAfter(given: Given, after: People, seat: SeatId, seq: number): Given {
  const now = roomsOf(after, seat);
  const step = (name: RoomName): "all" | number =>
    now.includes(name) ? "all" : given[name] === "all" ? seq : given[name];
  return { public: "all", consulted: step("consulted"), table: step("table") };
}

/** Whether an entry of this audience at position `seq` is given. */
export function isGivenAt(given: Given, audience: RoomName, seq: number): boolean {
  const upTo = given[audience];
  return upTo === "all" || seq < upTo;
}
