import { Negotiation, testDevice } from "@parley/testing";
import { expect, test } from "vitest";
import type { SeatId } from "../src/ids.ts";
import { phaseOf, principals } from "../src/people.ts";

const seat = (name: string) => name as SeatId;
const day = 86_400_000;

test("a case is convening until every principal named at its opening is seated", () => {
  const talks = new Negotiation();
  expect(phaseOf(talks.state.people)).toBe("convening");
  talks.seat(seat("aldia"));
  expect(phaseOf(talks.state.people)).toBe("convening");
  talks.seat(seat("borea"));
  expect(phaseOf(talks.state.people)).toBe("underway");
  expect(principals(talks.state.people)).toEqual(["aldia", "borea"]);
});

test("a seat opened later stands once every seated principal consents, and nobody is invited before", () => {
  const talks = Negotiation.seated();
  talks.issue("aldia", "SeatOpened", { seat: seat("union"), kind: "affected", name: "Union" });
  const invitation = { seat: seat("union"), inviteKey: testDevice("u").keys.signing, until: talks.later(1) };
  expect(talks.attempt("marin", "PartyInvited", invitation)?.code).toBe("not-consented");
  expect(talks.attempt("aldia", "SeatAccepted", { seat: seat("union") })?.code).toBe("already-done");
  talks.issue("borea", "SeatAccepted", { seat: seat("union") });
  talks.issue("marin", "PartyInvited", invitation);
});

test("a principal that joins later consents to the seats it finds, and the powers lapse until it grants them", () => {
  const talks = Negotiation.seated();
  for (const party of ["aldia", "borea"])
    talks.issue(party, "PowerGranted", { power: "pen", to: seat("marin") });
  const { pen } = talks.state.people.tenures;
  talks.issue("aldia", "SeatOpened", { seat: seat("delta"), kind: "principal", name: "Delta" });
  talks.issue("borea", "SeatAccepted", { seat: seat("delta") });
  talks.seat(seat("delta"));
  expect(principals(talks.state.people)).toEqual(["aldia", "borea", "delta"]);
  expect(talks.state.people.tenures.pen).toBe(pen + 1);
  expect(talks.state.people.seats["marin"]?.consents).toContain("delta");
});

test("a party that lost every device is seated again after fourteen days of silence", () => {
  const talks = Negotiation.seated();
  const lost = {
    seat: seat("aldia"),
    inviteKey: testDevice("new head").keys.signing,
    until: talks.later(30),
  };
  talks.issue("borea", "SeatReopenSupported", lost);
  expect(talks.state.people.seats["aldia"]?.reopening?.since).toBeUndefined();
  talks.issue("marin", "SeatReopenSupported", lost);
  expect(talks.state.people.seats["aldia"]?.reopening?.since).toBe(talks.clock.now());
  const joining = talks.joining("aldia", "aldia again", "head", "new head");
  talks.clock.advance(14 * day - 120_000);
  expect(talks.attempt("aldia again", "MemberJoined", joining)?.code).toBe("bad-invitation");
  talks.clock.advance(60_000);
  talks.issue("aldia again", "MemberJoined", joining);
  expect(talks.attempt("aldia", "SeatHeld", {})?.code).toBe("device-revoked");
  talks.issue("aldia again", "PowerGranted", { power: "pen", to: seat("marin") });
});

test("anything public that the party's devices sign ends the reopening", () => {
  const talks = Negotiation.seated();
  const lost = {
    seat: seat("aldia"),
    inviteKey: testDevice("new head").keys.signing,
    until: talks.later(30),
  };
  talks.issue("borea", "SeatReopenSupported", lost);
  talks.issue("marin", "SeatReopenSupported", lost);
  talks.issue("aldia kit", "SeatHeld", {});
  talks.clock.advance(20 * day);
  const joining = talks.joining("aldia", "aldia again", "head", "new head");
  expect(talks.attempt("aldia again", "MemberJoined", joining)?.code).toBe("bad-invitation");
});

test("supporters of a reopening must mean the same invitation", () => {
  const talks = Negotiation.seated();
  const until = talks.later(30);
  const keys = ["one", "two"].map((name) => testDevice(name).keys.signing);
  talks.issue("borea", "SeatReopenSupported", { seat: seat("aldia"), inviteKey: keys[0] ?? "", until });
  talks.issue("marin", "SeatReopenSupported", { seat: seat("aldia"), inviteKey: keys[1] ?? "", until });
  expect(talks.state.people.seats["aldia"]?.reopening?.since).toBeUndefined();
});
