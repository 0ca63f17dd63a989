import { Negotiation, testDevice } from "@parley/testing";
import { expect, test } from "vitest";
import { demoKeys } from "../src/demo-keys.ts";
import type { MemberId, SeatId } from "../src/ids.ts";
import { membersOf } from "../src/people.ts";

const seat = (name: string) => name as SeatId;
const member = (device: string) => testDevice(device).id as string as MemberId;

test("a first head comes by the convener's invitation, and the seat is taken", () => {
  const talks = new Negotiation();
  talks.seat(seat("aldia"));
  expect(talks.state.people.seats["aldia"]?.taken).toBe(true);
  expect(membersOf(talks.state.people, seat("aldia")).map((one) => one.role)).toEqual(["head"]);
});

test("nobody invites to a seat that was taken but its own head", () => {
  const talks = Negotiation.seated();
  const invitation = {
    seat: seat("aldia"),
    inviteKey: testDevice("stooge").keys.signing,
    until: talks.later(1),
  };
  expect(talks.attempt("marin", "PartyInvited", invitation)?.code).toBe("seat-taken");
  expect(talks.attempt("borea", "PartyInvited", invitation)?.code).toBe("power-missing");
});

test("an invitation serves once", () => {
  const talks = Negotiation.seated();
  talks.bring("aldia", "adviser", "adviser");
  const again = talks.joining("aldia", "second", "adviser", "invite adviser");
  expect(talks.attempt("second", "MemberJoined", again)?.sentence).toContain("is used");
});

test("two invitations to a party's first head seat one head", () => {
  const talks = new Negotiation();
  for (const name of ["one", "two"]) {
    const inviteKey = testDevice(name).keys.signing;
    talks.issue("marin", "PartyInvited", { seat: seat("aldia"), inviteKey, until: talks.later(1) });
  }
  talks.join("aldia", "first", "head", "one");
  expect(talks.attempt("late", "MemberJoined", talks.joining("aldia", "late", "head", "two"))?.code).toBe(
    "seat-taken",
  );
});

test("an invitation that was withdrawn or has ended lets nobody in", () => {
  const talks = Negotiation.seated();
  const inviteKey = testDevice("invite x").keys.signing;
  talks.issue("aldia", "MemberInvited", { role: "adviser", inviteKey, until: talks.later(1) });
  expect(talks.attempt("borea", "InvitationWithdrawn", { inviteKey })?.code).toBe("not-yours");
  const joining = talks.joining("aldia", "x", "adviser", "invite x");
  talks.clock.advance(2 * 86_400_000);
  expect(talks.attempt("x", "MemberJoined", joining)?.code).toBe("invitation-ended");
  talks.issue("aldia", "InvitationWithdrawn", { inviteKey });
  expect(talks.attempt("x", "MemberJoined", joining)?.code).toBe("bad-invitation");
});

test("the invitation's key signs seat, role and keys, so that nobody else can take the seat", () => {
  const talks = Negotiation.seated();
  const inviteKey = testDevice("invite x").keys.signing;
  talks.issue("aldia", "MemberInvited", { role: "adviser", inviteKey, until: talks.later(1) });
  const joining = talks.joining("aldia", "x", "adviser", "invite x");
  const stolen = { ...joining, keys: testDevice("thief").keys };
  expect(talks.attempt("thief", "MemberJoined", stolen)?.code).toBe("bad-signature");
  expect(talks.attempt("thief", "MemberJoined", joining)?.code).toBe("not-a-member");
  const asDeputy = { ...joining, role: "deputy" as const };
  expect(talks.attempt("x", "MemberJoined", asDeputy)?.code).toBe("bad-invitation");
});

test("a member who is removed can sign nothing more", () => {
  const talks = Negotiation.seated();
  talks.bring("aldia", "adviser", "adviser");
  talks.issue("aldia", "MemberRemoved", { member: member("adviser") });
  expect(talks.attempt("adviser", "SeatHeld", {})?.code).toBe("device-revoked");
});

test("only the own head removes and names members", () => {
  const talks = Negotiation.seated();
  talks.bring("aldia", "adviser", "adviser");
  expect(talks.attempt("borea", "MemberRemoved", { member: member("adviser") })?.code).toBe("not-yours");
  expect(talks.attempt("adviser", "MemberRemoved", { member: member("adviser") })?.code).toBe("wrong-role");
  expect(talks.attempt("aldia", "MemberRemoved", { member: member("aldia") })?.code).toBe("last-head");
});

test("a head hands over and becomes deputy", () => {
  const talks = Negotiation.seated();
  talks.bring("aldia", "next", "deputy");
  talks.issue("aldia", "RoleGiven", { member: member("next"), role: "head" });
  const roles = membersOf(talks.state.people, seat("aldia")).map((one) => [one.id, one.role]);
  expect(roles).toEqual([
    [member("aldia"), "deputy"],
    [member("next"), "head"],
  ]);
});

test("a recovery device adds and revokes devices and holds the seat, and signs nothing else", () => {
  const talks = Negotiation.seated();
  talks.issue("aldia kit", "DeviceAdded", { keys: testDevice("aldia new").keys });
  talks.issue("aldia kit", "DeviceRevoked", { device: testDevice("aldia").id });
  talks.issue("aldia kit", "SeatHeld", {});
  expect(talks.attempt("aldia", "SeatHeld", {})?.code).toBe("device-revoked");
  expect(talks.attempt("aldia kit", "PowerGranted", { power: "pen", to: seat("marin") })?.code).toBe(
    "recovery-only",
  );
  talks.issue("aldia new", "PowerGranted", { power: "pen", to: seat("marin") });
});

test("the recovery device of a head does not revoke another member's device", () => {
  const talks = Negotiation.seated();
  talks.bring("aldia", "adviser", "adviser");
  expect(talks.attempt("aldia kit", "DeviceRevoked", { device: testDevice("adviser").id })?.code).toBe(
    "not-yours",
  );
  talks.issue("aldia", "DeviceRevoked", { device: testDevice("adviser").id });
});

test("a key serves one device of a case", () => {
  const talks = Negotiation.seated();
  expect(talks.attempt("borea", "DeviceAdded", { keys: testDevice("aldia").keys })?.code).toBe(
    "already-done",
  );
});

test("the published demo keys serve in demo cases only", () => {
  const keys = { signing: demoKeys[0] ?? "", sealing: testDevice("any").keys.sealing };
  expect(Negotiation.seated().attempt("aldia", "DeviceAdded", { keys })?.code).toBe("demo-key");
  Negotiation.seated({ demo: true }).issue("aldia", "DeviceAdded", { keys });
});
