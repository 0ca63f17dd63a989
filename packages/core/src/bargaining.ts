/**
 * From a draft, a case and the preferences of its parties to the problem that the solver takes, and back from
 * an outcome to what it means for each party.
 *
 * The rule: only principals decide. Their scores and walk-away values make the packages; their red lines and
 * linkages and those of the text itself constrain. The preferences of affected parties inform: their gains and
 * the red lines that an outcome crosses are reported, and bind nobody.
 */
import {
  type Linkage,
  type OptionRef,
  type Outcome,
  type Problem,
  ProblemError,
  type ProblemIssue,
  readProblem,
  show,
} from "@parley/solver";
import type { Draft } from "@parley/text";
import type { CaseFile, CaseParty } from "./case-file.ts";
import { choiceTree } from "./choice-tree.ts";
import type { Preferences } from "./preferences.ts";
import { linkagesLeft, linkagesOf } from "./text-linkages.ts";

export interface Bargaining {
  readonly problem: Problem;
  /** In the order of the problem's parties. */
  readonly principals: readonly Participant[];
  /** Parties whose preferences inform and do not decide. */
  readonly informing: readonly Participant[];
}

export interface Participant {
  readonly party: CaseParty;
  readonly preferences: Preferences;
}

/** What an outcome means for one party. Points are its own and compare with nobody's. */
export interface Assessment {
  readonly utility: number;
  readonly gain: number;
  readonly crossedRedLines: readonly OptionRef[];
  readonly brokenLinkages: readonly { readonly kind: "excludes" | "requires"; readonly linkage: Linkage }[];
}

/**
 * The problem, its parties in the order of the case. Without a case every file is a principal's.
 *
 * @throws ProblemError: preferences of a party without a seat, of a party given twice, or of a seat that has
 * none; a principal without preferences; a linkage of the case that names no option of the draft.
 */
export function bargainingOf(
  draft: Draft,
  caseFile: CaseFile | undefined,
  preferences: readonly Preferences[],
): Bargaining {
  const parties = caseFile?.parties ?? preferences.map(({ party }, at) => principal(party, at));
  preferences.forEach((given, at) => {
    checkSeat(given, caseFile, preferences.slice(0, at));
  });
  const participants = parties.flatMap((party) => {
    const own = preferences.find((given) => given.party === party.id);
    return own ? [{ party, preferences: own }] : [];
  });
  const principals = participants.filter(({ party }) => party.seat === "principal");
  const missing = parties.find(
    (party) => party.seat === "principal" && !principals.some((given) => given.party.id === party.id),
  );
  if (missing) {
    throw new ProblemError(
      "missing-key",
      "",
      `the preferences of ${missing.name} (${missing.id}) are missing; every principal's are needed`,
    );
  }
  if (principals.length === 0) {
    throw new ProblemError("empty", "", "no principal has given preferences, so there is nobody to decide");
  }
  return {
    problem: problemOf(choiceTree(draft), caseFile, draft, principals),
    principals,
    informing: participants.filter(({ party }) => party.seat !== "principal"),
  };
}

/**
 * Whether these preferences may be used beside those read before them. Without a case every party is a principal.
 *
 * @throws ProblemError: the party has no seat, has a seat that has no preferences, or has given some already.
 */
export function checkSeat(
  { party }: Preferences,
  caseFile: CaseFile | undefined,
  before: readonly Preferences[],
): void {
  const seated = caseFile?.parties.find((known) => known.id === party);
  if (caseFile && !seated) {
    const known = caseFile.parties.map(({ id }) => id).join(", ");
    throw new ProblemError(
      "unknown-id",
      "party",
      `${show(party)} has no seat in this case (seats: ${known})`,
    );
  }
  if (seated && seated.seat !== "principal" && seated.seat !== "affected") {
    throw new ProblemError(
      "unknown-id",
      "party",
      `the seat of ${seated.name} is ${seated.seat}, which has no preferences`,
    );
  }
  if (before.some((given) => given.party === party)) {
    throw new ProblemError("duplicate", "party", `preferences of ${show(party)} are given twice`);
  }
}

function problemOf(
  issues: readonly ProblemIssue[],
  caseFile: CaseFile | undefined,
  draft: Draft,
  principals: readonly Participant[],
): Problem {
  const own = principals.map(({ preferences }) => preferences);
  const ofText = linkagesLeft(linkagesOf(draft), issues);
  const linkages = (kind: "excludes" | "requires"): Linkage[] =>
    distinct([...ofText[kind], ...(caseFile?.[kind] ?? []), ...own.flatMap((given) => given[kind])]);
  return readProblem({
    format: "parley-problem/1",
    name: caseFile?.name ?? draft.title,
    parties: own.map(({ party, walkAway }) => ({ id: party, walkAway })),
    issues,
    scores: Object.fromEntries(own.map(({ party, scores }) => [party, scores])),
    redLines: Object.fromEntries(own.map(({ party, redLines }) => [party, redLines])),
    excludes: linkages("excludes"),
    requires: linkages("requires"),
    interactions: own.flatMap(({ party, interactions }) => interactions.map((paid) => ({ party, ...paid }))),
  });
}

/** Two parties may ask for the same linkage; the problem names it once. */
function distinct(linkages: readonly Linkage[]): Linkage[] {
  return [...new Map(linkages.map((linkage) => [JSON.stringify(linkage), linkage])).values()];
}

function principal(id: string, at: number): CaseParty {
  const code = String.fromCharCode("A".charCodeAt(0) + (at % 26));
  return { id, name: id, code, seat: "principal", powers: [], delegation: [] };
}

/** What an outcome means for the party whose preferences these are. */
export function assess(preferences: Preferences, outcome: Outcome): Assessment {
  const { scores, interactions, walkAway, redLines } = preferences;
  const chosen = ([bracket, option]: OptionRef): boolean => outcome[bracket] === option;
  let utility = 0;
  for (const [bracket, option] of Object.entries(outcome)) utility += scores[bracket]?.[option] ?? 0;
  for (const { when, points } of interactions) {
    if (when.every(([bracket, options]) => options.some((option) => chosen([bracket, option]))))
      utility += points;
  }
  const broken = (kind: "excludes" | "requires") =>
    preferences[kind]
      .filter(([first, second]) => chosen(first) && chosen(second) === (kind === "excludes"))
      .map((linkage) => ({ kind, linkage }));
  return {
    utility: twelveDigits(utility),
    gain: twelveDigits(utility - walkAway),
    crossedRedLines: redLines.filter(chosen),
    brokenLinkages: [...broken("excludes"), ...broken("requires")],
  };
}

/** As results are printed; so sums of decimals do not show the rounding of floats. */
function twelveDigits(value: number): number {
  return Number(value.toPrecision(12));
}
