/**
 * A problem as a network: what is free of linkages and interactions is a plain tree; the rest is variables
 * with values, pairs of values that exclude each other, and bonuses.
 *
 * An issue is bound when a linkage or an interaction names it, or names an issue inside one of its options.
 * Each bound issue becomes a variable; inside an option it has one more value, "absent". `requires`, `excludes`
 * and "exists only inside that option" all become pairs of values that exclude each other. Issues that are
 * not bound hang as trees below the value that they belong to, or below the root.
 */
import { type Allowed, at, type Model } from "./model.ts";

export interface NetworkValue {
  /** The option, or -1 for absent. */
  readonly option: number;
  readonly variable: number;
  /** Units for each party: the option's own and those of bonuses on this option alone. */
  readonly units: Float64Array;
  /** Inner issues that are not bound. */
  readonly free: readonly number[];
}

/** Units that a party gets when every variable named has one of the values listed. Two variables or more. */
export interface Bonus {
  readonly party: number;
  readonly units: number;
  readonly when: ReadonlyMap<number, ReadonlySet<number>>;
}

export interface Network {
  /** Root issues that are not bound. */
  readonly free: readonly number[];
  readonly values: readonly NetworkValue[];
  /** The values of each variable. */
  readonly variables: readonly (readonly number[])[];
  /** For each value, the values of other variables that cannot go with it. */
  readonly conflicts: readonly ReadonlySet<number>[];
  readonly bonuses: readonly Bonus[];
}

export function networkOf(model: Model, allowed: Allowed): Network {
  const bound = boundIssues(model);
  const n = model.partyIds.length;
  const values: NetworkValue[] = [];
  const variables: number[][] = [];
  const placeOf = new Map<number, number>();
  const absentOf = new Map<number, number>();
  const variableOf = new Map<number, number>();
  for (const [issue, { options, parent }] of model.issues.entries()) {
    if (!bound[issue]) continue;
    const variable = variables.length;
    const own: number[] = [];
    variables.push(own);
    variableOf.set(issue, variable);
    for (const option of options) {
      if (!allowed[option]) continue;
      const free = at(model.options, option).inner.filter((inner) => !bound[inner]);
      own.push(values.length);
      placeOf.set(option, values.length);
      values.push({ option, variable, units: model.scores.slice(option * n, option * n + n), free });
    }
    if (parent < 0) continue;
    own.push(values.length);
    absentOf.set(issue, values.length);
    values.push({ option: -1, variable, units: new Float64Array(n), free: [] });
  }
  const conflicts = values.map(() => new Set<number>());
  const exclude = (one: number, other: number): void => {
    at(conflicts, one).add(other);
    at(conflicts, other).add(one);
  };
  // A value excludes itself when no outcome can have it.
  const requireOf = (one: number, other: number | undefined, others: readonly number[]): void => {
    for (const value of others) if (value !== other) exclude(one, value);
  };
  for (const [issue, variable] of variableOf) {
    const { parent } = at(model.issues, issue);
    const absent = absentOf.get(issue);
    if (absent === undefined) continue;
    const holder = placeOf.get(parent);
    for (const value of at(variables, at2(variableOf, at(model.options, parent).issue))) {
      if (value === holder) exclude(value, absent);
      else requireOf(value, absent, at(variables, variable));
    }
  }
  for (const [one, other] of model.excludes) {
    const [a, b] = [placeOf.get(one), placeOf.get(other)];
    if (
      a !== undefined &&
      b !== undefined &&
      (a === b || at(values, a).variable !== at(values, b).variable)
    ) {
      exclude(a, b);
    }
  }
  for (const [one, other] of model.requires) {
    const a = placeOf.get(one);
    if (a === undefined || one === other) continue;
    const home = at2(variableOf, at(model.options, other).issue);
    if (home === at(values, a).variable || !placeOf.has(other)) exclude(a, a);
    else requireOf(a, placeOf.get(other), at(variables, home));
  }
  const free = model.roots.filter((issue) => !bound[issue]);
  const bonuses = bonusesOf(model, values, placeOf, variableOf);
  return withoutCoveredValues({ free, values, variables, conflicts, bonuses });
}

function at2(map: ReadonlyMap<number, number>, key: number): number {
  const value = map.get(key);
  if (value === undefined) throw new TypeError("an issue that a linkage names is not bound");
  return value;
}

/** Interactions over values; those on one issue alone are added to that issue's values. */
function bonusesOf(
  model: Model,
  values: readonly NetworkValue[],
  placeOf: ReadonlyMap<number, number>,
  variableOf: ReadonlyMap<number, number>,
): Bonus[] {
  return model.interactions.flatMap(({ party, units, when }) => {
    const named = when.map(({ issue, options }): [number, Set<number>] => [
      at2(variableOf, issue),
      new Set(options.flatMap((option) => placeOf.get(option) ?? [])),
    ]);
    if (named.some(([, options]) => options.size === 0)) return [];
    const [first] = named;
    if (first && named.length === 1) {
      for (const value of first[1])
        at(values, value).units[party] = at(at(values, value).units, party) + units;
      return [];
    }
    return [{ party, units, when: new Map(named) }];
  });
}

/** 1 for issues that a linkage or an interaction names, and for those around them. */
function boundIssues(model: Model): Uint8Array {
  const bound = new Uint8Array(model.issues.length);
  const mark = (issue: number): void => {
    for (let here = issue; here >= 0 && !bound[here]; ) {
      bound[here] = 1;
      const { parent } = at(model.issues, here);
      here = parent < 0 ? -1 : at(model.options, parent).issue;
    }
  };
  for (const [one, other] of [...model.excludes, ...model.requires]) {
    mark(at(model.options, one).issue);
    mark(at(model.options, other).issue);
  }
  for (const { when } of model.interactions) for (const { issue } of when) mark(issue);
  return bound;
}

/** The network cut where nothing joins its variables: each part numbers its own variables and values. */
export function componentsOf(network: Network): Network[] {
  const group = network.variables.map((_, variable) => variable);
  const find = (variable: number): number => {
    let root = variable;
    while (at(group, root) !== root) root = at(group, root);
    group[variable] = root;
    return root;
  };
  const join = (one: number, other: number): void => {
    group[find(one)] = find(other);
  };
  for (const [value, others] of network.conflicts.entries()) {
    for (const other of others) join(at(network.values, value).variable, at(network.values, other).variable);
  }
  for (const { when } of network.bonuses) {
    const [first, ...rest] = when.keys();
    for (const variable of rest) join(first as number, variable);
  }
  const members = new Map<number, number[]>();
  for (const variable of network.variables.keys()) {
    const root = find(variable);
    members.set(root, [...(members.get(root) ?? []), variable]);
  }
  return [...members.values()].map((variables) => partOf(network, variables));
}

/** These variables, with the conflicts and bonuses among them. */
function partOf(network: Network, variables: readonly number[]): Network {
  const variableOf = new Map(variables.map((variable, place) => [variable, place]));
  const old = variables.flatMap((variable) => at(network.variables, variable));
  const placeOf = new Map(old.map((value, place) => [value, place]));
  const renumbered = (values: Iterable<number>): number[] =>
    Array.from(values).flatMap((value) => placeOf.get(value) ?? []);
  return {
    free: [],
    values: old.map((value) => {
      const own = at(network.values, value);
      return { ...own, variable: variableOf.get(own.variable) as number };
    }),
    variables: variables.map((variable) => renumbered(at(network.variables, variable))),
    conflicts: old.map((value) => new Set(renumbered(at(network.conflicts, value)))),
    bonuses: network.bonuses.flatMap(({ when, ...bonus }) => {
      const own = [...when].flatMap(([variable, values]): [number, Set<number>][] => {
        const place = variableOf.get(variable);
        return place === undefined ? [] : [[place, new Set(renumbered(values))]];
      });
      return own.length === 0 ? [] : [{ ...bonus, when: new Map(own) }];
    }),
  };
}

/**
 * Takes out values for which another one of the variable is at least as good whatever else is chosen: no
 * fewer units for anybody, nothing more that it excludes, every bonus and no malus more. Of equal ones the
 * first stays.
 */
function withoutCoveredValues(network: Network): Network {
  const named = network.values.map((): number[] => []);
  for (const [b, { when }] of network.bonuses.entries())
    for (const values of when.values()) for (const value of values) at(named, value).push(b);
  const holds = network.values.map((_, value) => new Set(at(named, value)));
  const asGood = (one: number, other: number): boolean => {
    const [mine, its] = [at(network.values, one), at(network.values, other)];
    const extra = (from: number, to: number, sign: number): boolean =>
      at(named, from).some((b) => sign * at(network.bonuses, b).units > 0 && !at(holds, to).has(b));
    return (
      mine.free.length === 0 &&
      its.free.length === 0 &&
      mine.units.every((units, p) => units >= at(its.units, p)) &&
      [...at(network.conflicts, one)].every((value) => at(network.conflicts, other).has(value)) &&
      !extra(other, one, 1) &&
      !extra(one, other, -1)
    );
  };
  const left = network.variables.map((values) =>
    values.length > mostCompared
      ? values
      : values.filter(
          (value, k) =>
            !values.some((other, j) => j !== k && asGood(other, value) && (j < k || !asGood(value, other))),
        ),
  );
  const kept = new Set(left.flat());
  const among = (values: ReadonlySet<number>): Set<number> =>
    new Set([...values].filter((value) => kept.has(value)));
  return {
    ...network,
    variables: left,
    conflicts: network.conflicts.map((others, value) => (kept.has(value) ? among(others) : new Set())),
    bonuses: network.bonuses.map((bonus) => ({
      ...bonus,
      when: new Map([...bonus.when].map(([variable, values]) => [variable, among(values)])),
    })),
  };
}

/** The values of a variable with more than this are not compared with each other. */
const mostCompared = 300;
