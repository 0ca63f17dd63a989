/**
 * Long cases and many cases: the start of a server with an existing store, what it keeps in memory, and how soon a case of
 * many events opens, for a client that holds a fold which it verified itself and for one that has nothing.
 */
import { caseRules, sharedLogRules } from "@parley/core";
import {
  caseId,
  type Event,
  type FoldedLog,
  followEntries,
  fromBase64url,
  openLog,
  originOf,
  type PreparedEntry,
  prepareEntry,
  type SignedMessage,
  sharedLog,
  verifyExport,
  verifySignatures,
} from "@parley/ledger";
import { readConfig, startServer } from "@parley/server";
import type { LogItem, ParleyClient } from "@parley/server/client";
import { LoadedCase, newDevices, openingBody, type Store, serve } from "./server-process.ts";

/** Fills a store with cases that every account may read; returns the cases and a reader's way in. */
export async function fillStore(
  data: string,
  cases: number,
  eventsEach: number,
): Promise<{ readonly ids: readonly Event["case"][]; readonly token: string }> {
  const quiet = { data, port: "0", "log-level": "silent" };
  const server = await startServer(readConfig(quiet, {}));
  const { keeper, holdings, accounts } = server.services;
  const devices = await newDevices(1);
  const [device] = devices;
  const ids: Event["case"][] = [];
  let turn: Parameters<typeof keeper.append>[0][] = [];
  // Signed first and sent together: each turn is one commit.
  const append = async (atLeast: number): Promise<void> => {
    if (turn.length < atLeast) return;
    await Promise.all(turn.map((signed) => keeper.append(signed)));
    turn = [];
  };
  for (let c = 0; c < cases && device; c++) {
    const opening = openingBody(keeper.key, devices);
    const made = new LoadedCase(server.url, "", caseId(opening), devices);
    for await (const signed of made.beginning(opening)) turn.push(signed);
    for (let i = 0; i < eventsEach; i++) {
      turn.push(await made.statement(device));
      await append(512);
    }
    ids.push(made.id);
  }
  await append(0);
  for (const id of ids) await holdings.openReading(id);
  const token = await accounts.link({ name: "reader", role: "member", validMs: 600_000 });
  await server.close();
  return { ids, token };
}

/** The middle of several starts, in milliseconds from spawn to ready. */
export async function measureStart(store: Store, times: number): Promise<number> {
  const starts: number[] = [];
  for (let i = 0; i < times; i++) {
    const server = await serve(store);
    starts.push(server.startMs);
    await server.stop();
  }
  return Math.round(starts.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0);
}

export interface ManyCasesFigures {
  readonly cases: number;
  readonly eventsEach: number;
  readonly startMs: number;
  /** After the start, before anything was asked. */
  readonly idleMB: number;
  /** After every case was opened once, and its entries read. */
  readonly openedMB: number;
  readonly mostMB: number;
}

export async function measureManyCases(
  data: string,
  cases: number,
  eventsEach: number,
): Promise<ManyCasesFigures> {
  const { ids, token } = await fillStore(data, cases, eventsEach);
  const startMs = await measureStart({ data, lock: false }, 3);
  const server = await serve({ data, lock: false });
  const idle = server.memoryMB();
  const client = await signedIn(server.url, token);
  for (const id of ids) {
    await client.case(id);
    await client.entries(id, sharedLog, { limit: 100 });
  }
  const opened = server.memoryMB();
  await server.stop();
  return { cases, eventsEach, startMs, idleMB: idle.now, openedMB: opened.now, mostMB: opened.most };
}

export interface LongCaseFigures {
  readonly events: number;
  readonly startMs: number;
  /** The first time that anyone asks for the case after the start: the server folds it. */
  readonly firstOpeningMs: number;
  /** Later: summary and the newest 100 entries, for a client that has nothing. */
  readonly firstPageMs: number;
  /** For a client with a verified fold that is 100 entries behind: until it has verified and folded these too. */
  readonly withSnapshotMs: number;
  /** The whole case, read and verified with all signatures: what a client does while its first page is shown. */
  readonly wholeVerifiedMs: number;
  readonly serverMB: number;
}

const behind = 100;

export async function measureLongCase(data: string, events: number): Promise<LongCaseFigures> {
  const { ids, token } = await fillStore(data, 1, events);
  const startMs = await measureStart({ data, lock: false }, 3);
  const server = await serve({ data, lock: false });
  const client = await signedIn(server.url, token);
  const id = ids[0] as Event["case"];
  const firstOpeningMs = await timeOf(() => firstPage(client, id));
  const firstPageMs = await timeOf(() => firstPage(client, id));
  const snapshot = await foldBefore(client, id, events + 1 - behind);
  const withSnapshotMs = await timeOf(() => catchUp(client, id, snapshot));
  let whole: boolean | undefined;
  const wholeVerifiedMs = await timeOf(async () => {
    const { body } = await client.export(id);
    const report = await verifyExport(body as unknown as AsyncIterable<Uint8Array>, caseRules);
    whole = report.valid;
  });
  if (!whole) throw new Error("the export does not verify");
  const serverMB = server.memoryMB().now;
  await server.stop();
  return { events, startMs, firstOpeningMs, firstPageMs, withSnapshotMs, wholeVerifiedMs, serverMB };
}

async function firstPage(client: ParleyClient, id: Event["case"]): Promise<void> {
  const { logs } = await client.case(id);
  const size = logs.find(({ log }) => log === sharedLog)?.size ?? 0;
  await client.entries(id, sharedLog, { from: Math.max(0, size - behind), limit: behind });
}

type Folded = FoldedLog<ReturnType<typeof sharedLogRules.apply> | undefined, undefined, never>;

/** A client's own fold of the first entries, as it stands after it has verified them; that is not timed here. */
async function foldBefore(client: ParleyClient, id: Event["case"], size: number): Promise<Folded> {
  const folded = openLog(id, sharedLog, sharedLogRules) as unknown as Folded;
  for (let from = 0; from < size; ) {
    const { items } = await client.entries(id, sharedLog, { from, limit: Math.min(1_000, size - from) });
    for (const prepared of items.map(preparedItem)) {
      folded.state = folded.rules.apply(folded.state, undefined, prepared.entry);
      folded.position.append(prepared);
    }
    from += items.length;
  }
  return folded;
}

/** What a client does to open a case of which it holds a fold: the rest, with its proof, its signatures and the rules. */
async function catchUp(client: ParleyClient, id: Event["case"], folded: Folded): Promise<void> {
  const from = folded.position.size;
  const [note, { items }] = await Promise.all([
    client.checkpoint(id, sharedLog),
    client.entries(id, sharedLog, { from, limit: 1_000 }),
  ]);
  const entries = items.map(preparedItem);
  const signed = entries.map((prepared) => signedOf(folded, prepared));
  const valid = new Map(signed.map(({ message }, i) => [message, i]));
  const answers = await verifySignatures(signed);
  const keeper = fromBase64url(folded.state?.people.keeper ?? "");
  const verdict = followEntries(
    folded,
    { origin: originOf(id, sharedLog), key: keeper },
    note,
    entries.map((one, i) => ({ ...one, message: signed[i]?.message as Uint8Array })),
    () => undefined,
    (_key, message) => answers[valid.get(message) ?? -1] ?? false,
  );
  if (!("head" in verdict)) throw new Error(`the rest does not hold: ${verdict.refusal}`);
}

function preparedItem(item: LogItem): PreparedEntry {
  if (!("entry" in item)) throw new Error("the case is not wholly given");
  return prepareEntry(item.entry);
}

function signedOf(folded: Folded, { entry, message }: PreparedEntry): SignedMessage {
  const keys = folded.rules.keysOf(folded.state, undefined, entry.event.author, entry.event);
  return { key: fromBase64url(keys?.signing ?? ""), message, signature: fromBase64url(entry.signature) };
}

async function signedIn(origin: string, token: string): Promise<ParleyClient> {
  const response = await fetch(`${origin}/api/v1/links/redeem`, {
    method: "POST",
    headers: { "content-type": "application/json", "parley-session": "main" },
    body: JSON.stringify({ token }),
  });
  const cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  return new LoadedCase(origin, cookie, "" as Event["case"], []).client();
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return Math.round(performance.now() - started);
}
