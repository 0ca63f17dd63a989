/**
 * Every route as everyone, and every kind of event, with a body of its shape, by every seat in every audience and phase, and in
 * a circle. The rows are generated: from the routes
 * that the application has, from core's table of kinds, and from core's own verdict on the state that the server holds.
 * A route that has no row here fails, and so does one that lets anyone in whom its row does not name.
 */
import {
  type CaseState,
  type CircleState,
  circleLogRules,
  type EventKind,
  eventKinds,
  isGiven,
  phaseOf,
  type RoomName,
  rights,
  type SeatId,
  sharedLogRules,
} from "@parley/core";
import { base64url, type Event, type JsonObject, type LogId, verifySignature } from "@parley/ledger";
import { bodies, Draw, Negotiation, type Scene, sampleDraft } from "@parley/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Access } from "../../src/api/access.ts";
import { holdingMessage } from "../../src/client/index.ts";
import {
  browser,
  device,
  type Person,
  person,
  signed,
  startTestServer,
  TestCase,
  type TestServer,
} from "../table.ts";

type Who = "nobody" | "stranger" | "invited" | "revoked" | "obser" | "cassa" | "borea" | "aldia" | "marin";
const everyone: readonly Who[] = [
  "nobody",
  "stranger",
  "invited",
  "revoked",
  "obser",
  "cassa",
  "borea",
  "aldia",
  "marin",
];
const signedIn = everyone.filter((who) => who !== "nobody");
const members: readonly Who[] = ["obser", "cassa", "borea", "aldia", "marin"];

/** Who is let past the door of each kind of route; what comes after (a body, a proof) is another matter. */
const doors: Readonly<Record<Access, readonly Who[]>> = {
  open: everyone,
  account: signedIn,
  case: ["invited", ...members],
  log: ["invited", ...members],
  // The key is the address itself; the one that is tried here is nobody's.
  feed: [],
  // The tests come from loopback.
  operator: everyone,
};

/** The routes, each with what its row in the table of access must be. New routes are added here or fail. */
const rows: Readonly<Record<string, Access>> = {
  "GET /healthz": "open",
  "GET /readyz": "open",
  "GET /metrics": "operator",
  "GET /api/v1": "open",
  "GET /api/v1/openapi.json": "open",
  "POST /api/v1/links/redeem": "open",
  "POST /api/v1/passkeys/sign-in/options": "open",
  "POST /api/v1/passkeys/sign-in": "open",
  "POST /api/v1/openid/start": "open",
  "GET /api/v1/openid/callback": "open",
  "GET /api/v1/session": "account",
  "DELETE /api/v1/session": "account",
  "GET /api/v1/sessions": "account",
  "DELETE /api/v1/sessions/:session": "account",
  "GET /api/v1/passkeys": "account",
  "POST /api/v1/passkeys/options": "account",
  "POST /api/v1/passkeys": "account",
  "DELETE /api/v1/passkeys/:credential": "account",
  "POST /api/v1/session/step-up/options": "account",
  "POST /api/v1/session/step-up": "account",
  "GET /api/v1/cases": "account",
  "GET /api/v1/cases/:caseId": "case",
  "GET /api/v1/cases/:caseId/people": "case",
  "GET /api/v1/cases/:caseId/directory": "case",
  "POST /api/v1/cases/:caseId/holdings": "account",
  "GET /api/v1/cases/:caseId/export": "case",
  "POST /api/v1/cases/:caseId/events": "account",
  "GET /api/v1/cases/:caseId/logs/:log/entries": "log",
  "GET /api/v1/cases/:caseId/logs/:log/inclusion": "log",
  "GET /api/v1/cases/:caseId/logs/:log/consistency": "log",
  "GET /api/v1/cases/:caseId/logs/:log/checkpoint": "log",
  "GET /api/v1/cases/:caseId/logs/:log/cosignatures": "log",
  "POST /api/v1/cases/:caseId/logs/:log/cosignatures": "log",
  "GET /api/v1/cases/:caseId/feed": "case",
  "POST /api/v1/cases/:caseId/feed": "case",
  "DELETE /api/v1/cases/:caseId/feed": "case",
  "GET /api/v1/cases/:caseId/feeds/:secret/contacts.ics": "feed",
  "GET /api/v1/cases/:caseId/stream": "case",
};

describe("the matrix of access", () => {
  let server: TestServer;
  let talks: TestCase;
  let circle: LogId;
  const people = new Map<Who, Person>();

  beforeAll(async () => {
    server = await startTestServer();
    talks = await TestCase.seated(server);
    for (const who of members) people.set(who, talks.member(who));
    people.set("nobody", { ...(await person(server)), browser: browser(server.url) });
    people.set("stranger", await person(server));
    await invite("invited");
    await bringAndRevoke();
    await talks.say("aldia", "public");
    await talks.say("aldia", "consulted", "consulted");
    await talks.say("aldia", "table", "table");
    circle = await talks.circle("aldia", "marin");
  });
  afterAll(() => server.stop());

  /** Somebody who holds an open invitation and has not joined. */
  async function invite(who: Who): Promise<void> {
    const key = await device("an open invitation");
    const until = new Date(Date.now() + 86_400_000).toISOString();
    await talks.issue("aldia", "MemberInvited", { role: "adviser", inviteKey: key.keys.signing, until });
    const someone = await person(server, who, "member");
    const claim = {
      account: someone.account,
      at: new Date().toISOString(),
      case: talks.id,
      id: key.keys.signing,
      kind: "invitation" as const,
      origin: server.url,
    };
    const signature = base64url(await key.signer.sign(holdingMessage(claim)));
    const { id, kind, at } = claim;
    await someone.client.proveHolding(talks.id, { id, kind, at, signature });
    people.set(who, someone);
  }

  async function bringAndRevoke(): Promise<void> {
    const key = await device("an invitation of one who leaves");
    const until = new Date(Date.now() + 86_400_000).toISOString();
    await talks.issue("aldia", "MemberInvited", { role: "adviser", inviteKey: key.keys.signing, until });
    await talks.join("aldia", "revoked", "adviser", key);
    await talks.issue("aldia", "MemberRemoved", { member: (await device("revoked")).id });
    people.set("revoked", talks.member("revoked"));
  }

  const ask = async (who: Who, method: string, path: string, body?: object): Promise<number> => {
    const response = await people.get(who)!.browser(path, {
      method,
      headers: { "parley-session": "main", ...(body ? { "content-type": "application/json" } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    await response.arrayBuffer();
    return response.status;
  };

  test("has a row for each route, and each route the access of its row", () => {
    const pages = /^(\/api)?\/\*$|^\/$/;
    const found = server.app.routeTable.filter(({ method, url }) => method !== "HEAD" && !pages.test(url));
    expect(Object.fromEntries(found.map(({ method, url, access }) => [`${method} ${url}`, access]))).toEqual(
      rows,
    );
  });

  test("refuses to start with a route that says nothing", async () => {
    const { createApp } = await import("../../src/api/app.ts");
    const app = await createApp(server.services);
    expect(() => app.get("/more", async () => "")).toThrow(/does not say who may use it/);
  });

  test("lets in by each route those whom its row names, and nobody else", async () => {
    for (const [route, access] of Object.entries(rows)) {
      if (route === "DELETE /api/v1/session") continue;
      const [method = "", pattern = ""] = route.split(" ");
      const path = pattern
        .replace(":caseId", talks.id)
        .replace(":log", "shared")
        .replace(":session", "A".repeat(43))
        .replace(":secret", "A".repeat(43))
        .replace(":credential", "x");
      const query =
        { inclusion: "?seq=0&size=1", consistency: "?from=0&to=1" }[path.split("/").at(-1) ?? ""] ?? "";
      for (const who of everyone) {
        const status = await ask(who, method, path + query, method === "POST" ? {} : undefined);
        const outside = ["case", "log", "feed"].includes(access) ? [401, 404] : [401];
        // A POST without a body of its shape gets 400 before its door is asked, and learns nothing by it.
        const told = `${who}: ${route} gives ${status}`;
        if (doors[access].includes(who)) expect(outside.includes(status) && status === 401, told).toBe(false);
        else expect([...outside, ...(method === "POST" ? [400] : [])].includes(status), told).toBe(true);
        if (!doors[access].includes(who)) expect(status < 300, told).toBe(false);
      }
    }
  });

  test("gives nobody but its seats a trace of a circle, by any route", async () => {
    for (const route of Object.keys(rows).filter((one) => one.startsWith("GET") && one.includes(":log"))) {
      const path = route.slice(4).replace(":caseId", talks.id).replace(":log", circle);
      const query =
        { inclusion: "?seq=0&size=1", consistency: "?from=0&to=1" }[path.split("/").at(-1) ?? ""] ?? "";
      for (const who of everyone) {
        const status = await ask(who, "GET", path + query);
        const expected = who === "aldia" || who === "marin" ? 200 : who === "nobody" ? 401 : 404;
        expect(status, `${who}: ${route}`).toBe(expected);
      }
    }
    for (const who of ["borea", "cassa", "obser"] as const) {
      const { browser: go } = people.get(who)!;
      for (const path of ["", "/export", "/directory", "/people"]) {
        expect(await (await go(`/api/v1/cases/${talks.id}${path}`)).text()).not.toContain(circle);
      }
    }
  });

  test("gives of the shared log to each seat what the fold gives it, by pages and by export", async () => {
    const { people: known } = (await server.services.keeper.file(talks.id))!.published!.state;
    // Who is in the case is public: every reader is told the same.
    for (const who of [...members, "invited"] as const) {
      expect((await people.get(who)!.client.people(talks.id))?.people).toEqual(known);
    }
    const whole = (await talks.member("aldia").client.entries(talks.id, "shared", { limit: 1000 })).items;
    for (const who of [...members, "invited"] as const) {
      const { client } = people.get(who)!;
      const { items } = await client.entries(talks.id, "shared", { limit: 1000 });
      const exported = (await (await client.export(talks.id)).text()).trim().split("\n").slice(1);
      for (const [seq, item] of items.entries()) {
        const full = whole[seq]!;
        const { audience } = ("entry" in full && full.entry.event) as {
          audience: "public" | "consulted" | "table";
        };
        const given = who === "invited" ? audience === "public" : isGiven(known, who as SeatId, audience);
        expect("entry" in item, `${who} and entry ${seq} (${audience})`).toBe(given);
        expect(exported[seq]!.startsWith('{"at"')).toBe(given);
      }
    }
  });

  test.each([
    { phase: "convening", seated: ["aldia", "cassa", "obser"] },
    { phase: "underway", seated: ["aldia", "borea", "cassa", "obser"] },
  ] as const)(
    "takes each kind of event from each seat in each audience while $phase exactly as core admits it",
    { timeout: 300_000 },
    async ({ phase, seated }) => {
      const found = await Promise.all(
        ["marin", ...seated].map(async (who) => {
          const held = await TestCase.open(server, `EXERCISE: ${who} while ${phase}`);
          for (const seat of seated) await held.seat(seat);
          await held.issue("aldia", "DraftOpened", { kind: "partysText", text: sampleDraft }, "consulted");
          expect(phaseOf((await stateOf(held)).people)).toBe(phase);
          return tryEveryKind(held, who);
        }),
      );
      const all = found.flat();
      for (const kind of eventKinds) expect(all.some((one) => one.kind === kind)).toBe(true);
      // The bodies are real enough that many are kept, and that those refused are refused for many reasons.
      expect(all.filter(({ answer }) => answer === undefined).length).toBeGreaterThan(60);
      expect(new Set(all.map(({ answer }) => answer)).size).toBeGreaterThan(12);
    },
  );

  test("takes nothing from a member who was removed", async () => {
    const all = await tryEveryKind(talks, "revoked");
    expect(all.filter(({ answer }) => answer === undefined)).toEqual([]);
  });

  test("takes each kind of event in a circle from its seats exactly as core admits it, and from no other", async () => {
    const held = await TestCase.seated(server);
    const log = await held.circle("aldia", "marin");
    const kinds = eventKinds.filter((kind) => rights[kind].given.includes("circle"));
    let kept = 0;
    for (const who of ["aldia", "marin", "borea", "obser"] as const) {
      await server.services.sessions.stepUp((await held.member(who).client.whoAmI()).session);
      for (const kind of kinds) {
        const { state, circles } = await publishedOf(held);
        const { sealed, purpose } = rights[kind];
        const body = bodies[kind](sceneOf(held, state, who, "table", circles.get(log))) as JsonObject;
        const secret = { value: "for the circle", to: ["aldia", "marin"], purpose: purpose ?? "message" };
        const draft = {
          kind,
          body,
          audience: "circle" as const,
          log,
          shared: await held.head(who),
          n: await countOf(held, who, "circle", log),
          ...(sealed ? { secret } : {}),
        };
        const { event, signature } = await signed(await device(who), held.id, draft);
        const verdict = circleLogRules.admit(circles.get(log), state, event, context());
        const answer = await answerTo(held.member(who), event, signature);
        expect(answer, `${who} ${kind}: ${verdict?.sentence}`).toBe(verdict?.code);
        if (answer !== undefined) continue;
        kept++;
        expect(["aldia", "marin"]).toContain(who);
      }
    }
    expect(kept).toBeGreaterThan(2);
  });

  interface Tried {
    readonly kind: EventKind;
    readonly answer: string | undefined;
  }

  /** Sends every kind in every audience that its row names, and expects of each what core says on the server's state. */
  async function tryEveryKind(held: TestCase, who: string): Promise<Tried[]> {
    const tried: Tried[] = [];
    const { client } = held.member(who);
    await server.services.sessions.stepUp((await client.whoAmI()).session);
    const counts = new Map<string, number>();
    // What ends the device comes last.
    const kinds = [...eventKinds.filter((kind) => kind !== "DeviceRevoked"), "DeviceRevoked" as const];
    for (const kind of kinds) {
      const named = rights[kind].given.filter((one) => one !== "circle");
      for (const audience of named.length > 0 ? named : (["public"] as const)) {
        const state = await stateOf(held);
        const body = bodies[kind](sceneOf(held, state, who, audience)) as JsonObject;
        const n = counts.get(audience) ?? (await countOf(held, who, audience));
        const { event, signature } = await signed(await device(who), held.id, { kind, body, audience, n });
        const verdict = sharedLogRules.admit(state, undefined, event, context());
        const answer = await answerTo(held.member(who), event, signature);
        // Keys that come with an event are asked for before the rules, and judged as keys after them.
        const brings = ["CaseOpened", "MemberJoined", "DeviceAdded"].includes(kind);
        const asKeys = brings ? ["unknown-device", "wrong-device-keys", "forbidden"] : [];
        expect([verdict?.code, ...asKeys], `${who} ${kind} ${audience}: ${verdict?.sentence}`).toContain(
          answer,
        );
        counts.set(audience, answer === undefined ? n + 1 : n);
        tried.push({ kind, answer });
      }
    }
    return tried;
  }

  const publishedOf = async (held: TestCase) => (await server.services.keeper.file(held.id))!.published!;
  const stateOf = async (held: TestCase) => (await publishedOf(held)).state;
  const context = () => ({ at: new Date().toISOString(), verify: verifySignature });
  const answerTo = ({ client }: Person, event: Event, signature: string): Promise<string | undefined> =>
    client.append(event, signature).then(
      () => undefined,
      (error: { code: string }) => error.code,
    );

  /** How many events of this device and audience the log has. */
  async function countOf(held: TestCase, who: string, audience: string, log = "shared"): Promise<number> {
    const { id } = await device(who);
    const rows = await server.services.keeper.logs.page(held.id, log, 0, 10_000);
    const events = rows.map(({ entry }) => (JSON.parse(entry) as { event: Event }).event);
    return events.filter((event) => event.author === id && event.audience === audience).length;
  }

  /** What a sample body is drawn for: this case, as the server has it. */
  function sceneOf(
    held: TestCase,
    state: CaseState,
    who: string,
    audience: RoomName,
    circle?: CircleState,
  ): Scene {
    const later = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    const talks = { case: held.id, state, clock: { now: () => later(0) }, later, deviceNames: [who] };
    const seed = { draw: new Draw(7), device: who, seat: who as SeatId, audience, circle };
    // What a negotiation of the simulation adds to these, bodies ask for only where its own devices sign.
    const acting = Object.assign(Object.create(Negotiation.prototype) as Negotiation, {});
    for (const [name, value] of Object.entries(talks)) Object.defineProperty(acting, name, { value });
    return { ...seed, talks: acting, room: state.rooms[audience] };
  }
});
