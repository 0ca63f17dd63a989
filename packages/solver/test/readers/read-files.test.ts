import { ProblemError, readProblemFiles, solve } from "@parley/solver";
import { expect, test } from "vitest";
import { example } from "../example.ts";

const domain = `<!-- made by hand --><?xml version="1.0"?>
<negotiation_template><utility_space><objective index="0" name="root">
  <issue index="1" name="price" vtype="discrete"><item index="1" value="low"/><item index="2" value="high"/></issue>
  <issue index="2" name="weeks" vtype="integer" lowerbound="1" upperbound="3"/>
</objective></utility_space></negotiation_template>`;

const profile = (
  low: number,
  high: number,
  slope: number,
): string => `<utility_space><objective index="0" name="root">
  <weight index="0" value="9"/><weight index="1" value="0.6"/><weight index="2" value="0.5"/>
  <issue index="1" name="price" vtype="discrete">
    <item index="1" value="low" evaluation="${low}"/><item index="2" value="high" evaluation="${high}"/>
    <similarity_function><criteria_function><item index="1" value="low" evaluation="99"/></criteria_function></similarity_function>
  </issue>
  <issue index="2" name="weeks" vtype="integer" lowerbound="1" upperbound="3"><evaluator ftype="linear" offset="${slope < 0 ? 1 : 0}" slope="${slope}"/></issue>
</objective><discount_factor value="0.9"/><reservation value="0.25"/></utility_space>`;

const genius = [
  { name: "domain.xml", text: domain },
  { name: "buyer.xml", text: profile(4, 2, -0.5) },
  { name: "seller.xml", text: profile(1, 4, 0.5) },
];

test("reads a GENIUS domain as GENIUS computes it", () => {
  const { format, problem, discounts } = readProblemFiles(genius);
  expect(format).toBe("genius");
  expect(problem.parties).toEqual([
    { id: "buyer", walkAway: 0.25 },
    { id: "seller", walkAway: 0.25 },
  ]);
  expect(problem.scores).toEqual({
    buyer: { price: { low: 0.6, high: 0.3 }, weeks: { "1": 0.5, "2": 0.25, "3": 0 } },
    seller: { price: { low: 0.15, high: 0.6 }, weeks: { "1": 0, "2": 0.25, "3": 0.5 } },
  });
  expect(discounts).toEqual({ buyer: 0.9, seller: 0.9 });
});

const boxes = (body: string): string => `<utility_space type="nonlinear"><objective index="0" name="root">
  <utility maxutility="40"><ufun type="PlainUfun" weight="1" aggregation="sum">${body}</ufun></utility>
</objective><reservation value="0.5"/></utility_space>`;

test("a hyper-rectangle pays inside its INCLUDES, and outside its EXCLUDES", () => {
  const { problem } = readProblemFiles([
    genius[0]!,
    {
      name: "a.xml",
      text: boxes('<hyperRectangle utility="30"><INCLUDES index="2" min="2" max="9"/></hyperRectangle>'),
    },
    {
      name: "b.xml",
      text: boxes('<hyperRectangle utility="25"><EXCLUDES index="2" min="1" max="2"/></hyperRectangle>'),
    },
  ]);
  expect(problem.parties[0]).toEqual({ id: "a", walkAway: 20 });
  const { utilitarian } = solve(problem);
  expect(utilitarian).toMatchObject({ status: "optimal", utilities: { a: 30, b: 25 } });
});

test("the reservation of GeniusWeb is a bid", () => {
  const space = {
    LinearAdditiveUtilitySpace: {
      issueUtilities: {
        food: { discreteutils: { valueUtilities: { chips: 0.5, cake: 1 } } },
        guests: { numberutils: { lowValue: 10, highValue: 20, lowUtility: 0, highUtility: 1 } },
      },
      issueWeights: { food: 0.4, guests: 0.6 },
      domain: {
        name: "party",
        issuesValues: { food: { values: ["chips", "cake"] }, guests: { range: ["10", "20", "5"] } },
      },
      reservationBid: { issuevalues: { food: "chips", guests: "15" } },
    },
  };
  const { format, problem } = readProblemFiles([{ name: "p.json", text: JSON.stringify(space) }]);
  expect(format).toBe("geniusweb");
  expect(problem.parties).toEqual([{ id: "p", walkAway: 0.5 }]);
  expect(problem.scores["p"]).toEqual({
    food: { chips: 0.2, cake: 0.4 },
    guests: { "10": 0, "15": 0.3, "20": 0.6 },
  });
});

test("reads NegMAS tables and keeps the discount as data", () => {
  const space = "issues:\n- name: size\n  type: ContiguousIssue\n  values: [1, 3]\nname: d\n";
  const fun = `type: ExpDiscountedUFun
discount: 0.5
ufun:
  type: LinearAdditiveUtilityFunction
  reserved_value: 0.1
  weights: [0.5]
  values:
  - type: TableFun
    mapping: {1: 0.0, 2: 0.5, 3: 1.0}
`;
  const read = readProblemFiles([
    { name: "d.yml", text: space },
    { name: "x.yml", text: fun },
  ]);
  expect(read).toMatchObject({ format: "negmas", discounts: { x: 0.5 } });
  expect(read.problem.parties).toEqual([{ id: "x", walkAway: 0.1 }]);
  expect(read.problem.scores["x"]).toEqual({ size: { "1": 0, "2": 0.25, "3": 0.5 } });
});

test("reads NegoLog profiles, with or without the specs beside them", () => {
  const side = (best: string): string =>
    JSON.stringify({
      reservationValue: 0.2,
      issueWeights: { a: 1 },
      issues: { a: { x: 0, y: 0.5, [best]: 1 } },
    });
  const read = readProblemFiles([
    { name: "profileA.json", text: side("x") },
    { name: "profileB.json", text: side("y") },
    { name: "specs.json", text: "{}" },
  ]);
  expect(read.format).toBe("negolog");
  expect(read.problem.parties.map(({ id }) => id)).toEqual(["profileA", "profileB"]);
});

test("reads a problem of the format itself", () => {
  const read = readProblemFiles([{ name: "p.json", text: JSON.stringify(example) }]);
  expect(read).toEqual({ format: "parley", problem: example, discounts: {} });
});

const faults: readonly [string, string, readonly { name: string; text: string }[]][] = [
  ["a document type", "not-supported", [{ name: "x.xml", text: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }]],
  ["XML that breaks off", "wrong-format", [{ name: "x.xml", text: "<utility_space>" }]],
  ["elements without end", "too-deep", [{ name: "x.xml", text: "<a>".repeat(5000) }]],
  ["a domain without profiles", "wrong-format", [genius[0]!]],
  [
    "an issue of real numbers",
    "not-supported",
    [{ name: "d.xml", text: domain.replaceAll("integer", "real") }, genius[1]!],
  ],
  [
    "a weight that is not a number",
    "wrong-type",
    [genius[0]!, { name: "a.xml", text: genius[1]!.text.replace("0.6", "x") }],
  ],
  ["two profiles of one name", "duplicate", [genius[0]!, genius[1]!, genius[1]!]],
  ["YAML that grows by aliases", "wrong-format", [{ name: "d.yml", text: "a: &a [1]\nissues: [*a, *a]\n" }]],
  ["no file", "empty", []],
];

test.each(faults)("refuses %s", (_, code, files) => {
  expect(() => readProblemFiles(files)).toThrow(ProblemError);
  expect(() => readProblemFiles(files)).toThrow(expect.objectContaining({ code }));
});
