/** One measure: what it obliges, its scope by versions, each side's start, and the acts about it, each kind apart. */
import {
  type Mandate,
  type Measure,
  type MeasureAct,
  measureState,
  pulledDown,
  type Scope,
  type SeatId,
  scopeInForce,
  startsDiffer,
} from "@parley/core";
import type { ClauseId, Draft } from "@parley/text";
import { Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { Learns } from "../../frame/learns.tsx";
import { PartyCode, PartyName } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import type { Placed } from "../../source/beside.ts";
import { useCase, useLooks, useSnapshot } from "../../source/case-context.tsx";
import { useNames } from "../../source/names.ts";
import { useView } from "../../source/view.ts";
import { LeverLinks } from "./lever-links.tsx";
import { MeasureActs } from "./measure-acts.tsx";
import { type Graph, useLevers } from "./measures-state.ts";
import { ProposeScope } from "./propose-scope.tsx";
import { ScopeMap } from "./scope-map.tsx";

const mandates: readonly Mandate[] = ["monitoring", "verification", "investigation", "attribution"];

export function MeasureView({
  placed,
  graph,
  now,
  nameOf,
}: {
  placed: Placed<Measure>;
  graph: Graph;
  now: string;
  nameOf: (id: string) => string;
}): ReactElement {
  const t = useWords();
  const { day } = useMoments();
  const looks = useLooks();
  const { item } = placed;
  const owner = looks.get(item.owner);
  const falls = pulledDown(graph.nodes, item.id);
  const levers = useLevers().filter(({ item: lever }) =>
    lever.links.some(({ measure }) => measure === item.id),
  );
  return (
    <article aria-labelledby="measure-title" className="measure-view stack">
      <header className="stack-narrow">
        <p className="row small">
          {owner ? <PartyName look={owner} /> : null}
          <b className="measure-state" data-state={measureState(item, now)}>
            {t(`measure.state.${measureState(item, now)}`)}
          </b>
        </p>
        <h2 id="measure-title">
          <bdi>{item.title}</bdi>
        </h2>
        <p className="prose">
          <bdi>{item.obliges}</bdi>
        </p>
      </header>
      <Starts measure={item} />
      {item.end ? <p className="small">{t("measure.end", { day: day(item.end) })}</p> : null}
      <Scopes placed={placed} />
      <section className="stack-narrow">
        <h3>{t("measure.order")}</h3>
        {item.answers.length === 0 ? <p className="quiet small">{t("measure.order.none")}</p> : null}
        <ul>
          {item.answers.map(({ measure, order }) => (
            <li key={`${measure} ${order}`}>{t(`measure.order.${order}`, { title: nameOf(measure) })}</li>
          ))}
          {item.releases.map((release) => (
            <li key={release.text}>
              {t("measure.release")} <b>{t(`measure.when.${release.when}`)}</b>
              {t("said.colon")}
              <bdi>{release.text}</bdi>
              {release.measure ? (
                <>
                  {" "}
                  (<bdi>{nameOf(release.measure)}</bdi>)
                </>
              ) : null}
              {release.by ? <Finder seat={release.by} /> : null}
            </li>
          ))}
        </ul>
        {falls.length > 0 ? (
          <p className="falls">
            {t("measure.falls", { measures: falls.map(nameOf).join(t("said.semicolon")) })}
          </p>
        ) : null}
        {item.clause ? <FromClause clause={item.clause} /> : null}
        {item.evidence ? <p className="small">{t("measure.evidence", { what: item.evidence })}</p> : null}
      </section>
      <Done measure={item} />
      {levers.length > 0 ? (
        <section className="stack-narrow">
          <h3>{t("nav.levers")}</h3>
          {levers.map((lever) => (
            <LeverLinks key={lever.item.id} now={now} only={item.id} placed={lever} />
          ))}
        </section>
      ) : null}
      <MeasureActs placed={placed} />
    </article>
  );
}

function Finder({ seat }: { seat: SeatId }): ReactElement | null {
  const look = useLooks().get(seat);
  return look ? (
    <>
      {" "}
      <PartyCode look={look} />
    </>
  ) : null;
}

/** Back to the clause; by its number, if the text that stands still has it. */
function FromClause({ clause: { draft, clause } }: { clause: NonNullable<Measure["clause"]> }): ReactElement {
  const t = useWords();
  const { id } = useCase();
  const { text } = useView();
  const names = useNames(text?.draft ?? noText);
  const number = text?.text.id === draft ? names.clause(clause as ClauseId) : undefined;
  return (
    <p className="small">
      <Link params={{ caseId: id }} search={{ clause } as never} to="/case/$caseId/text">
        {t("measure.fromClause", { clause: number || clause })}
      </Link>
    </p>
  );
}

const noText: Draft = { title: "", blocks: [], notes: [] };

/** Each party dates the start for itself; where they differ, it says so. */
function Starts({ measure }: { measure: Measure }): ReactElement {
  const t = useWords();
  const { minute } = useMoments();
  const looks = useLooks();
  const starts = Object.entries(measure.starts);
  return (
    <section className="stack-narrow">
      <h3>{t("measure.starts")}</h3>
      {starts.length === 0 ? <p className="quiet small">{t("measure.starts.none")}</p> : null}
      <ul className="list small">
        {starts.map(([seat, start]) => {
          const look = looks.get(seat);
          return (
            <li key={seat}>
              {look ? <PartyCode look={look} /> : null} {minute(start)}
            </li>
          );
        })}
      </ul>
      {startsDiffer(measure) ? <p className="differs">{t("measure.starts.differ")}</p> : null}
    </section>
  );
}

/** The scope in force and the versions before and beside it, on one plain map. */
function Scopes({ placed: { item, audience } }: { placed: Placed<Measure> }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const may = useMay();
  const { state, sitting } = useSnapshot();
  const { act, busy, refusal } = useActing();
  const inForce = scopeInForce(item, state.people);
  const [shown, setShown] = useState<number>();
  /** It waits for our word. */
  const isOurs = ({ acceptedBy }: Scope) =>
    sitting !== undefined && !acceptedBy.includes(sitting.seat) && may("ScopeAccepted", audience);
  const at = shown ?? item.scopes.length - 1;
  const scope = item.scopes[at];
  // What is accepted is the version whose words and area are shown.
  const accepts = scope !== undefined && isOurs(scope);
  const earlier = item.scopes.slice(0, at).map(({ area }) => area);
  return (
    <section className="stack-narrow">
      <h3>{t("measure.scope")}</h3>
      <ol className="list versions">
        {item.scopes.map((version, index) => (
          <li key={version.at}>
            <button
              aria-pressed={index === at}
              className="link"
              onClick={() => setShown(index)}
              type="button"
            >
              {t("measure.version", { number: index + 1 })}
            </button>{" "}
            {version === inForce ? <b>{t("measure.version.inForce")}</b> : null}{" "}
            {version.acceptedBy.map((seat) => {
              const look = looks.get(seat);
              return look ? <PartyCode key={seat} look={look} /> : null;
            })}
            {index === at && isOurs(version) ? (
              <Button
                className="button small"
                isDisabled={busy}
                onPress={() =>
                  void act({ kind: "ScopeAccepted", audience, body: { measure: item.id, version: index } })
                }
              >
                {t("measure.version.accept")}
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
      {accepts ? <Learns lesson={{ given: t(`audience.${audience}`) }} /> : null}
      {scope ? <ScopeWords scope={scope} /> : null}
      <ScopeMap areas={[...earlier, scope?.area]} />
      <ProposeScope audience={audience} measure={item} />
      <Refused why={refusal} />
    </section>
  );
}

function ScopeWords({ scope }: { scope: Scope }): ReactElement {
  const t = useWords();
  return (
    <>
      {scope.classes.length > 0 ? (
        <p className="small">
          {t("measure.classes")}
          {t("said.colon")}
          <bdi>{scope.classes.join(t("said.semicolon"))}</bdi>
        </p>
      ) : null}
      {scope.note ? (
        <p className="small">
          <bdi>{scope.note}</bdi>
        </p>
      ) : null}
      {scope.reason ? (
        <p className="small quiet">
          <bdi>{scope.reason}</bdi>
        </p>
      ) : null}
    </>
  );
}

const kindsOf: Readonly<Record<Mandate, string>> = {
  monitoring: "MonitoringReported",
  verification: "MeasureVerified",
  investigation: "InvestigationReported",
  attribution: "AttributionMade",
};

/** Seeing, checking, finding out and naming who are four acts, each for whom the measure names. */
function Done({ measure }: { measure: Measure }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const others = measure.acts.filter(({ kind }) => !Object.values(kindsOf).includes(kind));
  return (
    <section className="stack-narrow">
      <h3>{t("measure.acts")}</h3>
      <Acts acts={others} />
      <div className="mandates">
        {mandates.map((mandate) => (
          <div key={mandate}>
            <h4>
              {t(`measure.mandate.${mandate}`)}{" "}
              {measure.mandates[mandate].map((seat) => {
                const look = looks.get(seat);
                return look ? <PartyCode key={seat} look={look} /> : null;
              })}
            </h4>
            {measure.mandates[mandate].length === 0 ? (
              <p className="quiet small">{t("measure.nobody")}</p>
            ) : (
              <Acts acts={measure.acts.filter(({ kind }) => kind === kindsOf[mandate])} />
            )}
          </div>
        ))}
      </div>
    </section>
  );
}

function Acts({ acts }: { acts: readonly MeasureAct[] }): ReactElement | null {
  const t = useWords();
  const { minute } = useMoments();
  const looks = useLooks();
  if (acts.length === 0) return null;
  return (
    <ol className="list acts-list small">
      {acts.map((one) => {
        const look = looks.get(one.by);
        const blamed = one.to ? looks.get(one.to) : undefined;
        return (
          <li key={one.id}>
            {look ? <PartyCode look={look} /> : null}{" "}
            <b>{one.finding ? t(`measure.found.${one.finding}`) : t(`measure.did.${didOf(one.kind)}`)}</b>
            {blamed ? <PartyName look={blamed} /> : null} <span className="quiet">{minute(one.at)}</span>
            {one.text || one.reason ? (
              <span className="block">
                <bdi>{one.text ?? one.reason}</bdi>
              </span>
            ) : null}
            {one.evidence ? (
              <span className="block quiet">{t("measure.evidence", { what: one.evidence })}</span>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}

const dids = [
  "undertaken",
  "reported",
  "watched",
  "found",
  "investigated",
  "attributed",
  "disputed",
  "suspended",
  "resumed",
] as const;
const didByKind: Readonly<Record<string, (typeof dids)[number]>> = {
  MeasureUndertaken: "undertaken",
  MeasureReported: "reported",
  MonitoringReported: "watched",
  MeasureVerified: "found",
  InvestigationReported: "investigated",
  AttributionMade: "attributed",
  MeasureDisputed: "disputed",
  MeasureSuspended: "suspended",
  MeasureResumed: "resumed",
};

function didOf(kind: string): (typeof dids)[number] {
  return didByKind[kind] ?? "reported";
}
