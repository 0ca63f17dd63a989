/**
 * Contacts: calls, meetings, proximity talks, summits, letters. Afterwards each side gives its own readout; beside them
 * there may be press lines agreed by all who took part, points left to the leaders, or no result. None needs a draft.
 */
import { isAgreed } from "./appointments.ts";
import { find, including, put } from "./record.ts";
import { firstOf, refuse, type Verdict } from "./refusal.ts";
import { enter, itemOf } from "./register.ts";
import type { AlignedPoint, Contact, Room } from "./room.ts";
import type { RoomRule, RoomRules } from "./rule.ts";
import type { BodyOf } from "./shape.ts";
import { admitOwner, knownSeats, voiceOf } from "./voice.ts";

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
    outcomes: ["readouts | pressLines | leftToLeaders | noResult"],
    pointsLeft: ["text"],
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
  admit: (room, body, _act, people) =>
    firstOf(
      () => knownSeats(people, body.parties),
      () =>
        knownSeats(
          people,
          body.participants.flatMap((person) => (person.seat ? [person.seat] : [])),
        ),
      () => (body.appointment === undefined ? undefined : heldAsAgreed(room, body.appointment, body.parties)),
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
      () => knownContact(room, body.contact),
      ...body.points.map((point) => () => pointHolds(itemOf(room.contacts, body.contact), point)),
    ),
  apply: (room, body, act) =>
    inContact(room, body.contact, (contact) => {
      const alignment = { ...voiceOf({}, act), points: body.points };
      return { ...contact, alignments: put(contact.alignments, act.seat.id, alignment) };
    }),
};

/** Claims stand in readouts of this contact; what one alone says is in one, all else in several. */
function pointHolds(contact: Contact | undefined, { subject, relation, claims }: AlignedPoint): Verdict {
  for (const claim of claims) {
    const readout = contact?.readouts.find(({ id }) => id === claim.readout);
    if (!readout) return refuse("not-found", `A claim about "${subject}" is in no readout of this contact.`);
    if (claim.from >= claim.to || claim.to > readout.text.length) {
      return refuse("bad-body", `A claim about "${subject}" does not stand within its readout.`);
    }
  }
  const readouts = new Set(claims.map(({ readout }) => readout)).size;
  return (relation === "one") === (readouts === 1) && readouts > 0
    ? undefined
    : refuse("bad-body", `About "${subject}": one readout for what one side alone says, several otherwise.`);
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

const ended: RoomRule<BodyOf<typeof contactShapes.ContactEnded>> = {
  admit: (room, body) =>
    firstOf(
      () => knownContact(room, body.contact),
      () => {
        const contact = itemOf(room.contacts, body.contact);
        if (contact?.ended) return refuse("already-done", "How this contact ended is on record already.");
        const agreed = Object.values(contact?.pressLines ?? {}).some((lines) => lines.agreed);
        return body.outcomes.includes("pressLines") && !agreed && !body.recorded
          ? refuse("not-agreed", "No press lines have been accepted by every party of this contact.")
          : undefined;
      },
      () =>
        body.outcomes.includes("leftToLeaders") === body.pointsLeft.length > 0
          ? undefined
          : refuse(
              "bad-body",
              'Points left to the leaders go with the outcome "leftToLeaders", and only with it.',
            ),
    ),
  apply: (room, { contact: id, recorded, outcomes, pointsLeft }, act) =>
    inContact(room, id, (contact) => ({
      ...contact,
      ended: { ...voiceOf(recorded ? { recorded } : {}, act), outcomes, pointsLeft },
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
    : refuse("wrong-seat", "Only a party of the contact agrees on its press lines.");
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
