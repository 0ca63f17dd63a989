/**
 * Making invitations: the private half of the invite key travels in the fragment of a link, which no server is sent, and is
 * kept nowhere. Whoever has the link takes the place, once.
 */
import type { MemberRole, SeatId } from "@parley/core";
import { base64url, type CaseId, signerFromSeed } from "@parley/ledger";
import type { Act, CaseSource } from "./case-source.ts";
import type { No } from "./no.ts";

export interface NewInvitation {
  readonly inviteKey: string;
  readonly until: string;
  readonly link: string;
}

const validDays = 7;
/** Time for the others to say the same, for the fourteen days of silence after them, and for the new head to come. */
const reopeningDays = 60;

/** Makes the key of an invitation and the link that carries it. */
function newInvitation(caseId: CaseId, days: number): NewInvitation {
  const seed = crypto.getRandomValues(new Uint8Array(32));
  return {
    inviteKey: base64url(signerFromSeed(seed).publicKey),
    until: new Date(Date.now() + days * 86_400_000).toISOString(),
    link: `${location.origin}${location.pathname}?session=main#/join/${caseId}/${base64url(seed)}`,
  };
}

/** To a seat that nobody has taken yet, or into one's own delegation. */
export async function invite(
  source: CaseSource,
  to: { readonly seat: SeatId } | { readonly role: MemberRole },
): Promise<NewInvitation | No> {
  const made = newInvitation(source.id, validDays);
  const { inviteKey, until } = made;
  const kind = "seat" in to ? "PartyInvited" : "MemberInvited";
  const act: Act = { kind, body: { ...to, inviteKey, until } };
  return (await source.append(act)) ?? made;
}

/** To the seat of a party that lost every device; it opens nothing before the others have said the same. */
export async function reopen(source: CaseSource, seat: SeatId): Promise<NewInvitation | No> {
  const made = newInvitation(source.id, reopeningDays);
  const { inviteKey, until } = made;
  return (await source.append({ kind: "SeatReopenSupported", body: { seat, inviteKey, until } })) ?? made;
}
