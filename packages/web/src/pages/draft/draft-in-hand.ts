/**
 * The draft that was just read, on its way to become the text of a case. Held in this window only; with whoever goes from
 * pages with a server to pages without one, which are loaded anew, it goes along in the window's storage and is taken out
 * of it on arrival.
 */
import type { Draft } from "@parley/text";
import { putUnsentAt, useUnsentAt } from "../../source/unsent.ts";

/** Where a draft is kept on its way. */
export const draftPlaces = {
  pasted: "draft pasted",
  read: "draft read",
  source: "draft source",
  inHand: "draft",
} as const;
const carried = "parley.draft";

const arrived = sessionStorage.getItem(carried);
if (arrived !== null) {
  sessionStorage.removeItem(carried);
  takeInHand(JSON.parse(arrived) as Draft);
}

export function useDraftInHand(): Draft | undefined {
  return useUnsentAt<Draft | undefined>(draftPlaces.inHand, undefined)[0];
}

export function takeInHand(draft: Draft): void {
  putUnsentAt(draftPlaces.inHand, draft);
}

export function letDraftGo(): void {
  for (const place of Object.values(draftPlaces)) putUnsentAt(place, undefined);
}

/** To be taken up by the pages that are loaded next. */
export function carry(draft: Draft): void {
  sessionStorage.setItem(carried, JSON.stringify(draft));
  letDraftGo();
}
