/**
 * The front of variables that linkages and interactions join: non-serial dynamic programming (Bertele and
 * Brioschi 1972) with fronts in place of numbers.
 *
 * Variables are taken one after the other. What the past means for the future is a state: the values of
 * variables to come that are excluded by now, and the bonuses begun whose conditions all hold so far. Partial
 * choices in one state share one front, so the number of states, not of outcomes, is what counts; it is
 * bounded by the separators of the order chosen. Where it grows too large and there are two parties, what
 * they are paid is searched as boxes (box-front.ts), if linkages allow that.
 */
import { frontOfBoxes } from "./box-front.ts";
import { boxesOf } from "./boxes.ts";
import { type Front, FrontBuilder, type FrontList, listsOfSum, pointFront } from "./front.ts";
import type { Budget } from "./limits.ts";
import { type Merging, merge } from "./merge.ts";
import { at } from "./model.ts";
import type { Network } from "./network.ts";
import { Plan } from "./network-plan.ts";
import { type Folding, frontOfIssues } from "./tree-front.ts";

interface State {
  /** Values to come that are excluded, and bonuses alive, as one set of bits. */
  readonly bits: Uint32Array;
  readonly front: Front;
}

/** A state to come. */
interface Grown {
  readonly bits: Uint32Array;
  readonly lists: FrontList[];
}

/** Steps that one state and one value count for. */
const workOfState = 2;

/** With more states than this, the boxes are searched instead, if there are any. */
const mostPlain = 100;

/** The front of joined variables; null where the budget ended first. */
export function frontOfComponent(part: Network, folding: Folding): Front | null {
  const { merging } = folding;
  const own = ownFronts(part, folding);
  if (!own) return null;
  const sweep = new Sweep(part, own);
  // Only exact fronts come of boxes: where something may be missed, states miss it sooner.
  const boxes =
    merging.slack.length === 2 && !merging.slack.some((units) => units > 0) ? boxesOf(part, own) : null;
  if (!boxes) return sweep.run(merging, Number.POSITIVE_INFINITY);
  const plain = sweep.run(merging, mostPlain);
  return plain || merging.budget.exhausted ? plain : frontOfBoxes(boxes, part, own, merging);
}

/** The front of the free issues inside each value; null where the budget ended first. */
function ownFronts(part: Network, folding: Folding): Front[] | null {
  const own: Front[] = [];
  for (const { free } of part.values) {
    const front = frontOfIssues(free, folding);
    if (!front) return null;
    own.push(front);
  }
  return own;
}

/** The dynamic programming over the variables of a network. */
class Sweep {
  private readonly network: Network;
  private readonly plan: Plan;
  /** The front inside each value. */
  private readonly own: readonly Front[];

  constructor(network: Network, own: readonly Front[]) {
    this.network = network;
    this.plan = new Plan(network);
    this.own = own;
  }

  /** Null where there were more states than allowed, or the budget ended. */
  run(merging: Merging, mostStates: number): Front | null {
    const { network, plan } = this;
    const n = merging.slack.length;
    let states: readonly State[] = [{ bits: plan.emptyBits(), front: pointFront(new Float64Array(n)) }];
    for (const step of plan.order.keys()) {
      const merged: State[] = [];
      const grown = this.grow(states, step, merging.budget);
      if (!grown) return null;
      for (const { bits, lists } of grown) {
        const front = merge(lists, merging.noFloor, merging);
        if (!front) return null;
        if (front.size > 0) merged.push({ bits, front });
      }
      if (merged.length > mostStates) return null;
      const left = network.bonuses.length > 0 ? withoutCovered(merged, plan, merging.budget) : merged;
      if (!left) return null;
      states = left;
    }
    // After the last variable nothing is to come: one state, or none.
    return states[0]?.front ?? merge([], merging.noFloor, merging);
  }

  /** The states after one more variable, each with the moved fronts that lead to it; null where the budget ended. */
  private grow(states: readonly State[], step: number, budget: Budget): Iterable<Grown> | null {
    const { network, plan, own } = this;
    const grown = new Map<string, Grown>();
    for (const value of at(network.variables, at(plan.order, step))) {
      if (at(network.conflicts, value).has(value)) continue;
      for (const state of states) {
        if (!budget.step(workOfState)) return null;
        const next = plan.next(state.bits, step, value);
        if (!next) continue;
        const key = next.bits.join();
        let entry = grown.get(key);
        if (!entry) {
          entry = { bits: next.bits, lists: [] };
          grown.set(key, entry);
        }
        entry.lists.push(...moved(state.front, at(own, value), next.units, at(network.values, value).option));
      }
    }
    return grown.values();
  }
}

/** More states than this are not compared with each other. */
const mostCompared = 4000;

/**
 * Leaves out vectors that a vector of another state covers whatever follows: that state excludes no more, and
 * is ahead by what this one may still be paid and that one may not. (Being so far ahead is a partial order,
 * so all that is covered can go at once.) Null where the budget ended first.
 */
function withoutCovered(states: readonly State[], plan: Plan, budget: Budget): readonly State[] | null {
  if (states.length > mostCompared) return states;
  const peaks = states.map(({ front }) => front.peaks());
  const left = states.flatMap((state, s) => {
    if (budget.exhausted || !budget.step(states.length / 4)) return [];
    const { front } = state;
    const kept = new Uint8Array(front.size).fill(1);
    let count = front.size;
    for (const [t, other] of states.entries()) {
      if (t === s || count === 0) continue;
      const lead = plan.leadNeeded(state.bits, other.bits);
      if (!lead?.every((units, p) => at(at(peaks, t), p) >= units + leastOf(front, p))) continue;
      for (let place = 0; place < front.size; place++) {
        if (!budget.step(other.front.size / 100)) return [];
        if (kept[place] && coversFrom(other.front, front, place, lead)) {
          kept[place] = 0;
          count--;
        }
      }
    }
    return count === 0
      ? []
      : [{ bits: state.bits, front: count === front.size ? front : someOf(front, kept) }];
  });
  return budget.exhausted ? null : left;
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

/** The vectors of a front with a mark. */
function someOf(front: Front, kept: Uint8Array): Front {
  const parties = front.columns.length;
  const builder = new FrontBuilder(parties);
  builder.begin([{ front, shift: new Float64Array(parties), option: -1, other: null, otherPlace: 0 }]);
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
