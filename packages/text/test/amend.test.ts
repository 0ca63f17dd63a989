import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Amended,
  addAlternative,
  addClause,
  type BracketId,
  bracketSpan,
  brackets,
  type Clause,
  type ClauseId,
  changeAlternative,
  choosable,
  clauses,
  type Draft,
  deleteClause,
  type Inline,
  type OptionId,
  parseMarkdown,
  parsePlain,
  plainText,
  removeAlternative,
  renderMarkdown,
  replaceClause,
  settle,
  settleBracket,
} from "../src/index.ts";
import { cases, drafts } from "./arbitrary.ts";

const base = parseMarkdown(`---
format: parley-draft/1
title: T
---

1. Parties [shall]{=shall}/[should]{=should #force} halt strikes [on ports]{#ports} and meet by [X]{#date placeholder}. {#one}

::: options {#block}

:: Option 1: {=first}

2. First wording. {#two}

:: Option 2: {=none none}

:::

3. Last. {#three}
`).draft;

const c = (id: string) => id as ClauseId;
const b = (id: string) => id as BracketId;
const o = (id: string) => id as OptionId;
const text = (words: string): Inline => ({ type: "text", text: words });

function done(amended: Amended): Draft {
  if (!amended.ok) throw new Error(amended.sentence);
  return amended.draft;
}

/** The canonical Markdown of one clause. */
function line(draft: Draft, id: string): string {
  return (
    renderMarkdown(draft)
      .split("\n")
      .find((one) => one.includes(`{#${id}`)) ?? ""
  );
}

describe("amendments to clauses", () => {
  const clause: Clause = {
    type: "clause",
    id: c("new"),
    form: "paragraph",
    level: 1,
    ordinal: "(a)",
    content: [text("New.")],
  };

  test("a clause is added behind another one, also within an alternative, or at the start", () => {
    const order = (draft: Draft) => clauses(draft).map(({ id }) => id);
    expect(order(done(addClause(base, c("two"), clause)))).toEqual(["one", "two", "new", "three"]);
    expect(order(done(addClause(base, undefined, clause)))).toEqual(["new", "one", "two", "three"]);
  });

  test("replacing keeps id, number and place; deleting takes out one clause", () => {
    const replaced = done(replaceClause(base, c("three"), [text("Other "), text("words.")]));
    expect(line(replaced, "three")).toBe("3. Other words. {#three}");
    expect(clauses(done(deleteClause(base, c("one")))).map(({ id }) => id)).toEqual(["two", "three"]);
  });

  test.each([
    [addClause(base, c("none"), clause), "unknown-clause"],
    [addClause(base, c("one"), { ...clause, id: c("two") }), "id-taken"],
    [addClause(base, c("one"), { ...clause, id: c("a b") }), "bad-id"],
    [replaceClause(base, c("three"), [brackets(base)[0]?.bracket as Inline]), "id-taken"],
    [deleteClause(base, c("none")), "unknown-clause"],
  ])("refuses what cannot be done (%#)", (amended, code) => {
    expect(amended).toMatchObject({ ok: false, code });
  });
});

describe("amendments to brackets", () => {
  test("an optional text with a new alternative keeps its ids keep and drop", () => {
    const draft = done(addAlternative(base, b("ports"), { id: o("canals"), content: [text("on canals")] }));
    const placed = brackets(draft).find(({ bracket }) => bracket.id === "ports");
    expect(placed?.bracket.kind).toBe("alternation");
    expect(placed?.options.map(({ id }) => id)).toEqual(["keep", "canals", "drop"]);
    expect(
      plainText(clauses(settle(draft, new Map([[b("ports"), o("drop")]])).draft)[0]?.content ?? []),
    ).toContain("strikes and meet");
  });

  test("a placeholder with an alternative stays open", () => {
    const draft = done(addAlternative(base, b("date"), { id: o("may"), content: [text("1 May")] }));
    expect(line(draft, "one")).toContain("[X]{=blank open}/[1 May]{#date =may}");
  });

  test("an alternative around clauses gets a clause of its own", () => {
    const draft = done(
      addAlternative(base, b("block"), { id: o("third"), content: [text("Third.")], label: "Option 3:" }),
    );
    expect(clauses(draft).map(({ id }) => id)).toContain("block.third");
  });

  test("changing words keeps the option's id; removing leaves at least two", () => {
    const changed = done(changeAlternative(base, b("force"), o("should"), [text("will")]));
    expect(line(changed, "one")).toContain("[shall]{=shall}/[will]{#force =should}");
    const three = done(addAlternative(base, b("force"), { id: o("may"), content: [text("may")] }));
    expect(line(done(removeAlternative(three, b("force"), o("shall"))), "one")).toContain(
      "[should]{=should}/[may]{#force =may}",
    );
  });

  test("words given to an alternative that stood for no text are put in when it is chosen", () => {
    const none = { id: o("none"), content: [text("no text")], noText: true } as const;
    const three = done(addAlternative(base, b("force"), none));
    const settled = (draft: Draft) => line(done(settleBracket(draft, b("force"), none.id)), "one");
    expect(settled(done(changeAlternative(three, b("force"), none.id, [text("must")])))).toContain(
      "must halt",
    );
    expect(settled(done(changeAlternative(three, b("force"), none.id, [text("[no text]")])))).not.toContain(
      "no text",
    );
  });

  test("words in a clause are put in brackets, by their occurrence", () => {
    const draft = done(bracketSpan(base, { clause: c("one"), words: "s", occurrence: 3, bracket: b("s") }));
    expect(line(draft, "one")).toContain("halt [s]{#s}trikes");
    const other = done(
      bracketSpan(base, {
        clause: c("three"),
        words: "Last",
        bracket: b("l"),
        alternatives: [{ id: o("f"), content: [text("Final")] }],
      }),
    );
    expect(line(other, "three")).toBe("3. [Last]{=keep}/[Final]{#l =f}. {#three}");
  });

  test("a settlement of one bracket leaves the others", () => {
    const draft = done(settleBracket(base, b("force"), o("should")));
    expect(line(draft, "one")).toMatch(/^1\. Parties should halt strikes \[on ports\]/);
    expect(brackets(draft).map(({ bracket }) => bracket.id)).toEqual(["ports", "date", "block"]);
  });

  test.each([
    [addAlternative(base, b("none"), { id: o("x"), content: [] }), "unknown-bracket"],
    [addAlternative(base, b("force"), { id: o("shall"), content: [] }), "id-taken"],
    [changeAlternative(base, b("force"), o("none"), []), "unknown-option"],
    [changeAlternative(base, b("ports"), o("drop"), [text("and canals")]), "unknown-option"],
    [removeAlternative(base, b("force"), o("shall")), "too-few-alternatives"],
    [settleBracket(base, b("date"), o("blank")), "unknown-option"],
    [bracketSpan(base, { clause: c("one"), words: "nowhere", bracket: b("x") }), "words-not-found"],
    [bracketSpan(base, { clause: c("one"), words: "halt", bracket: b("force") }), "id-taken"],
  ])("refuses what cannot be done (%#)", (amended, code) => {
    expect(amended).toMatchObject({ ok: false, code });
  });

  test("no amendment of one bracket touches another one, for every draft", () => {
    fc.assert(
      fc.property(drafts, fc.nat(), (draft, pick) => {
        const all = brackets(draft);
        const placed = all[pick % Math.max(all.length, 1)];
        if (!placed) return;
        const amended = addAlternative(draft, placed.bracket.id, {
          id: o("fresh"),
          content: [text("fresh")],
        });
        const after = brackets(done(amended));
        expect(after.map(({ bracket }) => bracket.id)).toEqual(all.map(({ bracket }) => bracket.id));
        expect(parseMarkdown(renderMarkdown(done(amended))).draft).toEqual(done(amended));
      }),
      cases(200),
    );
  });
});

describe("settling", () => {
  test("with a choice for every bracket nothing but placeholders stays, for every draft", () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const choices = new Map(
          brackets(draft).flatMap(({ bracket }) => {
            const [option] = choosable(bracket);
            return option ? [[bracket.id, option.id] as const] : [];
          }),
        );
        const { draft: settled, unsettled, placeholders } = settle(draft, choices);
        const left = brackets(settled).map(({ bracket }) => bracket);
        expect(left.filter((bracket) => choosable(bracket).length > 0)).toEqual([]);
        expect(new Set([...placeholders, ...unsettled])).toEqual(new Set(left.map(({ id }) => id)));
      }),
      cases(200),
    );
  });

  test.each([
    ["A [and B], C.", "drop", "A, C."],
    ["A [ and B] C.", "keep", "A and B C."],
    ["[A ]B.", "drop", "B."],
    ["contribution[s] go", "keep", "contributions go"],
    ["by [developed countries]and others", "keep", "by developed countries and others"],
  ])("%s, %s, reads: %s", (source, choice, expected) => {
    const { draft } = parsePlain(source);
    const { draft: settled } = settle(draft, new Map([[b("b1"), o(choice)]]));
    expect(plainText(clauses(settled)[0]?.content ?? [])).toBe(expected);
  });

  test("a choice that a bracket does not offer is a fault of the caller", () => {
    expect(() => settle(base, new Map([[b("force"), o("none")]]))).toThrow(RangeError);
  });
});
