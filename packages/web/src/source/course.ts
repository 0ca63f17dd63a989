/**
 * How many brackets the text had, and how many of them were open, each time that changed; and the draft of every revision.
 * Folded from the record once, and only on from there when entries are added.
 */
import { apply, type CaseState, itemOf, type Text } from "@parley/core";
import type { Entry } from "@parley/ledger";
import { brackets, type Draft, type PlacedBracket } from "@parley/text";
import { openBrackets } from "./text-view.ts";

export interface Revision {
  readonly version: number;
  readonly at: string;
  readonly draft: Draft;
}

export interface CoursePoint {
  readonly version: number;
  readonly at: string;
  readonly total: number;
  readonly open: number;
}

interface Read {
  readonly state: CaseState | undefined;
  readonly last: Entry | undefined;
  readonly size: number;
  readonly revisions: readonly Revision[];
  readonly points: readonly CoursePoint[];
}

const empty: Read = { state: undefined, last: undefined, size: 0, revisions: [], points: [] };
/** By the record's first entry, then by text. */
const read = new WeakMap<Entry, Map<string, Read>>();

export function courseOf(entries: readonly Entry[], id: Text["id"]): Pick<Read, "revisions" | "points"> {
  const [first] = entries;
  if (!first) return empty;
  const texts = read.get(first) ?? new Map<string, Read>();
  read.set(first, texts);
  const before = texts.get(id) ?? empty;
  const from = entries[before.size - 1] === before.last ? before : empty;
  const now = from.size === entries.length ? from : readOn(from, entries, id);
  texts.set(id, now);
  return now;
}

function readOn(from: Read, entries: readonly Entry[], id: string): Read {
  let { state } = from;
  const revisions = [...from.revisions];
  const points = [...from.points];
  let known: Text | undefined;
  for (const entry of entries.slice(from.size)) {
    state = apply(state, entry);
    const rooms = state ? Object.values(state.rooms) : [];
    const text = rooms.map(({ texts }) => itemOf(texts, id)).find((found) => found !== undefined);
    if (!text || text === known) continue;
    known = text;
    if (text.version !== revisions.at(-1)?.version) {
      revisions.push({ version: text.version, at: entry.at, draft: text.draft });
    }
    const point = pointOf(text, entry.at);
    const last = points.at(-1);
    if (last?.total !== point.total || last.open !== point.open || last.version !== point.version) {
      points.push(point);
    }
  }
  return { state, last: entries.at(-1), size: entries.length, revisions, points };
}

const orders = new WeakMap<Draft, readonly PlacedBracket[]>();

function pointOf({ draft, agreed, closed, version }: Text, at: string): CoursePoint {
  const order = orders.get(draft) ?? brackets(draft);
  orders.set(draft, order);
  return { version, at, total: order.length, open: closed ? 0 : openBrackets(order, agreed).size };
}
