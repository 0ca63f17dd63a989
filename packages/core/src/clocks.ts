/**
 * How a notification stands by its clocks, at a time at hand; never folded. All times are the keeper's: the sender's word
 * and the addressee's word for when something happened are not asked, so no side's clock can change a reading.
 *
 * That a message was sent, reached a device, was acknowledged and answered, and in which order, is signed by those who did
 * it. That so much time passed between is the keeper's word alone: `onKeepersWord` lists what rests on that.
 */
import { itemsOf } from "./register.ts";
import type { Appointment, Format, Notification, Room } from "./room.ts";
import { instantMs } from "./time.ts";

export type Delivery = "sent" | "undelivered" | "received" | "acknowledged" | "replied";

/** What is said of a notification because of the time that passed. */
export type TimedClaim =
  | "undelivered"
  | "acknowledgeOverdue"
  | "replyOverdue"
  | "meetingOverdue"
  | "answeredLate"
  | "metLate";

export interface ClockReading {
  readonly delivery: Delivery;
  /** Milliseconds until it must have reached a device, be acknowledged, answered, met; negative when late. */
  readonly receiveLeft?: number;
  readonly acknowledgeLeft?: number;
  readonly replyLeft?: number;
  readonly meetLeft?: number;
  readonly acknowledgeOverdue: boolean;
  readonly replyOverdue: boolean;
  readonly meetingOverdue: boolean;
  readonly answeredLate: boolean;
  /** The contact that was asked for was held, but began after its time. */
  readonly metLate: boolean;
  /** Whether anything is undelivered or overdue that can still be done. */
  readonly outstanding: boolean;
  /** What the agreed procedure names, once anything is undelivered, overdue or was late. */
  readonly next?: string;
  /** Which of these claims rest on the keeper's clock and on nothing that a party signed. */
  readonly onKeepersWord: readonly TimedClaim[];
}

const minuteMs = 60_000;

/** `meeting`: the contact that it asked for (`meetingFor`), if there is one. It was met once that was held. */
export function readClocks(
  notification: Notification,
  { clocks, next }: Format,
  at: string,
  meeting?: Pick<Appointment, "begins" | "held">,
): ClockReading {
  const { received, acknowledged, replied } = notification;
  const now = instantMs(at);
  const due = (minutes: number | undefined, from: string | undefined): number | undefined =>
    minutes === undefined || from === undefined ? undefined : instantMs(from) + minutes * minuteMs;
  const receiveDue = due(clocks.receive, notification.at);
  const acknowledgeDue = due(clocks.acknowledge, received?.at);
  const replyDue = due(clocks.reply, received?.at);
  const meetDue = due(clocks.meet, received?.at);
  const past = (deadline: number | undefined, when: number): boolean =>
    deadline !== undefined && when > deadline;
  const met = meeting?.held === undefined ? undefined : instantMs(meeting.begins);
  const claims: { readonly [Claim in TimedClaim]: boolean } = {
    undelivered: !received && past(receiveDue, now),
    acknowledgeOverdue: !acknowledged && !replied && past(acknowledgeDue, now),
    replyOverdue: !replied && past(replyDue, now),
    meetingOverdue: met === undefined && past(meetDue, now),
    answeredLate: replied !== undefined && past(replyDue, instantMs(replied.at)),
    metLate: met !== undefined && past(meetDue, met),
  };
  const left = (name: string, deadline: number | undefined, done: boolean): object =>
    deadline === undefined || done ? {} : { [name]: deadline - now };
  const { undelivered, ...others } = claims;
  const onKeepersWord = (Object.keys(claims) as TimedClaim[]).filter((claim) => claims[claim]);
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
    ...left("receiveLeft", receiveDue, received !== undefined),
    ...left("acknowledgeLeft", acknowledgeDue, acknowledged !== undefined || replied !== undefined),
    ...left("replyLeft", replyDue, replied !== undefined),
    ...left("meetLeft", meetDue, met !== undefined),
    ...others,
    outstanding: onKeepersWord.some((claim) => claim !== "answeredLate" && claim !== "metLate"),
    ...(onKeepersWord.length > 0 ? { next } : {}),
    onKeepersWord,
  };
}

/** When a channel was last used and last tested: the last message received on it, and the last test that was had. */
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
