/**
 * What is said: statements, expectations, assessments, open questions; positions, and a common stance of several
 * parties, which is theirs once each of them has joined it. Words that settle nothing: no rule depends on them.
 */
import { including } from "./record.ts";
import { firstOf, refuse } from "./refusal.ts";
import { enter, itemOf } from "./register.ts";
import type { RoomRule, RoomRules } from "./rule.ts";
import type { BodyOf } from "./shape.ts";
import { admitOwner, givenTo, knownSeats, voiceOf } from "./voice.ts";

export const statementShapes = {
  StatementMade: {
    form: "statement | expectation | assessment | question",
    text: "text",
    "of?": "seat",
    "speaker?": "person",
    "said?": "date",
    about: ["seat"],
    "contact?": "id",
    "appointment?": "id",
    "recorded?": "source",
  },
  PositionStated: { subject: "name", text: "text", "of?": "seat", "recorded?": "source" },
  StanceProposed: { subject: "name", text: "text", seats: ["seat"], "recorded?": "source" },
  StanceJoined: { stance: "id" },
} as const;

const made: RoomRule<BodyOf<typeof statementShapes.StatementMade>> = {
  admit: (room, body, _act, people) =>
    firstOf(
      () => knownSeats(people, [...body.about, ...(body.speaker?.seat ? [body.speaker.seat] : [])]),
      () =>
        body.contact === undefined || itemOf(room.contacts, body.contact)
          ? undefined
          : refuse("not-found", "There is no such contact in this audience."),
      () =>
        body.appointment === undefined || itemOf(room.appointments, body.appointment)
          ? undefined
          : refuse("not-found", "There is no such contact proposed in this audience."),
    ),
  apply: (room, body, act) => ({
    ...room,
    statements: enter(room.statements, { ...body, ...voiceOf(body, act) }),
  }),
};

const positionStated: RoomRule<BodyOf<typeof statementShapes.PositionStated>> = {
  admit: (_room, body, act) => admitOwner(body, act),
  apply: (room, body, act) => ({
    ...room,
    positions: enter(room.positions, { ...body, ...voiceOf(body, act) }),
  }),
};

const stanceProposed: RoomRule<BodyOf<typeof statementShapes.StanceProposed>> = {
  admit: (_room, body, act, people) =>
    firstOf(
      () => givenTo(people, body.seats, act),
      () =>
        new Set(body.seats).size === body.seats.length && body.seats.length > 1
          ? undefined
          : refuse("bad-body", "A common stance names each of its parties once, and at least two."),
      () =>
        body.recorded || body.seats.includes(act.seat.id)
          ? undefined
          : refuse("not-yours", "A party proposes a stance that is to be its own too."),
    ),
  apply: (room, { recorded, ...body }, act) => {
    const voice = voiceOf(recorded ? { recorded } : {}, act);
    // A reported stance is nobody's signature: it shows as reported, joined by none.
    const joinedBy = recorded ? [] : [act.seat.id];
    return { ...room, stances: enter(room.stances, { ...body, ...voice, joinedBy }) };
  },
};

const stanceJoined: RoomRule<BodyOf<typeof statementShapes.StanceJoined>> = {
  admit: (room, body, act) => {
    const stance = itemOf(room.stances, body.stance);
    if (!stance) return refuse("not-found", "There is no such stance in this audience.");
    if (!stance.seats.includes(act.seat.id))
      return refuse("wrong-seat", "This stance does not name your party.");
    return stance.joinedBy.includes(act.seat.id)
      ? refuse("already-done", "Your party has joined this stance already.")
      : undefined;
  },
  apply: (room, body, act) => {
    const stance = itemOf(room.stances, body.stance);
    if (!stance) return room;
    const joinedBy = including(stance.joinedBy, act.seat.id);
    return { ...room, stances: enter(room.stances, { ...stance, joinedBy }) };
  },
};

export const statementRules: RoomRules<typeof statementShapes> = {
  StatementMade: made,
  PositionStated: positionStated,
  StanceProposed: stanceProposed,
  StanceJoined: stanceJoined,
};
