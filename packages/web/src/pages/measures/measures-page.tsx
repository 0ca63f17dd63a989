/** Who owes what, what waits for what, what is verified? */
import { measureState } from "@parley/core";
import { Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { PartyCode } from "../../frame/party.tsx";
import { useWords } from "../../messages/words.ts";
import { useNow } from "../../source/beside.ts";
import { useCase, useLooks } from "../../source/case-context.tsx";
import { Findings } from "./findings.tsx";
import { MeasureGraph } from "./graph.tsx";
import { MeasureView } from "./measure-view.tsx";
import { useGraph, useMeasures } from "./measures-state.ts";
import { ProposeMeasure } from "./propose-measure.tsx";
import "../contacts/contacts.css";
import "./measures.css";

export function MeasuresPage(): ReactElement {
  const t = useWords();
  const now = useNow();
  const looks = useLooks();
  const measures = useMeasures();
  const graph = useGraph();
  const [chosen, setChosen] = useState<string>();
  const placed = measures.find(({ item }) => item.id === chosen) ?? measures[0];
  const nameOf = (id: string) => measures.find(({ item }) => item.id === id)?.item.title ?? id;
  return (
    <div className="page measures-page stack-wide">
      <header className="page-head">
        <h1>{t("nav.measures")}</h1>
        <MeasureTabs />
      </header>
      {measures.length === 0 ? (
        <p className="quiet">{t("measure.none")}</p>
      ) : (
        <>
          <section className="stack-narrow">
            <h2>{t("measure.findings")}</h2>
            <Findings graph={graph} nameOf={nameOf} />
          </section>
          <MeasureGraph
            chosen={placed?.item.id}
            graph={graph}
            measures={measures}
            now={now}
            onChoose={setChosen}
          />
        </>
      )}
      <div className="measures-grid">
        <div className="stack">
          {measures.length > 0 ? (
            <ul className="list measure-list">
              {measures.map(({ item }) => {
                const look = looks.get(item.owner);
                const state = measureState(item, now);
                return (
                  <li aria-current={item.id === placed?.item.id ? "true" : undefined} key={item.id}>
                    {look ? <PartyCode look={look} /> : null}
                    <button className="link" onClick={() => setChosen(item.id)} type="button">
                      {item.title}
                    </button>
                    <span className="small measure-state" data-state={state}>
                      {t(`measure.state.${state}`)}
                    </span>
                  </li>
                );
              })}
            </ul>
          ) : null}
          <ProposeMeasure nameOf={nameOf} />
        </div>
        {placed ? (
          <MeasureView graph={graph} key={placed.item.id} nameOf={nameOf} now={now} placed={placed} />
        ) : null}
      </div>
    </div>
  );
}

export function MeasureTabs(): ReactElement {
  const t = useWords();
  const { id } = useCase();
  return (
    <nav aria-label={t("nav.measures")} className="sub-tabs">
      <Link params={{ caseId: id }} to="/case/$caseId/measures">
        {t("nav.measures")}
      </Link>
      <Link params={{ caseId: id }} to="/case/$caseId/levers">
        {t("nav.levers")}
      </Link>
    </nav>
  );
}
