/** Things of all rooms that the sitting seat is given, each with the room it is in: what refers to it goes there too. */
import { itemsOf, type Register, type Room, type RoomName } from "@parley/core";
import type { EventId } from "@parley/ledger";
import { useEffect, useMemo, useState } from "react";
import { useCase } from "./case-context.tsx";
import { useView } from "./view.ts";

export interface Placed<V> {
  readonly item: V;
  readonly room: Room;
  readonly audience: RoomName;
}

const rooms: readonly RoomName[] = ["public", "consulted", "table"];

export function usePlaced<V extends { readonly id: EventId }>(
  pick: (room: Room) => Register<V>,
): readonly Placed<V>[] {
  const view = useView();
  return useMemo(
    () =>
      rooms.flatMap((audience) =>
        itemsOf(pick(view.rooms[audience])).map((item) => ({ item, room: view.rooms[audience], audience })),
      ),
    [view, pick],
  );
}

/** The keeper's time, once a second. */
export function useNow(): string {
  const source = useCase();
  const [now, setNow] = useState(() => source.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(source.now()), 1000);
    return () => clearInterval(timer);
  }, [source]);
  return new Date(now).toISOString();
}
