/** What does it say, what is open, who wants what? */
import { type ClauseId, redline } from "@parley/text";
import { useSearch } from "@tanstack/react-router";
import { type ReactElement, useMemo, useRef, useState } from "react";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { DownMark } from "../../frame/marks.tsx";
import { NoText } from "../../frame/no-text.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { courseOf, type Revision } from "../../source/course.ts";
import { type News, useNews } from "../../source/news.ts";
import { revisionNumber } from "../../source/revision.ts";
import type { TextView } from "../../source/text-view.ts";
import { useView } from "../../source/view.ts";
import { PendingAmendments } from "./amendments.tsx";
import { useBindingNotes } from "./binding.ts";
import { BackAlternative, BracketActs } from "./bracket-acts.tsx";
import { lettered } from "./change.ts";
import { Changes } from "./changes.tsx";
import { ClauseActs } from "./clause-acts.tsx";
import { Course } from "./course.tsx";
import { NewsBar } from "./news-bar.tsx";
import type { Margin } from "./standing.ts";
import { TextTable } from "./text-table.tsx";

export function TextPage(): ReactElement {
  const t = useWords();
  const { text } = useView();
  return text ? <OpenText view={text} /> : <NoText page={t("nav.text")} />;
}

function OpenText({ view }: { view: TextView }): ReactElement {
  const looks = useLooks();
  const asked = useSearch({ strict: false }) as { bracket?: string; clause?: string };
  const [against, setAgainst] = useState<Revision>();
  const compared = useMemo(
    () =>
      against && {
        ...redline(lettered(against.draft, looks), lettered(view.text.draft, looks), ""),
        ...(view.draft.symbol === undefined ? {} : { symbol: view.draft.symbol }),
      },
    [against, view, looks],
  );
  const news = useNews(view);
  const margins = useMargins(view, news.items);
  const draft = useBindingNotes(view.draft, view.text);
  const head = <Head against={against} onCompare={setAgainst} view={view} />;
  // What is compared is for reading: brackets are characters in it, and nothing can be done about them there.
  if (compared) {
    return (
      <TextTable
        agreedOption={nothingAgreed}
        aside={(show) => <Changes draft={compared} onGo={show} />}
        draft={compared}
        head={head}
        looks={looks}
        statusOf={view.statusOf}
      />
    );
  }
  return (
    <TextTable
      agreedOption={view.agreedOption}
      asked={asked}
      course={<Course view={view} />}
      clausePart={(clause) => <ClauseActs clause={clause} key={clause.id} view={view} />}
      draft={draft}
      foot={<NewsBar news={news} view={view} />}
      head={head}
      looks={looks}
      margins={margins}
      optionAct={(placed, option) => <BackAlternative option={option} placed={placed} view={view} />}
      statusOf={view.statusOf}
    >
      {(placed) => <BracketActs key={placed.bracket.id} placed={placed} view={view} />}
    </TextTable>
  );
}

/** What stands beside each clause; a clause of which nothing new is known keeps its object and is not drawn again. */
function useMargins(view: TextView, news: readonly News[]): ReadonlyMap<ClauseId, Margin> {
  const before = useRef<ReadonlyMap<ClauseId, Margin>>(new Map());
  return useMemo(() => {
    const next = new Map<ClauseId, Margin>();
    const put = (clause: ClauseId | undefined, more: (margin: Margin) => Margin) => {
      if (clause) next.set(clause, more(next.get(clause) ?? { amended: [], comments: 0, news: [] }));
    };
    const clauseOf = new Map(view.order.map(({ bracket, clause }) => [bracket.id as string, clause]));
    const including = (list: readonly string[], one: string) => [...new Set([...list, one])];
    for (const { change, by, outcome } of view.amendments) {
      if (outcome) continue;
      const clause = (change.clause as ClauseId | undefined) ?? clauseOf.get(change.bracket ?? "");
      put(clause, (margin) => ({ ...margin, amended: including(margin.amended, by) }));
    }
    for (const { clause } of view.text.comments) {
      put(clause as ClauseId, (margin) => ({ ...margin, comments: margin.comments + 1 }));
    }
    for (const { clause, by } of news) {
      put(clause, (margin) => ({ ...margin, news: including(margin.news, by) }));
    }
    for (const [clause, margin] of next) {
      const same = before.current.get(clause);
      if (same && JSON.stringify(same) === JSON.stringify(margin)) next.set(clause, same);
    }
    before.current = next;
    return next;
  }, [view, news]);
}

const nothingAgreed = (): undefined => undefined;

function Head({
  view,
  against,
  onCompare,
}: {
  view: TextView;
  against: Revision | undefined;
  onCompare: (revision: Revision | undefined) => void;
}): ReactElement {
  const t = useWords();
  const { minute } = useMoments();
  const looks = useLooks();
  const { text } = view;
  const by = looks.get(text.by)?.name ?? text.by;
  const waiting = view.amendments.filter(({ outcome }) => !outcome);
  return (
    <div className="sheet-head">
      <div className="row small quiet">
        <strong>{t("text.rev", { number: revisionNumber(text.draft, text.version) })}</strong>
        <span>{t("text.opened", { who: by, when: minute(text.at) })}</span>
        <CompareMenu onCompare={onCompare} view={view} />
        <Button className="button plain small screen-only" onPress={() => print()}>
          {t("text.print")}
        </Button>
      </div>
      {against ? (
        <p className="row small">
          <span>
            {t("text.compared", {
              number: revisionNumber(text.draft, against.version),
              when: minute(against.at),
            })}
          </span>
          <Button className="button small screen-only" onPress={() => onCompare(undefined)}>
            {t("text.compare.stop")}
          </Button>
        </p>
      ) : null}
      {waiting.length > 0 && !against ? <PendingAmendments amendments={waiting} view={view} /> : null}
    </div>
  );
}

/** Earlier revisions, newest first. They are read from the record only when somebody asks. */
function CompareMenu({
  view,
  onCompare,
}: {
  view: TextView;
  onCompare: (revision: Revision) => void;
}): ReactElement | null {
  const t = useWords();
  const { minute } = useMoments();
  const { entries } = useSnapshot();
  const { text } = view;
  const [open, setOpen] = useState(false);
  const revisions = useMemo(
    () => (open ? courseOf(entries, text.id).revisions.filter(({ version }) => version < text.version) : []),
    [open, entries, text],
  );
  if (text.version === 0) return null;
  return (
    <MenuTrigger isOpen={open} onOpenChange={setOpen}>
      <Button className="button plain small screen-only">
        {t("text.compare")}
        <DownMark />
      </Button>
      <Popover className="popover" placement="bottom start">
        <Menu aria-label={t("text.compare")}>
          {[...revisions].reverse().map((revision) => (
            <MenuItem id={revision.version} key={revision.version} onAction={() => onCompare(revision)}>
              {t("text.compare.with", {
                number: revisionNumber(text.draft, revision.version),
                when: minute(revision.at),
              })}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
