/** What is settled, what is open, what is left to the leaders, and who must decide what by when. */
import { type Appointment, isAgreed, itemsOf, principals, proposalPhase } from "@parley/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { PartyCode } from "../../frame/party.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { type Placed, useNow } from "../../source/beside.ts";
import { useCase, useLooks, useSnapshot } from "../../source/case-context.tsx";
import { useNames } from "../../source/names.ts";
import type { TextView } from "../../source/text-view.ts";
import { useView } from "../../source/view.ts";
import { Chain } from "../contacts/chain.tsx";
import { type PointLeft, pointsLeft, useAppointments, useChain } from "../contacts/chain-state.ts";
import { ContactTabs } from "../contacts/tabs.tsx";
import { Times } from "../contacts/times.tsx";
import { Counts } from "../text/counts.tsx";
import "../case/case.css";
import "../contacts/contacts.css";
import "../readouts/readouts.css";
import "./summit.css";

export function SummitPage(): ReactElement {
  const t = useWords();
  const chain = useChain();
  const { text } = useView();
  const planned = useAppointments().filter(({ item }) => item.form === "summit" && !item.cancelled);
  const summit = planned.findLast(({ item }) => item.held === undefined);
  const left = pointsLeft(chain);
  const waiting = left.filter(({ taken }) => taken === undefined || taken.state !== "held");
  const ministers = waiting.filter(({ to }) => to === "ministers");
  return (
    <div className="page summit-page stack-wide">
      <header className="page-head">
        <h1>
          <bdi>{summit?.item.title ?? t("meet.summit")}</bdi>
        </h1>
        <ContactTabs />
      </header>
      {summit ? <Times appointment={summit.item} /> : <p className="quiet">{t("meet.summit.none")}</p>}
      {chain.length > 0 ? <Chain chain={chain} /> : null}
      <div className="summit-grid">
        <section className="stack-narrow">
          <h2>{t("meet.settled")}</h2>
          <Settled text={text} />
        </section>
        <section className="stack-narrow">
          <h2>{t("meet.open")}</h2>
          <Open text={text} />
        </section>
        <section className="stack-narrow">
          <h2>{t("meet.leftToLeaders")}</h2>
          <Left points={waiting.filter(({ to }) => to === "leaders")} />
          {ministers.length > 0 ? (
            <>
              <h2>{t("outcome.leftToMinisters")}</h2>
              <Left points={ministers} />
            </>
          ) : null}
        </section>
      </div>
      <Decisions left={waiting} summit={summit} text={text} />
    </div>
  );
}

function Left({ points }: { points: readonly PointLeft[] }): ReactElement {
  const t = useWords();
  if (points.length === 0) return <p className="quiet">{t("meet.none")}</p>;
  return (
    <ul>
      {points.map(({ text: point, from, taken }) => (
        <li key={`${from.id} ${point}`}>
          <bdi>{point}</bdi>{" "}
          <span className="small quiet">
            <bdi>{from.title}</bdi>
            {taken ? `. ${t("meet.takenBy", { what: taken.title })}` : `. ${t("meet.notTaken")}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Agreed brackets, press lines agreed, and what both sides' accounts have in common. */
function Settled({ text }: { text: TextView | undefined }): ReactElement {
  const t = useWords();
  const { contacts } = useView();
  const lines = contacts.flatMap(({ pressLines }) =>
    Object.values(pressLines).filter(({ agreed }) => agreed),
  );
  const common = new Set(
    contacts.flatMap(({ alignments }) =>
      Object.values(alignments).flatMap(({ points }) =>
        points.flatMap(({ relation, subject }) => (relation === "both" ? [subject] : [])),
      ),
    ),
  );
  const agreed = text ? Object.keys(text.text.agreed).length : 0;
  if (lines.length + common.size + agreed === 0) return <p className="quiet">{t("meet.none")}</p>;
  return (
    <ul>
      {text && agreed > 0 ? <Agreed text={text} /> : null}
      {lines.map((line) => (
        <li key={line.id}>
          {t("outcome.pressLines")}
          {t("said.colon")}
          <bdi>
            <q>{line.text}</q>
          </bdi>
        </li>
      ))}
      {[...common].map((subject) => (
        <li key={subject}>
          <bdi>{subject}</bdi> <span className="small quiet">{t("meet.saidByBoth")}</span>
        </li>
      ))}
    </ul>
  );
}

function Agreed({ text }: { text: TextView }): ReactElement {
  const t = useWords();
  const names = useNames(text.draft);
  return (
    <>
      {Object.entries(text.text.agreed).map(([bracket, { option }]) => (
        <li key={bracket}>
          {t("said.of", { what: names.bracket(bracket), words: names.option(bracket, option) })}
        </li>
      ))}
    </>
  );
}

/** Open brackets, and points that the sides tell in conflict or one side alone tells. */
function Open({ text }: { text: TextView | undefined }): ReactElement {
  const t = useWords();
  const source = useCase();
  const { contacts } = useView();
  const points = contacts.flatMap(({ alignments }) =>
    Object.values(alignments).flatMap(({ points: all }) => all.filter(({ relation }) => relation !== "both")),
  );
  return (
    <>
      {text ? (
        <p>
          <Link params={{ caseId: source.id }} to="/case/$caseId/text">
            <bdi>{text.draft.title}</bdi>
          </Link>
        </p>
      ) : null}
      {text ? <Counts order={text.order} statusOf={text.statusOf} /> : null}
      <ul>
        {points.map(({ subject, relation }) => (
          <li key={`${subject} ${relation}`}>
            <bdi>{subject}</bdi> <span className="small quiet">{t(`meet.relation.${relation}`)}</span>
          </li>
        ))}
      </ul>
      {!text && points.length === 0 ? <p className="quiet">{t("meet.none")}</p> : null}
    </>
  );
}

interface Decision {
  readonly what: ReactNode;
  readonly key: string;
  readonly who: readonly string[];
  /** A time, or nothing where no date was agreed. */
  readonly by: string | undefined;
}

function Decisions({
  text,
  summit,
  left,
}: {
  text: TextView | undefined;
  summit: Placed<Appointment> | undefined;
  left: readonly PointLeft[];
}): ReactElement {
  const t = useWords();
  const { minute } = useMoments();
  const looks = useLooks();
  const decisions = useDecisions(text, summit, left);
  return (
    <table>
      <caption>{t("meet.decisions")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("meet.decisions.what")}</th>
          <th scope="col">{t("meet.decisions.who")}</th>
          <th scope="col">{t("meet.decisions.by")}</th>
        </tr>
      </thead>
      <tbody>
        {decisions.map(({ what, key, who, by }) => (
          <tr key={key}>
            <td>
              <bdi>{what}</bdi>
            </td>
            <td>
              <span className="row">
                {who.map((seat) => {
                  const look = looks.get(seat);
                  return look ? <PartyCode key={seat} look={look} /> : null;
                })}
              </span>
            </td>
            <td>{by ? minute(by) : <span className="quiet">{t("meet.noDate")}</span>}</td>
          </tr>
        ))}
        {decisions.length === 0 ? (
          <tr>
            <td colSpan={3}>{t("meet.none")}</td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}

function useDecisions(
  text: TextView | undefined,
  summit: Placed<Appointment> | undefined,
  left: readonly PointLeft[],
): readonly Decision[] {
  const t = useWords();
  const now = useNow();
  const { people } = useSnapshot().state;
  const view = useView();
  const planned = useAppointments();
  const all = principals(people);
  const leaders = summit?.item.parties ?? all;
  const unaccepted = planned
    .filter(({ item }) => !item.cancelled && !item.held && !isAgreed(item))
    .map(({ item }) => ({
      key: item.id,
      what: t("meet.decide.contact", { title: item.title }),
      who: item.parties.filter((party) => !item.acceptedBy.includes(party)),
      by: item.begins,
    }));
  const proposals = text
    ? itemsOf(view.rooms[text.audience].proposals)
        .filter((one) => one.draft === text.text.id && proposalPhase(one, people, now) === "open")
        .map(({ id, answersUntil }) => ({
          key: id,
          what: t("meet.decide.package"),
          who: all,
          by: answersUntil,
        }))
    : [];
  const unconfirmed =
    text && Object.keys(text.text.agreed).length > 0
      ? all.filter((one) => !text.text.confirmedBy.includes(one))
      : [];
  return [
    ...unaccepted,
    ...proposals.filter(({ by }) => by > now),
    ...(unconfirmed.length > 0
      ? [{ key: "confirm", what: t("meet.decide.confirm"), who: unconfirmed, by: undefined }]
      : []),
    ...left.map(({ text: point, from, taken }) => ({
      key: `${from.id} ${point}`,
      what: point,
      who: taken?.parties ?? leaders,
      by: taken?.when ?? summit?.item.begins,
    })),
  ];
}
