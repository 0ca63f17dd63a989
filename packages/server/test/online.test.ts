/** What an operator does while the server is written to: a check finds no fault that is not there, a backup is whole. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkStore } from "../src/keeper/store-check.ts";
import { restore } from "../src/store/backup.ts";
import { openStore } from "../src/store/open.ts";
import { startTestServer, TestCase } from "./table.ts";

const parley = resolve(import.meta.dirname, "../../cli/bin/parley.js");

/** A process of its own, as an operator's is: what it reads it reads while the server goes on. */
async function admin(...words: readonly string[]): Promise<{ status: number; out: string }> {
  const child = spawn(process.execPath, [parley, "admin", ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let out = "";
  child.stdout.on("data", (text) => {
    out += String(text);
  });
  const [status] = (await once(child, "close")) as [number];
  return { status, out };
}

test("a store that is written to is checked and backed up, and what the backup holds is sound", {
  timeout: 240_000,
}, async () => {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const talks = await TestCase.seated(server);
  for (let i = 0; i < 300; i++) await talks.say("aldia", `line ${i}`);
  const enough = new AbortController();
  let said = 0;
  const writer = (async () => {
    for (; !enough.signal.aborted; said++) await talks.say("borea", `meanwhile ${said}`);
  })();
  const file = join(server.folder, "saved.backup");
  for (let round = 0; round < 2; round++) {
    const before = said;
    const checked = await admin("check", "--json", "--data", server.folder);
    expect(JSON.parse(checked.out)).toMatchObject({ cases: 1, faults: [] });
    expect(checked.status).toBe(0);
    expect(said).toBeGreaterThan(before);
  }
  const before = said;
  expect((await admin("backup", file, "--data", server.folder)).status).toBe(0);
  expect(said).toBeGreaterThan(before);
  enough.abort();
  await writer;

  const copy = await openStore({ data: join(server.folder, "copy"), lock: true });
  onTestFinished(() => copy.close());
  await restore(copy, file);
  const report = await checkStore(copy, () => undefined);
  expect(report.faults).toEqual([]);
  expect(report.entries).toBeGreaterThan(300 + before);
});

test("a check names entries that nobody counted, entries that are gone, and a log without its head", async () => {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const talks = await TestCase.seated(server);
  await talks.circle("aldia", "marin");
  await talks.say("aldia", "the last word");
  const { sql } = server.services;
  const faults = async () =>
    (await checkStore(sql, () => undefined)).faults.map((one) => one.split(": ").at(-1));
  const change = (statement: string) => sql.transaction((tx) => tx.execute(statement));
  expect(await faults()).toEqual([]);
  await change("UPDATE cases SET revision = revision - 1");
  expect(await faults()).toEqual(["the count of its entries does not agree"]);
  await change("UPDATE cases SET revision = revision + 2");
  expect(await faults()).toEqual(["the count of its entries does not agree"]);
  await change("UPDATE cases SET revision = revision - 1");
  await change("DELETE FROM logs WHERE log <> 'shared'");
  expect(await faults()).toEqual(["it has entries and no head"]);
  await change("DELETE FROM entries WHERE revision = 3");
  expect(await faults()).toEqual(["an entry before it is missing"]);
});
