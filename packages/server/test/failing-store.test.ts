/** A disk that is full, as those who use the server see it: it says so, goes on reading, and writes again when there is space. */
import { expect, onTestFinished, test } from "vitest";
import { checkStore } from "../src/keeper/store-check.ts";
import type { Sql } from "../src/store/sql.ts";
import { startTestServer, TestCase } from "./table.ts";

/** Bounds the file of the store, in pages of 4 KiB; SQLite then answers as it does when the disk has no more. */
async function bound(sql: Sql, pages: number): Promise<void> {
  await sql.transaction((tx) => tx.query(`PRAGMA max_page_count = ${pages}`));
}

test("a full disk is a clear refusal, reading goes on, nothing is damaged, and writing goes on with space", async () => {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const talks = await TestCase.seated(server);
  const { sql } = server.services;
  const { client } = talks.member("aldia");
  const [{ page_count: pages }] = (await sql.query<{ page_count: number }>("PRAGMA page_count")) as [
    { page_count: number },
  ];
  await bound(sql, pages);
  const words = { form: "statement", text: "x".repeat(20_000), about: [] };
  const { event, signature } = await talks.next("aldia", { kind: "StatementMade", body: words });
  const before = await talks.head("aldia");
  for (let tries = 0; tries < 3; tries++) {
    await expect(client.append(event, signature)).rejects.toMatchObject({
      status: 507,
      code: "storage-full",
      message: "The disk of the store is full; nothing was written.",
    });
  }
  expect(await talks.head("aldia")).toEqual(before);
  expect((await client.entries(talks.id, "shared", { limit: 1_000 })).items).toHaveLength(before.size);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  expect((await checkStore(sql, () => undefined)).faults).toEqual([]);

  await bound(sql, 1_000_000);
  expect(await client.append(event, signature)).toMatchObject({ seq: before.size, again: false });
  await talks.say("borea", "and so does everybody else");
  expect((await checkStore(sql, () => undefined)).faults).toEqual([]);
});
