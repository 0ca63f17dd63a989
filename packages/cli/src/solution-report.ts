/** Reference packages and frontier in words and columns. */
import type { ByParty, Constraint, Outcome, Problem, Solution, SolutionDocument } from "@parley/solver";
import { counted, figure, grouped, signed } from "./figures.ts";
import { columns, fill } from "./layout.ts";
import type { Style } from "./terminal.ts";

/** Longer frontiers are cut on paper, and say so; JSON has all of it. */
const mostPoints = 100;

interface Point {
  readonly utilities: ByParty;
  readonly inZone: boolean;
}

export function solutionReport(document: SolutionDocument, problem: Problem, style: Style): string {
  const { name, parties, issues, outcomes, arithmetic } = document.problem;
  const sizes = `${counted(parties.length, "party").replace("partys", "parties")}, ${counted(issues, "issue")}, ${grouped(outcomes)} outcomes, ${arithmetic} arithmetic`;
  const parts = [
    [fill(`${name === "" ? "" : `${name}: `}${sizes}`, 2)],
    packageLines(document, problem, style),
    choiceLines(document, style),
    document.frontier ? frontierLines(document, style) : [],
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function packageLines({ solutions }: SolutionDocument, problem: Problem, style: Style): string[] {
  const entries = Object.entries(solutions) as [string, Solution][];
  if (entries.length === 0) return [];
  const { parties } = problem;
  const rows = [
    ["", ...parties.map(({ id }) => id), ""],
    ["walk-away", ...parties.map(({ walkAway }) => figure(walkAway)), ""],
  ];
  const notes: string[] = [];
  for (const [name, solution] of entries) {
    if ("gains" in solution) {
      const cells = parties.map(
        ({ id }) => `${figure(solution.utilities[id] ?? 0)} (${signed(solution.gains[id] ?? 0)})`,
      );
      rows.push([name, ...cells, solution.tied ? `${solution.status}, tied` : solution.status]);
      if (solution.status === "bounded")
        notes.push(boundedNote(name, solution.value, solution.bound, solution.gap));
    } else rows.push([name, ...parties.map(() => "-"), solution.status]);
  }
  const table = columns(
    rows,
    parties.map((_, at) => at + 1),
  ).split("\n");
  const failure = entries.map(([, solution]) => solution).find((solution) => !("gains" in solution));
  return [
    style.strong("Reference packages: points of each party, and gain over its walk-away value"),
    ...table,
    ...(notes.length > 0 ? ["", ...notes] : []),
    ...(failure
      ? [
          "",
          ...failureLines(
            failure,
            parties.map(({ id }) => id),
          ),
        ]
      : []),
  ];
}

function boundedNote(name: string, value: number, bound: number, gap: number): string {
  return fill(
    `${name}: not proven. Its value is ${figure(value)}; none is above ${figure(bound)}, so it is at most ${figure(gap * 100)}% off.`,
    2,
  );
}

/** Why there is no package. */
export function failureLines(solution: Solution, parties: readonly string[]): string[] {
  if (solution.status === "no-agreement") {
    const lower = parties.filter((party) => (solution.nearest.lower[party] ?? 0) > 0);
    return [
      fill(
        "No agreement: no package reaches every walk-away value. The nearest needs these to come down:",
        2,
      ),
      ...lower.map((party) => {
        const by = solution.nearest.lower[party] ?? 0;
        return `  ${party} by ${figure(by)}, to ${figure(solution.nearest.utilities[party] ?? 0)}`;
      }),
    ];
  }
  if (solution.status === "infeasible") {
    return [
      fill(
        "Infeasible: red lines and linkages leave no package at all. Together these rule out everything; without any one of them something is left:",
        2,
      ),
      ...solution.conflict.map((constraint) => `  ${sayConstraint(constraint)}`),
    ];
  }
  if (solution.status === "unknown")
    return ["Unknown: the limit was reached before any package in the zone was found."];
  return [];
}

function sayConstraint(constraint: Constraint): string {
  if (constraint.kind === "red-line")
    return `red line of ${constraint.party}: ${constraint.option.join(" = ")}`;
  const [first, second] = constraint.pair.map((option) => option.join(" = "));
  return `linkage: ${first} ${constraint.kind} ${second}`;
}

function choiceLines({ solutions }: SolutionDocument, style: Style): string[] {
  const packages = Object.entries(solutions).flatMap(([name, solution]) =>
    solution && "gains" in solution ? [{ name, outcome: solution.outcome }] : [],
  );
  if (packages.length === 0) return [];
  const ids = [...new Set(packages.flatMap(({ outcome }) => Object.keys(outcome)))];
  const same = ids.filter((id) => new Set(packages.map(({ outcome }) => outcome[id])).size === 1);
  const differ = ids.filter((id) => !same.includes(id));
  const [first] = packages;
  const shared = same.map((id) => [`  ${id}`, first?.outcome[id] ?? ""]);
  const title = packages.length === 1 ? "What it chooses" : `What all ${packages.length} choose`;
  return [
    ...(shared.length > 0 ? [style.strong(title), columns(shared)] : []),
    ...(differ.length > 0 && shared.length > 0 ? [""] : []),
    ...(differ.length > 0
      ? [style.strong("Where they differ"), columns(differ.flatMap((id) => differences(id, packages)))]
      : []),
  ];
}

function differences(id: string, packages: readonly { name: string; outcome: Outcome }[]): string[][] {
  const by = new Map<string, string[]>();
  for (const { name, outcome } of packages) {
    const option = outcome[id] ?? "(not reached)";
    by.set(option, [...(by.get(option) ?? []), name]);
  }
  return [...by].map(([option, names], at) => [`  ${at === 0 ? id : ""}`, option, names.join(", ")]);
}

function frontierLines({ frontier, solutions, problem }: SolutionDocument, style: Style): string[] {
  if (!frontier) return [];
  const points = frontier.points as readonly Point[];
  const { parties } = problem;
  const inZone = points.filter((point) => point.inZone).length;
  const exactness = frontier.exact
    ? "exact"
    : frontier.epsilon === null
      ? "not certified"
      : `within ${figure(frontier.epsilon)} of each party's range`;
  const shown = points.slice(0, mostPoints);
  const rows = shown.map((point) => [
    point.inZone ? "*" : "",
    ...parties.map((party) => figure(point.utilities[party] ?? 0)),
    namesAt(point, solutions, parties).join(", "),
  ]);
  return [
    style.strong(
      `Efficient frontier: ${counted(points.length, "point")}, ${exactness}; * ${inZone} in the agreement zone`,
    ),
    ...(points.length > 0
      ? [
          columns(
            [["", ...parties, ""], ...rows],
            parties.map((_, at) => at + 1),
          ),
        ]
      : []),
    ...(points.length > shown.length
      ? [`(${shown.length} of ${points.length} shown; --json gives all)`]
      : []),
  ];
}

function namesAt(
  point: Point,
  solutions: SolutionDocument["solutions"],
  parties: readonly string[],
): string[] {
  return Object.entries(solutions).flatMap(([name, solution]) =>
    solution &&
    "gains" in solution &&
    parties.every((party) => solution.utilities[party] === point.utilities[party])
      ? [name]
      : [],
  );
}
