import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { base64url, caseId, fromBase64url, openCheckpoint, originOf, sharedLog } from "@parley/ledger";
import { expect, onTestFinished, test } from "vitest";
import { type Acknowledged, Keeper } from "../../src/keeper/keeper.ts";
import { systemPorts } from "../../src/ports.ts";
import { openStore } from "../../src/store/open.ts";
import { device, signed } from "../table.ts";

async function openKeeper(maxHeld: number): Promise<Keeper> {
  const data = mkdtempSync(join(tmpdir(), "parley-keeper-"));
  const sql = await openStore({ data, lock: true });
  const keeper = await Keeper.open(sql, systemPorts, maxHeld);
  onTestFinished(async () => {
    await keeper.stop();
    await sql.close();
    rmSync(data, { recursive: true, force: true });
  });
  return keeper;
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
  const leave = keeper.subscribe(long.id, () => undefined);
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
