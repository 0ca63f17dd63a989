/**
 * The narrow port to a SQL database. Two drivers stand behind it (`sqlite.ts`, `postgres.ts`); the stores are written
 * once, in SQL that both speak, with parameters `$1`, `$2`, ...
 *
 * The rule: what `transaction` resolves is durable, or nothing of it happened. When a commit itself fails its outcome can
 * be unknown (`StoreError.outcome`); the caller then reads again before it trusts what it holds.
 */
export type SqlValue = string | number | null;
export type SqlRow = { readonly [column: string]: SqlValue };

/** A place in a list that is sorted by a number, and by an id where the number is the same. */
export interface Cursor {
  readonly order: number;
  readonly id: string;
}

export interface SqlReader {
  query<Row extends SqlRow>(text: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /** The first row that `query` would give: for what has at most one, and is asked for at every request. */
  first<Row extends SqlRow>(text: string, values?: readonly SqlValue[]): Promise<Row | undefined>;
}

export interface SqlWriter extends SqlReader {
  /** Returns how many rows were changed. */
  execute(text: string, values?: readonly SqlValue[]): Promise<number>;
  /** Inserts rows of equal width, in order. */
  insert(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[]): Promise<void>;
  /** Tells every process on this database, once the transaction is durable. */
  announce(message: string): Promise<void>;
}

export interface Sql extends SqlReader {
  readonly dialect: "sqlite" | "postgres";
  /** Runs `work` alone; commits when it resolves and rolls back when it throws. */
  transaction<T>(work: (tx: SqlWriter) => Promise<T>): Promise<T>;
  /** Runs `work` on one unchanging view of the whole database, while others go on writing. */
  snapshot<T>(work: (view: SqlReader) => Promise<T>): Promise<T>;
  /** Calls `heard` for each message that another process announces, and with undefined where some may have been missed. */
  listen(heard: (message: string | undefined) => void): Promise<void>;
  /** Problems that the database itself finds in its files; empty when sound. */
  integrity(): Promise<string[]>;
  close(): Promise<void>;
}

export type StoreErrorCode =
  | "storage-full"
  | "storage-failed"
  | "storage-busy"
  | "storage-unavailable"
  | "storage-corrupt"
  | "storage-locked"
  | "storage-newer"
  | "storage-not-empty"
  | "backup-damaged";

/** The store could not do what was asked. `outcome` is `unknown` when the write may have happened all the same. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;
  readonly outcome: "not-done" | "unknown";

  constructor(
    code: StoreErrorCode,
    message: string,
    options: { cause?: unknown; outcome?: "not-done" | "unknown" } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.outcome = options.outcome ?? "not-done";
  }
}
