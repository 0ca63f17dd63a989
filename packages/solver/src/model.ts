/**
 * A problem made ready for computing: issues and options numbered in the order of the tree, points as
 * integers (arithmetic.ts), options that red lines remove marked.
 *
 * Everything inside the package speaks in these numbers; only what goes in and out speaks in ids and points.
 */
import { type Arithmetic, chooseScale, fromUnits, toUnits } from "./arithmetic.ts";
import type { ByParty, OptionRef, Outcome, Problem, ProblemIssue } from "./problem.ts";

export interface ModelIssue {
  readonly id: string;
  /** All its options, removed ones included. */
  readonly options: readonly number[];
  /** The option that brings the issue into being, or -1. */
  readonly parent: number;
}

export interface ModelOption {
  readonly id: string;
  readonly issue: number;
  /** Issues that exist only with this option. */
  readonly inner: readonly number[];
}

export interface ModelInteraction {
  readonly party: number;
  readonly units: number;
  readonly when: readonly { readonly issue: number; readonly options: readonly number[] }[];
}

export type OptionPair = readonly [number, number];

export interface Model {
  readonly partyIds: readonly string[];
  readonly arithmetic: Arithmetic;
  readonly exponent: number;
  readonly issues: readonly ModelIssue[];
  readonly options: readonly ModelOption[];
  /** Issues outside every option. */
  readonly roots: readonly number[];
  /** Units of option o for party p at [o * parties + p]. */
  readonly scores: Float64Array;
  readonly walkAway: Float64Array;
  /** Units that each party has whatever is chosen. */
  readonly base: Float64Array;
  readonly redLines: readonly { readonly party: number; readonly option: number }[];
  readonly excludes: readonly OptionPair[];
  readonly requires: readonly OptionPair[];
  /** Those that depend on a choice. */
  readonly interactions: readonly ModelInteraction[];
}

/** Which options are left after the red lines: 1 at each option that may be chosen. */
export type Allowed = Uint8Array;

/** The chosen option of each issue, -1 where the issue is not reached. */
export type Choice = Int32Array;

export function compile(problem: Problem): Model {
  const tree = numberTree(problem.issues);
  const { exponent, arithmetic } = scaleOf(problem);
  const partyIds = problem.parties.map((party) => party.id);
  const partyOf = indexOf(partyIds);
  const n = partyIds.length;
  const scores = new Float64Array(tree.options.length * n);
  for (const [party, ofParty] of Object.entries(problem.scores)) {
    for (const [issue, ofIssue] of Object.entries(ofParty)) {
      for (const [option, points] of Object.entries(ofIssue)) {
        scores[tree.find([issue, option]) * n + partyOf(party)] = toUnits(points, exponent);
      }
    }
  }
  const base = new Float64Array(n);
  const interactions: ModelInteraction[] = [];
  for (const { party, when, points } of problem.interactions ?? []) {
    const p = partyOf(party);
    const units = toUnits(points, exponent);
    if (when.length === 0) base[p] = at(base, p) + units;
    else if (units !== 0)
      interactions.push({ party: p, units, when: when.map((one) => condition(one, tree)) });
  }
  return {
    partyIds,
    arithmetic,
    exponent,
    issues: tree.issues,
    options: tree.options,
    roots: tree.roots,
    scores,
    walkAway: Float64Array.from(problem.parties, (party) => toUnits(party.walkAway, exponent)),
    base,
    redLines: Object.entries(problem.redLines ?? {}).flatMap(([party, list]) =>
      list.map((ref) => ({ party: partyOf(party), option: tree.find(ref) })),
    ),
    excludes: (problem.excludes ?? []).map(([one, other]) => [tree.find(one), tree.find(other)] as const),
    requires: (problem.requires ?? []).map(([one, other]) => [tree.find(one), tree.find(other)] as const),
    interactions,
  };
}

/** The element of an array at a place that is known to exist. */
export function at<T>(list: { readonly length: number; readonly [index: number]: T }, index: number): T {
  return list[index] as T;
}

/** What is left when these options are taken out, with every option whose inner issue then has none left. */
export function withoutOptions(model: Model, removed: Iterable<number>): Allowed {
  const allowed = new Uint8Array(model.options.length).fill(1);
  for (const option of removed) allowed[option] = 0;
  // Inner issues come after the option that holds them: one pass from the end settles all.
  for (let issue = model.issues.length - 1; issue >= 0; issue--) {
    const { options, parent } = at(model.issues, issue);
    if (parent >= 0 && !options.some((option) => allowed[option])) allowed[parent] = 0;
  }
  return allowed;
}

export function afterRedLines(model: Model): Allowed {
  return withoutOptions(
    model,
    model.redLines.map((line) => line.option),
  );
}

/** Outcomes of the tree, before red lines and linkages. */
export function countOutcomes(model: Model): bigint {
  const ofOption = (option: number): bigint => product(at(model.options, option).inner);
  const product = (issues: readonly number[]): bigint =>
    issues.reduce(
      (all, issue) => all * at(model.issues, issue).options.reduce((sum, o) => sum + ofOption(o), 0n),
      1n,
    );
  return product(model.roots);
}

/** Adds up what an outcome gives each party, in units. */
export function utilitiesOf(model: Model, choice: Choice): Float64Array {
  const n = model.partyIds.length;
  const sum = Float64Array.from(model.base);
  for (const option of choice) {
    if (option < 0) continue;
    for (let p = 0; p < n; p++) sum[p] = at(sum, p) + at(model.scores, option * n + p);
  }
  for (const interaction of model.interactions) {
    if (pays(interaction, choice)) sum[interaction.party] = at(sum, interaction.party) + interaction.units;
  }
  return sum;
}

export function pays(interaction: ModelInteraction, choice: Choice): boolean {
  return interaction.when.every(({ issue, options }) => options.includes(at(choice, issue)));
}

export function outcomeOf(model: Model, choice: Choice): Outcome {
  const outcome: Record<string, string> = {};
  for (let issue = 0; issue < choice.length; issue++) {
    const option = choice[issue] as number;
    if (option < 0) continue;
    put(outcome, (model.issues[issue] as ModelIssue).id, (model.options[option] as ModelOption).id);
  }
  return outcome;
}

export function byParty(model: Model, units: ArrayLike<number>): ByParty {
  const points: Record<string, number> = {};
  for (const [p, id] of model.partyIds.entries())
    put(points, id, fromUnits(units[p] as number, model.exponent));
  return points;
}

/** Gives the record a property of its own, which assigning would not where the id is "__proto__". */
function put<T>(record: Record<string, T>, id: string, value: T): void {
  if (id === "__proto__")
    Object.defineProperty(record, id, { value, enumerable: true, configurable: true, writable: true });
  else record[id] = value;
}

interface Tree {
  readonly issues: ModelIssue[];
  readonly options: ModelOption[];
  readonly roots: number[];
  readonly issueOf: (id: string) => number;
  readonly find: (ref: OptionRef) => number;
}

function numberTree(roots: readonly ProblemIssue[]): Tree {
  const issues: ModelIssue[] = [];
  const options: ModelOption[] = [];
  const places = new Map<string, Map<string, number>>();
  const numbers = new Map<string, number>();
  const add = (issue: ProblemIssue, parent: number): number => {
    const number = issues.length;
    const own: number[] = [];
    const named = new Map<string, number>();
    issues.push({ id: issue.id, options: own, parent });
    numbers.set(issue.id, number);
    places.set(issue.id, named);
    for (const option of issue.options) {
      const place = options.length;
      const inner: number[] = [];
      options.push({ id: option.id, issue: number, inner });
      own.push(place);
      named.set(option.id, place);
      for (const one of option.issues ?? []) inner.push(add(one, place));
    }
    return number;
  };
  const top = roots.map((issue) => add(issue, -1));
  return {
    issues,
    options,
    roots: top,
    issueOf: (id) => known(numbers.get(id), id),
    find: ([issue, option]) => known(places.get(issue)?.get(option), `${issue}/${option}`),
  };
}

function condition([issue, options]: readonly [string, readonly string[]], tree: Tree) {
  return { issue: tree.issueOf(issue), options: options.map((option) => tree.find([issue, option])) };
}

function indexOf(ids: readonly string[]): (id: string) => number {
  const places = new Map(ids.map((id, place) => [id, place]));
  return (id) => known(places.get(id), id);
}

function known(place: number | undefined, id: string): number {
  if (place === undefined) throw new TypeError(`the problem names ${id}, which it does not have`);
  return place;
}

function scaleOf({ parties, scores, interactions = [] }: Problem): ReturnType<typeof chooseScale> {
  const values: number[] = [];
  // Of every party and issue the largest magnitude, and everything that may come on top.
  const peaks: number[] = [];
  for (const ofParty of Object.values(scores)) {
    for (const ofIssue of Object.values(ofParty)) {
      let peak = 0;
      for (const points of Object.values(ofIssue)) {
        values.push(points);
        peak = Math.max(peak, Math.abs(points));
      }
      peaks.push(peak);
    }
  }
  const fixed = [...parties.map(({ walkAway }) => walkAway), ...interactions.map(({ points }) => points)];
  return chooseScale([...values, ...fixed], [...peaks, ...fixed]);
}
