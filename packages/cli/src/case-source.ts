/** Reads a draft, a case and preferences from files, so that every error names its file. */
import { dirname, join } from "node:path";
import {
  type Bargaining,
  bargainingOf,
  type CaseFile,
  checkSeat,
  choiceTree,
  type Preferences,
  readCaseFile,
  readPreferences,
} from "@parley/core";
import { ProblemError } from "@parley/solver";
import { type Reading, TextError } from "@parley/text";
import { InputError } from "./command.ts";
import { parseDraft } from "./draft-file.ts";
import { filesIn, hasFile, isFolder, readText } from "./input.ts";

export interface CaseSource {
  readonly reading: Reading;
  readonly caseFile: CaseFile | undefined;
  readonly bargaining: Bargaining;
  /** All output then says EXERCISE. */
  readonly exercise: boolean;
}

/** Reads a draft and reports nothing: what was repaired stands in the reading. */
export function readDraft(source: string): Reading {
  return inFile(source, () => parseDraft(source).reading);
}

/** A folder with `case.json`, its draft and `preferences/`. */
export function readCaseFolder(folder: string): CaseSource {
  const caseSource = join(folder, "case.json");
  const { draft } = readCase(caseSource);
  if (!hasFile(folder, draft))
    throw new InputError(join(folder, draft), "this case has no draft, so there is nothing to solve");
  const preferences = join(folder, "preferences");
  const files = isFolder(preferences) ? filesIn(preferences, ".json") : [];
  if (files.length === 0) throw new InputError(preferences, "no preferences (*.json) are here");
  return readCaseSource(join(folder, draft), files, caseSource);
}

/** The case file beside a draft, if there is one. */
export function caseBeside(draft: string): string | undefined {
  const folder = draft === "-" ? undefined : dirname(draft);
  return folder !== undefined && hasFile(folder, "case.json") ? join(folder, "case.json") : undefined;
}

export function readCase(source: string): CaseFile {
  return inFile(source, () => readCaseFile(readText(source)));
}

export function readCaseSource(
  draft: string,
  preferences: readonly string[],
  caseSource: string | undefined,
): CaseSource {
  const reading = readDraft(draft);
  const caseFile = caseSource === undefined ? undefined : readCase(caseSource);
  const tree = choiceTree(reading.draft);
  if (tree.length === 0)
    throw new InputError(draft, "no bracket is open in this draft, so there is nothing to settle");
  const read: Preferences[] = [];
  for (const source of preferences) {
    const next = inFile(source, () => readPreferences(readText(source), tree));
    // One more file at a time, so that an error names the file that brought it.
    inFile(source, () => checkSeat(next, caseFile, read));
    read.push(next);
  }
  const bargaining = inFile(caseSource ?? draft, () => bargainingOf(reading.draft, caseFile, read));
  const exercise = caseFile?.exercise === true || reading.draft.exercise === true;
  return { reading, caseFile, bargaining, exercise };
}

/** Names the file in what its reader refuses. */
export function inFile<T>(source: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ProblemError || error instanceof TextError)
      throw new InputError(source, error.message);
    throw error;
  }
}
