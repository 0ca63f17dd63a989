import { Negotiation, sampleDraft, testDevice } from "@parley/testing";
import { expect, test } from "vitest";
import type { SeatId } from "../src/ids.ts";
import { itemOf, itemsOf } from "../src/register.ts";
import { proposalPhase } from "../src/tabled.ts";

const day = 86_400_000;
const whole = { force: "shall", scope: "wider", ports: "keep", again: "keep" };

function sealed(): Negotiation {
  const talks = Negotiation.seated();
  talks.lend("answers", "marin");
  return talks;
}

test("openly, a package is agreed with the last principal's acceptance", () => {
  const talks = Negotiation.seated();
  const draft = talks.draft();
  const proposal = talks.table(draft, whole);
  talks.issue("aldia", "PackageAccepted", { proposal }, "table");
  expect(talks.text(draft).agreed).toEqual({});
  talks.issue("borea", "PackageAccepted", { proposal }, "table");
  expect(talks.text(draft).agreed["scope"]).toEqual({ option: "wider", proposal });
});

test("openly, one decline ends it", () => {
  const talks = Negotiation.seated();
  const draft = talks.draft();
  const proposal = talks.table(draft, { force: "should" });
  talks.issue("borea", "PackageDeclined", { proposal }, "table");
  expect(talks.attempt("aldia", "PackageAccepted", { proposal }, "table")?.code).toBe("wrong-phase");
  expect(itemOf(talks.state.rooms.table.proposals, proposal)).toMatchObject({
    outcome: "notAgreed",
    declinedBy: "borea",
  });
});

test("with a custodian nobody answers openly, and an agreement carries each principal's signature", () => {
  const talks = sealed();
  const draft = talks.draft();
  const proposal = talks.table(draft, whole);
  expect(talks.attempt("borea", "PackageAccepted", { proposal }, "table")?.sentence).toContain("sealed");
  const both = [talks.acceptance(proposal, "aldia"), talks.acceptance(proposal, "borea")];
  expect(talks.attempt("borea", "PackageAgreed", { proposal, acceptances: both }, "table")?.code).toBe(
    "wrong-seat",
  );
  talks.issue("marin", "PackageAgreed", { proposal, acceptances: both }, "table");
  expect(Object.keys(talks.text(draft).agreed)).toEqual(Object.keys(whole));
});

test("a custodian cannot invent an agreement", () => {
  const talks = sealed();
  const proposal = talks.table(talks.draft(), whole);
  const aldia = talks.acceptance(proposal, "aldia");
  const borea = talks.acceptance(proposal, "borea");
  const attempt = (...acceptances: (typeof aldia)[]) =>
    talks.attempt("marin", "PackageAgreed", { proposal, acceptances }, "table")?.code;
  expect(attempt(aldia)).toBe("not-consented");
  expect(attempt(aldia, aldia)).toBe("not-consented");
  expect(attempt(aldia, { ...borea, signature: aldia.signature })).toBe("bad-signature");
  expect(attempt(aldia, talks.acceptance(proposal, "borea", "marin"))).toBe("wrong-role");
  expect(attempt(aldia, talks.acceptance(proposal, "borea", "borea kit"))).toBe("device-revoked");
  expect(attempt(aldia, { ...borea, party: "cassa" as SeatId })).toBe("wrong-seat");
});

test("an acceptance for one package serves no other", () => {
  const talks = sealed();
  const draft = talks.draft();
  const first = talks.table(draft, { force: "shall" });
  const second = talks.table(draft, { again: "keep" });
  const acceptances = [talks.acceptance(first, "aldia"), talks.acceptance(second, "borea")];
  expect(talks.attempt("marin", "PackageAgreed", { proposal: second, acceptances }, "table")?.code).toBe(
    "bad-signature",
  );
});

test("an acceptance by a head who has been replaced, or a device that was revoked, does not count", () => {
  const talks = sealed();
  const proposal = talks.table(talks.draft(), whole);
  const acceptances = [talks.acceptance(proposal, "aldia"), talks.acceptance(proposal, "borea")];
  talks.issue("borea", "DeviceAdded", { keys: testDevice("borea two").keys });
  talks.issue("borea two", "DeviceRevoked", { device: testDevice("borea").id });
  expect(talks.attempt("marin", "PackageAgreed", { proposal, acceptances }, "table")?.code).toBe(
    "device-revoked",
  );
});

test("that a package is not agreed is said when answers are due, and neither after a day more", () => {
  const talks = sealed();
  const proposal = talks.table(talks.draft(), whole, 2);
  expect(talks.attempt("marin", "PackageNotAgreed", { proposal }, "table")?.code).toBe("too-early");
  talks.clock.advance(2 * day);
  talks.issue("marin", "PackageNotAgreed", { proposal }, "table");
  const later = talks.table(itemsOf(talks.state.rooms.table.texts)[0]?.id ?? proposal, whole, 2);
  talks.clock.advance(3 * day + 60_000);
  expect(talks.attempt("marin", "PackageNotAgreed", { proposal: later }, "table")?.code).toBe("too-late");
});

test("the parties' own acceptances show that an agreement was hidden, and settle nothing", () => {
  const talks = sealed();
  const draft = talks.draft();
  const proposal = talks.table(draft, whole, 1);
  const acceptances = [talks.acceptance(proposal, "aldia"), talks.acceptance(proposal, "borea")];
  expect(talks.attempt("aldia", "AcceptancesShown", { proposal, acceptances }, "table")?.code).toBe(
    "wrong-phase",
  );
  talks.clock.advance(day);
  talks.issue("marin", "PackageNotAgreed", { proposal }, "table");
  talks.issue("aldia", "AcceptancesShown", { proposal, acceptances }, "table");
  expect(itemOf(talks.state.rooms.table.proposals, proposal)?.disproved).toBe(true);
  expect(talks.text(draft).agreed).toEqual({});
});

test("a proposal lapses when its custodian loses the power, and stays so when the power comes back", () => {
  const talks = sealed();
  const proposal = talks.table(talks.draft(), whole);
  talks.issue("aldia", "PowerRevoked", { power: "answers" });
  talks.issue("aldia", "PowerGranted", { power: "answers", to: "marin" as SeatId });
  const { people, rooms } = talks.state;
  const tabled = itemOf(rooms.table.proposals, proposal);
  expect(tabled && proposalPhase(tabled, people, talks.clock.now())).toBe("lapsed");
});

test("amendments to a bracket wait until the proposal on it closes", () => {
  const talks = Negotiation.seated();
  talks.lend("pen", "marin");
  const draft = talks.draft();
  const change = { kind: "addAlternative", bracket: "force", option: "will", text: "will" } as const;
  const amendment = talks.issue("borea", "AmendmentProposed", { draft, change }, "table");
  const proposal = talks.table(draft, { force: "shall" });
  expect(talks.attempt("marin", "AmendmentAdopted", { amendment }, "table")?.code).toBe("bracket-on-table");
  expect(talks.attempt("borea", "ProposalWithdrawn", { proposal }, "table")?.code).toBe("not-yours");
  talks.issue("aldia", "ProposalWithdrawn", { proposal }, "table");
  talks.issue("marin", "AmendmentAdopted", { amendment }, "table");
});

test("a package names brackets of the present text, each option once, and nested ones only where they exist", () => {
  const talks = Negotiation.seated();
  const draft = talks.draft();
  const { revision } = talks.text(draft);
  const attempt = (chosen: Readonly<Record<string, string>>, on = revision) =>
    talks.attempt(
      "aldia",
      "ProposalTabled",
      { draft, revision: on, package: chosen, answersUntil: talks.later(1) },
      "table",
    );
  expect(attempt({})?.code).toBe("package-empty");
  expect(attempt({ nothing: "keep" })?.code).toBe("not-found");
  expect(attempt({ force: "will" })?.code).toBe("not-found");
  expect(attempt({ ports: "keep" })?.sentence).toContain('exists only where "scope" is "wider"');
  expect(attempt({ force: "shall" }, testDevice("x").id)?.code).toBe("stale-revision");
  expect(attempt({ force: "shall" })).toBeUndefined();
  expect(attempt({ force: "should" })?.code).toBe("bracket-on-table");
});

test("the modalities cap how long a package may wait", () => {
  const talks = Negotiation.seated();
  const modalities = talks.issue("marin", "ModalitiesProposed", {
    participation: "Two delegations.",
    venue: "Hosta",
    languages: ["en"],
    confidentiality: "All of it.",
    press: "None.",
    retention: "Ten years.",
    answerDaysMax: 3,
  });
  for (const party of ["aldia", "borea"]) talks.issue(party, "ModalitiesAccepted", { modalities });
  const draft = talks.draft();
  const body = { draft, revision: talks.text(draft).revision, package: { force: "shall" } };
  expect(
    talks.attempt("aldia", "ProposalTabled", { ...body, answersUntil: talks.later(4) }, "table")?.code,
  ).toBe("longest-wait");
  talks.issue("aldia", "ProposalTabled", { ...body, answersUntil: talks.later(2) }, "table");
});

test("on a text that affected parties are given, they too see the proposal and its outcome", () => {
  const talks = Negotiation.seated();
  const draft = talks.draft(sampleDraft, "consulted");
  const proposal = talks.table(draft, whole, 1, "consulted");
  for (const party of ["aldia", "borea"]) talks.issue(party, "PackageAccepted", { proposal }, "consulted");
  expect(talks.attempt("cassa", "PackageAccepted", { proposal }, "consulted")?.code).toBe("wrong-seat");
  expect(Object.keys(talks.text(draft, "consulted").agreed)).toHaveLength(4);
});
