/**
 * The best outcome for a goal, with proof: branch and bound on a pool of dual bounds.
 *
 * At each node the relaxation is minimised again over the values that are left; values whose reduced cost
 * shows that no better outcome has them go; the choices that the pool still allows meet in the middle
 * (meeting.ts), and only where they are too many the node is split. All pruning is on whole numbers (pool.ts).
 */
import { type BoundWeights, boundWeights, type Multipliers } from "./bound-weights.ts";
import type { Basis } from "./dual-simplex.ts";
import { type Field, gainsOf, keepsLinkages } from "./field.ts";
import { type Goal, goalValue, Incumbent, meetsFloor } from "./goal.ts";
import type { Budget, Standing } from "./limits.ts";
import { LinkedRelaxation } from "./linked-relaxation.ts";
import { improve } from "./local-search.ts";
import { type Effort, meet } from "./meeting.ts";
import { at } from "./model.ts";
import { type Asked, Pool, plainMultipliers, type Subject } from "./pool.ts";
import { propagate } from "./propagation.ts";
import { Relaxation, type Relaxed, sizes } from "./relaxation.ts";

export interface SearchResult {
  readonly incumbent: Incumbent;
  /** No outcome is better, and every outcome as good was seen (only its value, for a value-only goal). */
  readonly proven: boolean;
  /** No outcome's number is above this; the incumbent's own where proven. */
  readonly bound: number;
}

export interface SearchOptions {
  /** Stop as soon as an outcome meets the goal's floor. */
  readonly firstOnly?: boolean;
  /** Chosen values that are worth trying first. */
  readonly hints?: readonly Int32Array[];
  /** Says nothing of how far it is: its numbers are not those of the answer. */
  readonly quiet?: boolean;
}

const poolSize = 80;
/** So few outcomes are looked at one by one. */
const fewOutcomes = 200;
const asideAtRoot = 64;
const asideBelow = 12;
/** How far aside, as the width of the logarithm of a random factor. */
const spreads = [0.1, 0.2, 0.3, 0.4];
/** What a meeting may cost before the node is split: less below the root, and least where prices make splits cheap. */
const atRoot: Effort = { room: 1_000_000, steps: 200_000, stepsForEach: 500, linkedSteps: 2000 };
const belowRoot: Effort = { ...atRoot, room: 50_000 };
const whenPriced: Effort = { room: 50_000, steps: 20_000, stepsForEach: 0, linkedSteps: 2000 };
/** The logarithm of how many choices the first pass leaves to the pool, and how much it grows with each. */
const firstLogChoices = 13;
const furtherLogChoices = 1.1;
/** Of the gap: what the first pass looks through that splits; and how many times the one before the next is to cost. */
const firstShare = 1 / 16;
const furtherCost = 3;
/** Variables of a linear program whose basis is kept as a whole. */
const mostPriced = 600;

export function search(
  field: Field,
  goal: Goal,
  walkAway: Float64Array,
  budget: Budget,
  options: SearchOptions = {},
): SearchResult {
  return new Search(field, goal, walkAway, budget, options).run();
}

class Search {
  private readonly subject: Subject;
  private readonly field: Field;
  private readonly goal: Goal;
  private readonly walkAway: Float64Array;
  private readonly budget: Budget;
  private readonly options: SearchOptions;
  private readonly incumbent: Incumbent;
  private readonly relaxation: Relaxation;
  private linked: LinkedRelaxation | null = null;
  /** Values are linked, and few enough for a linear program at each node. */
  private readonly priceable: boolean;
  private readonly gains: Float64Array;
  private found: Int32Array | null = null;
  /** What is looked for at present; outcomes below it are left aside. */
  private target = Number.NEGATIVE_INFINITY;
  /** No outcome's number is above this. */
  private bound = Number.POSITIVE_INFINITY;

  constructor(field: Field, goal: Goal, walkAway: Float64Array, budget: Budget, options: SearchOptions) {
    this.subject = { field, goal, walkAway };
    this.field = field;
    this.goal = goal;
    this.walkAway = walkAway;
    this.budget = budget;
    this.options = options;
    this.incumbent = new Incumbent(goal.compare);
    this.relaxation = new Relaxation(field, goal, walkAway, this.step);
    const links = field.blocks.length + field.bonuses.length;
    this.priceable = links > 0 && field.first.length - 1 <= mostPriced;
    this.gains = new Float64Array(field.parties);
  }

  run(): SearchResult {
    const alive = new Uint8Array(this.field.variableOf.length).fill(1);
    this.budget.standing = this.options.quiet ? null : () => this.standing();
    for (const hint of this.options.hints ?? []) this.offer(hint);
    const possible = propagate(this.field, alive);
    if (possible && this.options.firstOnly && !this.found) this.guess(alive);
    const closed = !possible || (!this.stopped() && this.root(alive) && !this.stopped());
    const { gains } = this.incumbent;
    return {
      incumbent: this.incumbent,
      proven: closed,
      bound: closed && gains ? goalValue(this.goal, gains) : this.bound,
    };
  }

  private readonly step = (work: number): boolean => this.budget.step(work);

  private standing(): Standing {
    const { gains } = this.incumbent;
    return { value: gains && goalValue(this.goal, gains), bound: this.bound };
  }

  private stopped(): boolean {
    return this.found !== null || this.budget.exhausted;
  }

  /**
   * Passes with a target that falls from the bound towards the incumbent. A pass that finds nothing costs
   * little and shows that nothing is so good; the first that finds something has seen all that is as good.
   */
  private root(alive: Uint8Array): boolean {
    const { field, goal } = this;
    if (!this.budget.step(field.variableOf.length)) return false;
    if (this.outcomes(alive) <= fewOutcomes) {
      const plain = boundWeights(field, at(this.relaxation.run(alive, 1).multipliers, 0));
      const pool = new Pool(this.subject, [plain]);
      pool.ask(this.asked());
      return this.meet(alive, pool, atRoot) ?? false;
    }
    if (goal.kind === "linear" && this.plain(alive)) return true;
    // The weights of a sum are known: smoothing would look for nothing but the multipliers that prices are.
    if (goal.kind === "linear" && this.priceable) {
      const priced = this.price(alive, null, goal.scale);
      return !this.stopped() && (this.passes(alive, priced) ?? false);
    }
    const smooth = this.relaxation.run(alive, 12);
    const passed = this.passes(alive, smooth);
    if (passed !== null) return passed;
    const priced = this.price(alive, null, at(smooth.multipliers, 0).weights);
    return !this.stopped() && (this.passes(alive, priced) ?? false);
  }

  /** True when closed, false when stopped; null where a node has to be split for which there are no prices. */
  private passes(alive: Uint8Array, relaxed: Relaxed): boolean | null {
    const { goal, field, walkAway, incumbent, step } = this;
    const around = at(relaxed.multipliers, 0);
    const pool = new Pool(this.subject, this.boundsOf([...relaxed.multipliers, ...this.aside(around, true)]));
    this.bound = Math.min(this.bound, pool.boundOf(alive));
    const chosen = improve({ field, goal, walkAway, alive, shares: relaxed.shares, pairs: true, step });
    if (chosen) this.offer(chosen);
    if (this.stopped()) return false;
    if (!incumbent.gains) return this.pass(alive, pool, relaxed, atRoot);
    const top = this.bound;
    let fall = relaxed.basis ? (top - goalValue(goal, incumbent.gains)) * firstShare : 0;
    let costBefore = 0;
    for (let logChoices = firstLogChoices; ; logChoices += furtherLogChoices) {
      this.target = Number.NEGATIVE_INFINITY;
      pool.ask(this.asked());
      const share = shareOf(pool, alive, logChoices);
      if (share >= 1) break;
      const reached = goalValue(goal, incumbent.gains);
      const target = Math.min(top - (top - reached) * share, this.bound - fall);
      if (!(target > reached)) break;
      this.target = target;
      const started = this.budget.nodes;
      const passed = this.pass(alive, pool, relaxed, atRoot);
      if (!passed) return passed;
      if (goalValue(goal, incumbent.gains) > target) return true;
      // What has to be split costs by how far the target falls, no longer by how many choices the lead leaves.
      const cost = this.budget.nodes - started;
      fall *= furtherFall(cost, costBefore);
      costBefore = cost;
      this.bound = target;
    }
    this.target = Number.NEGATIVE_INFINITY;
    return this.pass(alive, pool, relaxed, atRoot);
  }

  /** The relaxation as a linear program. */
  private price(alive: Uint8Array, from: Basis | null, weights: Float64Array): Relaxed {
    const { field, goal, walkAway } = this;
    this.linked ??= new LinkedRelaxation(field, goal, walkAway, sizes(field));
    return this.linked.run(alive, from, weights, this.step);
  }

  /** Climbs from the best values where the points of all parties count alike: any outcome may do. */
  private guess(alive: Uint8Array): void {
    const { field, goal, walkAway, step } = this;
    const weights = sizes(field).map((size) => 1 / size);
    const shares = boundWeights(field, plainMultipliers(field, weights)).ofValue;
    const chosen = improve({ field, goal, walkAway, alive, shares, pairs: false, step });
    if (chosen) this.offer(chosen);
  }

  /** Whether the best values by the goal's own weights settle it: then nothing has to be searched. */
  private plain(alive: Uint8Array): boolean {
    const { field, goal, walkAway, subject, step } = this;
    const bound = boundWeights(field, plainMultipliers(field, goal.scale));
    const chosen = improve({ field, goal, walkAway, alive, shares: bound.ofValue, pairs: false, step });
    if (chosen) this.offer(chosen);
    const pool = new Pool(subject, [bound]);
    pool.ask(this.asked());
    return !this.fix(alive.slice(), pool);
  }

  private outcomes(alive: Uint8Array): number {
    const { first } = this.field;
    let product = 1;
    for (let k = 0; k + 1 < first.length; k++) {
      let left = 0;
      for (let v = at(first, k); v < at(first, k + 1); v++) left += at(alive, v);
      product *= left;
    }
    return product;
  }

  private pass(alive: Uint8Array, pool: Pool, relaxed: Relaxed, effort: Effort): boolean | null {
    const all = this.withTangent(pool, at(relaxed.multipliers, 0));
    all.ask(this.asked());
    const left = alive.slice();
    if (!this.fix(left, all)) return true;
    const met = this.meet(left, all, relaxed.basis ? whenPriced : effort);
    if (met !== null) return met;
    return this.priceable && !relaxed.basis ? null : this.split(left, all, relaxed);
  }

  /** A node below the root; false where the search ended before it was closed. */
  private node(alive: Uint8Array, inherited: Pool, from: Basis | null): boolean {
    const { field, goal, walkAway, step } = this;
    if (!step(field.variableOf.length)) return false;
    const relaxed = from
      ? this.price(alive, from, at(inherited.bounds, 0).weights)
      : this.relaxation.run(alive, 3);
    const around = at(relaxed.multipliers, 0);
    const own = this.boundsOf([...relaxed.multipliers, ...this.aside(around, false)]);
    const pool = new Pool(this.subject, [...own, ...inherited.own].slice(0, poolSize));
    const chosen = improve({ field, goal, walkAway, alive, shares: relaxed.shares, pairs: false, step });
    if (chosen) this.offer(chosen);
    return !this.stopped() && (this.pass(alive, pool, relaxed, belowRoot) ?? false);
  }

  /** The bounds of these multipliers; of the first one alone where the search is to stop. */
  private boundsOf([first, ...others]: readonly Multipliers[]): BoundWeights[] {
    const { field } = this;
    const work = (field.units.length + 20 * field.blocks.length) / 200;
    const bounds = [boundWeights(field, first as Multipliers)];
    for (const one of others) {
      if (!this.step(work)) break;
      bounds.push(boundWeights(field, one));
    }
    return bounds;
  }

  /**
   * Weights a little aside of the best. Together they bound what a single vector cannot: a branch in which
   * one party is short already.
   */
  private aside(multipliers: Multipliers, root: boolean): Multipliers[] {
    const { weights } = multipliers;
    if (this.goal.kind === "linear" || this.goal.kind === "lowering") return [];
    const random = randomNumbers();
    return Array.from({ length: root ? asideAtRoot : asideBelow }, (_, k) => ({
      ...multipliers,
      weights: weights.map(
        (weight) =>
          weight * Math.exp(at(spreads, k % spreads.length) * (random() + random() + random() - 1.5)),
      ),
    }));
  }

  /** Adds the weights that are best at the incumbent itself: the tangent of a product. */
  private withTangent(pool: Pool, around: Multipliers): Pool {
    const { goal, field, incumbent } = this;
    const { gains } = incumbent;
    if (goal.kind !== "product" || !gains) return pool;
    const weights = gains.map((gain, p) => (goal.counted[p] ? 1 / gain : at(around.weights, p)));
    return new Pool(this.subject, [...pool.own, boundWeights(field, { ...around, weights })]);
  }

  private asked(): Asked {
    return { incumbent: this.incumbent.gains, value: this.target };
  }

  /** Takes out values that cannot be in a better outcome; false where nothing is left. */
  private fix(alive: Uint8Array, pool: Pool): boolean {
    const { field } = this;
    for (;;) {
      const changed = pool.fix(alive);
      if (changed === null) return false;
      if (!changed) return true;
      if (!propagate(field, alive)) return false;
    }
  }

  /** True when closed, false when stopped, null when it takes too long. */
  private meet(alive: Uint8Array, pool: Pool, effort: Effort): boolean | null {
    return meet({
      field: this.field,
      alive,
      pool,
      effort,
      step: this.step,
      visit: (chosen) => {
        if (this.offer(chosen)) pool.ask(this.asked());
        return !this.stopped();
      },
    });
  }

  /** Splits on the variable whose shares are most even, the likeliest value first. */
  private split(alive: Uint8Array, pool: Pool, { shares, basis }: Relaxed): boolean {
    const { field } = this;
    let branch = -1;
    let most = -1;
    for (let k = 0; k + 1 < field.first.length; k++) {
      let left = 0;
      let squares = 0;
      for (let v = at(field.first, k); v < at(field.first, k + 1); v++) {
        if (!alive[v]) continue;
        left++;
        squares += at(shares, v) ** 2;
      }
      if (left > 1 && 1 - squares > most) [branch, most] = [k, 1 - squares];
    }
    const values: number[] = [];
    for (let v = at(field.first, branch); v < at(field.first, branch + 1); v++) if (alive[v]) values.push(v);
    values.sort((a, b) => at(shares, b) - at(shares, a));
    for (const value of values) {
      const child = alive.slice();
      for (const other of values) if (other !== value) child[other] = 0;
      pool.ask(this.asked());
      if (!propagate(field, child) || !this.fix(child, pool)) continue;
      if (!this.node(child, pool, basis ?? null)) return false;
    }
    return true;
  }

  /** Weighs a whole choice of values; true where it becomes the incumbent. */
  private offer(chosen: Int32Array): boolean {
    const gains = gainsOf(this.field, this.walkAway, chosen, this.gains);
    if (!keepsLinkages(this.field, chosen) || !meetsFloor(this.goal, gains)) return false;
    if (this.options.firstOnly) this.found = chosen;
    return this.incumbent.offer(gains, chosen);
  }
}

/** The same numbers from 0 to 1 in each run (a linear congruential generator). */
function randomNumbers(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The share of the slack that leaves so many choices to a pool: at most 1. */
function shareOf(pool: Pool, alive: Uint8Array, logChoices: number): number {
  if (pool.logChoices(alive, 1) <= logChoices) return 1;
  let low = 0;
  let high = 1;
  for (let round = 0; round < 12; round++) {
    const middle = (low + high) / 2;
    if (pool.logChoices(alive, middle) <= logChoices) low = middle;
    else high = middle;
  }
  return low;
}

/** How many times as far the target falls next: costs grow by the same factor for each fall alike. */
function furtherFall(cost: number, costBefore: number): number {
  const growth = costBefore > 0 ? cost / costBefore : 1;
  return Math.max(1 / 2, Math.min(2, Math.log(furtherCost) / Math.log(Math.max(growth, 1.1))));
}
