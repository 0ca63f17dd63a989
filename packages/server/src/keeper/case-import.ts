/**
 * Takes an exported case into a store. The file is verified as a stranger's: form, signatures, rules, roots, checkpoints.
 * Only a whole export can be kept on: a seat's own has hashes in place of entries, and a log cannot go on from hashes.
 */
import { caseRules } from "@parley/core/rules";
import {
  base64url,
  type CaseId,
  canonicalJson,
  type LogId,
  originOf,
  parseCheckpoint,
  parseNote,
  readExport,
  sharedLog,
  signCheckpoint,
  verifyExport,
} from "@parley/ledger";
import { systemPorts } from "../ports.ts";
import { type Cosignature, LogStore, type StoredEntry, type StoredHead } from "../store/log-store.ts";
import type { Sql } from "../store/sql.ts";
import { Keeper } from "./keeper.ts";

export type ImportAnswer =
  | { readonly case: string; readonly entries: number; readonly again: boolean }
  | { readonly fault: string; readonly line?: number };

interface Contents {
  readonly entries: StoredEntry[];
  readonly heads: StoredHead[];
  readonly cosignatures: Cosignature[];
}

/**
 * Reads all of `source` into memory, verifies it, and writes it in one transaction. A server may run on the store: it holds
 * nothing of a case that is not there, and finds this one when it is first asked for.
 */
export async function importToStore(sql: Sql, source: AsyncIterable<Uint8Array>): Promise<ImportAnswer> {
  const chunks: Uint8Array[] = [];
  const verdict = await verifyExport(kept(source, chunks), caseRules);
  if (!verdict.valid) return { fault: verdict.fault.sentence, line: verdict.fault.line };
  if (verdict.logs.some(({ redacted }) => redacted > 0)) {
    return {
      fault:
        "this is what one seat was given, with hashes in place of entries: only a whole export can be imported",
    };
  }
  const contents = await contentsOf(chunks);
  const { entries, cosignatures } = contents;
  const logs = new LogStore(sql);
  const caseId = verdict.caseId;
  const keeper = await Keeper.open(sql, systemPorts);
  // Named keeper by the last entry, this one goes on from the heads that the one before signed, and signs them anew.
  const heads =
    verdict.state?.people.keeper === keeper.key
      ? await signAnew(caseId, contents.heads, keeper)
      : contents.heads;
  const at = Date.parse(atOf(entries[0]));
  const there = await logs.heads(caseId);
  const overtaken =
    there.length > 0 || (await logs.append([{ case: caseId, revision: 0, entries, heads, at }])).size > 0;
  if (overtaken) {
    const found = await logs.heads(caseId);
    const same = heads.every(({ log, size, root }) =>
      found.some((h) => h.log === log && h.size >= size && (h.size > size || h.root === root)),
    );
    return same
      ? { case: caseId, entries: entries.length, again: true }
      : { fault: "the store has another history of this case" };
  }
  for (const cosignature of cosignatures) await logs.cosign(caseId, cosignature);
  return { case: caseId, entries: entries.length, again: false };
}

function signAnew(caseId: CaseId, heads: readonly StoredHead[], keeper: Keeper): Promise<StoredHead[]> {
  return Promise.all(
    heads.map(async ({ log, size, root }) => {
      const origin = originOf(caseId, log as LogId);
      return { log, size, root, checkpoint: await signCheckpoint({ origin, size, root }, keeper.signer) };
    }),
  );
}

async function* kept(source: AsyncIterable<Uint8Array>, chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    chunks.push(chunk);
    yield chunk;
  }
}

async function contentsOf(chunks: readonly Uint8Array[]): Promise<Contents> {
  const placed: { readonly stored: StoredEntry; readonly after: number }[] = [];
  const heads: StoredHead[] = [];
  const cosignatures: Cosignature[] = [];
  let log: LogId = sharedLog;
  let seq = 0;
  for await (const line of readExport(chunks)) {
    if (line.type === "header") {
      log = line.header.log;
      seq = 0;
    } else if (line.type === "entry") {
      const { entry, id, leaf } = line.prepared;
      const stored = { log, seq, eventId: id, leaf: base64url(leaf), entry: canonicalJson(entry) };
      // In a circle an entry stands after the shared entries that it rests on, and before the next of them.
      placed.push({ stored, after: log === sharedLog ? seq + 0.5 : (entry.shared?.size ?? 0) });
      seq++;
    } else if (line.type === "checkpoint") {
      const { size, root } = parseCheckpoint(parseNote(line.note).text);
      heads.push({ log, size, root, checkpoint: line.note });
    } else if (line.type === "cosigned") {
      cosignatures.push(...cosignaturesIn(line.note, log));
    }
  }
  const entries = placed.sort((a, b) => a.after - b.after).map(({ stored }) => stored);
  return { entries, heads, cosignatures };
}

/** One row for each device that cosigned; the note's other lines are the keeper's. */
function cosignaturesIn(note: string, log: LogId): Cosignature[] {
  const { text } = parseNote(note);
  const lines = note.slice(text.length + 1).split(/(?<=\n)/);
  const byDevice = lines.flatMap((line) => {
    const device = /^\u2014 parley\/device\/(\S+) /.exec(line)?.[1];
    return device === undefined ? [] : [{ device, line }];
  });
  const keepers = lines.filter((line) => !line.startsWith("\u2014 parley/device/")).join("");
  const checkpoint = `${text}\n${keepers}`;
  const { size } = parseCheckpoint(text);
  return byDevice.map(({ device, line }) => ({ log, size, device, checkpoint, line, at: 0 }));
}

function atOf(entry: StoredEntry | undefined): string {
  return entry ? (JSON.parse(entry.entry) as { at: string }).at : "";
}

/** Cases that a person may mean: by the beginning of the id, or by words of the title. */
export async function findCase(sql: Sql, named: string): Promise<CaseId[]> {
  const logs = new LogStore(sql);
  const found: CaseId[] = [];
  const words = wordsOf(named);
  for (let after = ""; ; ) {
    const ids = await logs.cases(after, 500);
    for (const id of ids) {
      if (id === named) return [id as CaseId];
      if ((named.length >= 6 && id.startsWith(named)) || (await isTitled(logs, id, words)))
        found.push(id as CaseId);
    }
    after = ids.at(-1) ?? "";
    if (ids.length < 500) return found;
  }
}

async function isTitled(logs: LogStore, caseId: string, words: readonly string[]): Promise<boolean> {
  const [first] = await logs.since(caseId, 0, 1);
  const { event } = JSON.parse(first?.entry ?? '{"event":{"body":{}}}') as {
    event: { body: { title?: string } };
  };
  const title = wordsOf(event.body.title ?? "");
  return words.length > 0 && words.every((word) => title.includes(word));
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
