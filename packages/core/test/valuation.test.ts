import {
  changedIn,
  emptyValuation,
  type Mark,
  marked,
  marksLost,
  pointsOf,
  preferencesOf,
  problemAlone,
  readPreferences,
  readValuation,
  steps,
  unmarked,
  type Valuation,
  valuationOf,
} from "@parley/core";
import { ProblemError, type ProblemIssue, readProblem } from "@parley/solver";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const tree: readonly ProblemIssue[] = [
  {
    id: "halt",
    options: [
      { id: "none" },
      { id: "limited", issues: [{ id: "scope", options: [{ id: "energy" }, { id: "ports" }] }] },
    ],
  },
  { id: "relief", options: [{ id: "unchanged" }, { id: "step" }] },
];
const empty = emptyValuation("a", "stated");
const mark = (valuation: Valuation, bracket: string, option: string, as: Mark | undefined) =>
  marked(valuation, [bracket, option], as);

describe("marks", () => {
  test("each step is worth twice the one below it, and a red line as much as a must have, against", () => {
    expect(steps.map(pointsOf)).toEqual([8, 4, 2, 0, -2, -4, -8]);
    expect(pointsOf(-3.5)).toBe(-3.5);
  });

  test("a bracket is missing until one of its alternatives is marked, and again when the last mark goes", () => {
    expect(unmarked(empty, tree)).toEqual(["halt", "scope", "relief"]);
    const one = mark(empty, "scope", "energy", "for");
    expect(unmarked(one, tree)).toEqual(["halt", "relief"]);
    expect(mark(one, "scope", "energy", undefined)).toEqual(empty);
  });

  test("marks of a bracket that the text no longer has are named and left out", () => {
    const lost = mark(mark(empty, "gone", "x", "redLine"), "relief", "step", 3);
    expect(marksLost(lost, tree)).toEqual(["gone"]);
    expect(preferencesOf(lost, tree, 0)).toMatchObject({ scores: { relief: { step: 3 } }, redLines: [] });
  });
});

describe("what changed", () => {
  const before = mark(mark(empty, "halt", "limited", "for"), "relief", "step", 3);

  test("names each bracket whose marks, instructions or reason differ, in whatever order they were made", () => {
    const again = mark(mark(empty, "relief", "step", 3), "halt", "limited", "for");
    expect(changedIn(before, again)).toEqual({ brackets: [], rest: [] });
    expect(changedIn(before, mark(before, "relief", "step", 4)).brackets).toEqual(["relief"]);
    expect(changedIn(before, { ...before, reasons: { scope: "It is watched." } }).brackets).toEqual([
      "scope",
    ]);
    const dated = { option: ["halt", "none"], dated: "2026-02-01" } as const;
    expect(changedIn(before, { ...before, instructions: [dated] }).brackets).toEqual(["halt"]);
    expect(changedIn(undefined, before).brackets).toEqual(["halt", "relief"]);
  });

  test("what spans brackets is named apart", () => {
    const replies = [{ outcome: { halt: "none", relief: "step" }, signs: true }];
    expect(changedIn(before, { ...before, replies })).toEqual({ brackets: [], rest: ["walkAway"] });
    const excludes = [
      [
        ["halt", "none"],
        ["relief", "step"],
      ],
    ] as const;
    expect(changedIn(before, { ...before, excludes })).toEqual({ brackets: [], rest: ["linkages"] });
  });
});

describe("preferences from a valuation", () => {
  const redLine = mark(empty, "relief", "unchanged", "redLine");

  test("a red line bars, a must have only counts", () => {
    const both = mark(redLine, "halt", "limited", "mustHave");
    expect(preferencesOf(both, tree, 5)).toMatchObject({
      walkAway: 5,
      scores: { relief: { unchanged: -8 }, halt: { limited: 8 } },
      redLines: [["relief", "unchanged"]],
    });
  });

  test("a red line that something would lift is a linkage instead", () => {
    const instruction = {
      option: ["relief", "unchanged"],
      unless: ["halt", "limited"],
      dated: "2026-03-01",
    } as const;
    const lifted = { ...redLine, instructions: [instruction] };
    expect(preferencesOf(lifted, tree, 0)).toMatchObject({
      redLines: [],
      requires: [
        [
          ["relief", "unchanged"],
          ["halt", "limited"],
        ],
      ],
    });
    expect(mark(lifted, "relief", "unchanged", "against").instructions).toEqual([]);
  });

  test("whatever is marked, they are what the readers of preferences and problems accept", () => {
    const ref = fc.constantFrom(
      ["halt", "none"],
      ["halt", "limited"],
      ["scope", "ports"],
      ["relief", "step"],
      ["gone", "x"],
    );
    const asked = fc.tuple(ref, fc.oneof(fc.constantFrom(...steps), fc.integer({ min: -50, max: 50 })));
    fc.assert(
      fc.property(fc.array(asked), fc.integer(), (marks, walkAway) => {
        const valuation = marks.reduce(
          (all, [[bracket = "", option = ""], as]) => mark(all, bracket, option, as),
          empty,
        );
        const preferences = preferencesOf(valuation, tree, walkAway);
        expect(readPreferences({ format: "parley-preferences/1", ...preferences }, tree)).toEqual(
          preferences,
        );
        expect(() => readProblem(problemAlone(preferences, tree))).not.toThrow();
        expect(readValuation(JSON.parse(JSON.stringify(valuation)))).toEqual(valuation);
      }),
    );
  });

  test("preferences from a file come through unchanged, red lines with their points aside", () => {
    const file = {
      format: "parley-preferences/1",
      party: "a",
      provenance: "illustrative",
      walkAway: 12,
      scores: { halt: { limited: 20 }, relief: { step: 4 } },
      redLines: [["relief", "unchanged"]],
      reasons: { halt: "Winter." },
    };
    const read = readPreferences(file, tree);
    const back = preferencesOf(valuationOf(read), tree, read.walkAway);
    expect(back).toEqual({ ...read, scores: { ...read.scores, relief: { step: 4, unchanged: -8 } } });
  });
});

describe("reading a valuation", () => {
  const full = {
    ...emptyValuation("a", "imputed"),
    walkAway: 3,
    marks: { relief: { step: "for", unchanged: -2.5 } },
    instructions: [{ option: ["relief", "unchanged"], dated: "2026-03-01", note: "Cable 12" }],
    requires: [
      [
        ["relief", "step"],
        ["halt", "limited"],
      ],
    ],
    interactions: [{ when: [["halt", ["limited"]]], points: 2 }],
    reasons: { relief: "Our one lever." },
    replies: [{ outcome: { halt: "none", relief: "step" }, signs: false }],
  };

  test("takes what was written", () => {
    expect(readValuation(JSON.stringify(full))).toEqual(full);
  });

  test.each([
    ["format", { ...full, format: "parley-preferences/1" }],
    ["marks.relief.step", { ...full, marks: { relief: { step: "lovely" } } }],
    ["instructions[0].dated", { ...full, instructions: [{ option: ["a", "b"], dated: "soon" }] }],
    ["requires[0]", { ...full, requires: [[["a", "b"]]] }],
    ["replies[0].signs", { ...full, replies: [{ outcome: {}, signs: "yes" }] }],
    ["walkAway", { ...full, walkAway: "12" }],
    ["shared", { ...full, shared: true }],
  ])("names the place of what is wrong: %s", (path, json) => {
    const fault = (() => {
      try {
        readValuation(json);
      } catch (error) {
        return error;
      }
      return undefined;
    })();
    expect(fault).toBeInstanceOf(ProblemError);
    expect((fault as ProblemError).path).toBe(path);
  });
});
