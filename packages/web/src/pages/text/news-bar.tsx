/** What one has written elsewhere, and what others did to the text meanwhile: counted at the foot of the sheet, where nothing moves, and listed on request. */
import { type ReactElement, useContext, useState } from "react";
import { Button } from "react-aria-components";
import { PartyName } from "../../frame/party.tsx";
import { useSentence } from "../../frame/sentence.ts";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useLooks } from "../../source/case-context.tsx";
import { type Names, useNames } from "../../source/names.ts";
import type { AllNews, News } from "../../source/news.ts";
import type { TextView } from "../../source/text-view.ts";
import { HandContext } from "./hand.ts";
import { UnsentElsewhere } from "./proposing.tsx";

export function NewsBar({ news, view }: { news: AllNews; view: TextView }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const names = useNames(view.draft);
  const [open, setOpen] = useState(false);
  const { items, seen } = news;
  const parties = [...new Set(items.map(({ by }) => by))];
  return (
    <div className="news-bar screen-only">
      <UnsentElsewhere view={view} />
      {items.length > 0 ? (
        <div className="news" role="status">
          {open ? (
            <ol className="list">
              {items.map((item) => (
                <NewsItem key={item.seq} item={item} names={names} />
              ))}
            </ol>
          ) : null}
          <p className="row small">
            <span>{t("news.count", { count: items.length })}</span>
            {parties.map((party) => {
              const look = looks.get(party);
              return look ? <PartyName key={party} look={look} /> : null;
            })}
            <Button aria-expanded={open} className="button small" onPress={() => setOpen(!open)}>
              {t(open ? "news.hide" : "news.show")}
            </Button>
            <Button
              className="button small"
              onPress={() => {
                setOpen(false);
                seen();
              }}
            >
              {t("news.seen")}
            </Button>
          </p>
        </div>
      ) : null}
    </div>
  );
}

function NewsItem({ item, names }: { item: News; names: Names }): ReactElement {
  const t = useWords();
  const hand = useContext(HandContext);
  const looks = useLooks();
  const { minute } = useMoments();
  const { entry, by, brackets, clause } = item;
  const sentence = useSentence(entry.event);
  const look = looks.get(by);
  const [bracket] = brackets;
  const { backing } = entry.event.body as { backing?: { option?: unknown } };
  const said =
    entry.event.kind === "AlternativeBacked" && bracket
      ? typeof backing?.option === "string"
        ? t("news.backed", { option: names.option(bracket, backing.option) })
        : t("news.left")
      : sentence;
  const place = bracket ? names.bracket(bracket) : clause ? names.clause(clause) : "";
  const go = () => {
    if (bracket) hand.hold(bracket);
    else if (clause) hand.holdClause(clause);
    const at = bracket ? `bracket-${bracket}` : `clause-${clause}`;
    document.getElementById(at)?.scrollIntoView({ block: "center" });
  };
  return (
    <li className="row small">
      {look ? <PartyName look={look} /> : null}
      <span>{said}</span>
      {place ? (
        <Button className="link" onPress={go}>
          {place}
        </Button>
      ) : null}
      <time className="quiet" dateTime={entry.at}>
        {minute(entry.at)}
      </time>
    </li>
  );
}
