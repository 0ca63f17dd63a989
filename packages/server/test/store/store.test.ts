import { createHash } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { backup, restore } from "../../src/store/backup.ts";
import { type CaseBatch, LogStore, type StoredEntry } from "../../src/store/log-store.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { migrate, migrations, schemaVersion, tables } from "../../src/store/schema.ts";
import type { Sql, SqlRow } from "../../src/store/sql.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { type PostgresServer, postgresFolder, startPostgres } from "../postgres-server.ts";

interface Backend {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** A new empty place, as a function that opens it (any number of times). */
  place(): Promise<() => Promise<Sql>>;
}

function sqliteBackend(): Backend {
  const folders: string[] = [];
  return {
    start: async () => undefined,
    stop: async () => {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
    place: async () => {
      const folder = mkdtempSync(join(tmpdir(), "parley-store-"));
      folders.push(folder);
      return async () => openSqlite({ folder, lock: false });
    },
  };
}

function postgresBackend(): Backend {
  let server: PostgresServer;
  return {
    start: async () => {
      server = await startPostgres();
    },
    stop: () => server.stop(),
    place: async () => {
      const url = await server.database();
      return () => openPostgres(url);
    },
  };
}

function entry(log: string, seq: number, text = `${log}-${seq}`): StoredEntry {
  return { log, seq, eventId: `event-${text}`, leaf: `leaf-${text}`, entry: JSON.stringify({ text }) };
}

/** A whole backup as a later Parley writes it. */
function newer(text: string): string {
  const lines = text
    .replace(/"schema":\d+/, '"schema":999')
    .split("\n")
    .slice(0, -2);
  const end = createHash("sha256")
    .update(`${lines.join("\n")}\n`)
    .digest("base64url");
  return `${lines.join("\n")}\n${JSON.stringify({ end })}\n`;
}

function batch(id: string, revision: number, entries: StoredEntry[]): CaseBatch {
  const heads = [...new Set(entries.map((e) => e.log))].map((log) => {
    const size = Math.max(...entries.filter((e) => e.log === log).map((e) => e.seq)) + 1;
    return { log, size, root: `root-${size}`, checkpoint: `checkpoint-${size}` };
  });
  return { case: id, revision, entries, heads, at: 1 };
}

const backends: [string, () => Backend, boolean][] = [
  ["SQLite", sqliteBackend, true],
  ["PostgreSQL", postgresBackend, postgresFolder !== undefined],
];

describe.each(backends.filter(([, , here]) => here))("the store on %s", (_name, make) => {
  const backend = make();
  const opened: Sql[] = [];
  beforeAll(() => backend.start());
  afterAll(() => backend.stop());
  afterEach(async () => {
    for (const sql of opened.splice(0)) await sql.close();
  });

  async function openIn(place: () => Promise<Sql>, version?: number): Promise<Sql> {
    const sql = await place();
    opened.push(sql);
    await migrate(sql, version);
    return sql;
  }
  async function fresh(): Promise<Sql> {
    return openIn(await backend.place());
  }

  test("gives back what it was given, by revision, by sequence and by event", async () => {
    const logs = new LogStore(await fresh());
    const first = [entry("shared", 0), entry("circle", 0), entry("shared", 1)];
    expect(await logs.append([batch("c", 0, first)])).toEqual(new Set());
    expect(await logs.append([batch("c", 3, [entry("shared", 2)])])).toEqual(new Set());
    expect(await logs.revision("c")).toBe(4);
    expect(await logs.revision("nothing")).toBe(0);
    expect((await logs.since("c", 1, 2)).map((e) => [e.revision, e.log, e.seq])).toEqual([
      [2, "circle", 0],
      [3, "shared", 1],
    ]);
    expect((await logs.page("c", "shared", 1, 10)).map((e) => e.seq)).toEqual([1, 2]);
    expect(await logs.byEvent("c", "event-shared-1")).toMatchObject({
      log: "shared",
      seq: 1,
      leaf: "leaf-shared-1",
    });
    expect(await logs.byEvent("c", "never")).toBeUndefined();
    expect(await logs.heads("c")).toMatchObject([
      { log: "circle", size: 1 },
      { log: "shared", size: 3, root: "root-3", checkpoint: "checkpoint-3" },
    ]);
  });

  test("writes nothing of a case whose revision has moved on, and the other cases all the same", async () => {
    const logs = new LogStore(await fresh());
    await logs.append([batch("a", 0, [entry("shared", 0)]), batch("b", 0, [entry("shared", 0)])]);
    const overtaken = await logs.append([
      batch("a", 0, [entry("shared", 1)]),
      batch("b", 1, [entry("shared", 1)]),
    ]);
    expect(overtaken).toEqual(new Set(["a"]));
    expect([await logs.revision("a"), await logs.revision("b")]).toEqual([1, 2]);
    expect(await logs.page("a", "shared", 0, 10)).toHaveLength(1);
  });

  test("rolls a batch back whole when an event is in the case already", async () => {
    const logs = new LogStore(await fresh());
    await logs.append([batch("a", 0, [entry("shared", 0)])]);
    const twice = { ...entry("shared", 2), eventId: "event-shared-0" };
    await expect(logs.append([batch("a", 1, [entry("shared", 1), twice])])).rejects.toThrow();
    expect(await logs.revision("a")).toBe(1);
    expect(await logs.page("a", "shared", 0, 10)).toHaveLength(1);
  });

  test("gives one writer the revision when many ask at once", async () => {
    const logs = new LogStore(await fresh());
    await logs.append([batch("a", 0, [entry("shared", 0)])]);
    const tries = await Promise.all(
      Array.from({ length: 8 }, (_, i) => logs.append([batch("a", 1, [entry("shared", 1, `try-${i}`)])])),
    );
    expect(tries.filter((overtaken) => overtaken.size === 0)).toHaveLength(1);
    expect(await logs.revision("a")).toBe(2);
  });

  test("keeps a cosignature once, and lists the newest heads first", async () => {
    const logs = new LogStore(await fresh());
    const c = { log: "shared", device: "d", checkpoint: "note", line: "line", at: 5 };
    await logs.cosign("a", { ...c, size: 3 });
    await logs.cosign("a", { ...c, size: 3, line: "another" });
    await logs.cosign("a", { ...c, size: 7 });
    expect((await logs.cosignatures("a", "shared", undefined, 10)).map((x) => [x.size, x.line])).toEqual([
      [7, "line"],
      [3, "line"],
    ]);
    // Two devices on one head may fall on two pages.
    await logs.cosign("a", { ...c, device: "e", size: 7 });
    const places: [number, string][] = [];
    for (let after: Parameters<LogStore["cosignatures"]>[2] = undefined; ; ) {
      const [one] = await logs.cosignatures("a", "shared", after, 1);
      if (!one) break;
      places.push([one.size, one.device]);
      after = { order: one.size, id: one.device };
    }
    expect(places).toEqual([
      [7, "d"],
      [7, "e"],
      [3, "d"],
    ]);
  });

  test("makes the keeper's value once, whoever asks", async () => {
    const place = await backend.place();
    const one = new LogStore(await openIn(place));
    const two = new LogStore(await openIn(place));
    const values = await Promise.all([
      one.keeperValue("key", async () => "first"),
      two.keeperValue("key", async () => "second"),
    ]);
    expect(new Set(values).size).toBe(1);
    expect(await one.keeperValue("key", async () => "third")).toBe(values[0]);
  });

  test("comes up from every earlier schema with what it held", async () => {
    for (let version = 0; version <= migrations.length; version++) {
      const place = await backend.place();
      const old = await openIn(place, version);
      const there = tables.filter(({ name }) =>
        migrations.slice(0, version).some(({ statements }) => statements.join().includes(`TABLE ${name} (`)),
      );
      // Numbers stand in columns of text as well.
      for (const { name, columns } of there) {
        await old.transaction((tx) => tx.insert(name, columns, [columns.map((_, i) => String(i + 1))]));
      }
      const now = await openIn(place);
      expect(await schemaVersion(now)).toBe(migrations.length);
      for (const { name, columns } of tables) {
        const held = there.some((one) => one.name === name) ? [columns.map((_, i) => String(i + 1))] : [];
        const rows = await now.query<SqlRow>(`SELECT ${columns.join(", ")} FROM ${name}`);
        expect(rows.map((row) => columns.map((column) => String(row[column])))).toEqual(held);
      }
    }
  });

  test("refuses a store that a later Parley has written", async () => {
    const sql = await fresh();
    await sql.transaction((tx) => tx.execute("UPDATE schema_version SET version = 999"));
    await expect(migrate(sql)).rejects.toMatchObject({ code: "storage-newer" });
  });

  test("knows the columns and the key of every table", async () => {
    const sql = await fresh();
    for (const { name, columns, key } of tables) {
      expect(key.every((column) => columns.includes(column))).toBe(true);
      expect(await sql.query(`SELECT ${columns.join(", ")} FROM ${name} ORDER BY ${key.join(", ")}`)).toEqual(
        [],
      );
    }
  });

  test("restores a backup that was taken while it was written to", async () => {
    const from = await fresh();
    const logs = new LogStore(from);
    await logs.append([
      batch(
        "a",
        0,
        Array.from({ length: 2_500 }, (_, i) => entry("shared", i)),
      ),
    ]);
    const folder = mkdtempSync(join(tmpdir(), "parley-backup-"));
    const file = join(folder, "parley.backup");
    const [rows] = await Promise.all([
      backup(from, file),
      logs.append([batch("b", 0, [entry("shared", 0)])]),
    ]);
    const to = await fresh();
    expect(await restore(to, file)).toBe(rows);
    const copy = new LogStore(to);
    expect(await copy.revision("a")).toBe(2_500);
    expect(await copy.page("a", "shared", 2_490, 100)).toEqual(await logs.page("a", "shared", 2_490, 100));
    await expect(restore(to, file)).rejects.toMatchObject({ code: "storage-not-empty" });

    const text = readFileSync(file, "utf8");
    for (const [spoiled, told] of [
      [text.slice(0, -1_000), /not JSON|cut short/],
      [text.slice(0, text.lastIndexOf('{"end"')), /cut short/],
      [text.replace("shared-7", "shared-8"), /was changed/],
      [`${text}["x"]\n`, /goes on/],
      ["[1]\n", /not a Parley backup/],
      [newer(text), /knows up to/],
    ] as const) {
      const bad = join(folder, "bad");
      writeFileSync(bad, spoiled);
      const empty = await fresh();
      await expect(restore(empty, bad)).rejects.toThrow(told);
      expect(await new LogStore(empty).revision("a")).toBe(0);
    }
    rmSync(folder, { recursive: true, force: true });
  });
});

describe("SQLite alone", () => {
  function folder(): string {
    return mkdtempSync(join(tmpdir(), "parley-store-"));
  }

  test("keeps a second server off the file, and lets readers in", async () => {
    const at = folder();
    const first = await openSqlite({ folder: at, lock: true });
    await migrate(first);
    await expect(openSqlite({ folder: at, lock: true })).rejects.toThrow(/in use by another server/);
    const reader = await openSqlite({ folder: at, lock: false });
    expect(await schemaVersion(reader)).toBe(migrations.length);
    await reader.close();
    await first.close();
    const next = await openSqlite({ folder: at, lock: true });
    await next.close();
    rmSync(at, { recursive: true, force: true });
  });

  test("lets nobody else on the machine read its files, also in a folder that others may read", async () => {
    const at = folder();
    chmodSync(at, 0o755);
    const sql = await openSqlite({ folder: at, lock: true });
    await migrate(sql);
    const files = readdirSync(at).filter((name) => name.startsWith("parley.db"));
    expect(files).toContain("parley.db-wal");
    for (const name of files) expect(statSync(join(at, name)).mode & 0o077, name).toBe(0);
    await sql.close();
    rmSync(at, { recursive: true, force: true });
  });

  test("says that the disk is full, keeps what it had, and goes on when there is space", async () => {
    const at = folder();
    const tight = await openSqlite({ folder: at, lock: true, maxPages: 60 });
    await migrate(tight);
    const logs = new LogStore(tight);
    await logs.append([batch("a", 0, [entry("shared", 0)])]);
    const large = { ...entry("shared", 1), entry: JSON.stringify("x".repeat(400_000)) };
    await expect(logs.append([batch("a", 1, [large])])).rejects.toMatchObject({
      code: "storage-full",
      outcome: "not-done",
    });
    expect(await logs.revision("a")).toBe(1);
    await logs.append([batch("a", 1, [entry("shared", 1)])]);
    expect(await tight.integrity()).toEqual([]);
    await tight.close();
    const roomy = await openSqlite({ folder: at, lock: true });
    await new LogStore(roomy).append([batch("a", 2, [{ ...large, seq: 2, eventId: "event-large" }])]);
    expect(await new LogStore(roomy).revision("a")).toBe(3);
    await roomy.close();
    rmSync(at, { recursive: true, force: true });
  });

  test("names a damaged file", async () => {
    const at = folder();
    writeFileSync(join(at, "parley.db"), "this is not a database, whatever its name says".repeat(200));
    await expect(openSqlite({ folder: at, lock: true })).rejects.toMatchObject({
      code: "storage-corrupt",
    });
    rmSync(at, { recursive: true, force: true });
  });
});

describe.runIf(postgresFolder !== undefined)("PostgreSQL alone", () => {
  test("refuses a server that acknowledges before it is durable", async () => {
    const server = await startPostgres("synchronous_commit=off");
    await expect(openPostgres(await server.database())).rejects.toThrow(/synchronous_commit=off/);
    await server.stop();
  });

  test("tells the other servers of each case that grew", async () => {
    const server = await startPostgres();
    const url = await server.database();
    const [one, two] = [await openPostgres(url), await openPostgres(url)];
    await migrate(one);
    const heard = new Promise((resolve) => void two.listen(resolve));
    await new Promise((resolve) => setTimeout(resolve, 200));
    await new LogStore(one).append([batch("a", 0, [entry("shared", 0)])]);
    expect(await heard).toBe("a 1");
    await one.close();
    await two.close();
    await server.stop();
  });

  test("keeps others from a case while one who has its lock reads, admits and appends", async () => {
    const server = await startPostgres();
    const url = await server.database();
    const [one, two] = [await openPostgres(url), await openPostgres(url)];
    await migrate(one);
    const [logs, others] = [new LogStore(one), new LogStore(two)];
    await logs.append([batch("c", 0, [entry("shared", 0)]), batch("d", 0, [entry("shared", 0)])]);
    let other: Promise<Set<string>> | undefined;
    let answered = false;
    const overtaken = await logs.locked(["d", "c", "new"], async (append, revisions) => {
      expect([...revisions]).toEqual([
        ["c", 1],
        ["d", 1],
      ]);
      other = others.append([batch("c", 1, [entry("shared", 1, "theirs")])]);
      void other.then(() => {
        answered = true;
      });
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(answered).toBe(false);
      expect((await logs.since("c", 0, 10)).length).toBe(1);
      return append([batch("c", 1, [entry("shared", 1, "ours")])]);
    });
    expect(overtaken).toEqual(new Set());
    expect(await other).toEqual(new Set(["c"]));
    expect((await logs.since("c", 1, 10)).map(({ eventId }) => eventId)).toEqual(["event-ours"]);
    await one.close();
    await two.close();
    await server.stop();
  });

  test("takes a case's lock back from a server that is frozen within its turn", async () => {
    const server = await startPostgres();
    const url = await server.database();
    const [frozen, other] = [await openPostgres(url, 500), await openPostgres(url)];
    await migrate(frozen);
    const logs = new LogStore(other);
    await logs.append([batch("a", 0, [entry("shared", 0)])]);
    let answered = (): void => undefined;
    const held = new LogStore(frozen).locked(["a"], async (append) => {
      await new Promise<void>((resolve) => {
        answered = resolve;
      });
      return append([batch("a", 1, [entry("shared", 1, "theirs")])]);
    });
    const outcome = held.then(
      () => "kept",
      (error: { code: string }) => error.code,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await logs.append([batch("a", 1, [entry("shared", 1, "ours")])])).toEqual(new Set());
    answered();
    expect(await outcome).toBe("storage-unavailable");
    expect((await logs.since("a", 1, 10)).map(({ eventId }) => eventId)).toEqual(["event-ours"]);
    await frozen.close();
    await other.close();
    await server.stop();
  });

  test("says when the database cannot be reached", async () => {
    const server = await startPostgres();
    const url = await server.database();
    const sql = await openPostgres(url);
    await migrate(sql);
    await server.stop();
    await expect(new LogStore(sql).revision("a")).rejects.toMatchObject({ code: "storage-unavailable" });
    await sql.close();
  });
});
