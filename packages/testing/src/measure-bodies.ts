/** Bodies about measures, drawn at random: mostly about measures that are there and that name the one who signs. */
import { type Body, type EventKind, itemsOf, type Mandate, type Measure } from "@parley/core";
import type { EventId } from "@parley/ledger/event";
import { known, type Scene, seatId } from "./scene.ts";

const area = {
  type: "Polygon",
  coordinates: [
    [
      [30, 45],
      [31, 45],
      [31, 46.5],
      [30, 45],
    ],
  ],
} as const;

/** Mostly a measure of which this holds. */
function measureThat(scene: Scene, holds: (measure: Measure) => boolean = () => true): EventId {
  const all = itemsOf(scene.room.measures);
  return known(scene, scene.draw.chance(0.8) ? all.filter(holds) : all);
}

const mandated = (mandate: Mandate) => (scene: Scene) => ({
  measure: measureThat(scene, ({ mandates }) => mandates[mandate].includes(scene.seat)),
  text: "As seen.",
});
const owned = (scene: Scene): { readonly measure: EventId } => ({
  measure: measureThat(scene, ({ owner }) => owner === scene.seat),
});

type MeasureKind = Extract<
  EventKind,
  | `Measure${string}`
  | `Scope${string}`
  | "StartStated"
  | "MonitoringReported"
  | "InvestigationReported"
  | "AttributionMade"
>;

export const measureBodies: { readonly [Kind in MeasureKind]: (scene: Scene) => Body<Kind> } = {
  MeasureProposed: (scene) => {
    const { draw, room } = scene;
    const some = () => [seatId(scene), scene.seat].filter(() => draw.chance(0.7));
    const earlier = itemsOf(room.measures);
    const [text] = itemsOf(room.texts);
    const suspended = {
      when: "suspension",
      measure: known(scene, earlier),
      text: "If it is suspended.",
    } as const;
    return {
      title: "Halt of strikes",
      owner: draw.chance(0.8) ? scene.seat : seatId(scene),
      obliges: "No strikes.",
      scope: draw.chance(0.9)
        ? { classes: ["power plants"], ...(draw.chance(0.5) ? { area } : {}) }
        : { classes: [] },
      ...(draw.chance(0.3) ? { end: scene.talks.later(30) } : {}),
      mandates: {
        monitoring: some(),
        verification: some(),
        investigation: some(),
        attribution: some(),
      },
      answers: earlier.length > 0 ? [{ measure: known(scene, earlier), order: "after" }] : [],
      releases: earlier.length > 0 ? [suspended] : [{ when: "date", text: "On that day." }],
      ...(text && draw.chance(0.3)
        ? { clause: { draft: text.id, clause: draw.pick(["halt", "nothing"]) } }
        : {}),
    };
  },
  ScopeProposed: (scene) => ({
    measure: measureThat(scene),
    scope: { classes: ["ports"] },
    reason: "Ports too.",
  }),
  ScopeAccepted: (scene) => ({ measure: measureThat(scene), version: scene.draw.below(2) }),
  MeasureUndertaken: owned,
  StartStated: (scene) => ({ measure: measureThat(scene), start: scene.talks.later(scene.draw.below(3)) }),
  MeasureReported: (scene) => ({ ...owned(scene), text: "It is done." }),
  MonitoringReported: mandated("monitoring"),
  MeasureVerified: (scene) => ({
    ...mandated("verification")(scene),
    finding: scene.draw.pick(["complied", "notComplied", "inconclusive"] as const),
  }),
  InvestigationReported: mandated("investigation"),
  AttributionMade: (scene) => ({ ...mandated("attribution")(scene), to: seatId(scene) }),
  MeasureDisputed: (scene) => ({ measure: measureThat(scene), reason: "Strikes were seen." }),
  MeasureSuspended: (scene) => ({ ...owned(scene), reason: "It was violated." }),
  MeasureResumed: owned,
};
