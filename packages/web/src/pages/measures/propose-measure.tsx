/** The form of a measure in the making: what its place in the graph comes to is shown beside it, before it is proposed. */
import { holdsStance, type Mandate, pulledDownBy, roomsOf } from "@parley/core";
import type { JsonObject } from "@parley/ledger";
import { clauses } from "@parley/text";
import type { ReactElement } from "react";
import { ActButton } from "../../frame/act-button.tsx";
import { Choose } from "../../frame/choose.tsx";
import { ChooseParties } from "../../frame/choose-parties.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { SentForm } from "../../frame/sent-form.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { useNames } from "../../source/names.ts";
import type { TextView } from "../../source/text-view.ts";
import { AreaField, areaIn } from "./area-field.tsx";
import { Findings } from "./findings.tsx";
import { type DraftAudience, draftId, type MeasureDraft, type Order } from "./measure-draft.ts";
import { type Graph, useMeasures } from "./measures-state.ts";
import { classesOf } from "./propose-scope.tsx";
import { Releases } from "./releases.tsx";
import { frameOf, ringsOf } from "./scope-map.tsx";

const mandates: readonly Mandate[] = ["monitoring", "verification", "investigation", "attribution"];

interface Drafting {
  readonly draft: MeasureDraft;
  readonly graph: Graph;
  readonly nameOf: (id: string) => string;
}

export function ProposeMeasure({
  draft,
  graph,
  nameOf,
  open,
}: Drafting & { open: boolean }): ReactElement | null {
  const t = useWords();
  const may = useMay();
  const { sitting } = useSnapshot();
  const { act, busy, refusal } = useActing();
  const { writing, source, answers } = draft;
  const { audience } = writing;
  if (!sitting || !may("MeasureProposed", "consulted")) return null;
  const classes = classesOf(writing.classes);
  const area = areaIn(writing.area);
  const submit = async () => {
    const done = await act({
      kind: "MeasureProposed",
      audience,
      body: {
        title: writing.title.trim(),
        owner: writing.owner,
        obliges: writing.obliges,
        scope: { classes, ...(area ? { area } : {}) },
        mandates: JSON.parse(JSON.stringify(writing.mandates)) as JsonObject,
        ...(writing.evidence.trim() ? { evidence: writing.evidence } : {}),
        ...(source && writing.clause !== ""
          ? { clause: { draft: source.text.id, clause: writing.clause } }
          : {}),
        answers: answers.map((one) => ({ ...one })),
        ...(writing.end === "" ? {} : { end: `${writing.end}:00.000Z` }),
        releases: writing.releases.map((release) => ({ ...release })),
      },
    });
    if (done) draft.clear();
  };
  return (
    <details className="set-up" open={open}>
      <summary>{t("measure.propose")}</summary>
      <SentForm className="drafting" onSend={submit}>
        <div className="stack">
          <What draft={draft} />
          <Who draft={draft} />
        </div>
        <div className="stack">
          <InOrder draft={draft} nameOf={nameOf} />
          <Comes draft={draft} graph={graph} nameOf={nameOf} />
          <Learns lesson={{ given: t(`audience.${audience}`) }} />
          <ActButton
            busy={busy}
            label={t("measure.propose.do")}
            needs={[
              [t("measure.title"), writing.title],
              [t("measure.obliges"), writing.obliges],
              [t("measure.lacks.scope"), classes.length > 0 || area !== undefined],
            ]}
          />
          <Refused why={refusal} />
        </div>
      </SentForm>
    </details>
  );
}

/** Whose measure, for whose eyes, from which clause, what it obliges to and what it covers. */
function What({ draft: { writing, set, source, audiences } }: { draft: MeasureDraft }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { seats } = useSnapshot().state.people;
  const owners = Object.values(seats).filter(holdsStance);
  const near = useMeasures().filter((one) => one.audience === writing.audience);
  const around = frameOf(near.flatMap(({ item }) => item.scopes.flatMap((scope) => ringsOf(scope.area))));
  return (
    <>
      <Field label={t("measure.title")} onChange={(title) => set({ title })} value={writing.title} />
      <div className="pair">
        <Choose
          choices={owners.map(({ id }) => ({ id, name: looks.get(id)?.name ?? id }))}
          label={t("measure.owner")}
          onChoose={(owner) => set({ owner })}
          value={writing.owner}
        />
        <Choose
          choices={audiences.map((id) => ({ id, name: t(`audience.${id}`) }))}
          label={t("meet.audience")}
          onChoose={(id) => set({ audience: id as DraftAudience })}
          value={writing.audience}
        />
      </div>
      {source ? (
        <FromClause clause={writing.clause} onChoose={(clause) => set({ clause })} source={source} />
      ) : null}
      <Field
        label={t("measure.obliges")}
        onChange={(obliges) => set({ obliges })}
        rows={2}
        value={writing.obliges}
      />
      <Field
        label={t("measure.classes.lines")}
        onChange={(classes) => set({ classes })}
        rows={2}
        value={writing.classes}
      />
      <AreaField area={writing.area} frame={around} onChange={(area) => set({ area })} />
      <Field
        label={t("measure.end.field")}
        onChange={(end) => set({ end })}
        type="datetime-local"
        value={writing.end}
      />
    </>
  );
}

function FromClause({
  source: { draft },
  clause,
  onChoose,
}: {
  source: TextView;
  clause: string;
  onChoose: (clause: string) => void;
}): ReactElement | null {
  const t = useWords();
  const names = useNames(draft);
  const offered = clauses(draft).flatMap(({ id, form }) => {
    const name = form === "heading" ? "" : names.clause(id);
    return name ? [{ id: id as string, name }] : [];
  });
  return offered.length === 0 ? null : (
    <Choose
      choices={[{ id: "", name: t("measure.clause.none") }, ...offered]}
      label={t("measure.clause")}
      onChoose={onChoose}
      value={clause}
    />
  );
}

/** Seeing, checking, finding out and naming who are four separate mandates. */
function Who({ draft: { writing, set } }: { draft: MeasureDraft }): ReactElement {
  const t = useWords();
  const { people } = useSnapshot().state;
  // A host that was lent nothing is given no measure, and can find nothing about one.
  const named = Object.values(people.seats).filter(({ id }) => roomsOf(people, id).includes("consulted"));
  return (
    <>
      {mandates.map((mandate) => (
        <ChooseParties
          among={named}
          beside
          chosen={writing.mandates[mandate]}
          key={mandate}
          label={t(`measure.mandate.${mandate}`)}
          onChoose={(list) => set({ mandates: { ...writing.mandates, [mandate]: list } })}
        />
      ))}
      <Field
        label={t("measure.evidence.field")}
        onChange={(evidence) => set({ evidence })}
        value={writing.evidence}
      />
    </>
  );
}

/** Step for step: what it begins after or together with, and what releases from it. */
function InOrder({ draft: { writing, set }, nameOf }: Pick<Drafting, "draft" | "nameOf">): ReactElement {
  const t = useWords();
  const near = useMeasures().filter((one) => one.audience === writing.audience);
  return (
    <>
      {near.map(({ item }) => (
        <Choose
          choices={(["none", "after", "together"] as const).map((id) => ({
            id,
            name: t(`measure.answers.${id}`),
          }))}
          key={item.id}
          label={t("measure.answers", { title: nameOf(item.id) })}
          onChoose={(id) => set({ answers: { ...writing.answers, [item.id]: id as Order } })}
          value={writing.answers[item.id] ?? "none"}
        />
      ))}
      <Releases measures={near} onChange={(releases) => set({ releases })} releases={writing.releases} />
    </>
  );
}

function Comes({ draft: { node }, graph, nameOf }: Drafting): ReactElement | null {
  const t = useWords();
  if (!node) return null;
  const above = pulledDownBy(graph.nodes, draftId);
  return (
    <section aria-live="polite" className="stack-narrow comes">
      <h3>{t("measure.finding.draft")}</h3>
      <Findings graph={graph} nameOf={nameOf} />
      {above.length > 0 ? (
        <p className="falls">
          {t("measure.pulled", { measures: above.map(nameOf).join(t("said.semicolon")) })}
        </p>
      ) : null}
    </section>
  );
}
