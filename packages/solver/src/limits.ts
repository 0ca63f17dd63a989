/** What a caller may limit, and the one place that asks whether a limit is reached. */

export interface Progress {
  /** What is being computed, such as `nash` or `frontier`. */
  readonly phase: string;
  /** Steps of the search so far, over all phases. */
  readonly nodes: number;
}

export interface Limits {
  /** A clock in milliseconds; needed by `timeLimitMs`. */
  readonly now?: () => number;
  /** For the whole call. */
  readonly timeLimitMs?: number;
  /** Steps of the search, for the whole call: a limit that gives the same answer on every machine. */
  readonly maxNodes?: number;
  /** Looked at every few thousand steps; an AbortSignal will do. */
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

/** Steps between two looks at clock and signal. */
const stride = 1024;

/** Counts steps and says, once and for good, that a limit is reached. */
export class Budget {
  nodes = 0;
  /** True from the moment that a limit was reached. */
  exhausted = false;
  private readonly limits: Limits;
  private readonly deadline: number;
  private phase = "";
  private nextLook = stride;

  constructor(limits: Limits) {
    if (limits.timeLimitMs !== undefined && !limits.now) {
      throw new TypeError("timeLimitMs needs a clock: pass now");
    }
    this.limits = limits;
    this.deadline = (limits.now?.() ?? 0) + (limits.timeLimitMs ?? Number.POSITIVE_INFINITY);
  }

  begin(phase: string): void {
    this.phase = phase;
    this.look();
  }

  /** Counts one step (or `weight` of them); false when the search must stop. */
  step(weight = 1): boolean {
    this.nodes += weight;
    if (this.nodes >= this.nextLook) this.look();
    return !this.exhausted;
  }

  private look(): void {
    this.nextLook = Math.min(this.nodes + stride, this.limits.maxNodes ?? Number.POSITIVE_INFINITY);
    const { now, maxNodes, signal, onProgress } = this.limits;
    if (this.nodes >= (maxNodes ?? Number.POSITIVE_INFINITY)) this.exhausted = true;
    if (signal?.aborted) this.exhausted = true;
    if (now && now() >= this.deadline) this.exhausted = true;
    onProgress?.({ phase: this.phase, nodes: this.nodes });
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
