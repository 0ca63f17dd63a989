/** Verifies a whole store: every entry's bytes, place, signature and admission, every root, every checkpoint. */

import type { SeatId } from "@parley/core/rules";
import {
  type CaseId,
  fromBase64url,
  type LogId,
  MalformedError,
  openCheckpoint,
  originOf,
  sharedLog,
} from "@parley/ledger";
import type { Reader } from "../accounts/holdings.ts";
import { Holdings } from "../accounts/holdings.ts";
import { systemPorts } from "../ports.ts";
import { type CaseEntry, type KeptRoll, LogStore, type StoredHead } from "../store/log-store.ts";
import type { Sql } from "../store/sql.ts";
import { exportCase, signsHead } from "./case-export.ts";
import { CaseFile } from "./case-file.ts";
import { Keeper } from "./keeper.ts";
import { isOfThisVersion, isSigned, writeRoll } from "./roll.ts";

export interface StoreReport {
  readonly cases: number;
  readonly entries: number;
  /** One sentence each, naming case, log and place. */
  readonly faults: readonly string[];
}

const pageCases = 500;
const pageEntries = 500;

export async function checkStore(sql: Sql, progress: (cases: number) => void): Promise<StoreReport> {
  const keeper = await Keeper.open(sql, systemPorts);
  const { logs } = keeper;
  const faults = await sql.integrity();
  let cases = 0;
  let entries = 0;
  for (let after = ""; ; ) {
    const ids = await logs.cases(after, pageCases);
    for (const id of ids) {
      const file = new CaseFile(id as CaseId);
      const fault = await faultOfCase(keeper, file);
      if (fault !== undefined) faults.push(`case ${id}: ${fault}`);
      cases++;
      entries += file.revision;
      progress(cases);
    }
    after = ids.at(-1) ?? "";
    if (ids.length < pageCases) return { cases, entries, faults };
  }
}

/** The case as it stood at one moment: that somebody goes on writing to it is no fault. */
async function faultOfCase({ logs, signer }: Keeper, file: CaseFile): Promise<string | undefined> {
  const stored = await logs.readable(file.id, 0);
  if (!stored) return "it has no head";
  /** The keeper before the last shared entry: it signed the heads that its own replacement ended. */
  let before = "";
  while (file.revision < stored.revision) {
    const limit = Math.min(pageEntries, stored.revision - file.revision);
    const rows = await logs.since(file.id, file.revision, limit);
    for (const row of rows) {
      if (row.log === sharedLog) before = file.state?.people.keeper ?? "";
      const fault = faultOfEntry(file, row);
      if (fault !== undefined) return `${row.log} ${row.seq}: ${fault}`;
    }
    if (rows.length < limit) return countFault;
  }
  // Entries come in one commit with their count.
  const more = await logs.since(file.id, file.revision, 1);
  if (more.length > 0 && (await logs.revision(file.id)) === file.revision) return countFault;
  const keys = [file.state?.people.keeper ?? "", before];
  return faultOfHeads(file, stored.heads, keys) ?? (await faultOfRoll(file, stored.kept, signer.publicKey));
}

const countFault = "the count of its entries does not agree";

function faultOfEntry(file: CaseFile, row: CaseEntry): string | undefined {
  if (row.revision !== file.revision + 1) return "an entry before it is missing";
  try {
    return file.verify(row);
  } catch (error) {
    if (error instanceof MalformedError) return error.message;
    throw error;
  }
}

/** `keys`: of whoever may have signed them. */
function faultOfHeads(
  file: CaseFile,
  heads: readonly StoredHead[],
  keys: readonly string[],
): string | undefined {
  if (!file.publish(heads)) return "a head is not of the entries that are there";
  const [headless] = file.unpublishedHeads();
  if (headless) return `${headless.log}: it has entries and no head`;
  for (const { log, size, root, checkpoint } of heads) {
    const origin = originOf(file.id, log as LogId);
    const [signed] = keys.flatMap((key) => openCheckpoint(checkpoint, origin, fromBase64url(key)) ?? []);
    if (file.rootAt(log as LogId, size) !== root) return `${log}: the root does not agree with the entries`;
    if (signed?.size !== size || signed.root !== root)
      return `${log}: the checkpoint is not the keeper's for this head`;
  }
  return undefined;
}

/** A roll decides who may read: it must be the keeper's, and what the entries say. */
async function faultOfRoll(
  file: CaseFile,
  kept: KeptRoll | undefined,
  key: Uint8Array,
): Promise<string | undefined> {
  if (!kept || !file.published || !isOfThisVersion(kept)) return undefined;
  if (!(await isSigned(file.id, kept, key))) return "its roll is not signed by this keeper";
  return kept.roll === writeRoll(file.published) ? undefined : "its roll does not agree with the entries";
}

/** The lines of an export from a store, as a seat is given it or whole; undefined where there is no such seat. */
export async function exportFromStore(
  sql: Sql,
  caseId: string,
  seat: string | undefined,
): Promise<AsyncGenerator<Uint8Array> | "not-keeper" | undefined> {
  const keeper = await Keeper.open(sql, systemPorts);
  const published = await keeper.readable(caseId);
  if (!published) return undefined;
  if (!signsHead(published, keeper.signer.publicKey)) return "not-keeper";
  if (seat !== undefined && !Object.hasOwn(published.people.seats, seat)) return undefined;
  const reader: Reader | undefined =
    seat === undefined ? undefined : { seats: [seat as SeatId], seat: seat as SeatId, devices: [] };
  return exportCase(keeper.logs, published, reader, keeper.signer);
}

/** Lets every account read what is public in a case. False where there is no such case. */
export async function openReading(sql: Sql, caseId: string): Promise<boolean> {
  if ((await new LogStore(sql).revision(caseId)) === 0) return false;
  await new Holdings(sql, systemPorts).openReading(caseId);
  return true;
}
