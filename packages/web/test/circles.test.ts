/** Two who speak apart speak in one place, whichever circles of theirs anybody opened and in whatever order they came. */
import type { CircleState, SeatId } from "@parley/core";
import type { EventId, LogId } from "@parley/ledger";
import { expect, test } from "vitest";
import type { CircleSnapshot } from "../src/source/case-source.ts";
import { answerAmong, circleAmong } from "../src/source/circles.ts";

const seats = ["borea", "marin"] as SeatId[];
const [borea, marin] = seats as [SeatId, SeatId];
const proposal = "proposal" as EventId;

function circle(log: string, openedAt: string, answeredAt?: string): [LogId, CircleSnapshot] {
  const empty = { size: 0, root: [] };
  const answer = { id: `answer ${log}` as EventId, at: answeredAt ?? "", hash: "" };
  const state: CircleState = {
    log: log as LogId,
    seats,
    openedAt,
    messages: empty,
    papers: empty,
    preferences: {},
    answers: answeredAt ? { [proposal]: { [borea]: answer } } : {},
  };
  return [log as LogId, { state, byId: new Map() }];
}

test("the circle of two is the one that was opened first, in every browser", () => {
  const first = circle("z", "2026-03-02T09:00:00.000Z");
  const later = circle("a", "2026-03-02T09:01:00.000Z");
  for (const came of [
    [first, later],
    [later, first],
  ]) {
    expect(circleAmong({ circles: new Map(came) }, [marin, borea])?.log).toBe("z");
  }
});

test("an answer is found in whichever circle of the two it stands, and the first one counts", () => {
  const first = circle("z", "2026-03-02T09:00:00.000Z", "2026-03-03T09:05:00.000Z");
  const later = circle("a", "2026-03-02T09:01:00.000Z", "2026-03-03T09:00:00.000Z");
  const found = (...came: ReturnType<typeof circle>[]) =>
    answerAmong({ circles: new Map(came) }, proposal, borea, marin)?.answer.id;
  expect(found(circle("z", "2026-03-02T09:00:00.000Z"), later)).toBe("answer a");
  expect(found(first, later)).toBe("answer a");
  expect(found()).toBeUndefined();
});
