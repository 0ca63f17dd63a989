/**
 * A circle of a case under test, its entries under the same laws: replay from JSON equals the state, every member judges
 * an event from its own part of the shared log as the whole does, nothing is changed in place or by a refusal, what is
 * private is sealed to members only, and the shared log does not move.
 */
import { strict as assert } from "node:assert";
import {
  admitToCircle,
  applyToCircle,
  type Body,
  type CaseState,
  type CircleState,
  devicesOf,
  type EventKind,
  rights,
  type SeatId,
  type Verdict,
  viewOf,
} from "@parley/core";
import { circleLogId, type Entry, type Event, type LogId, type Sealed } from "@parley/ledger/event";
import { seededBytes, testDevice, testVerify } from "./device.ts";
import { deepFreeze } from "./laws.ts";
import type { Negotiation } from "./negotiation.ts";

export class Circle {
  readonly talks: Negotiation;
  readonly log: LogId;
  readonly opening: Body<"CircleOpened">;
  readonly entries: Entry[] = [];
  state: CircleState | undefined;
  #replayed: CircleState | undefined;

  /** Not open yet: the first event is `CircleOpened` with `opening`. */
  constructor(talks: Negotiation, ...seats: readonly string[]) {
    this.talks = talks;
    this.opening = { seats: seats as readonly SeatId[], nonce: seededBytes(`circle ${seats.join(" ")}`, 16) };
    this.log = circleLogId(this.opening);
  }

  static open(talks: Negotiation, ...seats: readonly string[]): Circle {
    const circle = new Circle(talks, ...seats);
    const verdict = circle.attempt(seats[0] ?? "", "CircleOpened", circle.opening);
    assert.equal(verdict, undefined, verdict?.sentence);
    return circle;
  }

  /** Issues an event, sealed to all devices of these seats if any are given. */
  attempt<Kind extends EventKind>(
    device: string,
    kind: Kind,
    body: Body<Kind>,
    sealedTo?: readonly string[],
    purpose: string = rights[kind].purpose ?? "other",
  ): Verdict {
    this.talks.clock.advance(60_000);
    const { people } = this.talks.state;
    const sealed: Sealed | undefined = sealedTo && {
      purpose,
      to: devicesOf(people, sealedTo as readonly SeatId[]).map(({ id }) => ({
        device: id,
        enc: "",
        key: "",
      })),
      ciphertext: seededBytes("ciphertext", 64),
    };
    const event: Event = {
      ...this.talks.event(testDevice(device), kind, body, "circle"),
      log: this.log,
      ...(sealed ? { sealed } : {}),
    };
    return this.append(event);
  }

  append(event: Event): Verdict {
    const shared = this.talks.state;
    const at = this.talks.clock.now();
    const verdict = admitToCircle(this.state, event, { at, verify: testVerify, shared });
    this.#membersAgree(event, at, shared, verdict);
    if (verdict) return verdict;
    const entry: Entry = deepFreeze({ event, signature: "", at });
    const before = this.state;
    const after = deepFreeze(applyToCircle(before, entry, shared));
    assert(after, "an admitted entry gives a state");
    this.state = after;
    this.entries.push(entry);
    this.#replayed = applyToCircle(this.#replayed, JSON.parse(JSON.stringify(entry)) as Entry, shared);
    assert.deepEqual(this.#replayed, after, "replay equals state");
    assert.deepEqual(JSON.parse(JSON.stringify(after)), after, "the state is JSON");
    assert.equal(this.talks.state, shared, "what is said in a circle moves nothing outside it");
    checkCircleEntry(entry, before, after, shared);
    return undefined;
  }

  /** Each member has its own part of the shared log around the circle, and judges alike. */
  #membersAgree(event: Event, at: string, shared: CaseState, verdict: Verdict): void {
    for (const seat of this.opening.seats) {
      if (!shared.people.seats[seat]?.taken) continue;
      const part: CaseState = { ...viewOf(shared, seat), left: {} };
      const own = admitToCircle(this.state, event, { at, verify: testVerify, shared: part });
      assert.equal(own?.code, verdict?.code, `${seat} judges ${event.kind} in its circle as the whole does`);
    }
  }
}

/** What holds of every entry of a circle. */
function checkCircleEntry(
  { event }: Entry,
  before: CircleState | undefined,
  after: CircleState,
  { people }: CaseState,
): void {
  const device = people.devices[event.author];
  const seat = people.members[device?.member ?? ""]?.seat;
  assert(device && seat && !device.revoked && !device.recovery, "only a device in use speaks in a circle");
  assert(after.seats.includes(seat), "only its members speak in a circle");
  assert.deepEqual(before?.seats ?? after.seats, after.seats, "a circle keeps its members");
  for (const { device: to } of event.sealed?.to ?? []) {
    const reader = people.members[people.devices[to]?.member ?? ""]?.seat;
    assert(reader && after.seats.includes(reader), "nothing is sealed to anybody outside the circle");
  }
  for (const [proposal, answers] of Object.entries(before?.answers ?? {})) {
    for (const [party, answer] of Object.entries(answers)) {
      assert.deepEqual(after.answers[proposal]?.[party], answer, "an answer is final");
    }
  }
  for (const [party, sealed] of Object.entries(after.preferences)) {
    if (sealed === before?.preferences[party]) continue;
    const readers = people.readers[party] ?? [];
    const others = after.seats.filter((one) => one !== party);
    if (sealed.provenance === "stated") {
      assert.equal(party, seat, "a party states its own preferences");
      assert(
        others.every((one) => readers.includes(one)),
        "stated preferences go to invited readers",
      );
    } else assert.equal(after.seats.length, 1, "an estimate stays with whoever made it");
  }
}
