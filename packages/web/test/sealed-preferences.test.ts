/** What a party let a mediator read is that party's word, and stands in nobody else's place. */
import { emptyValuation, type SeatId } from "@parley/core";
import { base64url, type Device, type Event, type Json, prepareEntry, sharedLog } from "@parley/ledger";
import { Negotiation, testDevice } from "@parley/testing";
import { expect, test } from "vitest";
import { openAll } from "../src/source/desk.ts";
import { FoldedCase } from "../src/source/folded-case.ts";

const [aldia, borea] = ["aldia", "borea"] as SeatId[] as [SeatId, SeatId];
const at = "2026-03-02T09:00:00.000Z";
const found = (of: SeatId) => ({
  of,
  at,
  provenance: "stated" as const,
  event: { kind: of } as unknown as Event,
});

test("preferences that were sealed in another party's name are nobody's", async () => {
  const own = { ...emptyValuation(aldia, "stated"), walkAway: 10 };
  const another = { ...emptyValuation(aldia, "stated"), walkAway: 90 };
  const unseal = async ({ kind }: Event) => (kind === aldia ? own : another) as unknown as Json;
  const opened = await openAll({ unseal }, [found(aldia), found(borea)]);
  expect([...opened].map(([of, { valuation }]) => [of, valuation.walkAway])).toEqual([[aldia, 10]]);
});

test("what was sealed so that nobody can open it is read as nothing, and is no fault of the page", async () => {
  const talks = Negotiation.seated();
  const { id, keys } = testDevice("aldia");
  const sealingKey = { device: id, secret: new Uint8Array(32).fill(7) };
  const device = { id, keys, sealingKey } as unknown as Device;
  const folded = new FoldedCase(talks.case, { devices: [device] }, id);
  for (const entry of talks.log.entries) folded.replay(prepareEntry(entry));
  const bytes = base64url(new Uint8Array(64));
  const event: Event = {
    ...talks.event(testDevice("borea"), "StatementMade", { form: "statement", text: "-", about: [] }),
    log: sharedLog,
    sealed: { purpose: "message", to: [{ device: id, enc: bytes, key: bytes }], ciphertext: bytes },
  };
  expect(await folded.unseal(event)).toBeUndefined();
});
