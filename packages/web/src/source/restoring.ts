/**
 * A recovery kit, used: its device adds a new one of this browser to the same member. What was sealed to the member before
 * stays readable here, because the kit's own opening key is kept beside the new device; its signing key is not.
 */
import { type CaseId, deviceFromSecrets, MalformedError, openRecoveryKit } from "@parley/ledger";
import { ApiProblem, type ParleyClient } from "@parley/server/client";
import { proveHolding } from "./holding.ts";
import { type No, noOf, saysNo } from "./no.ts";
import { keepReader, newDevice } from "./own-devices.ts";
import { ServerCase } from "./server-case.ts";

export async function restoreFromKit(
  client: ParleyClient,
  kit: string,
  passphrase: string,
): Promise<CaseId | No> {
  try {
    const { caseId, secrets } = await openRecoveryKit(kit, { passphrase });
    const kept = await deviceFromSecrets(secrets);
    await proveHolding(client, caseId, { kind: "device", id: kept.id, signer: kept.signer });
    const source = await ServerCase.open(client, caseId, { devices: [] });
    await source.whole;
    const made = await newDevice();
    await made.keep(client.session, caseId);
    const sent = await source.sendBy({ kind: "DeviceAdded", body: { keys: made.device.keys } }, kept);
    source.close();
    if ("code" in sent) return sent;
    const { device } = made;
    await proveHolding(client, caseId, { kind: "device", id: device.id, signer: device.signer });
    await keepReader(client.session, caseId, kept.sealingKey);
    return caseId;
  } catch (problem) {
    if (problem instanceof MalformedError) return saysNo("bad-kit", problem.message);
    if (problem instanceof ApiProblem) return noOf(problem);
    throw problem;
  }
}
