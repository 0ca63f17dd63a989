/**
 * Contacts that are still to come: proposed with their time, venue, languages and rules, agreed once every party has
 * accepted, moved (which asks all of them again) or cancelled; each side names the people whom it sends. An agenda point may come from an earlier contact, which
 * left it to this one: "left to the leaders". What was held stands in `contacts.ts`, with each side's own readout.
 */
import type { SeatId } from "./ids.ts";
import { holdsStance } from "./people.ts";
import { including } from "./record.ts";
import { firstOf, refuse, type Verdict } from "./refusal.ts";
import { enter, itemOf, itemsOf } from "./register.ts";
import type { Appointment, Room } from "./room.ts";
import type { Act, RoomRule, RoomRules } from "./rule.ts";
import type { BodyOf } from "./shape.ts";
import { givenTo, knownSeats, voiceOf } from "./voice.ts";

export const appointmentShapes = {
  ContactProposed: {
    form: "call | meeting | ministerial | summit | proximity | letter",
    title: "name",
    begins: "time",
    ends: "time",
    "venue?": "name",
    parties: ["seat"],
    participants: ["person"],
    languages: ["language"],
    confidentiality: "text",
    press: "text",
    agenda: [{ text: "text", "from?": "id" }],
    "requested?": "id",
    /** By seat: the time zone in which that side lives (an IANA name). Times stay in UTC. */
    "zones?": { "*": "name" },
  },
  /** `sequence`: as it stood when it was read. */
  ContactAccepted: { appointment: "id", "sequence?": "count" },
  ParticipantsNamed: { appointment: "id", people: ["person"] },
  ContactMoved: { appointment: "id", begins: "time", ends: "time", "venue?": "name", reason: "text" },
  ContactCancelled: { appointment: "id", reason: "text" },
} as const;

type Rule<Kind extends keyof typeof appointmentShapes> = RoomRule<BodyOf<(typeof appointmentShapes)[Kind]>>;

const proposed: Rule<"ContactProposed"> = {
  admit: (room, body, act, people) =>
    firstOf(
      () =>
        knownSeats(
          people,
          body.participants.flatMap(({ seat }) => seat ?? []),
        ),
      () => givenTo(people, body.parties, act),
      () =>
        body.parties.length > 1 && new Set(body.parties).size === body.parties.length
          ? undefined
          : refuse("contact-parties", "A contact names each of its parties once, and at least two."),
      () => forThose(body.parties, act),
      () => inOrder(body),
      () =>
        body.agenda.every(({ from }) => from === undefined || itemOf(room.contacts, from))
          ? undefined
          : refuse("not-found", "An agenda point comes from a contact that is not in this audience."),
      () =>
        body.requested === undefined || isRequestAmong(room, body.requested, body.parties)
          ? undefined
          : refuse("not-found", "No notification between these parties asked for this contact."),
    ),
  apply: (room, body, act) => {
    const acceptedBy = body.parties.filter((party) => party === act.seat.id);
    const appointment: Appointment = {
      ...body,
      ...voiceOf({}, act),
      sequence: 0,
      changed: act.at,
      acceptedBy,
      namedBy: acceptedBy,
      alignments: {},
    };
    return { ...room, appointments: enter(room.appointments, appointment) };
  },
};

/** A party proposes, and puts on record, contacts in which it takes part; whoever helps the parties does so for them. */
export function forThose(parties: readonly SeatId[], act: Act): Verdict {
  return parties.includes(act.seat.id) || !holdsStance(act.seat)
    ? undefined
    : refuse("not-yours", "This contact is between others; your delegation takes no part in it.");
}

function isRequestAmong(room: Room, id: string, parties: readonly SeatId[]): boolean {
  const request = itemOf(room.notifications, id);
  return request !== undefined && parties.includes(request.by) && parties.includes(request.to);
}

function inOrder({ begins, ends }: { readonly begins: string; readonly ends: string }): Verdict {
  return begins < ends ? undefined : refuse("contact-times", "A contact ends after it begins.");
}

/** A party of a contact that has been neither cancelled nor held. */
function partOf(room: Room, id: string, act: Act): Verdict {
  const appointment = itemOf(room.appointments, id);
  if (!appointment) return refuse("not-found", "There is no such contact proposed in this audience.");
  if (appointment.cancelled) return refuse("already-done", "This contact was cancelled.");
  if (appointment.held) return refuse("already-done", "This contact was held.");
  return appointment.parties.includes(act.seat.id)
    ? undefined
    : refuse("not-yours", "Your delegation is not a party of this contact.");
}

function changed(room: Room, id: string, change: (one: Appointment) => Appointment): Room {
  const one = itemOf(room.appointments, id);
  return one ? { ...room, appointments: enter(room.appointments, change(one)) } : room;
}

const accepted: Rule<"ContactAccepted"> = {
  admit: (room, body, act) =>
    firstOf(
      () => partOf(room, body.appointment, act),
      () =>
        itemOf(room.appointments, body.appointment)?.acceptedBy.includes(act.seat.id)
          ? refuse("already-done", "Your delegation has accepted this contact as it stands.")
          : undefined,
      () => asRead(room, body),
    ),
  apply: (room, body, act) =>
    changed(room, body.appointment, (one) => ({
      ...one,
      acceptedBy: including(one.acceptedBy, act.seat.id),
    })),
};

/** Nobody accepts a time to which a contact was moved while they were reading another. */
function asRead(
  room: Room,
  { appointment, sequence }: BodyOf<typeof appointmentShapes.ContactAccepted>,
): Verdict {
  return sequence === undefined || sequence === itemOf(room.appointments, appointment)?.sequence
    ? undefined
    : refuse(
        "contact-changed",
        "This contact has been changed since; look at it again, then accept it as it stands.",
      );
}

/** Each side names its own people, the last list counts, and no word of the other side hangs on it. */
const participantsNamed: Rule<"ParticipantsNamed"> = {
  admit: (room, body, act) =>
    partOf(room, body.appointment, act) ??
    (body.people.every(({ seat }) => seat === act.seat.id)
      ? undefined
      : refuse("not-yours", "A party names its own people for a contact, each with its seat.")),
  apply: (room, body, act) =>
    changed(room, body.appointment, (one) => ({
      ...one,
      sequence: one.sequence + 1,
      changed: act.at,
      participants: [...one.participants.filter(({ seat }) => seat !== act.seat.id), ...body.people],
      namedBy: including(one.namedBy, act.seat.id),
    })),
};

const moved: Rule<"ContactMoved"> = {
  admit: (room, body, act) => partOf(room, body.appointment, act) ?? inOrder(body),
  apply: (room, { appointment, reason: _, ...to }, act) =>
    changed(room, appointment, (one) => ({
      ...one,
      ...to,
      sequence: one.sequence + 1,
      changed: act.at,
      acceptedBy: [act.seat.id],
    })),
};

const cancelled: Rule<"ContactCancelled"> = {
  admit: (room, body, act) => partOf(room, body.appointment, act),
  apply: (room, { appointment, reason }, act) =>
    changed(room, appointment, (one) => ({
      ...one,
      sequence: one.sequence + 1,
      changed: act.at,
      cancelled: { by: act.seat.id, at: act.at, reason },
    })),
};

export const appointmentRules: RoomRules<typeof appointmentShapes> = {
  ContactProposed: proposed,
  ContactAccepted: accepted,
  ParticipantsNamed: participantsNamed,
  ContactMoved: moved,
  ContactCancelled: cancelled,
};

export function isAgreed({ parties, acceptedBy, cancelled: off }: Appointment): boolean {
  return !off && parties.every((party) => acceptedBy.includes(party));
}

/** The contact that a notification asked for, held if any was, else the last that was proposed and not cancelled. */
export function meetingFor(room: Room, notification: string): Appointment | undefined {
  const meant = itemsOf(room.appointments).filter(
    ({ requested, cancelled: off }) => requested === notification && !off,
  );
  return meant.find(({ held }) => held !== undefined) ?? meant.at(-1);
}
