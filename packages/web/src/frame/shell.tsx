/** The frame around every page: skip link, EXERCISE, the bar with the case's pages, and how one reads. */
import { Link, Outlet, useParams, useRouterState } from "@tanstack/react-router";
import { type ReactElement, type ReactNode, useEffect, useRef } from "react";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { useWords } from "../messages/words.ts";
import { theShelf } from "../source/case-context.tsx";
import { useServer } from "../source/server.ts";
import { type CasePage, casePages } from "./case-pages.ts";
import { BracketsMark, DownMark, LockMark } from "./marks.tsx";
import { ReadingMenu } from "./settings.tsx";

/** What the case at hand puts in the bar. */
export interface Heading {
  readonly title: string;
  readonly kept: string;
  readonly exercise: boolean;
  /** Its keys are published. */
  readonly demo: boolean;
  /** Facts that a recorder wrote down, or a negotiation. */
  readonly only: "recorded" | "negotiated";
  /** How many messages in the channels were not read yet; absent where they are not known yet. */
  readonly unread?: number;
  /** As whom one acts. */
  readonly sitting: ReactNode;
  /** What one must know before anything else on these pages, if there is something. */
  readonly standing: ReactNode;
}

/** `children`: what stands in place of the page that the address names. */
export function Shell({ heading, children }: { heading?: Heading; children?: ReactNode }): ReactElement {
  const t = useWords();
  return (
    <>
      <button className="skip" onClick={() => document.getElementById("page")?.focus()} type="button">
        {t("nav.skip")}
      </button>
      <div className={heading?.exercise ? "head with-exercise" : "head"}>
        {heading?.exercise ? <Exercise /> : null}
        <header className={heading ? "bar in-case" : "bar"}>
          <Link aria-label={t("app.name")} className="wordmark" to="/">
            <BracketsMark />
            <span>{t("app.name")}</span>
          </Link>
          {heading ? <CaseBar heading={heading} /> : null}
          <div className="tools">
            {heading ? <span className="kept">{heading.kept}</span> : null}
            {heading?.sitting}
            {heading === undefined && theShelf().client ? (
              <Link className="button plain" to="/account">
                {t("account.title")}
              </Link>
            ) : null}
            <ReadingMenu />
          </div>
        </header>
        {heading?.standing}
        {heading?.demo ? <Demonstration inBar={heading.kept === t("kept.demo")} /> : null}
        {heading ? null : <OfServer />}
      </div>
      <Page>{children}</Page>
    </>
  );
}

/** `inBar`: a bar with room for it says so already. */
function Demonstration({ inBar }: { inBar: boolean }): ReactElement {
  const t = useWords();
  return <aside className={inBar ? "standing small narrow" : "standing small"}>{t("kept.demo")}</aside>;
}

/** Outside a case it is the server that is a demonstration, or is none. */
function OfServer(): ReactElement | null {
  return useServer()?.demo ? <Demonstration inBar={false} /> : null;
}

function Exercise(): ReactElement {
  const t = useWords();
  return (
    <aside aria-label={t("exercise.banner")} className="exercise">
      <strong>{t("exercise.banner")}</strong>
      <span className="screen-only">{t("exercise.note")}</span>
    </aside>
  );
}

/** The page that was gone to last. It outlives the frame, which is another one within a case; none at the beginning. */
let gone: string | undefined;

/** Moves the focus to a page that was gone to, so that a screen reader begins where the eye does. */
function Page({ children }: { children: ReactNode }): ReactElement {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    // The frame may come after the way to it was taken: then nothing has the focus yet.
    const nowhere = document.activeElement === null || document.activeElement === document.body;
    if (gone !== undefined && (gone !== path || nowhere)) main.current?.focus({ preventScroll: true });
    gone = path;
  }, [path]);
  return (
    <main id="page" ref={main} tabIndex={-1}>
      {children ?? <Outlet />}
    </main>
  );
}

function addressOf(page: CasePage, caseId: string): string {
  return page.path.replace("$caseId", caseId);
}

function CaseBar({ heading }: { heading: Heading }): ReactElement {
  const t = useWords();
  const { caseId = "" } = useParams({ strict: false }) as { caseId?: string };
  const path = useRouterState({ select: (state) => state.location.pathname.replace(/\/$/, "") });
  const pages = casePages.filter((page) => page.only === undefined || page.only === heading.only);
  const isWithin = (page: CasePage) =>
    page.within?.some((one) => path === `/case/${caseId}/${one}`) ? ("true" as const) : undefined;
  // A number beside a name is for the eye; in words it stands on Overview.
  const unread = (page: CasePage) => (page.name === "nav.channels" ? heading.unread || undefined : undefined);
  const here = pages.find((page) => addressOf(page, caseId) === path || isWithin(page));
  return (
    <>
      <div className="case-name">
        <span title={heading.title}>{heading.title}</span>
      </div>
      <nav aria-label={t("nav.pages")} className="tabs">
        {pages.map((page) => (
          <Link
            // Which session this is, which the address says as well, changes nothing about the page.
            activeOptions={{ exact: true, includeSearch: false }}
            aria-current={isWithin(page)}
            data-unread={unread(page)}
            key={page.path}
            to={addressOf(page, caseId)}
          >
            {t(page.name)}
            {page.privately ? <LockMark /> : null}
          </Link>
        ))}
      </nav>
      <div className="page-menu">
        <MenuTrigger>
          <Button className="button plain">
            {t(here?.name ?? "nav.pages")}
            <DownMark />
          </Button>
          <Popover className="popover" placement="bottom start">
            <Menu aria-label={t("nav.pages")}>
              {pages.map((page) => (
                <MenuItem
                  data-unread={unread(page)}
                  href={addressOf(page, caseId)}
                  id={page.path}
                  key={page.path}
                  textValue={t(page.name)}
                >
                  {t(page.name)}
                  {page.privately ? <LockMark /> : null}
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      </div>
    </>
  );
}
