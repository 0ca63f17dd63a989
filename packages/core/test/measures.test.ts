import type { EventId } from "@parley/ledger/event";
import { Negotiation } from "@parley/testing";
import { expect, test } from "vitest";
import type { SeatId } from "../src/ids.ts";
import type { Body } from "../src/kinds.ts";
import { graphFindings } from "../src/measure-graph.ts";
import { measureGraph, measureState, measuresOf, scopeInForce, startsDiffer } from "../src/measure-state.ts";
import { itemOf } from "../src/register.ts";
import type { Measure } from "../src/room.ts";

const seat = (name: string) => name as SeatId;
const halt: Body<"MeasureProposed"> = {
  title: "Halt of strikes",
  owner: seat("aldia"),
  obliges: "No strikes on energy facilities.",
  scope: { classes: ["power plants"] },
  mandates: {
    monitoring: [seat("borea"), seat("marin")],
    verification: [seat("marin")],
    investigation: [seat("marin")],
    attribution: [seat("borea")],
  },
  answers: [],
  releases: [{ when: "date", text: "After sixty days." }],
};

function proposed(rest: Partial<Body<"MeasureProposed">> = {}) {
  const talks = Negotiation.seated();
  const measure = talks.issue("aldia", "MeasureProposed", { ...halt, ...rest }, "table");
  return { talks, measure, now: () => measureOf(talks, measure) };
}

function measureOf(talks: Negotiation, id: EventId): Measure {
  const measure = itemOf(talks.state.rooms.table.measures, id);
  if (!measure) throw new Error("no such measure");
  return measure;
}

test("a measure goes from proposed to undertaken, reported, disputed, verified, suspended and back, and lapses by time alone", () => {
  const { talks, measure, now } = proposed({ end: "2026-05-01T00:00:00.000Z" });
  const at = talks.clock.now();
  const state = () => measureState(now(), at);
  expect(state()).toBe("proposed");
  expect(talks.attempt("borea", "MeasureUndertaken", { measure }, "table")?.code).toBe("not-yours");
  expect(talks.attempt("aldia", "MeasureReported", { measure, text: "Done." }, "table")?.code).toBe(
    "not-undertaken",
  );
  talks.issue("aldia", "MeasureUndertaken", { measure }, "table");
  expect(state()).toBe("undertaken");
  talks.issue("aldia", "MeasureReported", { measure, text: "Done." }, "table");
  expect(state()).toBe("reported");
  talks.issue("borea", "MeasureDisputed", { measure, reason: "Strikes were seen." }, "table");
  expect(state()).toBe("disputed");
  talks.issue("marin", "MeasureVerified", { measure, finding: "inconclusive", text: "Clouds." }, "table");
  expect(state()).toBe("disputed");
  talks.issue("marin", "MeasureVerified", { measure, finding: "complied", text: "None." }, "table");
  expect(state()).toBe("verified");
  expect(talks.attempt("aldia", "MeasureResumed", { measure }, "table")?.code).toBe("already-done");
  talks.issue("aldia", "MeasureSuspended", { measure, reason: "In answer." }, "table");
  expect(state()).toBe("suspended");
  talks.issue("aldia", "MeasureResumed", { measure }, "table");
  expect(state()).toBe("verified");
  expect(measureState(now(), "2026-05-01T00:00:00.001Z")).toBe("lapsed");
});

test("monitoring, verification, investigation and attribution are each for those whom the measure names for it", () => {
  const { talks, measure } = proposed();
  talks.issue("aldia", "MeasureUndertaken", { measure }, "table");
  const said = { measure, text: "As seen." };
  const code = (party: string, kind: "MonitoringReported" | "InvestigationReported") =>
    talks.fork().attempt(party, kind, said, "table")?.code;
  expect(["aldia", "borea", "marin"].map((party) => code(party, "MonitoringReported"))).toEqual([
    "not-yours",
    undefined,
    undefined,
  ]);
  expect(["aldia", "borea", "marin"].map((party) => code(party, "InvestigationReported"))).toEqual([
    "not-yours",
    "not-yours",
    undefined,
  ]);
  const finding = { ...said, finding: "complied" } as const;
  expect(talks.attempt("borea", "MeasureVerified", finding, "table")?.code).toBe("not-yours");
  const blame = { ...said, to: seat("aldia") };
  expect(talks.attempt("marin", "AttributionMade", blame, "table")?.code).toBe("not-yours");
  talks.issue("borea", "AttributionMade", blame, "table");
});

test("each party dates the start for itself, and the record says where they differ", () => {
  const { talks, measure, now } = proposed();
  talks.issue("aldia", "StartStated", { measure, start: "2026-03-10T00:00:00.000Z" }, "table");
  expect(startsDiffer(now())).toBe(false);
  talks.issue("borea", "StartStated", { measure, start: "2026-03-18T00:00:00.000Z" }, "table");
  expect(startsDiffer(now())).toBe(true);
  expect(now().starts).toEqual({ aldia: "2026-03-10T00:00:00.000Z", borea: "2026-03-18T00:00:00.000Z" });
});

test("a version of the scope is in force once the owner and every principal accepted it", () => {
  const { talks, measure, now } = proposed();
  const inForce = () => scopeInForce(now(), talks.state.people)?.classes;
  expect(inForce()).toBeUndefined();
  talks.issue("borea", "ScopeAccepted", { measure, version: 0 }, "table");
  expect(inForce()).toEqual(["power plants"]);
  const wider = { measure, scope: { classes: ["power plants", "ports"] }, reason: "Ports." };
  talks.issue("borea", "ScopeProposed", wider, "table");
  expect(inForce()).toEqual(["power plants"]);
  talks.issue("aldia", "ScopeAccepted", { measure, version: 1 }, "table");
  expect(inForce()).toEqual(["power plants", "ports"]);
  expect(talks.attempt("aldia", "ScopeAccepted", { measure, version: 7 }, "table")?.code).toBe("not-found");
});

test("an area is GeoJSON that can be drawn, or a refusal that says what is wrong with it", () => {
  const talks = Negotiation.seated();
  const ring = [
    [30, 45],
    [31, 45],
    [31, 46],
    [30, 45],
  ];
  const tried = (area: object) =>
    talks
      .fork()
      .attempt("aldia", "MeasureProposed", { ...halt, scope: { classes: [], area: area as never } }, "table")
      ?.sentence;
  expect(tried({ type: "Polygon", coordinates: [ring] })).toBeUndefined();
  expect(tried({ type: "MultiPolygon", coordinates: [[ring], [ring]] })).toBeUndefined();
  expect(tried({ type: "Point", coordinates: [1, 2] })).toContain("Polygon or MultiPolygon");
  expect(tried({ type: "Polygon", coordinates: [ring], name: "x" })).toContain('unknown key "name"');
  expect(tried({ type: "Polygon", coordinates: [ring.slice(1)] })).toContain("fewer than four");
  expect(tried({ type: "Polygon", coordinates: [[...ring.slice(0, 3), [30, 95]]] })).toContain("degrees");
  expect(tried({ type: "Polygon", coordinates: [[...ring, [30, 46]]] })).toContain("end where it begins");
  expect(tried({ type: "Polygon" })).toContain("ring");
});

test("a measure from a clause is found from the clause, and a clause that is not there is refused", () => {
  const talks = Negotiation.seated();
  const draft = talks.draft();
  const from = (clause: string) => ({ ...halt, clause: { draft, clause } });
  expect(talks.attempt("aldia", "MeasureProposed", from("nothing"), "table")?.code).toBe("not-found");
  const measure = talks.issue("aldia", "MeasureProposed", from("halt"), "table");
  expect(measuresOf(talks.state.rooms.table, draft, "halt").map(({ id }) => id)).toEqual([measure]);
  expect(measureOf(talks, measure).clause).toEqual({ draft, clause: "halt" });
});

test("the measures of a room make the graph", () => {
  const { talks, measure } = proposed();
  const relief = {
    ...halt,
    owner: seat("borea"),
    mandates: { ...halt.mandates, verification: [] },
    answers: [{ measure, order: "after" as const }],
    releases: [{ when: "violation" as const, measure, text: "If the halt is violated." }],
  };
  const second = talks.issue("borea", "MeasureProposed", relief, "table");
  const found = graphFindings(measureGraph(talks.state.rooms.table));
  expect(found).toEqual({
    deadlocks: [],
    blocked: [],
    withoutVerifier: [second],
    withoutStart: [measure],
    withoutRelease: [],
  });
  const nameless = { ...relief, releases: [{ when: "violation" as const, text: "If it is violated." }] };
  expect(talks.attempt("borea", "MeasureProposed", nameless, "table")?.code).toBe("bad-body");
});
