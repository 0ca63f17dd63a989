/** A server that is told to stop while many write and read: what it acknowledged is there, and its readers are told. */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { LoadedCase, serve } from "../../../bench/server-process.ts";
import { ApiProblem } from "../src/client/index.ts";
import { checkStore } from "../src/keeper/store-check.ts";
import { startServer } from "../src/server.ts";
import { LogStore } from "../src/store/log-store.ts";
import { openStore } from "../src/store/open.ts";
import { TestCase, testConfig } from "./table.ts";

const names = ["aldia", "borea", "marin", "cassa"];

test("a server that stops under load keeps what it acknowledged, refuses the rest, and says farewell to readers", async () => {
  const data = mkdtempSync(join(tmpdir(), "parley-stop-"));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const server = await startServer(testConfig(data, {}));
  const talks = await TestCase.seated(server);
  const { browser, client } = talks.member("borea");
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const address = client.streamUrl(talks.id);
  const hearing = await listen(address, cookie, server.url);
  const deaf = await listen(address, cookie, server.url);
  deaf.socket.pause();

  const kept: string[] = [];
  const refused: string[] = [];
  const writing = names.map(async (name) => {
    for (;;) {
      const body = { form: "statement", text: `${name} speaks`, about: [] };
      const { event, signature } = await talks.next(name, { kind: "StatementMade", body });
      try {
        kept.push((await talks.member(name).client.append(event, signature)).eventId);
      } catch (problem) {
        if (!(problem instanceof ApiProblem)) throw problem;
        refused.push(problem.code);
        return;
      }
    }
  });
  while (kept.length < 40) await new Promise((resolve) => setTimeout(resolve, 5));
  const told = performance.now();
  await server.close();
  // A WebSocket that nobody answers on would be waited for half a minute.
  expect(performance.now() - told).toBeLessThan(15_000);
  await Promise.all(writing);

  expect(refused).toHaveLength(names.length);
  for (const code of refused) expect(["stopping", "offline", "storage-unavailable"]).toContain(code);
  expect(await hearing.closed).toBe(1001);
  deaf.socket.terminate();
  await expectKept(data, talks.id, kept);
});

test("stopping waits for no connection on which nothing is being answered", async () => {
  const data = mkdtempSync(join(tmpdir(), "parley-stop-"));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const server = await startServer(testConfig(data, {}));
  const closed = [];
  for (const words of [
    "",
    "GET /healthz HTTP/1.1\r\nHost: local",
    "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
  ]) {
    const socket = connect(server.port, "127.0.0.1");
    closed.push(once(socket, "close"));
    await once(socket, "connect");
    socket.write(words);
    if (words.endsWith("\r\n\r\n")) await once(socket, "data");
  }
  const told = performance.now();
  await server.close();
  await Promise.all(closed);
  // Each has a time limit of its own, and none of them is under half a minute.
  expect(performance.now() - told).toBeLessThan(15_000);
});

test("a process that a signal ends under load has kept what it acknowledged", {
  timeout: 240_000,
}, async () => {
  const data = mkdtempSync(join(tmpdir(), "parley-signal-"));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const server = await serve({ data, lock: false });
  const loaded = await LoadedCase.open(server.url, { data, lock: false }, 4);
  const client = loaded.client();
  const kept: string[] = [];
  const writing = loaded.devices.map(async (device) => {
    for (;;) {
      const { event, signature } = await loaded.statement(device);
      try {
        kept.push((await client.append(event, signature)).eventId);
      } catch (problem) {
        if (problem instanceof ApiProblem) return problem.code;
        throw problem;
      }
    }
  });
  while (kept.length < 100) await new Promise((resolve) => setTimeout(resolve, 5));
  await server.stop();
  for (const code of await Promise.all(writing)) {
    expect(["stopping", "offline", "storage-unavailable"]).toContain(code);
  }
  await expectKept(data, loaded.id, kept);
});

async function expectKept(data: string, caseId: string, kept: readonly string[]): Promise<void> {
  const sql = await openStore({ data, lock: true });
  onTestFinished(() => sql.close());
  const logs = new LogStore(sql);
  for (const id of kept) expect(await logs.byEvent(caseId, id), id).toBeDefined();
  expect((await checkStore(sql, () => undefined)).faults).toEqual([]);
}

async function listen(url: string, cookie: string, origin: string) {
  const socket = new WebSocket(url, { headers: { cookie }, origin });
  const closed = new Promise<number>((resolve) => void socket.on("close", resolve));
  await new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () => socket.send(JSON.stringify({ next: {} })));
    socket.once("message", resolve);
  });
  return { socket, closed };
}
