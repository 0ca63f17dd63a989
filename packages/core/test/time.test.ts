import fc from "fast-check";
import { expect, test } from "vitest";
import { instantMs } from "../src/time.ts";

test("an instant is the same as by the platform's calendar, for every time that an entry can have", () => {
  const from = Date.parse("0001-01-01T00:00:00.000Z");
  const to = Date.parse("9999-12-31T23:59:59.999Z");
  fc.assert(
    fc.property(fc.integer({ min: from, max: to }), (ms) => {
      expect(instantMs(new Date(ms).toISOString())).toBe(ms);
    }),
    { numRuns: 2000 },
  );
});
