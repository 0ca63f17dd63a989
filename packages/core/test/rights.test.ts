import { resolve } from "node:path";
import type { JsonObject } from "@parley/ledger/canonical";
import { bodies, Circle, Draw, Negotiation, type Scene, sampleDraft } from "@parley/testing";
import { expect, test } from "vitest";
import { settledDraft, settlementOf } from "../src/concluding.ts";
import { draftHash } from "../src/draft-hash.ts";
import { phaseOfText, textOf } from "../src/drafting.ts";
import type { SeatId } from "../src/ids.ts";
import { type Body, type EventKind, eventKinds, isEventKind, shapes } from "../src/kinds.ts";
import { type Issuer, type Issuers, mayIssue, type Right, rights, type Standing } from "../src/rights.ts";
import type { TextPhase } from "../src/room.ts";
import type { CasePhase, MemberRole, RoomName, SeatKind } from "../src/state.ts";

const seatKinds: readonly SeatKind[] = ["principal", "host", "mediator", "affected", "observer", "recorder"];
const roles: readonly MemberRole[] = ["head", "deputy", "adviser", "interpreter", "watchOfficer"];
const standings: readonly (Standing | undefined)[] = [
  undefined,
  "convener",
  "host",
  "chair",
  "pen",
  "answers",
];
const audiences: readonly (RoomName | "circle")[] = ["public", "consulted", "table", "circle"];
const phases: readonly CasePhase[] = ["convening", "underway"];
const texts: readonly (TextPhase | undefined)[] = [undefined, "drafting", "closed", "initialled", "signed"];
const codes = ["wrong-seat", "wrong-role", "power-missing", "wrong-audience", "wrong-phase", "recovery-only"];

test("whatever the table does not list is refused: seat x role x power x kind x audience x phase", () => {
  let asked = 0;
  for (const kind of eventKinds) {
    const right: Right = rights[kind];
    for (const issuer of everyIssuer()) {
      const listed = !issuer.recovery || right.recovery;
      const named = right.who.some(
        (who) =>
          who.seats.includes(issuer.seat) &&
          who.roles.includes(issuer.role) &&
          (!who.holding || issuer.standings.includes(who.holding)),
      );
      for (const audience of audiences) {
        for (const phase of phases) {
          for (const text of texts) {
            const fits = right.given.includes(audience) && right.phases.includes(phase);
            const due = !right.texts || !text || right.texts.includes(text);
            const verdict = mayIssue(kind, issuer, audience, phase, text);
            asked += 1;
            if (verdict === undefined ? !(listed && named && fits && due) : listed && named && fits && due) {
              expect.fail(`${kind} ${JSON.stringify(issuer)} ${audience} ${phase} ${text}: ${verdict?.code}`);
            }
            if (verdict && !codes.includes(verdict.code)) expect.fail(`${kind}: ${verdict.code}`);
          }
        }
      }
    }
  }
  expect(asked).toBe(eventKinds.length * 6 * 5 * 6 * 2 * 4 * 2 * 5);
});

function* everyIssuer(): Generator<Issuer> {
  for (const seat of seatKinds) {
    for (const role of roles) {
      for (const standing of standings) {
        for (const recovery of [false, true]) {
          yield { seat, role, standings: standing ? [standing] : [], recovery };
        }
      }
    }
  }
}

test("admission asks the table: every seat and role issues every kind in every audience of a real case", () => {
  const kinds = eventKinds.filter((kind) => kind !== "CaseOpened" && kind !== "MemberJoined");
  const talks = peopled();
  let admitted = 0;
  for (const [seat, seatKind] of seats) {
    for (const role of roles) {
      const device = role === "head" ? seat : `${seat} ${role}`;
      for (const audience of ["public", "consulted", "table"] as const) {
        for (const kind of kinds) {
          const issuer: Issuer = {
            seat: seatKind,
            role,
            standings: seat === "marin" ? ["convener", "pen"] : [],
            recovery: false,
          };
          const allowed = mayIssue(kind, issuer, audience, "underway");
          const verdict = attempt(talks.fork(), kind, device, seat as SeatId, audience);
          if (allowed) expect([kind, device, verdict?.code]).toEqual([kind, device, allowed.code]);
          else if (!verdict) admitted += 1;
        }
      }
    }
  }
  expect(admitted).toBeGreaterThan(200);
});

test("admission asks the table in every phase of the case and of the text", () => {
  const kinds = eventKinds.filter((kind) => kind !== "CaseOpened" && kind !== "MemberJoined");
  let admitted = 0;
  for (const [phase, talks] of stages()) {
    for (const [seat, seatKind] of seats) {
      for (const role of ["head", "watchOfficer"] as const) {
        const device = role === "head" ? seat : `${seat} ${role}`;
        if (!talks.deviceNames.includes(device)) continue;
        for (const kind of kinds) {
          const standings: readonly Standing[] = seat === "marin" ? ["convener", "pen"] : [];
          const held = phase === "convening" ? standings.slice(0, 1) : standings;
          const issuer: Issuer = { seat: seatKind, role, standings: held, recovery: false };
          const scene = sceneFor(talks, device, seat as SeatId, "consulted");
          const body = bodies[kind](scene);
          const text = textOf(scene.room, body as JsonObject);
          const allowed = mayIssue(kind, issuer, "consulted", phase, text && phaseOfText(text));
          const verdict = talks.fork().attempt(device, kind, body as never, "consulted");
          if (allowed) expect([kind, device, verdict?.code]).toEqual([kind, device, allowed.code]);
          else if (!verdict) admitted += 1;
        }
      }
    }
  }
  expect(admitted).toBeGreaterThan(40);
});

test("admission asks the table in a circle", () => {
  const talks = peopled();
  const circle = Circle.open(talks, ...seats.map(([seat]) => seat).filter((seat) => seat !== "obser"));
  for (const kind of eventKinds.filter((one) => rights[one].given.includes("circle"))) {
    for (const [seat, seatKind] of seats) {
      for (const role of roles) {
        const device = role === "head" ? seat : `${seat} ${role}`;
        const standings: readonly Standing[] = seat === "marin" ? ["convener", "pen"] : [];
        const issuer: Issuer = { seat: seatKind, role, standings, recovery: false };
        const allowed = mayIssue(kind, issuer, "circle", "underway");
        const body = bodies[kind](sceneFor(talks, device, seat as SeatId, "table"));
        const verdict = circle.attempt(device, kind, body as never);
        if (allowed) expect([kind, device, verdict?.code]).toEqual([kind, device, allowed.code]);
      }
    }
  }
});

/** The case before everybody is there, and with a text that is closed, initialled and signed. */
function* stages(): Generator<readonly [CasePhase, Negotiation]> {
  const convening = new Negotiation({ seats: seats.map(([seat, kind]) => ({ seat, kind })) });
  for (const [seat] of seats) if (seat !== "borea" && seat !== "marin") convening.seat(seat as SeatId);
  convening.bring("aldia", "aldia watchOfficer", "watchOfficer");
  convening.draft(sampleDraft, "consulted");
  yield ["convening", convening];
  const talks = Negotiation.seated({ seats: seats.map(([seat, kind]) => ({ seat, kind })) });
  for (const seat of ["aldia", "cassa", "hosta"]) talks.bring(seat, `${seat} watchOfficer`, "watchOfficer");
  talks.lend("pen", "marin");
  const draft = talks.draft(sampleDraft, "consulted");
  const both = <Kind extends EventKind>(kind: Kind, body: Body<Kind>): void => {
    for (const party of ["aldia", "borea"]) talks.issue(party, kind, body, "consulted");
  };
  const chosen = { force: "shall", scope: "energy", again: "keep" };
  both("PackageAccepted", { proposal: talks.table(draft, chosen, 2, "consulted") });
  const text = talks.text(draft, "consulted");
  both("AgreementConfirmed", { draft, settlement: settlementOf(text) });
  const texts = { en: draftHash(settledDraft(text).draft) };
  both("TextClosed", { draft, instrument: "memorandum", binding: "notBinding", texts });
  yield ["underway", talks.fork()];
  both("TextInitialled", { draft, name: "A. B.", office: "Envoy" });
  yield ["underway", talks.fork()];
  const signature = {
    name: "A. B.",
    office: "Minister",
    capacity: "foreignMinister",
    place: "Hosta",
  } as const;
  both("TextSigned", { draft, ...signature });
  yield ["underway", talks];
}

const seats: readonly (readonly [string, SeatKind])[] = [
  ["aldia", "principal"],
  ["borea", "principal"],
  ["marin", "mediator"],
  ["hosta", "host"],
  ["cassa", "affected"],
  ["obser", "observer"],
  ["archive", "recorder"],
];

function peopled(): Negotiation {
  const talks = Negotiation.seated({ seats: seats.map(([seat, kind]) => ({ seat, kind })) });
  for (const [seat] of seats) {
    for (const role of roles) if (role !== "head") talks.bring(seat, `${seat} ${role}`, role);
  }
  talks.lend("pen", "marin");
  talks.draft(sampleDraft, "table");
  talks.draft(sampleDraft, "consulted");
  return talks;
}

function attempt(talks: Negotiation, kind: EventKind, device: string, seat: SeatId, audience: RoomName) {
  const body = bodies[kind](sceneFor(talks, device, seat, audience));
  return talks.attempt(device, kind, body as never, audience);
}

function sceneFor(talks: Negotiation, device: string, seat: SeatId, audience: RoomName): Scene {
  return { draw: new Draw(7), talks, device, seat, audience, room: talks.state.rooms[audience] };
}

test("a stranger, and a kind or version that is not known, are refused", () => {
  const talks = Negotiation.seated();
  expect(talks.attempt("stranger", "SeatHeld", {})?.code).toBe("not-a-member");
  expect(talks.attempt("aldia", "Nonsense" as "SeatHeld", {})?.code).toBe("unknown-kind");
  expect(talks.attempt("aldia", "constructor" as "SeatHeld", {})?.code).toBe("unknown-kind");
  expect(isEventKind("__proto__")).toBe(false);
});

test("docs/formats/event-kinds.md lists every kind as the table has it", async () => {
  const page = [
    "# Kinds of events",
    "",
    "Made from `packages/core/src/rights.ts` and the shapes of the bodies; a test fails where they differ (`vitest -u`",
    "writes it anew). What it means is in `events.md`. A kind is refused to whoever is not listed.",
    "",
    ...eventKinds.flatMap(describe),
  ].join("\n");
  await expect(page).toMatchFileSnapshot(
    resolve(import.meta.dirname, "../../../docs/formats/event-kinds.md"),
  );
});

function describe(kind: EventKind): readonly string[] {
  const right: Right = rights[kind];
  const notes = [
    `in a case that is ${right.phases.join(" or ") || "not open yet"}`,
    ...(right.texts ? [`with a text that is ${right.texts.join(" or ")}`] : []),
    ...(right.sealed ? [`${right.sealed} have a sealed part`] : []),
    ...(right.recordable ? ["a recorder gives its source"] : []),
    ...(right.recovery ? ["a recovery device may sign it"] : []),
    ...(right.newcomer ? ["signed by one who is not a member yet"] : []),
  ];
  return [
    `## ${kind}`,
    "",
    `- Issued by: ${right.who.map(issuers).join("; ") || "whoever opens the case"}.`,
    `- Given to: ${right.given.join(", ")}.`,
    `- When: ${notes.join("; ")}.`,
    "",
    "```json",
    JSON.stringify(shapes[kind], null, 2),
    "```",
    "",
  ];
}

function issuers({ seats: kinds, roles: names, holding }: Issuers): string {
  const who = kinds.length === seatKinds.length ? "any seat" : kinds.join(", ");
  const as = names.length === roles.length ? "any role" : names.join(" or ");
  return `${who} (${as})${holding ? ` holding ${holding}` : ""}`;
}
