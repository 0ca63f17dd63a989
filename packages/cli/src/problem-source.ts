/** The kinds of problem that `parley solve` reads. */
import { type Problem, readProblem } from "@parley/solver";
import { type CaseSource, inFile, readCaseFolder } from "./case-source.ts";
import { InputError, UsageError } from "./command.ts";
import { hasFile, isFolder, readText } from "./input.ts";

export interface ProblemSource {
  readonly problem: Problem;
  /** Where the problem comes from a draft and its case. */
  readonly caseSource?: CaseSource;
}

export function readProblemSource(words: readonly string[]): ProblemSource {
  const [first, ...more] = words;
  if (first === undefined) throw new UsageError("a PROBLEM is missing: a file, or a folder with case.json");
  if (more.length > 0) throw new InputError(more[0] as string, "a second problem; one is solved at a time");
  if (isFolder(first)) {
    if (!hasFile(first, "case.json"))
      throw new InputError(first, "this folder has no case.json, so it is no problem that is known here");
    const caseSource = readCaseFolder(first);
    return { problem: caseSource.bargaining.problem, caseSource };
  }
  const text = readText(first);
  return { problem: inFile(first, () => readProblem(text)) };
}

/** The problem with other walk-away values, each given as `PARTY=VALUE`. */
export function withWalkAways(problem: Problem, overrides: readonly string[]): Problem {
  const values = new Map(overrides.map((text) => readOverride(text, problem)));
  return {
    ...problem,
    parties: problem.parties.map((party) => ({ ...party, walkAway: values.get(party.id) ?? party.walkAway })),
  };
}

function readOverride(text: string, { parties }: Problem): readonly [string, number] {
  const at = text.lastIndexOf("=");
  const party = text.slice(0, Math.max(0, at));
  const value = text.slice(at + 1);
  if (!parties.some(({ id }) => id === party)) {
    throw new UsageError(
      `--walk-away ${text}: write PARTY=VALUE with one of ${parties.map(({ id }) => id).join(", ")}`,
    );
  }
  return [party, readNumber(value, `--walk-away ${party}`)];
}

/** A decimal number, as people write it. */
export function readNumber(text: string, option: string): number {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) throw new UsageError(`${option}: ${JSON.stringify(text)} is not a number`);
  return value;
}
