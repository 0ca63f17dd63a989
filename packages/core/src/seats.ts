/**
 * Seats after the opening. A seat stands once every principal seated at that moment consents; a principal that joins
 * consents to the seats it finds. A party that lost every device can be seated again by the others, after fourteen
 * days in which nothing public is signed by any of its devices (`protocol.md`, People, powers and keys).
 */
import type { SeatId } from "./ids.ts";
import { principals } from "./people.ts";
import { find, including, put } from "./record.ts";
import { firstOf, refuse, type Verdict } from "./refusal.ts";
import type { PeopleRule, PeopleRules } from "./rule.ts";
import type { BodyOf } from "./shape.ts";
import type { People, Reopening, Seat } from "./state.ts";
import { dayMs, instantMs } from "./time.ts";

export const seatShapes = {
  SeatOpened: {
    seat: "seat",
    kind: "principal | host | mediator | affected | observer | recorder",
    name: "name",
    "code?": "letters",
  },
  SeatAccepted: { seat: "seat" },
  SeatReopenSupported: { seat: "seat", inviteKey: "key", until: "time" },
  SeatHeld: {},
} as const;

/** How long a party's silence lasts before its seat is open to the new head. */
export const reopeningMs: number = 14 * dayMs;

const opened: PeopleRule<BodyOf<typeof seatShapes.SeatOpened>> = {
  admit: (people, body) =>
    find(people.seats, body.seat)
      ? refuse("already-open", `There is a seat "${body.seat}" already.`)
      : undefined,
  apply: (people, body, act) => {
    const seat: Seat = {
      id: body.seat,
      kind: body.kind,
      name: body.name,
      ...(body.code === undefined ? {} : { code: body.code }),
      declaredAtOpening: false,
      consents: act.seat.kind === "principal" ? [act.seat.id] : [],
      standing: false,
      taken: false,
    };
    return settleSeats({ ...people, seats: put(people.seats, seat.id, seat) });
  },
};

const accepted: PeopleRule<BodyOf<typeof seatShapes.SeatAccepted>> = {
  admit: (people, body, act) => {
    const seat = find(people.seats, body.seat);
    if (!seat) return refuse("not-found", `There is no seat "${body.seat}".`);
    return seat.consents.includes(act.seat.id)
      ? refuse("already-done", `Your delegation has consented to the seat "${body.seat}" already.`)
      : undefined;
  },
  apply: (people, body, act) => settleSeats(consentTo(people, [body.seat], act.seat.id)),
};

const reopenSupported: PeopleRule<BodyOf<typeof seatShapes.SeatReopenSupported>> = {
  admit: (people, body, act) =>
    firstOf(
      () =>
        find(people.seats, body.seat)?.taken
          ? undefined
          : refuse("not-found", `Nobody ever took the seat "${body.seat}"; the convener can invite to it.`),
      () =>
        body.seat === act.seat.id
          ? refuse("not-yours", "A party does not reopen its own seat; its head invites members.")
          : undefined,
      () =>
        body.until > act.at
          ? undefined
          : refuse("invitation-past", "The invitation would have ended before it began."),
      () => alreadySupported(find(people.seats, body.seat)?.reopening, body.inviteKey, act.seat.id),
    ),
  apply: (people, body, act) => {
    const seat = find(people.seats, body.seat);
    if (!seat) return people;
    const same = seat.reopening?.inviteKey === body.inviteKey && seat.reopening.until === body.until;
    const supporters = including(same ? (seat.reopening?.supporters ?? []) : [], act.seat.id);
    const complete = supportersNeeded(people, seat.id).every((needed) => supporters.includes(needed));
    const reopening: Reopening = {
      inviteKey: body.inviteKey,
      until: body.until,
      supporters,
      ...(complete ? { since: act.at } : {}),
    };
    return { ...people, seats: put(people.seats, seat.id, { ...seat, reopening }) };
  },
};

function alreadySupported(reopening: Reopening | undefined, key: string, seat: SeatId): Verdict {
  return reopening?.inviteKey === key && reopening.supporters.includes(seat)
    ? refuse("already-done", "Your delegation supports this already.")
    : undefined;
}

/** Each other principal, and each mediator that is seated. */
export function supportersNeeded(people: People, lost: SeatId): readonly SeatId[] {
  const mediators = Object.values(people.seats)
    .filter((seat) => seat.kind === "mediator" && seat.taken && seat.standing)
    .map((seat) => seat.id);
  return [...principals(people), ...mediators].filter((seat) => seat !== lost);
}

/** Whether the seat waits no longer for a word of the party that had it. */
export function isReopened(seat: Seat, at: string): boolean {
  const since = seat.reopening?.since;
  return since !== undefined && instantMs(at) - instantMs(since) >= reopeningMs;
}

/** Anything public that a party's device signs shows that the party is there, and ends the reopening of its seat. */
export function endReopening(people: People, id: SeatId): People {
  const seat = find(people.seats, id);
  if (!seat?.reopening) return people;
  const { reopening: _, ...held } = seat;
  return { ...people, seats: put(people.seats, id, held) };
}

export function consentTo(people: People, seats: readonly SeatId[], by: SeatId): People {
  let all = people.seats;
  for (const id of seats) {
    const seat = find(all, id);
    if (seat) all = put(all, id, { ...seat, consents: including(seat.consents, by) });
  }
  return { ...people, seats: all };
}

/** A seat stands once every principal seated at that moment has consented. */
export function settleSeats(people: People): People {
  const needed = principals(people);
  let seats = people.seats;
  for (const seat of Object.values(people.seats)) {
    if (!seat.standing && needed.every((principal) => seat.consents.includes(principal))) {
      seats = put(seats, seat.id, { ...seat, standing: true });
    }
  }
  return { ...people, seats };
}

export const seatRules: PeopleRules<typeof seatShapes> = {
  SeatOpened: opened,
  SeatAccepted: accepted,
  SeatReopenSupported: reopenSupported,
  // Its whole effect is that it is public and signed: see endReopening.
  SeatHeld: { admit: () => undefined, apply: (people) => people },
};
