/** What a case alone is kept in: one database of this browser, on this device. Nothing of it leaves. */
import type { CaseId, DeviceId, Entry, LogId } from "@parley/ledger";
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

export interface CaseRecord {
  readonly id: CaseId;
  readonly title: string;
  readonly exercise: boolean;
  /** 32 secret bytes: alone, the opener's browser is the keeper. */
  readonly keeper: Uint8Array;
  readonly sitting?: DeviceId;
  /** The keeper's checkpoint of the largest shared log this browser has seen. */
  readonly remembered?: string;
  readonly example?: string;
}

export interface DeviceRecord {
  readonly case: CaseId;
  readonly id: DeviceId;
  readonly signing: Uint8Array;
  readonly sealing: Uint8Array;
}

/** A `.parley` file that was opened here, as it was. */
export interface FileRecord {
  readonly id: CaseId;
  readonly title: string;
  readonly exercise: boolean;
  readonly file: Blob;
}

interface Schema extends DBSchema {
  files: { key: CaseId; value: FileRecord };
  cases: { key: CaseId; value: CaseRecord };
  devices: { key: [CaseId, DeviceId]; value: DeviceRecord };
  entries: { key: [CaseId, LogId, number]; value: Entry };
}

export type Store = IDBPDatabase<Schema>;

export function openStore(): Promise<Store> {
  return openDB<Schema>("parley", 2, {
    upgrade(db, before) {
      db.createObjectStore("files", { keyPath: "id" });
      if (before > 0) return;
      db.createObjectStore("cases", { keyPath: "id" });
      db.createObjectStore("devices", { keyPath: ["case", "id"] });
      db.createObjectStore("entries");
    },
  });
}

/** Every key that begins with this case. */
export function ofCase(id: CaseId): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]);
}

/** Its record, its entries and its keys: nothing of it is left here. */
export async function removeCase(store: Store, id: CaseId): Promise<void> {
  const work = store.transaction(["cases", "devices", "entries", "files"], "readwrite");
  await Promise.all([
    work.objectStore("cases").delete(id),
    work.objectStore("files").delete(id),
    work.objectStore("devices").delete(ofCase(id)),
    work.objectStore("entries").delete(ofCase(id)),
    work.done,
  ]);
}
