/**
 * The brackets of a draft as the solver's choice tree: each open bracket is an issue, its alternatives the
 * options, and a bracket inside an alternative exists only where that alternative is chosen. Placeholders and
 * open-ended members ("[other]") are words still missing, not options; what stands inside them is left out too.
 */
import type { ProblemIssue } from "@parley/solver";
import { brackets, type Draft, type PlacedBracket } from "@parley/text";

/** The issues at the top of the draft, in reading order. */
export function choiceTree(draft: Draft): ProblemIssue[] {
  const within = new Map<string, PlacedBracket[]>();
  for (const placed of brackets(draft)) {
    if (placed.options.length === 0) continue;
    const place = placed.parent ? key(placed.parent.bracket, placed.parent.option) : "";
    within.set(place, [...(within.get(place) ?? []), placed]);
  }
  const issuesAt = (place: string): ProblemIssue[] =>
    (within.get(place) ?? []).map(({ bracket, options }) => ({
      id: bracket.id,
      options: options.map((option) => {
        const issues = option.noText ? [] : issuesAt(key(bracket.id, option.id));
        return issues.length === 0 ? { id: option.id } : { id: option.id, issues };
      }),
    }));
  return issuesAt("");
}

/** Every issue of a tree, outer before inner. */
export function issuesOf(tree: readonly ProblemIssue[]): ProblemIssue[] {
  return tree.flatMap((issue) => [
    issue,
    ...issue.options.flatMap((option) => (option.issues ? issuesOf(option.issues) : [])),
  ]);
}

function key(bracket: string, option: string): string {
  return JSON.stringify([bracket, option]);
}
