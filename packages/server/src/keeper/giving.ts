/** What a reader is given, as the fold says: of which logs, and which entries of the shared one. Default: nothing. */
import { isGivenAt, type RoomName } from "@parley/core/rules";
import { type LogId, sharedLog } from "@parley/ledger";
import type { Reader } from "../accounts/holdings.ts";
import type { CaseEntry } from "../store/log-store.ts";
import type { Readable } from "./roll.ts";

/** Whether a reader is given a log at all: the shared one, or a circle of its seat. */
export function givesLog(published: Readable, reader: Reader, log: string): boolean {
  if (log === sharedLog) return true;
  const circle = published.circles.get(log as LogId);
  return circle !== undefined && reader.seat !== undefined && circle.seats.includes(reader.seat);
}

export function isGivenTo(published: Readable, reader: Reader, row: CaseEntry): boolean {
  if (row.log !== sharedLog) return givesLog(published, reader, row.log);
  const audience = audienceOf(row);
  if (reader.seat === undefined) return audience === "public";
  const given = published.given.get(reader.seat);
  return given !== undefined && isRoom(audience) && isGivenAt(given, audience, row.seq);
}

/** An entry as one reader is given it: as it is stored, or its leaf hash. */
export function itemText(published: Readable, reader: Reader, row: CaseEntry): string {
  return isGivenTo(published, reader, row)
    ? `{"seq":${row.seq},"entry":${row.entry}}`
    : `{"seq":${row.seq},"leaf":${JSON.stringify(row.leaf)}}`;
}

/** Canonical JSON sorts its members, and a time is plain text: so the audience stands at a known place. */
function audienceOf({ entry }: CaseEntry): string | undefined {
  return /^\{"at":"[^"]*","event":\{"after":\{[^{}]*\},"audience":"([a-z]+)"/.exec(entry)?.[1];
}

function isRoom(audience: string | undefined): audience is RoomName {
  return audience === "public" || audience === "consulted" || audience === "table";
}
