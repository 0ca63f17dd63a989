/**
 * The state of a case: what the fold of its shared log knows.
 *
 * `people` comes from public entries alone: seats, members, devices, powers, modalities. Each audience has a `room` of
 * its own, filled only by entries of that audience. A rule reads `people` and the room of its event, nothing else, so
 * what an entry does depends only on entries that all its readers are given (`protocol.md`), by construction.
 *
 * Everything here is JSON and never changed in place.
 */
import type { CaseId, DeviceId, DeviceKeys, EventId } from "@parley/ledger/event";
import type { MemberId, SeatId } from "./ids.ts";
import type { Table } from "./record.ts";
import type { Room } from "./room.ts";

export type SeatKind = "principal" | "host" | "mediator" | "affected" | "observer" | "recorder";
export type MemberRole = "head" | "deputy" | "adviser" | "interpreter" | "watchOfficer";
/** What principals may grant to a third party. Reading preferences is apart: each party grants it for its own. */
export type Power = "host" | "chair" | "pen" | "answers";
/** `convening` until every principal named at the opening has taken its seat; there is no agreement before. */
export type CasePhase = "convening" | "underway";
export type RoomName = "public" | "consulted" | "table";

export interface Seat {
  readonly id: SeatId;
  readonly kind: SeatKind;
  /** The name of the party. */
  readonly name: string;
  /** Letters that stand for it, such as those of its country code, where its own initials would mislead. */
  readonly code?: string;
  readonly declaredAtOpening: boolean;
  /** Principals that consent to this seat. */
  readonly consents: readonly SeatId[];
  /** Every principal seated at some moment consented: it stays so. */
  readonly standing: boolean;
  /** Whether anyone ever took it. */
  readonly taken: boolean;
  /** Those who hold this party to have lost every device, and when the last of them said so. */
  readonly reopening?: Reopening;
}

export interface Reopening {
  readonly inviteKey: string;
  readonly until: string;
  readonly supporters: readonly SeatId[];
  readonly since?: string;
}

export interface Member {
  readonly id: MemberId;
  readonly seat: SeatId;
  readonly role: MemberRole;
  readonly name: string;
  readonly office: string;
  readonly present: boolean;
}

export interface Device {
  readonly id: DeviceId;
  readonly member: MemberId;
  readonly keys: DeviceKeys;
  /** Only adds and revokes devices, and holds the seat. */
  readonly recovery: boolean;
  readonly revoked: boolean;
}

export interface Invitation {
  readonly inviteKey: string;
  readonly seat: SeatId;
  readonly role: MemberRole;
  readonly by: SeatId;
  readonly until: string;
  readonly status: "open" | "used" | "withdrawn";
}

export interface Post {
  readonly id: EventId;
  readonly seat: SeatId;
  readonly name: string;
  readonly holders: readonly MemberId[];
  readonly since: string;
}

export interface Modalities {
  readonly id: EventId;
  readonly by: SeatId;
  readonly participation: string;
  readonly venue: string;
  readonly languages: readonly string[];
  readonly confidentiality: string;
  readonly press: string;
  readonly retention: string;
  /** The longest time that a proposal may wait for answers. */
  readonly answerDaysMax?: number;
  readonly acceptedBy: readonly SeatId[];
}

export interface People {
  readonly caseId: CaseId;
  readonly title: string;
  /** Verification key of the keeper, whose clock and checkpoints the log carries. */
  readonly keeper: string;
  /** How many entries the log had when this keeper took over. */
  readonly keptFrom: number;
  /** Published demo keys are admitted here and nowhere else. */
  readonly demo: boolean;
  /** Between fictional parties: everything shown or printed says EXERCISE. */
  readonly exercise: boolean;
  readonly openedAt: string;
  readonly convener: SeatId;
  readonly seats: Table<Seat>;
  readonly members: Table<Member>;
  readonly devices: Table<Device>;
  readonly invitations: Table<Invitation>;
  readonly posts: Table<Post>;
  /** Power, then principal: to whom that principal grants it. In force when all principals name the same seat. */
  readonly grants: { readonly [P in Power]: Table<SeatId> };
  /** How often the holder of a power has changed: an answer given under one tenure is not given under the next. */
  readonly tenures: { readonly [P in Power]: number };
  /** Party: the seats that may read its preferences. */
  readonly readers: Table<readonly SeatId[]>;
  readonly modalities: Table<Modalities>;
  readonly modalitiesInForce?: EventId;
}

export interface CaseState {
  readonly people: People;
  readonly rooms: { readonly [R in RoomName]: Room };
  /** Seats that left an audience keep what they were given, and are given nothing later. */
  readonly left: Table<{ readonly [R in RoomName]?: Room }>;
}
