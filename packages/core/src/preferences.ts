/**
 * Reads `parley-preferences/1` (docs/formats/preferences.md): what the alternatives of one draft are worth to
 * one party, what it cannot accept, and what it has without an agreement. Everything is checked against the
 * draft's choice tree; nothing is repaired.
 *
 * One party's preferences are a problem with one party over that tree, so the solver's own reader checks the
 * scores, red lines, linkages and interactions.
 */
import {
  asObject,
  asString,
  type Interaction,
  type JsonObject,
  type Linkage,
  type OptionRef,
  ProblemError,
  type ProblemIssue,
  parseJson,
  readProblem,
  refuseUnknownKeys,
  required,
  show,
} from "@parley/solver";
import { issuesOf } from "./choice-tree.ts";

export const provenances = ["stated", "imputed", "illustrative"] as const;
/** Where preferences come from: the party itself, somebody's estimate, or an example. */
export type Provenance = (typeof provenances)[number];

export interface Preferences {
  readonly party: string;
  /** Hash of the draft that was scored, if said: see `draftHash`. */
  readonly draft?: string;
  readonly provenance: Provenance;
  /** What the party has without an agreement, in its own points. */
  readonly walkAway: number;
  /** Points by bracket and option; what is missing is 0. */
  readonly scores: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly redLines: readonly OptionRef[];
  readonly excludes: readonly Linkage[];
  readonly requires: readonly Linkage[];
  readonly interactions: readonly Pick<Interaction, "when" | "points">[];
  /** Why, by bracket. */
  readonly reasons: Readonly<Record<string, string>>;
}

/** The keys that one party's preferences share with a problem, where they stand under the party's id or name it. */
const byParty = ["scores", "redLines"] as const;
const linkages = ["excludes", "requires"] as const;

/**
 * Reads preferences from JSON text or a parsed value, for the draft whose choice tree is given.
 *
 * @throws ProblemError with a code and the path to the first fault.
 */
export function readPreferences(json: unknown, tree: readonly ProblemIssue[]): Preferences {
  const root = asObject(typeof json === "string" ? parseJson(json) : json, "");
  const format = asString(required(root, "format", ""), "format");
  if (format !== "parley-preferences/1") {
    throw new ProblemError("wrong-format", "format", `expected "parley-preferences/1", got ${show(format)}`);
  }
  const own = ["format", "party", "draft", "provenance", "walkAway", "reasons", "interactions"];
  refuseUnknownKeys(root, [...own, ...byParty, ...linkages], "");
  const party = asString(required(root, "party", ""), "party");
  if (party === "") throw new ProblemError("empty", "party", "an id may not be empty");
  const provenance = asString(required(root, "provenance", ""), "provenance");
  if (!isProvenance(provenance)) {
    throw new ProblemError(
      "wrong-type",
      "provenance",
      `expected ${provenances.join(", ")}; got ${show(provenance)}`,
    );
  }
  const problem = readPoints(root, party, tree);
  return {
    party,
    ...(root["draft"] === undefined ? {} : { draft: asString(root["draft"], "draft") }),
    provenance,
    walkAway: problem.parties[0]?.walkAway ?? 0,
    scores: problem.scores[party] ?? {},
    redLines: problem.redLines?.[party] ?? [],
    excludes: problem.excludes ?? [],
    requires: problem.requires ?? [],
    interactions: (problem.interactions ?? []).map(({ when, points }) => ({ when, points })),
    reasons: readReasons(root["reasons"], tree),
  };
}

function readPoints(root: JsonObject, party: string, tree: readonly ProblemIssue[]) {
  const problem: Record<string, unknown> = {
    format: "parley-problem/1",
    name: "",
    parties: [{ id: party, walkAway: required(root, "walkAway", "") }],
    issues: tree,
    scores: { [party]: required(root, "scores", "") },
  };
  for (const name of linkages) problem[name] = root[name];
  if (root["redLines"] !== undefined) problem["redLines"] = { [party]: root["redLines"] };
  if (Array.isArray(root["interactions"])) {
    problem["interactions"] = root["interactions"].map((item: unknown, at) => {
      const interaction = asObject(item, `interactions[${at}]`);
      refuseUnknownKeys(interaction, ["when", "points"], `interactions[${at}]`);
      return { ...interaction, party };
    });
  } else problem["interactions"] = root["interactions"];
  try {
    return readProblem(problem);
  } catch (error) {
    throw error instanceof ProblemError ? inTermsOfTheDraft(error, party) : error;
  }
}

/** The solver's reader speaks of issues, and of a party that this file names only once. */
function inTermsOfTheDraft(error: ProblemError, party: string): ProblemError {
  const path = error.path
    .replace("parties[0].walkAway", "walkAway")
    .replace(`scores.${party}`, "scores")
    .replace(`redLines.${party}`, "redLines");
  const sentence = error.path === "" ? error.message : error.message.slice(error.path.length + 2);
  return new ProblemError(error.code, path, sentence.replace(/\bissue\b/, "bracket"));
}

function readReasons(value: unknown, tree: readonly ProblemIssue[]): Record<string, string> {
  if (value === undefined) return {};
  const known = new Set(issuesOf(tree).map((issue) => issue.id));
  return Object.fromEntries(
    Object.entries(asObject(value, "reasons")).map(([bracket, reason]) => {
      const path = `reasons.${bracket}`;
      if (!known.has(bracket))
        throw new ProblemError("unknown-id", path, `there is no bracket ${show(bracket)}`);
      return [bracket, asString(reason, path)];
    }),
  );
}

function isProvenance(text: string): text is Provenance {
  return (provenances as readonly string[]).includes(text);
}
