/** The packages found: plot and table of the same rows, then the one in hand. */
import { itemsOf, linkagesOf, proposalPhase } from "@parley/core";
import type { OptionRef, Outcome, Problem, Solution } from "@parley/solver";
import { type ReactElement, useMemo, useState } from "react";
import { Button } from "react-aria-components";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { useFigures } from "../../source/figures.ts";
import { type Names, useNames } from "../../source/names.ts";
import type { TextView } from "../../source/text-view.ts";
import { differencesOf } from "./compare.tsx";
import type { ResultsProps, Tabled } from "./found.ts";
import { InHand } from "./in-hand.tsx";
import { PackagesPlot } from "./plot.tsx";
import { type Row, rowOf, utilitiesOf } from "./rows.ts";
import { PackagesTable } from "./table.tsx";

export function Results(props: ResultsProps): ReactElement {
  const { problem, solved, view, barred, onBar } = props;
  const t = useWords();
  const looks = useLooks();
  const names = useNames(view.draft);
  const [taken, setTaken] = useState<readonly Row[]>([]);
  const rows = useMemo(() => [...solved.rows, ...taken], [solved, taken]);
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
              <bdi className="set-words">{names.option(ref[0], ref[1])}</bdi>
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
          <div className="plot-and-table" data-many={problem.parties.length > 3 || undefined}>
            <PackagesPlot
              differences={(row) =>
                differencesOf(problem, names, inHand.outcome, row.outcome)
                  .slice(0, 6)
                  .map(({ bracket, b }) =>
                    t("said.of", { what: names.bracket(bracket), words: b ? names.option(bracket, b) : "–" }),
                  )
              }
              inHand={inHand}
              looks={looks}
              nameOf={nameOf}
              onChoose={(row) => setChosen(row.key)}
              problem={problem}
              left={solved.left}
              rows={rows}
              tabled={tabled}
            />
            <PackagesTable
              inHand={inHand}
              nameOf={nameOf}
              onChoose={setChosen}
              problem={problem}
              rows={rows}
              solved={solved}
            />
          </div>
          {barredList}
          <TextTies names={names} view={view} />
          <InHand
            {...props}
            inHand={inHand}
            nameOf={nameOf}
            names={names}
            onTake={(outcome) => {
              const row = rowOf(problem, outcome);
              if (!rows.some(({ key }) => key === row.key)) setTaken([...taken, row]);
              setChosen(row.key);
            }}
            rows={rows}
            tabled={tabled}
          />
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
      ? row.names.map((name) => t(`packages.ref.${name}`)).join(t("said.comma"))
      : t("packages.row.plain", { number: rows.findIndex(({ key }) => key === row.key) + 1 });
}

/** What the text itself ties together, whoever prefers what: no package goes against it. */
function TextTies({ view, names }: { view: TextView; names: Names }): ReactElement | null {
  const t = useWords();
  const { requires, excludes, faults } = linkagesOf(view.text.draft);
  if (requires.length + excludes.length + faults.length === 0) return null;
  const say = ([bracket, option]: OptionRef) =>
    t("said.of", { what: names.bracket(bracket), words: names.option(bracket, option) });
  const lines = [
    ...requires.map(([one, two]) => t("packages.infeasible.requires", { what: say(one), that: say(two) })),
    ...excludes.map(([one, two]) => t("packages.infeasible.excludes", { what: say(one), that: say(two) })),
    ...faults.map((words) => t("packages.ties.fault", { words })),
  ];
  return (
    <section className="ties stack-narrow">
      <h3>{t("packages.ties")}</h3>
      <ul className="small">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

/** What was put to the parties before. A package that leaves brackets open is worth nothing certain and has no point. */
function useTabled(problem: Problem, { text, audience }: TextView): readonly Tabled[] {
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
    .map((proposal) => ({ ...proposal, outcome: { ...agreed, ...proposal.package } }))
    .filter(({ outcome }) => settlesAll(problem.issues, outcome))
    .map(({ id, at, outcome }) => {
      const utilities = utilitiesOf(problem, outcome);
      return { id, outcome, utilities, label: t("packages.tabled", { day: day(at) }) };
    });
}

function settlesAll(issues: Problem["issues"], outcome: Outcome): boolean {
  return issues.every(({ id, options }) => {
    const taken = options.find((option) => option.id === outcome[id]);
    return outcome[id] !== undefined && settlesAll(taken?.issues ?? [], outcome);
  });
}

function Failed({ solution, names }: { solution: Solution; names: Names }): ReactElement | null {
  const t = useWords();
  const looks = useLooks();
  const { points } = useFigures();
  const name = (id: string) => looks.get(id)?.name ?? id;
  const say = ([bracket, option]: OptionRef) =>
    t("said.of", { what: names.bracket(bracket), words: names.option(bracket, option) });
  if (solution.status === "no-agreement") {
    return (
      <section className="stack" role="status">
        <p>
          <strong>{t("packages.noAgreement")}</strong>{" "}
          {Object.entries(solution.nearest.lower)
            .filter(([, lower]) => lower > 0)
            .map(([id, lower]) => t("packages.noAgreement.party", { who: name(id), points: points(lower) }))
            .join(t("said.semicolon"))}
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
