/** A case and the pages under it: opens its log, folds it, and shows who one sits as. */
import { isRecorded, type MemberId, type People } from "@parley/core";
import type { CaseId } from "@parley/ledger";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { lazy, type ReactElement, Suspense, useMemo, useSyncExternalStore } from "react";
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import { DownMark } from "../../frame/marks.tsx";
import { PartyName } from "../../frame/party.tsx";
import { usePrinted } from "../../frame/printed.ts";
import { Shell } from "../../frame/shell.tsx";
import { Framed, Loading, MissingPage, Notice, PageFault, ToCases } from "../../frame/states.tsx";
import { useWords } from "../../messages/words.ts";
import { CaseContext, theShelf, useCase, useLooks, useSnapshot } from "../../source/case-context.tsx";
import type { CaseSource } from "../../source/case-source.ts";
import { Mismatch } from "../../source/mismatch.ts";
import type { TextView } from "../../source/text-view.ts";
import { useUnreadCount } from "../../source/unread.ts";
import { useView } from "../../source/view.ts";
import { SignIn } from "../account/sign-in.tsx";
import { takeInHand } from "../draft/draft-in-hand.ts";
import { FrontShell } from "./front-page.tsx";
import { Stopped } from "./stopped.tsx";

export function CaseLayout(): ReactElement {
  const t = useWords();
  const { caseId } = useParams({ strict: false }) as { caseId: CaseId };
  const opened = useQuery({
    queryKey: ["case", caseId],
    // A query's data is never undefined; that there is no such case is an answer too.
    queryFn: async () => (await theShelf().open(caseId)) ?? null,
    staleTime: Infinity,
    structuralSharing: false,
  });
  if (opened.isPending) return <Loading />;
  if (opened.error instanceof Error && "code" in opened.error && opened.error.code === "offline") {
    return (
      <Framed>
        <Notice
          acts={
            <>
              <Button className="button primary" onPress={() => void opened.refetch()}>
                {t("state.again")}
              </Button>
              <ToCases />
            </>
          }
          kind="offline"
          title={t("state.offline.title")}
        >
          {t("offline.none")}
        </Notice>
      </Framed>
    );
  }
  if (opened.error && "status" in opened.error && opened.error.status === 401) {
    return (
      <Shell>
        <div className="page narrow">
          <SignIn Title="h1" />
        </div>
      </Shell>
    );
  }
  if (opened.error && "code" in opened.error && opened.error.code === "not-given") {
    return (
      <Framed>
        <Notice acts={<ToCases />} kind="denied" title={t("state.denied.title")}>
          {t("state.missing.next")}
        </Notice>
      </Framed>
    );
  }
  if (opened.error instanceof Mismatch) return <Stopped fault={opened.error} />;
  if (opened.error) {
    return (
      <Framed>
        <PageFault named={false} error={opened.error} reset={() => void opened.refetch()} />
      </Framed>
    );
  }
  if (!opened.data) return <MissingPage />;
  return (
    <CaseContext value={opened.data}>
      <WhileItHolds again={() => void opened.refetch()} source={opened.data} />
    </CaseContext>
  );
}

/** Every page of the case is under this: a record that does not hold stops all of them. */
function WhileItHolds({ source, again }: { source: CaseSource; again: () => void }): ReactElement {
  const fault = useSyncExternalStore(source.subscribe, source.fault);
  const reading = useSyncExternalStore(source.subscribe, source.reading);
  if (fault) return <Stopped fault={fault} source={source} />;
  if (reading?.failed) {
    return (
      <Framed>
        <PageFault error={reading.failed} reset={again} />
      </Framed>
    );
  }
  if (reading) return <FrontShell reading={reading} />;
  return (
    <>
      <OnWatch />
      <CaseShell />
    </>
  );
}

const Watch = lazy(async () => ({ default: (await import("../desk/watch.tsx")).Watch }));

/** Receipts and calls for whoever stands watch; nobody else needs the code. */
function OnWatch(): ReactElement | null {
  const { state, sitting } = useSnapshot();
  if (!sitting || state.people.members[sitting.member]?.role !== "watchOfficer") return null;
  return (
    <Suspense>
      <Watch />
    </Suspense>
  );
}

function CaseShell(): ReactElement {
  const t = useWords();
  const source = useCase();
  const { state, sittings } = useSnapshot();
  const { title, exercise } = state.people;
  const connection = useSyncExternalStore(source.subscribe, source.connection);
  const demo = state.people.demo && source.kept === "server";
  const only = isRecorded(state.people) ? "recorded" : "negotiated";
  const lost = source.kept === "server" && only === "negotiated" && sittings.length === 0;
  const how =
    connection === "broken"
      ? "offline"
      : connection === "ended"
        ? "ended"
        : source.kept === "file"
          ? "file"
          : lost
            ? "lost"
            : undefined;
  const kept =
    how === "offline"
      ? t("state.offline.title")
      : t(how === "ended" ? "kept.ended" : demo ? "kept.demo" : (`kept.${source.kept}` as const));
  const { text } = useView();
  const revision = text ? (text.draft.symbol ?? t("text.rev", { number: text.text.version })) : "";
  usePrinted({ title, revision, banner: exercise ? t("exercise.banner") : "" });
  const unread = useUnreadCount();
  const heading = useMemo(
    () =>
      ({
        title,
        exercise,
        demo,
        only,
        kept,
        unread,
        sitting: <SittingMenu />,
        standing: <Standing how={how} />,
      }) as const,
    [title, exercise, demo, only, kept, unread, how],
  );
  return <Shell heading={heading} />;
}

/** What one must know before anything else here: that it may be old, or that nothing can be added. */
function Standing({ how }: { how: "offline" | "ended" | "file" | "lost" | undefined }): ReactElement | null {
  const t = useWords();
  const navigate = useNavigate();
  const { text } = useView();
  if (how === undefined) return null;
  const take = (view: TextView) => {
    takeInHand(view.draft);
    void navigate({ to: "/new" });
  };
  return (
    <aside className="standing small">
      {how === "offline" || how === "ended" ? (
        <p role="status">{t(how === "ended" ? "ended.what" : "state.offline.next")}</p>
      ) : how === "lost" ? (
        <>
          <p>{t("restore.lost")}</p>
          <Link className="button small" to="/account">
            {t("restore.title")}
          </Link>
        </>
      ) : (
        <>
          <p>{t("file.what")}</p>
          {text ? (
            <Button className="button small" onPress={() => take(text)}>
              {t("file.text")}
            </Button>
          ) : null}
        </>
      )}
    </aside>
  );
}

/** The name of a member who is not the head: a head sits for the party, the others are told apart. */
function besideHead(people: People, member: MemberId): string {
  const { role, name } = people.members[member] ?? {};
  return role === undefined || role === "head" ? "" : (name ?? "");
}

/** As whom one acts. With the keys of several seats at hand, as in an exercise played alone, one changes chairs here. */
function SittingMenu(): ReactElement | null {
  const t = useWords();
  const source = useCase();
  const looks = useLooks();
  const { sittings, sitting, state } = useSnapshot();
  const { people } = state;
  const look = sitting && looks.get(sitting.seat);
  if (!look) return <span className="kept">{t("sitting.reader")}</span>;
  if (sittings.length === 1) return <PartyName look={look} />;
  return (
    <MenuTrigger>
      <Button className="button plain">
        <span className="visually-hidden">{t("sitting.as")} </span>
        <PartyName look={look} />
        <span className="quiet small">{besideHead(people, sitting.member)}</span>
        <DownMark />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu aria-label={t("sitting.as")}>
          <MenuSection
            disallowEmptySelection
            onSelectionChange={(keys) => {
              const next = sittings.find(({ device }) => keys !== "all" && keys.has(device));
              if (next) void source.sit(next.device);
            }}
            selectedKeys={sitting ? [sitting.device] : []}
            selectionMode="single"
          >
            <Header className="heading">{t("sitting.as")}</Header>
            {sittings.map(({ device, seat, member }) => {
              const other = looks.get(seat);
              const beside = besideHead(people, member);
              return other ? (
                <MenuItem id={device} key={device} textValue={`${other.name} ${beside}`}>
                  <PartyName look={other} />
                  <span className="quiet small">{beside}</span>
                </MenuItem>
              ) : null;
            })}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
