/**
 * At work on every page of a case for whoever is at a desk: it gives receipts, which are proof of delivery to a device and
 * need no officer, and says above the page what waits.
 */
import { itemOf } from "@parley/core";
import { Link, useRouterState } from "@tanstack/react-router";
import { type ReactElement, useEffect, useRef } from "react";
import { useWords } from "../../messages/words.ts";
import { useNow } from "../../source/beside.ts";
import { useCase, useSnapshot } from "../../source/case-context.tsx";
import { type Row, useRows } from "./desk-state.ts";
import "./watch.css";

export function Watch(): ReactElement | null {
  const t = useWords();
  const source = useCase();
  const now = useNow();
  const rows = useRows(now);
  const { state, sitting } = useSnapshot();
  const atDeskPage = useRouterState({ select: ({ location }) => location.pathname.endsWith("/desk") });
  const given = useRef(new Set<string>());
  const isAtDesk = (row: Row): boolean => {
    const channel = itemOf(row.room.channels, row.notification.channel);
    const post = sitting && channel?.posts[sitting.seat];
    const holders = post === undefined ? undefined : state.people.posts[post]?.holders;
    const member = sitting && state.people.members[sitting.member];
    return holders
      ? holders.some((one) => one === sitting?.member)
      : post === undefined && member?.role === "watchOfficer";
  };
  const unreceived = rows.filter((row) => row.toUs && !row.notification.received && isAtDesk(row));
  useEffect(() => {
    for (const { notification, audience } of unreceived) {
      // Once for each device; the entry that comes back ends it.
      const key = `${notification.id} ${sitting?.device}`;
      if (given.current.has(key)) continue;
      given.current.add(key);
      void source.send({ kind: "NotificationReceived", audience, body: { notification: notification.id } });
    }
  });
  const calls = rows.filter((row) => row.waits === "acknowledge" && isAtDesk(row)).length;
  // The desk says it itself, and in more words.
  if (calls === 0 || atDeskPage) return null;
  return (
    <p className="watch-call" role="alert">
      <Link params={{ caseId: source.id }} to="/case/$caseId/desk">
        {t("desk.calls", { count: calls })}
      </Link>
    </p>
  );
}
