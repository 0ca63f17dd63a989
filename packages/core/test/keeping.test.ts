import { checkpointText } from "@parley/ledger/checkpoint";
import { Negotiation, testDevice } from "@parley/testing";
import { expect, test } from "vitest";
import type { MemberId, SeatId } from "../src/ids.ts";
import { keeperMessage } from "../src/keeping.ts";

const at = (size: number) =>
  checkpointText({ origin: "parley/a/shared", size, root: testDevice("root").keys.signing });
const change = { key: testDevice("next keeper").keys.signing, checkpoint: at(12) };
const member = (device: string) => testDevice(device).id as string as MemberId;

function consent(talks: Negotiation, device: string, to = change) {
  const signer = testDevice(device);
  return { device: signer.id, signature: signer.sign(keeperMessage(talks.case, to)) };
}

test("the keeper changes when every seated principal's head signs the new key and the checkpoint", () => {
  const talks = Negotiation.seated();
  const by = (...devices: string[]) => ({
    ...change,
    consents: devices.map((device) => consent(talks, device)),
  });
  expect(talks.attempt("aldia", "KeeperChanged", by())?.sentence).toContain("missing: borea");
  expect(talks.attempt("aldia", "KeeperChanged", by("marin"))?.sentence).toContain("missing: borea");
  expect(talks.attempt("aldia", "KeeperChanged", by("borea kit"))?.code).toBe("not-a-member");
  talks.bring("borea", "deputy", "deputy");
  expect(talks.attempt("aldia", "KeeperChanged", by("deputy"))?.code).toBe("wrong-role");
  const forged = {
    ...change,
    consents: [{ ...consent(talks, "borea"), signature: consent(talks, "aldia").signature }],
  };
  expect(talks.attempt("aldia", "KeeperChanged", forged)?.code).toBe("bad-signature");
  talks.issue("aldia", "KeeperChanged", by("borea"));
  expect(talks.state.people.keeper).toBe(change.key);
});

test("whoever opened a case and is alone in it changes the keeper alone", () => {
  const talks = new Negotiation({ seats: [{ seat: "aldia", kind: "principal" }], convener: "aldia" });
  talks.issue("aldia", "KeeperChanged", { ...change, consents: [] });
});

test("a post is handed over by its holder or the head, to present members of the delegation", () => {
  const talks = Negotiation.seated();
  talks.bring("aldia", "night", "watchOfficer");
  talks.bring("aldia", "morning", "watchOfficer");
  const post = talks.issue("aldia", "PostOpened", { name: "Watch desk", holders: [member("night")] });
  const over = { post, holders: [member("morning")] };
  expect(talks.attempt("morning", "PostHandedOver", over)?.code).toBe("wrong-role");
  expect(talks.attempt("borea", "PostHandedOver", over)?.code).toBe("not-yours");
  expect(talks.attempt("night", "PostHandedOver", { post, holders: [member("borea")] })?.code).toBe(
    "not-yours",
  );
  talks.issue("night", "PostHandedOver", over);
  talks.issue("aldia", "PostHandedOver", { post, holders: [member("night")] });
  expect(talks.state.people.posts[post]?.holders).toEqual([member("night")]);
});

test("a number that was given up is filled by Void, which moves nothing", () => {
  const talks = Negotiation.seated();
  const before = talks.state;
  talks.issue("obser", "Void", {});
  expect(talks.state.people).toEqual(before.people);
  expect(talks.state.rooms).toEqual(before.rooms);
});

test("an event of another case, or of a version that is not known, is refused", () => {
  const talks = Negotiation.seated();
  const event = talks.event(testDevice("aldia"), "SeatHeld", {});
  expect(talks.log.append({ ...event, v: 2 }, talks.clock.now())?.code).toBe("unknown-version");
  expect(talks.log.append({ ...event, case: talks.lastId as never }, talks.clock.now())?.code).toBe(
    "case-mismatch",
  );
  expect(talks.state.people.seats["nobody" as SeatId]).toBeUndefined();
});

test("a consent is spent once the keeper has changed later on: nobody brings back a keeper that all have left", () => {
  const talks = Negotiation.seated();
  const to = (key: string, checkpoint: string) => {
    const next = { key: testDevice(key).keys.signing, checkpoint };
    return { ...next, consents: [consent(talks, "borea", next)] };
  };
  const first = to("next keeper", at(12));
  talks.issue("aldia", "KeeperChanged", first);
  talks.issue("aldia", "KeeperChanged", to("keeper", at(20)));
  expect(talks.attempt("aldia", "KeeperChanged", first)?.code).toBe("stale-consent");
  expect(talks.attempt("aldia", "KeeperChanged", to("third", "here"))?.code).toBe("bad-body");
  talks.issue("aldia", "KeeperChanged", to("third", at(21)));
});
