/**
 * Measures: what a party undertakes to do or to leave, with its scope, its start as each party dates it, who verifies it,
 * what it answers and what releases from it. It may come from a clause of a text or stand alone.
 *
 * Monitoring, verification, investigation and attribution are four acts, each for the seats that the measure names for it:
 * whoever watches does not thereby find, and whoever finds does not thereby blame. Nothing here judges the acts; whether a
 * measure has lapsed is asked with the time at hand and never folded.
 */
import { clauses } from "@parley/text";
import { holdsStance } from "./people.ts";
import { find, including, put } from "./record.ts";
import { firstOf, refuse, type Verdict } from "./refusal.ts";
import { enter, itemOf } from "./register.ts";
import type { Measure, Room } from "./room.ts";
import type { Act, RoomRule, RoomRules } from "./rule.ts";
import { areaFault } from "./scope-area.ts";
import type { BodyOf } from "./shape.ts";
import { givenTo, voiceOf } from "./voice.ts";

const scopeShape = { classes: ["name"], "area?": "object", "note?": "text" } as const;

export const measureShapes = {
  MeasureProposed: {
    title: "name",
    owner: "seat",
    obliges: "text",
    scope: scopeShape as typeof scopeShape,
    "end?": "time",
    mandates: {
      monitoring: ["seat"],
      verification: ["seat"],
      investigation: ["seat"],
      attribution: ["seat"],
    },
    "evidence?": "text",
    answers: [{ measure: "id", order: "after | together" }],
    releases: [
      { when: "date | suspension | violation | finding", "measure?": "id", "by?": "seat", text: "text" },
    ],
    "clause?": { draft: "id", clause: "slug" },
  },
  ScopeProposed: { measure: "id", scope: scopeShape as typeof scopeShape, reason: "text" },
  ScopeAccepted: { measure: "id", version: "count" },
  MeasureUndertaken: { measure: "id" },
  StartStated: { measure: "id", start: "time" },
  MeasureReported: { measure: "id", text: "text", "evidence?": "text" },
  MonitoringReported: { measure: "id", text: "text", "evidence?": "text" },
  MeasureVerified: {
    measure: "id",
    finding: "complied | notComplied | inconclusive",
    text: "text",
    "evidence?": "text",
  },
  InvestigationReported: { measure: "id", text: "text", "evidence?": "text" },
  AttributionMade: { measure: "id", to: "seat", text: "text", "evidence?": "text" },
  MeasureDisputed: { measure: "id", reason: "text" },
  MeasureSuspended: { measure: "id", reason: "text" },
  MeasureResumed: { measure: "id" },
} as const;

type Rule<Kind extends keyof typeof measureShapes> = RoomRule<BodyOf<(typeof measureShapes)[Kind]>>;
type Proposal = BodyOf<typeof measureShapes.MeasureProposed>;

const proposed: Rule<"MeasureProposed"> = {
  admit: (room, body, act, people) =>
    firstOf(
      () => {
        const owner = find(people.seats, body.owner);
        if (!owner) return refuse("not-found", `There is no seat "${body.owner}".`);
        return holdsStance(owner)
          ? undefined
          : refuse("wrong-seat", "A measure is undertaken by a principal or an affected party.");
      },
      () => givenTo(people, [body.owner, ...Object.values(body.mandates).flat()], act),
      () => scopeHolds(body.scope),
      () => linksHold(room, body),
      () => clauseHolds(room, body),
    ),
  apply: (room, { scope, ...body }, act) => {
    const voice = voiceOf({}, act);
    const measure: Measure = {
      ...body,
      ...voice,
      scopes: [{ ...scope, by: act.seat.id, at: act.at, acceptedBy: [act.seat.id] }],
      starts: {},
      acts: [],
    };
    return { ...room, measures: enter(room.measures, measure) };
  },
};

function linksHold(room: Room, { answers, releases }: Proposal): Verdict {
  const named = [
    ...answers.map(({ measure }) => measure),
    ...releases.flatMap(({ measure }) => measure ?? []),
  ];
  if (named.some((id) => !itemOf(room.measures, id))) return noMeasure();
  const other = releases.find(
    ({ when, measure }) => (when === "suspension" || when === "violation") !== (measure !== undefined),
  );
  return other
    ? refuse(
        "bad-body",
        `A release by ${other.when} ${other.measure ? "names no" : "names the other"} measure.`,
      )
    : undefined;
}

function clauseHolds(room: Room, { clause }: Proposal): Verdict {
  if (!clause) return undefined;
  const text = itemOf(room.texts, clause.draft);
  if (!text) return refuse("not-found", "There is no such text in this audience.");
  return clauses(text.draft).some(({ id }) => id === clause.clause)
    ? undefined
    : refuse("not-found", `The text has no clause "${clause.clause}".`);
}

function scopeHolds(scope: BodyOf<typeof scopeShape>): Verdict {
  const fault = scope.area && areaFault(scope.area);
  if (fault) return refuse("bad-body", `scope.area ${fault}`);
  return scope.classes.length > 0 || scope.area
    ? undefined
    : refuse("bad-body", "A scope names classes of object, an area, or both.");
}

const scopeProposed: Rule<"ScopeProposed"> = {
  admit: (room, body) =>
    firstOf(
      () => (itemOf(room.measures, body.measure) ? undefined : noMeasure()),
      () => scopeHolds(body.scope),
    ),
  apply: (room, body, act) =>
    inMeasure(room, body.measure, (measure) => {
      const { id: by } = act.seat;
      const scope = { ...body.scope, reason: body.reason, by, at: act.at, acceptedBy: [by] };
      return { ...measure, scopes: [...measure.scopes, scope] };
    }),
};

const scopeAccepted: Rule<"ScopeAccepted"> = {
  admit: (room, body, act) => {
    const scope = itemOf(room.measures, body.measure)?.scopes[body.version];
    if (!scope) return refuse("not-found", "There is no such version of the scope of a measure here.");
    return scope.acceptedBy.includes(act.seat.id)
      ? refuse("already-done", "Your delegation has accepted this version already.")
      : undefined;
  },
  apply: (room, body, act) =>
    inMeasure(room, body.measure, (measure) => ({
      ...measure,
      scopes: measure.scopes.map((scope, version) =>
        version === body.version ? { ...scope, acceptedBy: including(scope.acceptedBy, act.seat.id) } : scope,
      ),
    })),
};

/** Each party dates the start for itself; where the dates differ the record says so. */
const startStated: Rule<"StartStated"> = {
  admit: (room, body) => (itemOf(room.measures, body.measure) ? undefined : noMeasure()),
  apply: (room, body, act) =>
    inMeasure(room, body.measure, (measure) => ({
      ...measure,
      starts: put(measure.starts, act.seat.id, body.start),
    })),
};

type Acts = Omit<typeof measureShapes, "MeasureProposed" | "ScopeProposed" | "ScopeAccepted" | "StartStated">;

/** An act that only stands on the record of its measure. */
function recording<Kind extends keyof Acts>(
  kind: Kind,
  may: (measure: Measure, act: Act, body: BodyOf<Acts[Kind]>) => Verdict,
): Rule<Kind> {
  return {
    admit: (room: Room, body, act: Act) => {
      const measure = itemOf(room.measures, (body as { readonly measure: string }).measure);
      return measure ? may(measure, act, body as BodyOf<Acts[Kind]>) : noMeasure();
    },
    apply: (room, body, act) => {
      const { measure: id, ...said } = body as { readonly measure: string };
      return inMeasure(room, id, (measure) => ({
        ...measure,
        acts: [...measure.acts, { ...voiceOf({}, act), ...said, kind }],
      }));
    },
  };
}

function byOwner(measure: Measure, act: Act): Verdict {
  return measure.owner === act.seat.id
    ? undefined
    : refuse("not-yours", `This is for the owner of the measure, "${measure.owner}".`);
}

function mandated(mandate: keyof Measure["mandates"]): (measure: Measure, act: Act) => Verdict {
  return (measure, act) =>
    measure.mandates[mandate].includes(act.seat.id)
      ? undefined
      : refuse("not-yours", `The measure does not name your party for its ${mandate}.`);
}

function isUndertaken(measure: Measure): Verdict {
  return measure.acts.some(({ kind }) => kind === "MeasureUndertaken")
    ? undefined
    : refuse("not-undertaken", "Its owner has not undertaken this measure yet.");
}

function isSuspended(measure: Measure): boolean {
  const last = measure.acts.findLast(({ kind }) => kind === "MeasureSuspended" || kind === "MeasureResumed");
  return last?.kind === "MeasureSuspended";
}

/** By the owner, once it is undertaken, and if it is suspended or not as asked. */
function standing(suspended: boolean): (measure: Measure, act: Act) => Verdict {
  return (measure, act) =>
    byOwner(measure, act) ??
    isUndertaken(measure) ??
    (isSuspended(measure) === suspended
      ? undefined
      : refuse("already-done", `This measure is ${suspended ? "not suspended" : "suspended already"}.`));
}

function inMeasure(room: Room, id: string, change: (measure: Measure) => Measure): Room {
  const measure = itemOf(room.measures, id);
  return measure ? { ...room, measures: enter(room.measures, change(measure)) } : room;
}

function noMeasure(): Verdict {
  return refuse("not-found", "There is no such measure in this audience.");
}

export const measureRules: RoomRules<typeof measureShapes> = {
  MeasureProposed: proposed,
  ScopeProposed: scopeProposed,
  ScopeAccepted: scopeAccepted,
  StartStated: startStated,
  MeasureUndertaken: recording(
    "MeasureUndertaken",
    (measure, act) =>
      byOwner(measure, act) ??
      (isUndertaken(measure) ? undefined : refuse("already-done", "It is undertaken already.")),
  ),
  MeasureReported: recording(
    "MeasureReported",
    (measure, act) => byOwner(measure, act) ?? isUndertaken(measure),
  ),
  MonitoringReported: recording("MonitoringReported", mandated("monitoring")),
  MeasureVerified: recording(
    "MeasureVerified",
    (measure, act) => mandated("verification")(measure, act) ?? isUndertaken(measure),
  ),
  InvestigationReported: recording("InvestigationReported", mandated("investigation")),
  AttributionMade: recording("AttributionMade", mandated("attribution")),
  MeasureDisputed: recording("MeasureDisputed", isUndertaken),
  MeasureSuspended: recording("MeasureSuspended", standing(false)),
  MeasureResumed: recording("MeasureResumed", standing(true)),
};
