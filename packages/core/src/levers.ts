/**
 * Levers: sanctions, aid, visas, airspace and the like, as things with an owner, a legal basis, a date and a state, and what
 * the owner ties them to: an alternative in a text, or a measure. So relief for compliance is one picture: what is in force,
 * what would ease it, and whether that has come. Nothing here moves by itself; every change of state is an act of its owner.
 */
import { brackets } from "@parley/text";
import { firstOf, refuse, type Verdict } from "./refusal.ts";
import { enter, itemOf } from "./register.ts";
import type { Lever, LeverLink, Room } from "./room.ts";
import type { Act, RoomRule, RoomRules } from "./rule.ts";
import type { BodyOf } from "./shape.ts";
import { voiceOf } from "./voice.ts";

export const leverShapes = {
  LeverListed: {
    title: "name",
    form: "sanctions | aid | visas | airspace | trade | other",
    "of?": "seat",
    "basis?": "text",
    "since?": "date",
    status: "announced | inForce | suspended | lifted | notStated",
    "recorded?": "source",
  },
  LeverChanged: {
    lever: "id",
    status: "announced | inForce | suspended | lifted",
    "since?": "date",
    "note?": "text",
    "recorded?": "source",
  },
  LeverLinked: {
    lever: "id",
    links: [
      {
        "bracket?": { draft: "id", bracket: "slug", option: "slug" },
        "measure?": "id",
        upon: "agreed | undertaken | verified | suspended",
        becomes: "announced | inForce | suspended | lifted",
      },
    ],
  },
} as const;

type Rule<Kind extends keyof typeof leverShapes> = RoomRule<BodyOf<(typeof leverShapes)[Kind]>>;

const listed: Rule<"LeverListed"> = {
  admit: (_room, body) =>
    (body.basis === undefined || body.status === "notStated") && !body.recorded
      ? refuse(
          "bad-body",
          "A lever has a legal basis and a state; only what is reported elsewhere may lack them.",
        )
      : undefined,
  apply: (room, body, act) => {
    const { recorded: _, of: __, status, since, ...rest } = body;
    const state = { status, at: act.at, ...(since === undefined ? {} : { since }) };
    const lever: Lever = { ...rest, ...voiceOf(body, act), states: [state], links: [] };
    return { ...room, levers: enter(room.levers, lever) };
  },
};

const changed: Rule<"LeverChanged"> = {
  admit: (room, { lever }, act) => byItsVoice(room, lever, act),
  apply: (room, { lever: id, recorded: _, ...state }, act) =>
    inLever(room, id, (lever) => ({ ...lever, states: [...lever.states, { ...state, at: act.at }] })),
};

/** All links at once: the last list counts. */
const linked: Rule<"LeverLinked"> = {
  admit: (room, { lever, links }, act) =>
    firstOf(() => byItsVoice(room, lever, act), ...links.map((link) => () => linkHolds(room, link))),
  apply: (room, { lever: id, links }, act) =>
    inLever(room, id, (lever) => ({ ...lever, links: links.map((link) => ({ ...link, at: act.at })) })),
};

/** Whoever put it on record: its owner, or a recorder that gives a source for each change. */
function byItsVoice(room: Room, id: string, act: Act): Verdict {
  const lever = itemOf(room.levers, id);
  if (!lever) return refuse("not-found", "There is no such lever in this audience.");
  return lever.by === act.seat.id
    ? undefined
    : refuse("not-yours", "A lever is changed and tied by whoever listed it.");
}

function linkHolds(room: Room, { bracket, measure, upon }: Omit<LeverLink, "at">): Verdict {
  if ((bracket === undefined) === (measure === undefined)) {
    return refuse("bad-body", "A link names an alternative of a text or a measure, one of the two.");
  }
  if ((bracket !== undefined) !== (upon === "agreed")) {
    return refuse("bad-body", "An alternative is agreed; a measure is undertaken, verified or suspended.");
  }
  if (measure !== undefined) {
    return itemOf(room.measures, measure)
      ? undefined
      : refuse("not-found", "There is no such measure in this audience.");
  }
  const text = itemOf(room.texts, bracket?.draft ?? "");
  const placed = text && brackets(text.draft).find((one) => one.bracket.id === bracket?.bracket);
  return placed?.options.some(({ id }) => id === bracket?.option)
    ? undefined
    : refuse("not-found", "There is no such alternative in a text of this audience.");
}

function inLever(room: Room, id: string, change: (lever: Lever) => Lever): Room {
  const lever = itemOf(room.levers, id);
  return lever ? { ...room, levers: enter(room.levers, change(lever)) } : room;
}

export const leverRules: RoomRules<typeof leverShapes> = {
  LeverListed: listed,
  LeverChanged: changed,
  LeverLinked: linked,
};
