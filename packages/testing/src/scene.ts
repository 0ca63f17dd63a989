/** What a body is drawn for: the case as it is, who will sign, and for whom. */
import type { CircleState, Room, RoomName, SeatId } from "@parley/core";
import type { EventId } from "@parley/ledger/event";
import { seededBytes } from "./device.ts";
import type { Draw } from "./draw.ts";
import type { Negotiation } from "./negotiation.ts";

export interface Scene {
  readonly draw: Draw;
  readonly talks: Negotiation;
  readonly device: string;
  readonly seat: SeatId;
  readonly room: Room;
  readonly audience: RoomName;
  /** The circle that it is for, if it is for one. */
  readonly circle?: CircleState | undefined;
}

export function seatId({ draw, talks }: Scene): SeatId {
  return draw.pick([...Object.keys(talks.state.people.seats), "nowhere"]) as SeatId;
}

/** Mostly one of the last of these, sometimes what is not there. */
export function known({ draw }: Scene, all: readonly { readonly id: EventId }[]): EventId {
  const none = { id: seededBytes("nothing", 32) as EventId };
  return draw.pickOr(draw.chance(0.95) ? all.slice(-2) : [], none).id;
}
