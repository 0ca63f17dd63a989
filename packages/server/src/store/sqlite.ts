/**
 * SQLite in one file (WAL, synchronous=FULL: a commit returns after the log file is synced). One connection writes, one
 * transaction at a time, and waits for the disk on another thread, so that requests are read meanwhile; another reads what
 * is committed. `server.lock` beside it is a second, empty database held in an exclusive transaction: the operating system
 * frees it when the process ends, however it ends.
 */
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import WaitingDatabase from "libsql/promise";
import { type Sql, type SqlReader, type SqlRow, type SqlValue, type SqlWriter, StoreError } from "./sql.ts";

/** How long a statement may hold up this process when another process writes; longer waits go on between turns. */
const busyTimeoutMs = 20;
const busyPatienceMs = 5_000;
const databaseFile = "parley.db";

export interface SqliteOptions {
  /** Folder of the database; made if missing. */
  readonly folder: string;
  /** Take the lock that keeps a second server off this store. */
  readonly lock: boolean;
  /** A bound on the file, in pages of 4 KiB. */
  readonly maxPages?: number;
}

export async function openSqlite(options: SqliteOptions): Promise<Sql> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const lock = options.lock ? takeLock(options.folder) : undefined;
  try {
    // It holds the keeper's key, in a folder that others may read. SQLite gives its log file the same rights.
    closeSync(openSync(join(options.folder, databaseFile), "a", 0o600));
    const writer = await connect(options, waiting);
    return new SqliteDatabase(options, writer, await connect(options), lock);
  } catch (error) {
    lock?.close();
    throw asStoreError(error);
  }
}

function takeLock(folder: string): Database.Database {
  const lock = new Database(join(folder, "server.lock"));
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    lock.close();
    throw new StoreError(
      "storage-locked",
      `${folder} is in use by another server. Stop it first, or give this one its own --data folder.`,
      { cause: error },
    );
  }
}

/** What the driver's two forms of a database have in common: one answers at once, one when another thread is done. */
interface Handle {
  prepare(text: string): Statement | Promise<Statement>;
  exec(text: string): unknown;
  readonly inTransaction: boolean;
  close(): void;
}
interface Statement {
  all(values: readonly SqlValue[]): unknown[] | Promise<unknown[]>;
  get(values: readonly SqlValue[]): unknown;
  run(values: readonly SqlValue[]): { readonly changes: number };
}

/** The driver's types leave out that this one too says whether it is in a transaction. */
function waiting(file: string): Handle {
  return new WaitingDatabase(file, {}) as unknown as Handle;
}

async function connect(
  options: SqliteOptions,
  open: (file: string) => Handle = (file) => new Database(file),
): Promise<Connection> {
  const connection = new Connection(open(join(options.folder, databaseFile)));
  await connection.query(`PRAGMA busy_timeout=${busyTimeoutMs}`);
  await connection.query("PRAGMA journal_mode=WAL");
  await connection.query("PRAGMA synchronous=FULL");
  await connection.query("PRAGMA foreign_keys=ON");
  if (options.maxPages !== undefined) await connection.query(`PRAGMA max_page_count=${options.maxPages}`);
  return connection;
}

/** One connection with its prepared statements. */
class Connection implements SqlWriter {
  readonly #database: Handle;
  readonly #statements = new Map<string, Statement>();

  constructor(database: Handle) {
    this.#database = database;
  }

  async #prepare(text: string): Promise<Statement> {
    let statement = this.#statements.get(text);
    if (!statement) {
      statement = await this.#database.prepare(text.replace(/\$(\d+)/g, "?$1"));
      this.#statements.set(text, statement);
    }
    return statement;
  }

  async query<Row extends SqlRow>(text: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    try {
      return (await (await this.#prepare(text)).all(values)) as Row[];
    } catch (error) {
      throw asStoreError(error);
    }
  }

  async first<Row extends SqlRow>(text: string, values: readonly SqlValue[] = []): Promise<Row | undefined> {
    try {
      return (await this.#prepare(text)).get(values) as Row | undefined;
    } catch (error) {
      throw asStoreError(error);
    }
  }

  async execute(text: string, values: readonly SqlValue[] = []): Promise<number> {
    try {
      return (await this.#prepare(text)).run(values).changes;
    } catch (error) {
      throw asStoreError(error);
    }
  }

  async insert(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly SqlValue[])[],
  ): Promise<void> {
    const places = columns.map((_, i) => `$${i + 1}`).join(", ");
    const text = `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${places})`;
    try {
      const statement = await this.#prepare(text);
      for (const row of rows) statement.run(row);
    } catch (error) {
      throw asStoreError(error);
    }
  }

  async announce(): Promise<void> {
    // The lock allows one server on this file: there is nobody to tell.
  }

  async exec(text: string): Promise<void> {
    await this.#database.exec(text);
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }
}

class SqliteDatabase implements Sql {
  readonly dialect = "sqlite";
  readonly #options: SqliteOptions;
  readonly #writer: Connection;
  readonly #reader: Connection;
  readonly #lock: Database.Database | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    options: SqliteOptions,
    writer: Connection,
    reader: Connection,
    lock: Database.Database | undefined,
  ) {
    this.#options = options;
    this.#lock = lock;
    this.#writer = writer;
    this.#reader = reader;
  }

  query<Row extends SqlRow>(text: string, values?: readonly SqlValue[]): Promise<Row[]> {
    return this.#reader.query(text, values);
  }

  first<Row extends SqlRow>(text: string, values?: readonly SqlValue[]): Promise<Row | undefined> {
    return this.#reader.first(text, values);
  }

  transaction<T>(work: (tx: SqlWriter) => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => this.#run(work));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #run<T>(work: (tx: SqlWriter) => Promise<T>): Promise<T> {
    const writer = this.#writer;
    try {
      await begin(writer);
      const result = await work(writer);
      await writer.exec("COMMIT");
      return result;
    } catch (error) {
      // A full disk makes SQLite roll back by itself.
      if (writer.inTransaction) await writer.exec("ROLLBACK");
      throw asStoreError(error);
    }
  }

  async snapshot<T>(work: (view: SqlReader) => Promise<T>): Promise<T> {
    const view = await connect(this.#options);
    try {
      await view.exec("BEGIN");
      return await work(view);
    } finally {
      view.close();
    }
  }

  async listen(): Promise<void> {
    // As with `announce`: one server, nobody to hear.
  }

  async integrity(): Promise<string[]> {
    const rows = (await this.#reader.query<{ integrity_check: string }>("PRAGMA integrity_check")).map(
      (row) => row.integrity_check,
    );
    return rows.filter((row) => row !== "ok");
  }

  async close(): Promise<void> {
    await this.#last;
    this.#reader.close();
    this.#writer.close();
    this.#lock?.close();
  }
}

/** Begins to write, waiting in turns for another process that writes. */
async function begin(writer: Connection): Promise<void> {
  for (let waited = 0; ; waited += busyTimeoutMs) {
    try {
      return await writer.exec("BEGIN IMMEDIATE");
    } catch (error) {
      const busy = (error as { code?: unknown }).code === "SQLITE_BUSY";
      if (!busy || waited >= busyPatienceMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
}

function asStoreError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  const code = (error as { code?: unknown }).code;
  if (typeof code !== "string" || !code.startsWith("SQLITE_")) return error;
  const cause = { cause: error };
  if (code === "SQLITE_FULL") {
    return new StoreError("storage-full", "The disk of the store is full; nothing was written.", cause);
  }
  if (code.startsWith("SQLITE_IOERR") || code === "SQLITE_READONLY" || code === "SQLITE_CANTOPEN") {
    return new StoreError("storage-failed", `The disk of the store failed (${code}).`, {
      cause: error,
      outcome: "unknown",
    });
  }
  if (code.startsWith("SQLITE_BUSY") || code === "SQLITE_LOCKED") {
    return new StoreError("storage-busy", "The store is busy; try again.", cause);
  }
  if (code === "SQLITE_CORRUPT" || code === "SQLITE_NOTADB") {
    return new StoreError("storage-corrupt", "The store's file is damaged: restore a backup.", cause);
  }
  return error;
}
