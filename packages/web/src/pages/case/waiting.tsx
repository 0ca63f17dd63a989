/** What is for the sitting seat to do, by the table of rights and the state of the text. */
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useWords } from "../../messages/words.ts";
import { useMay } from "../../source/acting.ts";
import { useCase, useSnapshot } from "../../source/case-context.tsx";
import type { TextView } from "../../source/text-view.ts";
import { useView } from "../../source/view.ts";

export function Waiting(): ReactElement | null {
  const { text } = useView();
  const { sitting } = useSnapshot();
  const t = useWords();
  if (!sitting) return null;
  return (
    <section>
      <h2>{t("case.waits")}</h2>
      {text ? (
        <WaitingInText seat={sitting.seat} view={text} />
      ) : (
        <p className="quiet">{t("waits.nothing")}</p>
      )}
    </section>
  );
}

function WaitingInText({ view, seat }: { view: TextView; seat: string }): ReactElement {
  const t = useWords();
  const source = useCase();
  const may = useMay(view.text);
  const decides = may("AmendmentAdopted", view.audience);
  const supports = may("AmendmentSupported", view.audience);
  const amendments = view.amendments.filter(
    ({ outcome, supportedBy }) =>
      !outcome && (decides || (supports && !supportedBy.some((one) => one === seat))),
  );
  const silent = may("AlternativeBacked", view.audience) ? silentBrackets(view, seat) : 0;
  if (amendments.length + silent === 0) return <p className="quiet">{t("waits.nothing")}</p>;
  const lines = [
    ...(amendments.length > 0 ? [t("waits.amendments", { count: amendments.length })] : []),
    ...(silent > 0 ? [t("waits.brackets", { count: silent })] : []),
  ];
  return (
    <ul className="list waits">
      {lines.map((line) => (
        <li key={line}>
          <Link params={{ caseId: source.id }} to="/case/$caseId/text">
            {line}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Open brackets in which this party stands behind no alternative. */
function silentBrackets({ order, statusOf }: TextView, seat: string): number {
  return order.filter(
    ({ bracket, options }) =>
      statusOf(bracket.id) === "open" &&
      options.length > 0 &&
      !options.some((option) => option.attributions?.some(({ party }) => party === seat)),
  ).length;
}
