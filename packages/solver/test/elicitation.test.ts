import {
  nextQuestion,
  type Outcome,
  type Problem,
  type Reply,
  utilityRange,
  walkAwayRange,
} from "@parley/solver";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { example } from "./example.ts";
import { randomProblem } from "./random-problem.ts";

const alone: Problem = {
  ...example,
  parties: [{ id: "a", walkAway: 0 }],
  scores: { a: example.scores["a"] ?? {} },
  interactions: [],
};
const full: Outcome = { halt: "partial", scope: "energy-and-ports", embassies: "restore" };
const less: Outcome = { halt: "partial", scope: "energy", embassies: "keep" };

/** Replies as somebody with this walk-away value gives them, until there is nothing left to ask. */
function askAll(
  problem: Problem,
  walkAway: number,
): { readonly replies: readonly Reply[]; readonly worths: number[] } {
  const replies: Reply[] = [];
  const worths: number[] = [];
  for (;;) {
    const question = nextQuestion(problem, replies);
    if (!question) return { replies, worths };
    replies.push({ outcome: question.outcome, signs: question.utility >= walkAway });
    worths.push(question.utility);
  }
}

describe("the walk-away range", () => {
  test("a text it would sign bounds the value from above, one it would refuse from below", () => {
    expect(walkAwayRange(alone, [])).toEqual({ low: null, high: null, conflicts: [], stale: [] });
    const replies = [
      { outcome: full, signs: true },
      { outcome: less, signs: false },
    ];
    expect(walkAwayRange(alone, replies)).toEqual({ low: 40, high: 50, conflicts: [], stale: [] });
  });

  test("names replies that cannot both hold, and asks nothing more until one is withdrawn", () => {
    const replies = [
      { outcome: full, signs: false },
      { outcome: less, signs: true },
    ];
    expect(walkAwayRange(alone, replies).conflicts).toEqual([[1, 0]]);
    expect(nextQuestion(alone, replies)).toBeUndefined();
  });

  test("leaves out, by name, a reply about a text that the tree no longer has", () => {
    const gone = { halt: "partial", scope: "railways", embassies: "keep" };
    const part = { halt: "partial" };
    const replies = [gone, part, less].map((outcome) => ({ outcome, signs: false }));
    expect(walkAwayRange(alone, replies)).toMatchObject({ low: 40, stale: [0, 1] });
  });

  test("the first question is about a text in the middle of what is possible", () => {
    const problem: Problem = {
      ...alone,
      issues: [{ id: "sum", options: ["0", "10", "45", "100"].map((id) => ({ id })) }],
      scores: { a: { sum: { "10": 10, "45": 45, "100": 100 } } },
      redLines: {},
      excludes: [],
      requires: [],
    };
    expect(nextQuestion(problem, [])?.utility).toBe(45);
  });

  test("whatever the value, the replies leave it in the range, and no text inside is left unasked", () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.double({ min: -0.2, max: 1.2, noNaN: true }), (seed, share) => {
        const problem = randomProblem(seed, { parties: 1 });
        const { least, most } = utilityRange(problem, {});
        const id = problem.parties[0]?.id ?? "";
        const [low, high] = [least[id] ?? 0, most[id] ?? 0];
        if (!Number.isFinite(low) || !Number.isFinite(high)) return;
        const walkAway = low + share * (high - low);
        const { replies, worths } = askAll(problem, walkAway);
        const range = walkAwayRange(problem, replies);
        expect(range.conflicts).toEqual([]);
        expect(range.low ?? Number.NEGATIVE_INFINITY).toBeLessThan(walkAway);
        expect(range.high ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(walkAway);
        // No text is asked of twice.
        expect(new Set(worths).size).toBe(worths.length);
      }),
      { numRuns: 150 },
    );
  });

  test("each reply takes about half: a thousand worths need at most eleven questions", () => {
    const issues = Array.from({ length: 10 }, (_, k) => ({
      id: `i${k}`,
      options: [{ id: "no" }, { id: "yes" }],
    }));
    const scores = { a: Object.fromEntries(issues.map(({ id }, k) => [id, { yes: 2 ** k }])) };
    const problem: Problem = { ...alone, issues, scores, redLines: {}, excludes: [], requires: [] };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1024 }), (walkAway) => {
        expect(askAll(problem, walkAway).replies.length).toBeLessThanOrEqual(11);
      }),
      { numRuns: 20 },
    );
  });
});

describe("what is still possible", () => {
  test("narrows with each choice until one number is left", () => {
    expect(utilityRange(alone, {})).toEqual({ least: { a: 40 }, most: { a: 50 } });
    expect(utilityRange(alone, { scope: "energy" })).toEqual({ least: { a: 40 }, most: { a: 40 } });
  });
});
