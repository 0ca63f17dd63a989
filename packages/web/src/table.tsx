/**
 * Sets the table: with a server's session where the address names one, alone otherwise. The pages are loaded after that,
 * because the router reads the address, which until then may carry a sign-in link.
 */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { setShelf } from "./source/case-context.tsx";

export async function beginTable(): Promise<void> {
  // A standalone folder has no server and its policy lets it ask nobody.
  if (import.meta.env.MODE === "standalone") keepForOffline();
  else await joinServer();
  const { App } = await import("./app.tsx");
  const table = document.getElementById("table");
  if (!table) return;
  createRoot(table).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

async function joinServer(): Promise<void> {
  const named = new URLSearchParams(location.search).get("session");
  // A link that opens an account names no session: it becomes the first one of this browser.
  const session = named ?? (/^#(?:.*&)?link=/.test(location.hash) ? "main" : null);
  if (session === null) return;
  const { arrive, ServerShelf } = await import("./source/server-shelf.ts");
  const address = await arrive(session, location.hash);
  if (address !== undefined) {
    history.replaceState(null, "", `${location.pathname}?session=${encodeURIComponent(session)}${address}`);
  }
  setShelf(new ServerShelf(session));
  keepForOffline();
}

/** Without it the pages work as well, online. A folder opened as a file has no such thing, and is there anyway. */
function keepForOffline(): void {
  void navigator.serviceWorker?.register(new URL("offline.js", location.href)).catch(() => undefined);
}
