/** How a case stands, in one line of the list: as whom one sits there, and what waits. Opens the case to know. */
import { isRecorded } from "@parley/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useSyncExternalStore } from "react";
import { PartyName } from "../../frame/party.tsx";
import { useWords } from "../../messages/words.ts";
import { CaseContext, theShelf, useCase, useLooks, useSnapshot } from "../../source/case-context.tsx";
import type { CaseCard } from "../../source/shelf.ts";
import { useWaits } from "../case/waits.ts";

export function CardState({ card }: { card: CaseCard }): ReactElement | null {
  const t = useWords();
  const opened = useQuery({
    queryKey: ["case", card.id],
    queryFn: async () => (await theShelf().open(card.id)) ?? null,
    staleTime: Infinity,
    structuralSharing: false,
  });
  if (!opened.data) return null;
  if (opened.data.fault()) return <p className="fault small">{t("stopped.title")}</p>;
  return (
    <CaseContext value={opened.data}>
      <Stands />
    </CaseContext>
  );
}

function Stands(): ReactElement {
  const t = useWords();
  const source = useCase();
  const reading = useSyncExternalStore(source.subscribe, source.reading);
  return reading ? <p className="small quiet">{t("reading.card")}</p> : <Standing />;
}

function Standing(): ReactElement | null {
  const t = useWords();
  const looks = useLooks();
  const { state, sitting } = useSnapshot();
  const waits = useWaits();
  const recorded = isRecorded(state.people);
  const look = sitting && looks.get(sitting.seat);
  if (recorded) return <p className="small quiet">{t("facts.what")}</p>;
  return (
    <div className="small card-state">
      {look ? <PartyName look={look} /> : <span className="quiet">{t("sitting.reader")}</span>}
      <ul className="list">
        {waits.map(({ id, line }) => (
          <li key={id}>{line}</li>
        ))}
      </ul>
      {look && waits.length === 0 ? <span className="quiet">{t("waits.none")}</span> : null}
    </div>
  );
}
