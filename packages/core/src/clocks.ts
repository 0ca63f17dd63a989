/**
 * How a notification stands by its clocks, at a time at hand; never folded. All times are the keeper's: the sender's word
 * and the addressee's word for when something happened are not asked, so what is said here rests on the keeper's clock.
 */
import { itemsOf } from "./register.ts";
import type { Format, Notification, Room } from "./room.ts";
import { instantMs } from "./time.ts";

export type Delivery = "sent" | "undelivered" | "received" | "acknowledged" | "replied";

export interface ClockReading {
  readonly delivery: Delivery;
  /** Milliseconds until the reply is due; negative when it is late. Undefined where no reply is due. */
  readonly replyLeft?: number;
  readonly acknowledgeOverdue: boolean;
  readonly replyOverdue: boolean;
  readonly meetingOverdue: boolean;
  readonly answeredLate: boolean;
  /** What the agreed procedure names, once anything is overdue or undelivered. */
  readonly next?: string;
}

const minuteMs = 60_000;

/** `met`: whether the contact that was asked for has been held. */
export function readClocks(
  notification: Notification,
  { clocks, next }: Format,
  at: string,
  met = false,
): ClockReading {
  const { received, acknowledged, replied } = notification;
  const late = (minutes: number | undefined, from: string | undefined, done: string = at): boolean =>
    minutes !== undefined && from !== undefined && instantMs(done) - instantMs(from) > minutes * minuteMs;
  const undelivered = !received && late(clocks.receive, notification.at);
  const acknowledgeOverdue = !acknowledged && !replied && late(clocks.acknowledge, received?.at);
  const replyOverdue = !replied && late(clocks.reply, received?.at);
  const meetingOverdue = !met && late(clocks.meet, received?.at);
  const replyLeft =
    clocks.reply !== undefined && received && !replied
      ? instantMs(received.at) + clocks.reply * minuteMs - instantMs(at)
      : undefined;
  return {
    delivery: replied
      ? "replied"
      : acknowledged
        ? "acknowledged"
        : received
          ? "received"
          : undelivered
            ? "undelivered"
            : "sent",
    ...(replyLeft === undefined ? {} : { replyLeft }),
    acknowledgeOverdue,
    replyOverdue,
    meetingOverdue,
    answeredLate: replied !== undefined && late(clocks.reply, received?.at, replied.at),
    ...(undelivered || acknowledgeOverdue || replyOverdue || meetingOverdue ? { next } : {}),
  };
}

/** When a channel was last used and last tested: the last message received on it, and the last test that was answered or had. */
export function lastUses(room: Room, channel: string): { readonly used?: string; readonly tested?: string } {
  const purposes = new Map(itemsOf(room.formats).map(({ id, purpose }) => [id, purpose]));
  let used: string | undefined;
  let tested: string | undefined;
  for (const { channel: on, received, format } of itemsOf(room.notifications)) {
    if (on !== channel || !received) continue;
    if (used === undefined || received.at > used) used = received.at;
    if (purposes.get(format) === "test" && (tested === undefined || received.at > tested))
      tested = received.at;
  }
  return { ...(used === undefined ? {} : { used }), ...(tested === undefined ? {} : { tested }) };
}
