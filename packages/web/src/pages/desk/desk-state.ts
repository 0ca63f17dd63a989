/** What a watch desk must know: every notification with its clocks, what waits for this desk, and whether one is at it. */
import {
  type Body,
  type Channel,
  type ClockReading,
  type Format,
  itemOf,
  meetingFor,
  type Notification,
  type Post,
  type Room,
  type RoomName,
  readClocks,
  startingFormats,
} from "@parley/core";
import { canonicalJson, type EventId } from "@parley/ledger";
import { useMemo } from "react";
import { type Placed, usePlaced } from "../../source/beside.ts";
import { useSnapshot } from "../../source/case-context.tsx";

export interface Row {
  readonly notification: Notification;
  readonly format: Format;
  readonly room: Room;
  readonly audience: RoomName;
  readonly reading: ClockReading;
  readonly toUs: boolean;
  /** What this desk has to do about it. */
  readonly waits: "acknowledge" | "reply" | "chase" | undefined;
}

const notifications = (room: Room): Room["notifications"] => room.notifications;
const channels = (room: Room): Room["channels"] => room.channels;
const formats = (room: Room): Room["formats"] => room.formats;

export function useChannels(): readonly Placed<Channel>[] {
  return usePlaced(channels);
}

/** The channels of our side: one with each party that it has a line with. */
export function useLines(): readonly Placed<Channel>[] {
  const seat = useSnapshot().sitting?.seat;
  return useChannels().filter(({ item }) => seat !== undefined && item.parties.includes(seat));
}

export function useFormats(): readonly Placed<Format>[] {
  return usePlaced(formats);
}

/** What waits for this desk first, the nearest deadline before the others; then the rest, the newest first. */
export function useRows(now: string): readonly Row[] {
  const all = usePlaced(notifications);
  const seat = useSnapshot().sitting?.seat;
  return useMemo(() => {
    const rows = all.flatMap(({ item, room, audience }): Row[] => {
      const format = itemOf(room.formats, item.format);
      if (!format) return [];
      const reading = readClocks(item, format, now, meetingFor(room, item.id));
      const toUs = item.to === seat;
      return [
        {
          notification: item,
          format,
          room,
          audience,
          reading,
          toUs,
          waits: waitsOf(item, format, reading, toUs, item.by === seat),
        },
      ];
    });
    const rank = ({ waits }: Row) => (waits === undefined ? 1 : 0);
    return rows.sort(
      (a, b) =>
        rank(a) - rank(b) ||
        (a.waits ? leastLeft(a.reading) - leastLeft(b.reading) : 0) ||
        (a.notification.at < b.notification.at ? 1 : -1),
    );
  }, [all, now, seat]);
}

function waitsOf(
  { acknowledged, replied, received }: Notification,
  { clocks }: Format,
  reading: ClockReading,
  toUs: boolean,
  byUs: boolean,
): Row["waits"] {
  if (toUs && received && !acknowledged && !replied) return "acknowledge";
  if (toUs && received && clocks.reply !== undefined && !replied) return "reply";
  return byUs && reading.outstanding ? "chase" : undefined;
}

/** The clock that runs out first, in milliseconds. */
function leastLeft({ receiveLeft, acknowledgeLeft, replyLeft, meetLeft }: ClockReading): number {
  return Math.min(...[receiveLeft, acknowledgeLeft, replyLeft, meetLeft].map((left) => left ?? Infinity));
}

export interface OurPost {
  readonly post: Post | undefined;
  /** Holds the post that serves this channel, or no post does and one is a watch officer. */
  readonly atDesk: boolean;
}

/** Our side of a channel. */
export function useOurPost(): (channel: Channel) => OurPost {
  const { state, sitting } = useSnapshot();
  return (channel) => {
    const id = sitting && channel.posts[sitting.seat];
    const post = id === undefined ? undefined : state.people.posts[id];
    const member = sitting && state.people.members[sitting.member];
    const holds = post
      ? post.holders.some((one) => one === sitting?.member)
      : member?.role === "watchOfficer";
    return { post, atDesk: holds };
  };
}

/** Whether this format is one of the starting set, word for word: what carries the code of one can be another. */
export function isStarting({
  code,
  purpose,
  languages,
  fields,
  clocks,
  next,
}: Body<"FormatProposed">): boolean {
  const body = plain({ code, purpose, languages, fields, clocks, next });
  return startingFormats.some((one) => plain(one) === body);
}

const plain = (value: object): string => canonicalJson(JSON.parse(JSON.stringify(value)));

export function rowOf(rows: readonly Row[], id: EventId | undefined): Row | undefined {
  return rows.find(({ notification }) => notification.id === id);
}
