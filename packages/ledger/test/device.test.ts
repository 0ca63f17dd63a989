import {
  areDeviceKeys,
  base64url,
  deviceFromPlatformKey,
  deviceFromSecrets,
  deviceId,
  fromBase64url,
  newDeviceSecrets,
  utf8,
  verifySignature,
} from "@parley/ledger";
import { describe, expect, test } from "vitest";
import { bytesOf, toyDevice } from "./toy-case.ts";

describe("a device", () => {
  test("has the hash of its public keys as id, and the same keys from the same secrets", async () => {
    const secrets = newDeviceSecrets();
    const device = await deviceFromSecrets(secrets);
    expect(device.id).toBe(deviceId(device.keys));
    expect((await deviceFromSecrets(secrets)).keys).toEqual(device.keys);
    expect((await deviceFromSecrets(newDeviceSecrets())).id).not.toBe(device.id);
    expect(areDeviceKeys(device.keys)).toBe(true);
  });

  test("can sign with a key of the platform that no script can read", async () => {
    const pair = (await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"])) as CryptoKeyPair;
    expect(pair.privateKey.extractable).toBe(false);
    const device = await deviceFromPlatformKey(pair, bytesOf("sealing"));
    const signature = await device.signer.sign(utf8("message"));
    expect(verifySignature(device.signer.publicKey, utf8("message"), signature)).toBe(true);
    expect(areDeviceKeys(device.keys)).toBe(true);
  });

  test("is not enrolled with keys of another length, of small order, or that are no text of bytes", async () => {
    const { keys } = await toyDevice("Anna");
    const smallOrder = base64url(Uint8Array.of(1, ...new Uint8Array(31)));
    expect(areDeviceKeys({ ...keys, signing: smallOrder })).toBe(false);
    expect(areDeviceKeys({ ...keys, signing: keys.sealing })).toBe(false);
    expect(areDeviceKeys({ ...keys, signing: "!".repeat(43) })).toBe(false);
    expect(areDeviceKeys({ ...keys, sealing: keys.signing })).toBe(false);
    expect(areDeviceKeys({ ...keys, sealing: "!" })).toBe(false);
  });

  test("is not enrolled with a sealing key to which nothing can be sealed", async () => {
    const { keys } = await toyDevice("Anna");
    const bent = (at: number, ...bytes: readonly number[]): string => {
      const key = fromBase64url(keys.sealing);
      key.set(bytes, at);
      return base64url(key);
    };
    for (const sealing of [bent(0, 0xff, 0xff), bent(1, 0xff, 0xff), bent(1184, ...new Uint8Array(32))]) {
      expect(areDeviceKeys({ ...keys, sealing })).toBe(false);
    }
  });
});
