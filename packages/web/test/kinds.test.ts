/**
 * Whatever the rules of a case know a person can do, a page lets that person do. Read from the pages' own sources: a kind
 * counts as caused where its name is said to make an event, not where it is only asked whether it may be.
 */
import { readdirSync, readFileSync } from "node:fs";
import { type EventKind, eventKinds } from "@parley/core";
import ts from "typescript";
import { expect, test } from "vitest";
import { byNobody, walks } from "./by-keyboard.ts";

const sources = new URL("../src/", import.meta.url);

/** Kinds of which no page makes one, each with its reason. None today. */
const elsewhere: Partial<Record<EventKind, string>> = {};

/** What an example comes with is put on record by nobody's hand. */
const tellsItself = /examples\.ts$/;

/** Asks about events instead of making one. */
const asking = /^(?:may|mayIssue|useMay|useMayInText)$/;

function makesNone(name: ts.StringLiteralLike): boolean {
  const { parent } = name;
  if (ts.isLiteralTypeNode(parent) || ts.isCaseClause(parent) || ts.isJsxAttribute(parent)) return true;
  if (ts.isBinaryExpression(parent)) return /^[!=]==$/.test(parent.operatorToken.getText());
  return ts.isCallExpression(parent) && asking.test(parent.expression.getText());
}

function kindsMadeIn(file: string): readonly string[] {
  const text = readFileSync(new URL(file, sources), "utf8");
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && !makesNone(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const made = new Set(
  readdirSync(sources, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith("messages") && !tellsItself.test(file))
    .flatMap(kindsMadeIn),
);

test.each(eventKinds)("%s is made by some page, or it is said why not", (kind) => {
  expect(made.has(kind)).toBe(elsewhere[kind] === undefined);
});

test("every kind is made without a mouse on some walk, or it is said why not", () => {
  const named = new Set([...Object.values(walks).flat(), ...Object.keys(byNobody)]);
  expect(eventKinds.filter((kind) => !named.has(kind))).toEqual([]);
});

test.each(Object.keys(walks))("what is made without a mouse on “%s” is held to it", (name) => {
  const folder = new URL("./", import.meta.url);
  const tests = readdirSync(folder).filter((file) => file.endsWith(".test.ts"));
  const begun = tests.filter((file) =>
    readFileSync(new URL(file, folder), "utf8").includes(`beginWalk("${name}"`),
  );
  expect(begun).toHaveLength(1);
});
