/** Four pages about one thing: what was and will be said in person, each side's account, the summit, and what each holds. */
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useWords } from "../../messages/words.ts";
import { useCase } from "../../source/case-context.tsx";

export function ContactTabs(): ReactElement {
  const t = useWords();
  const { id } = useCase();
  return (
    <nav aria-label={t("nav.contacts")} className="sub-tabs">
      <Link params={{ caseId: id }} to="/case/$caseId/contacts">
        {t("nav.contacts")}
      </Link>
      <Link params={{ caseId: id }} to="/case/$caseId/readouts">
        {t("meet.readouts")}
      </Link>
      <Link params={{ caseId: id }} to="/case/$caseId/summit">
        {t("meet.summit")}
      </Link>
      <Link params={{ caseId: id }} to="/case/$caseId/positions">
        {t("stand.title")}
      </Link>
    </nav>
  );
}

/** What stands on these pages before there is anything on them. */
export function NoContact(): ReactElement {
  const t = useWords();
  return <p className="quiet">{t("said.then", { before: t("contacts.none"), after: t("meet.what") })}</p>;
}
