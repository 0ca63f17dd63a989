import { expect, test } from "vitest";
import { partyCodes } from "../src/frame/party-codes.ts";

function codes(...names: string[]): string[] {
  const looks = partyCodes(new Map(names.map((name) => [name, { name }])));
  return names.map((name) => looks.get(name)?.code ?? "");
}

test("a name of several words gives its initials, one word as few letters as tell it apart", () => {
  expect(codes("United States of America", "Ukraine", "Russian Federation")).toEqual(["USA", "UK", "RF"]);
  expect(codes("Orvane", "Tolvend")).toEqual(["O", "T"]);
  expect(codes("أورفان", "تولفند")).toEqual(["أ", "ت"]);
});

test("letters that the case gives are taken as they are", () => {
  const looks = partyCodes(
    new Map([
      ["ua", { name: "Ukraine", code: "UA" }],
      ["o", { name: "Uplands" }],
    ]),
  );
  expect([...looks.values()].map(({ code }) => code)).toEqual(["UA", "UP"]);
});

test("no two parties have the same letters, and a party of no letters has a mark", () => {
  const many = codes("Alba Nova", "Arctic North", "Ada", "Adam", "Adamant", "+++");
  expect(new Set(many).size).toBe(many.length);
});

test("hues go by alphabet and round after eight", () => {
  const names = Array.from({ length: 9 }, (_, i) => `Party ${String.fromCharCode(73 - i)}`);
  const looks = partyCodes(new Map(names.map((name) => [name, { name }])));
  expect(names.map((name) => looks.get(name)?.hue)).toEqual([0, 7, 6, 5, 4, 3, 2, 1, 0]);
});
