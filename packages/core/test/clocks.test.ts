import type { EventId } from "@parley/ledger/event";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { readClocks } from "../src/clocks.ts";
import type { Format, Notification } from "../src/room.ts";

const hour = 3_600_000;
const at = (ms: number) => new Date(ms).toISOString();
const iso = (text: string) => Date.parse(text);
const format = {
  clocks: { receive: 60, acknowledge: 60, reply: 2880, meet: 2880 },
  next: "A meeting.",
} as unknown as Format;

function sentAt(sent: number, rest: Partial<Notification> = {}): Notification {
  return { at: at(sent), ...rest } as Notification;
}
const mark = (ms: number) => ({ at: at(ms), device: "d", id: "i" }) as never;

const zone = process.env["TZ"];
afterEach(() => {
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
});

test("forty-eight hours are forty-eight hours across daylight saving, in whatever zone a desk is", () => {
  // Summer time begins on 29 March 2026 at 01:00 UTC in Europe, and on 8 March at 10:00 UTC in Los Angeles.
  for (const [place, received] of [
    ["Europe/Kyiv", "2026-03-28T12:00:00.000Z"],
    ["America/Los_Angeles", "2026-03-07T20:00:00.000Z"],
    ["Asia/Riyadh", "2026-10-24T12:00:00.000Z"],
  ] as const) {
    process.env["TZ"] = place;
    const had = iso(received);
    const notification = sentAt(had, { received: mark(had) });
    const reading = (ms: number) => readClocks(notification, format, at(ms));
    expect(reading(had + 48 * hour)).toMatchObject({ replyLeft: 0, replyOverdue: false });
    expect(reading(had + 48 * hour + 1)).toMatchObject({ replyOverdue: true, next: "A meeting." });
  }
});

test("no side's clock moves a reading: only the keeper's times are asked, and a clock that stands still does no harm", () => {
  // The sender's own words say another time by years, and the keeper's clock stands after it was set back.
  const fields = { happened: "1999-01-01T00:00:00.000Z" };
  const sent = iso("2026-01-01T00:00:00.000Z");
  const plain = sentAt(sent, { received: mark(sent) });
  for (const now of [sent, sent + hour, sent + 50 * hour]) {
    expect(readClocks({ ...plain, fields }, format, at(now))).toEqual(readClocks(plain, format, at(now)));
  }
  expect(readClocks(plain, format, at(sent)).onKeepersWord).toEqual([]);
});

test("what a jump of the keeper's clock makes late is marked as resting on the keeper's word alone", () => {
  const sent = iso("2026-01-01T00:00:00.000Z");
  const jumped = sent + 49 * hour;
  const silent = readClocks(sentAt(sent, { received: mark(sent) }), format, at(jumped));
  expect(silent.onKeepersWord).toEqual(["acknowledgeOverdue", "replyOverdue", "meetingOverdue"]);
  expect(silent.outstanding).toBe(true);
  const late = sentAt(sent, { received: mark(sent), acknowledged: mark(sent), replied: mark(jumped) });
  const held = { begins: at(sent + hour), held: "c" as EventId };
  expect(readClocks(late, format, at(jumped), held)).toMatchObject({
    delivery: "replied",
    answeredLate: true,
    outstanding: false,
    next: "A meeting.",
    onKeepersWord: ["answeredLate"],
  });
  expect(readClocks(sentAt(sent), format, at(jumped)).onKeepersWord).toEqual(["undelivered"]);
});

test("a meeting that was asked for stops its clock once it was held, and is late by when it began", () => {
  const sent = iso("2026-01-01T00:00:00.000Z");
  const notification = sentAt(sent, { received: mark(sent) });
  const now = at(sent + 60 * hour);
  const agreedOnly = { begins: at(sent + hour) };
  expect(readClocks(notification, format, now, agreedOnly).meetingOverdue).toBe(true);
  const held = { begins: at(sent + 47 * hour), held: "c" as EventId };
  expect(readClocks(notification, format, now, held)).toMatchObject({
    meetingOverdue: false,
    metLate: false,
  });
  const late = { ...held, begins: at(sent + 49 * hour) };
  expect(readClocks(notification, format, now, late)).toMatchObject({ meetingOverdue: false, metLate: true });
});

test("whatever jumps a keeper's clock makes, time only passes: what is overdue stays so until it is done", () => {
  const jumps = fc.array(fc.integer({ min: 0, max: 100 * hour }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(jumps, (steps) => {
      // The keeper's times never decrease: a clock set back stands still instead.
      let now = iso("2026-03-28T00:00:00.000Z");
      const notification = sentAt(now, { received: mark(now) });
      const first = now;
      let was = false;
      for (const step of steps) {
        now += step;
        const { replyOverdue, replyLeft } = readClocks(notification, format, at(now));
        expect(replyOverdue).toBe(now - first > 48 * hour);
        expect(replyLeft).toBe(first + 48 * hour - now);
        expect(was && !replyOverdue).toBe(false);
        was = replyOverdue;
      }
    }),
  );
});
