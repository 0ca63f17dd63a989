import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { base64url, caseId, fromBase64url, openCheckpoint, originOf, sharedLog } from "@parley/ledger";
import { expect, onTestFinished, test } from "vitest";
import { type Acknowledged, Keeper } from "../../src/keeper/keeper.ts";
import { signRoll } from "../../src/keeper/roll.ts";
import { checkStore } from "../../src/keeper/store-check.ts";
import { systemPorts } from "../../src/ports.ts";
import { openStore } from "../../src/store/open.ts";
import type { Sql } from "../../src/store/sql.ts";
import { device, signed } from "../table.ts";

async function openKeeper(maxHeld: number): Promise<Keeper> {
  return (await openBoth(maxHeld)).keeper;
}

async function openBoth(maxHeld: number): Promise<{ keeper: Keeper; sql: Sql }> {
  const data = mkdtempSync(join(tmpdir(), "parley-keeper-"));
  const sql = await openStore({ data, lock: true });
  const keeper = await Keeper.open(sql, systemPorts, maxHeld);
  onTestFinished(async () => {
    await keeper.stop();
    await sql.close();
    rmSync(data, { recursive: true, force: true });
  });
  return { keeper, sql };
}

/** A case of one person; returns how to say something in it, once it is durable. */
async function openCase(keeper: Keeper, title: string) {
  const by = await device(title);
  const body = {
    title: `EXERCISE: ${title}`,
    keeper: keeper.key,
    nonce: base64url(new Uint8Array(16)),
    exercise: true,
    seats: [{ seat: "a", kind: "principal", name: "A" }],
    convener: "a",
    opener: { name: "x", office: "y", keys: by.keys },
  };
  const id = caseId(body);
  let n = 0;
  const issue = async (kind: string, what: typeof body | object): Promise<Acknowledged> => {
    const outcome = await keeper.append(await signed(by, id, { kind, body: what as never, n: n++ }));
    if ("refusal" in outcome) throw new Error(outcome.refusal.sentence);
    return outcome.acknowledged;
  };
  await issue("CaseOpened", body);
  const say = () => issue("StatementMade", { form: "statement", text: `line ${n}`, about: [] });
  return { id, say };
}

test("a keeper holds the cases used last, and a case that it let go of goes on where it stood", async () => {
  const keeper = await openKeeper(10);
  const cases = await Promise.all(["one", "two", "three"].map((title) => openCase(keeper, title)));
  for (let round = 0; round < 3; round++) {
    for (const { say } of cases) {
      expect((await say()).seq).toBe(2 * round + 1);
      expect((await say()).seq).toBe(2 * round + 2);
      expect(keeper.held.entries).toBeLessThanOrEqual(10);
    }
  }
  for (const { id } of cases) expect((await keeper.file(id))?.published?.revision).toBe(7);
});

test("a case longer than what a keeper may hold stays while it is the one in use, or is followed", async () => {
  const keeper = await openKeeper(3);
  const [long, other] = [await openCase(keeper, "long"), await openCase(keeper, "other")];
  for (let i = 0; i < 5; i++) await long.say();
  expect(keeper.held).toEqual({ cases: 1, entries: 6 });
  await other.say();
  expect(keeper.held).toEqual({ cases: 1, entries: 2 });
  const leave = keeper.subscribe(long.id, 6, () => undefined);
  await long.say();
  await other.say();
  expect(keeper.held).toEqual({ cases: 2, entries: 10 });
  leave();
});

test("heads are signed by the platform as the ledger verifies them", async () => {
  const keeper = await openKeeper(10);
  const { id, say } = await openCase(keeper, "heads");
  const { checkpoint } = await say();
  expect(openCheckpoint(checkpoint, originOf(id, sharedLog), fromBase64url(keeper.key))?.size).toBe(2);
});

test("a case that is not in memory is read by its roll, and folded before anything is admitted to it", async () => {
  const { keeper, sql } = await openBoth(10);
  const { id, say } = await openCase(keeper, "roll");
  for (let i = 0; i < 3; i++) await say();
  const { state: _, ...published } = (await keeper.file(id))?.published ?? {};
  const started = await Keeper.open(sql, systemPorts);
  expect(await started.readable(id)).toEqual(published);
  expect(started.held.cases).toBe(0);
  expect(await started.readable("A".repeat(43))).toBeUndefined();
  const told: number[] = [];
  const leave = started.subscribe(id, 4, (entries) => told.push(...entries.map(({ seq }) => seq)));
  const by = await device("roll");
  const statement = { form: "statement", text: "after the start", about: [] };
  const next = await signed(by, id, { kind: "StatementMade", body: statement, n: 4 });
  expect(await started.append(next)).toMatchObject({ acknowledged: { seq: 4 } });
  expect(await started.readable(id)).toMatchObject({ revision: 5 });
  expect(told).toEqual([4]);
  leave();
});

test("a long case is folded once somebody who may write begins to read it, a short one when it is needed", async () => {
  const { keeper, sql } = await openBoth(10);
  const [short, long] = [await openCase(keeper, "short"), await openCase(keeper, "long")];
  await Promise.all(Array.from({ length: 500 }, () => long.say()));
  const started = await Keeper.open(sql, systemPorts);
  started.expect(short.id, 1);
  started.expect(long.id, 501);
  await expect.poll(() => started.held).toEqual({ cases: 1, entries: 501 });
  await started.stop();
});

test.each([
  ["that somebody changed", (roll: string) => roll.replace('"name":"A"', '"name":"B"')],
  ["of another version", (roll: string) => roll.replace(/"version":"[^"]*"/, '"version":"0.0.1"')],
  ["that is missing", () => undefined],
])("a roll %s is not taken up: the case is folded, and its roll kept anew", async (_, changed) => {
  const { keeper, sql } = await openBoth(10);
  const { id } = await openCase(keeper, "roll");
  const kept = async () => (await sql.first<{ roll: string }>("SELECT roll FROM rolls"))?.roll ?? "";
  const before = await kept();
  const text = changed(before);
  expect(text).not.toBe(before);
  await sql.transaction(async (tx) => {
    if (text === undefined) await tx.execute("DELETE FROM rolls");
    else await tx.execute("UPDATE rolls SET roll = $1", [text]);
  });
  const { faults } = await checkStore(sql, () => undefined);
  expect(faults).toEqual(
    text?.includes('"name":"B"') ? [`case ${id}: its roll is not signed by this keeper`] : [],
  );
  const started = await Keeper.open(sql, systemPorts);
  expect((await started.readable(id))?.people.seats["a"]?.name).toBe("A");
  expect(started.held.cases).toBe(1);
  expect(await kept()).toBe(before);
  expect((await checkStore(sql, () => undefined)).faults).toEqual([]);
});

test("the check of a store finds a roll that is signed and does not agree with the entries", async () => {
  const { keeper, sql } = await openBoth(10);
  const { id } = await openCase(keeper, "roll");
  const published = (await keeper.file(id))?.published;
  if (!published) throw new Error("the case is not there");
  const people = { ...published.people, title: "EXERCISE: another" };
  await keeper.logs.keepRoll(id, await signRoll(id, 1, { ...published, people }, keeper.signer));
  expect((await checkStore(sql, () => undefined)).faults).toEqual([
    `case ${id}: its roll does not agree with the entries`,
  ]);
});
