import type { EventId } from "@parley/ledger/event";
import { Negotiation, sampleFormat, testDevice } from "@parley/testing";
import { expect, test } from "vitest";
import { meetingFor } from "../src/appointments.ts";
import { lastUses, readClocks } from "../src/clocks.ts";
import type { MemberId, SeatId } from "../src/ids.ts";
import type { Body } from "../src/kinds.ts";
import { checkMessage } from "../src/notifications.ts";
import { itemOf, itemsOf } from "../src/register.ts";
import { startingFormats } from "../src/starting-formats.ts";

const seat = (name: string) => name as SeatId;
const hour = 3_600_000;

function desks() {
  const talks = Negotiation.seated();
  for (const party of ["aldia", "borea"]) talks.bring(party, `${party} watch`, "watchOfficer");
  const inForce = (code: string, purpose: Parameters<typeof sampleFormat>[1]): EventId => {
    const format = talks.issue("marin", "FormatProposed", sampleFormat(code, purpose), "table");
    for (const party of ["aldia", "borea"]) talks.issue(party, "FormatAccepted", { format }, "table");
    return format;
  };
  const parties = ["aldia", "borea"].map(seat);
  const channel = talks.issue("aldia", "ChannelOpened", { name: "Watch desks", parties }, "table");
  const formats = {
    incident: inForce("F-3", "incident"),
    test: inForce("F-1", "test"),
    reply: inForce("F-5", "reply"),
  };
  const sending = (
    from: string,
    format: EventId,
    rest: object = {},
    second = testDevice(from),
  ): Body<"NotificationSent"> => {
    const to = seat(from === "aldia" ? "borea" : "aldia");
    const message = { channel, format, to, fields: { what: "flight" }, ...rest };
    return {
      message,
      check: { device: second.id, signature: second.sign(checkMessage(talks.case, message)) },
    };
  };
  const send = (from: string, format: EventId, rest: object = {}): EventId =>
    talks.issue(`${from} watch`, "NotificationSent", sending(from, format, rest), "table");
  const reading = (id: EventId) => {
    const { notifications, formats: known } = talks.state.rooms.table;
    const notification = itemOf(notifications, id);
    const format = itemOf(known, notification?.format ?? "");
    if (!notification || !format) throw new Error("nothing was sent");
    return readClocks(notification, format, talks.clock.now());
  };
  return { talks, channel, formats, sending, send, reading };
}

test("what is sent was checked by a second officer of the same delegation, word for word", () => {
  const { talks, formats, sending } = desks();
  const code = (body: Body<"NotificationSent">, device = "aldia watch") =>
    talks.fork().attempt(device, "NotificationSent", body, "table")?.code;
  const good = sending("aldia", formats.incident);
  expect(code(good)).toBeUndefined();
  expect(code(good, "aldia")).toBe("second-officer");
  expect(code(sending("aldia", formats.incident, {}, testDevice("borea")))).toBe("not-yours");
  expect(code(sending("aldia", formats.incident, {}, testDevice("aldia kit")))).toBe("not-yours");
  const changed = { ...good, message: { ...good.message, fields: { what: "flight", note: "More." } } };
  expect(code(changed)).toBe("bad-signature");
});

test("a notification keeps to its format, and a format is in force when every principal accepted it", () => {
  const { talks, formats, sending } = desks();
  const sentence = (rest: object, format = formats.incident) =>
    talks.fork().attempt("aldia watch", "NotificationSent", sending("aldia", format, rest), "table")
      ?.sentence;
  expect(sentence({ fields: {} })).toBe('The field "what" is required.');
  expect(sentence({ fields: { what: "ship" } })).toBe('The field "what" is one of flight.');
  expect(sentence({ fields: { what: "flight", whence: "x" } })).toContain('no field "whence"');
  const open = talks.issue("borea", "FormatProposed", sampleFormat("F-9", "notice"), "table");
  expect(sentence({}, open)).toContain("Not every principal");
  const half = { ...sampleFormat("F-8", "notice"), languages: ["en", "de"] };
  expect(talks.attempt("borea", "FormatProposed", half, "table")?.sentence).toContain("has no words in one");
});

test("clocks start at receipt; a late reply is late on the record, and the agreed next step is named", () => {
  const { talks, formats, send, reading } = desks();
  const notification = send("aldia", formats.incident);
  expect(reading(notification)).toMatchObject({ delivery: "sent", replyOverdue: false });
  talks.clock.advance(3 * hour);
  expect(reading(notification)).toMatchObject({
    delivery: "undelivered",
    next: "A meeting within 48 hours.",
  });
  expect(talks.attempt("borea", "NotificationAcknowledged", { notification }, "table")?.code).toBe(
    "not-received",
  );
  expect(talks.attempt("aldia", "NotificationReceived", { notification }, "table")?.code).toBe("not-yours");
  talks.issue("borea watch", "NotificationReceived", { notification }, "table");
  expect(reading(notification)).toMatchObject({ delivery: "received", replyLeft: 48 * hour });
  talks.issue("borea watch", "NotificationAcknowledged", { notification }, "table");
  talks.clock.advance(48 * hour);
  expect(reading(notification)).toMatchObject({ delivery: "acknowledged", replyOverdue: true });
  talks.clock.advance(hour);
  send("borea", formats.reply, { answers: notification });
  const late = reading(notification);
  expect(late).toMatchObject({ delivery: "replied", replyOverdue: false, answeredLate: true });
});

test("with a post named for the channel, only its holders and the head send, have and acknowledge; a shift hands over", () => {
  const { talks, channel, formats, send, sending } = desks();
  talks.bring("borea", "borea second", "watchOfficer");
  const memberOf = (device: string) => talks.state.people.devices[testDevice(device).id]?.member as MemberId;
  const desk = (party: string, name: string) =>
    talks.issue(party, "PostOpened", { name: "Watch desk", holders: [memberOf(name)] });
  const post = desk("borea", "borea watch");
  const foreign = desk("aldia", "aldia watch");
  const naming = (id: EventId) => talks.attempt("borea", "ChannelPostNamed", { channel, post: id }, "table");
  expect(naming(foreign)?.code).toBe("not-yours");
  expect(naming(post)).toBeUndefined();
  const notification = send("aldia", formats.incident);
  const receipt = (device: string) =>
    talks.attempt(device, "NotificationReceived", { notification }, "table")?.code;
  expect(receipt("borea second")).toBe("wrong-role");
  talks.issue("borea watch", "PostHandedOver", { post, holders: [memberOf("borea second")] });
  expect(receipt("borea watch")).toBe("wrong-role");
  expect(receipt("borea second")).toBeUndefined();
  const body = sending("borea", formats.test);
  expect(talks.attempt("borea watch", "NotificationSent", body, "table")?.code).toBe("wrong-role");
  expect(talks.attempt("borea second", "NotificationSent", body, "table")).toBeUndefined();
});

test("the contact that a request asked for stops its clock when it is put on record as held", () => {
  const { talks, formats, send } = desks();
  const notification = send("aldia", formats.incident);
  talks.issue("borea watch", "NotificationReceived", { notification }, "table");
  const parties = ["aldia", "borea"].map(seat);
  const words = { confidentiality: "Yes.", press: "None.", languages: ["en"], agenda: [], participants: [] };
  const times = { begins: talks.later(1), ends: talks.later(2) };
  const asked = { form: "meeting", title: "Officers", parties, ...times, ...words } as const;
  const strangers = ["aldia", "marin"].map(seat);
  expect(
    talks.attempt(
      "aldia",
      "ContactProposed",
      { ...asked, parties: strangers, requested: notification },
      "table",
    )?.code,
  ).toBe("not-found");
  const appointment = talks.issue("aldia", "ContactProposed", { ...asked, requested: notification }, "table");
  const held = {
    form: "meeting",
    title: "Officers",
    held: "2026-01-02",
    parties,
    participants: [],
    agenda: [],
    appointment,
  } as const;
  expect(talks.attempt("aldia", "ContactOpened", held, "table")?.code).toBe("not-agreed");
  talks.issue("borea", "ContactAccepted", { appointment }, "table");
  expect(talks.attempt("aldia", "ContactOpened", { ...held, parties: strangers }, "table")?.code).toBe(
    "bad-body",
  );
  talks.clock.advance(72 * hour);
  const overdue = () => {
    const { table } = talks.state.rooms;
    const one = itemOf(table.notifications, notification);
    const format = itemOf(table.formats, formats.incident);
    if (!one || !format) throw new Error("nothing was sent");
    return readClocks(one, format, talks.clock.now(), meetingFor(table, notification)).meetingOverdue;
  };
  expect(overdue()).toBe(true);
  const contact = talks.issue("borea", "ContactOpened", held, "table");
  expect(overdue()).toBe(false);
  expect(itemOf(talks.state.rooms.table.appointments, appointment)?.held).toBe(contact);
  expect(talks.attempt("borea", "ContactOpened", held, "table")?.code).toBe("already-done");
  expect(
    talks.attempt("borea", "ContactMoved", { appointment, ...times, reason: "Fog." }, "table")?.code,
  ).toBe("already-done");
});

test("every format of the starting set is admitted as it stands, in all its languages", () => {
  const talks = Negotiation.seated();
  for (const body of startingFormats) {
    const format = talks.issue("marin", "FormatProposed", body, "table");
    for (const party of ["aldia", "borea"]) talks.issue(party, "FormatAccepted", { format }, "table");
  }
  const purposes = itemsOf(talks.state.rooms.table.formats).map(({ purpose }) => purpose);
  expect(purposes).toEqual(["test", "notice", "incident", "clarification", "reply", "meeting"]);
});

test("a reply answers what was sent to its author", () => {
  const { talks, formats, send, sending } = desks();
  const notification = send("aldia", formats.incident);
  const code = (body: Body<"NotificationSent">, device: string) =>
    talks.fork().attempt(device, "NotificationSent", body, "table")?.code;
  expect(code(sending("borea", formats.reply), "borea watch")).toBe("bad-body");
  expect(code(sending("aldia", formats.reply, { answers: notification }), "aldia watch")).toBe("not-found");
  expect(code(sending("borea", formats.reply, { answers: notification }), "borea watch")).toBeUndefined();
});

test("each side states the channel's state as it sees it; last use and last test are on the record", () => {
  const { talks, channel, formats, send } = desks();
  talks.issue("aldia watch", "ChannelStateStated", { channel, status: "tested" }, "table");
  talks.issue("borea watch", "ChannelStateStated", { channel, status: "degraded" }, "table");
  expect(talks.attempt("marin", "ChannelStateStated", { channel, status: "tested" }, "table")?.code).toBe(
    "wrong-seat",
  );
  const room = () => talks.state.rooms.table;
  const states = itemOf(room().channels, channel)?.states ?? {};
  expect(Object.entries(states).map(([party, { status }]) => [party, status])).toEqual([
    ["aldia", "tested"],
    ["borea", "degraded"],
  ]);
  expect(lastUses(room(), channel)).toEqual({});
  const notification = send("aldia", formats.test);
  talks.issue("borea watch", "NotificationReceived", { notification }, "table");
  const tested = talks.clock.now();
  expect(lastUses(room(), channel)).toEqual({ used: tested, tested });
});
