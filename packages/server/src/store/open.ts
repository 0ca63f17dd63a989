/** Opens the store that the configuration names: PostgreSQL by its address, else SQLite in the data folder. */
import { migrate } from "./schema.ts";
import type { Sql } from "./sql.ts";
import { openSqlite } from "./sqlite.ts";

export interface StoreOptions {
  readonly data: string;
  readonly databaseUrl?: string;
  /** Whether this process will append to logs, and so must be the only one on a SQLite file. */
  readonly lock: boolean;
}

export async function openStore(options: StoreOptions): Promise<Sql> {
  const sql =
    options.databaseUrl === undefined
      ? await openSqlite({ folder: options.data, lock: options.lock })
      : await (await import("./postgres.ts")).openPostgres(options.databaseUrl);
  try {
    await migrate(sql);
    return sql;
  } catch (error) {
    await sql.close();
    throw error;
  }
}
