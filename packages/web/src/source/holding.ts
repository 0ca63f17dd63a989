/** Shows the server that this account holds a key of a case, so that it may read there what the key opens. */
import { base64url, type CaseId, type Signer } from "@parley/ledger";
import { holdingMessage, type ParleyClient } from "@parley/server/client";

export async function proveHolding(
  client: ParleyClient,
  caseId: CaseId,
  { kind, id, signer }: { kind: "device" | "invitation"; id: string; signer: Signer },
): Promise<void> {
  const { account } = await client.whoAmI();
  const at = new Date().toISOString();
  const claim = { account, at, case: caseId, id, kind, origin: location.origin };
  const signature = base64url(await signer.sign(holdingMessage(claim)));
  await client.proveHolding(caseId, { kind, id, at, signature });
}
