/**
 * A circle of a case under test, its entries under the same laws: replay from JSON equals the state, nothing is changed
 * in place, and the shared log does not move.
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
  type SeatId,
  type Verdict,
} from "@parley/core";
import { circleLogId, type Entry, type Event, type LogId, type Sealed } from "@parley/ledger/event";
import { seededBytes, testDevice, testVerify } from "./device.ts";
import { deepFreeze } from "./laws.ts";
import type { Negotiation } from "./negotiation.ts";

export class Circle {
  readonly talks: Negotiation;
  readonly log: LogId;
  readonly opening: Body<"CircleOpened">;
  readonly entries: (readonly [Entry, CaseState])[] = [];
  state: CircleState | undefined;

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
  ): Verdict {
    this.talks.clock.advance(60_000);
    const { people } = this.talks.state;
    const sealed: Sealed | undefined = sealedTo && {
      purpose: kind,
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
    if (verdict) return verdict;
    const entry: Entry = deepFreeze({ event, signature: "", at });
    this.state = applyToCircle(this.state, entry, shared);
    deepFreeze(this.state);
    this.entries.push([entry, shared]);
    const replayed = this.entries.reduce<CircleState | undefined>(
      (state, [one, around]) => applyToCircle(state, JSON.parse(JSON.stringify(one)) as Entry, around),
      undefined,
    );
    assert.deepEqual(replayed, this.state, "replay equals state");
    assert.equal(this.talks.state, shared, "what is said in a circle moves nothing outside it");
    return undefined;
  }
}
