/**
 * Alternatives that the text itself ties together, whoever prefers what. They stand in the header of the draft, so they
 * travel with the text, are part of its revision, and are read by everyone who is given it:
 *
 *     requires: relief=step halt=limited; violation=refer verifier=quelda
 *     excludes: seat=permanent term=one-year
 */
import type { Linkage, OptionRef, ProblemIssue } from "@parley/solver";
import { type Draft, isId, parseMarkdown, renderMarkdown } from "@parley/text";
import type { CaseFile } from "./case-file.ts";
import { issuesOf } from "./choice-tree.ts";

export interface TextLinkages {
  readonly excludes: readonly Linkage[];
  readonly requires: readonly Linkage[];
  /** Words of the header that are no linkage; nothing follows from them. */
  readonly faults: readonly string[];
}

const kinds = ["excludes", "requires"] as const;

export function linkagesOf({ other = {} }: Pick<Draft, "other">): TextLinkages {
  const faults: string[] = [];
  const read = (kind: (typeof kinds)[number]): Linkage[] =>
    (Object.hasOwn(other, kind) ? (other[kind] ?? "") : "").split(";").flatMap((words) => {
      const said = words.trim();
      if (said === "") return [];
      const [one, two, ...more] = said.split(/\s+/).map(refOf);
      if (one && two && more.length === 0) return [[one, two]];
      faults.push(said);
      return [];
    });
  return { excludes: read("excludes"), requires: read("requires"), faults };
}

function refOf(word: string): OptionRef | undefined {
  const [bracket = "", option = "", ...more] = word.split("=");
  return isId(bracket) && isId(option) && more.length === 0 ? [bracket, option] : undefined;
}

/** The draft with these linkages in its header, in place of those that it had. */
export function withLinkages(
  draft: Draft,
  linkages: Readonly<Record<(typeof kinds)[number], readonly Linkage[]>>,
): Draft {
  const { excludes: _, requires: __, ...rest } = draft.other ?? {};
  const said = kinds.flatMap((kind): [string, string][] => {
    const all = linkages[kind].map((pair) => pair.map((ref) => ref.join("=")).join(" "));
    return all.length === 0 ? [] : [[kind, all.join("; ")]];
  });
  const other = { ...rest, ...Object.fromEntries(said) };
  const { other: ___, ...bare } = draft;
  return Object.keys(other).length === 0 ? bare : { ...bare, other };
}

/** The text that a case begins with, in canonical Markdown: the draft of its folder, tied together as its case file says. */
export function textOfCase(markdown: string, caseFile: Pick<CaseFile, "excludes" | "requires">): string {
  return renderMarkdown(withLinkages(parseMarkdown(markdown).draft, caseFile));
}

/**
 * What linkages come to where some alternatives are no longer open: those that still bind, and the alternatives that
 * fall with the one that they require.
 */
export function linkagesLeft(
  { excludes, requires }: Pick<TextLinkages, "excludes" | "requires">,
  tree: readonly ProblemIssue[],
): {
  readonly excludes: readonly Linkage[];
  readonly requires: readonly Linkage[];
  readonly fallen: readonly OptionRef[];
} {
  const open = new Set(
    issuesOf(tree).flatMap(({ id, options }) => options.map((option) => JSON.stringify([id, option.id]))),
  );
  const isOpen = (ref: OptionRef): boolean => open.has(JSON.stringify(ref));
  const both = ([one, two]: Linkage): boolean => isOpen(one) && isOpen(two);
  return {
    excludes: excludes.filter(both),
    requires: requires.filter(both),
    fallen: requires.filter(([one, two]) => isOpen(one) && !isOpen(two)).map(([one]) => one),
  };
}
