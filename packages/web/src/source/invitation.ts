/**
 * Invitations: the private half of the invite key travels in the fragment of a link, which no server is sent, and is
 * kept nowhere. Whoever has the link takes the place, once.
 */
import { type Invitation, invitationFor, inviteMessage, type MemberRole, type SeatId } from "@parley/core";
import {
  base64url,
  type CaseId,
  deviceFromSecrets,
  fromBase64url,
  newDeviceSecrets,
  type Signer,
  signerFromSeed,
  writeRecoveryKit,
} from "@parley/ledger";
import { ApiProblem, type ParleyClient } from "@parley/server/client";
import type { Act, CaseSource } from "./case-source.ts";
import { proveHolding } from "./holding.ts";
import type { No } from "./no.ts";
import { newDevice } from "./own-devices.ts";
import { ServerCase } from "./server-case.ts";

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

/** A case seen through an invitation to it. */
export interface Invited {
  readonly source: ServerCase;
  readonly invitation: Invitation;
  /** Gives the recovery kit, or a refusal. */
  join(who: { name: string; office: string; passphrase: string }): Promise<{ readonly kit: string } | No>;
}

/** Proves the invitation to the server and reads what is public. undefined: it opens nothing any more. */
export async function openInvitation(
  client: ParleyClient,
  caseId: CaseId,
  secret: string,
): Promise<Invited | undefined> {
  const invite = signerOf(secret);
  if (!invite) return undefined;
  const inviteKey = base64url(invite.publicKey);
  try {
    await proveHolding(client, caseId, { kind: "invitation", id: inviteKey, signer: invite });
    const source = await ServerCase.open(client, caseId, { devices: [] });
    await source.whole;
    const now = new Date(source.now()).toISOString();
    const invitation = invitationFor(source.snapshot().state.people, inviteKey, now);
    if (invitation?.status !== "open") {
      source.close();
      return undefined;
    }
    return {
      source,
      invitation,
      join: (who) => join(client, source, { ...invitation, ...who }, invite),
    };
  } catch (problem) {
    if (problem instanceof ApiProblem && [403, 404].includes(problem.status)) return undefined;
    throw problem;
  }
}

function signerOf(secret: string): Signer | undefined {
  try {
    const seed = fromBase64url(secret);
    return seed.length === 32 ? signerFromSeed(seed) : undefined;
  } catch {
    return undefined;
  }
}

interface Joining {
  readonly seat: SeatId;
  readonly role: MemberRole;
  readonly inviteKey: string;
  readonly name: string;
  readonly office: string;
  readonly passphrase: string;
}

/** Keys are kept before they are enrolled: a seat must never be taken by keys that nobody has. */
async function join(
  client: ParleyClient,
  source: ServerCase,
  { seat, role, inviteKey, name, office, passphrase }: Joining,
  invite: Signer,
): Promise<{ readonly kit: string } | No> {
  const made = await newDevice();
  const recovery = newDeviceSecrets();
  const kit = await writeRecoveryKit(source.id, recovery, { passphrase });
  const terms = { inviteKey, seat, role, keys: made.device.keys };
  await made.keep(client.session, source.id);
  const sent = await source.sendBy(
    {
      kind: "MemberJoined",
      body: {
        ...terms,
        recovery: (await deviceFromSecrets(recovery)).keys,
        name,
        office,
        inviteSignature: base64url(await invite.sign(inviteMessage(source.id, terms))),
      },
    },
    made.device,
  );
  if ("code" in sent) return sent;
  source.close();
  return { kit };
}
