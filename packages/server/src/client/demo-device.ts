/**
 * The device of a demo seat. Its keys are published: anyone can make them from the number, so what they sign is signed by
 * nobody, and every page and file of such a case says so.
 */
import { demoKeys, demoSeedText } from "@parley/core";
import { type Device, deviceFromSecrets, sha256, utf8 } from "@parley/ledger";

/** How many demo devices there are; they are numbered from 0. */
export const demoDeviceCount: number = demoKeys.length;

export function demoDevice(index: number): Promise<Device> {
  if (!Number.isInteger(index) || index < 0 || index >= demoDeviceCount) {
    throw new RangeError(`there is no demo device ${index}`);
  }
  const signing = sha256(utf8(demoSeedText(index)));
  return deviceFromSecrets({ signing, sealing: sha256(utf8(`${demoSeedText(index)} sealing`)) });
}
