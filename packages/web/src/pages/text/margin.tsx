/** Beside a clause: who proposes something there, how many comments, and who changed it since one last looked. */
import type { ClauseId } from "@parley/text";
import { type ReactElement, useContext } from "react";
import { PartyCode } from "../../frame/party.tsx";
import { useWords } from "../../messages/words.ts";
import { HandContext } from "./hand.ts";
import { useStanding } from "./standing.ts";

export function MarginMarks({ clause }: { clause: ClauseId }): ReactElement | null {
  const t = useWords();
  const hand = useContext(HandContext);
  const margin = useStanding(({ margins }) => margins.get(clause));
  const looks = useStanding((standing) => standing.looks);
  if (!margin) return null;
  const { amended, comments, news } = margin;
  const names = (parties: readonly string[]) =>
    parties.map((party) => looks.get(party)?.name ?? party).join(t("said.comma"));
  const said = [
    ...(news.length > 0 ? [t("margin.news", { who: names(news) })] : []),
    ...(amended.length > 0 ? [t("margin.amended", { who: names(amended) })] : []),
    ...(comments > 0 ? [t("margin.comments", { count: comments })] : []),
  ].join(" · ");
  const codes = [...new Set([...news, ...amended])];
  return (
    <button
      aria-label={said}
      className="margin-marks screen-only"
      data-news={news.length > 0 || undefined}
      onClick={() => hand.holdClause(clause)}
      title={said}
      type="button"
    >
      {codes.map((party) => {
        const look = looks.get(party);
        return look ? <PartyCode key={party} look={look} /> : null;
      })}
      {comments > 0 ? <span className="comment-count">{comments}</span> : null}
    </button>
  );
}
