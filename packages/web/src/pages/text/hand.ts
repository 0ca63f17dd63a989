/**
 * The bracket in hand, and which brackets are unfolded. An external store rather than React state, so that a step from
 * one bracket to the next draws two brackets anew and not a thousand.
 */
import type { AnyBracket, BracketId, PlacedBracket } from "@parley/text";
import { createContext, useContext, useSyncExternalStore } from "react";

export class Hand {
  #held: BracketId | undefined;
  #unfolded: ReadonlySet<BracketId> = new Set();
  readonly #listeners = new Set<() => void>();
  #order: readonly PlacedBracket[] = [];
  #at: ReadonlyMap<BracketId, number> = new Map();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get held(): BracketId | undefined {
    return this.#held;
  }

  /** The draft's brackets in reading order. The hand keeps its bracket if that is still there. */
  lay(order: readonly PlacedBracket[]): void {
    this.#order = order;
    this.#at = new Map(order.map((placed, index) => [placed.bracket.id, index]));
    if (this.#held && !this.#at.has(this.#held)) this.hold(undefined);
  }

  hold(id: BracketId | undefined): void {
    if (id === this.#held) return;
    this.#held = id;
    if (id) this.#unfoldAround(id);
    this.#tell();
  }

  /** One step on, or back, in reading order; `skip` passes over brackets that need no hand. Wraps round. */
  step(by: 1 | -1, skip: (bracket: AnyBracket) => boolean): BracketId | undefined {
    const count = this.#order.length;
    const from = this.#held ? (this.#at.get(this.#held) ?? 0) : by === 1 ? -1 : count;
    for (let away = 1; away <= count; away += 1) {
      const placed = this.#order[(((from + by * away) % count) + count) % count];
      if (placed && !skip(placed.bracket)) {
        this.hold(placed.bracket.id);
        return placed.bracket.id;
      }
    }
    return undefined;
  }

  isUnfolded(id: BracketId): boolean {
    return this.#unfolded.has(id);
  }

  unfold(id: BracketId, open: boolean): void {
    const next = new Set(this.#unfolded);
    if (open) next.add(id);
    else next.delete(id);
    this.#unfolded = next;
    this.#tell();
  }

  /** A nested bracket in hand is never hidden: all that hold it unfold. */
  #unfoldAround(id: BracketId): void {
    const next = new Set(this.#unfolded);
    let at: BracketId | undefined = id;
    while (at) {
      next.add(at);
      at = this.#order[this.#at.get(at) ?? -1]?.parent?.bracket;
    }
    this.#unfolded = next;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

export const HandContext: React.Context<Hand> = createContext(new Hand());

export function useHeld(): BracketId | undefined {
  const hand = useContext(HandContext);
  return useSyncExternalStore(hand.subscribe, () => hand.held);
}

/** Whether this one bracket is in hand, and whether it is unfolded. */
export function useInHand(id: BracketId): { readonly held: boolean; readonly unfolded: boolean } {
  const hand = useContext(HandContext);
  const held = useSyncExternalStore(hand.subscribe, () => hand.held === id);
  const unfolded = useSyncExternalStore(hand.subscribe, () => hand.isUnfolded(id));
  return { held, unfolded };
}
