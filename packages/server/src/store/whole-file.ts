/**
 * Files that Parley writes itself (backups, exports): there whole or not at all, whatever the moment at which the power
 * fails. The bytes are synced before the name is given to them, and the folder is synced before anyone is told.
 */
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** What is asked of a disk; a test has one that loses and tears whatever was not synced. */
export interface Disk {
  /** A new, empty file that only its owner may read. */
  create(path: string): Promise<{
    write(bytes: Uint8Array): Promise<void>;
    sync(): Promise<void>;
    close(): Promise<void>;
  }>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  syncFolder(path: string): Promise<void>;
}

const systemDisk: Disk = {
  async create(path) {
    const handle = await open(path, "wx", 0o600);
    return {
      // `write` alone may take less than all of it.
      write: (bytes) => handle.appendFile(bytes),
      sync: () => handle.sync(),
      close: () => handle.close(),
    };
  },
  rename,
  remove: (path) => rm(path, { force: true }),
  async syncFolder(path) {
    let handle: FileHandle | undefined;
    try {
      handle = await open(path, "r");
      await handle.sync();
    } catch (error) {
      // Windows cannot open a folder; its renames are journalled.
      if (process.platform !== "win32") throw error;
    } finally {
      await handle?.close();
    }
  },
};

/**
 * Gives `work` a way to write, and the name `file` to what it wrote once all of it is on the disk; where `work` throws,
 * nothing is left. A file of that name is replaced. What a power failure leaves has a name of its own (`FILE.x.partial`), which
 * blocks no later attempt.
 */
export async function writeWhole<T>(
  file: string,
  work: (write: (bytes: Uint8Array) => Promise<void>) => Promise<T>,
  disk: Disk = systemDisk,
): Promise<T> {
  const partial = `${file}.${process.pid.toString(36)}${(++attempts).toString(36)}.partial`;
  const handle = await disk.create(partial);
  try {
    const result = await work((bytes) => handle.write(bytes));
    await handle.sync();
    await handle.close();
    await disk.rename(partial, file);
    await disk.syncFolder(dirname(file));
    return result;
  } catch (error) {
    await handle.close().catch(() => undefined);
    await disk.remove(partial);
    throw error;
  }
}

let attempts = 0;
