/** The lines of a `.parley` file, read from the store as they are written: what one reader is given, or all of it. */
import {
  base64url,
  type Entry,
  type ExportedLog,
  type LogId,
  openCheckpoint,
  originOf,
  type Signer,
  sharedLog,
  writeExport,
} from "@parley/ledger";
import { exportFormat } from "@parley/ledger/export";
import type { Reader } from "../accounts/holdings.ts";
import type { LogStore } from "../store/log-store.ts";
import { givesLog, isGivenTo } from "./giving.ts";
import type { Readable } from "./roll.ts";

const pageEntries = 500;
const maxCosigned = 1_000;

/** Whether this keeper signed the newest head: only then can it sign a file that ends there. */
export function signsHead({ people, heads }: Readable, key: Uint8Array): boolean {
  const head = heads.get(sharedLog);
  return (
    head !== undefined &&
    openCheckpoint(head.checkpoint, originOf(people.caseId, sharedLog), key) !== undefined
  );
}

/** `reader` undefined: the whole of every log, for whoever runs the server. */
export function exportCase(
  logs: LogStore,
  published: Readable,
  reader: Reader | undefined,
  signer: Signer,
): AsyncGenerator<Uint8Array, void, void> {
  const keeper = base64url(signer.publicKey);
  return writeExport(exportedLogs(logs, published, reader, keeper), "keeper", signer);
}

async function* exportedLogs(
  logs: LogStore,
  published: Readable,
  reader: Reader | undefined,
  keeper: string,
): AsyncGenerator<ExportedLog> {
  const { people } = published;
  const circles = [...published.heads.keys()].filter((log) => log !== sharedLog).sort(bytewise);
  for (const log of [sharedLog, ...circles]) {
    const head = published.heads.get(log);
    if (!head || (reader && !givesLog(published, reader, log))) continue;
    const seat = reader ? (reader.seat ?? null) : null;
    yield {
      header: { format: exportFormat, case: people.caseId, log, keeper, seat },
      entries: entriesOf(logs, published, reader, log, head.size),
      checkpoint: head.checkpoint,
      cosigned: await cosignedNotes(logs, people.caseId, log, head.size),
    };
  }
}

async function* entriesOf(
  logs: LogStore,
  published: Readable,
  reader: Reader | undefined,
  log: LogId,
  size: number,
): AsyncGenerator<Entry | { leaf: string }> {
  for (let from = 0; from < size; from += pageEntries) {
    const rows = await logs.page(published.people.caseId, log, from, Math.min(pageEntries, size - from));
    for (const row of rows) {
      yield !reader || isGivenTo(published, reader, row)
        ? (JSON.parse(row.entry) as Entry)
        : { leaf: row.leaf };
    }
  }
}

/** One note for each head that devices cosigned, the smallest first, with all their lines. */
async function cosignedNotes(logs: LogStore, caseId: string, log: LogId, size: number): Promise<string[]> {
  const notes = new Map<number, string>();
  // From the first device on the head that is exported: later heads are not in the file.
  const from = { order: size, id: "" };
  for (const { size: at, checkpoint, line } of await logs.cosignatures(caseId, log, from, maxCosigned)) {
    notes.set(at, `${notes.get(at) ?? checkpoint}${line}`);
  }
  return [...notes].sort(([a], [b]) => a - b).map(([, note]) => note);
}

function bytewise(a: string, b: string): number {
  return a < b ? -1 : 1;
}
