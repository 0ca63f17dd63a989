import { Negotiation } from "@parley/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { overlap, sentencesOf, suggestPairs } from "../src/aligning.ts";
import type { SeatId } from "../src/ids.ts";
import { itemOf } from "../src/register.ts";

const call = {
  form: "call",
  title: "Call",
  held: "2026-03-02",
  parties: ["aldia", "borea"] as SeatId[],
  participants: [],
  agenda: [],
} as const;

test("sentences are cut where they stand, in any text", () => {
  expect(sentencesOf("One. Two!\nThree").map(({ text }) => text)).toEqual(["One.", "Two!", "Three"]);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      for (const sentence of sentencesOf(text))
        expect(text.slice(sentence.from, sentence.to)).toBe(sentence.text);
    }),
  );
});

test("overlap is symmetric, from 0 to 1, and 1 exactly for the same words", () => {
  expect(overlap("The halt begins.", "the HALT begins")).toBe(1);
  expect(overlap("The halt begins.", "Une trêve commence.")).toBe(0);
  expect(overlap("", "")).toBe(0);
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(overlap(a, b)).toBe(overlap(b, a));
      expect(overlap(a, b)).toBeLessThanOrEqual(1);
    }),
  );
});

test("two readouts that differ in a word are put side by side, for a person to judge", () => {
  const a = "They agreed on a halt of strikes. The leaders will meet.";
  const b = "A summit was not discussed. They spoke of a halt of strikes.";
  const [pair] = suggestPairs(a, b);
  expect([pair?.a.text, pair?.b.text]).toEqual([
    "They agreed on a halt of strikes.",
    "They spoke of a halt of strikes.",
  ]);
});

test("each party aligns readouts in its own reading, and a claim stands in a readout of the contact", () => {
  const talks = Negotiation.seated();
  const contact = talks.issue("aldia", "ContactOpened", call);
  const ours = talks.issue("aldia", "ReadoutIssued", { contact, text: "They agreed on a halt." });
  const theirs = talks.issue("borea", "ReadoutIssued", { contact, text: "They spoke of a halt." });
  const claim = (readout: typeof ours, to: number) => ({ readout, from: 0, to });
  const points = [
    { subject: "Halt", relation: "conflict" as const, claims: [claim(ours, 22), claim(theirs, 21)] },
  ];
  talks.issue("borea", "ReadoutsAligned", { contact, points });
  const both = [{ subject: "Halt", relation: "both" as const, claims: [claim(ours, 22), claim(theirs, 21)] }];
  talks.issue("aldia", "ReadoutsAligned", { contact, points: both });
  const alignments = itemOf(talks.state.rooms.public.contacts, contact)?.alignments ?? {};
  expect(
    Object.entries(alignments).map(
      ([
        party,
        {
          points: [point],
        },
      ]) => [party, point?.relation],
    ),
  ).toEqual([
    ["borea", "conflict"],
    ["aldia", "both"],
  ]);
  const code = (claims: ReturnType<typeof claim>[], relation: "both" | "one") =>
    talks.attempt("aldia", "ReadoutsAligned", { contact, points: [{ subject: "Halt", relation, claims }] })
      ?.code;
  expect(code([claim(ours, 23)], "one")).toBe("bad-body");
  expect(code([claim(contact, 5)], "one")).toBe("not-found");
  expect(code([claim(ours, 22)], "both")).toBe("bad-body");
  expect(code([claim(ours, 22), claim(theirs, 21)], "one")).toBe("bad-body");
});
