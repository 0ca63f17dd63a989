import { ProblemError, readProblem } from "@parley/solver";
import { expect, test } from "vitest";
import { example } from "./example.ts";

test("reads a problem from text and from a value alike", () => {
  expect(readProblem(JSON.stringify(example))).toEqual(example);
  expect(readProblem(example)).toEqual(example);
});

type Change = (copy: ReturnType<typeof mutable>) => void;

// biome-ignore lint/suspicious/noExplicitAny: a test spoils the input on purpose
function mutable(): any {
  return JSON.parse(JSON.stringify(example));
}

const faults: readonly [string, string, string, Change][] = [
  ["another format", "wrong-format", "format", (p) => (p.format = "parley-problem/2")],
  ["an unknown key", "unknown-key", "weights", (p) => (p.weights = {})],
  ["an unknown key of a party", "unknown-key", "parties[1].batna", (p) => (p.parties[1].batna = 1)],
  ["a missing walk-away value", "missing-key", "parties[0].walkAway", (p) => delete p.parties[0].walkAway],
  [
    "a walk-away value that is a string",
    "wrong-type",
    "parties[0].walkAway",
    (p) => (p.parties[0].walkAway = "3"),
  ],
  ["a party twice", "duplicate", "parties[1].id", (p) => (p.parties[1].id = "a")],
  ["no party", "empty", "parties", (p) => (p.parties = [])],
  ["an issue twice in the tree", "duplicate", "issues[1].id", (p) => (p.issues[1].id = "scope")],
  ["an option twice", "duplicate", "issues[1].options[1].id", (p) => (p.issues[1].options[1].id = "keep")],
  ["an issue without options", "no-options", "issues[1].options", (p) => (p.issues[1].options = [])],
  ["scores of an unknown party", "unknown-id", "scores.c", (p) => (p.scores.c = {})],
  ["scores of an unknown issue", "unknown-id", "scores.a.tariffs", (p) => (p.scores.a.tariffs = {})],
  ["a score for a missing option", "unknown-id", "scores.a.halt.full", (p) => (p.scores.a.halt.full = 1)],
  [
    "a score that is not finite",
    "not-finite",
    "scores.a.halt.partial",
    (p) => (p.scores.a.halt.partial = 1 / 0),
  ],
  [
    "points whose sum is beyond all numbers",
    "not-finite",
    "",
    (p) => (p.scores.a.halt.partial = p.parties[0].walkAway = 1e308),
  ],
  ["a red line on a missing option", "unknown-id", "redLines.a[0][1]", (p) => (p.redLines.a[0][1] = "x")],
  ["a red line twice", "duplicate", "redLines.a[1]", (p) => p.redLines.a.push(p.redLines.a[0])],
  ["a linkage of three", "wrong-type", "excludes[0]", (p) => p.excludes[0].push(["halt", "none"])],
  ["a linkage twice", "duplicate", "requires[1]", (p) => p.requires.push(p.requires[0])],
  [
    "an interaction of a stranger",
    "unknown-id",
    "interactions[0].party",
    (p) => (p.interactions[0].party = "z"),
  ],
  [
    "an interaction that lists no option",
    "no-options",
    "interactions[0].when[0][1]",
    (p) => (p.interactions[0].when[0][1] = []),
  ],
  [
    "an interaction that names an issue twice",
    "duplicate",
    "interactions[0].when[1][0]",
    (p) => (p.interactions[0].when[1] = ["halt", ["none"]]),
  ],
];

test.each(faults)("refuses %s, with its path", (_, code, path, change) => {
  const problem = mutable();
  change(problem);
  let error: unknown;
  try {
    readProblem(problem);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(ProblemError);
  expect(error).toMatchObject({ code, path });
});

test("refuses what is not JSON, and a key that occurs twice", () => {
  expect(() => readProblem("{")).toThrow(expect.objectContaining({ code: "not-json" }));
  const twice = JSON.stringify(example).replace('"scores":{', '"scores":{"a":{},');
  expect(() => readProblem(twice)).toThrow(expect.objectContaining({ code: "duplicate", path: "a" }));
});

test("refuses a tree that nests without end, and survives brackets without end", () => {
  let issue: object = { id: "i0", options: [{ id: "o" }] };
  for (let k = 1; k < 80; k++) issue = { id: `i${k}`, options: [{ id: "o", issues: [issue] }] };
  expect(() => readProblem({ ...example, issues: [issue] })).toThrow(
    expect.objectContaining({ code: "too-deep" }),
  );
  expect(() => readProblem("[".repeat(200_000) + "]".repeat(200_000))).toThrow(ProblemError);
});

test("takes ids that are names of built-in properties as any other", () => {
  const text = JSON.stringify(example).replaceAll('"halt"', '"__proto__"').replaceAll('"a"', '"constructor"');
  const problem = readProblem(text);
  expect(problem.issues[0]?.id).toBe("__proto__");
  expect(Object.hasOwn(problem.scores["constructor"] ?? {}, "__proto__")).toBe(true);
});
