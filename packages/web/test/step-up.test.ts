/** A head can type the name of its own party, however the convener wrote it. */
import { expect, test } from "vitest";
import { isTyped } from "../src/source/step-up.ts";

test.each([
  ["borea", "Borea"],
  [" The Republic of Borea ", "The  Republic\u00a0of Bo\u200brea "],
  ["Borée", "Bore\u0301e"],
  ["Borea", "\u2068Borea\u2069"],
])("%j is typed for %j", (written, name) => {
  expect(isTyped(written, name)).toBe(true);
});

test("another name, or none, is not", () => {
  expect(isTyped("Aldia", "Borea")).toBe(false);
  expect(isTyped("", "\u200b")).toBe(false);
});
