/** Random small problems of every kind that the format allows, from a seed. */
import type { Interaction, Linkage, OptionRef, Problem, ProblemIssue } from "@parley/solver";

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Shape {
  readonly parties?: number;
  readonly issues?: number;
  readonly options?: number;
  /** At most so many outcomes. */
  readonly outcomes?: number;
  readonly nested?: boolean;
  readonly linked?: boolean;
  readonly interactions?: boolean;
  readonly redLines?: boolean;
  /** `large`: products of which no double holds. */
  readonly points?: "integers" | "few" | "decimals" | "large";
  /** How hard the walk-away values are to reach, from 0 (all easy) to 1. */
  readonly hardness?: number;
}

/** Every kind in turn, by the seed alone. */
export function randomProblem(seed: number, shape: Shape = {}): Problem {
  const random = randomOf(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const chance = (share: number, fixed: boolean | undefined): boolean => fixed ?? random() < share;
  const n = shape.parties ?? 1 + below(4);
  const parties = Array.from({ length: n }, (_, p) => `p${p}`);
  const kind = shape.points ?? (["integers", "few", "decimals"] as const)[below(3)]!;
  const points = (): number => pointsOf(kind, random);
  const nested = chance(0.4, shape.nested);
  let count = 0;
  // So many outcomes brute force can take.
  const largest = shape.outcomes ?? 300;
  const issue = (depth: number): ProblemIssue => ({
    id: `i${count++}`,
    options: Array.from({ length: 1 + below(shape.options ?? 4) }, (_, o) => ({
      id: `o${o}`,
      ...(nested && depth < 2 && random() < 0.25
        ? { issues: Array.from({ length: 1 + below(2) }, () => issue(depth + 1)) }
        : {}),
    })),
  });
  const issues: ProblemIssue[] = [];
  const wanted = shape.issues ?? 1 + below(5);
  for (let tries = 0; issues.length < wanted && tries < 40; tries++) {
    const one = issue(0);
    if (countOutcomes([...issues, one]) <= largest) issues.push(one);
  }
  const every = listOptions(issues);
  const ref = (): OptionRef => every[below(every.length)]!;
  const some = <T>(most: number, make: () => T): T[] => Array.from({ length: below(most + 1) }, make);
  const scores = Object.fromEntries(parties.map((party) => [party, scoresOf(every, points, random)]));
  const linked = chance(0.5, shape.linked);
  const hardness = shape.hardness ?? random() * 0.8;
  return {
    format: "parley-problem/1",
    name: `random ${seed}`,
    parties: parties.map((id) => ({
      id,
      walkAway:
        random() < hardness
          ? kind === "decimals"
            ? points()
            : points() * 1.5
          : -pointsOf("few", random) * 3,
    })),
    issues,
    scores,
    ...(chance(0.3, shape.redLines)
      ? {
          redLines: Object.fromEntries(
            parties.filter(() => random() < 0.5).map((party) => [party, some(3, ref)]),
          ),
        }
      : {}),
    ...(linked
      ? { excludes: some(6, (): Linkage => [ref(), ref()]), requires: some(3, (): Linkage => [ref(), ref()]) }
      : {}),
    ...(chance(0.4, shape.interactions)
      ? { interactions: some(5, () => interactionOf(parties, issues, points, random)) }
      : {}),
  };
}

function countOutcomes(issues: readonly ProblemIssue[]): number {
  return issues.reduce(
    (all, issue) => all * issue.options.reduce((sum, option) => sum + countOutcomes(option.issues ?? []), 0),
    1,
  );
}

function pointsOf(kind: NonNullable<Shape["points"]>, random: () => number): number {
  if (kind === "large") return Math.floor(random() * 3) * 1e12 + Math.floor(random() * 4) - 1e11;
  if (kind === "few") return Math.floor(random() * 4) - 1;
  if (kind === "integers") return Math.floor(random() * 60) - 15;
  return [0.1, 0.2, 0.3, 0.3000001, -0.1, 1.25, 0, 0.7, 2.5e-7][Math.floor(random() * 9)]!;
}

function scoresOf(every: readonly OptionRef[], points: () => number, random: () => number) {
  const scores: Record<string, Record<string, number>> = {};
  for (const [issue, option] of every) {
    if (random() < 0.15) continue;
    scores[issue] ??= {};
    scores[issue][option] = points();
  }
  return scores;
}

function interactionOf(
  parties: readonly string[],
  issues: readonly ProblemIssue[],
  points: () => number,
  random: () => number,
): Interaction {
  const all = flatten(issues)
    .filter(() => random() < 0.4)
    .slice(0, 3);
  return {
    party: parties[Math.floor(random() * parties.length)]!,
    when: all.map((issue) => {
      const some = issue.options.map((option) => option.id).filter(() => random() < 0.6);
      return [issue.id, some.length > 0 ? some : [issue.options[0]!.id]] as const;
    }),
    points: points(),
  };
}

export function flatten(issues: readonly ProblemIssue[]): ProblemIssue[] {
  return issues.flatMap((issue) => [
    issue,
    ...issue.options.flatMap((option) => flatten(option.issues ?? [])),
  ]);
}

function listOptions(issues: readonly ProblemIssue[]): OptionRef[] {
  return flatten(issues).flatMap((issue) => issue.options.map((option) => [issue.id, option.id] as const));
}

export interface LargeShape {
  readonly parties: number;
  readonly issues: number;
  readonly options: number;
  readonly seed: number;
  /** Forbidden pairs of options. */
  readonly pairs?: number;
}

/** Additive points with six decimals, far beyond brute force. */
export function largeProblem({ parties: n, issues: m, options: k, seed, pairs = 0 }: LargeShape): Problem {
  const random = randomOf(seed);
  const ids = (letter: string, count: number): string[] =>
    Array.from({ length: count }, (_, i) => `${letter}${i}`);
  const points = (): number => Number(random().toFixed(6));
  const ref = (): OptionRef => [`i${Math.floor(random() * m)}`, `o${Math.floor(random() * k)}`];
  return {
    format: "parley-problem/1",
    name: `large ${n} x ${m} x ${k}, seed ${seed}`,
    parties: ids("p", n).map((id) => ({ id, walkAway: 0 })),
    issues: ids("i", m).map((id) => ({ id, options: ids("o", k).map((option) => ({ id: option })) })),
    scores: Object.fromEntries(
      ids("p", n).map((party) => [
        party,
        Object.fromEntries(
          ids("i", m).map((id) => [id, Object.fromEntries(ids("o", k).map((option) => [option, points()]))]),
        ),
      ]),
    ),
    ...(pairs > 0 ? { excludes: Array.from({ length: pairs }, (): Linkage => [ref(), ref()]) } : {}),
  };
}

export interface BoxShape {
  readonly issues: number;
  readonly options: number;
  /** Of both parties together. */
  readonly boxes: number;
  readonly seed: number;
  /** Also values that are no interval, points below zero and points of single options. */
  readonly gaps?: boolean;
}

/** Two parties whose points come in hyper-rectangles of one to four issues. */
export function boxProblem({ issues: m, options: k, boxes, seed, gaps = false }: BoxShape): Problem {
  const random = randomOf(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const options = Array.from({ length: k }, (_, o) => `o${o}`);
  const between = (): string[] => {
    const from = random() < 0.5 ? 0 : below(k);
    const some = options.slice(from, Math.min(k, from + Math.ceil(k / 2) + below(Math.ceil(k / 2))));
    return gaps && random() < 0.3 ? options.filter((one) => !some.includes(one) || one === some[0]) : some;
  };
  const parties = ["p0", "p1"];
  return {
    format: "parley-problem/1",
    name: `boxes ${m} x ${k}, ${boxes}, seed ${seed}`,
    parties: parties.map((id) => ({ id, walkAway: below(20) })),
    issues: Array.from({ length: m }, (_, i) => ({ id: `i${i}`, options: options.map((id) => ({ id })) })),
    scores: gaps
      ? Object.fromEntries(
          parties.map((id) => [id, { i0: Object.fromEntries(options.map((one) => [one, below(30) - 10])) }]),
        )
      : {},
    interactions: Array.from({ length: boxes }, (_, b) => ({
      party: parties[b % 2]!,
      when: [...new Set(Array.from({ length: 1 + below(4) }, () => below(m)))].map(
        (issue) => [`i${issue}`, between()] as const,
      ),
      points: gaps && random() < 0.25 ? -1 - below(40) : 1 + below(100),
    })),
  };
}
