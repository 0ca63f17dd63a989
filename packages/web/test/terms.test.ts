/** Nobody accepts modalities of which a term is not shown. */
import { schemas } from "@parley/core";
import { expect, test } from "vitest";
import { termsOf } from "../src/source/terms.ts";

test("every term that modalities can set is among those that are read", () => {
  const words = { participation: "a", venue: "b", confidentiality: "c", press: "d", retention: "e" };
  const set = { ...words, languages: ["fr"], answerDaysMax: 0 };
  expect(termsOf(set, String).map((term) => term.words)).toEqual(["a", "b", "fr", "c", "d", "e", "0"]);
  const { properties } = schemas.ModalitiesProposed as unknown as { readonly properties: object };
  expect(new Set(Object.keys(set))).toEqual(new Set(Object.keys(properties)));
});
