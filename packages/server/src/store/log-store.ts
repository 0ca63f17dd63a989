/**
 * The logs of all cases. A case is the unit of atomicity and order: `revision` counts the entries of all its logs in the
 * order in which they were admitted, and an append names the revision that it was admitted at. If another process was
 * faster, nothing of that case's batch is written and the caller admits again on what is there.
 */
import type { Cursor, Sql, SqlReader, SqlRow, SqlWriter } from "./sql.ts";

/** One admitted entry, as stored: canonical JSON, with what is needed to find it. */
export interface StoredEntry {
  readonly log: string;
  /** Position in its log, from 0. */
  readonly seq: number;
  readonly eventId: string;
  /** base64url leaf hash. */
  readonly leaf: string;
  /** Canonical JSON of the entry. */
  readonly entry: string;
}

export interface CaseEntry extends StoredEntry {
  /** Position among all entries of the case, from 1. */
  readonly revision: number;
}

/** The head of a log after a batch, with the keeper's signed checkpoint of it. */
export interface StoredHead {
  readonly log: string;
  readonly size: number;
  readonly root: string;
  readonly checkpoint: string;
}

/** The roll of a case (`keeper/roll.ts`), as the keeper signed it. */
export interface KeptRoll {
  /** Of the case, when the roll was written. */
  readonly revision: number;
  /** Canonical JSON. */
  readonly roll: string;
  readonly signature: string;
}

/** What one case adds in one commit. */
export interface CaseBatch {
  readonly case: string;
  /** Entries the case had when these were admitted. 0 makes the case. */
  readonly revision: number;
  readonly entries: readonly StoredEntry[];
  readonly heads: readonly StoredHead[];
  /** Where these entries changed it. */
  readonly roll?: KeptRoll | undefined;
  /** Unix milliseconds. */
  readonly at: number;
}

/** Writes batches; gives the cases whose batch was not written, because they have grown meanwhile. */
export type Append = (batches: readonly CaseBatch[]) => Promise<Set<string>>;

export interface Cosignature {
  readonly log: string;
  readonly size: number;
  readonly device: string;
  readonly checkpoint: string;
  readonly line: string;
  readonly at: number;
}

/** Larger than any log: columns of sizes are 32 bits. */
const maxSize = 2_147_483_647;
const entryColumns = ["case_id", "revision", "log", "seq", "event_id", "leaf", "entry"];

export class LogStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /**
   * Makes all batches durable in one commit. Returns the cases whose batch was not written because their revision had
   * moved on. Throws `StoreError`.
   */
  append(batches: readonly CaseBatch[]): Promise<Set<string>> {
    return this.#sql.transaction((tx) => this.#append(tx, batches));
  }

  /**
   * Keeps other servers from appending to these cases while `work` reads and admits what it then appends, in one commit;
   * `revisions` are those that the cases have meanwhile. Only a case that is not there yet can still be overtaken. On SQLite
   * there is one server, and nothing to be kept from.
   */
  locked(
    cases: readonly string[],
    work: (append: Append, revisions: ReadonlyMap<string, number>) => Promise<Set<string>>,
  ): Promise<Set<string>> {
    if (this.#sql.dialect === "sqlite") return work((batches) => this.append(batches), new Map());
    return this.#sql.transaction(async (tx) => {
      // One order of locks for everyone, so that two processes cannot wait for each other.
      const rows = await tx.query<{ case_id: string; revision: number }>(
        `SELECT case_id, revision FROM cases WHERE case_id IN (SELECT jsonb_array_elements_text($1::jsonb))
         ORDER BY case_id FOR UPDATE`,
        [JSON.stringify(cases)],
      );
      const revisions = new Map(rows.map(({ case_id: id, revision }) => [id, revision]));
      return work((batches) => this.#append(tx, batches), revisions);
    });
  }

  async #append(tx: SqlWriter, batches: readonly CaseBatch[]): Promise<Set<string>> {
    // The same order as in `locked`.
    const ordered = [...batches].sort((a, b) => (a.case < b.case ? -1 : 1));
    const overtaken = new Set<string>();
    for (const batch of ordered) {
      const last = batch.revision + batch.entries.length;
      const moved =
        batch.revision === 0
          ? await tx.execute(
              "INSERT INTO cases (case_id, revision, opened_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
              [batch.case, last, batch.at],
            )
          : await tx.execute("UPDATE cases SET revision = $1 WHERE case_id = $2 AND revision = $3", [
              last,
              batch.case,
              batch.revision,
            ]);
      if (moved === 0) {
        overtaken.add(batch.case);
        continue;
      }
      await tx.insert(
        "entries",
        entryColumns,
        batch.entries.map((e, i) => [
          batch.case,
          batch.revision + 1 + i,
          e.log,
          e.seq,
          e.eventId,
          e.leaf,
          e.entry,
        ]),
      );
      for (const head of batch.heads) {
        await tx.execute(
          `INSERT INTO logs (case_id, log, size, root, checkpoint) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (case_id, log) DO UPDATE SET size = excluded.size, root = excluded.root, checkpoint = excluded.checkpoint`,
          [batch.case, head.log, head.size, head.root, head.checkpoint],
        );
      }
      if (batch.roll) await writeRoll(tx, batch.case, batch.roll, "");
      await tx.announce(`${batch.case} ${last}`);
    }
    return overtaken;
  }

  /** Ids of cases after `after`, in order. */
  async cases(after: string, limit: number): Promise<string[]> {
    const rows = await this.#sql.query<{ case_id: string }>(
      "SELECT case_id FROM cases WHERE case_id > $1 ORDER BY case_id LIMIT $2",
      [after, limit],
    );
    return rows.map((row) => row.case_id);
  }

  /** How many entries the case has over all its logs; 0 where there is no such case. */
  async revision(caseId: string): Promise<number> {
    const [row] = await this.#sql.query<{ revision: number }>(
      "SELECT revision FROM cases WHERE case_id = $1",
      [caseId],
    );
    return row?.revision ?? 0;
  }

  /** Entries of all logs of the case after `revision`, in the order of their admission. */
  async since(caseId: string, revision: number, limit: number): Promise<CaseEntry[]> {
    return readEntries(
      this.#sql,
      "WHERE case_id = $1 AND revision > $2 ORDER BY revision LIMIT $3",
      caseId,
      revision,
      limit,
    );
  }

  /** Entries of one log from `seq` on. */
  async page(caseId: string, log: string, seq: number, limit: number): Promise<CaseEntry[]> {
    return readEntries(
      this.#sql,
      "WHERE case_id = $1 AND log = $2 AND seq >= $3 ORDER BY seq LIMIT $4",
      caseId,
      log,
      seq,
      limit,
    );
  }

  async byEvent(caseId: string, eventId: string): Promise<CaseEntry | undefined> {
    const [entry] = await readEntries(this.#sql, "WHERE case_id = $1 AND event_id = $2", caseId, eventId);
    return entry;
  }

  async heads(caseId: string): Promise<StoredHead[]> {
    return await this.#sql.query<StoredHead & SqlRow>(
      "SELECT log, size, root, checkpoint FROM logs WHERE case_id = $1 ORDER BY log",
      [caseId],
    );
  }

  /**
   * What is needed to read a case, as it stood at one moment; undefined where there is no such case. A roll that the caller
   * has already, as of `known`, comes without its text.
   */
  async readable(
    caseId: string,
    known: number,
  ): Promise<
    | {
        readonly revision: number;
        readonly kept: KeptRoll | undefined;
        readonly heads: readonly StoredHead[];
      }
    | undefined
  > {
    type Row = StoredHead &
      SqlRow & { at: number; written: number | null; roll: string | null; signature: string | null };
    const rows = await this.#sql.query<Row>(
      `SELECT l.log, l.size, l.root, l.checkpoint, c.revision AS at, r.revision AS written, r.signature,
              CASE WHEN l.log = 'shared' AND r.revision <> $2 THEN r.roll END AS roll
       FROM cases c JOIN logs l ON l.case_id = c.case_id LEFT JOIN rolls r ON r.case_id = c.case_id
       WHERE c.case_id = $1 ORDER BY l.log`,
      [caseId, known],
    );
    const shared = rows.find(({ log }) => log === "shared");
    if (!shared) return undefined;
    const { at, written, roll, signature } = shared;
    const kept =
      written === null || signature === null ? undefined : { revision: written, roll: roll ?? "", signature };
    const heads = rows.map(({ log, size, root, checkpoint }) => ({ log, size, root, checkpoint }));
    return { revision: at, kept, heads };
  }

  /** Keeps a roll where there is none, or one that is no newer. */
  async keepRoll(caseId: string, roll: KeptRoll): Promise<void> {
    await this.#sql.transaction((tx) =>
      writeRoll(tx, caseId, roll, "WHERE rolls.revision <= excluded.revision"),
    );
  }

  /** Keeps a device's word on a checkpoint; the same word twice is kept once. */
  async cosign(caseId: string, c: Cosignature): Promise<void> {
    await this.#sql.transaction(async (tx) => {
      await tx.execute(
        `INSERT INTO cosignatures (case_id, log, size, device, checkpoint, line, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (case_id, log, size, device) DO NOTHING`,
        [caseId, c.log, c.size, c.device, c.checkpoint, c.line, c.at],
      );
    });
  }

  /** The cosignatures of a log, the newest heads first, after that of a device on a head of this size. */
  async cosignatures(
    caseId: string,
    log: string,
    after: Cursor | undefined,
    limit: number,
  ): Promise<Cosignature[]> {
    return await this.#sql.query<Cosignature & SqlRow>(
      `SELECT log, size, device, checkpoint, line, at FROM cosignatures
       WHERE case_id = $1 AND log = $2 AND (size < $3 OR (size = $3 AND device > $4))
       ORDER BY size DESC, device LIMIT $5`,
      [caseId, log, after?.order ?? maxSize, after?.id ?? "", limit],
    );
  }

  /** A named value of the keeper, made once and then the same for every process on this store. */
  async keeperValue(name: string, fresh: () => Promise<string>): Promise<string> {
    const read = "SELECT value FROM keeper WHERE name = $1";
    const [found] = await this.#sql.query<{ value: string }>(read, [name]);
    if (found) return found.value;
    const value = await fresh();
    return this.#sql.transaction(async (tx) => {
      await tx.execute("INSERT INTO keeper (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING", [
        name,
        value,
      ]);
      const [row] = await tx.query<{ value: string }>(read, [name]);
      return row?.value ?? value;
    });
  }
}

async function writeRoll(tx: SqlWriter, caseId: string, kept: KeptRoll, where: string): Promise<void> {
  await tx.execute(
    `INSERT INTO rolls (case_id, revision, roll, signature) VALUES ($1, $2, $3, $4)
     ON CONFLICT (case_id) DO UPDATE SET revision = excluded.revision, roll = excluded.roll,
       signature = excluded.signature ${where}`,
    [caseId, kept.revision, kept.roll, kept.signature],
  );
}

async function readEntries(
  sql: SqlReader,
  where: string,
  ...values: (string | number)[]
): Promise<CaseEntry[]> {
  return await sql.query<CaseEntry & SqlRow>(
    `SELECT revision, log, seq, event_id AS "eventId", leaf, entry FROM entries ${where}`,
    values,
  );
}
