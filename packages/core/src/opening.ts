/**
 * The opening of a case. The convener names the seats and takes the first; the case's id is the hash of this body, so
 * the keeper's key, the seats and the opener's keys are fixed with it.
 */
import { caseId, deviceId, type Event } from "@parley/ledger/event";
import { isDemoKey } from "./demo-keys.ts";
import { newDevices } from "./devices.ts";
import type { MemberId, SeatId } from "./ids.ts";
import { put, type Table } from "./record.ts";
import { firstOf, refuse, type Verdict } from "./refusal.ts";
import { emptyRoom } from "./room.ts";
import type { BodyOf } from "./shape.ts";
import type { CaseState, Member, People, Seat } from "./state.ts";

export const openingShapes = {
  CaseOpened: {
    title: "name",
    keeper: "key",
    nonce: "nonce",
    "demo?": "yes",
    "exercise?": "yes",
    seats: [
      {
        seat: "seat",
        kind: "principal | host | mediator | affected | observer | recorder",
        name: "name",
        "code?": "letters",
      },
    ],
    convener: "seat",
    opener: { name: "name", office: "name", keys: "keys", "recovery?": "keys" },
  },
} as const;

type Opening = BodyOf<typeof openingShapes.CaseOpened>;

export function admitOpening(event: Event, body: Opening): Verdict {
  const names = body.seats.map((seat) => seat.seat);
  return firstOf(
    () =>
      event.case === caseId(event.body)
        ? undefined
        : refuse("case-mismatch", "The case's id is not the hash of the body that opens it."),
    () =>
      event.author === deviceId(body.opener.keys)
        ? undefined
        : refuse("not-a-member", "A case is opened by the device whose keys its opening names."),
    () =>
      new Set(names).size === names.length
        ? undefined
        : refuse("already-open", "Two seats have the same name."),
    () =>
      names.includes(body.convener)
        ? undefined
        : refuse("not-found", `The convener's seat "${body.convener}" is not among the seats.`),
    () =>
      !body.demo && isDemoKey(body.opener.keys.signing)
        ? refuse("demo-key", "This key is published for demonstrations and opens demo cases only.")
        : undefined,
  );
}

export function applyOpening(event: Event, body: Opening, at: string): CaseState {
  const id = event.author as string as MemberId;
  const head: Member = {
    id,
    seat: body.convener,
    role: "head",
    name: body.opener.name,
    office: body.opener.office,
    present: true,
  };
  const people: People = {
    caseId: event.case,
    title: body.title,
    keeper: body.keeper,
    keptFrom: 0,
    demo: body.demo ?? false,
    exercise: body.exercise ?? false,
    openedAt: at,
    convener: body.convener,
    seats: seatsOf(body),
    members: put({}, id, head),
    devices: newDevices({}, id, body.opener.keys, body.opener.recovery),
    invitations: {},
    posts: {},
    grants: { host: {}, chair: {}, pen: {}, answers: {} },
    tenures: { host: 0, chair: 0, pen: 0, answers: 0 },
    readers: {},
    modalities: {},
  };
  return { people, rooms: { public: emptyRoom, consulted: emptyRoom, table: emptyRoom }, left: {} };
}

/** Nobody else is seated yet, so the convener's word is all the consent there can be; who joins consents by joining. */
function seatsOf(body: Opening): Table<Seat> {
  const convenes = body.seats.find((seat) => seat.seat === body.convener);
  const consents: readonly SeatId[] = convenes?.kind === "principal" ? [body.convener] : [];
  const seats = body.seats.map((seat): [string, Seat] => [
    seat.seat,
    {
      id: seat.seat,
      kind: seat.kind,
      name: seat.name,
      ...(seat.code === undefined ? {} : { code: seat.code }),
      declaredAtOpening: true,
      consents,
      standing: true,
      taken: seat.seat === body.convener,
    },
  ]);
  return Object.fromEntries(seats);
}
