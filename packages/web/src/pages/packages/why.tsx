/**
 * What a package gives and takes against another one, in words: "in Article 3 this alternative, in return for that one in
 * Article 5"; who is left with nothing; what only a linkage holds in place.
 */
import type { BindingLinkage, Explanation, Outcome, Problem } from "@parley/solver";
import type { ReactElement } from "react";
import { useWords } from "../../messages/words.ts";
import { useLooks } from "../../source/case-context.tsx";
import { useFigures } from "../../source/figures.ts";
import type { Names } from "../../source/names.ts";

const mostNamed = 3;

export function Why({
  problem,
  names,
  explanation,
  outcome,
}: {
  problem: Problem;
  names: Names;
  explanation: Explanation;
  outcome: Outcome;
}): ReactElement | null {
  const t = useWords();
  const looks = useLooks();
  const { points } = useFigures();
  const who = (id: string) => looks.get(id)?.name ?? id;
  const said = (bracket: string, option = outcome[bracket]) =>
    option === undefined
      ? t("packages.why.dropped", { place: names.bracket(bracket) })
      : t("packages.why.in", { place: names.bracket(bracket), option: names.option(bracket, option) });
  const list = (brackets: readonly string[]) => {
    const shown = brackets.slice(0, mostNamed).map((bracket) => said(bracket));
    const more = brackets.length - shown.length;
    return [...shown, ...(more > 0 ? [t("packages.why.more", { count: more })] : [])].join(
      t("said.semicolon"),
    );
  };
  const { trades, neutral, interactions, linkages } = explanation;
  const lines = [
    ...trades.map(({ parties: [one, other], gains: [forOne, forOther] }) =>
      t("packages.why.trade", {
        one: who(one),
        gets: list(forOne),
        other: who(other),
        gives: list(forOther),
      }),
    ),
    ...interactions.map(({ party, issues, points: paid }) =>
      t(paid > 0 ? "packages.why.together" : "packages.why.apart", {
        who: who(party),
        points: points(Math.abs(paid)),
        places: issues.map(names.bracket).join(t("said.comma")),
      }),
    ),
    ...(neutral.length > 0 ? [t("packages.why.neutral", { count: neutral.length })] : []),
    ...linkages.map((binding) => bindingWords(binding)),
  ];
  function bindingWords({ constraint, change: [bracket, option], points: moved }: BindingLinkage): string {
    const gains = problem.parties.filter(({ id }) => (moved[id] ?? 0) > 0);
    const values = {
      what: said(bracket, option),
      gains: gains.map(({ id }) => `${who(id)} +${points(moved[id] ?? 0)}`).join(t("said.comma")),
    };
    if (constraint.kind === "red-line") {
      return t("packages.why.redLine", { ...values, who: who(constraint.party) });
    }
    const [one, two] = constraint.pair;
    const linkage = t(`packages.infeasible.${constraint.kind}`, { what: said(...one), that: said(...two) });
    return t("packages.why.linkage", { ...values, linkage });
  }
  if (lines.length === 0) return null;
  return (
    <ul className="why">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
