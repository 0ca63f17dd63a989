import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { foldCaseRecord, RecordError, readCaseRecord } from "../src/case-record.ts";
import { itemsOf } from "../src/register.ts";

const source = { by: "The Gazette", date: "2026-02-18", provenance: "stated" };
const record = {
  format: "parley-record/1",
  title: "Talks at Hosta",
  recordedAt: "2026-03-01T00:00:00.000Z",
  seats: [
    { seat: "alda", kind: "principal", name: "Alda" },
    { seat: "brun", kind: "principal", name: "Brun" },
    { seat: "archive", kind: "recorder", name: "Archive" },
  ],
  recorder: { seat: "archive", name: "A reader", office: "Archivist" },
  events: [
    {
      kind: "DelegationListed",
      body: { of: "alda", people: [{ name: "C. D.", office: "Minister" }], recorded: source },
    },
    {
      label: "call",
      kind: "ContactOpened",
      body: {
        form: "call",
        title: "Call of the leaders",
        held: "2026-02-12",
        parties: ["alda", "brun"],
        participants: [],
        agenda: [],
        recorded: source,
      },
    },
    {
      kind: "ReadoutIssued",
      body: { contact: "@call", of: "alda", text: "Alda said that it was useful.", recorded: source },
    },
    {
      kind: "ReadoutIssued",
      body: { contact: "@call", of: "brun", text: "Brun said that it was frank.", recorded: source },
    },
    {
      kind: "StatementMade",
      body: { form: "assessment", text: "Relations may warm.", about: ["alda", "brun"], recorded: source },
    },
    {
      kind: "ContactEnded",
      body: { contact: "@call", outcomes: ["readouts"], pointsLeft: [], recorded: source },
    },
  ],
} as const;

const edited = (i: number, body: object) => ({
  ...record,
  events: record.events.map((event, k) => (k === i ? { ...event, body: { ...event.body, ...body } } : event)),
});
const fault = (json: unknown) => {
  try {
    foldCaseRecord(readCaseRecord(json));
  } catch (error) {
    if (error instanceof RecordError) return `${error.code} ${error.message}`;
    throw error;
  }
  return undefined;
};

test("a recorded case folds to facts with their sources, each side's readout beside the other's", () => {
  const state = foldCaseRecord(readCaseRecord(JSON.stringify(record)));
  const [contact] = itemsOf(state.rooms.public.contacts);
  expect(contact?.readouts.map((readout) => [readout.of, readout.by, readout.recorded?.by])).toEqual([
    ["alda", "archive", "The Gazette"],
    ["brun", "archive", "The Gazette"],
  ]);
  expect(contact?.ended?.outcomes).toEqual(["readouts"]);
  expect(itemsOf(state.rooms.public.statements)[0]?.of).toBeUndefined();
});

test("nobody but the recorder has a device in a recorded case, so nothing is signed for a party", () => {
  const { people } = foldCaseRecord(readCaseRecord(record));
  expect(Object.values(people.members).map((member) => member.seat)).toEqual(["archive"]);
});

test("the model case folds, every fact in it with a source, and nobody but its recorder seated", () => {
  const file = resolve(import.meta.dirname, "../../../examples/riyadh-2025/events.json");
  const { people, rooms } = foldCaseRecord(readCaseRecord(readFileSync(file, "utf8")));
  expect(
    Object.values(people.seats)
      .filter((seat) => seat.taken)
      .map((seat) => seat.kind),
  ).toEqual(["recorder"]);
  const { contacts, statements, positions, texts } = rooms.public;
  expect(contacts.size).toBeGreaterThan(0);
  const facts = [...itemsOf(contacts), ...itemsOf(statements), ...itemsOf(positions)];
  expect(facts.every((fact) => fact.recorded)).toBe(true);
  expect(texts.size).toBe(0);
});

test("what a recorder writes without a source, or in no party's name where one is needed, is refused", () => {
  const { recorded: _, ...bare } = record.events[4].body;
  const unsourced = { ...record, events: [{ kind: "StatementMade", body: bare }] };
  expect(fault(unsourced)).toContain("refused events[0]: A recorder gives the source");
  const { of: __, ...nobodys } = record.events[0].body;
  expect(fault({ ...record, events: [{ kind: "DelegationListed", body: nobodys }] })).toContain(
    'lacks the key "of"',
  );
});

test("a recorder tables no text, no package and no signature", () => {
  for (const kind of ["DraftOpened", "ProposalTabled", "TextSigned", "StanceJoined", "PressLinesAccepted"]) {
    expect(fault({ ...record, events: [{ kind, body: {} }] })).toContain("refused events[0]");
  }
});

test.each([
  ["{", "bad-json"],
  [{ ...record, format: "parley-record/9" }, "is not parley-record/1"],
  [{ ...record, extra: 1 }, 'record has the unknown key "extra"'],
  [{ ...record, recorder: { ...record.recorder, seat: "alda" } }, "a seat of kind recorder"],
  [{ ...record, seats: [...record.seats, record.seats[0]] }, "Two seats have the same name"],
  [edited(2, { contact: "@later" }), 'events[2]: no event before this one has the label "@later"'],
  [edited(2, { text: "" }), "events[2]: ReadoutIssued: body.text must be text"],
  [edited(2, { of: "nobody" }), "no party"],
  [edited(4, { text: "\ud800" }), "half of a surrogate pair"],
  [null, "record must be an object"],
])("a bad record is refused with its place", (json, message) => {
  expect(fault(json)).toContain(message);
});
