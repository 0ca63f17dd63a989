/** Brackets and their alternatives named in one line each, as lists and tables need them. */
import {
  type AnyOption,
  type Block,
  brackets,
  type Clause,
  clauses,
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
  readonly option: (bracket: string, option: string) => string;
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
    option: (bracket, id) => {
      const option = at.get(bracket)?.placed.options.find((one) => one.id === id);
      if (!option) return id;
      if (option.id === "drop") return t("option.drop");
      if (option.noText) return t("option.noText");
      const words = wordsOf(option);
      if (option.id === "keep") return `${t("option.keep")}: ${words}`;
      return option.label ? `${option.label}: ${words}` : words;
    },
  };
}

/** "Article 3, 2" for each clause, by its id; "" before the first numbered heading where it has no number. */
export function placesOf(all: readonly Clause[]): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  let heading = "";
  for (const { id, form, ordinal } of all) {
    if (form === "heading" && ordinal) heading = ordinal.replace(/\.$/, "");
    const own = form === "heading" ? "" : ordinal.replace(/\.$/, "");
    places.set(id, [heading, own].filter(Boolean).join(", "));
  }
  return places;
}

const lineLength = 110;

/** The words of an alternative on one line; a bracket inside is [...], because it is chosen apart. */
function wordsOf(option: AnyOption): string {
  const words = option.content
    .map(partWords)
    .join(" ")
    .replace(/\s+/g, " ")
    .replace(/^[\s,;.]+/, "")
    .trim();
  return words.length > lineLength ? `${words.slice(0, lineLength).trimEnd()}…` : words;
}

function partWords(part: Inline | Block): string {
  if (part.type === "clause") return part.content.map(partWords).join("");
  if (part.type === "bracket") return "[…]";
  return part.type === "text" ? part.text : " ";
}
