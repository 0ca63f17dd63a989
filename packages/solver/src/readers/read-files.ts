/**
 * Reads a problem from the files of other tools: GENIUS XML, GeniusWeb JSON, NegMAS YAML, NegoLog JSON.
 *
 * Nothing is repaired. What these formats leave out is taken as they mean it: no reservation value is 0.
 */
import { parseJson } from "../json-value.ts";
import type { Problem } from "../problem.ts";
import { ProblemError } from "../problem-error.ts";
import { readProblem, withinNumbers } from "../read-problem.ts";
import { readGenius } from "./genius.ts";
import { isGeniusWeb, readGeniusWeb } from "./geniusweb.ts";
import { parseYaml, readNegmas } from "./negmas.ts";
import { isNegoLog, readNegoLog } from "./negolog.ts";
import type { SourceFile } from "./source-file.ts";

export type SourceFormat = "parley" | "genius" | "geniusweb" | "negmas" | "negolog";

export interface ReadFiles {
  readonly format: SourceFormat;
  readonly problem: Problem;
  /** Discounting that a file asks for, by party: kept as data, applied nowhere. */
  readonly discounts: Readonly<Record<string, number>>;
}

/**
 * Reads one `parley-problem/1` file, or a domain with its profiles. Parties are in the order of their files.
 *
 * @throws ProblemError whose path begins with the name of the file at fault.
 */
export function readProblemFiles(files: readonly SourceFile[]): ReadFiles {
  const [first] = files;
  if (!first) throw new ProblemError("empty", "", "no file was given");
  const read = readBy(first, files);
  return { ...read, problem: inFile(first.name, () => withinNumbers(read.problem)) };
}

function readBy(first: SourceFile, files: readonly SourceFile[]): ReadFiles {
  if (files.every(({ text }) => text.trimStart().startsWith("<")))
    return { format: "genius", ...readGenius(files) };
  if (/\.ya?ml$/i.test(first.name)) {
    const parsed = files.map(({ name, text }) => ({ name, value: inFile(name, () => parseYaml(text)) }));
    return { format: "negmas", ...readNegmas(parsed) };
  }
  const parsed = files.map(({ name, text }) => ({ name, value: inFile(name, () => parseJson(text)) }));
  if (isGeniusWeb(parsed)) return { format: "geniusweb", ...readGeniusWeb(parsed) };
  if (isNegoLog(parsed)) return { format: "negolog", ...readNegoLog(parsed) };
  if (files.length > 1) {
    throw new ProblemError(
      "wrong-format",
      first.name,
      "several JSON files must be GeniusWeb or NegoLog profiles",
    );
  }
  return {
    format: "parley",
    problem: inFile(first.name, () => readProblem(parsed[0]?.value)),
    discounts: {},
  };
}

/** Puts the name of the file before the path of a fault. */
function inFile<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const path = error.path === "" ? name : `${name}: ${error.path}`;
    throw new ProblemError(error.code, path, error.sentence);
  }
}
