import { canonicalJson, type Json, jsonLimits, parseCanonicalJson, utf8 } from "@parley/ledger";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { malformed } from "./malformed.ts";

describe("canonical JSON", () => {
  test("sorts members by UTF-16 code units and uses the shortest escapes (RFC 8785 section 3.2)", () => {
    const value = {
      numbers: [Number("333333333.33333329"), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/",
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test("sorts as RFC 8785 section 3.2.3 shows", () => {
    const value = {
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face",
      "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis",
    };
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).toHaveLength(7);
    expect(canonicalJson(value)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis",' +
        '"€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });

  // RFC 8785 appendix B: IEEE 754 bits and their text.
  test.each([
    ["0000000000000000", "0"],
    ["8000000000000000", "0"],
    ["0000000000000001", "5e-324"],
    ["8000000000000001", "-5e-324"],
    ["7fefffffffffffff", "1.7976931348623157e+308"],
    ["ffefffffffffffff", "-1.7976931348623157e+308"],
    ["4340000000000000", "9007199254740992"],
    ["c340000000000000", "-9007199254740992"],
    ["4430000000000000", "295147905179352830000"],
    ["44b52d02c7e14af5", "9.999999999999997e+22"],
    ["44b52d02c7e14af6", "1e+23"],
    ["44b52d02c7e14af7", "1.0000000000000001e+23"],
    ["444b1ae4d6e2ef4e", "999999999999999700000"],
    ["444b1ae4d6e2ef4f", "999999999999999900000"],
    ["444b1ae4d6e2ef50", "1e+21"],
    ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
    ["3eb0c6f7a0b5ed8d", "0.000001"],
    ["41b3de4355555553", "333333333.3333332"],
    ["41b3de4355555554", "333333333.33333325"],
    ["41b3de4355555555", "333333333.3333333"],
    ["41b3de4355555556", "333333333.3333334"],
    ["41b3de4355555557", "333333333.33333343"],
    ["becbf647612f3696", "-0.0000033333333333333333"],
    ["43143ff3c1cb0959", "1424953923781206.2"],
  ])("writes the double %s as %s", (bits, text) => {
    expect(canonicalJson(Buffer.from(bits, "hex").readDoubleBE())).toBe(text);
  });

  test("what is written reads back, and nothing else reads to the same value", () => {
    void fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value as Json);
        const read = parseCanonicalJson(text);
        expect(canonicalJson(read)).toBe(text);
        expect(parseCanonicalJson(utf8(text))).toEqual(read);
        expect(malformed(() => parseCanonicalJson(` ${text}`))).toBe("not-canonical");
        const pretty = JSON.stringify(value, null, 1);
        if (pretty !== text) expect(malformed(() => parseCanonicalJson(pretty))).toBe("not-canonical");
      }),
    );
  });

  test.each([
    ['{"b":1,"a":2}', "not-canonical"],
    ['{"a":1,"a":1}', "not-canonical"],
    ['{"a":1, "b":2}', "not-canonical"],
    ["1.0", "not-canonical"],
    ["-0", "not-canonical"],
    ["1E2", "not-canonical"],
    ["12345678901234567890", "not-canonical"],
    ['"\\u0041"', "not-canonical"],
    ['"\\/"', "not-canonical"],
    ['"\\ud800"', "not-json-value"],
    ["1e999", "not-json-value"],
    ["{", "bad-json"],
    ["", "bad-json"],
    ["\uFEFF1", "bad-json"],
    ["NaN", "bad-json"],
    ["[".repeat(100_000), "bad-json"],
    ["[".repeat(100_000) + "]".repeat(100_000), "too-deep"],
    ["1".repeat(jsonLimits.maxSize + 1), "too-large"],
  ])("refuses case %$", (text, code) => {
    expect(malformed(() => parseCanonicalJson(text))).toBe(code);
  });

  test("names the character where a text departs from canonical", () => {
    expect(() => parseCanonicalJson('{"a":1,"b": 2}')).toThrow(/^character 11: /);
    expect(() => parseCanonicalJson("1 ")).toThrow(/^character 1: /);
  });

  test("limits what it reads before reading it", () => {
    const limits = { maxSize: 4, maxDepth: 1 };
    expect(parseCanonicalJson(utf8('"é"'), limits)).toBe("é");
    expect(malformed(() => parseCanonicalJson(utf8('"éé"'), limits))).toBe("too-large");
    expect(malformed(() => parseCanonicalJson('"abc"', limits))).toBe("too-large");
  });

  test("refuses values that JSON does not have", () => {
    const cyclic: Record<string, unknown> = {};
    cyclic["self"] = cyclic;
    for (const value of [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      undefined,
      () => 1,
      1n,
      "\uDC00",
      { a: undefined },
    ]) {
      expect(malformed(() => canonicalJson(value as unknown as Json))).toBe("not-json-value");
    }
    for (const value of [new Uint8Array(1), new Map(), new Date(0), { "\uD800": 1 }]) {
      expect(malformed(() => canonicalJson(value as unknown as Json))).toBe("not-json-value");
    }
    expect(malformed(() => canonicalJson(cyclic as Json))).toBe("too-deep");
  });

  test("keeps a member called __proto__ as a member", () => {
    const text = '{"__proto__":{"a":1}}';
    const value = parseCanonicalJson(text);
    expect(Object.keys(value as object)).toEqual(["__proto__"]);
    expect(canonicalJson(value)).toBe(text);
  });
});
