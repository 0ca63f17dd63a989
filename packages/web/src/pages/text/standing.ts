/**
 * What the page knows about brackets and clauses beyond the draft itself. A store that says for one bracket or clause what
 * is so: when another party does something, only what it changed is drawn anew.
 */
import type { BracketId, ClauseId, NoteId } from "@parley/text";
import { createContext, useContext, useSyncExternalStore } from "react";
import type { PartyLook } from "../../frame/party-codes.ts";
import type { BracketStatus } from "../../source/text-view.ts";

/** What stands in the margin of a clause; the same object while it says the same. */
export interface Margin {
  /** Parties whose amendments to the clause, or to a bracket in it, wait. */
  readonly amended: readonly string[];
  readonly comments: number;
  /** Parties that changed something here since one last looked. */
  readonly news: readonly string[];
}

export interface Standing {
  readonly statusOf: (id: BracketId) => BracketStatus;
  /** The option that was agreed, once one is. */
  readonly agreedOption: (id: BracketId) => string | undefined;
  readonly looks: ReadonlyMap<string, PartyLook>;
  readonly numberOf: (id: BracketId) => number;
  readonly noteNumber: (id: NoteId) => number | undefined;
  readonly margins: ReadonlyMap<ClauseId, Margin>;
}

const nothing: Standing = {
  statusOf: () => "open",
  agreedOption: () => undefined,
  looks: new Map(),
  numberOf: () => 0,
  noteNumber: () => undefined,
  margins: new Map(),
};

export class StandingStore {
  #standing = nothing;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get standing(): Standing {
    return this.#standing;
  }

  put(next: Standing): void {
    if (next === this.#standing) return;
    this.#standing = next;
    for (const listener of this.#listeners) listener();
  }
}

export const StandingContext: React.Context<StandingStore> = createContext(new StandingStore());

/** One fact of the standing. It must be the same value, by identity, while it says the same. */
export function useStanding<T>(fact: (standing: Standing) => T): T {
  const store = useContext(StandingContext);
  return useSyncExternalStore(store.subscribe, () => fact(store.standing));
}

/** Set words that are said again beside the text: the place that an id names is in the text. */
export const QuotedContext: React.Context<boolean> = createContext(false);
