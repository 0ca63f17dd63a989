/** The circle of some seats and no others: opened the first time that something is to be said in it. */
import type { SeatId } from "@parley/core";
import { base64url, type LogId } from "@parley/ledger";
import type { CaseSnapshot, CaseSource, CircleSnapshot } from "./case-source.ts";
import type { No } from "./no.ts";

export function circleAmong(
  { circles }: CaseSnapshot,
  seats: readonly SeatId[],
): { readonly log: LogId; readonly circle: CircleSnapshot } | undefined {
  for (const [log, circle] of circles) {
    const { state } = circle;
    if (
      !state.name &&
      state.seats.length === seats.length &&
      seats.every((seat) => state.seats.includes(seat))
    ) {
      return { log, circle };
    }
  }
  return undefined;
}

/** A refusal if it is not there and cannot be opened. */
export async function openCircle(source: CaseSource, seats: readonly SeatId[]): Promise<LogId | No> {
  const there = circleAmong(source.snapshot(), seats);
  if (there) return there.log;
  const nonce = base64url(crypto.getRandomValues(new Uint8Array(16)));
  const no = await source.append({ kind: "CircleOpened", body: { seats: [...seats], nonce } });
  if (no) return no;
  const opened = circleAmong(source.snapshot(), seats);
  return opened?.log ?? { code: "not-found", sentence: "The circle was opened and is not there." };
}
