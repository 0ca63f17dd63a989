/**
 * What the rules of a case cost for a long log, in CPU time on one core: admitting and folding words, contacts and
 * readouts. A case of ten times the events must take about ten times as long; whatever copies a table for each event
 * shows here as a hundred times.
 *
 * `BENCH_EVENTS=100000 npx vitest run bench/test/core.test.ts` prints the figures.
 */
import { strict as assert } from "node:assert";
import { admit, apply, type CaseState, type EventKind, type SeatId } from "@parley/core";
import { type Entry, type EventId, eventId } from "@parley/ledger/event";
import { Negotiation, testDevice, testVerify } from "@parley/testing";

export interface FoldCost {
  readonly events: number;
  /** Seconds of CPU for `apply` of all entries, and for `admit` and `apply` of all. */
  readonly apply: number;
  readonly admitAndApply: number;
}

export function measureFold(events: number): FoldCost {
  const talks = Negotiation.seated();
  const start = talks.state;
  const entries = longLog(talks, events);
  return {
    events,
    apply: seconds(() => fold(start, entries, false)),
    admitAndApply: seconds(() => fold(start, entries, true)),
  };
}

function seconds(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function fold(start: CaseState, entries: readonly Entry[], asked: boolean): CaseState {
  let state: CaseState | undefined = start;
  for (const entry of entries) {
    if (asked) assert.equal(admit(state, entry.event, { at: entry.at, verify: testVerify }), undefined);
    state = apply(state, entry);
  }
  assert(state);
  return state;
}

/** Statements, positions and contacts in turn, and two readouts on each contact. */
function longLog(talks: Negotiation, events: number): readonly Entry[] {
  const parties = ["aldia", "borea"] as SeatId[];
  const contact = { form: "call", title: "A call", held: "2026-03", parties, participants: [], agenda: [] };
  const entries: Entry[] = [];
  let last = "" as EventId;
  const say = (seat: string, kind: EventKind, body: object): void => {
    const event = talks.event(testDevice(seat), kind, body as never, "table");
    if (kind === "ContactOpened") last = eventId(event);
    entries.push({ event, signature: "", at: talks.clock.now() });
  };
  while (entries.length < events) {
    say("aldia", "StatementMade", { form: "statement", text: "Words.", about: [] });
    say("borea", "PositionStated", { subject: "The halt", text: "In favour." });
    say("aldia", "ContactOpened", contact);
    for (const seat of parties) say(seat, "ReadoutIssued", { contact: last, text: "It was frank." });
  }
  return entries;
}
