import { brackets, clauses, type Draft } from "@parley/text";

/** Every party that the draft names, by the name it has there. */
export function partiesOf(draft: Draft): ReadonlyMap<string, string> {
  const named = brackets(draft).flatMap(({ bracket }) =>
    bracket.options.flatMap((o) => o.attributions ?? []),
  );
  const concerned = clauses(draft).flatMap((clause) => clause.concerns ?? []);
  return new Map([...named.map(({ party }) => party), ...concerned].map((party) => [party, party]));
}
