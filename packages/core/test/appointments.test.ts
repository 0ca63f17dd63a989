import { Negotiation } from "@parley/testing";
import { convertIcsCalendar } from "ts-ics";
import { expect, test } from "vitest";
import { isAgreed } from "../src/appointments.ts";
import { calendarOf } from "../src/calendar.ts";
import type { SeatId } from "../src/ids.ts";
import type { Body } from "../src/kinds.ts";
import { itemOf, itemsOf } from "../src/register.ts";

const meeting: Body<"ContactProposed"> = {
  form: "ministerial",
  title: "Ministers, second round",
  begins: "2026-03-29T00:30:00.000Z",
  ends: "2026-03-29T03:00:00.000Z",
  venue: "Hosta; the palace, hall 2",
  parties: ["aldia", "borea"] as SeatId[],
  participants: [],
  languages: ["en", "fr"],
  confidentiality: "No names.",
  press: "Agreed lines only.",
  agenda: [{ text: "Embassies" }],
};

function arranged() {
  const talks = Negotiation.seated();
  const appointment = talks.issue("aldia", "ContactProposed", meeting, "table");
  const now = () => {
    const one = itemOf(talks.state.rooms.table.appointments, appointment);
    if (!one) throw new Error("nothing was proposed");
    return one;
  };
  return { talks, appointment, now };
}

test("a contact is agreed when every party accepts it, and moving it asks all of them again", () => {
  const { talks, appointment, now } = arranged();
  expect(isAgreed(now())).toBe(false);
  expect(talks.attempt("marin", "ContactAccepted", { appointment }, "table")?.code).toBe("not-yours");
  talks.issue("borea", "ContactAccepted", { appointment }, "table");
  expect(isAgreed(now())).toBe(true);
  const later = { appointment, begins: meeting.ends, ends: "2026-03-29T05:00:00.000Z", reason: "Fog." };
  talks.issue("borea", "ContactMoved", later, "table");
  expect([isAgreed(now()), now().begins, now().venue]).toEqual([false, meeting.ends, meeting.venue]);
  talks.issue("aldia", "ContactAccepted", { appointment }, "table");
  talks.issue("aldia", "ContactCancelled", { appointment, reason: "Illness." }, "table");
  expect(isAgreed(now())).toBe(false);
  expect(talks.attempt("borea", "ContactAccepted", { appointment }, "table")?.code).toBe("already-done");
});

test("a contact that was moved while a party was reading it is not accepted as it stands now", () => {
  const { talks, appointment, now } = arranged();
  const read = { appointment, sequence: now().sequence };
  const later = { appointment, begins: meeting.ends, ends: "2026-03-29T05:00:00.000Z", reason: "Fog." };
  talks.issue("aldia", "ContactMoved", later, "table");
  expect(talks.attempt("borea", "ContactAccepted", read, "table")?.code).toBe("contact-changed");
  talks.issue("borea", "ContactAccepted", { appointment, sequence: now().sequence }, "table");
  expect(isAgreed(now())).toBe(true);
});

test("what one contact left is on the agenda of the next, and a contact that nobody was given is not", () => {
  const talks = Negotiation.seated();
  const call = { form: "call", title: "Call", held: "2026-03", participants: [], agenda: [] } as const;
  const from = talks.issue("aldia", "ContactOpened", { ...call, parties: meeting.parties }, "table");
  const agenda = [{ text: "The date of a summit.", from }];
  talks.issue("borea", "ContactProposed", { ...meeting, form: "summit", agenda }, "table");
  expect(talks.attempt("borea", "ContactProposed", { ...meeting, agenda }, "consulted")?.code).toBe(
    "not-found",
  );
  expect(talks.attempt("cassa", "ContactProposed", meeting, "consulted")?.code).toBe("not-yours");
  expect(talks.attempt("borea", "ContactProposed", { ...meeting, ends: meeting.begins }, "table")?.code).toBe(
    "contact-times",
  );
});

test("each side names its own people for a contact, and nobody the other's", () => {
  const { talks, appointment, now } = arranged();
  const person = (name: string, seat: string) => ({ name, office: "Envoy", seat: seat as SeatId });
  const name = (by: string, ...people: ReturnType<typeof person>[]) =>
    talks.attempt(by, "ParticipantsNamed", { appointment, people }, "table")?.code;
  expect(name("aldia", person("A. Ard", "aldia"), person("A. Bel", "aldia"))).toBeUndefined();
  // Of the other side they are still those whom the proposer expects.
  expect(now().namedBy).toEqual(["aldia"]);
  expect(name("borea", person("B. Cor", "borea"))).toBeUndefined();
  expect(name("borea", person("A. Dun", "aldia"))).toBe("not-yours");
  expect(name("marin", person("M. Eld", "marin"))).toBe("not-yours");
  expect(name("aldia", person("A. Fen", "aldia"))).toBeUndefined();
  expect(now().participants.map((one) => one.name)).toEqual(["B. Cor", "A. Fen"]);
  expect(now().namedBy).toEqual(["aldia", "borea"]);
  talks.issue("borea", "ContactAccepted", { appointment }, "table");
  expect(isAgreed(now())).toBe(true);
});

test("another program reads the calendar as it was meant: escapes, folding, one UID for life, moved, cancelled", () => {
  const { talks, appointment, now } = arranged();
  const title = "Ministers; “round, two” \\ \u2067لقاء الوزراء\u2069 встреча 部长会晤 ".repeat(3).trim();
  const agenda = [{ text: "Embassies, visas; flights" }, { text: "Back\\slash" }];
  talks.issue("borea", "ContactProposed", { ...meeting, title, agenda }, "table");
  const read = () =>
    convertIcsCalendar(
      undefined,
      calendarOf(itemsOf(talks.state.rooms.table.appointments), {
        name: "EXERCISE: a case",
        host: "parley.example",
        exercise: false,
      }),
    );
  const [first, second] = read().events ?? [];
  expect(second?.summary).toBe(title);
  expect(second?.description).toBe("Embassies, visas; flights\nBack\\slash");
  expect(second?.location).toBe("Hosta; the palace, hall 2");
  expect(first?.uid).toBe(`${appointment}@parley.example`);
  // The night in which Europe's clocks go forward: UTC is kept, and no hour is lost.
  expect(first?.start.date.toISOString()).toBe(meeting.begins);
  expect(first?.end?.date.toISOString()).toBe(meeting.ends);
  // The reader leaves a sequence of 0 out.
  expect([first?.sequence ?? 0, first?.status]).toEqual([0, "TENTATIVE"]);
  talks.issue("borea", "ContactAccepted", { appointment }, "table");
  expect(read().events?.[0]?.status).toBe("CONFIRMED");
  talks.clock.advance(3_600_000);
  const later = { appointment, begins: meeting.ends, ends: "2026-03-29T05:00:00.000Z", reason: "Fog." };
  talks.issue("borea", "ContactMoved", later, "table");
  const moved = read().events?.[0];
  expect([moved?.uid, moved?.sequence, moved?.status]).toEqual([first?.uid, 1, "TENTATIVE"]);
  expect(moved?.start.date.toISOString()).toBe(meeting.ends);
  expect(moved?.stamp.date.toISOString()).toBe(now().changed.replace(/\.\d+Z$/, ".000Z"));
  expect(moved?.stamp.date.getTime()).toBeGreaterThan(first?.stamp.date.getTime() ?? 0);
  talks.issue("aldia", "ContactCancelled", { appointment, reason: "Illness." }, "table");
  const cancelled = read().events?.[0];
  expect([cancelled?.uid, cancelled?.sequence, cancelled?.status]).toEqual([first?.uid, 2, "CANCELLED"]);
  expect([read().method, read().version]).toEqual(["PUBLISH", "2.0"]);
});

test("a calendar is in UTC, escaped, and folded at 75 octets without tearing a character", () => {
  const { talks } = arranged();
  talks.issue("borea", "ContactProposed", { ...meeting, title: "Встреча министров ".repeat(6) }, "table");
  const options = { name: "A case", host: "parley.example", exercise: true };
  const text = calendarOf(itemsOf(talks.state.rooms.table.appointments), options);
  const lines = text.split("\r\n");
  expect(lines.at(-1)).toBe("");
  for (const line of lines) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  const whole = text.replaceAll("\r\n ", "");
  expect(whole).toContain("DTSTART:20260329T003000Z\r\n");
  expect(whole).toContain("LOCATION:Hosta\\; the palace\\, hall 2\r\n");
  expect(whole).toContain(`SUMMARY:EXERCISE ${"Встреча министров ".repeat(6)}\r\n`);
  expect(whole.match(/STATUS:TENTATIVE/g)).toHaveLength(2);
});
