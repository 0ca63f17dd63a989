/**
 * GENIUS domains with their profiles (XML; Lin et al. 2014), as the tool computes them:
 *
 * - utility = sum over issues of weight x evaluation / largest evaluation of the issue; weights as they stand,
 *   found by the issue's index (one at the root's index counts for nothing, and they need not add up to 1);
 * - an integer issue's evaluation is offset + slope x (value - lower bound), between 0 and 1;
 * - a hyper-rectangle pays its utility inside the box of its INCLUDES, or outside the box of its EXCLUDES;
 *   these points are kept raw, and the reservation value, which is on the scale of `maxutility`, with them;
 * - items below an issue's similarity function are no items of the issue;
 * - discounting is kept as data.
 *
 * Real-valued issues and evaluators other than linear are refused.
 */
import type { Interaction, ProblemIssue } from "../problem.ts";
import { ProblemError } from "../problem-error.ts";
import {
  type AdditiveProfile,
  finite,
  partyOfFile,
  problemOf,
  type ReadProfiles,
} from "./additive-profile.ts";
import type { SourceFile } from "./source-file.ts";
import { childrenNamed, elementsNamed, numberOf, parseXml, type XmlElement } from "./xml-tree.ts";

/** More values than this in one integer issue is not a choice between texts. */
const mostValues = 1_000_000;

interface GeniusFile {
  readonly name: string;
  readonly root: XmlElement;
}

interface GeniusIssue {
  readonly name: string;
  readonly index: string;
  readonly options: readonly string[];
  /** Of an integer issue. */
  readonly lower: number | null;
}

export function readGenius(files: readonly SourceFile[]): ReadProfiles {
  const parsed = files.map(({ name, text }) => ({ name, root: parseXml(text, name) }));
  const profiles = parsed.filter(({ root }) => root.name === "utility_space");
  const domain = parsed.find(({ root }) => root.name === "negotiation_template") ?? profiles[0];
  if (!domain || profiles.length === 0) {
    throw new ProblemError(
      "wrong-format",
      files[0]?.name ?? "",
      "no GENIUS profile (utility_space) was given",
    );
  }
  const issues = elementsNamed(domain.root, "issue").map((issue) => readIssue(issue, domain.name));
  refuseRepeatedIssues(issues, domain.name);
  const read = profiles.map((file) =>
    elementsNamed(file.root, "hyperRectangle").length > 0
      ? boxedProfile(file, issues)
      : additiveProfile(file, issues),
  );
  return problemOf(
    partyOfFile(domain.name),
    issues.map(({ name, options }): ProblemIssue => ({ id: name, options: options.map((id) => ({ id })) })),
    read.map(({ profile }) => profile),
    read.flatMap(({ interactions }) => interactions),
  );
}

function readIssue(issue: XmlElement, file: string): GeniusIssue {
  const name = issue.attributes["name"] ?? "";
  const index = issue.attributes["index"] ?? "";
  const type = issue.attributes["vtype"] ?? issue.attributes["type"] ?? "discrete";
  if (name === "") throw new ProblemError("empty", `${file}: issue`, "an issue has no name");
  if (type === "discrete") {
    const options = childrenNamed(issue, "item").map((item) => item.attributes["value"] ?? "");
    const path = `${file}: issue ${name}`;
    if (options.length === 0) throw new ProblemError("no-options", path, "the issue has no items");
    if (options.includes("")) throw new ProblemError("empty", path, "an item has no value");
    if (new Set(options).size < options.length)
      throw new ProblemError("duplicate", path, "an item occurs twice");
    return { name, index, options, lower: null };
  }
  if (type !== "integer") {
    throw new ProblemError(
      "not-supported",
      `${file}: issue ${name}`,
      `issues of type ${type} are not supported`,
    );
  }
  const range = childrenNamed(issue, "range")[0] ?? issue;
  const lower = numberOf(range, "lowerbound", file);
  const upper = numberOf(range, "upperbound", file);
  if (!Number.isInteger(lower) || !Number.isInteger(upper) || upper < lower || upper - lower > mostValues) {
    throw new ProblemError(
      "wrong-type",
      `${file}: issue ${name}`,
      "the bounds are not a range of whole numbers",
    );
  }
  return {
    name,
    index,
    options: Array.from({ length: upper - lower + 1 }, (_, k) => String(lower + k)),
    lower,
  };
}

function refuseRepeatedIssues(issues: readonly GeniusIssue[], file: string): void {
  const names = new Set<string>();
  for (const { name } of issues) {
    if (names.has(name))
      throw new ProblemError("duplicate", `${file}: issue ${name}`, "the issue occurs twice");
    names.add(name);
  }
}

interface ReadProfile {
  readonly profile: AdditiveProfile;
  readonly interactions: readonly Interaction[];
}

function additiveProfile({ name: file, root }: GeniusFile, issues: readonly GeniusIssue[]): ReadProfile {
  const weights = new Map(
    elementsNamed(root, "weight").map((weight) => [
      weight.attributes["index"],
      numberOf(weight, "value", file),
    ]),
  );
  const own = elementsNamed(root, "issue");
  const scores = issues.map((issue): [string, Record<string, number>] => {
    const element =
      own.find((one) => one.attributes["index"] === issue.index && one.attributes["name"] === issue.name) ??
      own.find((one) => one.attributes["name"] === issue.name);
    if (!element) throw new ProblemError("missing-key", file, `the issue ${issue.name} has no evaluation`);
    const weight = weights.get(element.attributes["index"]);
    if (weight === undefined)
      throw new ProblemError("missing-key", file, `the issue ${issue.name} has no weight`);
    const evaluations = issue.lower === null ? discrete(element, issue, file) : integer(element, issue, file);
    return [
      issue.name,
      Object.fromEntries(
        evaluations.map(([option, worth]) => [
          option,
          finite(weight * worth, `${file}: issue ${issue.name}`),
        ]),
      ),
    ];
  });
  return {
    profile: { ...frameOf(file, root, 1), scores: Object.fromEntries(scores) },
    interactions: [],
  };
}

/** Evaluations as shares of the issue's largest. */
function discrete(element: XmlElement, issue: GeniusIssue, file: string): [string, number][] {
  const evaluations = childrenNamed(element, "item").map((item): [string, number] => {
    const option = item.attributes["value"] ?? "";
    if (!issue.options.includes(option)) {
      throw new ProblemError(
        "unknown-id",
        `${file}: issue ${issue.name}`,
        `the domain has no item ${option}`,
      );
    }
    return [option, item.attributes["evaluation"] === undefined ? 0 : numberOf(item, "evaluation", file)];
  });
  const most = Math.max(...evaluations.map(([, evaluation]) => evaluation));
  return evaluations.map(([option, evaluation]) => [option, most > 0 ? evaluation / most : 0]);
}

function integer(
  element: XmlElement,
  { name, options, lower }: GeniusIssue,
  file: string,
): [string, number][] {
  const evaluator = childrenNamed(element, "evaluator")[0];
  if (!evaluator)
    throw new ProblemError("missing-key", `${file}: issue ${name}`, "the issue has no evaluator");
  if (evaluator.attributes["ftype"] !== "linear") {
    throw new ProblemError("not-supported", `${file}: issue ${name}`, "only linear evaluators are supported");
  }
  const old = evaluator.attributes["slope"] === undefined;
  const offset = numberOf(evaluator, old ? "parameter0" : "offset", file);
  const slope = numberOf(evaluator, old ? "parameter1" : "slope", file);
  return options.map((option) => [
    option,
    Math.min(1, Math.max(0, offset + slope * (Number(option) - (lower ?? 0)))),
  ]);
}

function boxedProfile({ name: file, root }: GeniusFile, issues: readonly GeniusIssue[]): ReadProfile {
  const party = partyOfFile(file);
  const most = elementsNamed(root, "utility")[0];
  const interactions = elementsNamed(root, "ufun").flatMap((ufun) => {
    const weight = ufun.attributes["weight"] === undefined ? 1 : numberOf(ufun, "weight", file);
    return elementsNamed(ufun, "hyperRectangle").flatMap((box): Interaction[] => {
      const points = finite(weight * numberOf(box, "utility", file), `${file}: hyperRectangle`);
      const inside = conditions(box, "INCLUDES", issues, file);
      const outside = conditions(box, "EXCLUDES", issues, file);
      const paid = { party, when: inside, points };
      return outside.length === 0
        ? [paid]
        : [paid, { party, when: joined(inside, outside, file), points: -points }];
    });
  });
  return {
    profile: { ...frameOf(file, root, most ? numberOf(most, "maxutility", file) : 1), scores: {} },
    interactions,
  };
}

type Condition = readonly [string, readonly string[]];

function conditions(
  box: XmlElement,
  kind: string,
  issues: readonly GeniusIssue[],
  file: string,
): Condition[] {
  return elementsNamed(box, kind).map((bound): Condition => {
    const index = bound.attributes["index"];
    const issue = issues.find((one) => one.index === index);
    if (!issue)
      throw new ProblemError("unknown-id", `${file}: ${kind}`, `there is no issue with index ${index}`);
    const min = numberOf(bound, "min", file);
    const max = numberOf(bound, "max", file);
    const options = issue.options.filter((option) => Number(option) >= min && Number(option) <= max);
    if (options.length === 0) {
      throw new ProblemError(
        "no-options",
        `${file}: ${kind}`,
        `no value of ${issue.name} is from ${min} to ${max}`,
      );
    }
    return [issue.name, options];
  });
}

function joined(inside: readonly Condition[], outside: readonly Condition[], file: string): Condition[] {
  const both = [...inside, ...outside];
  if (new Set(both.map(([issue]) => issue)).size < both.length) {
    throw new ProblemError(
      "not-supported",
      `${file}: hyperRectangle`,
      "an issue is bounded twice in one box",
    );
  }
  return both;
}

/** Name, walk-away value and discount; the reservation value is on the scale where the largest utility is 1. */
function frameOf(file: string, root: XmlElement, scale: number): Omit<AdditiveProfile, "scores"> {
  const reservation = elementsNamed(root, "reservation")[0];
  const discount = elementsNamed(root, "discount_factor")[0];
  return {
    party: partyOfFile(file),
    walkAway: reservation ? finite(numberOf(reservation, "value", file) * scale, `${file}: reservation`) : 0,
    ...(discount ? { discount: numberOf(discount, "value", file) } : {}),
  };
}
