/** The choices that the text leaves: what is agreed, or barred at this desk, is no choice any more. */
import { choiceTree, type Text } from "@parley/core";
import type { OptionRef, ProblemIssue } from "@parley/solver";

/** Throws nothing: a bar that would leave a bracket without any alternative is left out. */
export function openTree(text: Text, barred: readonly OptionRef[] = []): readonly ProblemIssue[] {
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
