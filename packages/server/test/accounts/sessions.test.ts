import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { graceMs, idleMs, rotateAfterMs, stepUpMs } from "../../src/accounts/sessions.ts";
import { ParleyClient } from "../../src/client/index.ts";
import { systemPorts } from "../../src/ports.ts";
import { browser, person, startTestServer, type TestServer } from "../table.ts";

describe("accounts and sessions", () => {
  let server: TestServer;
  let now = Date.parse("2026-03-02T09:00:00.000Z");
  beforeAll(async () => {
    server = await startTestServer({}, { ...systemPorts, now: () => now });
  });
  afterAll(() => server.stop());

  const cookie = "parley-main";

  test("a link opens an account once, and not after its time", async () => {
    const { accounts } = server.services;
    const token = await accounts.link({ name: "A", role: "member", validMs: 1_000 });
    const client = new ParleyClient({ origin: server.url, fetch: browser(server.url) });
    expect(await client.redeemLink(token)).toMatchObject({ name: "A", role: "member", steppedUp: false });
    await expect(client.redeemLink(token)).rejects.toMatchObject({ status: 403, code: "link-not-valid" });
    const late = await accounts.link({ name: "B", role: "member", validMs: 1_000 });
    now += 1_001;
    await expect(client.redeemLink(late)).rejects.toMatchObject({ code: "link-not-valid" });
    await expect(client.redeemLink("x".repeat(43))).rejects.toMatchObject({ code: "link-not-valid" });
  });

  test("used by many at once, a link still opens one account", async () => {
    const token = await server.services.accounts.link({ name: "C", role: "member", validMs: 1_000 });
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, () =>
        new ParleyClient({ origin: server.url, fetch: browser(server.url) }).redeemLink(token),
      ),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("the cookie is HttpOnly, SameSite=Strict, and new at each sign-in", async () => {
    const token = await server.services.accounts.link({ name: "D", role: "member", validMs: 1_000 });
    const response = await fetch(`${server.url}/api/v1/links/redeem`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "parley-session": "main",
        cookie: `${cookie}=fixed-by-another`,
      },
      body: JSON.stringify({ token }),
    });
    const line = response.headers
      .getSetCookie()
      .find((one) => one.startsWith(`${cookie}=`) && !one.includes("=;"));
    expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(line).not.toContain("fixed-by-another");
  });

  test("a request with the secret of a session that ended leaves the browser's cookie alone, which may be a newer one", async () => {
    for (const path of ["/", "/api/v1/session"]) {
      const headers = { "parley-session": "main", cookie: `${cookie}=${"x".repeat(43)}` };
      const response = await fetch(`${server.url}${path}`, { headers });
      expect(response.headers.getSetCookie(), path).toEqual([]);
    }
  });

  test("the secret changes with use, and the one before serves a moment longer", async () => {
    const someone = await person(server);
    const first = someone.browser.cookies.get(cookie);
    now += rotateAfterMs;
    await someone.client.whoAmI();
    const second = someone.browser.cookies.get(cookie);
    expect(second).not.toBe(first);
    const with_ = (value: string | undefined) =>
      fetch(`${server.url}/api/v1/session`, { headers: { cookie: `${cookie}=${value}` } });
    now += graceMs;
    expect((await with_(first)).status).toBe(200);
    now += 1;
    expect((await with_(first)).status).toBe(401);
    // Two hold the secret: the session is over for both.
    expect((await with_(second)).status).toBe(401);
  });

  test("a session ends when it is not used, and when its owner or an operator ends it", async () => {
    const idle = await person(server);
    now += idleMs + 1;
    await expect(idle.client.whoAmI()).rejects.toMatchObject({ status: 401, code: "not-signed-in" });

    const someone = await person(server);
    const token = await server.services.accounts.link({
      name: "x",
      role: "member",
      validMs: 1_000,
      account: someone.account,
    });
    const elsewhere = new ParleyClient({ origin: server.url, fetch: browser(server.url) });
    await elsewhere.redeemLink(token);
    const { items } = await someone.client.sessions();
    expect(items).toHaveLength(2);
    await someone.client.endSession(items.find(({ current }) => !current)!.session);
    await expect(elsewhere.whoAmI()).rejects.toMatchObject({ status: 401 });
    const other = await person(server);
    await expect(other.client.endSession(items[0]!.session)).rejects.toMatchObject({ status: 404 });
    await server.services.accounts.disable(someone.account);
    await expect(someone.client.whoAmI()).rejects.toMatchObject({ status: 401 });
  });

  test("the list of sessions is paged, and none is left out or told twice", async () => {
    const { client, account } = await person(server);
    for (let i = 0; i < 6; i++) {
      // Two begin in the same millisecond.
      if (i % 2 === 0) now += 1;
      const link = { name: "x", role: "member", validMs: 1_000, account } as const;
      const other = new ParleyClient({ origin: server.url, fetch: browser(server.url) });
      await other.redeemLink(await server.services.accounts.link(link));
    }
    const found: string[] = [];
    for (let after = "", pages = 0; pages < 10; pages++) {
      const { items, next } = await client.sessions({ after, limit: 2 });
      found.push(...items.map(({ session }) => session));
      if (next === null) break;
      after = next;
    }
    expect(found).toEqual((await client.sessions()).items.map(({ session }) => session));
    expect(new Set(found).size).toBe(7);
    await expect(client.sessions({ after: "nonsense" })).rejects.toMatchObject({ code: "bad-request" });
  });

  test("several accounts are open side by side in one browser, each in its slot", async () => {
    const jar = browser(server.url);
    const slots = ["main", "aldia", "borea"];
    for (const session of slots) {
      const token = await server.services.accounts.link({ name: session, role: "member", validMs: 1_000 });
      await new ParleyClient({ origin: server.url, session, fetch: jar }).redeemLink(token);
    }
    for (const session of slots) {
      expect(await new ParleyClient({ origin: server.url, session, fetch: jar }).whoAmI()).toMatchObject({
        name: session,
      });
    }
    await new ParleyClient({ origin: server.url, session: "aldia", fetch: jar }).signOut();
    await expect(
      new ParleyClient({ origin: server.url, session: "aldia", fetch: jar }).whoAmI(),
    ).rejects.toMatchObject({ status: 401 });
    expect((await new ParleyClient({ origin: server.url, fetch: jar }).whoAmI()).name).toBe("main");
  });

  test("a step-up lasts a few minutes", async () => {
    const someone = await person(server);
    const { session } = await someone.client.whoAmI();
    await server.services.sessions.stepUp(session);
    expect((await someone.client.whoAmI()).steppedUp).toBe(true);
    now += stepUpMs + 1;
    expect((await someone.client.whoAmI()).steppedUp).toBe(false);
    await expect(someone.client.passkeyStepUp()).rejects.toMatchObject({ code: "step-up-unavailable" });
  });
});
