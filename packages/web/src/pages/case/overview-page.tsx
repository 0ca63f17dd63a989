/** Who is at the table, what has happened, what comes next? */
import { isRecorded } from "@parley/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useWords } from "../../messages/words.ts";
import { useMay } from "../../source/acting.ts";
import { useCase, useSnapshot } from "../../source/case-context.tsx";
import { useOutside, useReleases, useView } from "../../source/view.ts";
import { Counts } from "../text/counts.tsx";
import { Course } from "../text/course.tsx";
import { CaseHead } from "./case-head.tsx";
import { Coming } from "./coming.tsx";
import { Contacts, SourceLine } from "./contacts.tsx";
import { Lately } from "./lately.tsx";
import { Powers } from "./lending.tsx";
import { LostDevices } from "./reopening.tsx";
import { OpenSeat } from "./seating.tsx";
import { AllSeats } from "./seats.tsx";
import { Waiting } from "./waiting.tsx";
import "./case.css";

export function OverviewPage(): ReactElement {
  const recorded = isRecorded(useSnapshot().state.people);
  return (
    <div className="page overview">
      <CaseHead />
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
          <AllSeats />
          {recorded ? null : (
            <>
              <OpenSeat />
              <LostDevices />
              <Powers />
            </>
          )}
        </div>
      </div>
    </div>
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
  const { text } = useView();
  const outside = useOutside();
  const released = useReleases().some((one) => one.released);
  const brings = useMay()("DraftOpened", "table");
  return (
    <section>
      <h2>{t("nav.text")}</h2>
      {text ? (
        <div className="stack-narrow">
          <p className="text-title">
            <Link params={{ caseId: source.id }} to="/case/$caseId/text">
              {text.draft.title || t("column.text")}
            </Link>
          </p>
          <Counts order={text.order} statusOf={text.statusOf} />
          <Course view={text} />
        </div>
      ) : (
        <p className="quiet">
          {released ? (
            <Link params={{ caseId: source.id }} to="/case/$caseId/conclusion">
              {t("text.released")}
            </Link>
          ) : (
            t(outside ? "state.denied.title" : "text.empty.title")
          )}{" "}
          {brings ? (
            <Link params={{ caseId: source.id }} to="/case/$caseId/bring">
              {t("draft.title")}
            </Link>
          ) : null}
        </p>
      )}
    </section>
  );
}
