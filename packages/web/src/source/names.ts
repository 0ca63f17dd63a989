/** Brackets and their alternatives named in one line each, as lists and tables need them. */
import {
  type AnyOption,
  type Block,
  brackets,
  type Clause,
  clauses,
  DROP,
  type Draft,
  type Inline,
  type PlacedBracket,
} from "@parley/text";
import { useMemo } from "react";
import { useWords, type Words } from "../messages/words.ts";

export interface Names {
  readonly order: readonly PlacedBracket[];
  /** "Article 3, 2" and the number of the bracket in the text. */
  readonly bracket: (id: string) => string;
  /** "Article 3, 2"; "" for a clause that has no number. */
  readonly clause: (id: string) => string;
  /** The alternative's words on one line, shortened where they are long; `words` has all of them. */
  readonly option: (bracket: string, option: string) => string;
  readonly words: (bracket: string, option: string) => string;
}

export function useNames(draft: Draft): Names {
  const t = useWords();
  return useMemo(() => namesOf(draft, t), [draft, t]);
}

function namesOf(draft: Draft, t: Words): Names {
  const order = brackets(draft);
  const at = new Map(
    order.map((placed, index) => [placed.bracket.id as string, { placed, number: index + 1 }]),
  );
  const under = placesOf(clauses(draft));
  return {
    order,
    clause: (id) => under.get(id) ?? "",
    bracket: (id) => {
      const found = at.get(id);
      if (!found) return id;
      const place = under.get(found.placed.clause ?? "");
      return place ? `${place} [${found.number}]` : `[${found.number}]`;
    },
    option: (bracket, id) => named(bracket, id, lineLength),
    words: (bracket, id) => named(bracket, id, Number.POSITIVE_INFINITY),
  };
  function named(bracket: string, id: string, length: number): string {
    const placed = at.get(bracket)?.placed;
    return placed ? nameOfOption(placed, id, t, length) : id;
  }
}

/** An alternative in one line of about so many characters: its label, if it has one, and its words. */
export function nameOfOption({ options }: PlacedBracket, id: string, t: Words, length = lineLength): string {
  const option = options.find((one) => one.id === id);
  if (!option) return id;
  // By what it is, not by its id: words can be called "drop" too.
  if (option.noText) return t(option.id === DROP ? "option.drop" : "option.noText");
  const words = shortened(wordsOf(option), length);
  if (option.id === "keep") return t("said.of", { what: t("option.keep"), words });
  // Both are words of the text, in its language and not the reader's.
  return option.label ? `${option.label}: ${words}` : words;
}

/** "Article 3, 2 (a)" for each clause, by its id; "" before the first numbered heading where it has no number. */
export function placesOf(all: readonly Clause[]): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  let heading = "";
  /** The numbers of the clause and of those that it stands under, by level. */
  let under: string[] = [];
  for (const { id, form, level, ordinal } of all) {
    const own = ordinal.replace(/\.$/, "");
    if (form === "heading") {
      if (ordinal) heading = own;
      under = [];
    } else under = [...Array.from({ length: level }, (_, above) => under[above] ?? ""), own];
    places.set(id, [heading, under.filter(Boolean).join(" ")].filter(Boolean).join(", "));
  }
  return places;
}

const lineLength = 110;

/** The words of an alternative on one line; a bracket inside is [...], because it is chosen apart. */
function wordsOf(option: AnyOption): string {
  return option.content
    .map(partWords)
    .join(" ")
    .replace(/\s+/g, " ")
    .replace(/^[\s,;.]+/, "")
    .trim();
}

/** Cut between two words; within one where there is no other place, as in Chinese. */
function shortened(words: string, length: number): string {
  if (words.length <= length) return words;
  const space = words.lastIndexOf(" ", length);
  return `${words.slice(0, space > length / 2 ? space : length).replace(/[\s,;.]+$/, "")} …`;
}

function partWords(part: Inline | Block): string {
  if (part.type === "clause") return part.content.map(partWords).join("");
  if (part.type === "bracket") return "[…]";
  return part.type === "text" ? part.text : " ";
}
