/** What waits for whoever sits here, each line a way to where it is done. */
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useWords } from "../../messages/words.ts";
import { useCase, useSnapshot } from "../../source/case-context.tsx";
import { useWaits } from "./waits.ts";

export function Waiting(): ReactElement | null {
  const t = useWords();
  const source = useCase();
  const { sitting } = useSnapshot();
  const waits = useWaits();
  if (!sitting) return null;
  return (
    <section>
      <h2>{t("case.waits")}</h2>
      {waits.length === 0 ? (
        <p className="quiet">{t("waits.nothing")}</p>
      ) : (
        <ul className="list waits">
          {waits.map(({ id, line, to }) => (
            <li key={id}>
              {to === "/case/$caseId" ? (
                line
              ) : (
                <Link params={{ caseId: source.id }} to={to}>
                  {line}
                </Link>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
