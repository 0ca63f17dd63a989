/**
 * Every route as everyone, and every kind of event by every seat in both phases. The rows are generated: from the routes
 * that the application has, from core's table of kinds, and from core's own verdict on the state that the server holds.
 * A route that has no row here fails, and so does one that lets anyone in whom its row does not name.
 */
import { admit, type EventKind, eventKinds, isGiven, rights, type SeatId } from "@parley/core";
import { base64url, fromBase64url, type LogId, verifySignature } from "@parley/ledger";
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
        .replace(":credential", "x");
      const query =
        { inclusion: "?seq=0&size=1", consistency: "?from=0&to=1" }[path.split("/").at(-1) ?? ""] ?? "";
      for (const who of everyone) {
        const status = await ask(who, method, path + query, method === "POST" ? {} : undefined);
        const outside = access === "case" || access === "log" ? [401, 404] : [401];
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
      for (const path of ["", "/export", "/directory"]) {
        expect(await (await go(`/api/v1/cases/${talks.id}${path}`)).text()).not.toContain(circle);
      }
    }
  });

  test("gives of the shared log to each seat what the fold gives it, by pages and by export", async () => {
    const { people: known } = (await server.services.keeper.file(talks.id))!.published!.state;
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

  test.each(["convening", "underway"] as const)(
    "takes each kind of event from each seat while %s exactly as core admits it",
    async (phase) => {
      const held = phase === "underway" ? talks : await TestCase.open(server);
      const senders: readonly Who[] = phase === "underway" ? [...members, "revoked"] : ["marin"];
      let tried = 0;
      for (const who of senders) {
        const someone = held.member(who);
        const by = await device(who);
        await server.services.sessions.stepUp((await someone.client.whoAmI()).session);
        for (const kind of eventKinds) {
          const audience =
            rights[kind].given[0] === "circle" ? "public" : (rights[kind].given[0] ?? "public");
          const { event, signature } = await attempt(held, who, kind, audience as "public");
          const { state } = (await server.services.keeper.file(held.id))!.published!;
          const verdict = admit(state, event, {
            at: new Date().toISOString(),
            verify: (key, message, sig) => verifySignature(fromBase64url(key), message, fromBase64url(sig)),
          });
          const answer = await someone.client.append(event, signature).then(
            () => undefined,
            (error: { code: string }) => error.code,
          );
          // A newcomer's keys are asked for before the rules, and whether the account may open cases before both.
          const expected = rights[kind].newcomer
            ? [verdict?.code, "unknown-device", "forbidden"]
            : [verdict?.code];
          expect(expected, `${who} ${kind} ${audience} while ${phase}`).toContain(answer);
          if (answer === undefined) await held.next(who, { kind, body: {}, audience: audience as "public" });
          expect(by.id).toBe(event.author);
          tried++;
        }
      }
      expect(tried).toBe(senders.length * eventKinds.length);
    },
  );

  /** An event with an empty body and the number that is due; few kinds take one, and the rest say why not. */
  async function attempt(
    held: TestCase,
    who: Who,
    kind: EventKind,
    audience: "public" | "consulted" | "table",
  ) {
    const { items } = await held.member("marin").client.entries(held.id, "shared", { limit: 1000 });
    const by = await device(who);
    const n = items.filter(
      (item) =>
        "entry" in item && item.entry.event.author === by.id && item.entry.event.audience === audience,
    ).length;
    return signed(by, held.id, { kind, body: {}, audience, n });
  }
});
