/** What all additive formats come to: issues with options, and for each party points by issue and option. */
import type { Problem, ProblemIssue } from "../problem.ts";
import { ProblemError } from "../problem-error.ts";

export interface AdditiveProfile {
  readonly party: string;
  /** On the scale of the points. */
  readonly walkAway: number;
  readonly scores: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly discount?: number;
}

export interface ReadProfiles {
  readonly problem: Problem;
  readonly discounts: Readonly<Record<string, number>>;
}

export function problemOf(
  name: string,
  issues: readonly ProblemIssue[],
  profiles: readonly AdditiveProfile[],
  interactions: NonNullable<Problem["interactions"]> = [],
): ReadProfiles {
  const ids = profiles.map((profile) => profile.party);
  for (const [k, id] of ids.entries()) {
    if (ids.indexOf(id) !== k) throw new ProblemError("duplicate", id, "two profiles have this name");
  }
  return {
    problem: {
      format: "parley-problem/1",
      name,
      parties: profiles.map(({ party, walkAway }) => ({ id: party, walkAway })),
      issues,
      scores: Object.fromEntries(profiles.map(({ party, scores }) => [party, scores])),
      ...(interactions.length > 0 ? { interactions } : {}),
    },
    discounts: Object.fromEntries(
      profiles.flatMap(({ party, discount }) => (discount === undefined ? [] : [[party, discount]])),
    ),
  };
}

/** The party that a profile's file stands for: its name without folder and ending. */
export function partyOfFile(name: string): string {
  return name.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, "");
}

export function finite(value: number, path: string): number {
  if (!Number.isFinite(value)) throw new ProblemError("not-finite", path, "the number is not finite");
  return value;
}
