/**
 * Tiny with the tests. `npm run bench:server` has the goals' sizes and writes `bench/results/server.json`;
 * `BENCH_SERVER=appends,stream,... npx vitest run bench/test/server.test.ts` runs single parts in full without writing.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { postgresFolder, startPostgres } from "../../packages/server/test/postgres-server.ts";
import { writeResults } from "../results.ts";
import { measureAppends, measureRawStore, measureStream } from "../server.ts";
import { measureLongCase, measureManyCases, measureStart } from "../server-cases.ts";
import { LoadedCase, type ServerProcess, type Store, serve } from "../server-process.ts";

const asked = (process.env["BENCH_SERVER"] ?? "").split(",").filter(Boolean);
const whole = process.env["BENCH"] === "server";
const full = whole || asked.length > 0;
const wanted = (part: string): boolean => asked.length === 0 || asked.includes(part);
const connections = full ? 200 : 3;
/** Other work on the machine shows here: all figures are only as good as it was quiet. */
const [loadBefore] = loadavg();
const figures: Record<string, unknown> = {};

afterAll(() => {
  if (whole) writeResults("server", versions(), { loadBefore, ...figures });
});

function versions(): Record<string, string> {
  const found = ["libsql", "fastify", "autocannon", "pg"].map((name): [string, string] => {
    const file = resolve(import.meta.dirname, "../../node_modules", name, "package.json");
    return [name, (JSON.parse(readFileSync(file, "utf8")) as { readonly version: string }).version];
  });
  const postgres = spawnSync(join(postgresFolder ?? "", "postgres"), ["--version"])
    .stdout?.toString()
    .trim();
  return { ...Object.fromEntries(found), ...(postgres ? { postgres } : {}) };
}

function folderOf(): string {
  const folder = mkdtempSync(join(tmpdir(), "parley-bench-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function running(store: Store): Promise<ServerProcess> {
  const server = await serve(store);
  onTestFinished(() => server.stop());
  return server;
}

function keep(part: string, found: unknown): void {
  figures[part] = found;
  if (full) process.stdout.write(`${part}: ${JSON.stringify(found)}\n`);
}

const long = { timeout: 900_000 };

test.runIf(wanted("appends"))("takes events from many connections, each durable", long, async () => {
  const store = { data: join(folderOf(), "data"), lock: false };
  const server = await running(store);
  const loaded = await LoadedCase.open(server.url, store, connections);
  const target = { loaded, servers: [server] };
  // The code is compiled by use, as in a server that has run for a while.
  if (full) await measureAppends([target], 25);
  const saturated = await measureAppends([target], full ? 50 : 3);
  expect(saturated).toMatchObject({ events: connections * (full ? 50 : 3), refused: 0 });
  const offered = await measureAppends([target], full ? 50 : 2, full ? 1_000 : 30);
  expect(offered.refused).toBe(0);
  keep("appends", { saturated, offered1000: offered, memoryMB: server.memoryMB() });
});

test.runIf(wanted("raw"))("beside them the store's own limit", long, async () => {
  const raw = await measureRawStore({ data: folderOf(), lock: true }, connections, full ? 3_000 : 50);
  expect(raw.rowsPerSecond).toBeGreaterThan(0);
  keep("raw", raw);
});

test.runIf(wanted("stream"))("brings a case to many readers", long, async () => {
  const store = { data: join(folderOf(), "data"), lock: false };
  const server = await running(store);
  const loaded = await LoadedCase.open(server.url, store, 1);
  const target = { loaded, servers: [server] };
  const stream = await measureStream(target, full ? 5_000 : 5, 10, full ? 10 : 1);
  expect(stream.received).toBe(stream.expected);
  keep("stream", { ...stream, memoryMB: server.memoryMB() });
});

test.runIf(wanted("cases"))("starts with a store of many cases, and holds what is in use", long, async () => {
  const found = await measureManyCases(folderOf(), full ? 1_000 : 2, full ? 40 : 2);
  expect(found.startMs).toBeGreaterThan(0);
  keep("cases", found);
});

test.runIf(wanted("long"))("opens a long case", long, async () => {
  const found = await measureLongCase(folderOf(), full ? 100_000 : 150);
  expect(found.withSnapshotMs).toBeGreaterThan(0);
  keep("long", found);
});

test.runIf(wanted("postgres") && postgresFolder !== undefined)(
  "does the same in two processes on one PostgreSQL",
  long,
  async () => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    const store = { data: folderOf(), databaseUrl: await postgres.database(), lock: false };
    const servers = [await running(store), await running(store)] as const;
    const half = full ? connections / 2 : 2;
    const apart = [];
    for (const server of servers) {
      apart.push({ loaded: await LoadedCase.open(server.url, store, half), servers: [server] });
    }
    const [one] = apart;
    if (!one) return;
    const together = { loaded: one.loaded, servers };
    const each = full ? 50 : 2;
    if (full) await measureAppends(apart, 25);
    const oneProcess = await measureAppends([one], each);
    const twoProcesses = await measureAppends(apart, each);
    // Before one case grows beyond what a server holds of all: what was let go is folded again, which is measured elsewhere.
    const offered = await measureAppends(apart, each, full ? 1_000 : 30);
    // The other server folds the case when it is first sent to it.
    if (full) await measureAppends([together], 5);
    const sameCase = await measureAppends([together], each);
    for (const { refused } of [oneProcess, twoProcesses, sameCase, offered]) expect(refused).toBe(0);
    const stream = await measureStream(together, full ? 1_000 : 4, 10, full ? 5 : 1);
    expect(stream.received).toBe(stream.expected);
    const startMs = await measureStart(store, full ? 3 : 1);
    const raw = await measureRawStore({ ...store, lock: true }, connections, full ? 3_000 : 50);
    keep("postgres", { raw, oneProcess, twoProcesses, sameCase, offered1000: offered, stream, startMs });
  },
);
