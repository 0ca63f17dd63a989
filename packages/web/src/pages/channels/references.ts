/**
 * Clauses, brackets and packages named in what is said. In a sealed message the names are kept with the ids that they had
 * when it was written, so that "Article 2, 1 [3]" still leads to its bracket after others were added before it.
 */
import { clauses, type Draft } from "@parley/text";
import { useMemo } from "react";
import { useNames } from "../../source/names.ts";
import { useView } from "../../source/view.ts";

export interface Reference {
  readonly name: string;
  readonly to: "clause" | "bracket" | "package";
  readonly id: string;
}

export type Part = string | Reference;

const blank: Draft = { title: "", blocks: [], notes: [] };

/** Everything of the text on the table that can be named, in its order: "Article 2, 1", "Article 2, 1 [3]", "P1". */
export function useReferable(): readonly Reference[] {
  const { packages, text: view } = useView();
  const names = useNames(view?.draft ?? blank);
  return useMemo(() => {
    if (!view) return [];
    const placed = clauses(view.draft).flatMap(({ id }): Reference[] => {
      const name = names.clause(id);
      const own = name ? [{ name, to: "clause", id } as const] : [];
      const inside = names.order.filter(({ clause }) => clause === id);
      return [
        ...own,
        ...inside.map(
          ({ bracket }): Reference => ({ name: names.bracket(bracket.id), to: "bracket", id: bracket.id }),
        ),
      ];
    });
    const tabled = packages.map(({ name, proposal: { id } }): Reference => ({ name, to: "package", id }));
    return [...placed, ...tabled];
  }, [view, names, packages]);
}

/** The words with what they name taken out as parts of their own; the longest name wins. */
export function partsOf(words: string, referable: readonly Reference[]): readonly Part[] {
  const byName = new Map(referable.map((one) => [one.name, one]));
  const longest = [...byName.keys()].sort((a, b) => b.length - a.length);
  if (longest.length === 0) return [words];
  const escaped = longest.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`(?<![\\p{L}\\d])(${escaped.join("|")})(?![\\p{L}\\d])`, "u");
  return words
    .split(pattern)
    .map((part, index) => (index % 2 === 1 ? (byName.get(part) ?? part) : part))
    .filter((part) => part !== "");
}

export function referencesIn(words: string, referable: readonly Reference[]): readonly Reference[] {
  return partsOf(words, referable).filter((part): part is Reference => typeof part !== "string");
}

/** What a sealed message says, as whoever opened it finds it: nothing in it is believed to have a shape. */
export function readMessage(
  value: unknown,
): { readonly text: string; readonly refs: readonly Reference[] } | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { text, refs } = value as { readonly text?: unknown; readonly refs?: unknown };
  if (typeof text !== "string") return undefined;
  const named = Array.isArray(refs) ? refs.slice(0, mostReferences).filter(isReference) : [];
  return { text, refs: named.filter(({ name }) => text.includes(name)) };
}

/** More than anybody names in one message: a hundred thousand would hold up the page of whoever reads it. */
const mostReferences = 1000;

/** A package keeps its name: words that name one lead to no other, which would be answered in its stead. */
export function rightlyNamed(
  refs: readonly Reference[],
  packages: readonly { readonly name: string; readonly proposal: { readonly id: string } }[],
): readonly Reference[] {
  return refs.filter(
    ({ name, to, id }) =>
      to !== "package" || packages.some((one) => one.name === name && one.proposal.id === id),
  );
}

function isReference(value: unknown): value is Reference {
  if (typeof value !== "object" || value === null) return false;
  const { name, to, id } = value as Readonly<Record<string, unknown>>;
  return (
    typeof name === "string" &&
    name !== "" &&
    typeof id === "string" &&
    (to === "clause" || to === "bracket" || to === "package")
  );
}
