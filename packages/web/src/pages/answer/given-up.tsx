/** Bracket by bracket, by our own points: where the package reads as we want it most, and what it would cost us elsewhere. */
import type { Preferences } from "@parley/core";
import type { ReactElement } from "react";
import { useWords } from "../../messages/words.ts";
import { useFigures } from "../../source/figures.ts";
import type { Names } from "../../source/names.ts";

const shown = 6;

export function GivenUp({
  names,
  outcome,
  scores,
}: {
  names: Names;
  outcome: Readonly<Record<string, string>>;
  scores: Preferences["scores"];
}): ReactElement | null {
  const t = useWords();
  const { gain } = useFigures();
  const all = names.order.flatMap(({ bracket: { id }, options }) => {
    const chosen = outcome[id];
    const [first, ...others] = options;
    if (chosen === undefined || first === undefined || others.length === 0) return [];
    const points = (option: string) => scores[id]?.[option] ?? 0;
    const best = others.reduce((most, one) => (points(one.id) > points(most.id) ? one : most), first).id;
    return [{ id, chosen, best, change: points(chosen) - points(best) }];
  });
  const less = all.filter(({ change }) => change < 0).sort((a, b) => a.change - b.change);
  if (all.length === 0) return null;
  return (
    <>
      <p>{t("answer.us.ours", { count: all.length - less.length, all: all.length })}</p>
      {less.length > 0 ? (
        <>
          <h4>{t("answer.us.less")}</h4>
          <dl className="chosen-list given-up">
            {less.slice(0, shown).map(({ id, chosen, best, change }) => (
              <div key={id}>
                <dt className="small">{names.bracket(id)}</dt>
                <dd>
                  <bdi className="set-words">{names.option(id, chosen)}</bdi>
                  <br />
                  <span className="small">{t("answer.us.instead", { what: names.option(id, best) })}</span>
                </dd>
                <dd className="figure">{gain(change)}</dd>
              </div>
            ))}
          </dl>
          {less.length > shown ? (
            <p className="small">{t("answer.us.rest", { count: less.length - shown })}</p>
          ) : null}
        </>
      ) : null}
    </>
  );
}
