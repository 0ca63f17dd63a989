import { ProblemError, solve } from "@parley/solver";
import { parseMarkdown } from "@parley/text";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assess, bargainingOf } from "../src/bargaining.ts";
import { readCaseFile } from "../src/case-file.ts";
import { choiceTree } from "../src/choice-tree.ts";
import { readPreferences } from "../src/preferences.ts";

const { draft } = parseMarkdown(`---
format: parley-draft/1
title: Small
---

1. [opens]{=opens}/[stays closed]{#port =closed}, [with [one]{=one}/[two]{#guards =two} guards]{#watch}.
`);
const tree = choiceTree(draft);
const read = (party: string, more: object = {}) =>
  readPreferences(
    { format: "parley-preferences/1", party, provenance: "illustrative", walkAway: 0, scores: {}, ...more },
    tree,
  );
const caseOf = (...seats: readonly (readonly [string, string])[]) =>
  readCaseFile({
    format: "parley-case/1",
    name: "small",
    title: "Small",
    parties: seats.map(([id, seat], at) => ({ id, name: id, code: "ABCDE"[at], seat })),
  });
const refusal = (run: () => unknown): ProblemError => {
  try {
    run();
  } catch (error) {
    if (error instanceof ProblemError) return error;
  }
  throw new Error("nothing was refused");
};

describe("the problem of a case", () => {
  test("has the principals in the order of the case, whatever the order of the files", () => {
    const { problem } = bargainingOf(draft, caseOf(["a", "principal"], ["b", "principal"]), [
      read("b"),
      read("a"),
    ]);
    expect(problem.parties.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  test("leaves out the scores, red lines and linkages of affected parties", () => {
    const affected = read("c", {
      scores: { port: { opens: 5 } },
      redLines: [["port", "closed"]],
      requires: [
        [
          ["port", "opens"],
          ["watch", "keep"],
        ],
      ],
    });
    const bargaining = bargainingOf(draft, caseOf(["a", "principal"], ["c", "affected"]), [
      read("a"),
      affected,
    ]);
    expect(bargaining.problem).toMatchObject({ parties: [{ id: "a" }], redLines: { a: [] }, requires: [] });
    expect(bargaining.informing.map(({ party }) => party.id)).toEqual(["c"]);
  });

  test("names a linkage once that two principals ask for", () => {
    const linked = {
      excludes: [
        [
          ["port", "opens"],
          ["watch", "drop"],
        ],
      ],
    };
    const { problem } = bargainingOf(draft, undefined, [read("a", linked), read("b", linked)]);
    expect(problem.excludes).toHaveLength(1);
  });

  test("refuses a party without a seat, a seat without preferences, a party twice and a principal who is missing", () => {
    const seats = caseOf(["a", "principal"], ["h", "host"]);
    expect(refusal(() => bargainingOf(draft, seats, [read("a"), read("z")]))).toMatchObject({
      code: "unknown-id",
    });
    expect(refusal(() => bargainingOf(draft, seats, [read("a"), read("h")]))).toMatchObject({
      code: "unknown-id",
    });
    expect(refusal(() => bargainingOf(draft, seats, [read("a"), read("a")]))).toMatchObject({
      code: "duplicate",
    });
    expect(refusal(() => bargainingOf(draft, seats, []))).toMatchObject({ code: "missing-key" });
  });
});

describe("what an outcome means for a party", () => {
  const points = fc.integer({ min: -50, max: 50 });

  test("is what the solver says of a principal, and crosses none of its red lines", () => {
    fc.assert(
      fc.property(
        points,
        points,
        points,
        points,
        points,
        fc.boolean(),
        (opens, closed, keep, two, paid, red) => {
          const preferences = read("a", {
            walkAway: -1000,
            scores: { port: { opens, closed }, watch: { keep }, guards: { two } },
            redLines: red ? [["guards", "two"]] : [],
            interactions: [
              {
                when: [
                  ["port", ["opens"]],
                  ["guards", ["one", "two"]],
                ],
                points: paid,
              },
            ],
          });
          const { nash } = solve(bargainingOf(draft, undefined, [preferences]).problem, {
            solutions: ["nash"],
          });
          if (!nash || !("gains" in nash)) throw new Error("one party always has an outcome here");
          const assessed = assess(preferences, nash.outcome);
          expect(assessed).toEqual({
            utility: nash.utilities["a"],
            gain: nash.gains["a"],
            crossedRedLines: [],
            brokenLinkages: [],
          });
        },
      ),
      { numRuns: 100 },
    );
  });

  test("names the red lines it crosses and the linkages it breaks, and only where they are reached", () => {
    const preferences = read("c", {
      redLines: [
        ["port", "opens"],
        ["guards", "one"],
      ],
      excludes: [
        [
          ["port", "opens"],
          ["watch", "drop"],
        ],
      ],
    });
    expect(assess(preferences, { port: "opens", watch: "drop" })).toMatchObject({
      crossedRedLines: [["port", "opens"]],
      brokenLinkages: [{ kind: "excludes" }],
    });
  });
});

describe("reading preferences", () => {
  test.each([
    [{ scores: { prt: {} } }, "scores.prt", "unknown-id"],
    [{ scores: { port: { opens: Number.NaN } } }, "scores.port.opens", "not-finite"],
    [{ walkAway: "30" }, "walkAway", "wrong-type"],
    [{ redLines: [["port", "shut"]] }, "redLines[0][1]", "unknown-id"],
    [{ interactions: [{ when: [], points: 1, party: "b" }] }, "interactions[0].party", "unknown-key"],
    [{ provenance: "guess" }, "provenance", "wrong-type"],
    [{ format: "parley-preferences/2" }, "format", "wrong-format"],
  ])("refuses %j with the path to it", (more, path, code) => {
    expect(refusal(() => read("a", more))).toMatchObject({ path, code });
  });

  test("a party's id may be any text, and paths still name the party's own file", () => {
    expect(refusal(() => read("a.b $& (c)", { scores: { prt: {} } }))).toMatchObject({ path: "scores.prt" });
  });
});

describe("reading a case file", () => {
  const good = {
    format: "parley-case/1",
    name: "n",
    title: "T",
    parties: [{ id: "a", name: "A", code: "A", seat: "principal" }],
  };

  test.each([
    [{ ...good, partys: [] }, "partys", "unknown-key"],
    [{ ...good, parties: [] }, "parties", "empty"],
    [{ ...good, parties: [{ ...good.parties[0], seat: "guest" }] }, "parties[0].seat", "wrong-type"],
    [{ ...good, parties: [{ ...good.parties[0], code: "a" }] }, "parties[0].code", "wrong-type"],
    [{ ...good, parties: [good.parties[0], good.parties[0]] }, "parties[1].id", "duplicate"],
    [{ ...good, draft: "../draft.md" }, "draft", "wrong-type"],
    [{ ...good, requires: [[["a", "b"]]] }, "requires[0]", "wrong-type"],
    [{ ...good, exercise: "yes" }, "exercise", "wrong-type"],
  ])("refuses %# with the path to it", (json, path, code) => {
    expect(refusal(() => readCaseFile(json))).toMatchObject({ path, code });
  });
});
