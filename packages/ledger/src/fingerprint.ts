/**
 * The safety number: sixty digits that two people read to each other on the telephone, the same on both sides only if both
 * logs tell the same history of both their keys. A server that showed either of them another key, or hid a change,
 * makes the numbers differ.
 */
import { utf8 } from "./encoding.ts";
import { type CaseId, type DeviceId, messageBytes } from "./event.ts";
import { sha256 } from "./hash.ts";

/** One line of a member's key history, in the order of the log. */
export type KeyChange = {
  readonly seq: number;
  readonly device: DeviceId;
  readonly change: "added" | "revoked";
};

const digits = 5;
const groups = 12;

/** Twelve groups of five digits, about 199 bits, whoever of the two reads first. */
export function safetyNumber(caseId: CaseId, one: readonly KeyChange[], other: readonly KeyChange[]): string {
  const histories = [one, other].map((history) => messageBytes("parley-key-history/1", [...history]));
  const [first, second] = histories
    .map(sha256)
    .map((hash) => [...hash])
    .sort(byFirstDifference);
  const seed = messageBytes("parley-safety-number/1", [caseId, first as number[], second as number[]]);
  const number: string[] = [];
  for (let group = 0; group < groups; group++) {
    const hash = sha256(new Uint8Array([...seed, ...utf8(`\n${group}`)]));
    // 64 bits modulo 10^5: the bias is below 2^-47.
    const value = new DataView(hash.buffer, hash.byteOffset).getBigUint64(0) % BigInt(10 ** digits);
    number.push(value.toString().padStart(digits, "0"));
  }
  return number.join(" ");
}

function byFirstDifference(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((byte, at) => byte !== b[at]);
  return i < 0 ? 0 : (a[i] as number) - (b[i] as number);
}
