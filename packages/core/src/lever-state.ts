/** What a lever's links have come to, asked with the record and the time at hand. */
import { measureState } from "./measure-state.ts";
import { itemOf } from "./register.ts";
import type { Lever, LeverLink, LeverState, Room } from "./room.ts";

/** How a lever stands now; a lever has at least the state it was listed with. */
export function leverStatus({ states }: Lever): LeverState["status"] {
  return states.at(-1)?.status ?? "notStated";
}

/** Whether what a link waits for has come: the alternative is agreed, or the measure is so far. */
export function linkIsDue(room: Room, { bracket, measure: id, upon }: LeverLink, at: string): boolean {
  if (bracket) {
    const text = itemOf(room.texts, bracket.draft);
    return text?.agreed[bracket.bracket]?.option === bracket.option;
  }
  const measure = id === undefined ? undefined : itemOf(room.measures, id);
  if (!measure) return false;
  const state = measureState(measure, at);
  if (upon === "undertaken") return !["proposed", "suspended", "lapsed"].includes(state);
  return state === upon;
}

/** Links whose condition has come while the lever does not stand as they say: what its owner has still to do. */
export function linksOutstanding(room: Room, lever: Lever, at: string): readonly LeverLink[] {
  const now = leverStatus(lever);
  return lever.links.filter((link) => link.becomes !== now && linkIsDue(room, link, at));
}
