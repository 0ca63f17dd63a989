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

/**
 * Also what is agreed stands open: by this tree a party's word is read. "We would sign this" was said of a whole text, and
 * holds when another alternative than that text's was agreed since.
 */
export function wholeTree(text: Text): readonly ProblemIssue[] {
  return openTree({ ...text, agreed: {} });
}

/** Alternatives of the whole tree that are no choice any more; what is nested in one goes with it. */
export function closedIn(
  whole: readonly ProblemIssue[],
  open: readonly ProblemIssue[] | undefined,
): readonly OptionRef[] {
  return whole.flatMap(({ id, options }) => {
    const left = open?.find((issue) => issue.id === id)?.options;
    return options.flatMap((option): readonly OptionRef[] => {
      const same = left?.find((one) => one.id === option.id);
      return same ? closedIn(option.issues ?? [], same.issues) : [[id, option.id]];
    });
  });
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
