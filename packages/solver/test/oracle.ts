/**
 * Brute force, written apart from the solver: every outcome listed, decimals as BigInt over one denominator,
 * every rule by direct comparison of all outcomes. The judge in every property test.
 */
import type { Interaction, OptionRef, Problem, ProblemIssue, SolutionName } from "@parley/solver";

/** Utilities and gains in units of 10^-places. */
export interface OracleOutcome {
  readonly chosen: ReadonlyMap<string, string>;
  readonly utilities: readonly bigint[];
  readonly gains: readonly bigint[];
}

export interface Oracle {
  readonly places: number;
  readonly all: readonly OracleOutcome[];
}

function parts(value: number): [bigint, number] {
  const [mantissa, power] = value.toString().split("e");
  const [whole, fraction = ""] = mantissa!.split(".");
  return [BigInt(whole! + fraction), fraction.length - Number(power ?? 0)];
}

export function units(value: number, places: number): bigint {
  const [digits, decimals] = parts(value);
  if (decimals > places) throw new Error(`${value} has more than ${places} decimals`);
  return digits * 10n ** BigInt(places - decimals);
}

function numbersOf(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(numbersOf);
}

const known = new WeakMap<Problem, Oracle>();

export function oracleOf(problem: Problem): Oracle {
  let oracle = known.get(problem);
  if (!oracle) {
    oracle = listAll(problem);
    known.set(problem, oracle);
  }
  return oracle;
}

function listAll(problem: Problem): Oracle {
  const places = Math.max(0, ...numbersOf(problem).map((value) => parts(value)[1]));
  const all = assignments(problem.issues)
    .filter((chosen) => feasible(problem, chosen))
    .map((chosen) => {
      const utilities = problem.parties.map(({ id }) => utility(problem, id, chosen, places));
      const gains = utilities.map((u, p) => u - units(problem.parties[p]!.walkAway, places));
      return { chosen, utilities, gains };
    });
  return { places, all };
}

function assignments(issues: readonly ProblemIssue[]): Map<string, string>[] {
  let all: Map<string, string>[] = [new Map()];
  for (const issue of issues) {
    const own = issue.options.flatMap((option) =>
      assignments(option.issues ?? []).map((inner) => new Map([[issue.id, option.id], ...inner])),
    );
    all = all.flatMap((one) => own.map((other) => new Map([...one, ...other])));
  }
  return all;
}

function has(chosen: ReadonlyMap<string, string>, [issue, option]: OptionRef): boolean {
  return chosen.get(issue) === option;
}

export function feasible(problem: Problem, chosen: ReadonlyMap<string, string>): boolean {
  const red = Object.values(problem.redLines ?? {}).flat();
  return (
    red.every((ref) => !has(chosen, ref)) &&
    (problem.excludes ?? []).every(([one, other]) => !(has(chosen, one) && has(chosen, other))) &&
    (problem.requires ?? []).every(([one, other]) => !has(chosen, one) || has(chosen, other))
  );
}

function utility(
  problem: Problem,
  party: string,
  chosen: ReadonlyMap<string, string>,
  places: number,
): bigint {
  let sum = 0n;
  for (const [issue, option] of chosen) sum += units(problem.scores[party]?.[issue]?.[option] ?? 0, places);
  const paid = (one: Interaction): boolean =>
    one.party === party && one.when.every(([issue, options]) => options.includes(chosen.get(issue) ?? ""));
  for (const one of problem.interactions ?? []) if (paid(one)) sum += units(one.points, places);
  return sum;
}

function covers(one: readonly bigint[], other: readonly bigint[]): boolean {
  return one.every((value, p) => value >= other[p]!);
}

/** The efficient utility vectors, best for the first party first. */
export function oracleFrontier({ all }: Oracle, zone = false): bigint[][] {
  const pool = zone ? all.filter((one) => one.gains.every((gain) => gain >= 0n)) : all;
  const distinct = [...new Map(pool.map((one) => [one.utilities.join(), one.utilities])).values()];
  return distinct
    .filter((one) => !distinct.some((other) => other !== one && covers(other, one)))
    .map((one) => [...one])
    .sort((one, other) => -lexicographic(one, other));
}

type Order = (one: readonly bigint[], other: readonly bigint[]) => number;

const sign = (value: bigint): number => (value > 0n ? 1 : value < 0n ? -1 : 0);
export const sum = (values: readonly bigint[]): bigint => values.reduce((all, value) => all + value, 0n);
const ascending = (values: readonly bigint[]): bigint[] => [...values].sort((a, b) => sign(a - b));
const lexicographic: Order = (one, other) => {
  for (const [p, value] of one.entries()) if (value !== other[p]) return sign(value - other[p]!);
  return 0;
};
const bySum: Order = (one, other) => sign(sum(one) - sum(other));
const byLeximin: Order = (one, other) => lexicographic(ascending(one), ascending(other));
const byProduct: Order = (one, other) => {
  const [a, b] = [one, other].map((gains) => gains.filter((gain) => gain > 0n));
  if (a!.length !== b!.length) return a!.length - b!.length;
  return sign(a!.reduce((all, gain) => all * gain, 1n) - b!.reduce((all, gain) => all * gain, 1n));
};

function byRatios(ideals: readonly bigint[]): Order {
  const common = ideals.reduce((all, ideal) => (ideal > 0n ? all * ideal : all), 1n);
  const ratios = (gains: readonly bigint[]): bigint[] =>
    gains.flatMap((gain, p) => (ideals[p]! > 0n ? [(gain * common) / ideals[p]!] : []));
  return (one, other) => byLeximin(ratios(one), ratios(other));
}

function chainOf(name: SolutionName, ideals: readonly bigint[]): Order[] {
  switch (name) {
    case "nash":
      return [byProduct];
    case "utilitarian":
      return [bySum, byProduct, byLeximin];
    case "egalitarian":
      return [byLeximin, bySum];
    case "kalai-smorodinsky":
      return [byRatios(ideals), byProduct];
  }
}

function best(
  pool: readonly OracleOutcome[],
  orders: readonly Order[],
): { gains: readonly bigint[]; tied: boolean } {
  let left = pool.map((one) => one.gains);
  for (const order of orders) {
    const top = left.reduce((most, one) => (order(one, most) > 0 ? one : most));
    left = left.filter((one) => order(one, top) === 0);
  }
  const top = left.reduce((most, one) => (lexicographic(one, most) > 0 ? one : most));
  return { gains: top, tied: left.some((one) => lexicographic(one, top) !== 0) };
}

export type OracleVerdict =
  | { status: "optimal"; gains: readonly bigint[]; tied: boolean; ideals: readonly bigint[] }
  | { status: "no-agreement"; gains: readonly bigint[] }
  | { status: "infeasible" };

export function oracleSolution({ all }: Oracle, name: SolutionName): OracleVerdict {
  if (all.length === 0) return { status: "infeasible" };
  const zone = all.filter((one) => one.gains.every((gain) => gain >= 0n));
  if (zone.length === 0) {
    const lack = (gains: readonly bigint[]): bigint => sum(gains.map((gain) => (gain < 0n ? -gain : 0n)));
    const byLack: Order = (one, other) => sign(lack(other) - lack(one));
    return { status: "no-agreement", gains: best(all, [byLack, bySum, byProduct, byLeximin]).gains };
  }
  const ideals = zone[0]!.gains.map((_, p) =>
    zone.reduce((most, { gains }) => (gains[p]! > most ? gains[p]! : most), 0n),
  );
  return { status: "optimal", ...best(zone, chainOf(name, ideals)), ideals };
}
