/**
 * A case by batches: from what this browser keeps, and from the server. What costs time and needs no state of the case is
 * done here, where a worker may do it: canonical bytes, hashes, signatures.
 */
import { sharedLogRules } from "@parley/core";
import {
  base64url,
  type CaseId,
  type DeviceId,
  deviceId,
  type Entry,
  fromBase64url,
  type LogId,
  prepareEntry,
  type SignedMessage,
  verifySignatures,
} from "@parley/ledger";
import { type LogItem, ParleyClient } from "@parley/server/client";
import { ReadCache, type ReadItem } from "./read-cache.ts";

interface Missing {
  readonly log: LogId;
  readonly from: number;
  readonly size: number;
}

/** A batch that was folded is kept, where `kept` says so, when the next one is asked for. */
export interface Asked {
  readonly session: string;
  readonly caseId: CaseId;
  readonly kept: boolean;
  /** The signing keys that are known, by device. */
  readonly keys: ReadonlyMap<DeviceId, string>;
  /** Of the server; left out: what is kept here. */
  readonly missing?: readonly Missing[];
}

export interface Batch {
  readonly log: LogId;
  readonly items: readonly ReadItem[];
  /** For each item whether its signature is its author's, where that could be told; "before": this browser checked all. */
  readonly signed: readonly (boolean | undefined)[] | "before";
}

const pageEntries = 500;

export async function* batchesOf({ session, caseId, kept, keys, missing }: Asked): AsyncGenerator<Batch> {
  const cache = kept ? new ReadCache(session) : undefined;
  const judge = new Judge(keys);
  const client = new ParleyClient({ origin: "", session });
  try {
    if (missing) yield* missingBatches(client, judge, cache, caseId, missing);
    else if (cache) yield* keptBatches(cache, judge, caseId);
  } finally {
    await cache?.close();
  }
}

async function* keptBatches(cache: ReadCache, judge: Judge, caseId: CaseId): AsyncGenerator<Batch> {
  for await (const { log, items, checked, parts } of cache.pages(caseId)) {
    yield { log, ...(checked ? { items, signed: "before" } : await judge.judge(items)) };
    // Where there is no room for it, it is joined or checked again the next time.
    if (!checked || parts > 1) await cache.join(caseId, log, items).catch(() => undefined);
  }
}

async function* missingBatches(
  client: ParleyClient,
  judge: Judge,
  cache: ReadCache | undefined,
  caseId: CaseId,
  missing: readonly Missing[],
): AsyncGenerator<Batch> {
  const page = async ({ log, size }: Missing, from: number) => {
    const limit = Math.min(pageEntries, size - from);
    const judged = await judge.judge((await client.entries(caseId, log, { from, limit })).items);
    return { log, ...judged };
  };
  for (const one of missing) {
    let next: Promise<Batch> | undefined = page(one, one.from);
    for (let at = one.from; next; ) {
      const batch: Batch = await next;
      at += batch.items.length;
      next = batch.items.length > 0 && at < one.size ? page(one, at) : undefined;
      // What fails is told when its turn comes.
      next?.catch(() => undefined);
      if (batch.items.length > 0) yield batch;
      // A browser that keeps no more reads all the same; what is not kept is read again.
      await cache?.keep(caseId, batch.log, batch.items).catch(() => undefined);
    }
  }
}

/** What is found out about entries by themselves. */
class Judge {
  readonly #keys: Map<DeviceId, string>;

  constructor(keys: ReadonlyMap<DeviceId, string>) {
    this.#keys = new Map(keys);
  }

  async judge(
    items: readonly (LogItem | ReadItem)[],
  ): Promise<{ items: ReadItem[]; signed: (boolean | undefined)[] }> {
    const read: ReadItem[] = [];
    const signed: (boolean | undefined)[] = [];
    const asked: SignedMessage[] = [];
    const places: number[] = [];
    for (const item of items) {
      if (!("entry" in item) || !item.entry) {
        read.push({ seq: item.seq, leaf: "leaf" in item ? item.leaf : "" });
        continue;
      }
      const { entry, seq } = item;
      const { id, leaf, message } = prepareEntry(entry);
      this.#learn(entry);
      const key = this.#keys.get(entry.event.author);
      if (key !== undefined) {
        places.push(read.length);
        asked.push({ key: bytesOf(key), message, signature: bytesOf(entry.signature) });
      }
      read.push({ seq, entry, id, leaf: base64url(leaf) });
    }
    for (const [i, good] of (await verifySignatures(asked)).entries()) signed[places[i] ?? 0] = good;
    return { items: read, signed };
  }

  /** A device's id is the hash of its keys: so whoever brings keys, these are the ones that the id names. */
  #learn({ event }: Entry): void {
    for (const keys of sharedLogRules.enrolled?.(event) ?? []) this.#keys.set(deviceId(keys), keys.signing);
  }
}

function bytesOf(text: string): Uint8Array {
  try {
    return fromBase64url(text);
  } catch {
    return new Uint8Array();
  }
}
