/** Bodies about formats, channels and notifications, drawn at random and checked by a second officer where there is one. */
import { type Body, checkMessage, type EventKind, itemOf, itemsOf, type SeatId } from "@parley/core";
import type { EventId } from "@parley/ledger/event";
import { testDevice } from "./device.ts";
import { known, type Scene } from "./scene.ts";

type NotificationKind = Extract<EventKind, `Format${string}` | `Channel${string}` | `Notification${string}`>;

/** A format with one coded field and one of text. */
export function sampleFormat(
  code: string,
  purpose: Body<"FormatProposed">["purpose"],
): Body<"FormatProposed"> {
  return {
    code,
    purpose,
    languages: ["en", "fr"],
    fields: [
      {
        field: "what",
        type: "code",
        required: true,
        labels: { en: "What", fr: "Quoi" },
        codes: { flight: { en: "A flight", fr: "Un vol" } },
      },
      { field: "note", type: "text", labels: { en: "Note", fr: "Note" } },
    ],
    clocks: { receive: 60, acknowledge: 120, reply: 2880, meet: 2880 },
    next: "A meeting within 48 hours.",
  };
}

export const notificationBodies: { readonly [Kind in NotificationKind]: (scene: Scene) => Body<Kind> } = {
  FormatProposed: ({ draw }) => ({
    ...sampleFormat(`F${draw.below(3)}`, draw.pick(["test", "notice", "reply"] as const)),
    ...(draw.chance(0.1) ? { languages: ["en", "de"] } : {}),
  }),
  FormatAccepted: (scene) => ({ format: known(scene, itemsOf(scene.room.formats)) }),
  ChannelOpened: ({ draw, seat }) => ({
    name: "Watch desks",
    parties: [seat, draw.pick(["aldia", "borea"])] as SeatId[],
  }),
  ChannelPostNamed: (scene) => {
    const posts = Object.values(scene.talks.state.people.posts);
    const ours = posts.filter(({ seat }) => seat === scene.seat);
    return {
      channel: known(scene, itemsOf(scene.room.channels)),
      post: known(scene, scene.draw.chance(0.9) ? ours : posts),
    };
  },
  ChannelStateStated: (scene) => ({
    channel: known(scene, itemsOf(scene.room.channels)),
    status: scene.draw.pick(["tested", "degraded", "suspended", "inUse"] as const),
  }),
  NotificationSent: (scene) => sending(scene),
  NotificationReceived: (scene) => ({ notification: toUs(scene) }),
  NotificationAcknowledged: (scene) => ({ notification: toUs(scene) }),
};

function toUs(scene: Scene): EventId {
  const all = itemsOf(scene.room.notifications);
  return known(scene, scene.draw.chance(0.8) ? all.filter(({ to }) => to === scene.seat) : all);
}

function sending(scene: Scene): Body<"NotificationSent"> {
  const { draw, talks, room, seat, device } = scene;
  const ours = itemsOf(room.channels).filter(({ parties }) => parties.includes(seat));
  const channel = known(scene, draw.chance(0.9) ? ours : itemsOf(room.channels));
  const to = itemOf(room.channels, channel)?.parties.find((party) => party !== seat) ?? ("borea" as SeatId);
  const inForce = itemsOf(room.formats).filter((format) => format.inForce);
  const format = known(scene, draw.chance(0.9) ? inForce : itemsOf(room.formats));
  const reply = itemOf(room.formats, format)?.purpose === "reply";
  const message = {
    channel,
    format,
    to,
    fields: draw.chance(0.9) ? { what: "flight" } : { other: "words" },
    ...(reply !== draw.chance(0.05) ? { answers: toUs(scene) } : {}),
  };
  const colleagues = talks.deviceNames.filter((name) => {
    const { people } = talks.state;
    const own = people.devices[testDevice(name).id];
    return name !== device && own && !own.recovery && people.members[own.member]?.seat === seat;
  });
  const second = testDevice(draw.pickOr(colleagues, device));
  return { message, check: { device: second.id, signature: second.sign(checkMessage(talks.case, message)) } };
}
