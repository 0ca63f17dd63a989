/**
 * What a delegation has marked for itself, in its own circle: each alternative quickly, in one of seven steps, or exactly,
 * in points; why; its instructions; linkages it insists on; what it said to "sign this, or go home?". From this, and
 * from nothing else, come its `parley-preferences/1`.
 *
 * A red line bars an alternative. One with `unless` bars it only where the other alternative is not chosen, which is the
 * linkage "requires". "Must have" is worth the most and bars nothing: whoever would walk away without it says so by the
 * walk-away value, or by a red line on the rest.
 */
import { canonicalJson, type Json } from "@parley/ledger/canonical";
import {
  type Interaction,
  type Linkage,
  type OptionRef,
  type Problem,
  type ProblemIssue,
  type Reply,
  type WalkAwayRange,
  walkAwayRange,
} from "@parley/solver";
import { issuesOf } from "./choice-tree.ts";
import type { Preferences, Provenance } from "./preferences.ts";

/** From the most wanted to what cannot be accepted; the keys 1 to 7. */
export const steps = [
  "mustHave",
  "strongFor",
  "for",
  "indifferent",
  "against",
  "strongAgainst",
  "redLine",
] as const;
export type Step = (typeof steps)[number];
/** A step, or points of the party's own. */
export type Mark = Step | number;

/** Each step is worth twice the one below it, so that one outweighs the one below, and two of that balance it. */
const pointsOfStep: Readonly<Record<Step, number>> = {
  mustHave: 8,
  strongFor: 4,
  for: 2,
  indifferent: 0,
  against: -2,
  strongAgainst: -4,
  redLine: -8,
};

/** The origin of a red line: of which day (YYYY-MM-DD), in what words, and what would lift it. */
export interface Instruction {
  readonly option: OptionRef;
  readonly dated: string;
  readonly unless?: OptionRef;
  readonly note?: string;
}

type Marks = Readonly<Record<string, Readonly<Record<string, Mark>>>>;

export interface Valuation {
  readonly format: "parley-valuation/1";
  readonly party: string;
  readonly provenance: Provenance;
  /** By bracket and option. A bracket without any mark is missing; in one that has some, the others are indifferent. */
  readonly marks: Marks;
  readonly instructions: readonly Instruction[];
  readonly excludes: readonly Linkage[];
  readonly requires: readonly Linkage[];
  readonly interactions: readonly Pick<Interaction, "when" | "points">[];
  readonly reasons: Readonly<Record<string, string>>;
  readonly replies: readonly Reply[];
  /** Where it was given as a number; otherwise the replies say it. */
  readonly walkAway?: number;
}

export function emptyValuation(party: string, provenance: Provenance): Valuation {
  const none = { instructions: [], excludes: [], requires: [], interactions: [], replies: [] };
  return { format: "parley-valuation/1", party, provenance, marks: {}, reasons: {}, ...none };
}

export function pointsOf(mark: Mark): number {
  return typeof mark === "number" ? mark : pointsOfStep[mark];
}

/** The same valuation with one mark set, or taken away. An instruction goes with its red line. */
export function marked(
  valuation: Valuation,
  [bracket, option]: OptionRef,
  mark: Mark | undefined,
): Valuation {
  const { [option]: _, ...others } = valuation.marks[bracket] ?? {};
  const options = mark === undefined ? others : { ...others, [option]: mark };
  const { [bracket]: __, ...rest } = valuation.marks;
  const marks = Object.keys(options).length === 0 ? rest : { ...rest, [bracket]: options };
  const instructions =
    mark === "redLine"
      ? valuation.instructions
      : valuation.instructions.filter(({ option: [b, o] }) => b !== bracket || o !== option);
  return { ...valuation, marks, instructions };
}

/** In what two valuations of a party differ: brackets by their marks, instructions and reasons, and what spans brackets. */
export function changedIn(
  before: Valuation | undefined,
  after: Valuation,
): { readonly brackets: readonly string[]; readonly rest: readonly ("walkAway" | "linkages")[] } {
  const was = before ?? emptyValuation(after.party, after.provenance);
  // Canonical: whatever the order in which they were set, the same marks are the same.
  const text = (value: unknown) => canonicalJson(value as Json);
  const said = ({ marks, instructions, reasons }: Valuation, bracket: string) =>
    text([
      marks[bracket] ?? {},
      instructions.filter(({ option }) => option[0] === bracket),
      reasons[bracket] ?? "",
    ]);
  const known = [was, after].flatMap(({ marks, reasons, instructions }) => [
    ...Object.keys(marks),
    ...Object.keys(reasons),
    ...instructions.map(({ option }) => option[0]),
  ]);
  const differs = (part: (valuation: Valuation) => unknown) => text(part(was)) !== text(part(after));
  const rest = [
    ...(differs(({ walkAway, replies }) => [walkAway ?? null, replies]) ? (["walkAway"] as const) : []),
    ...(differs(({ excludes, requires, interactions }) => [excludes, requires, interactions])
      ? (["linkages"] as const)
      : []),
  ];
  return {
    brackets: [...new Set(known)].filter((bracket) => said(was, bracket) !== said(after, bracket)),
    rest,
  };
}

/** Brackets of the text without any mark. */
export function unmarked(valuation: Valuation, tree: readonly ProblemIssue[]): string[] {
  return issuesOf(tree)
    .filter(({ id, options }) => !options.some((option) => valuation.marks[id]?.[option.id] !== undefined))
    .map(({ id }) => id);
}

/** Brackets that were marked and that the text no longer has. */
export function marksLost(valuation: Valuation, tree: readonly ProblemIssue[]): string[] {
  const known = new Set(issuesOf(tree).map(({ id }) => id));
  return Object.keys(valuation.marks).filter((bracket) => !known.has(bracket));
}

/** What the valuation comes to on this text. What it says of brackets that the text does not have is left out. */
export function preferencesOf(
  valuation: Valuation,
  tree: readonly ProblemIssue[],
  walkAway: number,
): Preferences {
  const inTree = treeHas(tree);
  const conditional = valuation.instructions.filter(
    ({ option, unless }) => inTree(option) && unless && inTree(unless),
  );
  const lifted = new Set(conditional.map(({ option }) => JSON.stringify(option)));
  const all = Object.entries(valuation.marks).flatMap(([bracket, options]) =>
    Object.entries(options).map(([option, mark]) => ({ ref: [bracket, option] as const, mark })),
  );
  const present = all.filter(({ ref }) => inTree(ref));
  const scores: Record<string, Record<string, number>> = {};
  for (const { ref, mark } of present) {
    const [bracket, option] = ref;
    scores[bracket] = { ...scores[bracket], [option]: pointsOf(mark) };
  }
  const holds = ([one, other]: Linkage): boolean => inTree(one) && inTree(other);
  return {
    party: valuation.party,
    provenance: valuation.provenance,
    walkAway,
    scores,
    redLines: present
      .filter(({ ref, mark }) => mark === "redLine" && !lifted.has(JSON.stringify(ref)))
      .map(({ ref }) => ref),
    excludes: valuation.excludes.filter(holds),
    requires: [
      ...valuation.requires.filter(holds),
      ...conditional.map(({ option, unless = option }): Linkage => [option, unless]),
    ],
    interactions: valuation.interactions.filter(({ when }) =>
      when.every(([bracket, options]) => options.every((option) => inTree([bracket, option]))),
    ),
    reasons: Object.fromEntries(Object.entries(valuation.reasons).filter(([bracket]) => inTree([bracket]))),
  };
}

/** One party's preferences as a problem of its own: what its walk-away value is asked on. */
export function problemAlone(preferences: Preferences, tree: readonly ProblemIssue[]): Problem {
  const { party, walkAway, scores, redLines, excludes, requires, interactions } = preferences;
  return {
    format: "parley-problem/1",
    name: party,
    parties: [{ id: party, walkAway }],
    issues: tree,
    scores: { [party]: scores },
    redLines: { [party]: redLines },
    excludes,
    requires,
    interactions: interactions.map((paid) => ({ party, ...paid })),
  };
}

/**
 * The walk-away that a valuation says, by a number or by its replies. Those are read on the whole text, agreed brackets open
 * and nothing barred: what was said of a text still holds when another alternative than that text's was agreed since.
 * `value`: with what packages are computed; undefined: it was not said yet.
 */
export function walkAwayOf(
  valuation: Valuation,
  whole: readonly ProblemIssue[],
): { readonly range: WalkAwayRange; readonly value: number | undefined } {
  const range = walkAwayRange(problemAlone(preferencesOf(valuation, whole, 0), whole), valuation.replies);
  return { range, value: valuation.walkAway ?? range.high ?? undefined };
}

/** Preferences from a file as a valuation that one may go on with. */
export function valuationOf(preferences: Preferences): Valuation {
  const { party, provenance, walkAway, excludes, requires, interactions, reasons, redLines } = preferences;
  const scored: Valuation = {
    ...emptyValuation(party, provenance),
    marks: preferences.scores,
    excludes,
    requires,
    interactions,
    reasons,
    walkAway,
  };
  return redLines.reduce((all, ref) => marked(all, ref, "redLine"), scored);
}

/** Whether the tree has the bracket and, if it is named, the option. */
function treeHas(tree: readonly ProblemIssue[]): (ref: OptionRef | readonly [string]) => boolean {
  const known = new Map(
    issuesOf(tree).map(({ id, options }) => [id, new Set(options.map((option) => option.id))]),
  );
  return ([bracket, option]) => {
    const options = known.get(bracket);
    return options !== undefined && (option === undefined || options.has(option));
  };
}
