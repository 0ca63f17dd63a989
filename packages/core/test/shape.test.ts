import { expect, test } from "vitest";
import { eventKinds, schemas } from "../src/kinds.ts";
import { faultOf, schemaOf } from "../src/shape.ts";

const schema = schemaOf({
  seat: "seat",
  "note?": "text",
  people: ["person"],
  answer: "yes | no",
  chosen: { "*": "slug" },
} as const);
const good = {
  seat: "aldia",
  people: [{ name: "A. B.", office: "Envoy" }],
  answer: "yes",
  chosen: { b1: "keep" },
};

test("a body of its shape has no fault", () => {
  expect(faultOf(schema, good)).toBeUndefined();
  expect(faultOf(schema, { ...good, note: "words" })).toBeUndefined();
});

test.each([
  [{ ...good, extra: 1 }, 'body has the unknown key "extra"'],
  [
    { ...good, people: [{ name: "A. B.", office: "Envoy", rank: 1 }] },
    'body.people[0] has the unknown key "rank"',
  ],
  [{ ...good, people: [{ name: "A. B." }] }, 'body.people[0] lacks the key "office"'],
  [
    { ...good, people: [{ name: " ", office: "x" }] },
    "body.people[0].name must be text of 1 to 200 characters",
  ],
  [{ ...good, answer: "maybe" }, "body.answer must be one of yes, no"],
  [{ ...good, chosen: { b1: 4 } }, "body.chosen.b1 must be an id of at most 100 letters"],
  [{ ...good, seat: "__proto__" }, "body.seat must be a seat"],
  [{ ...good, chosen: JSON.parse('{"__proto__":"keep"}') as object }, "__proto__"],
  [[], "body must be an object"],
  [null, "body must be an object"],
  ["x".repeat(1_000_000), "body must be an object"],
])("a fault names its place and what is expected there", (body, fault) => {
  expect(faultOf(schema, body)).toContain(fault);
});

test("a long list is refused, not walked through", () => {
  expect(faultOf(schema, { ...good, people: Array(5000).fill(good.people[0]) })).toContain(
    "body.people must be a list of at most 1000",
  );
});

test("a shape that names no leaf is a fault of the programmer", () => {
  expect(() => schemaOf({ a: "nonsense" })).toThrow("no leaf is called nonsense");
});

test("every kind has a schema that refuses unknown keys and other values than objects", () => {
  for (const kind of eventKinds) {
    expect(faultOf(schemas[kind], { nonsense: 1 })).toBeDefined();
    for (const other of [null, 1, "x", true, []]) expect(faultOf(schemas[kind], other)).toBeDefined();
  }
});
