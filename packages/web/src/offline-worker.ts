/**
 * The service worker of the pages: their own files, so that what was opened can be read where the server that gave them
 * is not reached. It answers for nothing under /api/: entries are kept and checked by the pages themselves.
 */

/** The files of this build; the build puts them here. */
declare const builtFiles: readonly string[];

/** What is used of a service worker; the types of one do not go together with those of a page. */
interface WorkerScope {
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: string, listen: (event: WorkerEvent) => void): void;
}
interface WorkerEvent {
  readonly request: Request;
  waitUntil(work: Promise<unknown>): void;
  respondWith(response: Promise<Response>): void;
}

const worker = globalThis as unknown as WorkerScope;
const index = new URL("./", location.href).href;
/** Several folders of one web server keep their files apart. */
const pages = `parley-pages ${index}`;

worker.addEventListener("install", (event) => event.waitUntil(keepFiles()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  const { method, url, mode } = event.request;
  const place = new URL(url);
  if (method !== "GET" || place.origin !== location.origin || place.pathname.startsWith("/api/")) return;
  if (mode === "navigate") event.respondWith(freshPage(event.request));
  else if (place.pathname.includes("/assets/")) event.respondWith(keptFile(event.request));
});

async function keepFiles(): Promise<void> {
  const cache = await caches.open(pages);
  const wanted = new Set([index, ...builtFiles.map((file) => new URL(file, index).href)]);
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
  await cache.addAll([...wanted]);
  await worker.skipWaiting();
}

/** The page itself from the server, so that a new build is seen at once; what is kept, where it is not reached. */
async function freshPage(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (unreached) {
    const kept = await caches.match(index);
    if (!kept) throw unreached;
    return kept;
  }
}

/** A file's name changes with what is in it, so a kept one is never old. Fonts are kept when a page first has them. */
async function keptFile(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(pages)).put(request, response.clone());
  return response;
}
