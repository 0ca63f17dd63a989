/** Formats are accepted many at once only where they are the ones that every copy of the program carries. */
import { startingFormats } from "@parley/core";
import { expect, test } from "vitest";
import { isStarting } from "../src/pages/desk/desk-state.ts";

test("a format that carries the code of a starting one and says something else is another", () => {
  for (const format of startingFormats) {
    expect(isStarting(format)).toBe(true);
    expect(isStarting({ ...format, next: "Whoever is late has conceded." })).toBe(false);
    expect(isStarting({ ...format, clocks: { ...format.clocks, reply: 1 } })).toBe(false);
  }
});
