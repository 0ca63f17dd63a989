/** The change that somebody writes, as the amendment carries it; and the words that a change is about, as they stand. */
import type { Amendment, Change, SeatId } from "@parley/core";
import {
  type AnyOption,
  type Block,
  type Bracket,
  brackets,
  type Clause,
  clauses,
  type Draft,
  type Inline,
  plainText,
} from "@parley/text";
import type { PartyLook } from "../../frame/party-codes.ts";
import {
  clauseMarkdown,
  contentOfClause,
  newClauseMarkdown,
  newId,
  rewritten,
  standingWords,
} from "../../source/words.ts";
import type { Unsent } from "./unsent-amendments.ts";

/** What a change touches, as the key of what is written about it. */
export function aboutOf({ bracket, clause }: { bracket?: string; clause?: string }): string {
  return bracket === undefined ? `clause ${clause ?? ""}` : `bracket ${bracket}`;
}

/** Changes that take no words away. */
const besideWords: ReadonlySet<Change["kind"]> = new Set([
  "addClause",
  "addAlternative",
  "bracketWords",
  "concernClause",
]);

/** The words that a change would take the place of, as they stand now; undefined if what it is about is gone. */
export function standingContent(draft: Draft, change: Omit<Change, "text">): readonly Inline[] | undefined {
  const { kind, clause, bracket, option } = change;
  if (besideWords.has(kind)) return [];
  if (bracket !== undefined) {
    const placed = brackets(draft).find((one) => one.bracket.id === bracket);
    const found = placed?.bracket.options.find(({ id }) => id === option);
    return found && inlinesOf(found);
  }
  return clauses(draft).find(({ id }) => id === clause)?.content;
}

/** The words of an alternative as those of one clause; undefined where it has several paragraphs. */
export function inlinesOf(option: AnyOption): readonly Inline[] | undefined {
  const [first] = option.content;
  if (first?.type === "clause") return option.content.length === 1 ? first.content : undefined;
  return option.content.some((part) => part.type === "clause")
    ? undefined
    : (option.content as readonly Inline[]);
}

/** The words that a change proposes; undefined where it takes words away and puts none. */
export function proposedContent({ kind, text, words }: Change): readonly Inline[] | undefined {
  if (kind === "bracketWords") return [{ type: "text", text: `[${words ?? ""}]` }];
  return text === undefined ? undefined : contentOfClause(text);
}

/** What is written, as the body of an amendment says it; undefined while it is not whole. */
export function changeOf(
  unsent: Unsent,
  draft: Draft,
  pending: readonly Amendment[],
  seat: string,
): Change | undefined {
  const { kind, clause, bracket, option, base, written } = unsent;
  const own = new Set(brackets(draft).map((placed) => placed.bracket.id as string));
  const [words = ""] = written;
  const withText = (text: string | undefined, more: Partial<Change>): Change | undefined =>
    text === undefined ? undefined : { kind, ...more, text };
  switch (kind) {
    case "addClause": {
      const all = clauses(draft);
      const after = all.find(({ id }) => id === clause);
      if (!after || clause === undefined) return undefined;
      const taken = { brackets: own, clauses: new Set(all.map(({ id }) => id as string)) };
      return withText(newClauseMarkdown(words, after, unsent.number, taken), { clause });
    }
    case "replaceClause":
      return clause === undefined || isSame(unsent)
        ? undefined
        : withText(rewritten(base, written, own), { clause });
    case "deleteClause":
      return clause === undefined ? undefined : { kind, clause };
    case "concernClause": {
      const stands = clauses(draft).find(({ id }) => id === clause)?.concerns ?? [];
      const { concerns } = unsent;
      return clause === undefined || !concerns || concerns.toString() === stands.toString()
        ? undefined
        : { kind, clause, concerns: concerns as SeatId[] };
    }
    case "addAlternative": {
      if (bracket === undefined) return undefined;
      return withText(clauseMarkdown(words, own), {
        bracket,
        option: freeOption(draft, pending, bracket, seat),
      });
    }
    case "changeAlternative":
      if (bracket === undefined || option === undefined || isSame(unsent)) return undefined;
      return withText(rewritten(base, written, own), { bracket, option });
    case "removeAlternative":
      return bracket === undefined || option === undefined ? undefined : { kind, bracket, option };
    case "bracketWords":
      if (clause === undefined || words.trim() === "") return undefined;
      return { kind, clause, words: words.trim(), bracket: newId(`${clause}-b`, own) };
  }
}

/** Nothing was written that does not stand already. */
export function isSame({ base, written }: Pick<Unsent, "base" | "written">): boolean {
  const stood = standingWords(base);
  return written.every((words, place) => words === (stood[place] ?? ""));
}

/** A name that no alternative has, nor one that was proposed: whose it is, and a number. */
export function freeOption(
  draft: Draft,
  pending: readonly Amendment[],
  bracket: string,
  seat: string,
): string {
  const placed = brackets(draft).find((one) => one.bracket.id === bracket);
  const proposed = pending.filter(({ change }) => change.bracket === bracket);
  const taken = new Set([
    ...(placed?.bracket.options.map(({ id }) => id as string) ?? []),
    ...proposed.flatMap(({ change }) => change.option ?? []),
  ]);
  return newId(seat, taken);
}

/**
 * The draft with its parties by their letters, for a comparison, in which brackets and who backs what are characters.
 */
export function lettered(draft: Draft, looks: ReadonlyMap<string, PartyLook>): Draft {
  const inlines = (list: readonly Inline[]): readonly Inline[] =>
    list.map((part) => (part.type === "bracket" ? bracketed(part, inlines) : part));
  const blocks = (list: readonly Block[]): readonly Block[] =>
    list.map((block) =>
      block.type === "bracket" ? bracketed(block, blocks) : { ...block, content: inlines(block.content) },
    );
  function bracketed<C, B extends Bracket<C>>(bracket: B, inside: (list: readonly C[]) => readonly C[]): B {
    const options = bracket.options.map(({ attributions, ...option }) => ({
      ...option,
      content: inside(option.content),
      ...(attributions && {
        attributions: attributions.map((one) => ({ ...one, party: looks.get(one.party)?.code ?? one.party })),
      }),
    }));
    return { ...bracket, options };
  }
  return { ...draft, blocks: blocks(draft.blocks) };
}

/** How a clause that comes after this one would be numbered, as practice numbers what is put in between. */
export function numberAfter({ form, ordinal }: Clause): string {
  if (form === "heading" || ordinal === "") return "";
  const [, number = "", end = ""] = /^(.*?)([.)]?)$/.exec(ordinal) ?? [];
  return `${number} bis${end}`;
}

/** The words of a clause on one line. */
export function lineOf(content: readonly Inline[]): string {
  return plainText(content).replace(/\s+/g, " ").trim();
}
