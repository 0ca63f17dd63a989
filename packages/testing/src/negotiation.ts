/**
 * A case for tests, told in a few words: who opens it, who joins, who issues what. Every event goes through the laws.
 */
import { strict as assert } from "node:assert";
import {
  answerMessage,
  type Body,
  type CaseState,
  type EventKind,
  inviteMessage,
  itemOf,
  type MemberRole,
  type Power,
  type RoomName,
  type SeatId,
  type SeatKind,
  type Text,
  type Verdict,
} from "@parley/core";
import type { JsonObject } from "@parley/ledger/canonical";
import type { Audience, DeviceId } from "@parley/ledger/event";
import {
  type CaseId,
  caseId,
  type Event,
  type EventId,
  emptyHead,
  eventId,
  sharedLog,
} from "@parley/ledger/event";
import { Clock } from "./clock.ts";
import { seededBytes, type TestDevice, testDevice } from "./device.ts";
import { LawfulLog } from "./laws.ts";
import { sampleDraft } from "./sample-draft.ts";

export interface SeatPlan {
  readonly seat: string;
  readonly kind: SeatKind;
}

export interface OpeningPlan {
  readonly seats?: readonly SeatPlan[];
  readonly convener?: string;
  readonly demo?: true;
  readonly exercise?: true;
}

const usualSeats: readonly SeatPlan[] = [
  { seat: "aldia", kind: "principal" },
  { seat: "borea", kind: "principal" },
  { seat: "marin", kind: "mediator" },
  { seat: "hosta", kind: "host" },
  { seat: "cassa", kind: "affected" },
  { seat: "obser", kind: "observer" },
];

export class Negotiation {
  readonly clock: Clock;
  readonly log: LawfulLog;
  readonly case: CaseId;
  #salts = 0;
  readonly #numbers: Map<string, number>;
  readonly #devices: Set<string>;

  /** Opens the case; the convener's head signs with the device `<seat>`. Given a case, goes on from it. */
  constructor(plan: OpeningPlan | Negotiation = {}) {
    if (plan instanceof Negotiation) {
      this.clock = new Clock(plan.clock.now());
      this.log = plan.log.fork();
      this.case = plan.case;
      this.#salts = plan.#salts;
      this.#numbers = new Map(plan.#numbers);
      this.#devices = new Set(plan.#devices);
      return;
    }
    const { seats = usualSeats, convener = "marin", demo, exercise } = plan;
    this.clock = new Clock();
    this.log = new LawfulLog();
    this.#numbers = new Map();
    this.#devices = new Set([convener, `${convener} kit`]);
    const body: Body<"CaseOpened"> = {
      title: "A case",
      keeper: testDevice("keeper").keys.signing,
      nonce: seededBytes("case", 16),
      ...(demo ? { demo } : {}),
      ...(exercise ? { exercise } : {}),
      seats: seats.map((plan) => ({
        seat: plan.seat as SeatId,
        kind: plan.kind,
        name: plan.seat.toUpperCase(),
      })),
      convener: convener as SeatId,
      opener: {
        name: `${convener} head`,
        office: "Envoy",
        keys: testDevice(convener).keys,
        recovery: testDevice(`${convener} kit`).keys,
      },
    };
    this.case = caseId(body);
    const verdict = this.log.append(this.event(testDevice(convener), "CaseOpened", body), this.clock.now());
    assert.equal(verdict, undefined, verdict?.sentence);
  }

  /** The usual case with every seat taken: `aldia` and `borea` negotiate, `marin` mediates. */
  static seated(plan: OpeningPlan = {}): Negotiation {
    const talks = new Negotiation(plan);
    for (const seat of Object.values(talks.state.people.seats)) if (!seat.taken) talks.seat(seat.id);
    return talks;
  }

  /** The same case, to go on in another way. */
  fork(): Negotiation {
    return new Negotiation(this);
  }

  /** Names of the devices that joined. */
  get deviceNames(): readonly string[] {
    return [...this.#devices];
  }

  get state(): CaseState {
    assert(this.log.state);
    return this.log.state;
  }

  event<Kind extends EventKind>(
    author: TestDevice | DeviceId,
    kind: Kind,
    body: Body<Kind>,
    audience: Audience = "public",
  ): Event {
    const device = typeof author === "string" ? author : author.id;
    const counter = `${device} ${audience}`;
    const n = this.#numbers.get(counter) ?? 0;
    this.#numbers.set(counter, n + 1);
    this.#salts += 1;
    return {
      v: 1,
      case: this.case,
      log: sharedLog,
      kind,
      author: device,
      n,
      after: emptyHead,
      audience,
      salt: seededBytes(`salt ${this.#salts}`, 16),
      body: body as JsonObject,
    };
  }

  /** Issues an event with the device of this name: its refusal, or undefined. A minute passes. */
  attempt<Kind extends EventKind>(
    device: string,
    kind: Kind,
    body: Body<Kind>,
    audience?: Audience,
  ): Verdict {
    this.clock.advance(60_000);
    const event = this.event(testDevice(device), kind, body, audience);
    const verdict = this.log.append(event, this.clock.now());
    if (kind === "MemberJoined" && !verdict) this.#devices.add(device).add(`${device} kit`);
    return verdict;
  }

  /** Issues an event that must be admitted, and gives its id. */
  issue<Kind extends EventKind>(device: string, kind: Kind, body: Body<Kind>, audience?: Audience): EventId {
    const verdict = this.attempt(device, kind, body, audience);
    assert.equal(verdict, undefined, `${kind} by ${device}: ${verdict?.code} ${verdict?.sentence}`);
    return this.lastId;
  }

  get lastId(): EventId {
    const last = this.log.entries.at(-1);
    assert(last);
    return eventId(last.event);
  }

  /** The convener invites a head to a seat, who joins with the device of the seat's name. */
  seat(seat: SeatId): void {
    const inviteKey = testDevice(`invite ${seat}`).keys.signing;
    this.issue(this.state.people.convener, "PartyInvited", { seat, inviteKey, until: this.later(7) });
    this.join(seat, seat, "head", `invite ${seat}`);
  }

  /** The head invites a member, who joins with the device of this name. */
  bring(seat: string, device: string, role: MemberRole): void {
    const inviteKey = testDevice(`invite ${device}`).keys.signing;
    this.issue(seat, "MemberInvited", { role, inviteKey, until: this.later(7) });
    this.join(seat, device, role, `invite ${device}`);
  }

  join(seat: string, device: string, role: MemberRole, invitation: string): void {
    this.issue(device, "MemberJoined", this.joining(seat, device, role, invitation));
  }

  joining(seat: string, device: string, role: MemberRole, invitation: string): Body<"MemberJoined"> {
    const invite = testDevice(invitation);
    const keys = testDevice(device).keys;
    const signed = { inviteKey: invite.keys.signing, seat: seat as SeatId, role, keys };
    return {
      ...signed,
      name: `${device} person`,
      office: role,
      recovery: testDevice(`${device} kit`).keys,
      inviteSignature: invite.sign(inviteMessage(this.case, signed)),
    };
  }

  /** A principal's text on the table, in this audience: its id. */
  draft(text: string = sampleDraft, audience: Audience = "table"): EventId {
    return this.issue("aldia", "DraftOpened", { kind: "partysText", text }, audience);
  }

  text(id: EventId, audience: RoomName = "table"): Text {
    const text = itemOf(this.state.rooms[audience].texts, id);
    assert(text);
    return text;
  }

  /** A package tabled by `aldia` on the present revision. */
  table(
    draft: EventId,
    chosen: Readonly<Record<string, string>>,
    days = 2,
    audience: RoomName = "table",
  ): EventId {
    const { revision } = this.text(draft, audience);
    const body = { draft, revision, package: chosen, answersUntil: this.later(days) };
    return this.issue("aldia", "ProposalTabled", body, audience);
  }

  /** Both principals lend a power. */
  lend(power: Power, to: string): void {
    for (const seat of ["aldia", "borea"]) this.issue(seat, "PowerGranted", { power, to: to as SeatId });
  }

  acceptance(
    proposal: EventId,
    party: string,
    device: string = party,
  ): Body<"PackageAgreed">["acceptances"][number] {
    const signer = testDevice(device);
    const nonce = seededBytes(`${proposal} ${party}`, 16);
    const body = { party: party as SeatId, device: signer.id, nonce };
    return { ...body, signature: signer.sign(answerMessage(this.case, proposal, body)) };
  }

  /** The time in so many days from now. */
  later(days: number): string {
    return new Date(Date.parse(this.clock.now()) + days * 86_400_000).toISOString();
  }
}
