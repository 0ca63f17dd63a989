/** The choices that the text leaves: what is agreed, barred at this desk, or falls with what it requires, is no choice. */
import { choiceTree, linkagesLeft, linkagesOf, type Text } from "@parley/core";
import type { OptionRef, ProblemIssue } from "@parley/solver";

/** Throws nothing: a bar that would leave a bracket without any alternative is left out. */
export function openTree(text: Text, barred: readonly OptionRef[] = []): readonly ProblemIssue[] {
  const linkages = linkagesOf(text.draft);
  let gone = barred;
  // Each round some alternative falls, so there are at most as many rounds as alternatives.
  for (;;) {
    const tree = narrowedTree(text, gone);
    const { fallen } = linkagesLeft(linkages, tree);
    const more = fallen.filter(([issue, option]) => !gone.some(([i, o]) => i === issue && o === option));
    if (more.length === 0) return tree;
    gone = [...gone, ...more];
  }
}

function narrowedTree(text: Text, barred: readonly OptionRef[]): readonly ProblemIssue[] {
  const isBarred = (issue: string, option: string) => barred.some(([i, o]) => i === issue && o === option);
  const narrowed = (issues: readonly ProblemIssue[]): readonly ProblemIssue[] =>
    issues.map(({ id, options }) => {
      const agreed = Object.hasOwn(text.agreed, id) ? text.agreed[id]?.option : undefined;
      const left = options.filter((o) => (agreed === undefined ? !isBarred(id, o.id) : o.id === agreed));
      return {
        id,
        options: (left.length > 0 ? left : options).map((option) =>
          option.issues ? { ...option, issues: narrowed(option.issues) } : option,
        ),
      };
    });
  return narrowed(choiceTree(text.draft));
}
