/** The solver beside the page, so that no search holds up a frame. Stopping is ending the worker. */
import {
  type Alternative,
  alternatives,
  type Explanation,
  explain,
  frontier,
  type Outcome,
  type Problem,
  type Progress,
  type Solutions,
  solve,
  survival,
  utilityRange,
} from "@parley/solver";
import { type No, saysNo } from "../../source/no.ts";
import { drawn } from "./drawn.ts";
import { type Row, rowsOf } from "./rows.ts";

/**
 * `patienceMs`: for the reference packages, and as long again for the others that are efficient; what is not proven by then
 * is shown as that. `near`: others that cost nobody much more than this one and read as differently as may be. `why`: what
 * the one gives and takes against the other.
 */
export type Asked = { readonly problem: Problem } & (
  | { readonly patienceMs: number }
  | { readonly near: { readonly outcome: Outcome; readonly count: number; readonly loss: number } }
  | { readonly why: { readonly chosen: Outcome; readonly reference: Outcome } }
);

export interface Solved {
  readonly solutions: Solutions;
  readonly rows: readonly Row[];
  /** By party: the least and the most that what is open can come to. */
  readonly left: { readonly least: Row["utilities"]; readonly most: Row["utilities"] };
  readonly exact: boolean;
  readonly epsilon: number | null;
}

export type Said =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "solved"; readonly solved: Solved }
  | { readonly kind: "near"; readonly found: readonly Alternative[] }
  /** None where one of the two is no outcome of what is open now. */
  | { readonly kind: "why"; readonly explanation: Explanation | undefined }
  | { readonly kind: "fault"; readonly why: No };

/** More than this no plot or table shows; what is left out is bounded by the epsilon said. */
const mostPoints = 1500;
/** Survival is drawn for each package against all others listed; beyond this many it would take longer than solving. */
const mostDrawn = 80;

const say = (said: Said): void => postMessage(said);
let told = 0;

addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  const { problem } = data;
  try {
    if ("near" in data) {
      const { outcome, ...how } = data.near;
      say({ kind: "near", found: alternatives(problem, outcome, { ...how, onProgress }) });
    } else if ("why" in data) {
      say({ kind: "why", explanation: explained(problem, data.why.chosen, data.why.reference) });
    } else say({ kind: "solved", solved: solveAll(problem, data.patienceMs) });
  } catch (fault) {
    // The page asks only about problems that it made itself: whatever is thrown is a fault of this program.
    say({
      kind: "fault",
      why: saysNo("solver-fault", fault instanceof Error ? fault.message : String(fault)),
    });
  }
});

function explained(problem: Problem, chosen: Outcome, reference: Outcome): Explanation | undefined {
  try {
    return explain(problem, chosen, reference);
  } catch (fault) {
    if (fault instanceof RangeError) return undefined;
    throw fault;
  }
}

function onProgress(progress: Progress): void {
  const now = performance.now();
  if (now - told < 100) return;
  told = now;
  say({ kind: "progress", progress });
}

function solveAll(problem: Problem, timeLimitMs: number): Solved {
  const limits = { now: () => performance.now(), timeLimitMs, onProgress };
  const solutions = solve(problem, limits);
  const front = frontier(problem, { ...limits, maxPoints: mostPoints, zone: problem.parties.length > 2 });
  const points = [...front];
  for (const solution of Object.values(solutions)) {
    // A reference package of the same worth as a listed point may be another text.
    if ("outcome" in solution && !points.some((point) => sameOutcome(point.outcome, solution.outcome))) {
      points.push({ outcome: solution.outcome, utilities: solution.utilities, inZone: true });
    }
  }
  const first = points.slice(0, mostDrawn).map(({ outcome }) => outcome);
  const random = evenNumbers(20_250_218);
  const survived = points.length <= mostDrawn ? survival(problem, first, { ...drawn, random }) : [];
  return {
    solutions,
    rows: rowsOf(problem, solutions, points, survived),
    left: utilityRange(problem, {}),
    exact: front.exact,
    epsilon: front.epsilon,
  };
}

function sameOutcome(a: Outcome, b: Outcome): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

/** Numbers from 0 to 1, the same every time, so that the same desk shows the same shares (mulberry32). */
function evenNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
