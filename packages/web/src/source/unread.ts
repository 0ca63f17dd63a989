/** Where something was said since this seat last looked, in this browser. Kept on the device: how far one has read is told to nobody. */
import { itemsOf, type Statement } from "@parley/core";
import type { LogId } from "@parley/ledger";
import { useEffect, useSyncExternalStore } from "react";
import { useCase, useSnapshot } from "./case-context.tsx";
import { keepReadTo, readTo } from "./read-to.ts";
import { useView } from "./view.ts";

/** A channel by its log; what is said on the record to everybody at the table has none. */
export type ChannelId = LogId | "plenary";

interface Word {
  readonly mine: boolean;
  readonly at: string;
}

const listeners = new Set<() => void>();
let changes = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Words on no contact in particular; expectations and accounts of contacts stand on their own pages. */
export function usePlenary(): readonly Statement[] {
  const { rooms } = useView();
  return itemsOf(rooms.table.statements).filter(
    ({ form, contact, appointment }) =>
      form === "statement" && contact === undefined && appointment === undefined,
  );
}

/** How many words of others are new, by channel; none where there are none. */
export function useUnread(): ReadonlyMap<ChannelId, number> {
  const { circles, sitting } = useSnapshot();
  const plenary = usePlenary();
  const place = usePlace();
  useSyncExternalStore(subscribe, () => changes);
  if (!sitting) return new Map();
  const { seat, member } = sitting;
  const said: readonly (readonly [ChannelId, readonly Word[]])[] = [
    ["plenary", plenary.map(({ by, at }) => ({ mine: by === seat, at }))],
    ...[...circles]
      .filter(([, { state }]) => state.seats.includes(seat))
      .map(
        ([log, { state }]) =>
          [log, itemsOf(state.messages).map(({ by, at }) => ({ mine: by === member, at }))] as const,
      ),
  ];
  return new Map(
    said.flatMap(([channel, words]) => {
      const read = readTo(place(channel)) ?? "";
      const count = words.filter(({ mine, at }) => !mine && at > read).length;
      return count > 0 ? [[channel, count] as const] : [];
    }),
  );
}

export function useUnreadCount(): number {
  return [...useUnread().values()].reduce((all, one) => all + one, 0);
}

/** Whoever has the channel open has read it up to its last word. */
export function useReading(channel: ChannelId, last: string | undefined): void {
  const place = usePlace()(channel);
  useEffect(() => {
    if (last === undefined || last <= (readTo(place) ?? "")) return;
    keepReadTo(place, last);
    changes += 1;
    for (const listener of listeners) listener();
  }, [place, last]);
}

function usePlace(): (channel: ChannelId) => string {
  const { id } = useCase();
  const { sitting } = useSnapshot();
  return (channel) => `parley.heard ${id} ${sitting?.device ?? ""} ${channel}`;
}
