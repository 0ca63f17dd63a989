/** A case and the pages under it: opens its log, folds it, and shows who one sits as. */
import type { CaseId } from "@parley/ledger";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { type ReactElement, useMemo, useSyncExternalStore } from "react";
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import { DownMark } from "../../frame/marks.tsx";
import { PartyName } from "../../frame/party.tsx";
import { Shell } from "../../frame/shell.tsx";
import { Loading, Missing, PageFault } from "../../frame/states.tsx";
import { useWords } from "../../messages/words.ts";
import { CaseContext, theShelf, useCase, useLooks, useSnapshot } from "../../source/case-context.tsx";

export function CaseLayout(): ReactElement {
  const { caseId } = useParams({ strict: false }) as { caseId: CaseId };
  const opened = useQuery({
    queryKey: ["case", caseId],
    // A query's data is never undefined; that there is no such case is an answer too.
    queryFn: async () => (await theShelf().open(caseId)) ?? null,
    staleTime: Infinity,
    structuralSharing: false,
  });
  if (opened.isPending) return <Loading />;
  if (opened.error) return <PageFault error={opened.error} reset={() => void opened.refetch()} />;
  if (!opened.data) return <Missing />;
  return (
    <CaseContext value={opened.data}>
      <CaseShell />
    </CaseContext>
  );
}

function CaseShell(): ReactElement {
  const t = useWords();
  const source = useCase();
  const { state } = useSnapshot();
  const { title, exercise } = state.people;
  const connection = useSyncExternalStore(source.subscribe, source.connection);
  const demo = state.people.demo && source.kept === "server";
  const kept =
    connection === "broken" || connection === "ended"
      ? t("state.offline.title")
      : t(source.kept === "browser" ? "kept.browser" : demo ? "kept.demo" : "kept.server");
  const only = Object.values(state.people.seats).some(({ kind }) => kind === "recorder")
    ? "recorded"
    : "negotiated";
  const heading = useMemo(
    () => ({ title, exercise, only, kept, sitting: <SittingMenu /> }) as const,
    [title, exercise, only, kept],
  );
  return <Shell heading={heading} />;
}

/** As whom one acts. With the keys of several seats at hand, as in an exercise played alone, one changes chairs here. */
function SittingMenu(): ReactElement | null {
  const t = useWords();
  const source = useCase();
  const looks = useLooks();
  const { sittings, sitting } = useSnapshot();
  const look = sitting && looks.get(sitting.seat);
  if (!look) return <span className="kept">{t("sitting.reader")}</span>;
  if (sittings.length === 1) return <PartyName look={look} />;
  return (
    <MenuTrigger>
      <Button className="button plain">
        <span className="visually-hidden">{t("sitting.as")} </span>
        <PartyName look={look} />
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
            {sittings.map(({ device, seat }) => {
              const other = looks.get(seat);
              return other ? (
                <MenuItem id={device} key={device} textValue={other.name}>
                  <PartyName look={other} />
                </MenuItem>
              ) : null;
            })}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
