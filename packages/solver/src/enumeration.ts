/**
 * Every outcome of the tree that keeps the linkages, one after the other: depth-first, an issue's inner
 * issues before what follows it, a branch left as soon as a linkage is broken in it.
 *
 * For small problems. The time is that of the number of partial outcomes that keep the linkages.
 */
import type { Budget } from "./limits.ts";
import { type Allowed, at, type Choice, type Model } from "./model.ts";

/** Calls `visit` with each outcome (a buffer that is used again); false when the budget ran out first. */
export function enumerateOutcomes(
  model: Model,
  allowed: Allowed,
  budget: Budget,
  visit: (choice: Choice) => void,
): boolean {
  const choice: Choice = new Int32Array(model.issues.length).fill(-1);
  const linkages = new LinkageCheck(model);
  const open: number[] = [...model.roots].reverse();
  const descend = (): boolean => {
    if (!budget.step()) return false;
    const issue = open.pop();
    if (issue === undefined) {
      if (linkages.holdAtEnd(choice)) visit(choice);
      return true;
    }
    for (const option of at(model.issues, issue).options) {
      if (!allowed[option] || !linkages.allow(choice, option)) continue;
      choice[issue] = option;
      const height = open.length;
      const { inner } = at(model.options, option);
      for (let k = inner.length - 1; k >= 0; k--) open.push(at(inner, k));
      const go = descend();
      open.length = height;
      choice[issue] = -1;
      if (!go) return false;
    }
    open.push(issue);
    return true;
  };
  return descend();
}

/** The linkages by option, for a choice that grows. */
class LinkageCheck {
  private readonly excluded: number[][];
  private readonly needs: number[][];
  private readonly issueOf: Int32Array;

  constructor(model: Model) {
    this.excluded = model.options.map(() => []);
    this.needs = model.options.map(() => []);
    this.issueOf = Int32Array.from(model.options, (option) => option.issue);
    for (const [one, other] of model.excludes) {
      at(this.excluded, one).push(other);
      at(this.excluded, other).push(one);
    }
    for (const [one, other] of model.requires) at(this.needs, one).push(other);
  }

  /** False when choosing the option breaks a linkage with what is chosen already. */
  allow(choice: Choice, option: number): boolean {
    for (const other of at(this.excluded, option)) {
      if (other === option || choice[at(this.issueOf, other)] === other) return false;
    }
    for (const other of at(this.needs, option)) {
      const chosen = at(choice, at(this.issueOf, other));
      const own = at(this.issueOf, other) === at(this.issueOf, option);
      if (own ? other !== option : chosen >= 0 && chosen !== other) return false;
    }
    return true;
  }

  /** Whether a whole outcome has everything that its options require. */
  holdAtEnd(choice: Choice): boolean {
    for (const option of choice) {
      if (option < 0) continue;
      for (const other of at(this.needs, option)) {
        if (choice[at(this.issueOf, other)] !== other) return false;
      }
    }
    return true;
  }
}
