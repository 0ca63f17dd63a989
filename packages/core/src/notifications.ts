/**
 * Exchange of information: formats on which the parties agree, channels between two of them, and notifications in those
 * formats. A notification is prepared and checked before it enters the log: a second officer of the same delegation signs
 * the very words, and the sending carries that signature. Receipt is a device's, acknowledgement an officer's, a reply is
 * a notification that answers another. How long is left is asked with the time at hand: `clocks.ts`.
 */
import type { CaseId } from "@parley/ledger/event";
import { messageBytes } from "@parley/ledger/event";
import { allPrincipals, authorOf } from "./people.ts";
import { find, including, put } from "./record.ts";
import { firstOf, refuse, type Verdict } from "./refusal.ts";
import { enter, itemOf, itemsOf } from "./register.ts";
import type { Format, FormatField, Notification, Room } from "./room.ts";
import type { Act, RoomRule, RoomRules, Verify } from "./rule.ts";
import type { BodyOf } from "./shape.ts";
import type { People } from "./state.ts";
import { givenTo, voiceOf } from "./voice.ts";

const messageShape = {
  channel: "id",
  format: "id",
  to: "seat",
  fields: { "*": "text" },
  "answers?": "id",
} as const;

export const notificationShapes = {
  FormatProposed: {
    code: "slug",
    purpose: "test | notice | incident | clarification | reply | meeting",
    languages: ["language"],
    fields: [
      {
        field: "slug",
        type: "text | time | count | place | code",
        "required?": "yes",
        labels: { "*": "name" },
        "codes?": { "*": { "*": "name" } },
      },
    ],
    clocks: { "receive?": "count", "acknowledge?": "count", "reply?": "count", "meet?": "count" },
    next: "text",
  },
  FormatAccepted: { format: "id" },
  ChannelOpened: { name: "name", parties: ["seat"] },
  ChannelPostNamed: { channel: "id", post: "id" },
  ChannelStateStated: {
    channel: "id",
    status: "untested | tested | degraded | suspended | inUse",
    "note?": "text",
  },
  NotificationSent: {
    message: messageShape as typeof messageShape,
    check: { device: "device", signature: "signature" },
  },
  NotificationReceived: { notification: "id" },
  NotificationAcknowledged: { notification: "id" },
} as const;

type Rule<Kind extends keyof typeof notificationShapes> = RoomRule<BodyOf<(typeof notificationShapes)[Kind]>>;
type Message = BodyOf<typeof messageShape>;

/** What the second officer signs, under `parley-check/1`. */
export function checkMessage(caseId: CaseId, message: Message): Uint8Array {
  return messageBytes("parley-check/1", { case: caseId, message });
}

const formatProposed: Rule<"FormatProposed"> = {
  admit: (room, body) =>
    firstOf(
      () =>
        itemsOf(room.formats).some(({ code, inForce }) => inForce && code === body.code)
          ? refuse("already-open", `A format with the code "${body.code}" is in force.`)
          : undefined,
      () =>
        new Set(body.fields.map(({ field }) => field)).size === body.fields.length
          ? undefined
          : refuse("bad-body", "Two fields of the format have the same name."),
      ...body.fields.map((field) => () => fieldHolds(field, body.languages)),
    ),
  apply: (room, body, act) => {
    const format: Format = { ...body, ...voiceOf({}, act), acceptedBy: [], inForce: false };
    return { ...room, formats: enter(room.formats, format) };
  },
};

/** A coded field has its codes, and every label and code is there in each of the format's languages. */
function fieldHolds({ field, type, labels, codes }: FormatField, languages: readonly string[]): Verdict {
  if ((type === "code") !== (codes !== undefined)) {
    return refuse("bad-body", `Field "${field}" has codes exactly if its type is code.`);
  }
  const missing = [labels, ...Object.values(codes ?? {})].some((words) =>
    languages.some((language) => !Object.hasOwn(words, language)),
  );
  return missing
    ? refuse("bad-body", `Field "${field}" has no words in one of the languages ${languages.join(", ")}.`)
    : undefined;
}

const formatAccepted: Rule<"FormatAccepted"> = {
  admit: (room, body, act) => {
    const format = itemOf(room.formats, body.format);
    if (!format) return refuse("not-found", "There is no such format in this audience.");
    return format.acceptedBy.includes(act.seat.id)
      ? refuse("already-done", "Your delegation has accepted this format already.")
      : undefined;
  },
  apply: (room, body, act, people) => {
    const format = itemOf(room.formats, body.format);
    if (!format) return room;
    const acceptedBy = including(format.acceptedBy, act.seat.id);
    const inForce = format.inForce || allPrincipals(people, acceptedBy);
    return { ...room, formats: enter(room.formats, { ...format, acceptedBy, inForce }) };
  },
};

const channelOpened: Rule<"ChannelOpened"> = {
  admit: (_room, body, act, people) =>
    firstOf(
      () => givenTo(people, body.parties, act),
      () =>
        new Set(body.parties).size === 2 && body.parties.length === 2 && body.parties.includes(act.seat.id)
          ? undefined
          : refuse("bad-body", "A channel is between two parties, of which its opener is one."),
    ),
  apply: (room, body, act) => ({
    ...room,
    channels: enter(room.channels, { ...body, ...voiceOf({}, act), states: {}, posts: {} }),
  }),
};

/** Which of a party's posts serves the channel. */
const channelPostNamed: Rule<"ChannelPostNamed"> = {
  admit: (room, body, act, people) =>
    firstOf(
      () => onChannel(room, body.channel, act),
      () =>
        find(people.posts, body.post)?.seat === act.seat.id
          ? undefined
          : refuse("not-yours", "A channel is served by a post of your own delegation."),
    ),
  apply: (room, body, act) => {
    const channel = itemOf(room.channels, body.channel);
    if (!channel) return room;
    const posts = put(channel.posts, act.seat.id, body.post);
    return { ...room, channels: enter(room.channels, { ...channel, posts }) };
  },
};

/** Whether this person is at the desk that their party named for the channel, or heads the delegation. */
function atDesk(room: Room, id: string, act: Act, people: People): Verdict {
  const post = find(itemOf(room.channels, id)?.posts ?? {}, act.seat.id);
  const holders = post === undefined ? undefined : find(people.posts, post)?.holders;
  return !holders || holders.includes(act.member.id) || act.member.role === "head"
    ? undefined
    : refuse("wrong-role", "The post that serves this channel is held by others now.");
}

const channelStateStated: Rule<"ChannelStateStated"> = {
  admit: (room, body, act) => onChannel(room, body.channel, act),
  apply: (room, body, act) => {
    const channel = itemOf(room.channels, body.channel);
    if (!channel) return room;
    const { channel: _, ...said } = body;
    const states = put(channel.states, act.seat.id, { ...said, at: act.at });
    return { ...room, channels: enter(room.channels, { ...channel, states }) };
  },
};

function onChannel(room: Room, id: string, act: Act): Verdict {
  const channel = itemOf(room.channels, id);
  if (!channel) return refuse("not-found", "There is no such channel in this audience.");
  return channel.parties.includes(act.seat.id)
    ? undefined
    : refuse("not-yours", "This channel is between other parties.");
}

const sent: Rule<"NotificationSent"> = {
  admit: (room, { message, check }, act, people, verify) =>
    firstOf(
      () => onChannel(room, message.channel, act),
      () => atDesk(room, message.channel, act, people),
      () =>
        message.to !== act.seat.id && itemOf(room.channels, message.channel)?.parties.includes(message.to)
          ? undefined
          : refuse("wrong-seat", `The other party of this channel is not "${message.to}".`),
      () => inFormat(room, message),
      () => answersOther(room, message, act),
      () => secondOfficer(people, check, act),
      () => checked(people, message, check, act, verify),
    ),
  apply: (room, { message, check }, act) => {
    const notification: Notification = { ...message, ...voiceOf({}, act), checkedBy: check.device };
    const replied = answered(room, message, act);
    return { ...room, notifications: enter(replied, notification) };
  },
};

function inFormat(room: Room, message: Message): Verdict {
  const format = itemOf(room.formats, message.format);
  if (!format) return refuse("not-found", "There is no such format in this audience.");
  if (!format.inForce)
    return refuse("not-agreed", `Not every principal has accepted the format "${format.code}".`);
  const known = new Map(format.fields.map((field) => [field.field, field]));
  const unknown = Object.keys(message.fields).find((field) => !known.has(field));
  if (unknown !== undefined)
    return refuse("bad-body", `The format "${format.code}" has no field "${unknown}".`);
  for (const field of format.fields) {
    const value = Object.hasOwn(message.fields, field.field) ? message.fields[field.field] : undefined;
    const fault = value === undefined ? field.required && "is required" : valueFault(field, value);
    if (fault) return refuse("bad-body", `The field "${field.field}" ${fault}.`);
  }
  return undefined;
}

const timeForm = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

function valueFault({ type, codes }: FormatField, value: string): string | undefined {
  if (type === "time" && !timeForm.test(value)) return "is a time such as 2025-02-18T07:30:00.000Z";
  if (type === "count" && !/^(0|[1-9]\d{0,8})$/.test(value)) return "is a whole number";
  if (type === "place" && value.length > 200) return "is a place of at most 200 characters";
  return type === "code" && !Object.hasOwn(codes ?? {}, value)
    ? `is one of ${Object.keys(codes ?? {}).join(", ")}`
    : undefined;
}

/** A reply answers what was sent to its author on the same channel, and a format for replies is for nothing else. */
function answersOther(room: Room, { answers, channel, format, to }: Message, act: Act): Verdict {
  const reply = itemOf(room.formats, format)?.purpose === "reply";
  if (answers === undefined) {
    return reply ? refuse("bad-body", "A reply names the notification that it answers.") : undefined;
  }
  const other = itemOf(room.notifications, answers);
  return other?.channel === channel && other.by === to && other.to === act.seat.id
    ? undefined
    : refuse("not-found", "No such notification was sent to you by that party on this channel.");
}

type Check = BodyOf<typeof notificationShapes.NotificationSent>["check"];

function secondOfficer(people: People, check: Check, act: Act): Verdict {
  const second = authorOf(people, check.device);
  const inUse = second?.member.present && !second.device.revoked && !second.device.recovery;
  if (!inUse || second.seat.id !== act.seat.id) {
    return refuse(
      "not-yours",
      "It is checked by a present member of your own delegation with a device in use.",
    );
  }
  if (second.member.id === act.member.id) {
    return refuse("second-officer", "Whoever sends does not check it too: a second officer does.");
  }
  return ["head", "deputy", "watchOfficer"].includes(second.member.role)
    ? undefined
    : refuse("wrong-role", "It is checked by a head, a deputy or a watch officer.");
}

function checked(people: People, message: Message, check: Check, act: Act, verify: Verify): Verdict {
  const key = authorOf(people, check.device)?.device.keys.signing ?? "";
  return verify(key, checkMessage(act.caseId, message), check.signature)
    ? undefined
    : refuse("bad-signature", "The second officer did not sign these words.");
}

function answered(room: Room, { answers, format }: Message, act: Act): Room["notifications"] {
  const other = answers === undefined ? undefined : itemOf(room.notifications, answers);
  const reply = itemOf(room.formats, format)?.purpose === "reply";
  if (!other || other.replied || !reply) return room.notifications;
  return enter(room.notifications, { ...other, replied: { at: act.at, id: act.id } });
}

function addressed(mark: "received" | "acknowledged"): Rule<"NotificationReceived"> {
  return {
    admit: (room, body, act, people) => {
      const notification = itemOf(room.notifications, body.notification);
      if (!notification) return refuse("not-found", "There is no such notification in this audience.");
      if (notification.to !== act.seat.id)
        return refuse("not-yours", "This notification is not for your party.");
      if (notification[mark]) return refuse("already-done", `This notification is ${mark} already.`);
      return mark === "acknowledged" && !notification.received
        ? refuse("not-received", "What no device has received cannot be acknowledged.")
        : atDesk(room, notification.channel, act, people);
    },
    apply: (room, body, act) => {
      const notification = itemOf(room.notifications, body.notification);
      if (!notification) return room;
      const marked = { ...notification, [mark]: { at: act.at, device: act.device.id } };
      return { ...room, notifications: enter(room.notifications, marked) };
    },
  };
}

export const notificationRules: RoomRules<typeof notificationShapes> = {
  FormatProposed: formatProposed,
  FormatAccepted: formatAccepted,
  ChannelOpened: channelOpened,
  ChannelPostNamed: channelPostNamed,
  ChannelStateStated: channelStateStated,
  NotificationSent: sent,
  NotificationReceived: addressed("received"),
  NotificationAcknowledged: addressed("acknowledged"),
};
