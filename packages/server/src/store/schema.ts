/**
 * The tables, as a list of migrations that only go forward: version n is what the first n of them leave. A migration that
 * has been released is never edited. `case_id` leads every key of a case's tables, so that a distributed PostgreSQL can
 * shard by it. Entries, checkpoints and hashes are text (canonical JSON, notes, base64url); times are milliseconds of the
 * Unix epoch.
 */
import { type Sql, StoreError } from "./sql.ts";

interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

export const migrations: readonly Migration[] = [
  {
    name: "logs",
    statements: [
      `CREATE TABLE cases (
        case_id TEXT NOT NULL PRIMARY KEY,
        revision INTEGER NOT NULL,
        opened_at BIGINT NOT NULL
      )`,
      `CREATE TABLE logs (
        case_id TEXT NOT NULL,
        log TEXT NOT NULL,
        size INTEGER NOT NULL,
        root TEXT NOT NULL,
        checkpoint TEXT NOT NULL,
        PRIMARY KEY (case_id, log)
      )`,
      `CREATE TABLE entries (
        case_id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        log TEXT NOT NULL,
        seq INTEGER NOT NULL,
        event_id TEXT NOT NULL,
        leaf TEXT NOT NULL,
        entry TEXT NOT NULL,
        PRIMARY KEY (case_id, revision)
      )`,
      "CREATE UNIQUE INDEX entries_by_seq ON entries (case_id, log, seq)",
      "CREATE UNIQUE INDEX entries_by_event ON entries (case_id, event_id)",
      `CREATE TABLE cosignatures (
        case_id TEXT NOT NULL,
        log TEXT NOT NULL,
        size INTEGER NOT NULL,
        device TEXT NOT NULL,
        checkpoint TEXT NOT NULL,
        line TEXT NOT NULL,
        at BIGINT NOT NULL,
        PRIMARY KEY (case_id, log, size, device)
      )`,
      "CREATE TABLE keeper (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
    ],
  },
  {
    name: "accounts",
    statements: [
      `CREATE TABLE accounts (
        account TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        disabled_at BIGINT
      )`,
      `CREATE TABLE links (
        token_hash TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        account TEXT,
        expires_at BIGINT NOT NULL,
        used_at BIGINT
      )`,
      `CREATE TABLE sessions (
        session TEXT NOT NULL PRIMARY KEY,
        token_hash TEXT NOT NULL,
        previous_hash TEXT,
        account TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        rotated_at BIGINT NOT NULL,
        seen_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL,
        stepped_up_at BIGINT,
        agent TEXT NOT NULL
      )`,
      "CREATE UNIQUE INDEX sessions_by_token ON sessions (token_hash)",
      "CREATE INDEX sessions_by_previous ON sessions (previous_hash)",
      "CREATE INDEX sessions_by_account ON sessions (account)",
      `CREATE TABLE passkeys (
        credential TEXT NOT NULL PRIMARY KEY,
        account TEXT NOT NULL,
        public_key TEXT NOT NULL,
        counter BIGINT NOT NULL,
        transports TEXT NOT NULL,
        name TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        used_at BIGINT
      )`,
      "CREATE INDEX passkeys_by_account ON passkeys (account)",
      `CREATE TABLE identities (
        issuer TEXT NOT NULL,
        subject TEXT NOT NULL,
        account TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        PRIMARY KEY (issuer, subject)
      )`,
      `CREATE TABLE challenges (
        challenge_hash TEXT NOT NULL PRIMARY KEY,
        purpose TEXT NOT NULL,
        detail TEXT NOT NULL,
        expires_at BIGINT NOT NULL
      )`,
    ],
  },
  {
    name: "readers",
    statements: [
      // A key that an account proved to hold in a case: a device's, or an invitation's.
      `CREATE TABLE held_keys (
        case_id TEXT NOT NULL,
        account TEXT NOT NULL,
        kind TEXT NOT NULL,
        key_id TEXT NOT NULL,
        proven_at BIGINT NOT NULL,
        PRIMARY KEY (case_id, account, kind, key_id)
      )`,
      "CREATE INDEX held_keys_by_account ON held_keys (account)",
      `CREATE TABLE replies (
        account TEXT NOT NULL,
        idempotency_key TEXT NOT NULL,
        request_hash TEXT NOT NULL,
        status INTEGER NOT NULL,
        body TEXT NOT NULL,
        expires_at BIGINT NOT NULL,
        PRIMARY KEY (account, idempotency_key)
      )`,
    ],
  },
  {
    name: "feeds",
    statements: [
      `CREATE TABLE feeds (
        case_id TEXT NOT NULL,
        account TEXT NOT NULL,
        seat TEXT NOT NULL,
        token_hash TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        PRIMARY KEY (case_id, account, seat)
      )`,
      "CREATE UNIQUE INDEX feeds_by_token ON feeds (case_id, token_hash)",
    ],
  },
  {
    name: "rolls",
    statements: [
      // Who is in a case and what each is given, with the revision that changed it, signed by the keeper.
      `CREATE TABLE rolls (
        case_id TEXT NOT NULL PRIMARY KEY,
        revision INTEGER NOT NULL,
        roll TEXT NOT NULL,
        signature TEXT NOT NULL
      )`,
    ],
  },
];

export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

/** Every table of the newest version, as its statement says: what a backup holds. */
export const tables: readonly Table[] = migrations
  .flatMap(({ statements }) => statements)
  .filter((statement) => statement.startsWith("CREATE TABLE"))
  .map((statement) => ({
    name: /^CREATE TABLE (\w+)/.exec(statement)?.[1] ?? "",
    columns: [...statement.matchAll(/(?<=[(,]\s*)([a-z_]+) (?:TEXT|INTEGER|BIGINT)/g)].map(
      ([, c]) => c ?? "",
    ),
    key: (
      /PRIMARY KEY \(([^)]+)\)/.exec(statement)?.[1] ??
      /(\w+) TEXT NOT NULL PRIMARY KEY/.exec(statement)?.[1] ??
      ""
    ).split(", "),
  }));

/**
 * Brings the database to `version` (the newest unless told). Throws `storage-newer` for a database that a later Parley
 * has written.
 */
export async function migrate(sql: Sql, version: number = migrations.length): Promise<void> {
  await sql.transaction(async (tx) => {
    await tx.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
    if (sql.dialect === "postgres") await tx.execute("LOCK TABLE schema_version IN EXCLUSIVE MODE");
    const [row] = await tx.query<{ version: number }>("SELECT version FROM schema_version");
    const found = row?.version ?? 0;
    if (found > migrations.length) {
      throw new StoreError(
        "storage-newer",
        `The store has schema version ${found}; this Parley knows up to ${migrations.length}. Run the newer Parley.`,
      );
    }
    for (const { statements } of migrations.slice(found, version)) {
      for (const statement of statements) await tx.execute(statement);
    }
    if (!row) await tx.execute("INSERT INTO schema_version (version) VALUES ($1)", [version]);
    else if (found < version) await tx.execute("UPDATE schema_version SET version = $1", [version]);
  });
}

/** The schema version of a database, 0 where Parley has not written to it. */
export async function schemaVersion(sql: Sql): Promise<number> {
  const catalogue =
    sql.dialect === "sqlite"
      ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'"
      : "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'schema_version'";
  if ((await sql.query(catalogue)).length === 0) return 0;
  const [row] = await sql.query<{ version: number }>("SELECT version FROM schema_version");
  return row?.version ?? 0;
}
