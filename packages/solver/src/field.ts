/**
 * A problem as a flat field for the dual engine: variables, each with values that are vectors of units.
 *
 * An issue that no linkage or interaction touches becomes one variable whose values are the efficient vectors
 * of its whole subtree: every rule prefers more for each party, so nothing else can matter. Bound issues
 * (network.ts) become variables too; a value with free inner issues is split by their efficient vectors.
 * Values that may not go together are joined in blocks: all of `left` against all of `right`.
 */
import type { Front } from "./front.ts";
import { at, type Choice } from "./model.ts";
import { type NetworkValue, networkOf } from "./network.ts";
import { exactFolding, type Folding, frontOfIssue, frontOfIssues } from "./tree-front.ts";

/** All values on the left (of one variable) exclude all on the right (of another one). */
export interface Block {
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/** Units for a party when in every variable named one of the values is chosen. */
export interface FieldBonus {
  readonly party: number;
  readonly units: number;
  readonly variables: Int32Array;
  readonly values: readonly Int32Array[];
}

export interface Field {
  readonly parties: number;
  /** The first value of each variable, and the count of all at the end. */
  readonly first: Int32Array;
  readonly variableOf: Int32Array;
  /** Units of value v for party p at [v * parties + p]. */
  readonly units: Float64Array;
  readonly base: Float64Array;
  readonly blocks: readonly Block[];
  /** For each value, the values that it excludes. */
  readonly conflicts: readonly Int32Array[];
  readonly bonuses: readonly FieldBonus[];
  /** For each value, the bonuses that name it. */
  readonly bonusesOf: readonly Int32Array[];
  /** Writes the options behind a value into the choice. */
  trace(value: number, choice: Choice): void;
}

interface Draft {
  readonly front: Front;
  readonly place: number;
  /** The value of the network that was split, or null where an issue is free. */
  readonly bound: NetworkValue | null;
}

/** Null where the budget ended first. */
export function fieldOf({ model, allowed, budget }: Omit<Folding, "merging">): Field | null {
  const folding = exactFolding(model, allowed, budget);
  const n = model.partyIds.length;
  const network = networkOf(model, allowed);
  const drafts: Draft[][] = [];
  for (const issue of network.free) {
    const front = frontOfIssue(issue, folding);
    if (!front) return null;
    drafts.push(Array.from({ length: front.size }, (_, place) => ({ front, place, bound: null })));
  }
  const freeVariables = drafts.length;
  const splitOf = new Map<number, number[]>();
  const placeOf: number[] = [];
  let count = drafts.reduce((sum, own) => sum + own.length, 0);
  for (const [variable, values] of network.variables.entries()) {
    const own: Draft[] = [];
    for (const value of values) {
      const bound = at(network.values, value);
      const front = frontOfIssues(bound.free, folding);
      if (!front) return null;
      const possible = !at(network.conflicts, value).has(value);
      const split = possible
        ? Array.from({ length: front.size }, (_, place) => ({ front, place, bound }))
        : [];
      splitOf.set(
        value,
        split.map((_, k) => count + k),
      );
      count += split.length;
      own.push(...split);
    }
    drafts.push(own);
    placeOf[variable] = freeVariables + variable;
  }
  const flat = drafts.flat();
  const units = new Float64Array(flat.length * n);
  for (const [v, { front, place, bound }] of flat.entries()) {
    for (let p = 0; p < n; p++)
      units[v * n + p] = at(at(front.columns, p), place) + (bound ? at(bound.units, p) : 0);
  }
  const first = Int32Array.from([0, ...drafts.map((own) => own.length)]);
  for (let k = 1; k < first.length; k++) first[k] = at(first, k) + at(first, k - 1);
  const conflicts = flat.map((): number[] => []);
  for (const [one, others] of network.conflicts.entries()) {
    for (const v of splitOf.get(one) ?? [])
      for (const other of others) at(conflicts, v).push(...(splitOf.get(other) ?? []));
  }
  const variableOf = Int32Array.from(drafts.flatMap((own, variable) => own.map(() => variable)));
  const bonuses = network.bonuses.map(({ party, units: paid, when }) => ({
    party,
    units: paid,
    variables: Int32Array.from(when.keys(), (variable) => at(placeOf, variable)),
    values: [...when.values()].map((set) =>
      Int32Array.from([...set].flatMap((value) => splitOf.get(value) ?? [])),
    ),
  }));
  const bonusesOf = flat.map((): number[] => []);
  for (const [b, { values }] of bonuses.entries())
    for (const own of values) for (const v of own) at(bonusesOf, v).push(b);
  const issueOf = (option: number): number => at(model.options, option).issue;
  return {
    parties: n,
    first,
    variableOf,
    units,
    base: Float64Array.from(model.base),
    blocks: blocksOf(conflicts, variableOf),
    conflicts: conflicts.map((list) => Int32Array.from(list)),
    bonuses,
    bonusesOf: bonusesOf.map((list) => Int32Array.from(list)),
    trace: (value, choice) => {
      const { front, place, bound } = at(flat, value);
      if (bound && bound.option >= 0) choice[issueOf(bound.option)] = bound.option;
      front.trace(place, choice, issueOf);
    },
  };
}

/**
 * The blocks of each pair of variables, as large as they can be: what a value excludes, with all values that
 * exclude as much; from either side. So each implies more than the pairs that it is made of: at most one of all.
 */
function blocksOf(conflicts: readonly (readonly number[])[], variableOf: Int32Array): Block[] {
  const found = new Map<string, Block>();
  const excluded = conflicts.map((others) => new Set(others));
  for (const [v, others] of conflicts.entries()) {
    for (const across of byVariable(others, variableOf)) {
      const [first] = across;
      const back = at(conflicts, first ?? 0).filter((u) => at(variableOf, u) === at(variableOf, v));
      const along = back.filter((u) => across.every((w) => excluded[u]?.has(w)));
      const sides = [along, across].map((side) => Int32Array.from(new Set(side)).sort());
      if (at(variableOf, v) > at(variableOf, first ?? 0)) sides.reverse();
      const [left, right] = sides as [Int32Array, Int32Array];
      found.set(`${left.join()}|${right.join()}`, { left, right });
    }
  }
  return [...found.values()];
}

function byVariable(values: readonly number[], variableOf: Int32Array): number[][] {
  const lists = new Map<number, number[]>();
  for (const v of values) {
    const list = lists.get(at(variableOf, v));
    if (list) list.push(v);
    else lists.set(at(variableOf, v), [v]);
  }
  return [...lists.values()];
}

/** Gains of a whole choice of values, into `gains`. */
export function gainsOf(
  field: Field,
  walkAway: Float64Array,
  chosen: Int32Array,
  gains: Float64Array,
): Float64Array {
  const n = field.parties;
  for (let p = 0; p < n; p++) gains[p] = at(field.base, p) - at(walkAway, p);
  for (const v of chosen) for (let p = 0; p < n; p++) gains[p] = at(gains, p) + at(field.units, v * n + p);
  for (const { party, units, variables, values } of field.bonuses) {
    if (variables.every((variable, c) => at(values, c).includes(at(chosen, variable)))) {
      gains[party] = at(gains, party) + units;
    }
  }
  return gains;
}

/** Whether no two of the values chosen exclude each other. */
export function keepsLinkages(field: Field, chosen: Int32Array): boolean {
  for (const v of chosen) {
    for (const other of at(field.conflicts, v))
      if (chosen[at(field.variableOf, other)] === other) return false;
  }
  return true;
}
