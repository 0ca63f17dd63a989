/** Said to whoever listens to the page instead of looking at it, once, without moving anything. */
import { type ReactElement, useSyncExternalStore } from "react";

let said = "";
const listeners = new Set<() => void>();

/** A no-break space at the end tells the same words from the ones before: they are said again. */
export function announce(words: string): void {
  said = words === said ? `${words}\u00a0` : words;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** `data-live-announcer`: a dialog hides what lies under it, but not this. */
export function Announced(): ReactElement {
  const words = useSyncExternalStore(subscribe, () => said);
  return (
    <p aria-live="polite" className="visually-hidden" data-live-announcer="true" role="status">
      {words}
    </p>
  );
}
