/** From agreement ad referendum to signature: what is done, by whom, what it waits for, and what one may do now. */
import {
  authenticTexts,
  type Closing,
  headOf,
  principals,
  type SeatId,
  settledDraft,
  settlementOf,
  type Text,
  type Voice,
} from "@parley/core";
import { clauses } from "@parley/text";
import { Link } from "@tanstack/react-router";
import { Fragment, type ReactElement, type ReactNode, useMemo, useState } from "react";
import { Button, Checkbox, CheckboxGroup, Label } from "react-aria-components";
import { ActButton } from "../../frame/act-button.tsx";
import { Learns } from "../../frame/learns.tsx";
import { NoText } from "../../frame/no-text.tsx";
import { Over, OverFoot } from "../../frame/over.tsx";
import { PartyName } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useLanguages } from "../../messages/languages.ts";
import { useMoments } from "../../messages/moments.ts";
import { type MessageId, useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useCase, useLooks, useSnapshot } from "../../source/case-context.tsx";
import { useNames } from "../../source/names.ts";
import { releasingOf } from "../../source/releasing.ts";
import { useRevised } from "../../source/revision.ts";
import type { TextView } from "../../source/text-view.ts";
import { useReleases, useView } from "../../source/view.ts";
import { useBindingNotes } from "../text/binding.ts";
import { Affected } from "./affected.tsx";
import { Close } from "./close.tsx";
import { Export, useOneLanguage } from "./export.tsx";
import { Release, Released } from "./release.tsx";
import { Initial, Sign } from "./signing.tsx";
import "./conclusion.css";

export function ConclusionPage(): ReactElement {
  const t = useWords();
  const { sitting } = useSnapshot();
  const { text } = useView();
  const released = useReleases().some((one) => one.released);
  if (!text) {
    return released ? <Released /> : <NoText page={t("nav.conclusion")} />;
  }
  return <Steps key={sitting?.device ?? ""} view={text} />;
}

function Steps({ view }: { view: TextView }): ReactElement {
  const t = useWords();
  const { minute } = useMoments();
  const { state, sitting } = useSnapshot();
  const { text } = view;
  const authentic = useMemo(() => authenticTexts(text), [text]);
  const releases = useReleases();
  const releasing = useMemo(() => releasingOf(text, releases), [text, releases]);
  const asked = principals(state.people);
  const head = sitting && headOf(state.people, sitting.seat);
  const { draft, open } = useMemo(() => settledDraft(text), [text]);
  const confirmed = asked.length > 0 && asked.every((seat) => text.confirmedBy.includes(seat));
  const closing = useClosing(text);
  const language = useOneLanguage(authentic);
  const exported = useBindingNotes(useRevised(language.chosen.draft, text.version), text);
  const concerned = clauses(draft).flatMap(({ id, concerns = [] }) =>
    concerns.map((party) => ({ id, party })),
  );
  const answered = ({ id, party }: (typeof concerned)[number]) =>
    [text.accepted, text.refused].some((answers) => answers[party]?.includes(id));
  return (
    <div className="page narrow conclusion">
      <h1>{t("end.title")}</h1>
      <p>
        {t("end.what")} {t("end.notBinding.device")}
      </p>
      {head && asked.includes(head.seat) && head.id !== sitting?.member ? (
        <p>{t("end.byHead", { who: head.name })}</p>
      ) : null}
      <ol className="list steps-to-signature">
        <Step done={open.length === 0} title="end.adref">
          <Agreed open={open} view={view} />
        </Step>
        <Step done={confirmed} title="end.confirm">
          <Parties asked={asked} when={(seat) => (text.confirmedBy.includes(seat) ? "" : undefined)} />
          <Confirming view={view} />
        </Step>
        <Step done={text.closed !== undefined} title="end.close">
          <Parties asked={asked} when={closing} />
          <Instrument text={text} />
          <Close authentic={authentic} view={view} waits={open.length > 0 || !(confirmed || text.closed)} />
        </Step>
        <Step done={text.initialled} title="end.initial">
          <Parties asked={asked} when={(seat) => text.initials[seat] && minute(text.initials[seat].at)} />
          <Initial view={view} />
        </Step>
        <Step done={text.signed} title="end.sign">
          <Signatures text={text} />
          <Parties asked={asked.filter((seat) => !text.signatures[seat])} when={() => undefined} />
          <Sign view={view} />
        </Step>
        <Step done={concerned.every(answered)} title="end.affected">
          <Affected draft={draft} view={view} />
        </Step>
        <Step done={releasing.released} title="end.release">
          <Release releasing={releasing} view={view} />
        </Step>
      </ol>
      <Export draft={exported} language={language}>
        <Instrument text={text} />
        <Signatures text={text} />
        {Object.keys(text.signatures).length > 0 ? (
          <p className="small">{t("end.notBinding.device")}</p>
        ) : null}
      </Export>
    </div>
  );
}

function Step({
  title,
  done,
  children,
}: {
  title: MessageId;
  done: boolean;
  children: ReactNode;
}): ReactElement {
  const t = useWords();
  return (
    <li data-done={done || undefined}>
      <h2>{t(title)}</h2>
      <div className="stack">{children}</div>
    </li>
  );
}

/** Who has taken the step, and whom it waits for. `when`: undefined where not yet. */
function Parties({
  asked,
  when,
}: {
  asked: readonly SeatId[];
  when: (seat: SeatId) => string | undefined;
}): ReactElement {
  const t = useWords();
  const looks = useLooks();
  return (
    <ul className="list parties">
      {asked.map((seat) => {
        const look = looks.get(seat) ?? { name: seat, code: seat, hue: 0 };
        const at = when(seat);
        return (
          <li className="row small" data-done={at !== undefined || undefined} key={seat}>
            <PartyName look={look} />
            <span>{at === undefined ? t("end.waiting") : at || t("end.given")}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Agreed({ view, open }: { view: TextView; open: readonly string[] }): ReactElement {
  const t = useWords();
  const names = useNames(view.draft);
  const { id: caseId } = useCase();
  const total = view.order.length;
  const done = view.order.filter(({ bracket }) => view.statusOf(bracket.id) !== "open").length;
  return (
    <>
      <p>{t("end.adref.count", { done, total })}</p>
      {open.length > 0 ? (
        <p className="small quiet">
          {t("end.open")}{" "}
          {open.map((id, place) => (
            <Fragment key={id}>
              {place > 0 ? "; " : ""}
              <Link params={{ caseId }} search={{ bracket: id } as never} to="/case/$caseId/text">
                {names.bracket(id)}
              </Link>
            </Fragment>
          ))}
        </p>
      ) : null}
    </>
  );
}

function Confirming({ view }: { view: TextView }): ReactElement | null {
  const t = useWords();
  const { sitting } = useSnapshot();
  const { text, audience } = view;
  const may = useMay(text);
  const acting = useActing();
  const agreed = Object.keys(text.agreed);
  // A text that never had a bracket is agreed as it stands, and confirmed like any other.
  const nothingAgreed = agreed.length === 0 && view.order.length > 0;
  if (!sitting || nothingAgreed || !may("AgreementConfirmed", audience)) return null;
  const confirmed = text.confirmedBy.includes(sitting.seat);
  const confirm = () =>
    void acting.act({
      kind: "AgreementConfirmed",
      audience,
      body: { draft: text.id, settlement: settlementOf(text) },
    });
  return (
    <>
      <Learns done={acting.done} lesson={{ given: t(`audience.${audience}`) }} />
      <div className="acts">
        <Button className="button primary" isDisabled={confirmed || acting.busy} onPress={confirm}>
          {t("end.confirm.do")}
        </Button>
        {agreed.length > 0 ? <Reopen view={view} /> : null}
      </div>
      <Refused why={acting.refusal} />
    </>
  );
}

/** Some of what was agreed is open again, and every capital is asked anew. */
function Reopen({ view }: { view: TextView }): ReactElement {
  const t = useWords();
  const names = useNames(view.draft);
  const { act, busy, refusal } = useActing();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { text, audience } = view;
  const reopen = () =>
    act({ kind: "BracketsReopened", audience, body: { draft: text.id, brackets: [...chosen] } });
  return (
    <Over grave label={t("end.reopen")} look="" title={t("end.reopen")}>
      {(close) => (
        <>
          <p>{t("end.reopen.what")}</p>
          <Learns lesson={{ given: t(`audience.${audience}`) }} />
          <CheckboxGroup className="field" onChange={setChosen} value={[...chosen]}>
            <Label>{t("end.reopen.which")}</Label>
            {view.order.map(({ bracket: { id } }) => {
              const option = text.agreed[id]?.option;
              return option === undefined ? null : (
                <Checkbox className="choice check" key={id} value={id}>
                  <span>
                    <span className="small quiet">{names.bracket(id)}</span>{" "}
                    <bdi className="clause-words">{names.option(id, option)}</bdi>
                  </span>
                </Checkbox>
              );
            })}
          </CheckboxGroup>
          <Refused why={refusal} />
          <OverFoot close={close}>
            <ActButton
              busy={busy}
              label={t("end.reopen.do")}
              needs={[[t("end.reopen.which"), chosen.length > 0]]}
              onPress={() => void reopen().then((done) => done && close())}
            />
          </OverFoot>
        </>
      )}
    </Over>
  );
}

function Signatures({ text }: { text: Text }): ReactElement | null {
  const t = useWords();
  const { minute } = useMoments();
  const looks = useLooks();
  const signatures = Object.values(text.signatures);
  if (signatures.length === 0) return null;
  return (
    <ul className="list signatures">
      {signatures.map((signature: Text["signatures"][string] & Voice) => (
        <li key={signature.id}>
          <span className="block">
            <PartyName look={looks.get(signature.by) ?? { name: signature.by, code: signature.by, hue: 0 }} />
          </span>
          {t("end.signed.by", {
            // Who holds a seat without a name of their own is called as the party is.
            who:
              signature.office === signature.name
                ? signature.name
                : t("said.beside", { what: signature.name, beside: signature.office }),
            place: signature.place,
            when: minute(signature.at),
          })}
          <span className="block small quiet">
            {t("end.signed.as", { capacity: t(`end.capacity.${signature.capacity}`) })}
            {signature.fullPowers ? ` (${signature.fullPowers})` : ""}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Instrument({ text: { closed } }: { text: Text }): ReactElement | null {
  const said = useClosingWords();
  return closed ? <p>{said(closed)}</p> : null;
}

function useClosingWords(): (closing: Closing) => string {
  const t = useWords();
  const languages = useLanguages();
  return ({ instrument, binding, texts }) =>
    t("said.beside", {
      what: t(`end.instrument.${instrument}`),
      beside: `${t(`end.binding.${binding}`)} (${languages(Object.keys(texts))})`,
    });
}

/** As what each has closed the text, until all have said the same. */
function useClosing({ closings, closed }: Text): (seat: SeatId) => string | undefined {
  const said = useClosingWords();
  return (seat) => {
    const closing = closings[seat];
    return closing && (closed ? "" : said(closing));
  };
}
