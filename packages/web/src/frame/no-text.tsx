/** What stands in place of every page about the text where this seat has none: not given, or not there yet. */
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useWords } from "../messages/words.ts";
import { useOutside } from "../source/view.ts";
import { Notice } from "./states.tsx";

export function NoText({ page }: { /** The name of the page. */ page: string }): ReactElement {
  const t = useWords();
  if (useOutside()) {
    return (
      <Notice kind="denied" page={page} title={t("state.denied.title")}>
        {t("state.denied.next")}
      </Notice>
    );
  }
  return (
    <Notice
      acts={
        <Link className="button primary" to="/draft">
          {t("draft.title")}
        </Link>
      }
      kind="empty"
      page={page}
      title={t("text.empty.title")}
    >
      {t("text.empty.next")}
    </Notice>
  );
}
