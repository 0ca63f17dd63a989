/**
 * Circles: those who speak apart (one delegation, a party with the mediator, two parties), each with a log of its own
 * that leaves no trace in the shared one. Members, devices and powers are those at the entry's shared head; nothing said
 * here moves anything outside. What is private is sealed to exactly the devices that are to open it: core never sees it.
 */
import { circleLogId, type DeviceId, type Event, type EventId, type LogId } from "@parley/ledger/event";
import type { MemberId, SeatId } from "./ids.ts";
import { devicesOf, holdsStance, isGiven } from "./people.ts";
import { find, including, put, type Table } from "./record.ts";
import { firstOf, refuse, type Verdict } from "./refusal.ts";
import { emptyRegister, enter, itemOf, type Register } from "./register.ts";
import type { Act } from "./rule.ts";
import type { BodyOf } from "./shape.ts";
import type { People, RoomName } from "./state.ts";
import type { Surroundings } from "./surroundings.ts";
import { proposalPhase } from "./tabled.ts";
import { knownSeats } from "./voice.ts";

export const circleShapes = {
  CircleOpened: { seats: ["seat"], "name?": "name", nonce: "nonce" },
  MessageSent: { "answers?": "id" },
  PreferencesSealed: { of: "seat", draft: "id", revision: "hash", provenance: "stated | imputed" },
  PaperSealed: { subject: "name", "revises?": "id" },
  PaperScored: { paper: "id" },
  PaperJoined: { paper: "id" },
  AnswerSealed: { proposal: "id", hash: "hash" },
} as const;

export interface Message {
  readonly id: EventId;
  readonly by: MemberId;
  readonly seat: SeatId;
  readonly at: string;
  readonly answers?: EventId;
}

/** That preferences were sealed here, for which party and text; what they are is for those they are sealed to. */
export interface SealedPreferences {
  readonly id: EventId;
  readonly of: SeatId;
  readonly by: MemberId;
  readonly at: string;
  readonly draft: EventId;
  readonly revision: string;
  readonly provenance: "stated" | "imputed";
}

/**
 * A working paper of those in the circle, such as a common stance in the making: its words, brackets and all, are sealed
 * to them. A head joins exactly these words, since an event's id covers what is sealed in it.
 */
export interface Paper {
  readonly id: EventId;
  readonly by: MemberId;
  readonly seat: SeatId;
  readonly at: string;
  readonly subject: string;
  readonly revises?: EventId;
  readonly joinedBy: readonly SeatId[];
  /** By party: the last event in which it said, sealed to the circle, how much each alternative is worth to it. */
  readonly scores: Table<EventId>;
  /** A later paper revises it: nobody joins it any more. */
  readonly revised?: true;
}

export interface CircleState {
  readonly log: LogId;
  readonly seats: readonly SeatId[];
  readonly name?: string;
  readonly openedAt: string;
  readonly messages: Register<Message>;
  readonly papers: Register<Paper>;
  /** By party: the last that were sealed here. */
  readonly preferences: Table<SealedPreferences>;
  /** Proposal, then party: that it answered, and the hash of its answer. Final. */
  readonly answers: Table<Table<SealedAnswer>>;
}

export interface SealedAnswer {
  readonly id: EventId;
  readonly at: string;
  readonly hash: string;
}

export interface CircleRule<Body> {
  readonly admit: (circle: CircleState, body: Body, act: Act, shared: Surroundings) => Verdict;
  readonly apply: (circle: CircleState, body: Body, act: Act) => CircleState;
}

type Opening = BodyOf<typeof circleShapes.CircleOpened>;

export function admitCircleOpening(event: Event, body: Opening, act: Act, people: People): Verdict {
  return firstOf(
    () =>
      event.log === circleLogId(event.body)
        ? undefined
        : refuse("case-mismatch", "The circle's log is not the hash of the body that opens it."),
    () => knownSeats(people, body.seats),
    () =>
      new Set(body.seats).size === body.seats.length && body.seats.includes(act.seat.id)
        ? undefined
        : refuse("bad-body", "A circle names each of its seats once, its opener's among them."),
  );
}

export function applyCircleOpening(event: Event, body: Opening, act: Act): CircleState {
  return {
    log: event.log,
    seats: body.seats,
    ...(body.name === undefined ? {} : { name: body.name }),
    openedAt: act.at,
    messages: emptyRegister,
    papers: emptyRegister,
    preferences: {},
    answers: {},
  };
}

const messageSent: CircleRule<BodyOf<typeof circleShapes.MessageSent>> = {
  admit: (circle, body, act, shared) =>
    firstOf(
      () =>
        body.answers === undefined || itemOf(circle.messages, body.answers)
          ? undefined
          : refuse("not-found", "There is no such message in this circle."),
      () => admitSealed(act.event, shared.people, circle.seats),
    ),
  apply: (circle, body, act) => ({
    ...circle,
    messages: enter(circle.messages, {
      id: act.id,
      by: act.member.id,
      seat: act.seat.id,
      at: act.at,
      ...(body.answers === undefined ? {} : { answers: body.answers }),
    }),
  }),
};

const paperSealed: CircleRule<BodyOf<typeof circleShapes.PaperSealed>> = {
  admit: (circle, body, act, shared) =>
    firstOf(
      () => (body.revises === undefined ? undefined : standsIn(circle, body.revises)),
      () => admitSealed(act.event, shared.people, circle.seats),
    ),
  apply: (circle, body, act) => {
    const earlier = itemOf(circle.papers, body.revises ?? "");
    const papers = earlier ? enter(circle.papers, { ...earlier, revised: true as const }) : circle.papers;
    const joinedBy = act.member.role === "head" && holdsStance(act.seat) ? [act.seat.id] : [];
    const paper: Paper = {
      ...body,
      id: act.id,
      by: act.member.id,
      seat: act.seat.id,
      at: act.at,
      joinedBy,
      scores: {},
    };
    return { ...circle, papers: enter(papers, paper) };
  },
};

/** The parties of a circle show one another their scores, so that each can find packages of the paper's brackets. */
const paperScored: CircleRule<BodyOf<typeof circleShapes.PaperScored>> = {
  admit: (circle, body, act, shared) =>
    standsIn(circle, body.paper) ?? admitSealed(act.event, shared.people, circle.seats),
  apply: (circle, body, act) => {
    const paper = itemOf(circle.papers, body.paper);
    if (!paper) return circle;
    const scores = put(paper.scores, act.seat.id, act.id);
    return { ...circle, papers: enter(circle.papers, { ...paper, scores }) };
  },
};

const paperJoined: CircleRule<BodyOf<typeof circleShapes.PaperJoined>> = {
  admit: (circle, body, act) =>
    standsIn(circle, body.paper) ??
    (itemOf(circle.papers, body.paper)?.joinedBy.includes(act.seat.id)
      ? refuse("already-done", "Your party has joined this paper already.")
      : undefined),
  apply: (circle, body, act) => {
    const paper = itemOf(circle.papers, body.paper);
    if (!paper) return circle;
    const joinedBy = including(paper.joinedBy, act.seat.id);
    return { ...circle, papers: enter(circle.papers, { ...paper, joinedBy }) };
  },
};

function standsIn(circle: CircleState, id: string): Verdict {
  const paper = itemOf(circle.papers, id);
  if (!paper) return refuse("not-found", "There is no such paper in this circle.");
  return paper.revised ? refuse("stale-revision", "A later paper revises this one.") : undefined;
}

/**
 * Whose stance a paper of the circle is to be: the parties in it. A mediator or host among them drafts, reads and looks for
 * packages, but has no stance: neither its points nor its word are waited for.
 */
export function stanceSeats({ seats }: CircleState, people: People): readonly SeatId[] {
  return seats.filter((id) => {
    const seat = find(people.seats, id);
    return seat !== undefined && holdsStance(seat);
  });
}

/** Whether every party whose stance it is has joined the paper: it is their common stance, in these words. */
export function isCommon(circle: CircleState, { joinedBy, revised }: Paper, people: People): boolean {
  const whose = stanceSeats(circle, people);
  return !revised && whose.length > 1 && whose.every((seat) => joinedBy.includes(seat));
}

const preferencesSealed: CircleRule<BodyOf<typeof circleShapes.PreferencesSealed>> = {
  admit: (circle, body, act, shared) => {
    const { people } = shared;
    return firstOf(
      () => knownSeats(people, [body.of]),
      () => {
        if (body.provenance === "imputed") {
          return circle.seats.length === 1
            ? undefined
            : refuse("not-yours", "Estimated preferences stay in the estimator's own circle.");
        }
        if (body.of !== act.seat.id) return refuse("not-yours", "A party states its own preferences only.");
        const readers = find(people.readers, act.seat.id) ?? [];
        const uninvited = circle.seats.find((seat) => seat !== act.seat.id && !readers.includes(seat));
        return uninvited === undefined
          ? undefined
          : refuse("power-missing", `Your party has not let "${uninvited}" read its preferences.`);
      },
      () => scoredAsItStands(circle, body, shared),
      () => admitSealed(act.event, people, circle.seats),
    );
  },
  apply: (circle, body, act) => ({
    ...circle,
    preferences: put(circle.preferences, body.of, { ...body, id: act.id, by: act.member.id, at: act.at }),
  }),
};

const answerSealed: CircleRule<BodyOf<typeof circleShapes.AnswerSealed>> = {
  admit: (circle, body, act, shared) => {
    const { people } = shared;
    const proposal = inCommon(circle, shared, (room) => itemOf(room.proposals, body.proposal));
    if (!proposal) return refuse("not-found", "There is no such proposal.");
    const custodian = proposal.custodian?.seat;
    if (!custodian) return refuse("wrong-phase", "This package is answered openly, in its own audience.");
    return firstOf(
      () =>
        circle.seats.length === 2 && circle.seats.includes(custodian)
          ? undefined
          : refuse("not-in-audience", "An answer goes into the circle of the party and the custodian."),
      () =>
        proposalPhase(proposal, people, act.at) === "open"
          ? undefined
          : refuse("answers-closed", "Answers to this package are not taken any more."),
      () =>
        find(find(circle.answers, body.proposal) ?? {}, act.seat.id)
          ? refuse("answer-final", "Your party has answered; an answer is final.")
          : undefined,
      () => admitSealed(act.event, people, [custodian]),
    );
  },
  apply: (circle, body, act) => {
    const answer = { id: act.id, at: act.at, hash: body.hash };
    const answers = put(find(circle.answers, body.proposal) ?? {}, act.seat.id, answer);
    return { ...circle, answers: put(circle.answers, body.proposal, answers) };
  },
};

/** The first that is found in a room that every member of the circle is given: so all of them judge alike. */
function inCommon<V>(
  circle: CircleState,
  { people, rooms }: Surroundings,
  find: (room: Surroundings["rooms"][RoomName]) => V | undefined,
): V | undefined {
  for (const name of ["table", "consulted", "public"] as const) {
    if (!circle.seats.every((seat) => isGiven(people, seat, name))) continue;
    const found = find(rooms[name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function scoredAsItStands(
  circle: CircleState,
  body: BodyOf<typeof circleShapes.PreferencesSealed>,
  shared: Surroundings,
): Verdict {
  const text = inCommon(circle, shared, (room) => itemOf(room.texts, body.draft));
  if (!text) return refuse("not-found", "There is no such text that all in this circle are given.");
  return text.revision === body.revision
    ? undefined
    : refuse("stale-revision", "The text has changed since it was scored; look at it again and seal anew.");
}

/** A sealed part goes to exactly the devices in use of the members meant; otherwise the client seals again. */
function admitSealed(event: Event, people: People, seats: readonly SeatId[]): Verdict {
  const meant = devicesOf(people, seats).map((device) => device.id);
  const given = (event.sealed?.to ?? []).map((to) => to.device);
  return sameSet(meant, given)
    ? undefined
    : refuse("stale-recipients", "This is not sealed to the devices of all who are meant; seal it again.");
}

function sameSet(a: readonly DeviceId[], b: readonly DeviceId[]): boolean {
  return a.length === b.length && new Set([...a, ...b]).size === a.length;
}

export const circleRules: {
  readonly [Kind in Exclude<keyof typeof circleShapes, "CircleOpened">]: CircleRule<
    BodyOf<(typeof circleShapes)[Kind]>
  >;
} = {
  MessageSent: messageSent,
  PreferencesSealed: preferencesSealed,
  PaperSealed: paperSealed,
  PaperScored: paperScored,
  PaperJoined: paperJoined,
  AnswerSealed: answerSealed,
};
