/** Laws of comparing, for every draft. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type AnyOption,
  brackets,
  choosable,
  clauses,
  compareDrafts,
  type Draft,
  parseMarkdown,
  parsePlain,
  redline,
  renderMarkdown,
  settleBracket,
} from "../src/index.ts";
import { contentWords } from "../src/words.ts";
import { cases, drafts } from "./arbitrary.ts";

const byName = (a: string, b: string) => (a < b ? -1 : 1);

test("nothing happened between a draft and itself", () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      const { clauses: all, brackets: signs } = compareDrafts(draft, draft);
      for (const one of [...all, ...signs]) {
        expect(one).toMatchObject({ change: "same", moved: false });
        expect(one.after).toBe(one.before);
      }
      expect(all.every(({ renumbered }) => renumbered === undefined)).toBe(true);
    }),
    cases(200),
  );
});

test("every clause and bracket of both versions is in the comparison once, and the edits give both versions back", () => {
  fc.assert(
    fc.property(drafts, drafts, (before, after) => {
      const comparison = compareDrafts(before, after);
      const ids = (
        list: readonly { readonly before?: string; readonly after?: string }[],
        side: "before" | "after",
      ) => list.flatMap((one) => one[side] ?? []).sort(byName);
      for (const [side, draft] of [
        ["before", before],
        ["after", after],
      ] as const) {
        const all = clauses(draft);
        expect(ids(comparison.clauses, side)).toEqual(all.map(({ id }) => id).sort(byName));
        expect(ids(comparison.brackets, side)).toEqual(
          brackets(draft)
            .map(({ bracket }) => bracket.id)
            .sort(byName),
        );
        for (const change of comparison.clauses) {
          const clause = all.find(({ id }) => id === change[side]);
          const gone = side === "before" ? "inserted" : "deleted";
          const words = change.edits.filter((edit) => edit.change !== gone).flatMap((edit) => edit.words);
          expect(words).toEqual(clause ? contentWords(clause.content) : []);
        }
      }
    }),
    cases(100),
  );
});

/** A text in which no word comes twice: clauses of words, optional texts, alternations and brackets within brackets. */
const shapes = fc.array(
  fc.array(fc.constantFrom("words", "optional", "alternation", "nested"), { minLength: 1, maxLength: 4 }),
  { minLength: 1, maxLength: 6 },
);
function textOf(shape: readonly (readonly string[])[]): string[] {
  let count = 0;
  const word = () => `w${(++count).toString(36)}${"aeiou"[count % 5]}x`;
  const part: Readonly<Record<string, () => string>> = {
    words: () => `${word()} ${word()}`,
    optional: () => `[${word()} ${word()}]`,
    alternation: () => `[${word()}][${word()} ${word()}]`,
    nested: () => `[${word()} [${word()}] ${word()}]`,
  };
  return shape.map(
    (parts) =>
      `Party ${[word(), ...parts.map((name) => `${part[name]?.()} ${word()} ${word()}`)].join(" ")} end${count}.`,
  );
}
const numbered = (paragraphs: readonly string[]) =>
  parsePlain(paragraphs.map((words, index) => `${index + 1}. ${words}`).join("\n\n")).draft;

test("one bracket settled is one bracket closed, by the alternative that was taken, and nothing else changed", () => {
  fc.assert(
    fc.property(shapes, fc.nat(), fc.nat(), (shape, which, option) => {
      const draft = numbered(textOf(shape));
      const all = brackets(draft);
      const placed = all[which % Math.max(all.length, 1)];
      if (!placed) return;
      const options: readonly AnyOption[] = choosable(placed.bracket);
      const taken = options[option % options.length]!;
      const amended = settleBracket(draft, placed.bracket.id, taken.id);
      if (!amended.ok) throw new Error(amended.sentence);
      const changes = compareDrafts(draft, amended.draft).brackets;
      const inside = all.filter(({ parent }) => parent?.bracket === placed.bracket.id && taken.noText);
      const gone = new Set([placed, ...inside].map(({ bracket }) => bracket.id));
      for (const change of changes) {
        // A bracket around the one that closed has other words now; all else is as it was.
        if (change.before && gone.has(change.before)) expect(change.change).toBe("closed");
        else
          expect(["same", ...(placed.parent?.bracket === change.before ? ["changed"] : [])]).toContain(
            change.change,
          );
        expect(change.moved).toBe(false);
      }
      expect(changes).toHaveLength(all.length);
      const closing = changes.find(({ before }) => before === placed.bracket.id)?.closing;
      expect(closing).toMatchObject(taken.noText ? { how: "dropped" } : { how: "won", option: taken.id });
    }),
    cases(300),
  );
});

test("paragraphs in another order with other numbers have moved, and no bracket has closed or opened", () => {
  fc.assert(
    fc.property(
      shapes.chain((shape) =>
        fc.tuple(
          fc.constant(textOf(shape)),
          fc.shuffledSubarray(
            shape.map((_, at) => at),
            { minLength: shape.length },
          ),
        ),
      ),
      ([paragraphs, order]) => {
        const comparison = compareDrafts(
          numbered(paragraphs),
          numbered(order.map((at) => paragraphs[at] ?? "")),
        );
        expect(comparison.clauses.map(({ change }) => change)).toEqual(paragraphs.map(() => "same"));
        expect(new Set(comparison.brackets.map(({ change }) => change)).size).toBeLessThanOrEqual(1);
        expect(comparison.brackets.every(({ change }) => change === "same")).toBe(true);
        const stayed = comparison.clauses.filter(({ moved }) => !moved).length;
        expect(stayed).toBe(longestRise(order));
      },
    ),
    cases(200),
  );
});

/** How many can stay where they are: the longest rising sequence, by trying every end. */
function longestRise(order: readonly number[]): number {
  const ends = order.map(() => 1);
  order.forEach((value, at) => {
    for (let before = 0; before < at; before++) {
      if ((order[before] ?? 0) < value) ends[at] = Math.max(ends[at] ?? 1, (ends[before] ?? 0) + 1);
    }
  });
  return Math.max(...ends);
}

test("what closed from one version to the next opened in the other direction", () => {
  fc.assert(
    fc.property(shapes, shapes, (left, right) => {
      const [before, after]: readonly [Draft, Draft] = [numbered(textOf(left)), numbered(textOf(right))];
      const count = (from: Draft, to: Draft, change: string) =>
        compareDrafts(from, to).brackets.filter((one) => one.change === change).length;
      expect(count(before, after, "closed")).toBe(count(after, before, "opened"));
    }),
    cases(100),
  );
});

test("the comparison version, with its changes taken or refused, says the new or the old text", () => {
  fc.assert(
    fc.property(shapes, shapes, (left, right) => {
      const [before, after] = [numbered(textOf(left)), numbered(textOf(right))];
      const marked = redline(before, after, "Secretariat");
      const words = (without: "insertion" | "deletion") =>
        clauses(marked).flatMap(({ content }) =>
          contentWords(content.filter((one) => one.type !== "text" || one.revision?.kind !== without)),
        );
      const own = (draft: Draft) => clauses(draft).flatMap(({ content }) => contentWords(content));
      expect(words("deletion")).toEqual(own(after));
      expect(words("insertion").sort()).toEqual(own(before).sort());
    }),
    cases(100),
  );
});

test("footnotes are compared by their words whatever their marks, one that went stays as taken out, comments stay away", () => {
  const head = "---\nformat: parley-draft/1\ntitle: T\n---\n\n";
  const before = parseMarkdown(
    `${head}1. One[^a] two[^b] three[^c].\n\n[^a]: Alda reserves its position. {kind=reservation author="Alda"}\n\n[^b]: Goes away altogether.\n\n[^c]: Private. {kind=comment author="P"}\n`,
  ).draft;
  const after = parseMarkdown(
    `${head}1. One[^x] two three[^y].\n\n[^y]: Quite new here.\n\n[^x]: Alda reserves its full position. {kind=reservation author="Alda"}\n`,
  ).draft;
  const marked = redline(before, after, "Secretariat");
  expect(renderMarkdown(marked).split("---\n")[2]).toBe(`
1. One[^n2] two[^n3] three[^n1]. {#p1}

[^n1]: {ins author="Secretariat"}Quite new here.{/ins}

[^n2]: Alda reserves its {ins author="Secretariat"}full {/ins}position. {kind=reservation author="Alda"}

[^n3]: {del author="Secretariat"}Goes away altogether.{/del}
`);
});

test("words are set in the comparison version as they are in the version that they are taken from", () => {
  const head = "---\nformat: parley-draft/1\ntitle: T\n---\n\n";
  const before = parseMarkdown(
    `${head}1. *Recalling* the **old** text, [*noting* its un*certain* end][^a].\n\n[^a]: See *Annex* I.\n`,
  ).draft;
  const after = parseMarkdown(
    `${head}1. *Recalling also* the new text, [*noting* its *un*certain end][^a].\n\n[^a]: See *Annex* II.\n`,
  ).draft;
  expect(renderMarkdown(redline(before, after, "S")).split("---\n")[2]).toBe(`
1. *Recalling *{ins author="S"}*also* {/ins}the {del author="S"}**old**{/del}{ins author="S"}new{/ins} text, \\[*noting* its *un*certain end\\][^n1]. {#p1}

[^n1]: See *Annex* {del author="S"}I{/del}{ins author="S"}II{/ins}.
`);
});
