/** A case that was convened before there was a text gets it here: a draft is read, and becomes the text on its table. */
import type { Draft } from "@parley/text";
import { Navigate } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { Learns } from "../../frame/learns.tsx";
import { NoText } from "../../frame/no-text.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { broughtText } from "../../source/brought-text.ts";
import { useCase, useSnapshot } from "../../source/case-context.tsx";
import { useView } from "../../source/view.ts";
import { BringingFields, bringing } from "./bringing.tsx";
import { letDraftGo } from "./draft-in-hand.ts";
import { DraftReader } from "./draft-page.tsx";

export function BringPage(): ReactElement {
  const t = useWords();
  const { id } = useCase();
  const { text } = useView();
  const may = useMay();
  // Once there is a text it changes by amendment, whoever brought it.
  if (text) return <Navigate params={{ caseId: id }} replace to="/case/$caseId/text" />;
  if (!may("DraftOpened", "table")) return <NoText page={t("draft.title")} />;
  return <DraftReader onward={(draft, done) => <Bring done={done} draft={draft} />} />;
}

function Bring({ draft, done }: { draft: Draft; done: boolean }): ReactElement {
  const t = useWords();
  const { state, sitting } = useSnapshot();
  const { act, busy, refusal } = useActing();
  const { exercise, seats } = state.people;
  const [brought, setBrought] = useState(() => bringing(draft));
  const affected = Object.values(seats).some(({ kind }) => kind === "affected");
  const audience = affected && brought.consulted ? "consulted" : "table";
  const principal = seats[sitting?.seat ?? ""]?.kind === "principal";
  const bring = async () => {
    const text = broughtText(draft, brought.language, Object.values(seats), exercise);
    const body = { kind: principal ? "partysText" : "chairsText", text };
    if (await act({ kind: "DraftOpened", audience, body })) letDraftGo();
  };
  return (
    <>
      <BringingFields affected={affected} brought={brought} onChange={setBrought} />
      <Learns lesson={{ given: t(`audience.${audience}`) }} />
      <Button className="button small primary" isDisabled={!done || busy} onPress={() => void bring()}>
        {t("draft.bring")}
      </Button>
      <Refused why={refusal} />
    </>
  );
}
