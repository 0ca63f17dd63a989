/** The kinds of problem that `parley solve` reads. */
import { type Problem, ProblemError, readProblemFiles, withinNumbers } from "@parley/solver";
import { type CaseSource, readCaseFolder } from "./case-source.ts";
import { InputError, UsageError } from "./command.ts";
import { filesIn, hasFile, isFolder, readText } from "./input.ts";

export interface ProblemSource {
  readonly problem: Problem;
  /** Where the problem comes from a draft and its case. */
  readonly caseSource?: CaseSource;
  /** Discounting that files of other tools ask for, by party: it is not applied. */
  readonly discounts: Readonly<Record<string, number>>;
}

/** A folder with case.json, a folder with the files of a domain, or files: parties in the order of theirs. */
export function readProblemSource(words: readonly string[]): ProblemSource {
  if (words.length === 0) throw new UsageError("a PROBLEM is missing: a file, a domain's files, or a folder");
  const folder = words.find(isFolder);
  if (folder === undefined) return readFiles(words);
  if (words.length > 1) throw new InputError(folder, "a folder is a whole problem: name nothing beside it");
  if (hasFile(folder, "case.json")) {
    const caseSource = readCaseFolder(folder);
    return { problem: caseSource.bargaining.problem, caseSource, discounts: {} };
  }
  const files = filesIn(folder, ...endings);
  if (files.length === 0)
    throw new InputError(folder, `this folder has neither case.json nor a domain (${endings.join(", ")})`);
  return readFiles(files);
}

const endings = [".xml", ".json", ".yml", ".yaml"];

function readFiles(paths: readonly string[]): ProblemSource {
  const files = paths.map((path) => ({ name: path === "-" ? "standard input" : path, text: readText(path) }));
  try {
    return readProblemFiles(files);
  } catch (error) {
    if (error instanceof ProblemError) throw new InputError(error.path, error.sentence);
    throw error;
  }
}

/** The problem with other walk-away values, each given as `PARTY=VALUE`. */
export function withWalkAways(problem: Problem, overrides: readonly string[]): Problem {
  const values = new Map(overrides.map((text) => readOverride(text, problem)));
  const parties = problem.parties.map((party) => ({
    ...party,
    walkAway: values.get(party.id) ?? party.walkAway,
  }));
  try {
    return withinNumbers({ ...problem, parties });
  } catch (error) {
    if (error instanceof ProblemError) throw new UsageError(`--walk-away: ${error.sentence}`);
    throw error;
  }
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
