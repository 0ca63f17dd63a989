/**
 * GeniusWeb profiles (JSON, LinearAdditiveUtilitySpace): utility = sum of weight x utility of the value. The
 * reservation is a bid, and the walk-away value is what that bid is worth; without one it is 0.
 */
import { asArray, asNumber, asObject, asString, type JsonObject, required } from "../json-value.ts";
import type { ProblemIssue } from "../problem.ts";
import { ProblemError } from "../problem-error.ts";
import {
  type AdditiveProfile,
  finite,
  partyOfFile,
  problemOf,
  type ReadProfiles,
} from "./additive-profile.ts";
import type { ParsedFile } from "./source-file.ts";

const space = "LinearAdditiveUtilitySpace";
const mostValues = 100_000;

export function isGeniusWeb(files: readonly ParsedFile[]): boolean {
  return files.some(({ value }) => isObject(value) && Object.hasOwn(value, space));
}

export function readGeniusWeb(files: readonly ParsedFile[]): ReadProfiles {
  const profiles = files.flatMap(({ name, value }) => {
    const object = asObject(value, name);
    return Object.hasOwn(object, space) ? [{ name, body: asObject(object[space], `${name}: ${space}`) }] : [];
  });
  const [first] = profiles;
  if (!first) throw new ProblemError("wrong-format", files[0]?.name ?? "", "no GeniusWeb profile was given");
  const path = `${first.name}: domain`;
  const domain = asObject(required(first.body, "domain", first.name), path);
  const values = asObject(required(domain, "issuesValues", path), `${path}.issuesValues`);
  const issues = Object.entries(values).map(([id, value]): ProblemIssue => {
    const options = optionsOf(asObject(value, `${path}.issuesValues.${id}`), `${path}.issuesValues.${id}`);
    return { id, options: options.map((option) => ({ id: option })) };
  });
  return problemOf(
    asString(domain["name"] ?? "", `${path}.name`),
    issues,
    profiles.map((profile) => readProfile(profile.name, profile.body, issues)),
  );
}

function optionsOf(value: JsonObject, path: string): string[] {
  if (value["values"] !== undefined) {
    const options = asArray(value["values"], path).map((one) => String(one));
    if (options.length === 0) throw new ProblemError("no-options", path, "the issue has no values");
    if (new Set(options).size < options.length)
      throw new ProblemError("duplicate", path, "a value occurs twice");
    return options;
  }
  const range = asArray(required(value, "range", path), `${path}.range`).map(Number);
  const [low = Number.NaN, high = Number.NaN, step = Number.NaN] = range;
  const count = Math.floor((high - low) / step + 1e-9) + 1;
  if (!(count >= 1 && count <= mostValues)) {
    throw new ProblemError("wrong-type", `${path}.range`, "expected low, high and step of a range");
  }
  return Array.from({ length: count }, (_, k) => String(Number((low + k * step).toPrecision(12))));
}

function readProfile(file: string, body: JsonObject, issues: readonly ProblemIssue[]): AdditiveProfile {
  const utilities = asObject(required(body, "issueUtilities", file), `${file}: issueUtilities`);
  const weights = asObject(required(body, "issueWeights", file), `${file}: issueWeights`);
  const scores = Object.fromEntries(
    issues.map(({ id, options }) => {
      const path = `${file}: issueUtilities.${id}`;
      const weight = asNumber(required(weights, id, `${file}: issueWeights`), `${file}: issueWeights.${id}`);
      const utility = utilityOf(asObject(required(utilities, id, `${file}: issueUtilities`), path), path);
      return [id, Object.fromEntries(options.map((one) => [one.id, finite(weight * utility(one.id), path)]))];
    }),
  );
  return { party: partyOfFile(file), walkAway: walkAwayOf(body, scores, file), scores };
}

function utilityOf(body: JsonObject, path: string): (option: string) => number {
  const numbers = body["numberutils"];
  if (numbers !== undefined) {
    const line = asObject(numbers, `${path}.numberutils`);
    const [low, high, from, to] = ["lowValue", "highValue", "lowUtility", "highUtility"].map((key) =>
      Number(required(line, key, path)),
    ) as [number, number, number, number];
    return (option) => (high === low ? from : from + ((Number(option) - low) / (high - low)) * (to - from));
  }
  const table = asObject(required(body, "discreteutils", path), `${path}.discreteutils`);
  const values = asObject(required(table, "valueUtilities", `${path}.discreteutils`), path);
  return (option) => (values[option] === undefined ? 0 : asNumber(values[option], `${path}.${option}`));
}

function walkAwayOf(body: JsonObject, scores: AdditiveProfile["scores"], file: string): number {
  const bid = body["reservationBid"];
  if (bid === undefined || bid === null) return 0;
  const path = `${file}: reservationBid`;
  const values = asObject(required(asObject(bid, path), "issuevalues", path), `${path}.issuevalues`);
  // Added in decimal, as the solver adds, so that an outcome like the bid is exactly at the walk-away value.
  return Object.entries(values).reduce((sum, [issue, value]) => {
    const points = scores[issue]?.[String(value)];
    if (points === undefined) {
      throw new ProblemError("unknown-id", path, `there is no value ${String(value)} of the issue ${issue}`);
    }
    return Number((sum + points).toPrecision(15));
  }, 0);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
