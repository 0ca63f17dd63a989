import { brackets, clauses, type Draft } from "@parley/text";

/** The name of every party that the draft names, once. */
export function partiesOf(draft: Draft): readonly string[] {
  const named = brackets(draft).flatMap(({ bracket }) =>
    bracket.options.flatMap((o) => o.attributions ?? []),
  );
  const concerned = clauses(draft).flatMap((clause) => clause.concerns ?? []);
  return [...new Set([...named.map(({ party }) => party), ...concerned])];
}
