/** Bodies about levers, drawn at random: mostly about levers, measures and alternatives that are there. */
import { type Body, type EventKind, itemsOf } from "@parley/core";
import { brackets } from "@parley/text";
import { known, type Scene } from "./scene.ts";

const source = { by: "The Gazette", date: "2026-02-18", provenance: "stated" } as const;
const statuses = ["announced", "inForce", "suspended", "lifted"] as const;

/** A recorder gives its source, sometimes not; nobody else does, mostly. */
function recorded({ draw, talks, seat }: Scene): { readonly recorded?: typeof source } {
  const recorder = talks.state.people.seats[seat]?.kind === "recorder";
  return recorder !== draw.chance(0.05) ? { recorded: source } : {};
}

function ours(scene: Scene): Body<"LeverChanged">["lever"] {
  const all = itemsOf(scene.room.levers);
  return known(scene, scene.draw.chance(0.8) ? all.filter(({ by }) => by === scene.seat) : all);
}

type LeverKind = Extract<EventKind, `Lever${string}`>;

export const leverBodies: { readonly [Kind in LeverKind]: (scene: Scene) => Body<Kind> } = {
  LeverListed: (scene) => ({
    title: "Measures on shipping",
    form: scene.draw.pick(["sanctions", "aid", "visas", "airspace", "trade"] as const),
    ...(scene.draw.chance(0.9) ? { basis: "An order of the government." } : {}),
    status: scene.draw.pick(statuses),
    ...recorded(scene),
  }),
  LeverChanged: (scene) => ({ lever: ours(scene), status: scene.draw.pick(statuses), ...recorded(scene) }),
  LeverLinked: (scene) => {
    const { draw, room } = scene;
    const [text] = itemsOf(room.texts);
    const placed = text ? brackets(text.draft) : [];
    const one = placed.length > 0 ? draw.pick(placed) : undefined;
    const becomes = draw.pick(statuses);
    const bracket = text && {
      draft: text.id,
      bracket: one?.bracket.id ?? "nothing",
      option: one?.options[0]?.id ?? "keep",
    };
    return {
      lever: ours(scene),
      links:
        bracket && draw.chance(0.5)
          ? [{ bracket, upon: "agreed", becomes }]
          : [{ measure: known(scene, itemsOf(room.measures)), upon: "verified", becomes }],
    };
  },
};
