/** Other texts that cost nobody much more than the package in hand: something to go to when one alternative cannot be had. */
import type { Outcome, Problem } from "@parley/solver";
import type { ReactElement } from "react";
import { Button } from "react-aria-components";
import { PartyCode } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { useLooks } from "../../source/case-context.tsx";
import { useFigures } from "../../source/figures.ts";
import type { Names } from "../../source/names.ts";
import { type Near, nearLoss } from "./solving.ts";

export function NearAlternatives({
  near,
  problem,
  names,
  onTake,
}: {
  near: Near;
  problem: Problem;
  names: Names;
  onTake: (outcome: Outcome) => void;
}): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { share, gain, count } = useFigures();
  const { searching, search, stop } = near;
  return (
    <section className="near stack-narrow">
      <h3>{t("packages.near")}</h3>
      <p className="small quiet">{t("packages.near.what", { share: share(nearLoss) })}</p>
      {searching.kind === "idle" || searching.kind === "stopped" || searching.kind === "fault" ? (
        <div className="acts">
          <Button className="button small" onPress={search}>
            {t("packages.near.search")}
          </Button>
        </div>
      ) : null}
      {searching.kind === "running" ? (
        <p className="row small" role="status">
          {t("packages.solving", {
            phase: t("packages.near"),
            count: count(searching.progress?.nodes ?? 0),
          })}
          <Button className="button small" onPress={stop}>
            {t("packages.stop")}
          </Button>
        </p>
      ) : null}
      <Refused why={searching.kind === "fault" ? searching.why : undefined} />
      {searching.kind === "near" && searching.found.length === 0 ? <p>{t("packages.near.none")}</p> : null}
      {searching.kind === "near" && searching.found.length > 0 ? (
        <ol className="list near-list">
          {searching.found.map(({ outcome, costs, changed, proven }) => {
            const said = changed.filter((bracket) => outcome[bracket] !== undefined);
            return (
              <li key={JSON.stringify(outcome)}>
                <p className="row small">
                  {problem.parties.map(({ id }) => {
                    const look = looks.get(id);
                    return (
                      <span className="change" key={id}>
                        {look ? <PartyCode look={look} /> : id} {gain(-(costs[id] ?? 0))}
                      </span>
                    );
                  })}
                  <span className="quiet">{t("packages.near.differs", { count: changed.length })}</span>
                  {proven ? null : <span className="quiet">{t("packages.near.unproven")}</span>}
                  <Button className="button small" onPress={() => onTake(outcome)}>
                    {t("packages.near.take")}
                  </Button>
                </p>
                <ul className="small">
                  {said.map((bracket) => (
                    <li key={bracket}>
                      <span className="quiet">{names.bracket(bracket)}</span>{" "}
                      <bdi className="set-words">{names.words(bracket, outcome[bracket] ?? "")}</bdi>
                    </li>
                  ))}
                </ul>
              </li>
            );
          })}
        </ol>
      ) : null}
    </section>
  );
}
