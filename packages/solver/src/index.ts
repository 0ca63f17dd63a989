export { type Alternative, type AlternativesOptions, alternatives } from "./alternatives.ts";
export type { Arithmetic } from "./arithmetic.ts";
export type { Constraint } from "./conflict.ts";
export {
  nextQuestion,
  type Question,
  type Reply,
  utilityRange,
  type WalkAwayRange,
  walkAwayRange,
} from "./elicitation.ts";
export {
  type BindingLinkage,
  type BracketChange,
  type Explanation,
  explain,
  type InteractionChange,
  type Trade,
} from "./explanation.ts";
export { type Frontier, type FrontierOptions, type FrontierPoint, frontier } from "./frontier.ts";
export {
  asArray,
  asId,
  asNumber,
  asObject,
  asString,
  type JsonObject,
  parseJson,
  refuseUnknownKeys,
  required,
  show,
} from "./json-value.ts";
export type { Limits, Progress } from "./limits.ts";
export type {
  ByParty,
  Interaction,
  Linkage,
  OptionRef,
  Outcome,
  Problem,
  ProblemIssue,
  ProblemOption,
  ProblemParty,
  Scores,
} from "./problem.ts";
export { ProblemError, type ProblemFault } from "./problem-error.ts";
export { readProblem, withinNumbers } from "./read-problem.ts";
export { type ReadFiles, readProblemFiles, type SourceFormat } from "./readers/read-files.ts";
export type { SourceFile } from "./readers/source-file.ts";
export { gainRange, type Margins, type Missing, marginsOf, type Survival, survival } from "./robustness.ts";
export { type SolutionName, solutionNames } from "./rules.ts";
export { type SolutionDocument, solutionDocument } from "./solution-document.ts";
export {
  type Infeasible,
  type NoAgreement,
  type Solution,
  type Solutions,
  type SolvedPackage,
  type SolveOptions,
  solve,
  type Unknown,
} from "./solve.ts";
export {
  type RemoteOptions,
  type RemoteRequest,
  type SolverPort,
  serveSolver,
  solveRemotely,
} from "./worker.ts";
