/**
 * A backup: every table in one unchanging view, taken while the server runs, in a form that either database can read.
 *
 *   line 1      { "format": "parley-backup/1", "schema": n }
 *   per table   { "table": name, "columns": [...] }, then one JSON array for each row
 *   last line   { "end": base64url SHA-256 of all earlier bytes }
 *
 * The rule: a restore writes nothing before the whole file has been read and its end agrees.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { migrate, migrations, schemaVersion, type Table, tables } from "./schema.ts";
import { type Sql, type SqlReader, type SqlRow, type SqlValue, StoreError } from "./sql.ts";
import { writeWhole } from "./whole-file.ts";

const format = "parley-backup/1";
const pageRows = 1_000;

/** Writes a backup to `file`, whole or not at all. Returns how many rows it holds. */
export function backup(sql: Sql, file: string): Promise<number> {
  return writeWhole(file, async (writeBytes) => {
    const hash = createHash("sha256");
    let rows = 0;
    const write = async (lines: string): Promise<void> => {
      const bytes = Buffer.from(lines);
      hash.update(bytes);
      await writeBytes(bytes);
    };
    await sql.snapshot(async (view) => {
      await write(`${JSON.stringify({ format, schema: await schemaVersion(sql) })}\n`);
      for (const table of tables) {
        await write(`${JSON.stringify({ table: table.name, columns: table.columns })}\n`);
        for await (const page of pages(view, table)) {
          rows += page.length;
          await write(page.map((row) => `${JSON.stringify(row)}\n`).join(""));
        }
      }
    });
    await writeBytes(Buffer.from(`${JSON.stringify({ end: hash.digest("base64url") })}\n`));
    return rows;
  });
}

/** Pages by the table's key, so that a large table is never held at once and no page costs more than another. */
async function* pages(view: SqlReader, { name, columns, key }: Table): AsyncGenerator<SqlValue[][]> {
  const order = key.join(", ");
  let last: SqlValue[] = [];
  for (;;) {
    const after = last.length > 0 ? `WHERE (${order}) > (${key.map((_, i) => `$${i + 1}`).join(", ")})` : "";
    const rows = await view.query<SqlRow>(
      `SELECT ${columns.join(", ")} FROM ${name} ${after} ORDER BY ${order} LIMIT $${last.length + 1}`,
      [...last, pageRows],
    );
    if (rows.length > 0) yield rows.map((row) => columns.map((column) => row[column] ?? null));
    const end = rows.at(-1);
    if (!end || rows.length < pageRows) return;
    last = key.map((column) => end[column] ?? null);
  }
}

/** Restores a backup into a store that holds no case and no account. Returns how many rows it wrote. */
export async function restore(sql: Sql, file: string): Promise<number> {
  await requireWhole(file);
  await migrate(sql);
  return sql.transaction(async (tx) => {
    for (const { name } of tables) {
      if ((await tx.query(`SELECT 1 AS found FROM ${name} LIMIT 1`)).length > 0) {
        throw new StoreError(
          "storage-not-empty",
          `The store already holds data (${name}): restore into an empty one.`,
        );
      }
    }
    let written = 0;
    let target: { table: string; columns: string[] } | undefined;
    let rows: SqlValue[][] = [];
    const flush = async (): Promise<void> => {
      if (target && rows.length > 0) await tx.insert(target.table, target.columns, rows);
      written += rows.length;
      rows = [];
    };
    for await (const { value } of linesOf(file)) {
      if (Array.isArray(value)) {
        rows.push(value as SqlValue[]);
        if (rows.length >= pageRows) await flush();
        continue;
      }
      await flush();
      const named = value as { table?: string; columns?: string[] };
      if (named.table !== undefined) target = requireTable(named, file);
    }
    return written;
  });
}

function requireTable(
  named: { table?: string; columns?: string[] },
  file: string,
): { table: string; columns: string[] } {
  const known = tables.find(({ name }) => name === named.table);
  if (!known || !named.columns?.every((column) => known.columns.includes(column))) {
    throw new StoreError("backup-damaged", `${file} names a table that this Parley does not know.`);
  }
  return { table: known.name, columns: named.columns };
}

async function requireWhole(file: string): Promise<void> {
  const hash = createHash("sha256");
  let first = true;
  let ended = false;
  for await (const { line, value } of linesOf(file)) {
    if (first) requireKnown(file, value as { format?: string; schema?: number });
    first = false;
    if (ended) throw new StoreError("backup-damaged", `${file} goes on after its end line.`);
    const end = Array.isArray(value) ? undefined : (value as { end?: string }).end;
    if (end === undefined) {
      hash.update(`${line}\n`);
      continue;
    }
    if (end !== hash.digest("base64url")) {
      throw new StoreError("backup-damaged", `${file} was changed: its end line does not agree.`);
    }
    ended = true;
  }
  if (!ended) throw new StoreError("backup-damaged", `${file} is cut short: it has no end line.`);
}

function requireKnown(file: string, heading: { format?: string; schema?: number }): void {
  if (heading.format !== format) {
    throw new StoreError("backup-damaged", `${file} is not a Parley backup (${format}).`);
  }
  if ((heading.schema ?? 0) > migrations.length) {
    throw new StoreError(
      "storage-newer",
      `${file} has schema version ${heading.schema}; this Parley knows up to ${migrations.length}. Restore it with the newer Parley.`,
    );
  }
}

async function* linesOf(file: string): AsyncGenerator<{ line: string; value: unknown }> {
  let number = 0;
  for await (const line of createInterface({
    input: createReadStream(file, "utf8"),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    number++;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw new StoreError("backup-damaged", `${file}, line ${number}: not JSON.`);
    }
    if (typeof value !== "object" || value === null) {
      throw new StoreError("backup-damaged", `${file}, line ${number}: neither a row nor a heading.`);
    }
    yield { line, value };
  }
}
