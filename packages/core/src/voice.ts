/**
 * Whose word it is. A delegation speaks for itself only. A recorder speaks for nobody: it puts on record what was
 * reported, with its source, and every view shows it as reported. So facts about real parties can stand in a case
 * without one word in their name.
 */
import type { SeatId } from "./ids.ts";
import { isGiven } from "./people.ts";
import { find } from "./record.ts";
import { refuse, type Verdict } from "./refusal.ts";
import type { Voice } from "./room.ts";
import type { Act } from "./rule.ts";
import type { Source } from "./shape.ts";
import type { People } from "./state.ts";

export interface Spoken {
  readonly of?: SeatId;
  readonly recorded?: Source;
}

export function admitVoice(people: People, body: Spoken, act: Act): Verdict {
  if (act.seat.kind !== "recorder") {
    if (body.recorded)
      return refuse("wrong-seat", "Only a recorder puts on record what others are reported to say.");
    return body.of === undefined || body.of === act.seat.id
      ? undefined
      : refuse("not-yours", `Your delegation speaks for itself, not for "${body.of}".`);
  }
  if (!body.recorded) return refuse("source-needed", "A recorder gives the source of everything it records.");
  if (body.of === undefined) return undefined;
  const seat = find(people.seats, body.of);
  return seat && seat.kind !== "recorder"
    ? undefined
    : refuse("not-found", `There is no party "${body.of}" whose word this could be.`);
}

/** The same, for what must be somebody's: a readout, a position, a list of delegates. */
export function admitOwner(body: Spoken, act: Act): Verdict {
  return ownerOf(body, act) ? undefined : refuse("bad-body", 'body lacks the key "of": whose is it?');
}

function ownerOf(body: Spoken, act: Act): SeatId | undefined {
  return body.of ?? (act.seat.kind === "recorder" ? undefined : act.seat.id);
}

export function voiceOf(body: Spoken, act: Act): Voice {
  const of = ownerOf(body, act);
  return {
    id: act.id,
    ...(of === undefined ? {} : { of }),
    by: act.seat.id,
    at: act.at,
    ...(body.recorded ? { recorded: body.recorded } : {}),
  };
}

/** Every seat named in a list must be one of the case. */
export function knownSeats(people: People, seats: readonly SeatId[]): Verdict {
  const unknown = seats.find((seat) => !find(people.seats, seat));
  return unknown === undefined ? undefined : refuse("not-found", `There is no seat "${unknown}".`);
}

/** Whoever is to answer, join or act must be given it: every one of these seats is in the audience of the event. */
export function givenTo(people: People, seats: readonly SeatId[], { event: { audience } }: Act): Verdict {
  const unknown = knownSeats(people, seats);
  if (unknown) return unknown;
  const seat = seats.find((one) => !isGiven(people, one, audience));
  return seat === undefined
    ? undefined
    : refuse(
        "party-not-given",
        `"${seat}" is not given what is in the audience ${audience}; choose a wider audience, or leave it out.`,
        { seat },
      );
}
