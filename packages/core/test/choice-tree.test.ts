import { parseMarkdown } from "@parley/text";
import { describe, expect, test } from "vitest";
import { choiceTree, issuesOf } from "../src/choice-tree.ts";

const tree = (text: string) =>
  choiceTree(parseMarkdown(`---\nformat: parley-draft/1\ntitle: T\n---\n\n${text}\n`).draft);

describe("the choice tree of a draft", () => {
  test("has an issue for each bracket, in reading order, and an option for each alternative", () => {
    expect(tree("1. [one]{=first}/[two]{#count =second} and [three]{#more}.")).toEqual([
      { id: "count", options: [{ id: "first" }, { id: "second" }] },
      { id: "more", options: [{ id: "keep" }, { id: "drop" }] },
    ]);
  });

  test("puts a bracket inside an alternative under that alternative", () => {
    expect(tree("1. [by A[, with B]{#help}]{=a}/[alone]{#who =alone}.")).toEqual([
      {
        id: "who",
        options: [
          { id: "a", issues: [{ id: "help", options: [{ id: "keep" }, { id: "drop" }] }] },
          { id: "alone" },
        ],
      },
    ]);
  });

  test("leaves out placeholders, open-ended members and what stands inside them", () => {
    expect(
      tree("1. [X]{#date placeholder} [one]{=first}/[other [or none]{#none}]{#count =other open}."),
    ).toEqual([{ id: "count", options: [{ id: "first" }] }]);
  });

  test("spans option blocks and the clauses in them", () => {
    const block =
      "::: options {#halt}\n\n:: {=none}\n\n1. Talks.\n\n:: {=some}\n\n1. A halt of [a]{=a}/[b]{#scope =b}.\n\n:::";
    expect(issuesOf(tree(block)).map(({ id }) => id)).toEqual(["halt", "scope"]);
  });
});
