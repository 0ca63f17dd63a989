import * as fc from "fast-check";
import { Type as TypeBox } from "typebox";
import { Value } from "typebox/value";
import { expect, test } from "vitest";
import { faultOf } from "../src/fault.ts";
import { Type } from "../src/json-schema.ts";
import { eventKinds, schemas } from "../src/kinds.ts";
import { schemaOf } from "../src/shape.ts";

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
  // JSON has no such member, and would lose it.
  [{ ...good, chosen: { b1: undefined } }, "body.chosen.b1 must be an id of at most 100 letters"],
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

/** Values near those of a schema: as it says, at its bounds, or something else. */
function near(part: unknown): fc.Arbitrary<unknown> {
  const {
    type,
    enum: words,
    pattern,
    minLength,
    maxLength,
    maximum,
    items,
    properties,
    patternProperties,
  } = part as Record<string, unknown>;
  const other = fc.constantFrom<unknown>(
    null,
    undefined,
    true,
    1.5,
    -1,
    2_000_000,
    "",
    " ",
    "x",
    "😀",
    [],
    {},
    "__proto__",
  );
  const mostly = (arbitrary: fc.Arbitrary<unknown>) =>
    fc.oneof({ weight: 30, arbitrary }, { weight: 1, arbitrary: other });
  if (words) return mostly(fc.constantFrom(...(words as unknown[])));
  if (type === "string" && pattern !== undefined && pattern !== "\\S")
    return mostly(fc.stringMatching(new RegExp(pattern as string)));
  if (type === "string") {
    const bounds = [minLength, maxLength].map(Number).flatMap((at) => [at - 1, at, at + 1]);
    const texts = bounds
      .filter((at) => at >= 0 && at < 3_000)
      .flatMap((at) => ["x".repeat(at), "😀".repeat(at)]);
    return mostly(fc.constantFrom("words", ...texts));
  }
  if (type === "integer") return mostly(fc.constantFrom(0, 1, Number(maximum), Number(maximum) + 1));
  if (type === "boolean") return mostly(fc.constant(true));
  if (type === "array") return mostly(fc.array(near(items), { maxLength: 3 }));
  if (properties && Object.keys(properties).length > 0) {
    const members = Object.entries(properties).map(([name, inside]) => [name, near(inside)] as const);
    const all = fc.record(Object.fromEntries(members));
    const some = fc.record(Object.fromEntries(members), { requiredKeys: [] });
    const more = all.map((body) => ({ ...body, unknown: 1 }));
    return mostly(fc.oneof({ weight: 8, arbitrary: all }, some, { weight: 1, arbitrary: more }));
  }
  const inside = Object.values(patternProperties ?? {})[0];
  return mostly(
    inside ? fc.dictionary(fc.constantFrom("a", "b1", "", "-", "__proto__"), near(inside)) : fc.constant({}),
  );
}

test("says of every kind's bodies, right and wrong, what TypeBox says of them", () => {
  let right = 0;
  for (const kind of eventKinds) {
    for (const body of fc.sample(near(schemas[kind]), { numRuns: Number(process.env["CASES"] ?? 60) })) {
      const fine = Value.Check(schemas[kind], body);
      if (fine) right++;
      expect([JSON.stringify(body), faultOf(schemas[kind], body) === undefined]).toEqual([
        JSON.stringify(body),
        fine,
      ]);
    }
  }
  expect(right).toBeGreaterThan(eventKinds.length);
});

test("schemas are those that TypeBox writes", () => {
  const made = (type: typeof Type) => {
    const text = type.String({ pattern: "^a$", description: "d" });
    return type.Object(
      {
        text,
        maybe: type.Optional(type.Union([type.Integer({ minimum: 0 }), type.Null()])),
        list: type.Array(type.Boolean(), { maxItems: 3 }),
        words: type.Enum(["a", "b"]),
        yes: type.Literal(true),
        map: type.Record(text, type.Literal("x"), { maxProperties: 2 }),
        none: type.Object({ maybe: type.Optional(text) }),
      },
      { additionalProperties: false },
    );
  };
  expect(JSON.stringify(made(Type))).toBe(JSON.stringify(made(TypeBox)));
});
