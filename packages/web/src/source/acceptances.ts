/**
 * What a party answered to a package, kept in the browser that signed it, sealed to its own device: what went out is sealed
 * to the custodian alone, so only what stays here can show later that the custodian did not tell the truth.
 */
import { authorOf, headOf, type People } from "@parley/core";
import {
  type Acceptance,
  type CaseId,
  type EventId,
  isAcceptance,
  type Json,
  type Sealed,
} from "@parley/ledger";
import type { CaseSource } from "./case-source.ts";
import { linesPassedOn, passedOn } from "./passed-on.ts";

function place(source: CaseSource, proposal: EventId): string {
  return `parley.answer ${source.id} ${proposal} ${source.snapshot().sitting?.device ?? ""}`;
}

/** Yes and no alike: that something is kept says no more than that this party has answered. */
export async function keepAnswer(source: CaseSource, proposal: EventId, answer: Json): Promise<void> {
  const sealed = await source.own.seal(answer);
  if (sealed) localStorage.setItem(place(source, proposal), JSON.stringify(sealed));
}

/** Our acceptance as a line to be passed on; undefined: this device gave none. */
export async function keptAcceptance(source: CaseSource, proposal: EventId): Promise<string | undefined> {
  const kept = localStorage.getItem(place(source, proposal));
  const answer = kept === null ? undefined : await source.own.open(JSON.parse(kept) as Sealed);
  const accepts =
    typeof answer === "object" && answer !== null && "answer" in answer && answer.answer === "accept";
  return accepts ? passedOn("acceptance", answer) : undefined;
}

/** The acceptances in a text that are a party's present head's own, by party. */
export function acceptancesIn(
  text: string,
  caseId: CaseId,
  proposal: EventId,
  people: People,
): ReadonlyMap<string, Acceptance> {
  const held = new Map<string, Acceptance>();
  for (const { party, device, nonce, signature } of linesPassedOn("acceptance", text)) {
    if ([party, device, nonce, signature].some((part) => typeof part !== "string")) continue;
    const said = { party, device, nonce, signature } as Acceptance;
    const author = authorOf(people, said.device);
    if (author?.seat.id !== said.party || headOf(people, author.seat.id)?.id !== author.member.id) continue;
    const { revoked, recovery, keys } = author.device;
    if (revoked || recovery) continue;
    const where = { case: caseId, proposal, party: said.party, device: said.device };
    if (isAcceptance(said, where, keys)) held.set(said.party, said);
  }
  return held;
}
