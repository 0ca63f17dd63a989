/** Everything that a browser keeps for the pages' address, as text; a key that cannot leave the browser stays there. */
import type { Page } from "playwright-core";

export async function everythingKept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
      });
    const kept: unknown[] = [{ ...localStorage }, { ...sessionStorage }];
    for (const { name = "" } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        kept.push(await settled(database.transaction(store).objectStore(store).getAll()));
      }
      database.close();
    }
    const text = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    return JSON.stringify(kept, (_, value) => {
      if (value instanceof ArrayBuffer) return text(new Uint8Array(value));
      return value instanceof Uint8Array ? text(value) : value;
    });
  });
}
