/**
 * Why there is no outcome at all: an irreducible set of red lines and linkages, by deletion.
 *
 * Each constraint is dropped in turn, and stays dropped where the rest still leaves no outcome; what is left
 * is irreducible (dropping any one leaves an outcome), though not always the smallest such set.
 */
import { fieldOf } from "./field.ts";
import type { Budget } from "./limits.ts";
import { afterRedLines, at, type Model } from "./model.ts";
import type { Linkage, OptionRef } from "./problem.ts";
import { hasChoice } from "./quest.ts";

export type Constraint =
  | { readonly kind: "red-line"; readonly party: string; readonly option: OptionRef }
  | { readonly kind: "excludes"; readonly pair: Linkage }
  | { readonly kind: "requires"; readonly pair: Linkage };

type Constraints = Pick<Model, "redLines" | "excludes" | "requires">;

/** For a model without outcomes. Null where the budget ended first. */
export function findConflict(model: Model, budget: Budget): readonly Constraint[] | null {
  let left: Constraints = { redLines: model.redLines, excludes: model.excludes, requires: model.requires };
  for (const kind of ["requires", "excludes", "redLines"] as const) {
    for (const one of left[kind]) {
      const fewer: Constraints = {
        ...left,
        [kind]: (left[kind] as readonly unknown[]).filter((c) => c !== one),
      };
      const some = hasOutcome({ ...model, ...fewer }, budget);
      if (some === null) return null;
      if (!some) left = fewer;
    }
  }
  return describe(model, left);
}

/** Whether any outcome keeps red lines and linkages; null where the budget ended first. */
function hasOutcome(model: Model, budget: Budget): boolean | null {
  const field = fieldOf({ model, allowed: afterRedLines(model), budget });
  return field && hasChoice(field, budget);
}

function describe(model: Model, { redLines, excludes, requires }: Constraints): Constraint[] {
  const ref = (option: number): OptionRef => {
    const { issue, id } = at(model.options, option);
    return [at(model.issues, issue).id, id];
  };
  const pair = ([one, other]: readonly [number, number]): Linkage => [ref(one), ref(other)];
  return [
    ...redLines.map(({ party, option }) => ({
      kind: "red-line" as const,
      party: at(model.partyIds, party),
      option: ref(option),
    })),
    ...excludes.map((one) => ({ kind: "excludes" as const, pair: pair(one) })),
    ...requires.map((one) => ({ kind: "requires" as const, pair: pair(one) })),
  ];
}
