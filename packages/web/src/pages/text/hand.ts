/**
 * What is in hand, a bracket or a clause, and which brackets are unfolded. An external store rather than React state, so
 * that a step from one bracket to the next draws two brackets anew and not a thousand.
 */
import type { AnyBracket, BracketId, ClauseId, PlacedBracket } from "@parley/text";
import { createContext, useContext, useSyncExternalStore } from "react";

export class Hand {
  #held: BracketId | undefined;
  #clause: ClauseId | undefined;
  #unfolded: ReadonlySet<BracketId> = new Set();
  readonly #listeners = new Set<() => void>();
  #order: readonly PlacedBracket[] = [];
  #at: ReadonlyMap<BracketId, number> = new Map();
  #clauses: readonly ClauseId[] = [];

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get held(): BracketId | undefined {
    return this.#held;
  }

  get clause(): ClauseId | undefined {
    return this.#clause;
  }

  /** The draft's brackets and clauses in reading order. The hand keeps what it holds if that is still there. */
  lay(order: readonly PlacedBracket[], clauses: readonly ClauseId[]): void {
    this.#order = order;
    this.#at = new Map(order.map((placed, index) => [placed.bracket.id, index]));
    this.#clauses = clauses;
    if (this.#held && !this.#at.has(this.#held)) this.hold(undefined);
    if (this.#clause && !clauses.includes(this.#clause)) this.holdClause(undefined);
  }

  hold(id: BracketId | undefined): void {
    if (id === this.#held && this.#clause === undefined) return;
    this.#held = id;
    this.#clause = undefined;
    if (id) this.#unfoldAround(id);
    this.#tell();
  }

  holdClause(id: ClauseId | undefined): void {
    if (id === this.#clause && this.#held === undefined) return;
    this.#clause = id;
    this.#held = undefined;
    this.#tell();
  }

  /** One step on, or back, in reading order; `skip` passes over brackets that need no hand. Wraps round. */
  step(by: 1 | -1, skip: (bracket: AnyBracket) => boolean): BracketId | undefined {
    const count = this.#order.length;
    const from = this.#bracketBefore(by);
    for (let away = 1; away <= count; away += 1) {
      const placed = this.#order[(((from + by * away) % count) + count) % count];
      if (placed && !skip(placed.bracket)) {
        this.hold(placed.bracket.id);
        return placed.bracket.id;
      }
    }
    return undefined;
  }

  /** The same through clauses, from the one in hand or the one around the bracket in hand. */
  stepClause(by: 1 | -1): ClauseId | undefined {
    const count = this.#clauses.length;
    if (count === 0) return undefined;
    const around = this.#held && this.#order[this.#at.get(this.#held) ?? -1]?.clause;
    const at = this.#clauses.indexOf(this.#clause ?? around ?? ("" as ClauseId));
    const from = at < 0 && by === -1 ? count : at;
    const id = this.#clauses[(from + by + count) % count];
    this.holdClause(id);
    return id;
  }

  /** From where a step begins: the bracket in hand, or the place of the clause in hand. */
  #bracketBefore(by: 1 | -1): number {
    const none = by === 1 ? -1 : this.#order.length;
    if (this.#held) return this.#at.get(this.#held) ?? none;
    if (!this.#clause) return none;
    const places = new Map(this.#clauses.map((id, index) => [id, index]));
    const here = places.get(this.#clause) ?? 0;
    const next = this.#order.findIndex(({ clause }) => clause && (places.get(clause) ?? 0) >= here);
    if (next < 0) return by === 1 ? -1 : this.#order.length;
    return by === 1 ? next - 1 : next;
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

export function useHeldClause(): ClauseId | undefined {
  const hand = useContext(HandContext);
  return useSyncExternalStore(hand.subscribe, () => hand.clause);
}

/** Whether this one bracket is in hand, and whether it is unfolded. */
export function useInHand(id: BracketId): { readonly held: boolean; readonly unfolded: boolean } {
  const hand = useContext(HandContext);
  const held = useSyncExternalStore(hand.subscribe, () => hand.held === id);
  const unfolded = useSyncExternalStore(hand.subscribe, () => hand.isUnfolded(id));
  return { held, unfolded };
}

export function useClauseInHand(id: ClauseId): boolean {
  const hand = useContext(HandContext);
  return useSyncExternalStore(hand.subscribe, () => hand.clause === id);
}
