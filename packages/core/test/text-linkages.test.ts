import { parseMarkdown, renderMarkdown } from "@parley/text";
import { expect, test } from "vitest";
import { choiceTree, linkagesLeft, linkagesOf, withLinkages } from "../src/index.ts";

const source = `---
format: parley-draft/1
title: words
requires: a=one b=two; c=keep a=one
excludes: a=two b=one
---

The Sides [shall]{=one}/[may]{#a =two} meet [soon]{=one}/[late]{#b =two}, [at sea]{#c}. {#c1}
`;
const { draft } = parseMarkdown(source);

test("the header of a draft ties alternatives together, and comes back as it was written", () => {
  const linkages = linkagesOf(draft);
  expect(linkages).toEqual({
    requires: [
      [
        ["a", "one"],
        ["b", "two"],
      ],
      [
        ["c", "keep"],
        ["a", "one"],
      ],
    ],
    excludes: [
      [
        ["a", "two"],
        ["b", "one"],
      ],
    ],
    faults: [],
  });
  const again = withLinkages({ ...draft, other: { source: "Seld" } }, linkages);
  expect(linkagesOf(parseMarkdown(renderMarkdown(again)).draft)).toEqual(linkages);
  expect(again.other?.["source"]).toBe("Seld");
  expect(withLinkages(draft, { excludes: [], requires: [] }).other).toBeUndefined();
});

test("words that are no linkage are named, and nothing follows from them", () => {
  const { requires, faults } = linkagesOf({ other: { requires: "a=one; a=one b=two c=keep; a b" } });
  expect(requires).toEqual([]);
  expect(faults).toEqual(["a=one", "a=one b=two c=keep", "a b"]);
  expect(linkagesOf({})).toEqual({ requires: [], excludes: [], faults: [] });
});

test("where the alternative that another one requires is gone, the other falls", () => {
  const tree = choiceTree(draft).map((issue) =>
    issue.id === "b" ? { ...issue, options: issue.options.filter(({ id }) => id === "one") } : issue,
  );
  const left = linkagesLeft(linkagesOf(draft), tree);
  expect(left.fallen).toEqual([["a", "one"]]);
  expect(left.requires).toEqual([
    [
      ["c", "keep"],
      ["a", "one"],
    ],
  ]);
  expect(left.excludes).toHaveLength(1);
});
