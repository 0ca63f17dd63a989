/**
 * What is to be solved: parties, a choice tree, points, and what constrains the choice.
 *
 * The shape of `parley-problem/1` (docs/formats/problem.md). A party's utility of an outcome is the sum of
 * its points for the chosen options (missing = 0) plus its interactions. `readProblem` gives a checked one;
 * a problem built in code must obey the same rules.
 */

/** Names one option: the issue's id, then the option's. */
export type OptionRef = readonly [issue: string, option: string];

/** `excludes`: both may not be chosen. `requires`: where the first is chosen, so must be the second. */
export type Linkage = readonly [OptionRef, OptionRef];

export interface ProblemParty {
  readonly id: string;
  /** What the party has without a deal, in its own points. Finite. */
  readonly walkAway: number;
}

export interface ProblemOption {
  readonly id: string;
  /** Issues that exist only where this option is chosen. */
  readonly issues?: readonly ProblemIssue[];
}

export interface ProblemIssue {
  /** Unique in the whole tree. */
  readonly id: string;
  /** At least one. */
  readonly options: readonly ProblemOption[];
}

/** Points paid when, for each issue named, the chosen option is among those listed; always if none is named. */
export interface Interaction {
  readonly party: string;
  readonly when: readonly (readonly [issue: string, options: readonly string[]])[];
  readonly points: number;
}

/** Points by party, issue and option. What is missing is 0. */
export type Scores = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;

export interface Problem {
  readonly format: "parley-problem/1";
  readonly name: string;
  readonly parties: readonly ProblemParty[];
  readonly issues: readonly ProblemIssue[];
  readonly scores: Scores;
  /** By party: options it cannot accept. They are removed before anything is computed. */
  readonly redLines?: Readonly<Record<string, readonly OptionRef[]>>;
  readonly excludes?: readonly Linkage[];
  readonly requires?: readonly Linkage[];
  readonly interactions?: readonly Interaction[];
}

/** The chosen option of each issue that the outcome reaches, in the order of the tree. */
export type Outcome = Readonly<Record<string, string>>;

/** A number for each party, by its id. */
export type ByParty = Readonly<Record<string, number>>;
