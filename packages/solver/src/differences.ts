/** In how many brackets two outcomes differ, as points of options: so that a search can count them. */
import { at, type Choice, type Model } from "./model.ts";

/**
 * By option: the issues in which an outcome that chooses it differs from this choice because of it. Two outcomes
 * differ in an issue where they settle it otherwise or only one of them reaches it; the sum over the options of
 * an outcome is the number of such issues.
 * @param counts How much each issue counts: 0 or 1.
 */
export function differencesFrom(model: Model, choice: Choice, counts: Uint8Array): Int32Array {
  // What the choice reaches inside each option; inner issues come after the option that holds them.
  const reached = new Int32Array(model.options.length);
  for (let issue = model.issues.length - 1; issue >= 0; issue--) {
    const { parent } = at(model.issues, issue);
    const own = at(choice, issue);
    if (own >= 0 && parent >= 0) reached[parent] = at(reached, parent) + at(counts, issue) + at(reached, own);
  }
  return Int32Array.from(model.options, ({ issue }, option) => {
    const own = at(choice, issue);
    if (own === option) return 0;
    return at(counts, issue) + (own < 0 ? 0 : at(reached, own));
  });
}
