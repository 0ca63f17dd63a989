/**
 * In which order the variables of a network are taken, and what must be remembered between them: one bit for
 * each value to come that is excluded by now, one for each bonus begun whose conditions all hold so far.
 */
import { at } from "./model.ts";
import type { Network } from "./network.ts";

/** The variable that leaves the fewest neighbours open comes next. */
function orderOf(network: Network): number[] {
  const near = new Map(network.variables.map((_, variable) => [variable, new Set<number>()]));
  const join = (one: number, other: number): void => {
    if (one !== other) near.get(one)?.add(other);
  };
  for (const [value, others] of network.conflicts.entries()) {
    for (const other of others) join(at(network.values, value).variable, at(network.values, other).variable);
  }
  for (const { when } of network.bonuses)
    for (const one of when.keys()) for (const other of when.keys()) join(one, other);
  const left = new Set(near.keys());
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
export class Plan {
  /** The variables as they are taken. */
  readonly order: readonly number[];
  /** The bit of a value that may come to be excluded, and of each bonus. */
  readonly valueBit: ReadonlyMap<number, number>;
  readonly bonusBit: ReadonlyMap<number, number>;
  private readonly network: Network;
  private readonly words: number;
  /** Bits kept after each step. */
  private readonly kept: Uint32Array[];
  /** The bonuses that name the variable of each step. */
  private readonly bonusesAt: { bonus: number; first: boolean; last: boolean }[][];
  private readonly bonusOfBit = new Map<number, number>();

  constructor(network: Network) {
    const order = orderOf(network);
    const stepOf = new Map(order.map((variable, step) => [variable, step]));
    const valueBit = new Map<number, number>();
    const bonusBit = new Map<number, number>();
    this.network = network;
    this.order = order;
    this.valueBit = valueBit;
    this.bonusBit = bonusBit;
    this.bonusesAt = order.map(() => []);
    const spans: { bit: number; from: number; to: number }[] = [];
    for (const [step, variable] of order.entries()) {
      for (const value of at(network.variables, variable)) {
        if (at(network.conflicts, value).size === 0) continue;
        valueBit.set(value, spans.length);
        spans.push({ bit: spans.length, from: 0, to: step });
      }
    }
    for (const [bonus, { when }] of network.bonuses.entries()) {
      const steps = [...when.keys()].map((variable) => stepOf.get(variable) as number).sort((a, b) => a - b);
      const [first, last] = [steps[0] as number, steps.at(-1) as number];
      bonusBit.set(bonus, spans.length);
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
