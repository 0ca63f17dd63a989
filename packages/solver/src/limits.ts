/** What a caller may limit, and the one place that asks whether a limit is reached. */

export interface Progress {
  /** What is being computed, such as `nash` or `frontier`. */
  readonly phase: string;
  /** Steps of the search so far, over all phases. */
  readonly nodes: number;
  /** The best value so far of a package, measured as in its answer; null where there is none, or no package is sought. */
  readonly value: number | null;
  /** No package has a larger value; null where none is sought. */
  readonly bound: number | null;
  /** (bound - value) / bound, or the epsilon that is certified of a frontier by now; null where not known. */
  readonly gap: number | null;
}

/** How far a search is: the best number known, and what none exceeds. */
export interface Standing {
  readonly value: number | null;
  readonly bound: number;
}

/** What is sought, and how to say how far that is. */
export interface Measure {
  /** What one of the search's numbers is worth in the answer's. */
  readonly unit: number;
  /** In the answer's numbers: known from the start. */
  readonly bound: number;
}

/** (bound - value) / bound, 0 where the bound is 0. */
export function gapOf(value: number, bound: number): number {
  return bound === 0 ? 0 : (bound - value) / bound;
}

export interface Limits {
  /** A clock in milliseconds; needed by `timeLimitMs`. */
  readonly now?: () => number;
  /** For the whole call. */
  readonly timeLimitMs?: number;
  /** Steps of the search, for the whole call: a limit that gives the same answer on every machine. */
  readonly maxNodes?: number;
  /** Looked at every thousand steps; an AbortSignal will do. */
  readonly signal?: { readonly aborted: boolean };
  readonly onProgress?: (progress: Progress) => void;
}

/** The same limits, with a share of the time and of the steps. */
export function limitsShare<T extends Limits>(limits: T, share: number): T {
  const { timeLimitMs, maxNodes } = limits;
  return {
    ...limits,
    ...(timeLimitMs === undefined ? {} : { timeLimitMs: timeLimitMs * share }),
    ...(maxNodes === undefined ? {} : { maxNodes: Math.floor(maxNodes * share) }),
  };
}

/** Steps between two looks at clock and signal: about a thousandth of a second. */
const stride = 1024;

/**
 * Counts steps and says, once and for good, that a limit is reached. A step is about a microsecond's work; what
 * takes longer counts for as many, so that whoever asks to stop waits for a moment only.
 */
export class Budget {
  /** How far the search of this phase is; for whoever listens to progress. */
  standing: (() => Standing) | null = null;
  /** The epsilon that is certified of a frontier by now. */
  epsilon: number | null = null;
  /** True from the moment that a limit was reached, of the whole or of the part at work. */
  exhausted: boolean = false;
  private readonly limits: Limits;
  private deadline: number;
  private mostSteps: number;
  private steps = 0;
  private phase = "";
  private measure: Measure | null = null;
  private nextLook = stride;

  constructor(limits: Limits) {
    if (limits.timeLimitMs !== undefined && !limits.now) {
      throw new TypeError("timeLimitMs needs a clock: pass now");
    }
    this.limits = limits;
    this.deadline = (limits.now?.() ?? 0) + (limits.timeLimitMs ?? Number.POSITIVE_INFINITY);
    this.mostSteps = limits.maxNodes ?? Number.POSITIVE_INFINITY;
  }

  /** Steps so far. */
  get nodes(): number {
    return Math.ceil(this.steps);
  }

  /** @param measure Where a package is sought. */
  begin(phase: string, measure: Measure | null = null): void {
    this.phase = phase;
    this.measure = measure;
    this.standing = null;
    this.look();
  }

  /** Does work with a share of the time and steps that are left; what it leaves is there for what follows. */
  within<T>(share: number, work: () => T): T {
    const { deadline, mostSteps } = this;
    const time = this.limits.now?.() ?? 0;
    this.deadline = time + (deadline - time) * share;
    this.mostSteps = this.steps + (mostSteps - this.steps) * share;
    this.look();
    const result = work();
    this.deadline = deadline;
    this.mostSteps = mostSteps;
    this.exhausted = false;
    this.look();
    return result;
  }

  /** Counts one step (or `weight` of them); false when the search must stop. */
  step(weight = 1): boolean {
    this.steps += weight;
    if (this.steps >= this.nextLook) this.look();
    return !this.exhausted;
  }

  private look(): void {
    this.nextLook = Math.min(this.steps + stride, this.mostSteps);
    const { now, signal, onProgress } = this.limits;
    if (this.steps >= this.mostSteps) this.exhausted = true;
    if (signal?.aborted) this.exhausted = true;
    if (now && now() >= this.deadline) this.exhausted = true;
    onProgress?.(this.progress());
  }

  private progress(): Progress {
    const { phase, nodes, measure } = this;
    if (!measure) return { phase, nodes, value: null, bound: null, gap: this.epsilon };
    const standing = this.standing?.();
    const value = standing?.value == null ? null : standing.value * measure.unit;
    const proven = standing ? Math.min(measure.bound, standing.bound * measure.unit) : measure.bound;
    const bound = Math.max(proven, value ?? proven);
    return { phase, nodes, value, bound, gap: value === null ? null : gapOf(value, bound) };
  }
}

/**
 * What one merge of fronts may take, and how much of each party's units it may miss: a vector may be left
 * out where one that is kept has as much less the slack. Zero is exact.
 */
export interface MergeLimits {
  readonly budget: Budget;
  readonly slack: Float64Array;
}
