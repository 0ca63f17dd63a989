/** The problems that the solver is measured on: random, the same for the same seed, each kind of any size. */
import type { Interaction, Linkage, Problem } from "@parley/solver";

export interface AdditiveShape {
  readonly parties: number;
  /** The number of options of each issue. */
  readonly options: readonly number[];
  readonly seed: number;
  /** Forbidden pairs of options, drawn from the whole problem. */
  readonly pairs?: number;
  /** The share of pairs of issues that constraints join, each by forbidding a tenth of its pairs of options. */
  readonly density?: number;
}

type Random = () => number;

/** Mulberry32. */
function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const ids = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, k) => `${letter}${k}`);

/** As many issues with as many options each. */
export function even(issues: number, options: number): readonly number[] {
  return new Array<number>(issues).fill(options);
}

/** Points from 0 to 1 with six decimals. */
export function additiveProblem({ parties, options, seed, pairs = 0, density = 0 }: AdditiveShape): Problem {
  const random = randomOf(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const option = (issue: number): [string, string] => [`i${issue}`, `o${below(options[issue] ?? 1)}`];
  const issues = options.map((count, i) => ({ id: `i${i}`, options: ids("o", count).map((id) => ({ id })) }));
  const scores = Object.fromEntries(
    ids("p", parties).map((party) => [
      party,
      Object.fromEntries(
        issues.map(({ id, options: own }) => [
          id,
          Object.fromEntries(own.map((one) => [one.id, Number(random().toFixed(6))])),
        ]),
      ),
    ]),
  );
  const excludes = Array.from(
    { length: pairs },
    (): Linkage => [option(below(options.length)), option(below(options.length))],
  );
  for (let one = 0; one < options.length; one++) {
    for (let other = 0; other < one; other++) {
      if (random() >= density) continue;
      const count = Math.ceil(((options[one] ?? 1) * (options[other] ?? 1)) / 10);
      for (let k = 0; k < count; k++) excludes.push([option(one), option(other)]);
    }
  }
  return {
    format: "parley-problem/1",
    name: `${parties} parties, ${options.length} issues, seed ${seed}`,
    parties: ids("p", parties).map((id) => ({ id, walkAway: 0 })),
    issues,
    scores,
    // A pair may be drawn twice; a problem names it once.
    excludes: [...new Map(excludes.map((pair) => [JSON.stringify(pair), pair])).values()],
  };
}

/**
 * Hyper-rectangles in the manner of the competition of 2014: two boxes an issue for each of the parties, over
 * one to four issues of ten values, most of them wide, worth 1 to 100.
 */
export function boxedProblem(issues: number, seed: number, parties = 2): Problem {
  const random = randomOf(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const values = ids("o", 10);
  const box = (party: string): Interaction => ({
    party,
    when: [...new Set(Array.from({ length: 1 + below(4) }, () => below(issues)))].map((issue) => {
      const from = random() < 0.5 ? 0 : below(10);
      return [`i${issue}`, values.slice(from, from + 6 + below(4))] as const;
    }),
    points: 1 + below(100),
  });
  return {
    format: "parley-problem/1",
    name: `hyper-rectangles over ${issues} issues, seed ${seed}`,
    parties: ids("p", parties).map((id) => ({ id, walkAway: 0 })),
    issues: ids("i", issues).map((id) => ({ id, options: values.map((value) => ({ id: value })) })),
    scores: {},
    interactions: ids("p", parties).flatMap((party) => Array.from({ length: 2 * issues }, () => box(party))),
  };
}
