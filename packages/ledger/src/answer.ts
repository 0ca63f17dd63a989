/**
 * Sealed acceptance: how a party writes its answer to a package, and how the custodian reads and counts the answers
 * (`protocol.md`, "Packages and sealed acceptance").
 *
 * An acceptance is signed under `parley-answer/1`, so the custodian can prove an agreement and never invent one. It
 * travels sealed to the custodian; in clear is only the hash of what is sealed, by which the party can show later what it
 * sent. A yes and a no have the same form from outside. What cannot be opened, or is not what it should be, is a no.
 */
import type { Json } from "./canonical.ts";
import { base64url, fromBase64url } from "./encoding.ts";
import { isHash, members } from "./entry.ts";
import {
  type CaseId,
  type DeviceId,
  type DeviceKeys,
  type Event,
  type EventId,
  messageBytes,
} from "./event.ts";
import { jsonHash } from "./hash.ts";
import { openSealed, type SealingKey, sealContextOf } from "./seal.ts";
import { type Signer, verifySignature } from "./signature.ts";

/** Which package is answered, for which party, by which device. */
export type AnswerPlace = {
  readonly case: CaseId;
  readonly proposal: EventId;
  readonly party: string;
  readonly device: DeviceId;
};

/** What an agreement carries of each party. */
export type Acceptance = {
  readonly party: string;
  readonly device: DeviceId;
  readonly nonce: string;
  readonly signature: string;
};

/** `value` is what is sealed to the custodian; `hash` stands in the clear part of the event. */
export type WrittenAnswer = { readonly value: Json; readonly hash: string };

export type NoBecause = "declined" | "unopenable" | "malformed" | "other-hash" | "false-signature";

export type AnswerReading =
  | { readonly answer: "accept"; readonly acceptance: Acceptance }
  | { readonly answer: "decline"; readonly because: NoBecause };

/** An answer as the custodian found it in a circle, with the keeper's time. */
export type ReceivedAnswer = { readonly party: string; readonly at: string; readonly reading: AnswerReading };

export const answerPurpose = "answer";

/** The bytes that an acceptance signs. */
export function acceptanceMessage(place: AnswerPlace, nonce: string): Uint8Array {
  return messageBytes("parley-answer/1", {
    case: place.case,
    proposal: place.proposal,
    party: place.party,
    device: place.device,
    nonce,
  });
}

export async function writeAnswer(
  answer: "accept" | "decline",
  place: AnswerPlace,
  signer: Signer,
): Promise<WrittenAnswer> {
  const nonce = base64url(crypto.getRandomValues(new Uint8Array(16)));
  if (answer === "decline") return written({ answer, nonce });
  const signature = base64url(await signer.sign(acceptanceMessage(place, nonce)));
  const { party, device } = place;
  return written({ answer, party, device, nonce, signature });
}

function written(value: Json): WrittenAnswer {
  return { value, hash: jsonHash(value) };
}

/**
 * Opens the answer in an event as the custodian. `hash` is the one in the event's body and `party` the seat of its author,
 * whose public keys are `keys`. Whatever is wrong with it is a no, with the reason: it never throws.
 */
export async function readAnswer(
  event: Event,
  place: AnswerPlace,
  hash: string,
  keys: DeviceKeys,
  custodian: SealingKey,
): Promise<AnswerReading> {
  const no = (because: NoBecause): AnswerReading => ({ answer: "decline", because });
  if (event.sealed?.purpose !== answerPurpose) return no("unopenable");
  let value: Json;
  try {
    value = await openSealed(event.sealed, sealContextOf(event, event.sealed), custodian);
  } catch {
    return no("unopenable");
  }
  if (jsonHash(value) !== hash) return no("other-hash");
  const acceptance = readAcceptance(value, place);
  if (acceptance === "declined" || acceptance === "malformed") return no(acceptance);
  return isAcceptance(acceptance, place, keys) ? { answer: "accept", acceptance } : no("false-signature");
}

/** Whether this device accepted this package for this party. */
export function isAcceptance(acceptance: Acceptance, place: AnswerPlace, keys: DeviceKeys): boolean {
  try {
    const message = acceptanceMessage(place, acceptance.nonce);
    return verifySignature(fromBase64url(keys.signing), message, fromBase64url(acceptance.signature));
  } catch {
    return false;
  }
}

/**
 * What the custodian may say once answers are due: the acceptances if every principal accepted in time, else undefined.
 * The first answer of a party is final; a later one, and one after `answersUntil`, counts for nothing.
 */
export function countAnswers(
  principals: readonly string[],
  received: readonly ReceivedAnswer[],
  answersUntil: string,
): readonly Acceptance[] | undefined {
  const acceptances: Acceptance[] = [];
  for (const principal of principals) {
    const first = received.find(({ party, at }) => party === principal && at <= answersUntil);
    if (first?.reading.answer !== "accept") return undefined;
    acceptances.push(first.reading.acceptance);
  }
  return acceptances;
}

function readAcceptance(value: Json, place: AnswerPlace): Acceptance | "declined" | "malformed" {
  try {
    const { answer } = members(value, "answer");
    if (answer === "decline") return "declined";
    const given = members(value, "answer", ["answer", "device", "nonce", "party", "signature"]);
    const { device, nonce, party, signature } = given;
    const fits = answer === "accept" && party === place.party && device === place.device && isHash(device);
    if (!fits || typeof nonce !== "string" || typeof signature !== "string") return "malformed";
    return { party: place.party, device: place.device, nonce, signature };
  } catch {
    return "malformed";
  }
}
