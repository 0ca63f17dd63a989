/**
 * What a kind of event must say of itself: when it is admitted, and what it does. A rule of people is public; a rule of a
 * room sees the people and the one room its event is in; a rule of a circle sees the people at its shared head.
 * `apply` is called for admitted entries only, is total, and changes nothing in place.
 */
import type { CaseId, Event, EventId } from "@parley/ledger/event";
import type { Author } from "./people.ts";
import type { Verdict } from "./refusal.ts";
import type { Room } from "./room.ts";
import type { BodyOf } from "./shape.ts";
import type { People } from "./state.ts";

/** Checks an Ed25519 signature: public key and signature as base64url, over the bytes. */
export type Verify = (key: string, message: Uint8Array, signature: string) => boolean;

/** What an event is about to happen in: the time that the keeper gives it, and how to check a signature in its body. */
export interface Context {
  readonly at: string;
  readonly verify: Verify;
}

/** An event with its id, its keeper's time, and the one who signed it. */
export interface Act extends Author {
  readonly id: EventId;
  readonly at: string;
  readonly caseId: CaseId;
  readonly event: Event;
}

export interface PeopleRule<Body> {
  readonly admit: (people: People, body: Body, act: Act, verify: Verify) => Verdict;
  readonly apply: (people: People, body: Body, act: Act) => People;
}

export interface RoomRule<Body> {
  readonly admit: (room: Room, body: Body, act: Act, people: People, verify: Verify) => Verdict;
  readonly apply: (room: Room, body: Body, act: Act, people: People) => Room;
}

/** The rules of a concept: one for each shape. */
export type PeopleRules<Shapes> = { readonly [Kind in keyof Shapes]: PeopleRule<BodyOf<Shapes[Kind]>> };
export type RoomRules<Shapes> = { readonly [Kind in keyof Shapes]: RoomRule<BodyOf<Shapes[Kind]>> };
