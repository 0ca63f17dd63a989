/** Every outcome of an additive problem, one after the other: what a plain loop costs. */
import type { Problem } from "@parley/solver";

/** The number of efficient utility vectors; sums of floats, as such a loop would have them. */
export function countEfficient(problem: Problem): number {
  const n = problem.parties.length;
  const tables = problem.issues.map(({ id, options }) =>
    options.map((option) =>
      Float64Array.from(problem.parties, (party) => problem.scores[party.id]?.[id]?.[option.id] ?? 0),
    ),
  );
  const count = tables.reduce((all, options) => all * options.length, 1);
  const values = new Float64Array(count * n);
  const sums = new Float64Array(count);
  for (let outcome = 0; outcome < count; outcome++) {
    let rest = outcome;
    for (const options of tables) {
      const points = options[rest % options.length] as Float64Array;
      rest = Math.floor(rest / options.length);
      for (let p = 0; p < n; p++) {
        values[outcome * n + p] = (values[outcome * n + p] as number) + (points[p] as number);
        sums[outcome] = (sums[outcome] as number) + (points[p] as number);
      }
    }
  }
  // A vector can only be covered by one with a larger sum.
  const order = Uint32Array.from(sums.keys()).sort((a, b) => (sums[b] as number) - (sums[a] as number));
  const kept: number[] = [];
  for (const outcome of order) {
    const covered = kept.some((other) => {
      let p = 0;
      while (p < n && (values[other * n + p] as number) >= (values[outcome * n + p] as number)) p++;
      return p === n;
    });
    if (!covered) kept.push(outcome);
  }
  return kept.length;
}
