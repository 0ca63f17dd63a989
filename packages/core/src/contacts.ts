/**
 * Contacts: calls, meetings, proximity talks, summits, letters. Afterwards each side gives its own readout; beside them
 * there may be press lines agreed by all who took part, points left to the ministers or the leaders, or no result. None needs
 * a draft. What each side expected beforehand is aligned as the readouts are, also before the contact is held.
 */
import { forThose, isAgreed } from "./appointments.ts";
import { find, including, put } from "./record.ts";
import { firstOf, refuse, type Verdict } from "./refusal.ts";
import { enter, itemOf, itemsOf } from "./register.ts";
import type { AlignedPoint, Contact, Room, Statement } from "./room.ts";
import type { RoomRule, RoomRules } from "./rule.ts";
import type { BodyOf } from "./shape.ts";
import { admitOwner, givenTo, knownSeats, voiceOf } from "./voice.ts";

export const contactShapes = {
  DelegationListed: { "of?": "seat", people: ["person"], "recorded?": "source" },
  ContactOpened: {
    form: "call | meeting | ministerial | summit | proximity | letter",
    title: "name",
    held: "date",
    "venue?": "name",
    parties: ["seat"],
    participants: ["person"],
    agenda: ["text"],
    "appointment?": "id",
    "recorded?": "source",
  },
  ReadoutIssued: { contact: "id", "of?": "seat", text: "text", "recorded?": "source" },
  ReadoutsAligned: {
    contact: "id",
    points: [
      {
        subject: "name",
        relation: "both | one | conflict",
        claims: [{ readout: "id", from: "count", to: "count" }],
      },
    ],
  },
  PressLinesProposed: { contact: "id", text: "text" },
  PressLinesAccepted: { contact: "id", lines: "id" },
  ContactEnded: {
    contact: "id",
    outcomes: ["readouts | pressLines | leftToMinisters | leftToLeaders | noResult"],
    /** To the leaders. */
    pointsLeft: ["text"],
    "pointsForMinisters?": ["text"],
    "recorded?": "source",
  },
} as const;

const delegationListed: RoomRule<BodyOf<typeof contactShapes.DelegationListed>> = {
  admit: (_room, body, act) => admitOwner(body, act),
  apply: (room, body, act) => {
    const voice = voiceOf(body, act);
    if (!voice.of) return room;
    return { ...room, delegations: put(room.delegations, voice.of, { ...voice, people: body.people }) };
  },
};

const opened: RoomRule<BodyOf<typeof contactShapes.ContactOpened>> = {
  admit: (room, body, act, people) =>
    firstOf(
      () => knownSeats(people, body.parties),
      () =>
        knownSeats(
          people,
          body.participants.flatMap((person) => (person.seat ? [person.seat] : [])),
        ),
      () => forThose(body.parties, act),
      // What was agreed with a party that has left since can still be said to have been held.
      () =>
        body.appointment === undefined
          ? givenTo(people, body.parties, act)
          : heldAsAgreed(room, body.appointment, body.parties),
    ),
  apply: (room, { recorded, ...body }, act) => {
    const voice = voiceOf(recorded ? { recorded } : {}, act);
    const contact: Contact = { ...body, ...voice, readouts: [], alignments: {}, pressLines: {} };
    const appointment = itemOf(room.appointments, body.appointment ?? "");
    return {
      ...room,
      contacts: enter(room.contacts, contact),
      appointments: appointment
        ? enter(room.appointments, { ...appointment, held: act.id })
        : room.appointments,
    };
  },
};

/** What is put on record as the contact that was agreed is between its parties, and is put on record once. */
function heldAsAgreed(room: Room, id: string, parties: readonly string[]): Verdict {
  const appointment = itemOf(room.appointments, id);
  if (!appointment) return refuse("not-found", "There is no such contact proposed in this audience.");
  if (!isAgreed(appointment)) return refuse("not-agreed", "Not every party has accepted this contact.");
  if (appointment.held) return refuse("already-done", "That this contact was held is on record already.");
  return appointment.parties.length === parties.length &&
    appointment.parties.every((party) => parties.includes(party))
    ? undefined
    : refuse("bad-body", "The contact held has other parties than the one that was agreed.");
}

const readoutIssued: RoomRule<BodyOf<typeof contactShapes.ReadoutIssued>> = {
  admit: (room, body, act) =>
    firstOf(
      () => knownContact(room, body.contact),
      () => admitOwner(body, act),
    ),
  apply: (room, body, act) =>
    inContact(room, body.contact, (contact) => ({
      ...contact,
      readouts: [...contact.readouts, { ...voiceOf(body, act), text: body.text }],
    })),
};

const readoutsAligned: RoomRule<BodyOf<typeof contactShapes.ReadoutsAligned>> = {
  admit: (room, body) =>
    firstOf(
      () => (itemOf(room.appointments, body.contact) ? undefined : knownContact(room, body.contact)),
      ...body.points.map((point) => () => pointHolds(room, body.contact, point)),
    ),
  apply: (room, body, act) => {
    const alignment = { ...voiceOf({}, act), points: body.points };
    const appointment = itemOf(room.appointments, body.contact);
    if (!appointment) {
      return inContact(room, body.contact, (contact) => ({
        ...contact,
        alignments: put(contact.alignments, act.seat.id, alignment),
      }));
    }
    const alignments = put(appointment.alignments, act.seat.id, alignment);
    return { ...room, appointments: enter(room.appointments, { ...appointment, alignments }) };
  },
};

/**
 * Claims stand in readouts of this contact, or in what was expected of it, never one of each: what was hoped for and what was
 * reported are two readings. What one alone says is in one text, all else in several.
 */
function pointHolds(room: Room, id: string, { subject, relation, claims }: AlignedPoint): Verdict {
  const readouts = itemOf(room.contacts, id)?.readouts ?? [];
  const expected = expectationsOf(room, id);
  const among = readouts.some((one) => one.id === claims[0]?.readout) ? readouts : expected;
  for (const claim of claims) {
    const text = among.find((one) => one.id === claim.readout)?.text;
    if (text === undefined) {
      return refuse(
        "not-found",
        `A claim about "${subject}" is in no readout or expectation of this contact.`,
      );
    }
    if (claim.from >= claim.to || claim.to > text.length) {
      return refuse("bad-body", `A claim about "${subject}" does not stand within its text.`);
    }
  }
  const texts = new Set(claims.map(({ readout }) => readout)).size;
  return (relation === "one") === (texts === 1) && texts > 0
    ? undefined
    : refuse("bad-body", `About "${subject}": one text for what one side alone says, several otherwise.`);
}

/** What was stated to be expected of a contact, held or to come, before it. */
export function expectationsOf(room: Room, id: string): readonly Statement[] {
  const appointment = itemOf(room.contacts, id)?.appointment;
  return itemsOf(room.statements).filter(
    (one) =>
      one.form === "expectation" &&
      (one.contact === id ||
        one.appointment === id ||
        (appointment !== undefined && one.appointment === appointment)),
  );
}

const pressLinesProposed: RoomRule<BodyOf<typeof contactShapes.PressLinesProposed>> = {
  admit: (room, body, act) =>
    firstOf(
      () => knownContact(room, body.contact),
      () => tookPart(room, body.contact, act.seat.id),
    ),
  apply: (room, body, act) =>
    inContact(room, body.contact, (contact) => {
      const lines = { ...voiceOf({}, act), text: body.text, acceptedBy: [], agreed: false };
      return { ...contact, pressLines: put(contact.pressLines, act.id, lines) };
    }),
};

const pressLinesAccepted: RoomRule<BodyOf<typeof contactShapes.PressLinesAccepted>> = {
  admit: (room, body, act) =>
    firstOf(
      () => knownContact(room, body.contact),
      () => tookPart(room, body.contact, act.seat.id),
      () => {
        const lines = find(itemOf(room.contacts, body.contact)?.pressLines ?? {}, body.lines);
        if (!lines) return refuse("not-found", "There are no such press lines for this contact.");
        return lines.acceptedBy.includes(act.seat.id)
          ? refuse("already-done", "Your delegation has accepted these press lines already.")
          : undefined;
      },
    ),
  apply: (room, body, act) =>
    inContact(room, body.contact, (contact) => {
      const lines = find(contact.pressLines, body.lines);
      if (!lines) return contact;
      const acceptedBy = including(lines.acceptedBy, act.seat.id);
      const agreed = contact.parties.every((party) => acceptedBy.includes(party));
      return { ...contact, pressLines: put(contact.pressLines, lines.id, { ...lines, acceptedBy, agreed }) };
    }),
};

/** It ends once, so whoever took no part in it does not say how. */
const ended: RoomRule<BodyOf<typeof contactShapes.ContactEnded>> = {
  admit: (room, body, act) =>
    firstOf(
      () => knownContact(room, body.contact),
      () => (body.recorded ? undefined : tookPart(room, body.contact, act.seat.id)),
      () => {
        const contact = itemOf(room.contacts, body.contact);
        if (contact?.ended) return refuse("already-done", "How this contact ended is on record already.");
        const agreed = Object.values(contact?.pressLines ?? {}).some((lines) => lines.agreed);
        return body.outcomes.includes("pressLines") && !agreed && !body.recorded
          ? refuse("not-agreed", "No press lines have been accepted by every party of this contact.")
          : undefined;
      },
      () =>
        body.outcomes.includes("leftToLeaders") === body.pointsLeft.length > 0 &&
        body.outcomes.includes("leftToMinisters") === (body.pointsForMinisters ?? []).length > 0
          ? undefined
          : refuse(
              "bad-body",
              'Points go with the outcome "leftToLeaders" or "leftToMinisters" that leaves them, and only with it.',
            ),
    ),
  apply: (room, { contact: id, recorded, ...how }, act) =>
    inContact(room, id, (contact) => ({
      ...contact,
      ended: { ...voiceOf(recorded ? { recorded } : {}, act), ...how },
    })),
};

function knownContact(room: Room, id: string): Verdict {
  return itemOf(room.contacts, id)
    ? undefined
    : refuse("not-found", "There is no such contact in this audience.");
}

function tookPart(room: Room, id: string, seat: string): Verdict {
  return itemOf(room.contacts, id)?.parties.some((party) => party === seat)
    ? undefined
    : refuse("wrong-seat", "Only a party of the contact agrees on its press lines and says how it ended.");
}

function inContact(room: Room, id: string, change: (contact: Contact) => Contact): Room {
  const contact = itemOf(room.contacts, id);
  return contact ? { ...room, contacts: enter(room.contacts, change(contact)) } : room;
}

export const contactRules: RoomRules<typeof contactShapes> = {
  DelegationListed: delegationListed,
  ContactOpened: opened,
  ReadoutIssued: readoutIssued,
  ReadoutsAligned: readoutsAligned,
  PressLinesProposed: pressLinesProposed,
  PressLinesAccepted: pressLinesAccepted,
  ContactEnded: ended,
};
