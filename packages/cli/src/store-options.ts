/** Commands that work on a store beside or instead of its server. */
import { openStore, type Sql, StoreError } from "@parley/server";
import { type Arguments, type CommandOption, InputError, lastValue, UsageError } from "./command.ts";

export const storeOptions: Readonly<Record<string, CommandOption>> = {
  data: { value: "DIR", help: "folder of the SQLite store (./parley-data); PARLEY_DATA" },
  "database-url": { value: "URL", help: "PostgreSQL instead; PARLEY_DATABASE_URL" },
};

/** Opens the store, does the work, closes it. `lock`: the work appends to logs, so no server may run on this file. */
export async function withStore<T>(
  args: Arguments,
  lock: boolean,
  work: (sql: Sql, place: string) => Promise<T>,
): Promise<T> {
  const databaseUrl = lastValue(args, "database-url") ?? process.env["PARLEY_DATABASE_URL"] ?? "";
  const data = lastValue(args, "data") ?? process.env["PARLEY_DATA"] ?? "./parley-data";
  const place = databaseUrl === "" ? data : "the database";
  let sql: Sql | undefined;
  try {
    sql = await openStore({ data, lock, ...(databaseUrl === "" ? {} : { databaseUrl }) });
    return await work(sql, place);
  } catch (error) {
    if (error instanceof StoreError) throw new InputError(place, error.message);
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "EEXIST" || code === "EACCES" || code === "EISDIR") {
      throw new InputError(path ?? place, fileFaults[code]);
    }
    throw error;
  } finally {
    await sql?.close();
  }
}

const fileFaults = {
  ENOENT: "there is no such file or folder",
  EEXIST: "there is something by that name already",
  EACCES: "this may not be read or written",
  EISDIR: "this is a folder",
};

/** The words after the action of a command that has several. */
export function onlyWords(words: readonly string[], ...names: string[]): string[] {
  const extra = words[names.length];
  if (extra !== undefined) throw new UsageError(`${JSON.stringify(extra)} is one argument too many`);
  return names.map((name, i) => {
    const word = words[i];
    if (word === undefined) throw new UsageError(`${name} is missing`);
    return word;
  });
}
