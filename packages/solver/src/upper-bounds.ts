/**
 * The most that each party could have by itself: the best option of every issue down the tree, linkages
 * ignored, with every interaction that pays. No outcome gives more.
 */
import { type Allowed, at, type Model } from "./model.ts";

/** In units, by party. Minus infinity where a root issue has no option left. */
export function upperBounds(model: Model, allowed: Allowed): Float64Array {
  return extremes(model, allowed, 1);
}

/** The least that each party could have by itself. Plus infinity where a root issue has no option left. */
export function lowerBounds(model: Model, allowed: Allowed): Float64Array {
  return extremes(model, allowed, -1);
}

function extremes(model: Model, allowed: Allowed, sign: 1 | -1): Float64Array {
  const n = model.partyIds.length;
  const sum = Float64Array.from(model.base);
  for (let p = 0; p < n; p++) {
    const best = (issue: number): number =>
      at(model.issues, issue).options.reduce(
        (most, option) => (allowed[option] ? Math.max(most, worth(option)) : most),
        Number.NEGATIVE_INFINITY,
      );
    const worth = (option: number): number =>
      at(model.options, option).inner.reduce(
        (total, issue) => total + best(issue),
        sign * at(model.scores, option * n + p),
      );
    let total = model.roots.reduce((all, issue) => all + best(issue), 0);
    for (const { party, units } of model.interactions) if (party === p) total += Math.max(0, sign * units);
    sum[p] = at(sum, p) + sign * total;
  }
  return sum;
}
