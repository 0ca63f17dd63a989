/**
 * Devices for tests, made from a name: the same name gives the same keys. The signatures are a stand-in at the port where
 * the rules are given a way to verify: anybody could make them, and they hold exactly for their key and message.
 */

import { base64url, concatBytes, utf8 } from "@parley/ledger/encoding";
import { type DeviceId, type DeviceKeys, deviceId } from "@parley/ledger/event";
import { sha256 } from "@parley/ledger/hash";

export interface TestDevice {
  readonly id: DeviceId;
  readonly keys: DeviceKeys;
  sign(message: Uint8Array): string;
}

/** `length` bytes that follow from the words, base64url. */
export function seededBytes(words: string, length: number): string {
  const blocks: Uint8Array[] = [];
  for (let i = 0; i * 32 < length; i++) blocks.push(sha256(utf8(`${words} ${i}`)));
  return base64url(concatBytes(...blocks).slice(0, length));
}

/** Making a device hashes its keys; tests ask for the same few again and again. */
const made = new Map<string, TestDevice>();

export function testDevice(name: string): TestDevice {
  const known = made.get(name);
  if (known) return known;
  const keys = { signing: seededBytes(`${name} signing`, 32), sealing: sealingKey };
  const device = {
    id: deviceId(keys),
    keys,
    sign: (message: Uint8Array) => testSignature(keys.signing, message),
  };
  made.set(name, device);
  return device;
}

// One sealing key for all: the rules look at a device's id only, and 1,216 bytes for each would slow the simulation.
const sealingKey = seededBytes("sealing", 1216);

export function testSignature(key: string, message: Uint8Array): string {
  const half = sha256(concatBytes(utf8(key), message));
  return base64url(concatBytes(half, sha256(half)));
}

export function testVerify(key: string, message: Uint8Array, signature: string): boolean {
  return signature === testSignature(key, message);
}
