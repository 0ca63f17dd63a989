/**
 * The front of variables that linkages and interactions join: non-serial dynamic programming (Bertele and
 * Brioschi 1972) with fronts in place of numbers.
 *
 * Variables are taken one after the other. What the past means for the future is a state: the values of
 * variables to come that are excluded by now, and the bonuses begun whose conditions all hold so far. Partial
 * choices in one state share one front, so the number of states, not of outcomes, is what counts; it is
 * bounded by the separators of the order chosen.
 */
import { type Front, FrontBuilder, type FrontList, listsOfSum, pointFront } from "./front.ts";
import { merge } from "./merge.ts";
import { at } from "./model.ts";
import type { Network } from "./network.ts";
import { type Folding, frontOfIssues, unbounded } from "./tree-front.ts";

interface State {
  /** Values to come that are excluded, and bonuses alive, as one set of bits. */
  readonly bits: Uint32Array;
  readonly front: Front;
}

/** The front of one group of joined variables; null where the budget ended first. */
export function frontOfComponent(
  network: Network,
  variables: readonly number[],
  folding: Folding,
): Front | null {
  const order = orderOf(network, variables);
  const plan = new Plan(network, order);
  const n = folding.model.partyIds.length;
  let states: State[] = [{ bits: plan.emptyBits(), front: pointFront(new Float64Array(n)) }];
  for (const [step, variable] of order.entries()) {
    const grown = new Map<string, { bits: Uint32Array; lists: FrontList[] }>();
    for (const value of at(network.variables, variable)) {
      if (at(network.conflicts, value).has(value)) continue;
      const own = frontOfIssues(at(network.values, value).free, folding);
      if (!own) return null;
      for (const state of states) {
        const next = plan.next(state.bits, step, value);
        if (!next) continue;
        const key = next.bits.join();
        let entry = grown.get(key);
        if (!entry) {
          entry = { bits: next.bits, lists: [] };
          grown.set(key, entry);
        }
        entry.lists.push(...moved(state.front, own, next.units, at(network.values, value).option));
      }
    }
    const merged: State[] = [];
    for (const { bits, lists } of grown.values()) {
      const front = merge(lists, unbounded(n), folding.merging);
      if (!front) return null;
      if (front.size > 0) merged.push({ bits, front });
    }
    states = network.bonuses.length > 0 ? withoutCovered(merged, plan) : merged;
  }
  // After the last variable nothing is to come: one state, or none.
  return states[0]?.front ?? merge([], unbounded(n), folding.merging);
}

/** More states than this are not compared with each other. */
const mostCompared = 4000;

/**
 * Leaves out vectors that a vector of another state covers whatever follows: that state excludes no more, and
 * is ahead by what this one may still be paid and that one may not. (Being so far ahead is a partial order,
 * so all that is covered can go at once.)
 */
function withoutCovered(states: readonly State[], plan: Plan): State[] {
  if (states.length > mostCompared) return [...states];
  const peaks = states.map(({ front }) => front.peaks());
  return states.flatMap((state, s) => {
    const { front } = state;
    const kept = new Uint8Array(front.size).fill(1);
    let left = front.size;
    for (const [t, other] of states.entries()) {
      if (t === s || left === 0) continue;
      const lead = plan.leadNeeded(state.bits, other.bits);
      if (!lead?.every((units, p) => at(at(peaks, t), p) >= units + leastOf(front, p))) continue;
      for (let place = 0; place < front.size; place++) {
        if (kept[place] && coversFrom(other.front, front, place, lead)) {
          kept[place] = 0;
          left--;
        }
      }
    }
    return left === 0 ? [] : [{ bits: state.bits, front: left === front.size ? front : someOf(front, kept) }];
  });
}

function leastOf(front: Front, p: number): number {
  return at(front.columns, p).reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function coversFrom(other: Front, front: Front, place: number, lead: Float64Array): boolean {
  for (let k = 0; k < other.size; k++) {
    let p = 0;
    while (p < lead.length && at(at(other.columns, p), k) >= at(at(front.columns, p), place) + at(lead, p))
      p++;
    if (p === lead.length) return true;
  }
  return false;
}

function someOf(front: Front, kept: Uint8Array): Front {
  const parties = front.columns.length;
  const builder = new FrontBuilder(parties, [
    { front, shift: new Float64Array(parties), option: -1, other: null, otherPlace: 0 },
  ]);
  for (const [place, keeps] of kept.entries()) if (keeps) builder.push(0, place);
  return builder.finish();
}

/** The lists for choosing an option after a front, with the option's own front of free issues. */
function moved(past: Front, own: Front, units: Float64Array, option: number): FrontList[] {
  if (own.size === 1) {
    const shift = own.vector(0).map((value, p) => value + at(units, p));
    return [{ front: past, shift, option, other: own, otherPlace: 0 }];
  }
  return listsOfSum(past, own).map((list) => ({
    ...list,
    shift: list.shift.map((value, p) => value + at(units, p)),
    option,
  }));
}

/** The variable that leaves the fewest neighbours open comes next. */
function orderOf(network: Network, variables: readonly number[]): number[] {
  const near = new Map(variables.map((variable) => [variable, new Set<number>()]));
  const join = (one: number, other: number): void => {
    if (one !== other) near.get(one)?.add(other);
  };
  for (const [value, others] of network.conflicts.entries()) {
    for (const other of others) join(at(network.values, value).variable, at(network.values, other).variable);
  }
  for (const { when } of network.bonuses)
    for (const one of when.keys()) for (const other of when.keys()) join(one, other);
  const left = new Set(variables);
  const open = new Set<number>();
  const order: number[] = [];
  while (left.size > 0) {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const variable of left) {
      let added = 0;
      for (const other of near.get(variable) ?? []) if (left.has(other) && !open.has(other)) added++;
      const cost = added - (open.has(variable) ? 1 : 0);
      if (cost < least) [best, least] = [variable, cost];
    }
    left.delete(best);
    open.delete(best);
    for (const other of near.get(best) ?? []) if (left.has(other)) open.add(other);
    order.push(best);
  }
  return order;
}

/** Which bits a step reads, sets and forgets. */
class Plan {
  private readonly network: Network;
  private readonly words: number;
  private readonly stepOf: Map<number, number>;
  /** Bits kept after each step. */
  private readonly kept: Uint32Array[];
  private readonly valueBit = new Map<number, number>();
  /** The bonuses that name the variable of each step. */
  private readonly bonusesAt: { bonus: number; first: boolean; last: boolean }[][];
  private readonly bonusBit = new Map<number, number>();
  private readonly bonusOfBit = new Map<number, number>();

  constructor(network: Network, order: readonly number[]) {
    this.network = network;
    this.stepOf = new Map(order.map((variable, step) => [variable, step]));
    this.bonusesAt = order.map(() => []);
    const spans: { bit: number; from: number; to: number }[] = [];
    for (const [step, variable] of order.entries()) {
      for (const value of at(network.variables, variable)) {
        if (at(network.conflicts, value).size === 0) continue;
        this.valueBit.set(value, spans.length);
        spans.push({ bit: spans.length, from: 0, to: step });
      }
    }
    for (const [bonus, { when }] of network.bonuses.entries()) {
      const steps = [...when.keys()]
        .flatMap((variable) => this.stepOf.get(variable) ?? [])
        .sort((a, b) => a - b);
      if (steps.length === 0) continue;
      const [first, last] = [steps[0] as number, steps.at(-1) as number];
      this.bonusBit.set(bonus, spans.length);
      this.bonusOfBit.set(spans.length, bonus);
      spans.push({ bit: spans.length, from: first, to: last });
      for (const step of steps)
        at(this.bonusesAt, step).push({ bonus, first: step === first, last: step === last });
    }
    this.words = (spans.length + 31) >> 5;
    this.kept = order.map((_, step) => {
      const bits = this.emptyBits();
      for (const { bit, from, to } of spans) if (from <= step && step < to) set(bits, bit);
      return bits;
    });
  }

  /**
   * How far ahead, in units by party, a vector of the other state must be to cover one of this state whatever
   * follows; null where the other state excludes a value that this one does not.
   */
  leadNeeded(bits: Uint32Array, other: Uint32Array): Float64Array | null {
    const lead = new Float64Array(at(this.network.values, 0).units.length);
    for (let word = 0; word < bits.length; word++) {
      for (let rest = at(bits, word) ^ at(other, word); rest !== 0; rest &= rest - 1) {
        const bit = word * 32 + (31 - Math.clz32(rest & -rest));
        const bonus = this.bonusOfBit.get(bit);
        const here = has(bits, bit);
        if (bonus === undefined) {
          if (!here) return null;
          continue;
        }
        const { party, units } = at(this.network.bonuses, bonus);
        lead[party] = at(lead, party) + Math.max(0, here ? units : -units);
      }
    }
    return lead;
  }

  emptyBits(): Uint32Array {
    return new Uint32Array(this.words);
  }

  /** The state after choosing the value, and the units it brings; null where the choice is excluded. */
  next(bits: Uint32Array, step: number, value: number): { bits: Uint32Array; units: Float64Array } | null {
    const own = this.valueBit.get(value);
    if (own !== undefined && has(bits, own)) return null;
    const { conflicts, bonuses, values } = this.network;
    const { variable, units: ownUnits } = at(values, value);
    const units = ownUnits.slice();
    const after = bits.slice();
    for (const other of at(conflicts, value)) set(after, this.valueBit.get(other) as number);
    for (const { bonus, first, last } of at(this.bonusesAt, step)) {
      const { party, units: paid, when } = at(bonuses, bonus);
      const bit = this.bonusBit.get(bonus) as number;
      const alive = (first || has(after, bit)) && when.get(variable)?.has(value);
      clear(after, bit);
      if (alive && last) units[party] = at(units, party) + paid;
      else if (alive) set(after, bit);
    }
    const kept = at(this.kept, step);
    for (let word = 0; word < after.length; word++) after[word] = at(after, word) & at(kept, word);
    return { bits: after, units };
  }
}

function set(bits: Uint32Array, bit: number): void {
  bits[bit >> 5] = at(bits, bit >> 5) | (1 << (bit & 31));
}

function clear(bits: Uint32Array, bit: number): void {
  bits[bit >> 5] = at(bits, bit >> 5) & ~(1 << (bit & 31));
}

function has(bits: Uint32Array, bit: number): boolean {
  return ((at(bits, bit >> 5) >>> (bit & 31)) & 1) === 1;
}
