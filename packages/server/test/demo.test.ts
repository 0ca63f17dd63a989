import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { ParleyClient } from "../src/client/index.ts";
import { systemPorts } from "../src/ports.ts";
import { type RunningServer, startServer } from "../src/server.ts";
import { browser, startTestServer, testConfig } from "./table.ts";

/** The kinds of all events of all sample cases, in order. */
async function kinds(server: RunningServer): Promise<string[]> {
  const { logs } = server.services.keeper;
  const ids = [...new Set(server.demo.map((link) => link.case))];
  const rows = (await Promise.all(ids.map((id) => logs.since(id, 0, 5_000)))).flat();
  return rows.map(({ entry }) => (JSON.parse(entry) as { event: { kind: string } }).event.kind);
}

describe("the demonstration", () => {
  test("opens the exercise with a link for each seat, several of them in one browser", async () => {
    const server = await startTestServer({ demo: true });
    const seats = server.demo.filter(({ title }) => title.startsWith("Exercise"));
    expect(seats.length).toBeGreaterThanOrEqual(6);
    const jar = browser(server.url);
    for (const { seat, url, case: caseId } of seats) {
      const link = new URL(url);
      const fragment = new URLSearchParams(link.hash.slice(1));
      const client = new ParleyClient({
        origin: server.url,
        session: link.searchParams.get("session")!,
        fetch: jar,
      });
      await client.redeemLink(fragment.get("link")!);
      const shown = await client.case(caseId);
      expect(shown).toMatchObject({
        seats: [seat],
        demo: true,
        exercise: true,
        kept: true,
        phase: "underway",
      });
      expect(fragment.get("case")).toBe(caseId);
    }
    const first = seats[0]!;
    const again = new ParleyClient({ origin: server.url, session: first.seat!, fetch: jar });
    expect((await again.case(first.case)).seats).toEqual([first.seat]);
    await server.stop();
  });

  test("goes on where it was when the server starts again, with new links", async () => {
    const folder = mkdtempSync(join(tmpdir(), "parley-demo-"));
    const config = testConfig(folder, { demo: true });
    const first = await startServer(config);
    const before = first.demo;
    const said = await kinds(first);
    await first.close();
    const second = await startServer(config);
    expect(second.demo.map((link) => link.case)).toEqual(before.map((link) => link.case));
    expect(second.demo.map((link) => link.url)).not.toEqual(before.map((link) => link.url));
    expect(await kinds(second)).toEqual(said);
    await second.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("that was interrupted at any step goes on from there", async () => {
    const folder = mkdtempSync(join(tmpdir(), "parley-demo-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const whole = await startTestServer({ demo: true });
    const expected = await kinds(whole);
    await whole.stop();

    for (const stopAfter of [2, 9, 17, 40]) {
      const data = join(folder, String(stopAfter));
      const config = testConfig(data, { demo: true });
      // Salts are drawn from the port: when it fails, so does the start, as if the process had ended there.
      let salts = 0;
      const failing = (bytes: number): Uint8Array => {
        if (bytes === 16 && ++salts > stopAfter) throw new Error("interrupted");
        return systemPorts.random(bytes);
      };
      await expect(
        startServer(config, { now: systemPorts.now, log: systemPorts.log, random: failing }),
      ).rejects.toThrow("interrupted");
      const again = await startServer(config);
      expect(await kinds(again), `interrupted after ${stopAfter}`).toEqual(expected);
      await again.close();
    }
  });

  test("lets a reader read what is public of a record of facts, and nothing more", async () => {
    const server = await startTestServer({ demo: true });
    const record = server.demo.find(({ seat }) => seat === undefined);
    if (record) {
      const client = new ParleyClient({ origin: server.url, session: "reader", fetch: browser(server.url) });
      await client.redeemLink(new URLSearchParams(new URL(record.url).hash.slice(1)).get("link")!);
      const { items } = await client.cases();
      expect(items.map((item) => item.case)).toEqual([record.case]);
      const page = await client.entries(record.case, "shared", { limit: 1000 });
      expect(page.items.length).toBeGreaterThan(10);
      expect(page.items.every((item) => "entry" in item && item.entry.event.audience === "public")).toBe(
        true,
      );
    }
    await server.stop();
  });
});
