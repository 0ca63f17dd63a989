/** What does it say, what is open, who wants what? */
import type { Amendment } from "@parley/core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Button } from "react-aria-components";
import { Notice } from "../../frame/states.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useLooks } from "../../source/case-context.tsx";
import type { TextView } from "../../source/text-view.ts";
import { useView } from "../../source/view.ts";
import { PendingAmendments } from "./amendments.tsx";
import { BackAlternative, BracketActs } from "./bracket-acts.tsx";
import { TextTable } from "./text-table.tsx";

export function TextPage(): ReactElement {
  const t = useWords();
  const navigate = useNavigate();
  const { text } = useView();
  if (text) return <OpenText view={text} />;
  return (
    <Notice
      acts={
        <Button className="button primary" onPress={() => void navigate({ to: "/draft" })}>
          {t("draft.title")}
        </Button>
      }
      kind="empty"
      title={t("text.empty.title")}
    >
      {t("text.empty.next")}
    </Notice>
  );
}

function OpenText({ view }: { view: TextView }): ReactElement {
  const looks = useLooks();
  return (
    <TextTable
      agreedOption={view.agreedOption}
      draft={view.draft}
      head={<Head view={view} />}
      looks={looks}
      optionAct={(placed, option) => <BackAlternative option={option} placed={placed} view={view} />}
      statusOf={view.statusOf}
    >
      {(placed) => <BracketActs key={placed.bracket.id} placed={placed} view={view} />}
    </TextTable>
  );
}

function Head({ view }: { view: TextView }): ReactElement {
  const t = useWords();
  const { minute } = useMoments();
  const looks = useLooks();
  const { text } = view;
  const by = looks.get(text.by)?.name ?? text.by;
  const waiting = view.amendments.filter((amendment: Amendment) => !amendment.outcome);
  return (
    <div className="sheet-head">
      <p className="row small quiet">
        <strong>{t("text.rev", { number: text.version })}</strong>
        <span>{t("text.opened", { who: by, when: minute(text.at) })}</span>
        <Button className="button plain small screen-only" onPress={() => print()}>
          {t("text.print")}
        </Button>
      </p>
      {waiting.length > 0 ? <PendingAmendments amendments={waiting} view={view} /> : null}
    </div>
  );
}
