/** From an outcome in words back to the numbers of the model. */
import { at, type Choice, type Model } from "./model.ts";
import type { Outcome } from "./problem.ts";

/** undefined where the outcome is not one of this tree: an issue unknown, left open, or not reached. */
export function choiceOf(model: Model, outcome: Outcome): Choice | undefined {
  const choice = Int32Array.from(model.issues, ({ id, options }) => {
    const option = options.find((one) => at(model.options, one).id === outcome[id]);
    return option ?? -1;
  });
  // Outer issues come before inner ones, so that one pass knows what is reached.
  const reached = new Uint8Array(model.issues.length);
  for (const [issue, { parent }] of model.issues.entries()) {
    const outer = parent < 0 ? -1 : at(model.options, parent).issue;
    reached[issue] = parent < 0 || (reached[outer] === 1 && choice[outer] === parent) ? 1 : 0;
    if (at(choice, issue) >= 0 !== (reached[issue] === 1)) return undefined;
  }
  const chosen = choice.filter((option) => option >= 0).length;
  return chosen === Object.keys(outcome).length ? choice : undefined;
}
