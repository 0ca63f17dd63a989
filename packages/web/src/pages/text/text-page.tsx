/** What does it say, what is open, who wants what? */
import { roomsOf } from "@parley/core";
import { redline } from "@parley/text";
import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useMemo, useState } from "react";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { DownMark } from "../../frame/marks.tsx";
import { Notice } from "../../frame/states.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { type Revision, revisionsOf } from "../../source/revisions.ts";
import type { TextView } from "../../source/text-view.ts";
import { useView } from "../../source/view.ts";
import { PendingAmendments } from "./amendments.tsx";
import { BackAlternative, BracketActs } from "./bracket-acts.tsx";
import { TextTable } from "./text-table.tsx";

export function TextPage(): ReactElement {
  const t = useWords();
  const navigate = useNavigate();
  const { people, text } = useView();
  const { sitting } = useSnapshot();
  if (text) return <OpenText view={text} />;
  // Whoever is in no audience but the public one cannot tell whether there is a text, and is told just that.
  if (!sitting || roomsOf(people, sitting.seat).length === 1) {
    return (
      <Notice kind="denied" title={t("state.denied.title")}>
        {t("state.denied.next")}
      </Notice>
    );
  }
  return (
    <Notice
      acts={
        <Button className="button primary" onPress={() => void navigate({ to: "/draft" })}>
          {t("draft.title")}
        </Button>
      }
      kind="empty"
      title={t("text.empty.title")}
    >
      {t("text.empty.next")}
    </Notice>
  );
}

function OpenText({ view }: { view: TextView }): ReactElement {
  const looks = useLooks();
  const [against, setAgainst] = useState<Revision>();
  const compared = useMemo(
    () => against && redline(against.draft, view.text.draft, ""),
    [against, view.text.draft],
  );
  const head = <Head against={against} onCompare={setAgainst} view={view} />;
  // What is compared is for reading: brackets are characters in it, and nothing can be done about them there.
  if (compared) {
    return (
      <TextTable
        agreedOption={nothingAgreed}
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
      draft={view.draft}
      head={head}
      looks={looks}
      optionAct={(placed, option) => <BackAlternative option={option} placed={placed} view={view} />}
      statusOf={view.statusOf}
    >
      {(placed) => <BracketActs key={placed.bracket.id} placed={placed} view={view} />}
    </TextTable>
  );
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
        <strong>{t("text.rev", { number: text.version })}</strong>
        <span>{t("text.opened", { who: by, when: minute(text.at) })}</span>
        <CompareMenu onCompare={onCompare} view={view} />
        <Button className="button plain small screen-only" onPress={() => print()}>
          {t("text.print")}
        </Button>
      </div>
      {against ? (
        <p className="row small">
          <span>{t("text.compared", { number: against.version, when: minute(against.at) })}</span>
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
    () => (open ? revisionsOf(entries, text.id).filter(({ version }) => version < text.version) : []),
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
              {t("text.compare.with", { number: revision.version, when: minute(revision.at) })}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
