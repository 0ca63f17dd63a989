import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { EventId } from "@parley/ledger/event";
import { Negotiation, testDevice } from "@parley/testing";
import { expect, test } from "vitest";
import { readCaseFile } from "../src/case-file.ts";
import { RecordError } from "../src/case-record.ts";
import { playStory, readCaseStory, storyMs } from "../src/case-story.ts";
import { lastUses, readClocks } from "../src/clocks.ts";
import type { SeatId } from "../src/ids.ts";
import { linksOutstanding } from "../src/lever-state.ts";
import { graphFindings } from "../src/measure-graph.ts";
import { measureGraph, measureState, measuresOf, startsDiffer } from "../src/measure-state.ts";
import { itemsOf } from "../src/register.ts";

const folder = resolve(import.meta.dirname, "../../../examples/exercise-straits");
const read = (name: string) => readFileSync(resolve(folder, name), "utf8");

/** The exercise with its story told, through the laws. */
async function told(): Promise<Negotiation> {
  const { parties } = readCaseFile(read("case.json"));
  const story = readCaseStory(read("story.json"));
  const seats = parties.map(({ id, seat }) => ({ seat: id, kind: seat }));
  const talks = Negotiation.seated({ seats, convener: "quelda", exercise: true });
  for (const { seat, name, role } of story.members) talks.bring(seat, `${seat}/${name}`, role);
  const draft = talks.issue(
    "quelda",
    "DraftOpened",
    { kind: "chairsText", text: read("draft.md") },
    "consulted",
  );
  const startMs = Date.parse(talks.clock.now());
  const stage = {
    caseId: talks.case,
    draft,
    time: (minute: number) => new Date(startMs + minute * 60_000).toISOString(),
    device: (actor: string) => Promise.resolve(testDevice(actor).id),
    sign: (actor: string, message: Uint8Array) => Promise.resolve(testDevice(actor).sign(message)),
    append: (actor: string, kind: string, body: object, audience: "public", at: string): Promise<EventId> => {
      talks.clock.advance(Math.max(0, Date.parse(at) - Date.parse(talks.clock.now()) - 60_000));
      return Promise.resolve(talks.issue(actor, kind as "Void", body, audience));
    },
  };
  await playStory(story, stage);
  expect(storyMs(story)).toBeGreaterThan(86_400_000);
  return talks;
}

test("the exercise's story is admitted as it is told, and carries the full set", async () => {
  const { state, clock } = await told();
  const { table, consulted, public: open } = state.rooms;
  const at = clock.now();
  const readings = itemsOf(table.notifications).map((one) => {
    const format = itemsOf(table.formats).find(({ id }) => id === one.format);
    if (!format) throw new Error("what is sent has a format");
    return { purpose: format.purpose, ...readClocks(one, format, at) };
  });
  expect(readings.find(({ purpose }) => purpose === "incident")).toMatchObject({ answeredLate: true });
  expect(readings.at(-1)).toMatchObject({ purpose: "notice", delivery: "sent" });
  expect(Object.values(itemsOf(table.channels)[0]?.states ?? {}).map(({ status }) => status)).toEqual([
    "degraded",
    "inUse",
  ]);
  expect(lastUses(table, itemsOf(table.channels)[0]?.id ?? "").tested).toBeDefined();
  const [halt, answer] = itemsOf(consulted.measures);
  if (!halt || !answer) throw new Error("two halts were proposed");
  expect([startsDiffer(halt), measureState(halt, at), measureState(answer, at)]).toEqual([
    true,
    "verified",
    "disputed",
  ]);
  const findings = graphFindings(measureGraph(consulted));
  expect([findings.deadlocks.length, findings.withoutVerifier.length]).toEqual([1, 1]);
  expect(findings.withoutRelease.length).toBe(1);
  expect(itemsOf(consulted.levers).map((lever) => linksOutstanding(consulted, lever, at).length)).toEqual([
    1, 0, 0, 0,
  ]);
  const [text] = itemsOf(consulted.texts);
  expect(measuresOf(consulted, text?.id ?? "", "article-2-1").map(({ title }) => title)).toEqual([
    "Visas for staff of the embassies within ten days",
  ]);
  const ministers = itemsOf(open.contacts).find(({ form }) => form === "ministerial");
  const points = ministers?.alignments["straits-institute" as SeatId]?.points ?? [];
  const halts = points.find(({ relation, subject }) => relation === "conflict" && subject.includes("halt"));
  const words = halts?.claims.map(({ readout, from, to }) =>
    ministers?.readouts.find(({ id }) => id === readout)?.text.slice(from, to),
  );
  expect(words?.map((sentence) => sentence?.replace(/ (shall|may) /, " ... "))[0]).toBe(
    words?.map((sentence) => sentence?.replace(/ (shall|may) /, " ... "))[1],
  );
  expect(words?.[0]).not.toBe(words?.[1]);
});

test("a story of another shape, or with a label that was not given, says where", async () => {
  expect(() => readCaseStory("{")).toThrow(RecordError);
  expect(() => readCaseStory('{"format":"parley-story/2","members":[],"events":[]}')).toThrow(
    "not parley-story/1",
  );
  const by = { by: "alda", minute: 0, kind: "Void", body: { contact: "@call" } };
  const story = readCaseStory(JSON.stringify({ format: "parley-story/1", members: [], events: [by] }));
  await expect(playStory(story, {} as never)).rejects.toThrow(
    'events[0]: no event before this one has the label "@call"',
  );
});
