/**
 * The front of a case: who is in it and the newest entries. It is what is shown of a long case before all of it has been read
 * here: the server's word where this browser has nothing, or what this browser itself had checked before.
 */
import { emptyRoom, type People } from "@parley/core";
import { canonicalJson, type Entry, type Json, type LogId, sharedLog } from "@parley/ledger";
import type { LogItem, ParleyClient } from "@parley/server/client";
import type { CaseSnapshot } from "./case-source.ts";
import type { FoldedCase } from "./folded-case.ts";

export interface Front {
  readonly people: People;
  readonly entries: readonly Entry[];
  /** Where in the shared log each of them stands. */
  readonly seqs: readonly number[];
  /** By log: the entries that it follows from. */
  readonly sizes: Readonly<Record<LogId, number>>;
  /** Of the shared log at that size; "" where it is the server's word. */
  readonly root: string;
}

/** Entries in it. */
const newest = 100;

export function frontOf(folded: FoldedCase): Front | undefined {
  const { people, head } = folded;
  const sizes = Object.fromEntries(folded.logs.map(({ log }) => [log, folded.sizeOf(log)]));
  return people && { people, ...folded.newest(newest), sizes, root: head.root };
}

/** What the server says; undefined where its Parley is of another version than these pages. */
export async function askFront(client: ParleyClient, id: string): Promise<Front | undefined> {
  const told = await client.people(id);
  if (!told) return undefined;
  const { people, size } = told;
  const from = Math.max(0, size - newest);
  const { items } = await client.entries(id, sharedLog, { from, limit: newest });
  const given = items.filter((item): item is Given => "entry" in item && item.seq < size);
  return {
    people,
    entries: given.map(({ entry }) => entry),
    seqs: given.map(({ seq }) => seq),
    sizes: { [sharedLog]: size },
    root: "",
  };
}

type Given = Extract<LogItem, { readonly entry: Entry }>;

/** How much of a front has been read: the entries it follows from. */
export function sizeOf({ sizes }: Front): number {
  return Object.values(sizes).reduce((sum, size) => sum + size, 0);
}

/** Whether what the server said is what the record says, once just so much of the shared log is folded. */
export function holds(told: Front, folded: FoldedCase): boolean {
  const { people } = folded;
  const { entries, seqs } = folded.newest(newest);
  const from = seqs.findIndex((seq) => seq >= folded.head.size - newest);
  const shown =
    from < 0 ? { entries: [], seqs: [] } : { entries: entries.slice(from), seqs: seqs.slice(from) };
  const text = (said: object) => canonicalJson(said as Json);
  return text({ people, ...shown }) === text({ people: told.people, entries: told.entries, seqs: told.seqs });
}

/** The front as pages see it: nobody sits, so nothing can be done, and no room is known. */
export function asSnapshot({ people, entries, seqs, sizes, root }: Front): CaseSnapshot {
  return {
    state: { people, rooms: { public: emptyRoom, consulted: emptyRoom, table: emptyRoom }, left: {} },
    entries,
    seqs,
    circles: new Map(),
    head: { size: sizes[sharedLog] ?? 0, root },
    sittings: [],
    sitting: undefined,
  };
}
