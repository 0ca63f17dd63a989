/**
 * What a head signs so that the record goes on with another keeper: the key of that keeper, and the head of the log at which
 * it takes over. The signatures of all principals stand in one event, so they are passed on before it is made.
 */
import { authorOf, headOf, keeperMessage, type People } from "@parley/core";
import {
  base64url,
  checkpointText,
  type DeviceId,
  fromBase64url,
  MalformedError,
  originOf,
  sharedLog,
  verifySignature,
} from "@parley/ledger";
import type { CaseSource } from "./case-source.ts";
import { linesPassedOn, passedOn } from "./passed-on.ts";

export interface Change {
  readonly key: string;
  readonly checkpoint: string;
}

export interface Consent {
  readonly device: DeviceId;
  readonly signature: string;
}

/** The change to this key at the head that this browser verified last. */
export function changeTo(source: CaseSource, key: string): Change {
  const { head } = source.snapshot();
  return { key, checkpoint: checkpointText({ origin: originOf(source.id, sharedLog), ...head }) };
}

/** Whether these characters can be a key: 32 bytes in base64url. */
export function isKey(text: string): boolean {
  return bytesOf(text)?.length === 32;
}

/** Our consent as a line to be passed on; undefined: no device is at hand. */
export async function consentTo(source: CaseSource, change: Change): Promise<string | undefined> {
  const signed = await source.sign(keeperMessage(source.id, change));
  return signed && passedOn("consent", { ...change, ...signed });
}

/** The change that the first of these lines is about, and the consents to it that hold, by party. */
export function consentsIn(
  text: string,
  source: CaseSource,
  people: People,
): { readonly change: Change; readonly held: ReadonlyMap<string, Consent> } | undefined {
  const lines = linesPassedOn("consent", text);
  const [first] = lines;
  const { key, checkpoint } = first ?? {};
  if (typeof key !== "string" || typeof checkpoint !== "string" || !isKey(key)) return undefined;
  const change = { key, checkpoint };
  const message = keeperMessage(source.id, change);
  const held = new Map<string, Consent>();
  for (const line of lines) {
    if (line["key"] !== key || line["checkpoint"] !== checkpoint) continue;
    const consent = { device: String(line["device"]) as DeviceId, signature: String(line["signature"]) };
    const author = authorOf(people, consent.device);
    if (!author || author.device.revoked || author.device.recovery) continue;
    if (headOf(people, author.seat.id)?.id !== author.member.id) continue;
    const signature = bytesOf(consent.signature);
    if (signature && verifySignature(fromBase64url(author.device.keys.signing), message, signature)) {
      held.set(author.seat.id, consent);
    }
  }
  return { change, held };
}

function bytesOf(text: string): Uint8Array | undefined {
  try {
    const bytes = fromBase64url(text);
    return base64url(bytes) === text ? bytes : undefined;
  } catch (fault) {
    if (fault instanceof MalformedError) return undefined;
    throw fault;
  }
}
