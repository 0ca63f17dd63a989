/** Taking the place that an invitation gives: its link is proven to the server, and keys are made here. */
import { invitationFor, inviteMessage, type MemberRole, type SeatId } from "@parley/core";
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
import { proveHolding } from "./holding.ts";
import type { No } from "./no.ts";
import { newDevice } from "./own-devices.ts";
import { ServerCase } from "./server-case.ts";
import type { Invited } from "./shelf.ts";

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
