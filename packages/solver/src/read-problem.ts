/** Reads `parley-problem/1` (docs/formats/problem.md): everything checked, nothing repaired. */
import {
  asArray,
  asId,
  asNumber,
  asObject,
  asString,
  type JsonObject,
  parseJson,
  refuseUnknownKeys,
  required,
  show,
} from "./json-value.ts";
import type { Interaction, Linkage, OptionRef, Problem, ProblemIssue, ProblemParty } from "./problem.ts";
import { ProblemError } from "./problem-error.ts";

/** Issues inside options inside issues: deeper than any text, shallow enough for any stack. */
const deepest = 64;

/** The option ids of each issue of the tree. */
type Tree = Map<string, Set<string>>;

/**
 * Reads a problem from JSON text or from a parsed value.
 *
 * @throws ProblemError with a code and the path to the first fault.
 */
export function readProblem(json: unknown): Problem {
  const root = asObject(typeof json === "string" ? parseJson(json) : json, "");
  const known = [
    "format",
    "name",
    "parties",
    "issues",
    "scores",
    "redLines",
    "excludes",
    "requires",
    "interactions",
  ];
  const format = asString(required(root, "format", ""), "format");
  if (format !== "parley-problem/1") {
    throw new ProblemError("wrong-format", "format", `expected "parley-problem/1", got ${show(format)}`);
  }
  refuseUnknownKeys(root, known, "");
  const tree: Tree = new Map();
  const parties = readParties(required(root, "parties", ""));
  const ids = new Set(parties.map((party) => party.id));
  const issues = asArray(required(root, "issues", ""), "issues").map((issue, at) =>
    readIssue(issue, `issues[${at}]`, tree, 1),
  );
  return withinNumbers({
    format,
    name: root["name"] === undefined ? "" : asString(root["name"], "name"),
    parties,
    issues,
    scores: readScores(required(root, "scores", ""), ids, tree),
    ...optional(root, "redLines", (value) => readRedLines(value, ids, tree)),
    ...optional(root, "excludes", (value) => readLinkages(value, "excludes", tree)),
    ...optional(root, "requires", (value) => readLinkages(value, "requires", tree)),
    ...optional(root, "interactions", (value) => readInteractions(value, ids, tree)),
  });
}

/**
 * The problem, if no sum of its points is beyond what a number holds.
 *
 * @throws ProblemError where one could be.
 */
export function withinNumbers(problem: Problem): Problem {
  const { parties, scores, interactions = [] } = problem;
  let sum = 0;
  for (const { walkAway } of parties) sum += Math.abs(walkAway);
  for (const { points } of interactions) sum += Math.abs(points);
  for (const ofParty of Object.values(scores))
    for (const ofIssue of Object.values(ofParty))
      for (const points of Object.values(ofIssue)) sum += Math.abs(points);
  if (Number.isFinite(sum)) return problem;
  throw new ProblemError(
    "not-finite",
    "",
    "points and walk-away values add up to more than a number can hold",
  );
}

function optional<K extends string, T>(
  root: JsonObject,
  key: K,
  read: (value: unknown) => T,
): { [P in K]?: T } {
  return root[key] === undefined ? {} : ({ [key]: read(root[key]) } as { [P in K]?: T });
}

function readParties(value: unknown): ProblemParty[] {
  const list = asArray(value, "parties");
  if (list.length === 0) throw new ProblemError("empty", "parties", "a problem has at least one party");
  const seen = new Set<string>();
  return list.map((item, at) => {
    const path = `parties[${at}]`;
    const party = asObject(item, path);
    refuseUnknownKeys(party, ["id", "walkAway"], path);
    const id = asId(required(party, "id", path), `${path}.id`);
    refuseRepeated(seen, id, `${path}.id`, `the party ${show(id)} occurs twice`);
    return { id, walkAway: asNumber(required(party, "walkAway", path), `${path}.walkAway`) };
  });
}

function readIssue(value: unknown, path: string, tree: Tree, depth: number): ProblemIssue {
  if (depth > deepest) throw new ProblemError("too-deep", path, `issues nest more than ${deepest} deep`);
  const issue = asObject(value, path);
  refuseUnknownKeys(issue, ["id", "options"], path);
  const id = asId(required(issue, "id", path), `${path}.id`);
  if (tree.has(id)) {
    throw new ProblemError("duplicate", `${path}.id`, `the issue ${show(id)} occurs twice in the tree`);
  }
  const seen = new Set<string>();
  tree.set(id, seen);
  const list = asArray(required(issue, "options", path), `${path}.options`);
  if (list.length === 0) {
    throw new ProblemError("no-options", `${path}.options`, `the issue ${show(id)} has no options`);
  }
  const options = list.map((item, at) => {
    const place = `${path}.options[${at}]`;
    const option = asObject(item, place);
    refuseUnknownKeys(option, ["id", "issues"], place);
    const optionId = asId(required(option, "id", place), `${place}.id`);
    refuseRepeated(seen, optionId, `${place}.id`, `the option ${show(optionId)} occurs twice in its issue`);
    if (option["issues"] === undefined) return { id: optionId };
    const issues = asArray(option["issues"], `${place}.issues`).map((inner, k) =>
      readIssue(inner, `${place}.issues[${k}]`, tree, depth + 1),
    );
    return { id: optionId, issues };
  });
  return { id, options };
}

function readScores(value: unknown, parties: ReadonlySet<string>, tree: Tree): Problem["scores"] {
  return mapEntries(asObject(value, "scores"), "scores", (party, ofParty, partyPath) => {
    refuseUnknownParty(parties, party, partyPath);
    return mapEntries(asObject(ofParty, partyPath), partyPath, (issue, ofIssue, issuePath) => {
      const options = optionsOf(tree, issue, issuePath);
      return mapEntries(asObject(ofIssue, issuePath), issuePath, (option, points, path) => {
        refuseUnknownOption(options, issue, option, path);
        return asNumber(points, path);
      });
    });
  });
}

function readRedLines(value: unknown, parties: ReadonlySet<string>, tree: Tree): Record<string, OptionRef[]> {
  return mapEntries(asObject(value, "redLines"), "redLines", (party, list, path) => {
    refuseUnknownParty(parties, party, path);
    const seen = new Set<string>();
    return asArray(list, path).map((item, at) => {
      const ref = readOptionRef(item, `${path}[${at}]`, tree);
      refuseRepeated(seen, JSON.stringify(ref), `${path}[${at}]`, "this red line occurs twice");
      return ref;
    });
  });
}

function readLinkages(value: unknown, path: string, tree: Tree): Linkage[] {
  const seen = new Set<string>();
  return asArray(value, path).map((item, at): Linkage => {
    const place = `${path}[${at}]`;
    const pair = asArray(item, place);
    if (pair.length !== 2) {
      throw new ProblemError("wrong-type", place, `expected two options, got ${pair.length}`);
    }
    const linkage: Linkage = [
      readOptionRef(pair[0], `${place}[0]`, tree),
      readOptionRef(pair[1], `${place}[1]`, tree),
    ];
    refuseRepeated(seen, JSON.stringify(linkage), place, "this linkage occurs twice");
    return linkage;
  });
}

function readInteractions(value: unknown, parties: ReadonlySet<string>, tree: Tree): Interaction[] {
  return asArray(value, "interactions").map((item, at): Interaction => {
    const path = `interactions[${at}]`;
    const interaction = asObject(item, path);
    refuseUnknownKeys(interaction, ["party", "when", "points"], path);
    const party = asId(required(interaction, "party", path), `${path}.party`);
    refuseUnknownParty(parties, party, `${path}.party`);
    const seen = new Set<string>();
    const when = asArray(required(interaction, "when", path), `${path}.when`).map((condition, k) =>
      readCondition(condition, `${path}.when[${k}]`, seen, tree),
    );
    return { party, when, points: asNumber(required(interaction, "points", path), `${path}.points`) };
  });
}

function readCondition(
  value: unknown,
  path: string,
  seen: Set<string>,
  tree: Tree,
): readonly [string, string[]] {
  const pair = asArray(value, path);
  if (pair.length !== 2) {
    throw new ProblemError("wrong-type", path, "expected an issue and the list of its options that count");
  }
  const issue = asId(pair[0], `${path}[0]`);
  const options = optionsOf(tree, issue, `${path}[0]`);
  refuseRepeated(seen, issue, `${path}[0]`, `the issue ${show(issue)} is named twice in one interaction`);
  const listed = asArray(pair[1], `${path}[1]`);
  if (listed.length === 0) throw new ProblemError("no-options", `${path}[1]`, "no option is listed");
  const named = new Set<string>();
  return [
    issue,
    listed.map((item, at) => {
      const place = `${path}[1][${at}]`;
      const option = asId(item, place);
      refuseUnknownOption(options, issue, option, place);
      refuseRepeated(named, option, place, `the option ${show(option)} is listed twice`);
      return option;
    }),
  ];
}

function readOptionRef(value: unknown, path: string, tree: Tree): OptionRef {
  const pair = asArray(value, path);
  if (pair.length !== 2) {
    throw new ProblemError("wrong-type", path, "expected a pair of issue and option");
  }
  const issue = asId(pair[0], `${path}[0]`);
  const option = asId(pair[1], `${path}[1]`);
  refuseUnknownOption(optionsOf(tree, issue, `${path}[0]`), issue, option, `${path}[1]`);
  return [issue, option];
}

function optionsOf(tree: Tree, issue: string, path: string): ReadonlySet<string> {
  const options = tree.get(issue);
  if (!options) throw new ProblemError("unknown-id", path, `there is no issue ${show(issue)}`);
  return options;
}

function refuseUnknownOption(
  options: ReadonlySet<string>,
  issue: string,
  option: string,
  path: string,
): void {
  if (!options.has(option)) {
    throw new ProblemError("unknown-id", path, `the issue ${show(issue)} has no option ${show(option)}`);
  }
}

function refuseUnknownParty(parties: ReadonlySet<string>, party: string, path: string): void {
  if (!parties.has(party)) throw new ProblemError("unknown-id", path, `there is no party ${show(party)}`);
}

function refuseRepeated(seen: Set<string>, id: string, path: string, sentence: string): void {
  if (seen.has(id)) throw new ProblemError("duplicate", path, sentence);
  seen.add(id);
}

function mapEntries<T>(
  object: JsonObject,
  path: string,
  read: (key: string, value: unknown, path: string) => T,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, read(key, value, `${path}.${key}`)]),
  );
}
