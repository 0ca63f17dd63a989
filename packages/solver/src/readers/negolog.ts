/** NegoLog profiles (JSON): utility = sum of weight x worth of the value; `reservationValue` on that scale. */
import { asNumber, asObject, required } from "../json-value.ts";
import { ProblemError } from "../problem-error.ts";
import {
  type AdditiveProfile,
  finite,
  partyOfFile,
  problemOf,
  type ReadProfiles,
} from "./additive-profile.ts";
import type { ParsedFile } from "./source-file.ts";

export function isNegoLog(files: readonly ParsedFile[]): boolean {
  return profilesOf(files).length > 0;
}

/** Profiles are files with weights; a `specs.json` beside them is passed over. */
function profilesOf(files: readonly ParsedFile[]): readonly ParsedFile[] {
  return files.filter(
    ({ value }) =>
      typeof value === "object" &&
      value !== null &&
      Object.hasOwn(value, "issueWeights") &&
      Object.hasOwn(value, "issues"),
  );
}

export function readNegoLog(files: readonly ParsedFile[]): ReadProfiles {
  const profiles = profilesOf(files).map(({ name, value }) => readProfile(name, value));
  const [first] = profiles;
  if (!first) throw new ProblemError("wrong-format", files[0]?.name ?? "", "no NegoLog profile was given");
  const issues = Object.entries(first.scores).map(([id, points]) => {
    const options = Object.keys(points).map((option) => ({ id: option }));
    if (options.length === 0) throw new ProblemError("no-options", id, "the issue has no values");
    return { id, options };
  });
  const names = (object: object): string =>
    Object.keys(object)
      .toSorted((a, b) => (a < b ? -1 : 1))
      .join();
  const shape = ({ scores }: AdditiveProfile): string =>
    [names(scores), ...Object.keys(first.scores).map((id) => names(scores[id] ?? {}))].join(";");
  for (const profile of profiles) {
    if (shape(profile) !== shape(first)) {
      throw new ProblemError(
        "unknown-id",
        profile.party,
        `issues or values differ from those of ${first.party}`,
      );
    }
  }
  return problemOf("", issues, profiles);
}

function readProfile(file: string, value: unknown): AdditiveProfile {
  const body = asObject(value, file);
  const weights = asObject(required(body, "issueWeights", file), `${file}: issueWeights`);
  const issues = asObject(required(body, "issues", file), `${file}: issues`);
  const scores = Object.entries(issues).map(([id, values]): [string, Record<string, number>] => {
    const path = `${file}: issues.${id}`;
    const weight = asNumber(required(weights, id, `${file}: issueWeights`), `${file}: issueWeights.${id}`);
    return [
      id,
      Object.fromEntries(
        Object.entries(asObject(values, path)).map(([option, worth]) => [
          option,
          finite(weight * asNumber(worth, `${path}.${option}`), path),
        ]),
      ),
    ];
  });
  return {
    party: partyOfFile(file),
    walkAway:
      body["reservationValue"] === undefined
        ? 0
        : asNumber(body["reservationValue"], `${file}: reservationValue`),
    scores: Object.fromEntries(scores),
  };
}
