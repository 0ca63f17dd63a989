/** Every revision that the record holds of a text, oldest first. Folded from the record, so it costs one reading of it. */
import { apply, type CaseState, itemOf, type Text } from "@parley/core";
import type { Entry } from "@parley/ledger";
import type { Draft } from "@parley/text";

export interface Revision {
  readonly version: number;
  readonly at: string;
  readonly draft: Draft;
}

export function revisionsOf(entries: readonly Entry[], id: Text["id"]): readonly Revision[] {
  const revisions: Revision[] = [];
  let state: CaseState | undefined;
  for (const entry of entries) {
    state = apply(state, entry);
    const rooms = state ? Object.values(state.rooms) : [];
    const text = rooms.map(({ texts }) => itemOf(texts, id)).find((found) => found !== undefined);
    if (text && text.version !== revisions.at(-1)?.version) {
      revisions.push({ version: text.version, at: entry.at, draft: text.draft });
    }
  }
  return revisions;
}
