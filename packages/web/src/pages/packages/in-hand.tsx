/** The package in hand as text: what would shake it, what is near it, what it gives and takes against another. */
import { assess } from "@parley/core";
import { gainRange, type Outcome, type Problem } from "@parley/solver";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { Choose } from "../../frame/choose.tsx";
import { useWords } from "../../messages/words.ts";
import { useLooks } from "../../source/case-context.tsx";
import type { Desk } from "../../source/desk.ts";
import { useFigures } from "../../source/figures.ts";
import type { Names } from "../../source/names.ts";
import { useTakeByHand } from "./by-hand.tsx";
import { Compare } from "./compare.tsx";
import { drawn } from "./drawn.ts";
import type { ResultsProps, Tabled } from "./found.ts";
import { NearAlternatives } from "./near.tsx";
import { keyOf, type Row } from "./rows.ts";
import { useExplanation, useNear } from "./solving.ts";
import { openOf, Tabling } from "./tabling.tsx";
import { Why } from "./why.tsx";

/** A longer list than this is not read to its end; any other package can be taken in hand and compared from there. */
const mostCompared = 60;

export function InHand({
  inHand,
  rows,
  problem,
  desk,
  view,
  barred,
  onBar,
  names,
  nameOf,
  tabled,
  onTake,
}: ResultsProps & {
  readonly inHand: Row;
  readonly rows: readonly Row[];
  readonly names: Names;
  readonly nameOf: (row: Row) => string;
  readonly tabled: readonly Tabled[];
  readonly onTake: (outcome: Outcome) => void;
}): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { share, count } = useFigures();
  const [withKey, setWithKey] = useState<string>();
  const takeByHand = useTakeByHand();
  const others = [
    ...problem.parties.flatMap(({ id }) => {
      const best = rows.reduce(
        (a, b) => ((b.utilities[id] ?? 0) > (a.utilities[id] ?? 0) ? b : a),
        rows[0] ?? inHand,
      );
      const name = t("packages.compare.asks", { who: looks.get(id)?.name ?? id });
      return [{ id: `asks ${id}`, name, outcome: best.outcome }];
    }),
    ...tabled.map(({ id, label, outcome }) => ({ id, name: label, outcome })),
    ...rows
      .filter(({ key }) => key !== inHand.key)
      .slice(0, mostCompared)
      .map((row) => ({ id: row.key, name: nameOf(row), outcome: row.outcome })),
  ];
  const isOther = ({ outcome }: { outcome: Outcome }) => keyOf(outcome) !== inHand.key;
  const other = others.find(({ id }) => id === withKey) ?? others.find(isOther) ?? others[0];
  const name = nameOf(inHand);
  const near = useNear(problem, inHand.outcome);
  const explanation = useExplanation(problem, inHand.outcome, other?.outcome);
  return (
    <section className="in-hand stack">
      <h2>{t("packages.text", { name })}</h2>
      {inHand.survival ? (
        <p className="small">
          {t("packages.survival", {
            error: share(drawn.error),
            draws: count(drawn.draws),
            zone: share(inHand.survival.inZone),
            unbeaten: share(inHand.survival.unbeaten),
          })}
        </p>
      ) : null}
      <AgainstNone inHand={inHand} problem={problem} />
      <Gaps desk={desk} inHand={inHand} problem={problem} />
      <Affected desk={desk} inHand={inHand} names={names} />
      <p className="small quiet screen-only">{t("packages.bar.what")}</p>
      <dl className="chosen-list with-bar">
        {names.order
          .filter(({ bracket }) => inHand.outcome[bracket.id] !== undefined)
          .map(({ bracket, options }) => {
            const option = inHand.outcome[bracket.id] ?? "";
            const left = options.filter(({ id }) => !barred.some(([b, o]) => b === bracket.id && o === id));
            const agreed = view.agreedOption(bracket.id) !== undefined;
            return (
              <div key={bracket.id}>
                <dt className="small quiet">{names.bracket(bracket.id)}</dt>
                <dd className="set-words">
                  <bdi>{names.words(bracket.id, option)}</bdi>
                </dd>
                <dd>
                  {agreed ? (
                    <span className="status" data-status="adref">
                      {t("status.adref")}
                    </span>
                  ) : (
                    // The browser's own button: a thousand of the others are a tenth of a second.
                    <button
                      aria-label={t("said.of", {
                        what: t("packages.bar"),
                        words: names.option(bracket.id, option),
                      })}
                      className="button plain small"
                      disabled={left.length < 2}
                      onClick={() => onBar([...barred, [bracket.id, option]])}
                      type="button"
                    >
                      {t("packages.bar")}
                    </button>
                  )}
                </dd>
              </div>
            );
          })}
      </dl>
      <NearAlternatives names={names} near={near} onTake={onTake} problem={problem} />
      <div className="compare-with">
        <Choose
          choices={others.map(({ id, name: said }) => ({ id, name: said }))}
          label={t("packages.compare")}
          onChoose={setWithKey}
          value={other?.id}
        />
      </div>
      {explanation ? (
        <Why explanation={explanation} names={names} outcome={inHand.outcome} problem={problem} />
      ) : null}
      {other ? (
        <Compare
          a={other}
          b={{ name, outcome: inHand.outcome }}
          looks={looks}
          names={names}
          problem={problem}
        />
      ) : null}
      <Tabling outcome={inHand.outcome} view={view}>
        <Button className="button" onPress={() => takeByHand(openOf(inHand.outcome, view.text))}>
          {t("packages.byHand.take")}
        </Button>
      </Tabling>
    </section>
  );
}

/** Against what there is without a text: each party's gain over its walk-away, and who would have none. */
function AgainstNone({ problem, inHand }: { problem: Problem; inHand: Row }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { gain } = useFigures();
  const name = (id: string) => looks.get(id)?.name ?? id;
  const gains = problem.parties
    .map(({ id }) => `${name(id)} ${gain(inHand.gains[id] ?? 0)}`)
    .join(t("said.comma"));
  const none = problem.parties.filter(({ id }) => inHand.gains[id] === 0);
  return (
    <p className="small">
      {t("packages.against", { gains })}{" "}
      {none.length > 0
        ? t("packages.against.none", { who: none.map(({ id }) => name(id)).join(t("said.comma")) })
        : ""}
    </p>
  );
}

/** What nobody marked, and what it could change. */
function Gaps({ desk, problem, inHand }: { desk: Desk; problem: Problem; inHand: Row }): ReactElement | null {
  const t = useWords();
  const { gain } = useFigures();
  const missing = desk.parties.flatMap(({ seat, known }) => {
    if (!known || seat.kind !== "principal" || known.unmarked.length === 0) return [];
    const points = Object.values(known.preferences.scores).flatMap((options) =>
      Object.values(options).map(Math.abs),
    );
    return [{ seat, issues: known.unmarked, most: Math.max(0, ...points) }];
  });
  if (missing.length === 0) return null;
  const range = gainRange(
    problem,
    inHand.outcome,
    Object.fromEntries(missing.map((one) => [one.seat.id, one])),
  );
  return (
    <>
      {missing.map(({ seat, issues }) => (
        <p className="small" key={seat.id}>
          {t("packages.unmarked", {
            who: seat.name,
            count: issues.length,
            least: gain(range.least[seat.id] ?? 0),
            most: gain(range.most[seat.id] ?? 0),
          })}
        </p>
      ))}
    </>
  );
}

/** Those who do not decide here, and are bound only by what they accept. */
function Affected({ desk, inHand, names }: { desk: Desk; inHand: Row; names: Names }): ReactElement {
  const t = useWords();
  const { gain } = useFigures();
  return (
    <>
      {desk.parties.map(({ seat, known }) => {
        const walkAway = known?.preferences.walkAway;
        if (!known || seat.kind !== "affected" || walkAway === undefined) return null;
        const { gain: gained, crossedRedLines } = assess({ ...known.preferences, walkAway }, inHand.outcome);
        return (
          <p className="small" key={seat.id}>
            {t("packages.affected", { who: seat.name, gain: gain(gained) })}{" "}
            {crossedRedLines
              .map(([bracket, option]) =>
                t("packages.affected.crosses", { what: names.option(bracket, option) }),
              )
              .join(" ")}
          </p>
        );
      })}
    </>
  );
}
