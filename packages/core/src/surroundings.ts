/**
 * What a circle rests on of the case around it. It is kept for every moment that a circle's entry may name, so it is this
 * and no more: most entries change nothing of it, and share what the one before them had.
 */
import type { Room } from "./room.ts";
import type { CaseState, People, RoomName } from "./state.ts";

type Tabled = Pick<Room, "texts" | "proposals">;

export interface Surroundings {
  readonly people: People;
  readonly rooms: { readonly [R in RoomName]: Tabled };
}

/** Of this state; `before` itself where nothing of it has changed since. */
export function surroundingsOf({ people, rooms }: CaseState, before?: Surroundings): Surroundings {
  const same = (name: RoomName): boolean =>
    rooms[name].texts === before?.rooms[name].texts && rooms[name].proposals === before.rooms[name].proposals;
  if (people === before?.people && same("public") && same("consulted") && same("table")) return before;
  const tabled = ({ texts, proposals }: Room): Tabled => ({ texts, proposals });
  return {
    people,
    rooms: {
      public: tabled(rooms.public),
      consulted: tabled(rooms.consulted),
      table: tabled(rooms.table),
    },
  };
}
