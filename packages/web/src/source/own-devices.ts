/**
 * The keys of this browser in cases that a server keeps. The signing key is a WebCrypto pair whose private half no script
 * can read, where the browser has Ed25519; nothing of either key leaves the browser.
 */
import {
  type CaseId,
  type Device,
  type DeviceId,
  deviceFromPlatformKey,
  deviceFromSecrets,
  type SealingKey,
} from "@parley/ledger";
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { CaseKeys } from "./folded-case.ts";

/** What is kept of a device. Which session of this browser it belongs to: several may hold seats of one case. */
interface OwnDevice {
  readonly session: string;
  readonly case: CaseId;
  readonly id: DeviceId;
  readonly signing: CryptoKeyPair | Uint8Array;
  readonly sealing: Uint8Array;
}

interface Reader extends SealingKey {
  readonly session: string;
  readonly case: CaseId;
}

interface Schema extends DBSchema {
  readers: { key: [string, CaseId, DeviceId]; value: Reader };
  devices: { key: [string, CaseId, DeviceId]; value: OwnDevice };
}

function openKeys(): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>("parley-keys", 1, {
    upgrade(db) {
      db.createObjectStore("devices", { keyPath: ["session", "case", "id"] });
      db.createObjectStore("readers", { keyPath: ["session", "case", "device"] });
    },
  });
}

/** A device that was just made and is kept nowhere yet. */
export interface NewDevice {
  readonly device: Device;
  keep(session: string, caseId: CaseId): Promise<void>;
}

export async function newDevice(): Promise<NewDevice> {
  const sealing = crypto.getRandomValues(new Uint8Array(32));
  const signing = await signingKey();
  const device = await deviceOf({ signing, sealing });
  return {
    device,
    async keep(session, caseId) {
      const keys = await openKeys();
      await keys.put("devices", { session, case: caseId, id: device.id, signing, sealing });
      keys.close();
    },
  };
}

async function signingKey(): Promise<CryptoKeyPair | Uint8Array> {
  try {
    return (await crypto.subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"])) as CryptoKeyPair;
  } catch {
    return crypto.getRandomValues(new Uint8Array(32));
  }
}

function deviceOf({ signing, sealing }: Pick<OwnDevice, "signing" | "sealing">): Promise<Device> {
  return signing instanceof Uint8Array
    ? deviceFromSecrets({ signing, sealing })
    : deviceFromPlatformKey(signing, sealing);
}

/** Keeps a key that only opens, such as a recovery kit's. */
export async function keepReader(session: string, caseId: CaseId, key: SealingKey): Promise<void> {
  const keys = await openKeys();
  await keys.put("readers", { session, case: caseId, ...key });
  keys.close();
}

/** The keys of one session in a case; of every session where none is named, as for a file. */
export async function ownKeys(caseId: CaseId, session?: string): Promise<CaseKeys> {
  const keys = await openKeys();
  const [devices, readers] = await Promise.all([keys.getAll("devices"), keys.getAll("readers")]);
  keys.close();
  const wanted = (kept: { readonly session: string; readonly case: CaseId }) =>
    kept.case === caseId && (session === undefined || kept.session === session);
  return {
    devices: await Promise.all(devices.filter(wanted).map(deviceOf)),
    readers: readers.filter(wanted).map(({ device, secret }) => ({ device, secret })),
  };
}
