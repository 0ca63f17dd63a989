/** What must be answered, by when? One board in UTC for a watch officer, who works by keyboard alone. */
import type { EventId } from "@parley/ledger";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { bringToSight } from "../../frame/sight.ts";
import { Notice } from "../../frame/states.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useNow } from "../../source/beside.ts";
import { useSnapshot } from "../../source/case-context.tsx";
import { useAlarm } from "./alarm.ts";
import { Board } from "./board.tsx";
import { ChannelPanel } from "./channel-panel.tsx";
import { type Row, rowOf, useChannels, useFormats, useLines, useOurPost, useRows } from "./desk-state.ts";
import { Line, useLine } from "./line.tsx";
import { MessageView } from "./message-view.tsx";
import { PreparedItem, PrepareForm } from "./prepare.tsx";
import { usePrepared } from "./prepared.ts";
import { SetUp } from "./set-up.tsx";
import "./desk.css";

export function DeskPage(): ReactElement {
  const t = useWords();
  const now = useNow();
  const rows = useRows(now);
  const channels = useChannels();
  const formats = useFormats();
  const prepared = usePrepared();
  const line = useLine();
  const { sitting } = useSnapshot();
  const [chosen, setChosen] = useState<EventId>();
  const [writing, setWriting] = useState<"new" | EventId>();
  const message = useRef<HTMLDivElement>(null);
  const lines = useLines();
  const ourPost = useOurPost();
  const atDesk = lines.some(({ item }) => ourPost(item).atDesk);
  const may = useMay();
  const maySend = lines.some(({ audience }) => may("NotificationSent", audience));
  const row = rowOf(rows, chosen) ?? rows[0];
  const calls = rows.filter(({ waits }) => waits === "acknowledge").length + (line.lost ? 1 : 0);
  const alarm = useAlarm(atDesk ? calls : 0);
  useKeys({ rows, row, setChosen, setWriting, may: maySend });
  if (!sitting) return <Notice kind="denied" page={t("nav.desk")} title={t("state.denied.title")} />;
  const formatOf = (id: EventId) => formats.find(({ item }) => item.id === id)?.item;
  const answers = writing === "new" ? undefined : writing;
  const answered = rowOf(rows, answers)?.notification;
  return (
    <div className="page desk-page">
      <header className="desk-head">
        <h1>{t("nav.desk")}</h1>
        <p className="desk-clock">
          <time dateTime={now}>{now.slice(11, 19)}</time> UTC
        </p>
        <Line line={line} />
        <Button aria-pressed={alarm.on} className="button" onPress={alarm.turn}>
          {t(alarm.on ? "desk.sound.off" : "desk.sound.on")}
        </Button>
      </header>
      <Waits calls={atDesk ? rows.filter(({ waits }) => waits !== undefined) : []} />
      <div className="desk-grid">
        <div className="desk-board stack">
          {maySend && !writing ? (
            <div className="row">
              <Button className="button primary" onPress={() => setWriting("new")}>
                {t("desk.new")} <kbd>N</kbd>
              </Button>
              <p className="small quiet keys">{t("desk.keys")}</p>
            </div>
          ) : null}
          {writing ? (
            <PrepareForm
              answers={answers}
              formats={formats.filter(({ item }) => item.inForce)}
              key={writing}
              lines={answers ? lines.filter(({ item }) => item.id === answered?.channel) : lines}
              onDone={() => setWriting(undefined)}
            />
          ) : null}
          {prepared.length > 0 ? (
            <section>
              <h2>{t("desk.prepared")}</h2>
              <ul className="list stack-narrow">
                {prepared.map((one) => {
                  const format = formatOf(one.message.format);
                  return format ? <PreparedItem format={format} key={one.id} prepared={one} /> : null;
                })}
              </ul>
            </section>
          ) : null}
          {rows.length > 0 ? (
            <Board
              chosen={row?.notification.id}
              onChoose={(id) => {
                setChosen(id);
                bringToSight(message.current);
              }}
              rows={rows}
            />
          ) : (
            <p className="quiet">{t(lines.length > 0 ? "desk.empty" : "desk.noChannel")}</p>
          )}
        </div>
        <div className="desk-side stack-wide" ref={message}>
          {row ? (
            <MessageView
              atDesk={maySend}
              key={row.notification.id}
              onReply={() => setWriting(row.notification.id)}
              row={row}
            />
          ) : null}
          {channels.map((placed) => (
            <ChannelPanel key={placed.item.id} placed={placed} rows={rows} />
          ))}
          <SetUp lines={lines} />
        </div>
      </div>
    </div>
  );
}

/** The visible alarm: what waits for this desk, in words. */
function Waits({ calls }: { calls: readonly Row[] }): ReactElement {
  const t = useWords();
  const count = (waits: Row["waits"]) => calls.filter((one) => one.waits === waits).length;
  const lines = (["acknowledge", "reply", "chase"] as const).flatMap((waits) =>
    count(waits) > 0 ? [t(`desk.call.${waits}`, { count: count(waits) })] : [],
  );
  return (
    <div className="desk-waits" data-calls={calls.length > 0 || undefined} role="status">
      {lines.length > 0 ? lines.join(" · ") : t("desk.call.nothing")}
    </div>
  );
}

interface Keys {
  readonly rows: readonly Row[];
  readonly row: Row | undefined;
  readonly setChosen: (id: EventId) => void;
  readonly setWriting: (what: "new" | EventId | undefined) => void;
  readonly may: boolean;
}

/** J and K go through the board, N writes, A acknowledges, R replies; while one writes, letters are letters. */
function useKeys({ rows, row, setChosen, setWriting, may }: Keys): void {
  const { act } = useActing("send");
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const at = event.target;
      const writes =
        at instanceof HTMLElement && at.closest("input, textarea, select, [role=listbox], [role=menu]");
      if (writes || event.ctrlKey || event.metaKey || event.altKey) return;
      const here = row ? rows.indexOf(row) : 0;
      const step = (by: number) => {
        const next = rows[Math.min(rows.length - 1, Math.max(0, here + by))];
        if (!next) return;
        setChosen(next.notification.id);
        document.getElementById(`row-${next.notification.id}`)?.focus();
      };
      const key = event.key.toLowerCase();
      if (key === "j") step(1);
      else if (key === "k") step(-1);
      else if (key === "n" && may) setWriting("new");
      else if (key === "escape") setWriting(undefined);
      else if (key === "r" && may && row?.toUs && !row.notification.replied) setWriting(row.notification.id);
      else if (key === "a" && may && row?.waits === "acknowledge") {
        const body = { notification: row.notification.id };
        void act({ kind: "NotificationAcknowledged", audience: row.audience, body });
      } else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [rows, row, setChosen, setWriting, may, act]);
}
