/** Sanctions, aid, visas, airspace: whose, on what legal basis, since when, how they stand, and what would change them. */
import { type Lever, type LeverForm, type LeverLink, leverStatus, linksOutstanding } from "@parley/core";
import { brackets } from "@parley/text";
import { type ReactElement, useState } from "react";
import { ActButton } from "../../frame/act-button.tsx";
import { Choose } from "../../frame/choose.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { PartyName } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { SentForm } from "../../frame/sent-form.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { type Placed, useNow } from "../../source/beside.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { useNames } from "../../source/names.ts";
import type { TextView } from "../../source/text-view.ts";
import { useView } from "../../source/view.ts";
import { SourceLine } from "../case/contacts.tsx";
import { LeverLinks } from "./lever-links.tsx";
import { MeasureTabs } from "./measures-page.tsx";
import { useLevers, useMeasures } from "./measures-state.ts";
import "../contacts/contacts.css";
import "./measures.css";

const forms: readonly LeverForm[] = ["sanctions", "aid", "visas", "airspace", "trade", "other"];
const statuses: readonly LeverLink["becomes"][] = ["announced", "inForce", "suspended", "lifted"];
const upons = ["undertaken", "verified", "suspended"] as const;

export function LeversPage(): ReactElement {
  const t = useWords();
  const now = useNow();
  const levers = useLevers();
  const outstanding = levers.flatMap(({ item, room }) => linksOutstanding(room, item, now));
  return (
    <div className="page levers-page stack-wide">
      <header className="page-head">
        <h1>{t("nav.levers")}</h1>
        <MeasureTabs />
      </header>
      <p>{t("lever.what")}</p>
      {outstanding.length > 0 ? (
        <p className="differs">{t("lever.outstanding.count", { count: outstanding.length })}</p>
      ) : null}
      {levers.length === 0 ? <p className="quiet">{t("lever.none")}</p> : null}
      <ul className="list lever-list">
        {levers.map((placed) => (
          <LeverItem key={placed.item.id} now={now} placed={placed} />
        ))}
      </ul>
      <ListLever />
    </div>
  );
}

function LeverItem({ placed, now }: { placed: Placed<Lever>; now: string }): ReactElement {
  const t = useWords();
  const { day } = useMoments();
  const looks = useLooks();
  const may = useMay();
  const { sitting } = useSnapshot();
  const { item, audience } = placed;
  const look = item.of ? looks.get(item.of) : undefined;
  const status = leverStatus(item);
  const ours = sitting?.seat === item.by;
  const said = (state: Lever["states"][number]) => {
    const what = t(`lever.status.${state.status}`);
    const since = state.since ?? (item.recorded ? undefined : state.at.slice(0, 10));
    return since === undefined ? what : t("said.beside", { what, beside: day(since) });
  };
  return (
    <li className="lever stack-narrow">
      <p className="row small">
        {look ? <PartyName look={look} /> : <span className="quiet">{t("lever.nobodys")}</span>}
        <span className="quiet">{t(`lever.form.${item.form}`)}</span>
        <b className="lever-status" data-status={status}>
          {t(`lever.status.${status}`)}
        </b>
      </p>
      <h2>
        <bdi>{item.title}</bdi>
      </h2>
      {item.basis ? <p className="small">{t("lever.basis", { what: item.basis })}</p> : null}
      <ol className="list small quiet">
        {item.states.map((state) => (
          <li key={state.at + state.status}>
            {said(state)}
            {state.note ? (
              <>
                . <bdi>{state.note}</bdi>
              </>
            ) : null}
          </li>
        ))}
      </ol>
      <SourceLine voice={item} />
      {item.recorded ? null : <LeverLinks now={now} placed={placed} />}
      {ours && may("LeverChanged", audience) ? <ChangeLever placed={placed} /> : null}
      {ours && may("LeverLinked", audience) ? <TieLever placed={placed} /> : null}
    </li>
  );
}

function ChangeLever({ placed: { item, audience } }: { placed: Placed<Lever> }): ReactElement {
  const t = useWords();
  const { act, busy, refusal } = useActing();
  return (
    <div className="stack-narrow">
      <Choose
        choices={statuses.map((id) => ({ id, name: t(`lever.status.${id}`) }))}
        label={t("lever.change")}
        onChoose={(status) => {
          if (!busy && status !== leverStatus(item)) {
            void act({ kind: "LeverChanged", audience, body: { lever: item.id, status } });
          }
        }}
        value={leverStatus(item)}
      />
      <Learns lesson={{ given: t(`audience.${audience}`) }} />
      <Refused why={refusal} />
    </div>
  );
}

/** One more tie, to a measure or to an alternative of the text. */
function TieLever({ placed }: { placed: Placed<Lever> }): ReactElement | null {
  const { text } = useView();
  const here = text?.audience === placed.audience ? text : undefined;
  return here ? <TieTo placed={placed} text={here} /> : <TieForm alternatives={[]} placed={placed} />;
}

interface Alternative {
  readonly id: string;
  readonly name: string;
  readonly bracket: { readonly draft: string; readonly bracket: string; readonly option: string };
}

function TieTo({ placed, text }: { placed: Placed<Lever>; text: TextView }): ReactElement {
  const t = useWords();
  const names = useNames(text.draft);
  const alternatives = brackets(text.draft).flatMap(({ bracket, options }) =>
    options.map(({ id: option }): Alternative => {
      const place = { draft: text.text.id, bracket: bracket.id, option };
      const name = t("said.of", { what: names.bracket(bracket.id), words: names.option(bracket.id, option) });
      return { id: `${bracket.id} ${option}`, name, bracket: place };
    }),
  );
  return <TieForm alternatives={alternatives} placed={placed} />;
}

function TieForm({
  placed: { item, audience },
  alternatives,
}: {
  placed: Placed<Lever>;
  alternatives: readonly Alternative[];
}): ReactElement | null {
  const t = useWords();
  const { act, busy, refusal } = useActing();
  const measures = useMeasures().filter((one) => one.audience === audience);
  const choices = [
    ...measures.map(({ item: measure }) => ({ id: measure.id as string, name: measure.title })),
    ...alternatives.map(({ id, name }) => ({ id, name })),
  ];
  const [target, setTarget] = useState<string>();
  const [upon, setUpon] = useState<(typeof upons)[number]>("verified");
  const [becomes, setBecomes] = useState<LeverLink["becomes"]>("suspended");
  const alternative = alternatives.find(({ id }) => id === target);
  if (choices.length === 0) return null;
  const tie = () => {
    const links = item.links.map(({ at: _, ...link }) => link);
    const next = alternative
      ? { bracket: alternative.bracket, upon: "agreed", becomes }
      : { measure: target ?? "", upon, becomes };
    const body = { lever: item.id, links: JSON.parse(JSON.stringify([...links, next])) };
    void act({ kind: "LeverLinked", audience, body });
  };
  return (
    <details className="set-up">
      <summary>{t("lever.tie")}</summary>
      <div className="stack-narrow">
        <Choose choices={choices} label={t("lever.tie.to")} onChoose={setTarget} value={target} />
        {alternative ? null : (
          <Choose
            choices={upons.map((id) => ({ id, name: t(`lever.uponShort.${id}`) }))}
            label={t("lever.tie.upon")}
            onChoose={(id) => setUpon(upons.find((one) => one === id) ?? upon)}
            value={upon}
          />
        )}
        <Choose
          choices={statuses.map((id) => ({ id, name: t(`lever.status.${id}`) }))}
          label={t("lever.tie.becomes")}
          onChoose={(id) => setBecomes(statuses.find((one) => one === id) ?? becomes)}
          value={becomes}
        />
        <Learns lesson={{ given: t(`audience.${audience}`) }} />
        <ActButton
          busy={busy}
          label={t("lever.tie.do")}
          needs={[[t("lever.tie.to"), target !== undefined]]}
          onPress={tie}
        />
        <Refused why={refusal} />
      </div>
    </details>
  );
}

function ListLever(): ReactElement | null {
  const t = useWords();
  const may = useMay();
  const { act, busy, refusal } = useActing();
  const audiences = (["consulted", "table", "public"] as const).filter((one) => may("LeverListed", one));
  const [audience, setAudience] = useState<(typeof audiences)[number]>("consulted");
  const [form, setForm] = useState<LeverForm>("sanctions");
  const [status, setStatus] = useState<LeverLink["becomes"]>("inForce");
  const [words, setWords] = useState({ title: "", basis: "", since: "" });
  const { state, sitting } = useSnapshot();
  if (audiences.length === 0 || state.people.seats[sitting?.seat ?? ""]?.kind === "recorder") return null;
  const submit = async () => {
    const { title, basis, since } = words;
    const done = await act({
      kind: "LeverListed",
      audience,
      body: { title, basis, form, status, ...(since ? { since } : {}) },
    });
    if (done) setWords({ title: "", basis: "", since: "" });
  };
  return (
    <details className="set-up narrow">
      <summary>{t("lever.list")}</summary>
      <SentForm className="stack" onSend={submit}>
        <Field
          label={t("lever.title")}
          onChange={(title) => setWords({ ...words, title })}
          value={words.title}
        />
        <Field
          label={t("lever.basis.field")}
          onChange={(basis) => setWords({ ...words, basis })}
          value={words.basis}
        />
        <div className="pair">
          <Choose
            choices={forms.map((id) => ({ id, name: t(`lever.form.${id}`) }))}
            label={t("lever.form")}
            onChoose={(id) => setForm(forms.find((one) => one === id) ?? form)}
            value={form}
          />
          <Choose
            choices={statuses.map((id) => ({ id, name: t(`lever.status.${id}`) }))}
            label={t("lever.change")}
            onChoose={(id) => setStatus(statuses.find((one) => one === id) ?? status)}
            value={status}
          />
          <Field
            label={t("lever.since")}
            onChange={(since) => setWords({ ...words, since })}
            type="date"
            value={words.since}
          />
          <Choose
            choices={audiences.map((id) => ({ id, name: t(`audience.${id}`) }))}
            label={t("meet.audience")}
            onChoose={(id) => setAudience(audiences.find((one) => one === id) ?? audience)}
            value={audience}
          />
        </div>
        <Learns lesson={{ given: t(`audience.${audience}`) }} />
        <ActButton
          busy={busy}
          label={t("lever.list.do")}
          needs={[
            [t("lever.title"), words.title],
            [t("lever.basis.field"), words.basis],
          ]}
        />
        <Refused why={refusal} />
      </SentForm>
    </details>
  );
}
