/**
 * The circle of some seats and no others: opened the first time that something is to be said in it. Anybody of theirs can
 * open a second one: it is the first for all of them, whatever came to this browser first.
 */
import type { SealedAnswer, SeatId } from "@parley/core";
import { base64url, type EventId, type LogId } from "@parley/ledger";
import type { CaseSnapshot, CaseSource, CircleSnapshot } from "./case-source.ts";
import type { No } from "./no.ts";

interface Found {
  readonly log: LogId;
  readonly circle: CircleSnapshot;
}

type Circles = Pick<CaseSnapshot, "circles">;

export function circleAmong(snapshot: Circles, seats: readonly SeatId[]): Found | undefined {
  return circlesAmong(snapshot, seats)[0];
}

/** In the order in which they were opened, by the keeper's time. */
function circlesAmong({ circles }: Circles, seats: readonly SeatId[]): readonly Found[] {
  const key = ({ log, circle }: Found) => `${circle.state.openedAt} ${log}`;
  return [...circles]
    .map(([log, circle]) => ({ log, circle }))
    .filter(
      ({ circle: { state } }) =>
        !state.name &&
        state.seats.length === seats.length &&
        seats.every((seat) => state.seats.includes(seat)),
    )
    .sort((a, b) => Number(key(a) > key(b)) - Number(key(a) < key(b)));
}

/** What a party answered to a package: its first answer to the custodian, in whichever circle of the two it stands. */
export function answerAmong(
  snapshot: Circles,
  proposal: EventId,
  party: SeatId,
  custodian: SeatId,
): (Found & { readonly answer: SealedAnswer }) | undefined {
  return circlesAmong(snapshot, [party, custodian])
    .flatMap((found) => {
      const answer = found.circle.state.answers[proposal]?.[party];
      return answer ? [{ ...found, answer }] : [];
    })
    .sort((a, b) => Number(a.answer.at > b.answer.at) - Number(a.answer.at < b.answer.at))[0];
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
