/** The packages as plot and table both show them: the same rows, with the names that single some of them out. */
import {
  type FrontierPoint,
  type Margins,
  marginsOf,
  type Outcome,
  type Problem,
  type Solution,
  type SolutionName,
  type Solutions,
  type Survival,
  solutionNames,
} from "@parley/solver";

export interface Row {
  readonly key: string;
  readonly outcome: Outcome;
  readonly utilities: Readonly<Record<string, number>>;
  readonly gains: Readonly<Record<string, number>>;
  readonly inZone: boolean;
  /** The bargaining solutions that single it out. */
  readonly names: readonly SolutionName[];
  readonly unproven: number | undefined;
  /** The smallest of the parties' margins; null where no error matters. */
  readonly margin: number | null;
  readonly survival: Survival | undefined;
}

/** First those that do not set points of different parties against each other. */
const orderOfNames: readonly SolutionName[] = ["nash", "kalai-smorodinsky", "egalitarian", "utilitarian"];

/** A package that no search listed, taken from elsewhere. */
export function rowOf(problem: Problem, outcome: Outcome): Row {
  const utilities = utilitiesOf(problem, outcome);
  const gains = gainsOf(problem, utilities);
  return {
    key: keyOf(outcome),
    outcome,
    utilities,
    gains,
    inZone: Object.values(gains).every((gain) => gain >= 0),
    names: [],
    unproven: undefined,
    margin: smallest(marginsOf(problem, outcome)),
    survival: undefined,
  };
}

/** Points for what is chosen, and those that several choices pay together. */
export function utilitiesOf(
  { parties, scores, interactions = [] }: Problem,
  outcome: Outcome,
): Row["utilities"] {
  const paid = (id: string) =>
    interactions
      .filter(
        ({ party, when }) => party === id && when.every(([b, options]) => options.includes(outcome[b] ?? "")),
      )
      .reduce((sum, { points }) => sum + points, 0);
  const chosen = (id: string) =>
    Object.entries(outcome).reduce((sum, [b, o]) => sum + (scores[id]?.[b]?.[o] ?? 0), 0);
  return Object.fromEntries(parties.map(({ id }) => [id, Number((chosen(id) + paid(id)).toPrecision(12))]));
}

function gainsOf({ parties }: Problem, utilities: Row["utilities"]): Row["gains"] {
  return Object.fromEntries(parties.map(({ id, walkAway }) => [id, (utilities[id] ?? 0) - walkAway]));
}

/** Named packages first. `survival`: in the order of `points`; none where there are too many to be drawn. */
export function rowsOf(
  problem: Problem,
  solutions: Solutions,
  points: readonly FrontierPoint[],
  survival: readonly Survival[],
): readonly Row[] {
  const named = Object.entries(solutions) as [SolutionName, Solution][];
  const rows = points.map(({ outcome, utilities, inZone }, place): Row => {
    const key = keyOf(outcome);
    const here = named.filter(([, solution]) => "gains" in solution && keyOf(solution.outcome) === key);
    const gaps = here.flatMap(([, solution]) => (solution.status === "bounded" ? [solution.gap] : []));
    return {
      key,
      outcome,
      utilities,
      inZone,
      gains: gainsOf(problem, utilities),
      names: here.map(([name]) => name),
      unproven: gaps.length > 0 ? Math.max(...gaps) : undefined,
      margin: smallest(marginsOf(problem, outcome)),
      survival: survival[place],
    };
  });
  const last = solutionNames.length;
  const rank = ({ names, inZone }: Row) =>
    names[0] === undefined ? (inZone ? last : last + 1) : orderOfNames.indexOf(names[0]);
  return [...rows].sort((a, b) => rank(a) - rank(b));
}

export function keyOf(outcome: Outcome): string {
  return JSON.stringify(Object.entries(outcome).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function smallest(margins: Margins): number | null {
  const known = Object.values(margins).filter((margin) => margin !== null);
  return known.length === 0 ? null : Math.min(...known);
}
