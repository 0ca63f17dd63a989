/**
 * The laws of a case. Every event that a test issues passes through here, so a new kind of event is covered at once:
 *
 * 1. Replay: folding the entries again, read back from their JSON, gives the same state.
 * 2. Parts: folding what a seat is given yields that seat's view of the whole.
 * 3. Agreement on admission: a seat that is given an event judges it, from its own part, as the whole does.
 * 4. `apply` changes nothing in place, and whatever is refused leaves the state as it was.
 * 5. The invariants of `invariants.ts` hold after every entry.
 */
import { strict as assert } from "node:assert";
import type { RoomName, SeatId, Verdict } from "@parley/core";
import {
  admit,
  apply,
  type CaseState,
  type Given,
  givenAfter,
  givenNothing,
  isGivenAt,
  viewOf,
} from "@parley/core";
import type { Entry, Event } from "@parley/ledger/event";
import { testVerify } from "./device.ts";
import { checkEntry, checkState } from "./invariants.ts";

interface Part {
  given: Given;
  state: CaseState | undefined;
}

export class LawfulLog {
  readonly entries: Entry[] = [];
  state: CaseState | undefined;
  #replayed: CaseState | undefined;
  #parts: Map<SeatId, Part> = new Map();

  fork(): LawfulLog {
    const copy = new LawfulLog();
    copy.entries.push(...this.entries);
    copy.state = this.state;
    copy.#replayed = this.#replayed;
    copy.#parts = new Map(this.#parts);
    return copy;
  }

  /** Admits and applies, or gives the refusal; throws an AssertionError where a law is broken. */
  append(event: Event, at: string): Verdict {
    const verdict = admit(this.state, event, { at, verify: testVerify });
    this.#readersAgree(event, at, verdict);
    if (verdict) return verdict;
    const entry: Entry = deepFreeze({ event, signature: "", at });
    const before = this.state;
    const after = apply(before, entry);
    assert(after, "an admitted entry gives a state");
    deepFreeze(after);
    this.entries.push(entry);
    this.state = after;
    this.#replayed = apply(this.#replayed, JSON.parse(JSON.stringify(entry)) as Entry);
    assert.deepEqual(this.#replayed, after, "replay equals state");
    this.#partsHold(entry, after);
    checkEntry(entry, before, after);
    checkState(after);
    return undefined;
  }

  /** The whole log again from its first entry. */
  replay(): CaseState | undefined {
    let state: CaseState | undefined;
    for (const entry of this.entries) {
      assert.equal(
        admit(state, entry.event, { at: entry.at, verify: testVerify }),
        undefined,
        "admitted again",
      );
      state = apply(state, entry);
    }
    assert.deepEqual(state, this.state, "replay equals state");
    return state;
  }

  #readersAgree(event: Event, at: string, verdict: Verdict): void {
    for (const [seat, part] of this.#parts) {
      if (!part.state || event.audience === "circle" || part.given[event.audience] !== "all") continue;
      const own = admit(part.state, event, { at, verify: testVerify });
      assert.equal(own?.code, verdict?.code, `${seat} judges ${event.kind} as the whole does`);
    }
  }

  #partsHold(entry: Entry, after: CaseState): void {
    const seq = this.entries.length - 1;
    for (const id of Object.keys(after.people.seats) as SeatId[]) {
      const part = this.#parts.get(id) ?? { given: givenNothing, state: undefined };
      const given = givenAfter(part.given, after.people, id, seq);
      const wider =
        part.state === undefined ||
        given.table !== part.given.table ||
        given.consulted !== part.given.consulted;
      const state = wider
        ? this.#fold(given)
        : isGivenAt(given, entry.event.audience as RoomName, seq)
          ? apply(part.state, entry)
          : part.state;
      this.#parts.set(id, { given, state });
      assert(state);
      assert.deepEqual(viewOf(state, id), viewOf(after, id), `${id} is given its view of the whole`);
    }
  }

  #fold(given: Given): CaseState | undefined {
    return this.entries.reduce<CaseState | undefined>(
      (state, entry, seq) =>
        isGivenAt(given, entry.event.audience as RoomName, seq) ? apply(state, entry) : state,
      undefined,
    );
  }
}

export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) deepFreeze(item);
  }
  return value;
}
