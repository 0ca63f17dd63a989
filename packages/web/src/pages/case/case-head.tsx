/** What a case is about, how far it is, and since when. */
import { isRecorded, phaseOf } from "@parley/core";
import type { ReactElement } from "react";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useSnapshot } from "../../source/case-context.tsx";

export function CaseHead(): ReactElement {
  const t = useWords();
  const { day } = useMoments();
  const { people } = useSnapshot().state;
  return (
    <header className="page-head">
      <h1>{people.title}</h1>
      <p className="quiet">
        {isRecorded(people) ? "" : `${t(`phase.${phaseOf(people)}`)} · `}
        {t("case.opened", { day: day(people.openedAt) })}
      </p>
    </header>
  );
}
