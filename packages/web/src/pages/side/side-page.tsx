/** What is each bracket worth to us, and what is this text worth? Nothing here leaves the device unsealed. */
import { holdsStance, marksLost, type People, type SeatId } from "@parley/core";
import { useSearch } from "@tanstack/react-router";
import { type ReactElement, useMemo, useRef, useState } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { Choose } from "../../frame/choose.tsx";
import { LockMark } from "../../frame/marks.tsx";
import { NoText } from "../../frame/no-text.tsx";
import { Loading, Notice } from "../../frame/states.tsx";
import { type MessageId, useWords } from "../../messages/words.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { openTree, wholeTree } from "../../source/choices.ts";
import type { TextView } from "../../source/text-view.ts";
import { useValuation } from "../../source/valuations.ts";
import { useView } from "../../source/view.ts";
import { Linkages } from "./linkages.tsx";
import { Marks } from "./marks-view.tsx";
import { Points } from "./points.tsx";
import { Sealing } from "./sealing.tsx";
import type { Side, WhatIfs } from "./side.ts";
import { WalkAway } from "./walk-away.tsx";
import { Worth } from "./worth.tsx";
import "./side.css";

const views = ["marks", "points", "walkAway", "linkages"] as const;

export function SidePage(): ReactElement {
  const t = useWords();
  const { sitting, state } = useSnapshot();
  const { text } = useView();
  const { of: linked } = useSearch({ strict: false }) as { readonly of?: string };
  const [asked, setAsked] = useState(state.people.seats[linked ?? ""]?.id);
  if (!sitting) return <Notice page={t("nav.side")} kind="denied" title={t("side.noSeat")} />;
  if (!text) return <NoText page={t("nav.side")} />;
  const parties = partiesOf(state.people);
  // Whoever signs nothing has only estimates to make.
  const of = asked ?? parties.find((id) => id === sitting.seat) ?? parties[0] ?? sitting.seat;
  return <OneSide key={`${sitting.device} ${of}`} of={of} onOf={setAsked} seat={sitting.seat} view={text} />;
}

function partiesOf({ seats }: People): readonly SeatId[] {
  return Object.values(seats)
    .filter(holdsStance)
    .map(({ id }) => id);
}

function OneSide({
  of,
  onOf,
  seat,
  view,
}: {
  of: SeatId;
  onOf: (seat: SeatId) => void;
  seat: SeatId;
  view: TextView;
}): ReactElement {
  const t = useWords();
  const ours = useValuation(of);
  const tree = useMemo(() => openTree(view.text), [view.text]);
  const whole = useMemo(() => wholeTree(view.text), [view.text]);
  const [doing, setDoing] = useState<(typeof views)[number]>("marks");
  const [whatIfs, setWhatIfs] = useState<WhatIfs>({});
  const top = useRef<HTMLDivElement>(null);
  const side: Side = { of, view, tree, whole, ours, whatIfs, setWhatIfs };
  if (ours.loading) return <Loading />;
  // The text brings its own first heading.
  const Title = doing === "marks" ? "h2" : "h1";
  const head = <Head Title={Title} of={of} onOf={onOf} seat={seat} side={side} />;
  const choice = (
    <ToggleButtonGroup
      aria-label={t("side.view")}
      className="segments side-views"
      disallowEmptySelection
      onSelectionChange={(keys) => {
        setDoing(views.find((name) => keys.has(name)) ?? "marks");
        // Another view begins at its top, as another page does; what is over it stays as far out of sight as it was.
        const over = top.current?.offsetHeight ?? 0;
        requestAnimationFrame(() => scrollTo({ top: Math.min(scrollY, over), behavior: "instant" }));
      }}
      selectedKeys={[doing]}
      selectionMode="single"
    >
      {views.map((name) => (
        <ToggleButton id={name} key={name}>
          {t(`side.view.${name}` as MessageId)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
  return (
    <div className="side">
      <div className="side-head private" ref={top}>
        {head}
      </div>
      <div className="side-bar private">
        {choice}
        <Worth side={side} />
      </div>
      {doing === "marks" ? (
        <Marks side={side} />
      ) : (
        <div className="page stack">
          {doing === "points" ? <Points side={side} /> : null}
          {doing === "walkAway" ? <WalkAway side={side} /> : null}
          {doing === "linkages" ? <Linkages side={side} /> : null}
        </div>
      )}
    </div>
  );
}

function Head({
  Title,
  of,
  onOf,
  seat,
  side,
}: {
  Title: "h1" | "h2";
  of: SeatId;
  onOf: (seat: SeatId) => void;
  seat: SeatId;
  side: Side;
}): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { people } = useSnapshot().state;
  const { ours, whole } = side;
  const { valuation } = ours;
  const lost = marksLost(valuation, whole).length;
  const who = looks.get(of)?.name ?? of;
  const own = looks.get(seat)?.name ?? seat;
  const others = partiesOf(people).map((id) => ({ id, name: looks.get(id)?.name ?? id }));
  return (
    <>
      <div className="side-name">
        <Title>{of === seat ? t("side.title") : t("side.title.imputed", { who })}</Title>
        <p className="row small">
          <span className="private-mark">
            <LockMark />
            {t("private.only", { who: own })}
          </span>
          {of === seat ? null : <strong>{t("side.imputed", { who })}</strong>}
          {valuation.provenance === "illustrative" ? <strong>{t("side.illustrative")}</strong> : null}
          {lost > 0 ? <span>{t("side.lost", { count: lost })}</span> : null}
        </p>
        <Choose choices={others} label={t("side.of")} onChoose={(id) => onOf(id as SeatId)} value={of} />
      </div>
      <Sealing side={side} />
    </>
  );
}
