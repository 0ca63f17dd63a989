/** What a sealed message names leads to what it names, whoever wrote it and with whatever program. */
import { expect, test } from "vitest";
import { readMessage, rightlyNamed } from "../src/pages/channels/references.ts";

const packages = ["one", "two"].map((id, place) => ({ name: `P${place + 1}`, proposal: { id } }));

test("words that name one package do not lead to another", () => {
  const refs = [
    { name: "P1", to: "package", id: "two" },
    { name: "P2", to: "package", id: "two" },
    { name: "Article 2 [3]", to: "bracket", id: "force" },
  ];
  const read = readMessage({ text: "P1, P2 and Article 2 [3]", refs });
  expect(rightlyNamed(read?.refs ?? [], packages)).toEqual(refs.slice(1));
});

test("names that the words do not have, or more than anybody writes, are left out", () => {
  const many = Array.from({ length: 100_000 }, (_, place) => ({ name: `${place}`, to: "clause", id: "c" }));
  expect(readMessage({ text: "999 and 1001", refs: many })?.refs.map(({ name }) => name)).toEqual(
    ["0", "1", "9", "10", "99", "100", "999"].filter((name) => "999 and 1001".includes(name)),
  );
});
