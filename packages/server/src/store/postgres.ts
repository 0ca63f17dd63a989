/**
 * PostgreSQL: several servers may share one database. A commit is durable when it returns, provided the server runs with
 * `fsync` and `synchronous_commit` on, which is checked at opening. LISTEN/NOTIFY carries the announcements.
 */
import pg from "pg";
import { type Sql, type SqlReader, type SqlRow, type SqlValue, type SqlWriter, StoreError } from "./sql.ts";

const channel = "parley";
const poolSize = 8;
const connectTimeoutMs = 5_000;
const lockPatienceMs = 30_000;
const relistenMs = 500;
/** PostgreSQL takes 65,535 parameters in one statement. */
const maxParameters = 60_000;

/** int8 as a number: every count and time of ours is below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    oid === 20 ? Number : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig["getTypeParser"],
};

/** `idleInTurnMs`: a server that is frozen within a turn has its case's lock for so long; then the database takes it back. */
export async function openPostgres(url: string, idleInTurnMs = 20_000): Promise<Sql> {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    idle_in_transaction_session_timeout: idleInTurnMs,
    lock_timeout: lockPatienceMs,
    types,
  });
  // A connection that breaks while idle is replaced at its next use.
  pool.on("error", () => undefined);
  try {
    await requireDurability(pool);
  } catch (error) {
    await pool.end();
    throw asStoreError(error);
  }
  return new PostgresDatabase(pool, url);
}

async function requireDurability(pool: pg.Pool): Promise<void> {
  for (const setting of ["fsync", "synchronous_commit", "full_page_writes"]) {
    const { rows } = await pool.query<{ value: string }>("SELECT current_setting($1) AS value", [setting]);
    if (rows[0]?.value === "off") {
      throw new StoreError(
        "storage-failed",
        `This PostgreSQL runs with ${setting}=off and would lose acknowledged events. Turn it on.`,
      );
    }
  }
}

/** A statement is parsed and planned once on each connection; those that differ with every call have no name. */
const statementNames = new Map<string, string>();

function prepared(text: string, values: readonly SqlValue[]): pg.QueryConfig {
  const name = statementNames.get(text) ?? `parley-${statementNames.size}`;
  statementNames.set(text, name);
  return { name, text, values: [...values] };
}

class Session implements SqlWriter {
  readonly #client: pg.Pool | pg.PoolClient;

  constructor(client: pg.Pool | pg.PoolClient) {
    this.#client = client;
  }

  async query<Row extends SqlRow>(text: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    try {
      return (await this.#client.query<Row>(prepared(text, values))).rows;
    } catch (error) {
      throw asStoreError(error);
    }
  }

  async first<Row extends SqlRow>(text: string, values?: readonly SqlValue[]): Promise<Row | undefined> {
    return (await this.query<Row>(text, values))[0];
  }

  async execute(text: string, values: readonly SqlValue[] = []): Promise<number> {
    try {
      return (await this.#client.query(prepared(text, values))).rowCount ?? 0;
    } catch (error) {
      throw asStoreError(error);
    }
  }

  async insert(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly SqlValue[])[],
  ): Promise<void> {
    const width = columns.length;
    const perStatement = Math.max(1, Math.floor(maxParameters / width));
    for (let start = 0; start < rows.length; start += perStatement) {
      const part = rows.slice(start, start + perStatement);
      const places = part.map((_, r) => `(${columns.map((_, c) => `$${r * width + c + 1}`).join(", ")})`);
      try {
        await this.#client.query(
          `INSERT INTO ${table} (${columns.join(", ")}) VALUES ${places.join(", ")}`,
          part.flat(),
        );
      } catch (error) {
        throw asStoreError(error);
      }
    }
  }

  async announce(message: string): Promise<void> {
    await this.execute("SELECT pg_notify($1, $2)", [channel, message]);
  }
}

class PostgresDatabase implements Sql {
  readonly dialect = "postgres";
  readonly #pool: pg.Pool;
  readonly #url: string;
  readonly #session: Session;
  #listener: pg.Client | undefined;
  readonly #closing: AbortController = new AbortController();

  constructor(pool: pg.Pool, url: string) {
    this.#pool = pool;
    this.#url = url;
    this.#session = new Session(pool);
  }

  query<Row extends SqlRow>(text: string, values?: readonly SqlValue[]): Promise<Row[]> {
    return this.#session.query(text, values);
  }

  first<Row extends SqlRow>(text: string, values?: readonly SqlValue[]): Promise<Row | undefined> {
    return this.#session.first(text, values);
  }

  transaction<T>(work: (tx: SqlWriter) => Promise<T>): Promise<T> {
    return this.#within("BEGIN", work);
  }

  snapshot<T>(work: (view: SqlReader) => Promise<T>): Promise<T> {
    return this.#within("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", work);
  }

  async #within<T>(begin: string, work: (tx: SqlWriter) => Promise<T>): Promise<T> {
    let client: pg.PoolClient;
    try {
      client = await this.#pool.connect();
    } catch (error) {
      throw asStoreError(error);
    }
    const broken = (): void => undefined;
    client.on("error", broken);
    let committing = false;
    let failure: Error | undefined;
    try {
      await client.query(begin);
      const result = await work(new Session(client));
      committing = true;
      await client.query("COMMIT");
      return result;
    } catch (error) {
      failure = await rollBack(client);
      const known = asStoreError(error);
      if (committing && known instanceof StoreError) {
        throw new StoreError(known.code, known.message, { cause: error, outcome: "unknown" });
      }
      throw known;
    } finally {
      client.off("error", broken);
      client.release(failure);
    }
  }

  async listen(heard: (message: string | undefined) => void): Promise<void> {
    const listener = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: connectTimeoutMs,
    });
    listener.on("notification", ({ payload }) => heard(payload ?? undefined));
    const again = (): void => {
      if (this.#closing.signal.aborted || this.#listener !== listener) return;
      this.#listener = undefined;
      setTimeout(() => void this.#relisten(heard), relistenMs).unref();
    };
    listener.on("error", again);
    listener.on("end", again);
    try {
      await listener.connect();
      this.#listener = listener;
      await listener.query(`LISTEN ${channel}`);
    } catch (error) {
      throw asStoreError(error);
    }
  }

  async #relisten(heard: (message: string | undefined) => void): Promise<void> {
    if (this.#closing.signal.aborted) return;
    try {
      await this.listen(heard);
      heard(undefined);
    } catch {
      setTimeout(() => void this.#relisten(heard), relistenMs).unref();
    }
  }

  async integrity(): Promise<string[]> {
    return [];
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#listener?.end();
    await this.#pool.end();
  }
}

/** Returns the error where the connection is no longer usable. */
async function rollBack(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query("ROLLBACK");
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

function asStoreError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  const code = String((error as { code?: unknown }).code ?? "");
  const cause = { cause: error };
  if (code === "53100") {
    return new StoreError("storage-full", "The disk of the store is full; nothing was written.", cause);
  }
  if (code === "58030" || code.startsWith("XX")) {
    return new StoreError("storage-failed", "The disk of the store failed.", {
      cause: error,
      outcome: "unknown",
    });
  }
  if (code === "40001" || code === "40P01" || code === "55P03") {
    return new StoreError("storage-busy", "The store is busy; try again.", cause);
  }
  // The driver gives a lost or refused connection a system code (ECONNREFUSED) or none, only words.
  const lost = /^E[A-Z_]{5,}$/.test(code) || (code === "" && /connection|timeout/i.test(error.message));
  if (lost || code.startsWith("08") || code.startsWith("57") || code === "53300" || code === "25P03") {
    return new StoreError("storage-unavailable", "The database cannot be reached.", cause);
  }
  return error;
}
