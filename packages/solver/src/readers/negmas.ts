/**
 * NegMAS scenarios (YAML): an outcome space and one LinearAdditiveUtilityFunction for each party, perhaps
 * inside an ExpDiscountedUFun, whose discount is kept as data. Tables and straight lines of values are read.
 */
import { parseDocument } from "yaml";
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

const mostValues = 100_000;

/** Parses YAML without aliases, which could grow without bound. */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text, { logLevel: "silent" });
  // A tag that is not known is a warning there: what it would make of the value is lost.
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault) throw notYaml(fault);
  try {
    return document.toJS({ maxAliasCount: 0 }) as unknown;
  } catch (error) {
    throw notYaml(error as Error);
  }
}

function notYaml({ message }: Error): ProblemError {
  const [line = ""] = message.split("\n");
  return new ProblemError("wrong-format", "", `this is not YAML that can be read: ${line.replace(/:$/, "")}`);
}

export function readNegmas(files: readonly ParsedFile[]): ReadProfiles {
  const bodies = files.map(({ name, value }) => ({ name, body: asObject(value, name) }));
  const domain = bodies.find(({ body }) => body["issues"] !== undefined);
  if (!domain)
    throw new ProblemError("wrong-format", files[0]?.name ?? "", "no file has the issues of a NegMAS domain");
  const issues = asArray(domain.body["issues"], `${domain.name}: issues`).map((issue, k) =>
    readIssue(asObject(issue, `${domain.name}: issues[${k}]`), `${domain.name}: issues[${k}]`),
  );
  const profiles = bodies
    .filter((one) => one !== domain)
    .map(({ name, body }) => readProfile(name, body, issues));
  if (profiles.length === 0) throw new ProblemError("empty", domain.name, "no profile was given");
  return problemOf(asString(domain.body["name"] ?? "", `${domain.name}: name`), issues, profiles);
}

function readIssue(issue: JsonObject, path: string): ProblemIssue {
  const id = asString(required(issue, "name", path), `${path}.name`);
  const type = asString(issue["type"] ?? "CategoricalIssue", `${path}.type`);
  const values = asArray(required(issue, "values", path), `${path}.values`);
  const listed = type === "ContiguousIssue" ? span(values, path) : values.map((value) => String(value));
  if (type === "ContinuousIssue")
    throw new ProblemError("not-supported", path, "continuous issues are not supported");
  if (listed.length === 0) throw new ProblemError("no-options", path, "the issue has no values");
  if (new Set(listed).size < listed.length) throw new ProblemError("duplicate", path, "a value occurs twice");
  return { id, options: listed.map((option) => ({ id: option })) };
}

function span([low, high]: readonly unknown[], path: string): string[] {
  const from = asNumber(low, `${path}.values`);
  const count = asNumber(high, `${path}.values`) - from + 1;
  if (!(count >= 1 && count <= mostValues))
    throw new ProblemError("wrong-type", path, "expected lowest and highest");
  return Array.from({ length: count }, (_, k) => String(from + k));
}

function readProfile(file: string, outer: JsonObject, issues: readonly ProblemIssue[]): AdditiveProfile {
  const discounted = outer["ufun"] !== undefined;
  const body = discounted ? asObject(outer["ufun"], `${file}: ufun`) : outer;
  const type = asString(required(body, "type", file), `${file}: type`);
  if (!/(^|\.)LinearAdditiveUtilityFunction$/.test(type)) {
    throw new ProblemError(
      "not-supported",
      `${file}: type`,
      `utility functions of type ${type} are not supported`,
    );
  }
  const values = asArray(required(body, "values", file), `${file}: values`);
  const weights = body["weights"] === undefined ? null : asArray(body["weights"], `${file}: weights`);
  if (values.length !== issues.length || (weights !== null && weights.length !== issues.length)) {
    throw new ProblemError("wrong-type", `${file}: values`, `expected ${issues.length}, one for each issue`);
  }
  const scores = issues.map(({ id, options }, k): [string, Record<string, number>] => {
    const path = `${file}: values[${k}]`;
    const weight = weights === null ? 1 : asNumber(weights[k], `${file}: weights[${k}]`);
    const worth = worthOf(asObject(values[k], path), path);
    return [id, Object.fromEntries(options.map((one) => [one.id, finite(weight * worth(one.id), path)]))];
  });
  const reserved = body["reserved_value"] ?? outer["reserved_value"];
  return {
    party: partyOfFile(file),
    walkAway: reserved === undefined || reserved === null ? 0 : asNumber(reserved, `${file}: reserved_value`),
    scores: Object.fromEntries(scores),
    ...(discounted && outer["discount"] !== undefined
      ? { discount: asNumber(outer["discount"], `${file}: discount`) }
      : {}),
  };
}

function worthOf(fun: JsonObject, path: string): (option: string) => number {
  const type = asString(required(fun, "type", path), `${path}.type`);
  if (/(^|\.)TableFun$/.test(type)) {
    const mapping = asObject(required(fun, "mapping", path), `${path}.mapping`);
    return (option) => asNumber(required(mapping, option, `${path}.mapping`), `${path}.mapping.${option}`);
  }
  if (/(^|\.)(Linear|Affine)Fun$/.test(type)) {
    const slope = asNumber(required(fun, "slope", path), `${path}.slope`);
    const bias = asNumber(fun["bias"] ?? 0, `${path}.bias`);
    return (option) => asNumber(Number(option), path) * slope + bias;
  }
  if (/(^|\.)IdentityFun$/.test(type)) return (option) => asNumber(Number(option), path);
  throw new ProblemError("not-supported", path, `value functions of type ${type} are not supported`);
}
