/** Who is at the table, what has happened, what comes next? */
import { headOf, membersOf, type Person, phaseOf, roomsOf, type Seat, type SeatKind } from "@parley/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { PartyName } from "../../frame/party.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useCase, useLooks, useSnapshot } from "../../source/case-context.tsx";
import { useView } from "../../source/view.ts";
import { Counts } from "../text/counts.tsx";
import { Course } from "../text/course.tsx";
import { Coming } from "./coming.tsx";
import { Contacts, SourceLine } from "./contacts.tsx";
import { Delegation } from "./delegation.tsx";
import { Devices } from "./devices.tsx";
import { Inviting } from "./inviting.tsx";
import { Lately } from "./lately.tsx";
import { Powers } from "./lending.tsx";
import { Consent, OpenSeat } from "./seating.tsx";
import { Waiting } from "./waiting.tsx";
import "./case.css";

const atTable: readonly SeatKind[] = ["principal", "mediator", "host"];

export function OverviewPage(): ReactElement {
  const t = useWords();
  const { day } = useMoments();
  const { state } = useSnapshot();
  const { people } = state;
  const seats = Object.values(people.seats);
  const table = seats.filter((seat) => atTable.includes(seat.kind));
  const away = seats.filter((seat) => !atTable.includes(seat.kind) && seat.kind !== "recorder");
  const recorded = seats.some(({ kind }) => kind === "recorder");
  return (
    <div className="page overview">
      <header className="page-head">
        <h1>{people.title}</h1>
        <p className="quiet">
          {recorded ? "" : `${t(`phase.${phaseOf(people)}`)} · `}
          {t("case.opened", { day: day(people.openedAt) })}
        </p>
      </header>
      <div className="overview-grid">
        <div className="stack-wide">
          {recorded ? null : (
            <>
              <Waiting />
              <Coming />
              <TextState />
            </>
          )}
          <Contacts />
          {recorded ? <Questions /> : <Lately />}
        </div>
        <div className="stack-wide">
          <Seats recorded={recorded} seats={table} title={t("case.table")} />
          {away.length > 0 ? <Seats recorded={recorded} seats={away} title={t("case.away")} /> : null}
          {recorded ? null : (
            <>
              <OpenSeat />
              <Powers />
            </>
          )}
        </div>
      </div>
    </div>
  );
}

function Seats({
  seats,
  title,
  recorded,
}: {
  seats: readonly Seat[];
  title: string;
  recorded: boolean;
}): ReactElement {
  return (
    <section>
      <h2>{title}</h2>
      <ul className="list seats">
        {seats.map((seat) => (
          <SeatRow key={seat.id} recorded={recorded} seat={seat} />
        ))}
      </ul>
    </section>
  );
}

function SeatRow({ seat, recorded }: { seat: Seat; recorded: boolean }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { people } = useSnapshot().state;
  const look = looks.get(seat.id);
  const listed = useView().rooms.public.delegations[seat.id]?.people ?? [];
  const head = headOf(people, seat.id);
  const others = membersOf(people, seat.id).filter((member) => member.id !== head?.id);
  const shown: readonly Pick<Person, "name" | "office">[] =
    listed.length > 0 ? listed : [...(head ? [head] : []), ...others];
  return (
    <li>
      <p className="row">
        {look ? <PartyName look={look} /> : seat.name}
        <span className="quiet small">{t(`seat.${seat.kind}`)}</span>
        <Inviting seat={seat} />
        <Delegation seat={seat} />
        <Devices seat={seat} />
      </p>
      <Consent seat={seat} />
      {shown.length > 0 ? (
        <ul className="list people small">
          {shown.map((person) => (
            <li key={person.name}>
              {person.name}
              {person.office === person.name ? null : <span className="quiet">, {person.office}</span>}
            </li>
          ))}
        </ul>
      ) : recorded ? null : (
        <p className="small quiet">{t(seat.taken ? "seat.nobody" : "seat.empty")}</p>
      )}
    </li>
  );
}

/** What is open in a case of reported facts, each with where it is taken from. */
function Questions(): ReactElement | null {
  const t = useWords();
  const questions = useView().statements.filter(({ form }) => form === "question");
  if (questions.length === 0) return null;
  return (
    <section>
      <h2>{t("case.questions")}</h2>
      <ol className="list stack-narrow">
        {questions.map((question) => (
          <li key={question.id}>
            <p>{question.text}</p>
            <SourceLine voice={question} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function TextState(): ReactElement {
  const t = useWords();
  const source = useCase();
  const { text, people } = useView();
  const { sitting } = useSnapshot();
  // Whoever is in no audience but the public one cannot tell whether there is a text.
  const outside = !sitting || roomsOf(people, sitting.seat).length === 1;
  return (
    <section>
      <h2>{t("nav.text")}</h2>
      {text ? (
        <div className="stack-narrow">
          <p className="text-title">
            <Link params={{ caseId: source.id }} to="/case/$caseId/text">
              {text.draft.title}
            </Link>
          </p>
          <Counts order={text.order} statusOf={text.statusOf} />
          <Course view={text} />
        </div>
      ) : (
        <p className="quiet">{t(outside ? "state.denied.title" : "text.empty.title")}</p>
      )}
    </section>
  );
}
