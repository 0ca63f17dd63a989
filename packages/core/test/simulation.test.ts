import type { EventId } from "@parley/ledger/event";
import { Negotiation, sampleDraft, sampleFormat, simulate, type Tally } from "@parley/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { settledDraft, settlementOf } from "../src/concluding.ts";
import { draftHash } from "../src/draft-hash.ts";
import type { SeatId } from "../src/ids.ts";
import { eventKinds } from "../src/kinds.ts";

/** Enough for the rarest kind to be admitted and refused; more for a campaign: `SIMULATION_RUNS=20000`. */
const runs = Number(process.env["SIMULATION_RUNS"] ?? 4000);
const principals = ["aldia", "borea"];

/** Cases at different moments of their life, from which random sequences go on. */
function beginnings(): readonly Negotiation[] {
  const fresh = new Negotiation();
  const seated = Negotiation.seated({
    seats: [
      { seat: "aldia", kind: "principal" },
      { seat: "borea", kind: "principal" },
      { seat: "marin", kind: "mediator" },
      { seat: "cassa", kind: "affected" },
      { seat: "archive", kind: "recorder" },
    ],
  });
  const open = seated.fork();
  open.draft();
  open.draft(sampleDraft, "consulted");
  const lent = open.fork();
  lent.bring("borea", "borea deputy", "deputy");
  lent.lend("pen", "marin");
  lent.lend("answers", "marin");
  const due = lent.fork();
  due.issue("aldia", "ReadingGranted", { to: "marin" as SeatId });
  due.table(due.draft(), { force: "shall" }, 1);
  due.clock.advance(86_400_000);
  const answering = lent.fork();
  answering.table(answering.draft(), { force: "shall" }, 30);
  const [agreed, draft] = settled(seated.fork());
  const confirmed = agreed.fork();
  const text = confirmed.text(draft, "consulted");
  const en = draftHash(settledDraft(text).draft);
  for (const party of principals) {
    confirmed.issue(party, "AgreementConfirmed", { draft, settlement: settlementOf(text) }, "consulted");
  }
  const closed = confirmed.fork();
  const closing = { draft, instrument: "memorandum", binding: "notBinding", texts: { en } } as const;
  for (const party of principals) closed.issue(party, "TextClosed", closing, "consulted");
  const initialled = closed.fork();
  const initials = { draft, name: "A. B.", office: "Envoy" };
  for (const party of principals) initialled.issue(party, "TextInitialled", initials, "consulted");
  const desks = seated.fork();
  for (const party of principals) desks.bring(party, `${party} watch`, "watchOfficer");
  for (const audience of ["table", "consulted"] as const) {
    for (const [code, purpose] of [
      ["N", "notice"],
      ["R", "reply"],
    ] as const) {
      const format = desks.issue("marin", "FormatProposed", sampleFormat(code, purpose), audience);
      for (const party of principals) desks.issue(party, "FormatAccepted", { format }, audience);
    }
    const parties = principals.map((party) => party as SeatId);
    desks.issue("aldia", "ChannelOpened", { name: "Watch desks", parties }, audience);
    for (const party of principals) {
      const lever = { title: "Port fees", form: "trade", basis: "An order.", status: "inForce" } as const;
      desks.issue(party, "LeverListed", lever, audience);
    }
  }
  const seats = principals.map((party) => party as SeatId);
  const all = { monitoring: seats, verification: seats, investigation: seats, attribution: seats };
  for (const audience of ["table", "consulted"] as const) {
    for (const owner of seats) {
      const measure = desks.issue(
        owner,
        "MeasureProposed",
        {
          title: "Halt",
          owner,
          obliges: "No strikes.",
          scope: { classes: ["ports"] },
          mandates: all,
          answers: [],
          releases: [],
        },
        audience,
      );
      desks.issue(owner, "MeasureUndertaken", { measure }, audience);
    }
  }
  return [answering, desks, fresh, seated, open, lent, due, agreed, confirmed, closed, initialled];
}

function settled(talks: Negotiation): [Negotiation, EventId] {
  const draft = talks.draft(sampleDraft, "consulted");
  const chosen = { force: "shall", scope: "energy", again: "keep" };
  const proposal = talks.table(draft, chosen, 2, "consulted");
  for (const party of principals) talks.issue(party, "PackageAccepted", { proposal }, "consulted");
  return [talks, draft];
}

test(`${runs} random sequences of events, admissible and not, obey the laws of a case`, {
  timeout: 600_000,
}, () => {
  const starts = beginnings();
  const tally: Tally = new Map();
  fc.assert(
    fc.property(
      fc.integer(),
      fc.nat(starts.length - 1),
      fc.integer({ min: 1, max: 40 }),
      (seed, start, steps) => {
        const talks = (starts[start] as Negotiation).fork();
        simulate(talks, seed, steps, tally);
        if (seed % 16 === 0) talks.log.replay();
      },
    ),
    { numRuns: runs, seed: 20250218 },
  );
  const neverAdmitted = eventKinds.filter((kind) => kind !== "CaseOpened" && !tally.get(kind)?.admitted);
  const neverRefused = eventKinds.filter(
    (kind) => !tally.get(kind)?.refused && kind !== "Void" && kind !== "SeatHeld",
  );
  expect({ neverAdmitted, neverRefused }).toEqual({ neverAdmitted: [], neverRefused: [] });
});
