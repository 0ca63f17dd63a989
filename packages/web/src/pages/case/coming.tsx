/** What comes next: contacts agreed or proposed, and points that earlier ones left and no later one took up. */
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useCase } from "../../source/case-context.tsx";
import { pointsLeft, useChain } from "../contacts/chain-state.ts";

export function Coming(): ReactElement {
  const t = useWords();
  const { minute } = useMoments();
  const { id } = useCase();
  const chain = useChain();
  const ahead = chain.filter(({ state }) => state === "agreed" || state === "proposed");
  const left = pointsLeft(chain).filter(({ taken }) => taken === undefined || taken.state !== "held");
  const points = [...new Set(left.map(({ text }) => text))];
  return (
    <section className="coming">
      <h2>{t("case.next")}</h2>
      {ahead.length === 0 ? <p className="quiet">{t("case.next.none")}</p> : null}
      <ol className="list">
        {ahead.map(({ id: contact, title, form, when, state }) => (
          <li key={contact}>
            <Link params={{ caseId: id }} to="/case/$caseId/contacts">
              {title}
            </Link>
            <p className="small quiet">
              {minute(when)} · {t(`contact.${form}`)} · {t(`meet.state.${state}`)}
            </p>
          </li>
        ))}
      </ol>
      {points.length > 0 ? (
        <>
          <h3>
            <Link params={{ caseId: id }} to="/case/$caseId/summit">
              {t("outcome.leftToLeaders")}
            </Link>
          </h3>
          <ul className="agenda">
            {points.map((point) => (
              <li key={point}>
                <bdi>{point}</bdi>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}
