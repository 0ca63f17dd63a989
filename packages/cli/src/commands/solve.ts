/** `parley solve`: the reference packages of a problem, and its efficient frontier. */
import { type Solution, type SolutionName, solutionNames } from "@parley/solver";
import { type Arguments, type Command, lastValue, UsageError } from "../command.ts";
import { exerciseNotice, noticeOf } from "../exercise.ts";
import { readNumber, readProblemSource, withWalkAways } from "../problem-source.ts";
import { solutionReport } from "../solution-report.ts";
import { type SolveRequest, solveOnThread } from "../solving.ts";
import { printJson, type Terminal } from "../terminal.ts";

export const command: Command = {
  name: "solve",
  synopsis:
    "PROBLEM... [--solution NAME]... [--frontier [zone]] [--max-points N] [--epsilon E] [--time-limit SECONDS] [--walk-away PARTY=VALUE]... [--json]",
  description: [
    "Finds the reference packages of a problem: the Nash, Kalai-Smorodinsky, egalitarian and utilitarian solutions over the agreement zone, each with its proof. None of them measures justice or law, and all rest on the walk-away values claimed.",
    "PROBLEM is a parley-problem/1 file (- for standard input); a GENIUS domain with its profiles, GeniusWeb JSON, NegMAS YAML or NegoLog JSON, as a folder (parties in the order of file names) or as files in the order of the parties; or a folder with case.json, a draft and preferences/.",
    "Exit status 1 where there is no agreement zone, or where red lines and linkages leave no package at all. Ctrl-C ends a long search with what is known so far.",
  ],
  options: {
    solution: {
      value: "NAME",
      takes: "repeat",
      help: `one of ${solutionNames.join(", ")}; all four if none is named`,
    },
    frontier: {
      value: "zone",
      optionalValue: ["zone"],
      help: "the efficient frontier too; zone: only within the agreement zone",
    },
    "max-points": { value: "N", help: "at most so many points of the frontier, and how far off that is" },
    epsilon: {
      value: "E",
      help: "leave out points that a listed one covers to within this share of each party's range",
    },
    "time-limit": { value: "SECONDS", help: "stop after so long, with what is known so far" },
    "walk-away": { value: "PARTY=VALUE", takes: "repeat", help: "another walk-away value for a party" },
    json: { help: "the result as JSON (parley-solution/1)" },
  },
  examples: [
    "parley solve examples/exercise-straits --frontier",
    "parley solve domain.xml buyer.xml seller.xml --frontier zone",
    "parley solve problem.json --solution nash --walk-away a=35 --json",
  ],
  async run(args: Arguments, terminal: Terminal): Promise<number> {
    const solutions = (args.values.get("solution") ?? []).map((name) => readSolution(name, "--solution"));
    const { frontier, timeLimitMs } = readLimits(args);
    const source = readProblemSource(args.words);
    const problem = withWalkAways(source.problem, args.values.get("walk-away") ?? []);
    const exercise = source.caseSource?.exercise === true;
    const document = await solveOnThread(
      {
        problem,
        solutions: solutions.length > 0 ? [...new Set(solutions)] : solutionNames,
        ...(frontier ? { frontier } : {}),
        ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
      },
      terminal,
    );
    if (args.flags.has("json")) printJson(terminal, { ...noticeOf(exercise), ...document });
    else {
      const head = exercise ? `${terminal.style.strong(exerciseNotice)}\n` : "";
      terminal.result(`${head}${solutionReport(document, problem, terminal.style)}`);
      for (const [party, discount] of Object.entries(source.discounts))
        terminal.log(`The file of ${party} asks for a discount of ${discount}, which is not applied.`);
      terminal.log(`Solved in ${Math.round(document.cpuMs)} ms of processor time.`);
    }
    return exitStatus(Object.values(document.solutions));
  },
};

export function readSolution(name: string, option: string): SolutionName {
  const found = solutionNames.find((known) => known === name);
  if (!found)
    throw new UsageError(`${option} ${JSON.stringify(name)}: there are ${solutionNames.join(", ")}`);
  return found;
}

/** 1 where the answer is no: no zone of agreement, or no outcome at all. */
export function exitStatus(solutions: readonly (Solution | undefined)[]): number {
  return solutions.some((one) => one?.status === "no-agreement" || one?.status === "infeasible") ? 1 : 0;
}

function readLimits(args: Arguments): Pick<SolveRequest, "frontier" | "timeLimitMs"> {
  const zone = lastValue(args, "frontier");
  const maxPoints = readAtLeast(args, "max-points", 1);
  const epsilon = readAtLeast(args, "epsilon", 0);
  const seconds = readAtLeast(args, "time-limit", 0);
  if (maxPoints !== undefined && !Number.isInteger(maxPoints))
    throw new UsageError("--max-points is a whole number");
  if (zone === undefined && (maxPoints !== undefined || epsilon !== undefined)) {
    throw new UsageError("--max-points and --epsilon limit the frontier: add --frontier");
  }
  return {
    ...(zone === undefined
      ? {}
      : {
          frontier: {
            zone: zone === "zone",
            ...(maxPoints === undefined ? {} : { maxPoints }),
            ...(epsilon === undefined ? {} : { epsilon }),
          },
        }),
    ...(seconds === undefined ? {} : { timeLimitMs: seconds * 1000 }),
  };
}

function readAtLeast(args: Arguments, option: string, least: number): number | undefined {
  const text = lastValue(args, option);
  if (text === undefined) return undefined;
  const value = readNumber(text, `--${option}`);
  if (value < least) throw new UsageError(`--${option} is at least ${least}`);
  return value;
}
