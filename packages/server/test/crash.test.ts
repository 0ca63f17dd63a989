/**
 * What is acknowledged survives. `CRASHES=200 npx vitest run packages/server/test/crash.test.ts` is the long campaign; here
 * it is a short one.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, onTestFinished, test } from "vitest";
import { checkStore } from "../src/keeper/store-check.ts";
import { LogStore } from "../src/store/log-store.ts";
import { openStore } from "../src/store/open.ts";
import { postgresFolder, startPostgres } from "./postgres-server.ts";

const crashes = Number(process.env["CRASHES"] ?? "1");
const child = join(import.meta.dirname, "crash-child.mjs");
const hasStrace = spawnSync("strace", ["-V"]).status === 0;
if (!hasStrace) {
  console.warn(
    "\n*** SKIPPED: no strace on this machine: syncs before acknowledgements and failing disks are not observed. ***\n",
  );
}

interface Kept {
  readonly caseId: string;
  readonly eventId: string;
  readonly seq: number;
}

function start(args: readonly string[], wrapper: readonly string[] = []): ChildProcess {
  const [program = "", ...rest] = [...wrapper, process.execPath, child, ...args];
  // A group of its own, so that the server dies with whatever it runs under.
  const started = spawn(program, rest, { stdio: ["ignore", "pipe", "pipe"], detached: true });
  onTestFinished(() => kill(started));
  return started;
}

function kill({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, "SIGKILL");
}

/** Lets the child work until `enough`, kills it, and returns what it said. */
async function killed(
  server: ChildProcess,
  enough: (lines: readonly string[]) => boolean,
  pauseMs = 0,
): Promise<string[]> {
  const lines: string[] = [];
  let faults = "";
  server.stderr!.on("data", (text) => {
    faults += String(text);
  });
  let dying = false;
  for await (const line of createInterface({ input: server.stdout! })) {
    lines.push(line);
    if (dying || !enough(lines)) continue;
    dying = true;
    setTimeout(() => kill(server), pauseMs);
  }
  if (!dying) throw new Error(`the server ended by itself: ${faults} ${lines.slice(-3).join()}`);
  return lines;
}

function keptIn(lines: readonly string[]): Kept[] {
  return lines
    .filter((line) => line.startsWith("kept "))
    .map((line) => line.split(" "))
    .filter((words) => words.length === 4)
    .map(([, caseId = "", eventId = "", seq = ""]) => ({ caseId, eventId, seq: Number(seq) }));
}

async function expectAllThere(
  options: Parameters<typeof openStore>[0],
  kept: readonly Kept[],
): Promise<void> {
  const sql = await openStore(options);
  try {
    const logs = new LogStore(sql);
    for (const { caseId, eventId, seq } of kept) {
      expect((await logs.byEvent(caseId, eventId))?.seq, `${eventId} at ${seq}`).toBe(seq);
    }
    const report = await checkStore(sql, () => undefined);
    expect(report.faults).toEqual([]);
    expect(report.entries).toBeGreaterThanOrEqual(kept.length);
  } finally {
    await sql.close();
  }
}

async function campaign(args: readonly string[], options: Parameters<typeof openStore>[0]): Promise<void> {
  const kept: Kept[] = [];
  for (let i = 0; i < crashes; i++) {
    const pause = Math.floor(Math.random() * 150);
    kept.push(...keptIn(await killed(start(args), (lines) => lines.includes("ready"), pause)));
  }
  expect(kept.length).toBeGreaterThanOrEqual(crashes);
  await expectAllThere(options, kept);
  console.log(`killed ${crashes} times: ${kept.length} acknowledged events, all there`);
}

describe("what is acknowledged", () => {
  const folderOf = (): string => {
    const folder = mkdtempSync(join(tmpdir(), "parley-crash-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  };
  const longMs = 240_000 + crashes * 30_000;

  test("is there after kill -9 under load, on SQLite", { timeout: longMs }, async () => {
    const data = folderOf();
    await campaign([data], { data, lock: true });
  });

  test.runIf(postgresFolder !== undefined)(
    "is there after kill -9 under load, on PostgreSQL",
    { timeout: longMs },
    async () => {
      const postgres = await startPostgres();
      onTestFinished(() => postgres.stop());
      const databaseUrl = await postgres.database();
      await campaign([folderOf(), databaseUrl], { data: "", databaseUrl, lock: true });
    },
  );

  test.runIf(hasStrace)(
    "was synced between being sent and being acknowledged",
    { timeout: longMs },
    async () => {
      const data = folderOf();
      const trace = join(data, "trace");
      const traced = start(
        [data],
        ["strace", "-f", "-o", trace, "-e", "trace=fdatasync,fsync,write", "-s", "160"],
      );
      await killed(traced, (lines) => keptIn(lines).length >= 100);
      if (traced.exitCode === null && traced.signalCode === null) await once(traced, "exit");
      const sent = new Map<string, number>();
      let syncs = 0;
      let acknowledged = 0;
      for (const line of readFileSync(trace, "utf8").split("\n")) {
        if (/(fdatasync|fsync)(\(| resumed).*= 0$/.test(line)) syncs++;
        for (const [, id = ""] of line.matchAll(/write\(1, "sent ([\w-]+)/g)) sent.set(id, syncs);
        for (const [, id = ""] of line.matchAll(/write\(1, "kept [\w-]+ ([\w-]+)/g)) {
          acknowledged++;
          expect(syncs, `${id} was acknowledged without a sync`).toBeGreaterThan(
            sent.get(id) ?? Number.POSITIVE_INFINITY,
          );
        }
      }
      expect(acknowledged).toBeGreaterThanOrEqual(100);
    },
  );

  test.runIf(hasStrace).each([
    ["ENOSPC", "pwrite64", 400, /failed storage-(full|failed)/],
    ["EIO", "fsync", 14, /failed storage-failed/],
  ])(
    "survives a disk that fails with %s for a while: a clear error, nothing lost, and it goes on",
    { timeout: longMs },
    async (error, call, from, told) => {
      const data = folderOf();
      const inject = `inject=${call}:error=${error}:when=${from}..${from + 4}`;
      const failing = start([data], ["strace", "-f", "-o", "/dev/null", "-e", `trace=${call}`, "-e", inject]);
      const failed = (lines: readonly string[]): number => lines.findIndex((line) => told.test(line));
      const lines = await killed(failing, (said) => {
        const at = failed(said);
        return at >= 0 && keptIn(said.slice(at)).length > 20;
      });
      expect(lines.filter((line) => line.startsWith("fault"))).toEqual([]);
      await expectAllThere({ data, lock: true }, keptIn(lines));
    },
  );
});
