/** What stands in place of every page about the text where this seat has none: not given, or not there yet. */
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useWords } from "../messages/words.ts";
import { useMay } from "../source/acting.ts";
import { useCase } from "../source/case-context.tsx";
import { useOutside, useReleases } from "../source/view.ts";
import { Notice } from "./states.tsx";

export function NoText({ page }: { /** The name of the page. */ page: string }): ReactElement {
  const t = useWords();
  const { id } = useCase();
  const brings = useMay()("DraftOpened", "table");
  const released = useReleases().some((one) => one.released);
  if (useOutside()) {
    return (
      <Notice
        acts={
          released ? (
            <Link className="button" params={{ caseId: id }} to="/case/$caseId/conclusion">
              {t("nav.conclusion")}
            </Link>
          ) : null
        }
        kind="denied"
        page={page}
        title={t("state.denied.title")}
      >
        {t(released ? "text.released" : "state.denied.next")}
      </Notice>
    );
  }
  return (
    <Notice
      acts={
        brings ? (
          <Link className="button primary" params={{ caseId: id }} to="/case/$caseId/bring">
            {t("draft.title")}
          </Link>
        ) : null
      }
      kind="empty"
      page={page}
      title={t("text.empty.title")}
    >
      {t(brings ? "text.empty.next" : "text.empty.waits")}
    </Notice>
  );
}
