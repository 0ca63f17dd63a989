import {
  base64url,
  type CaseId,
  type DeviceKeys,
  type Entry,
  type Event,
  emptyHead,
  eventId,
  type LogId,
  leafOf,
  prepareEntry,
  refuseAuthor,
  sharedLog,
  signedBytes,
} from "@parley/ledger";
import { beforeEach, describe, expect, test } from "vitest";
import { ToyCase, toyDevice } from "./toy-case.ts";

const anna = await toyDevice("Anna");
const boris = await toyDevice("Boris");
const clara = await toyDevice("Clara");

let toy: ToyCase;
beforeEach(async () => {
  toy = await ToyCase.open(anna);
  await toy.say(anna, { device: boris.id, keys: boris.keys }, { kind: "DeviceAdded", audience: "public" });
});

async function offer(
  author: typeof anna,
  options: Partial<Event> = {},
  overrides: Partial<Entry> = {},
): Promise<string | undefined> {
  return toy.offer(await toy.sign(author, toy.draft(author, { text: "hello" }, options), overrides));
}

describe("a prepared entry", () => {
  test("has the id, the signed bytes and the leaf that its event and entry have", async () => {
    const circle = await toy.openCircle(anna, "delegation");
    for (const entry of [
      await toy.say(boris, { text: "é\u0000😀" }),
      await toy.say(anna, {}, { log: circle }),
    ]) {
      const prepared = prepareEntry(entry);
      expect(prepared.id).toBe(eventId(entry.event));
      expect(prepared.message).toEqual(signedBytes(entry.event));
      expect(prepared.leaf).toEqual(leafOf(entry));
    }
  });
});

describe("a log", () => {
  test("takes what its devices sign, in order", async () => {
    expect(await offer(boris)).toBeUndefined();
    expect(await offer(boris)).toBeUndefined();
    expect(toy.shared.position.size).toBe(4);
    expect(toy.shared.state.said).toBe(2);
    const [, , third] = toy.entries.get(sharedLog)!;
    expect(toy.shared.position.placeOf(eventId(third!.event))).toBe(2);
    expect(toy.shared.position.tree.leaf(2)).toEqual(leafOf(third!));
  });

  test("refuses an event replayed from another case or another log", async () => {
    const other = await ToyCase.open(anna, "another EXERCISE");
    const elsewhere = await other.say(anna, { text: "hello" });
    expect(toy.offer(elsewhere)).toBe("wrong-case");
    const circle = await toy.openCircle(anna, "delegation");
    const whispered = await toy.sign(anna, toy.draft(anna, { text: "hello" }, { log: circle }));
    expect(toy.shared.position.refusePlace(whispered)?.code).toBe("wrong-log");
  });

  test("refuses the same event again, one out of order, and one after a gap", async () => {
    const entry = await toy.say(boris, { text: "hello" });
    expect(toy.offer(entry)).toBe("wrong-count");
    expect(await offer(boris, { n: 0 })).toBe("wrong-count");
    expect(await offer(boris, { n: 2 })).toBe("wrong-count");
    expect(await offer(boris, { n: 1 })).toBeUndefined();
  });

  test("counts each device and audience apart, so that nobody learns what they are not given", async () => {
    expect(await offer(boris, { audience: "table" })).toBeUndefined();
    expect(await offer(boris, { audience: "public", n: 0 })).toBeUndefined();
    expect(await offer(boris, { audience: "table", n: 1 })).toBeUndefined();
    expect(toy.shared.position.count(boris.id, "table")).toBe(2);
    expect(toy.shared.position.count(boris.id, "public")).toBe(1);
    expect(toy.shared.position.count(clara.id, "public")).toBe(0);
  });

  test("refuses an event after a head that it never had, and one whose author went back", async () => {
    const { root } = toy.shared.position.head();
    expect(await offer(boris, { after: { size: 2, root: emptyHead.root } })).toBe("unknown-head");
    expect(await offer(boris, { after: { size: 3, root } })).toBe("unknown-head");
    expect(await offer(boris, { after: { size: 2, root } })).toBeUndefined();
    const first = { size: 1, root: toy.shared.position.rootAt(1)! };
    expect(await offer(boris, { after: first })).toBe("head-went-back");
    expect(await offer(anna, { after: first })).toBeUndefined();
  });

  test("refuses a time that goes back, and takes the same time again", async () => {
    expect(await offer(boris, {}, { at: "2025-02-18T10:00:00.999Z" })).toBe("time-went-back");
    expect(await offer(boris, {}, { at: "2025-02-18T10:00:01.000Z" })).toBeUndefined();
  });

  test("refuses an author it does not know, keys of another device, and any false signature", async () => {
    expect(await offer(clara)).toBe("unknown-device");
    const event = toy.draft(boris, { text: "hello" });
    const signature = base64url(await anna.signer.sign(signedBytes(event)));
    expect(await offer(boris, {}, { signature })).toBe("bad-signature");
    const prepared = prepareEntry(await toy.sign(boris, event));
    expect(refuseAuthor(prepared, anna.keys)?.code).toBe("wrong-device-keys");
    expect(refuseAuthor(prepared, boris.keys)).toBeUndefined();
  });

  test("refuses an opening whose keys name the device but are no keys", async () => {
    const { deviceId, caseId } = await import("@parley/ledger");
    const keys: DeviceKeys = { signing: "AAAA", sealing: "" };
    const body = { title: "t", keeper: "", keys };
    const event = { ...toy.draft(anna, body), case: caseId(body), author: deviceId(keys), n: 0 };
    const opening = { ...event, kind: "CaseOpened", after: emptyHead, audience: "public" as const };
    expect(refuseAuthor(prepareEntry(await toy.sign(anna, opening)), keys)?.code).toBe("wrong-device-keys");
  });

  test("refuses to enrol a device with keys to which nothing can be sealed", async () => {
    const { deviceId } = await import("@parley/ledger");
    const keys: DeviceKeys = { ...boris.keys, sealing: boris.keys.signing };
    const added = toy.draft(anna, { device: deviceId(keys), keys }, { kind: "DeviceAdded" });
    expect(toy.offer(await toy.sign(anna, added))).toBe("wrong-device-keys");
  });

  test("changes nothing when it refuses, whoever refuses", async () => {
    const before = toy.shared.position.head();
    const { state } = toy.shared;
    expect(toy.offer(await toy.sign(boris, toy.draft(boris, { text: "rude" })))).toBe("rude");
    expect(await offer(boris, { n: 7 })).toBe("wrong-count");
    expect(toy.shared.position.head()).toEqual(before);
    expect(toy.shared.state).toBe(state);
  });

  test("hands the rules a device that was revoked, which refuse it", async () => {
    await toy.say(anna, { device: boris.id }, { kind: "DeviceRevoked", audience: "public" });
    expect(await offer(boris)).toBe("device-revoked");
  });

  test("is opened only by what hashes to its name", async () => {
    const fresh = await ToyCase.open(anna, "third EXERCISE");
    const { LogPosition } = await import("@parley/ledger");
    const opening = fresh.entries.get(sharedLog)![0]!;
    const squatted = new LogPosition("x".repeat(43) as CaseId, sharedLog);
    const event = { ...opening.event, case: squatted.caseId };
    expect(squatted.refusePlace({ ...opening, event })?.code).toBe("wrong-opening");
    const circle = new LogPosition(toy.id, "y".repeat(43) as LogId, toy.shared.position);
    const draft = toy.draft(anna, {});
    const whispered: Event = { ...draft, log: circle.log, audience: "circle", n: 0, after: emptyHead };
    expect(circle.refusePlace(await toy.sign(anna, whispered))?.code).toBe("wrong-opening");
  });

  test("a redacted entry counts for the tree alone", async () => {
    const { LogPosition } = await import("@parley/ledger");
    await offer(boris);
    await offer(boris);
    const reader = new LogPosition(toy.id, sharedLog);
    for (const entry of toy.entries.get(sharedLog)!) {
      const prepared = prepareEntry(entry);
      if (entry.event.audience === "table") reader.appendRedacted(prepared.leaf);
      else reader.append(prepared);
    }
    expect(reader.head()).toEqual(toy.shared.position.head());
    expect(reader.count(boris.id, "table")).toBe(0);
    const lean = new LogPosition(toy.id, sharedLog, undefined, "no-places");
    const [opening] = toy.entries.get(sharedLog)!;
    lean.append(prepareEntry(opening!));
    expect(lean.placeOf(eventId(opening!.event))).toBeUndefined();
  });
});

describe("a circle", () => {
  let circle: LogId;
  beforeEach(async () => {
    circle = await toy.openCircle(anna, "delegation");
  });

  test("keeps to its own audience, and the shared log to its own", async () => {
    expect(await offer(anna, { log: circle })).toBeUndefined();
    expect(await offer(anna, { log: circle, audience: "table" })).toBe("wrong-audience");
    expect(await offer(anna, { audience: "circle" })).toBe("wrong-audience");
  });

  test("rests on a shared head, the one signed and the one at which it was admitted", async () => {
    const { shared: _, ...bare } = toy.draft(anna, {}, { log: circle });
    expect(toy.offer(await toy.sign(anna, bare))).toBe("shared-head-missing");
    const { shared: __, ...unheaded } = await toy.sign(anna, toy.draft(anna, {}, { log: circle }));
    expect(toy.offer(unheaded)).toBe("shared-head-missing");
    const head = toy.shared.position.head();
    expect(await offer(anna, { shared: head })).toBe("unknown-shared-head");
    expect(await offer(anna, {}, { shared: head })).toBe("unknown-shared-head");
  });

  test("refuses a shared head that never was, and one that goes back", async () => {
    const early = toy.shared.position.head();
    const invented = { size: early.size, root: emptyHead.root };
    expect(await offer(anna, { log: circle, shared: invented })).toBe("unknown-shared-head");
    expect(await offer(anna, { log: circle }, { shared: invented })).toBe("unknown-shared-head");
    await offer(boris);
    expect(await offer(anna, { log: circle }, { shared: early })).toBe("shared-head-went-back");
    expect(await offer(anna, { log: circle })).toBeUndefined();
    expect(await offer(anna, { log: circle, shared: early }, { shared: early })).toBe(
      "shared-head-went-back",
    );
    expect(await offer(anna, { log: circle, shared: early })).toBeUndefined();
  });
});
