/** Who owes what, what waits for what, what is verified? */
import { measureState } from "@parley/core";
import { Link, useSearch } from "@tanstack/react-router";
import { type ReactElement, useRef, useState } from "react";
import { PartyCode } from "../../frame/party.tsx";
import { bringToSight } from "../../frame/sight.ts";
import { useWords } from "../../messages/words.ts";
import { useNow } from "../../source/beside.ts";
import { useCase, useLooks } from "../../source/case-context.tsx";
import { Findings } from "./findings.tsx";
import { MeasureGraph } from "./graph.tsx";
import { draftId, useMeasureDraft } from "./measure-draft.ts";
import { MeasureView } from "./measure-view.tsx";
import { useGraph, useMeasures } from "./measures-state.ts";
import { ProposeMeasure } from "./propose-measure.tsx";
import "../contacts/contacts.css";
import "./measures.css";

export function MeasuresPage(): ReactElement {
  const t = useWords();
  const now = useNow();
  const looks = useLooks();
  const asked = useSearch({ strict: false }) as { measure?: string; clause?: string };
  const measures = useMeasures();
  const graph = useGraph();
  const draft = useMeasureDraft(asked.clause ?? "");
  const drawn = useGraph(draft.node);
  const [chosen, setChosen] = useState(asked.measure);
  const view = useRef<HTMLDivElement>(null);
  const placed = measures.find(({ item }) => item.id === chosen) ?? measures[0];
  const nameOf = (id: string) =>
    id === draftId
      ? draft.writing.title.trim()
      : (measures.find(({ item }) => item.id === id)?.item.title ?? id);
  const choose = (id: string) => {
    setChosen(id);
    bringToSight(view.current);
  };
  return (
    <div className="page measures-page stack-wide">
      <header className="page-head">
        <h1>{t("nav.measures")}</h1>
        <MeasureTabs />
      </header>
      {measures.length === 0 ? (
        <p className="quiet">{t("measure.none")}</p>
      ) : (
        <section className="stack-narrow">
          <h2>{t("measure.findings")}</h2>
          <Findings graph={graph} nameOf={nameOf} />
        </section>
      )}
      {drawn.nodes.length > 0 ? (
        <MeasureGraph
          chosen={placed?.item.id}
          draft={draft.node ? draft.writing : undefined}
          graph={drawn}
          measures={measures}
          now={now}
          onChoose={choose}
        />
      ) : null}
      <ProposeMeasure draft={draft} graph={drawn} nameOf={nameOf} open={asked.clause !== undefined} />
      <div className="measures-grid">
        <ul className="list measure-list">
          {measures.map(({ item }) => {
            const look = looks.get(item.owner);
            const state = measureState(item, now);
            return (
              <li aria-current={item.id === placed?.item.id ? "true" : undefined} key={item.id}>
                {look ? <PartyCode look={look} /> : null}
                <button className="link" onClick={() => choose(item.id)} type="button">
                  <bdi>{item.title}</bdi>
                </button>
                <span className="small measure-state" data-state={state}>
                  {t(`measure.state.${state}`)}
                </span>
              </li>
            );
          })}
        </ul>
        <div ref={view}>
          {placed ? (
            <MeasureView graph={graph} key={placed.item.id} nameOf={nameOf} now={now} placed={placed} />
          ) : null}
        </div>
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
