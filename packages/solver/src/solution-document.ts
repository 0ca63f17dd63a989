/** Results as `parley-solution/1`, the JSON of `parley solve --json`: numbers with 12 significant digits. */
import type { Arithmetic } from "./arithmetic.ts";
import type { Frontier, FrontierPoint } from "./frontier.ts";
import { compile, countOutcomes } from "./model.ts";
import type { Problem } from "./problem.ts";
import type { Solutions } from "./solve.ts";

export interface SolutionDocument {
  readonly format: "parley-solution/1";
  readonly problem: {
    readonly name: string;
    readonly parties: readonly string[];
    readonly issues: number;
    /** Outcomes of the choice tree before linkages and red lines. */
    readonly outcomes: string;
    readonly arithmetic: Arithmetic;
  };
  readonly solutions: Solutions;
  readonly frontier?: FrontierDocument;
  readonly cpuMs: number;
}

export interface FrontierDocument {
  readonly exact: boolean;
  readonly epsilon: number | null;
  readonly size: number;
  readonly points: readonly FrontierPoint[];
}

export interface SolutionResults {
  readonly solutions: Solutions;
  readonly frontier?: Frontier;
  /** Measured by the caller: this package has no clock. */
  readonly cpuMs: number;
}

export function solutionDocument(problem: Problem, results: SolutionResults): SolutionDocument {
  const model = compile(problem);
  const { frontier } = results;
  return rounded({
    format: "parley-solution/1",
    problem: {
      name: problem.name,
      parties: model.partyIds,
      issues: model.issues.length,
      outcomes: String(countOutcomes(model)),
      arithmetic: model.arithmetic,
    },
    solutions: results.solutions,
    ...(frontier ? { frontier: frontierDocument(frontier) } : {}),
    cpuMs: results.cpuMs,
  });
}

function frontierDocument(frontier: Frontier): FrontierDocument {
  const { exact, epsilon, size } = frontier;
  return { exact, epsilon, size, points: [...frontier] };
}

function rounded<T>(value: T): T {
  if (typeof value === "number") return Number(value.toPrecision(12)) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => rounded(item)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rounded(item as unknown)])) as T;
}
