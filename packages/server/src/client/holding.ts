/** What a device or an invitation's key signs, under `parley-access/1`, so that an account may read its case. */
import { messageBytes } from "@parley/ledger/event";

export interface HoldingClaim {
  readonly account: string;
  /** Now, as RFC 3339 in UTC with milliseconds. */
  readonly at: string;
  readonly case: string;
  readonly id: string;
  readonly kind: "device" | "invitation";
  /** Scheme, host and port of the server: a proof made for one is none for another. */
  readonly origin: string;
}

export function holdingMessage(claim: HoldingClaim): Uint8Array {
  const { account, at, case: caseId, id, kind, origin } = claim;
  return messageBytes("parley-access/1", { account, at, case: caseId, id, kind, origin });
}
