/** The draft that was just read, on its way to become the text of a case. Held in this window only. */
import type { Draft } from "@parley/text";

let held: Draft | undefined;

export function takeInHand(draft: Draft): void {
  held = draft;
}

export function draftInHand(): Draft | undefined {
  return held;
}
