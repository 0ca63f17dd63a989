/** A case that was convened before there was a text gets it here: a draft is read, and becomes the text on its table. */
import type { Draft } from "@parley/text";
import { renderMarkdown } from "@parley/text";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Button } from "react-aria-components";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { Notice } from "../../frame/states.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useCase, useSnapshot } from "../../source/case-context.tsx";
import { useView } from "../../source/view.ts";
import { letDraftGo } from "./draft-in-hand.ts";
import { DraftReader } from "./draft-page.tsx";

export function BringPage(): ReactElement {
  const t = useWords();
  const { id } = useCase();
  const { text } = useView();
  const may = useMay();
  // Whoever came by an address that was kept: there is one text, and it changes by amendment.
  if (text || !may("DraftOpened", "table")) {
    return (
      <Notice
        acts={
          <Link className="button" params={{ caseId: id }} to="/case/$caseId/text">
            {t("nav.text")}
          </Link>
        }
        kind="denied"
        page={t("draft.title")}
        title={t(text ? "draft.bring.late" : "state.denied.title")}
      >
        {t(text ? "draft.bring.late.next" : "text.empty.waits")}
      </Notice>
    );
  }
  return <DraftReader onward={(draft, done) => <Bring done={done} draft={draft} />} />;
}

function Bring({ draft, done }: { draft: Draft; done: boolean }): ReactElement {
  const t = useWords();
  const navigate = useNavigate();
  const { id } = useCase();
  const { state, sitting } = useSnapshot();
  const { act, busy, refusal } = useActing();
  const { exercise, seats } = state.people;
  const principal = seats[sitting?.seat ?? ""]?.kind === "principal";
  const bring = async () => {
    const text = renderMarkdown(exercise ? { ...draft, exercise: true } : draft);
    const body = { kind: principal ? "partysText" : "chairsText", text };
    if (!(await act({ kind: "DraftOpened", audience: "table", body }))) return;
    letDraftGo();
    await navigate({ to: "/case/$caseId/text", params: { caseId: id } });
  };
  return (
    <div className="stack-narrow">
      <Learns lesson={{ given: t("audience.table") }} />
      <Button className="button small primary" isDisabled={!done || busy} onPress={() => void bring()}>
        {t("draft.bring")}
      </Button>
      <Refused why={refusal} />
    </div>
  );
}
