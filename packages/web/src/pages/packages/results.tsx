/** The packages found: plot and table of the same rows, the one in hand as text, what would shake it, and tabling it. */
import { assess, itemsOf, proposalPhase } from "@parley/core";
import { gainRange, type OptionRef, type Problem, type Solution } from "@parley/solver";
import { type ReactElement, useMemo, useState } from "react";
import { Button } from "react-aria-components";
import { Choose } from "../../frame/choose.tsx";
import { PartyName } from "../../frame/party.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import type { Desk } from "../../source/desk.ts";
import { useFigures } from "../../source/figures.ts";
import { type Names, useNames } from "../../source/names.ts";
import type { TextView } from "../../source/text-view.ts";
import { Compare, differencesOf } from "./compare.tsx";
import { PackagesPlot } from "./plot.tsx";
import { type Row, rowsOf } from "./rows.ts";
import { drawn, type Solved } from "./solving.worker.ts";
import { Tabling } from "./tabling.tsx";

interface ResultsProps {
  readonly problem: Problem;
  readonly solved: Solved;
  readonly desk: Desk;
  readonly view: TextView;
  readonly barred: readonly OptionRef[];
  readonly onBar: (next: readonly OptionRef[]) => void;
}

export function Results(props: ResultsProps): ReactElement {
  const { problem, solved, view, barred, onBar } = props;
  const t = useWords();
  const looks = useLooks();
  const names = useNames(view.draft);
  const rows = useMemo(() => rowsOf(problem, solved), [problem, solved]);
  const [chosen, setChosen] = useState<string>();
  const nameOf = useRowNames(rows);
  const tabled = useTabled(problem, view);
  const failed = Object.values(solved.solutions).find(
    (solution) => solution.status === "infeasible" || solution.status === "no-agreement",
  );
  const inHand = rows.find(({ key }) => key === chosen) ?? rows[0];
  const barredList =
    barred.length > 0 ? (
      <section className="barred">
        <h3>{t("packages.barred")}</h3>
        <ul className="list">
          {barred.map((ref) => (
            <li className="row" key={ref.join(" ")}>
              <span className="small quiet">{names.bracket(ref[0])}</span>
              <span className="set-words">{names.option(ref[0], ref[1])}</span>
              <Button className="button small" onPress={() => onBar(barred.filter((one) => one !== ref))}>
                {t("packages.unbar")}
              </Button>
            </li>
          ))}
        </ul>
      </section>
    ) : null;
  return (
    <>
      {failed ? <Failed names={names} solution={failed} /> : null}
      {rows.length > 0 && inHand ? (
        <>
          <div className="plot-and-table">
            <PackagesPlot
              differences={(row) =>
                differencesOf(problem, names, inHand.outcome, row.outcome)
                  .slice(0, 6)
                  .map(({ bracket, b }) => `${names.bracket(bracket)}: ${b ? names.option(bracket, b) : "–"}`)
              }
              inHand={inHand}
              looks={looks}
              nameOf={nameOf}
              onChoose={(row) => setChosen(row.key)}
              problem={problem}
              rows={rows}
              tabled={tabled}
            />
            <Table
              inHand={inHand}
              nameOf={nameOf}
              onChoose={setChosen}
              problem={problem}
              rows={rows}
              solved={solved}
            />
          </div>
          {barredList}
          <InHand {...props} inHand={inHand} nameOf={nameOf} names={names} rows={rows} />
        </>
      ) : (
        barredList
      )}
    </>
  );
}

function useRowNames(rows: readonly Row[]): (row: Row) => string {
  const t = useWords();
  return (row) =>
    row.names.length > 0
      ? row.names.map((name) => t(`packages.ref.${name}`)).join(", ")
      : t("packages.row.plain", { number: rows.findIndex(({ key }) => key === row.key) + 1 });
}

/** What was put to the parties before, where it still says what is open now. */
function useTabled(problem: Problem, { text, audience }: TextView) {
  const t = useWords();
  const { day } = useMoments();
  const { state } = useSnapshot();
  const agreed = Object.fromEntries(
    Object.entries(text.agreed).map(([bracket, { option }]) => [bracket, option]),
  );
  return itemsOf(state.rooms[audience].proposals)
    .filter(
      (proposal) =>
        proposal.draft === text.id &&
        proposalPhase(proposal, state.people, new Date().toISOString()) !== "agreed",
    )
    .map((proposal) => {
      const outcome = { ...agreed, ...proposal.package };
      const utilities = Object.fromEntries(
        problem.parties.map(({ id }) => [
          id,
          Object.entries(outcome).reduce((sum, [b, o]) => sum + (problem.scores[id]?.[b]?.[o] ?? 0), 0),
        ]),
      );
      return { utilities, label: t("packages.tabled", { day: day(proposal.at) }) };
    });
}

function Failed({ solution, names }: { solution: Solution; names: Names }): ReactElement | null {
  const t = useWords();
  const looks = useLooks();
  const { points } = useFigures();
  const name = (id: string) => looks.get(id)?.name ?? id;
  const say = ([bracket, option]: OptionRef) => `${names.bracket(bracket)}: ${names.option(bracket, option)}`;
  if (solution.status === "no-agreement") {
    return (
      <section className="stack" role="status">
        <p>
          <strong>{t("packages.noAgreement")}</strong>{" "}
          {Object.entries(solution.nearest.lower)
            .filter(([, lower]) => lower > 0)
            .map(([id, lower]) => t("packages.noAgreement.party", { who: name(id), points: points(lower) }))
            .join("; ")}
        </p>
      </section>
    );
  }
  if (solution.status !== "infeasible") return null;
  return (
    <section className="stack" role="status">
      <p>
        <strong>{t("packages.infeasible")}</strong>
      </p>
      <ul>
        {solution.conflict.map((one) => (
          <li key={JSON.stringify(one)}>
            {one.kind === "red-line"
              ? t("packages.infeasible.redLine", { who: name(one.party), what: say(one.option) })
              : t(`packages.infeasible.${one.kind}`, { what: say(one.pair[0]), that: say(one.pair[1]) })}
          </li>
        ))}
      </ul>
    </section>
  );
}

const firstRows = 10;

function Table({
  rows,
  problem,
  solved,
  inHand,
  nameOf,
  onChoose,
}: {
  rows: readonly Row[];
  problem: Problem;
  solved: Solved;
  inHand: Row;
  nameOf: (row: Row) => string;
  onChoose: (key: string) => void;
}): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { points, gain, share, count } = useFigures();
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.filter((row, place) => place < firstRows || row.key === inHand.key);
  return (
    <div className="packages-table">
      <p className="small quiet">
        {solved.exact
          ? t("packages.exact", { count: rows.length })
          : t("packages.partial", { count: rows.length, share: share(solved.epsilon ?? 1) })}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("packages.row")}</th>
            {problem.parties.map(({ id }) => (
              <th className="figure" key={id} scope="col">
                <PartyName look={looks.get(id) ?? { name: id, code: id, hue: 0 }} />
              </th>
            ))}
            <th className="figure" scope="col" title={t("packages.row.margin.what")}>
              {t("packages.row.margin")}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr data-chosen={row.key === inHand.key || undefined} key={row.key}>
              <th scope="row">
                <button
                  aria-pressed={row.key === inHand.key}
                  className="link"
                  onClick={() => onChoose(row.key)}
                  type="button"
                >
                  {nameOf(row)}
                </button>
                {row.inZone ? null : (
                  <span className="quiet small">
                    {" "}
                    · {t("packages.row.zone")}: {t("packages.no")}
                  </span>
                )}
                {row.unproven === undefined ? null : (
                  <span className="quiet small">
                    {" "}
                    · {t("packages.ref.bounded", { share: share(row.unproven) })}
                  </span>
                )}
              </th>
              {problem.parties.map(({ id }) => (
                <td className="figure" key={id}>
                  {points(row.utilities[id] ?? 0)} <span className="quiet">({gain(row.gains[id] ?? 0)})</span>
                </td>
              ))}
              <td className="figure">{row.margin === null || row.margin < 0 ? "–" : share(row.margin)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < rows.length ? (
        <Button className="button small" onPress={() => setAll(true)}>
          {t("packages.more", { count: count(rows.length) })}
        </Button>
      ) : null}
      <dl className="small references">
        {[...new Set(rows.flatMap(({ names }) => names))].map((name) => (
          <div key={name}>
            <dt>{t(`packages.ref.${name}`)}</dt>
            <dd>{t(`packages.ref.${name}.what`)}</dd>
          </div>
        ))}
      </dl>
      <p className="small quiet">
        {t("packages.row.margin")}: {t("packages.row.margin.what")} {t("packages.ref.note")}
      </p>
    </div>
  );
}

function InHand({
  inHand,
  rows,
  problem,
  desk,
  view,
  barred,
  onBar,
  names,
  nameOf,
}: ResultsProps & {
  readonly inHand: Row;
  readonly rows: readonly Row[];
  readonly names: Names;
  readonly nameOf: (row: Row) => string;
}): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { share, count } = useFigures();
  const [withKey, setWithKey] = useState<string>();
  const others = [
    ...problem.parties.flatMap(({ id }) => {
      const best = rows.reduce(
        (a, b) => ((b.utilities[id] ?? 0) > (a.utilities[id] ?? 0) ? b : a),
        rows[0] ?? inHand,
      );
      const name = t("packages.compare.asks", { who: looks.get(id)?.name ?? id });
      return [{ id: `asks ${id}`, name, outcome: best.outcome }];
    }),
    ...rows.slice(0, 60).map((row) => ({ id: row.key, name: nameOf(row), outcome: row.outcome })),
  ];
  const other = others.find(({ id }) => id === withKey) ?? others[0];
  const name = nameOf(inHand);
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
      <Gaps desk={desk} inHand={inHand} problem={problem} />
      <Affected desk={desk} inHand={inHand} names={names} />
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
                <dd className="set-words">{names.option(bracket.id, option)}</dd>
                <dd>
                  {agreed ? (
                    <span className="status" data-status="adref">
                      {t("status.adref")}
                    </span>
                  ) : (
                    <Button
                      aria-label={`${t("packages.bar")}: ${names.option(bracket.id, option)}`}
                      className="button plain small"
                      isDisabled={left.length < 2}
                      onPress={() => onBar([...barred, [bracket.id, option]])}
                    >
                      {t("packages.bar")}
                    </Button>
                  )}
                </dd>
              </div>
            );
          })}
      </dl>
      <div className="compare-with">
        <Choose
          choices={others.map(({ id, name: said }) => ({ id, name: said }))}
          label={t("packages.compare")}
          onChoose={setWithKey}
          value={other?.id}
        />
      </div>
      {other ? (
        <Compare
          a={other}
          b={{ name, outcome: inHand.outcome }}
          looks={looks}
          names={names}
          problem={problem}
        />
      ) : null}
      <Tabling outcome={inHand.outcome} view={view} />
    </section>
  );
}

/** What nobody marked, and what it could change. */
function Gaps({ desk, problem, inHand }: { desk: Desk; problem: Problem; inHand: Row }): ReactElement {
  const t = useWords();
  const { gain } = useFigures();
  const missing = desk.parties.flatMap(({ seat, known }) => {
    if (!known || seat.kind !== "principal" || known.unmarked.length === 0) return [];
    const points = Object.values(known.preferences.scores).flatMap((options) =>
      Object.values(options).map(Math.abs),
    );
    return [{ seat, issues: known.unmarked, most: Math.max(0, ...points) }];
  });
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
