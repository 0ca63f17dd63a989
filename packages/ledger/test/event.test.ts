import {
  base64url,
  canonicalJson,
  caseId,
  circleLogId,
  type DeviceId,
  deviceId,
  type Entry,
  type Event,
  type EventId,
  emptyHead,
  eventId,
  fromUtf8,
  jsonHash,
  leafHash,
  leafOf,
  rememberId,
  sharedLog,
  signedBytes,
  utf8,
} from "@parley/ledger";
import { describe, expect, test } from "vitest";

const body = { title: "Exercise", demo: true };
const event: Event = {
  v: 1,
  case: caseId(body),
  log: sharedLog,
  kind: "CaseOpened",
  author: "device" as DeviceId,
  n: 0,
  after: emptyHead,
  audience: "public",
  salt: base64url(new Uint8Array(16)),
  body,
};
const entry: Entry = { event, signature: base64url(new Uint8Array(64)), at: "2025-02-18T10:00:00.000Z" };

describe("events", () => {
  test("are signed behind the name of what is signed", () => {
    expect(fromUtf8(signedBytes(event))).toBe(`parley-event/1\n${canonicalJson(event)}`);
  });

  test("have the hash of their canonical form as id, whatever the order of members", () => {
    expect(eventId(event)).toBe(jsonHash(event));
    expect(eventId({ ...event, body: { demo: true, title: "Exercise" } })).toBe(eventId(event));
    expect(eventId({ ...event, n: 1 })).not.toBe(eventId(event));
  });

  test("keep the id that a store knew of them", () => {
    const stored = { ...event };
    rememberId(stored, "as stored" as EventId);
    expect(eventId(stored)).toBe("as stored");
  });

  test("are held by the tree as the hash of their entry", () => {
    expect(leafOf(entry)).toEqual(leafHash(utf8(canonicalJson(entry))));
  });

  test("take the ids of case, circle and device from what opens or makes them", () => {
    expect(caseId(body)).toBe(jsonHash(body));
    expect(circleLogId(body)).toBe(jsonHash(body));
    expect(deviceId({ signing: "a", sealing: "b" })).toBe(jsonHash({ sealing: "b", signing: "a" }));
  });
});
