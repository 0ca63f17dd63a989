/** What a desk prepared is read from what its colleagues sealed, which can be anything. */
import type { MemberId } from "@parley/core";
import type { EventId, JsonObject } from "@parley/ledger";
import { expect, test } from "vitest";
import { unsent } from "../src/pages/desk/prepared.ts";

const message = { channel: "line", format: "1T", to: "borea", fields: { words: "A test." } };
const sealed = (value: JsonObject, place: number) => ({
  id: `${place}` as EventId,
  by: "officer" as MemberId,
  at: "2026-03-02T09:00:00.000Z",
  value,
});

test("what has not the shape of a message or of a check is none, and hides no other", () => {
  const format = "parley-prepared/1";
  const opened = [
    { format, audience: "table", message },
    { format, audience: "table", message: { ...message, fields: null } },
    { format, audience: "table", message: { ...message, fields: { words: {} } } },
    { format, audience: "everybody", message },
    { format, audience: "table" },
    { format: "parley-checked/1", prepared: "0" },
  ].map(sealed);
  const read = unsent(opened, new Set(), new Set());
  expect(read.map(({ id, check }) => [id, check])).toEqual([["0", undefined]]);
});
