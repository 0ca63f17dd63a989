/** Where do I have to act? */
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Notice } from "../../frame/states.tsx";
import { useWords } from "../../messages/words.ts";

export function CasesPage(): ReactElement {
  const t = useWords();
  return (
    <div className="page">
      <h1>{t("cases.title")}</h1>
      <Notice
        acts={
          <Link className="button primary" to="/draft">
            {t("draft.title")}
          </Link>
        }
        kind="empty"
        title={t("cases.empty.title")}
      >
        {t("cases.empty.next")}
      </Notice>
    </div>
  );
}
