import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ParleyClient } from "../../src/client/index.ts";
import { startProvider } from "../provider.ts";
import { browser, person, startTestServer, type TestServer } from "../table.ts";

describe("OpenID Connect", () => {
  let provider: Awaited<ReturnType<typeof startProvider>>;
  let server: TestServer;
  beforeAll(async () => {
    provider = await startProvider();
    server = await startTestServer({
      "openid-issuer": provider.issuer,
      "openid-client-id": "parley",
      "openid-client-secret": "a secret of the test",
      "openid-open-accounts": true,
    });
    provider.allow(`${server.url}/api/v1/openid/callback`);
  });
  afterAll(async () => {
    await server.stop();
    await provider.stop();
  });

  /** Goes through the provider's pages as a person would, and returns where the provider sends the browser back to. */
  async function throughProvider(start: string, login: string, jar: typeof fetch): Promise<string> {
    let at = start;
    for (let steps = 0; steps < 12; steps++) {
      const response = await jar(at);
      const location = response.headers.get("location");
      if (location !== null) {
        at = new URL(location, at).href;
        if (at.startsWith(server.url)) return at;
        continue;
      }
      const page = await response.text();
      const action = /action="([^"]+)"/.exec(page)?.[1];
      if (action === undefined) throw new Error(`the provider shows: ${page.slice(0, 300)}`);
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? "login";
      const posted = await jar(new URL(action, at), {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ prompt, login, password: "any" }).toString(),
      });
      at = new URL(posted.headers.get("location") ?? "", at).href;
      if (at.startsWith(server.url)) return at;
    }
    throw new Error("the provider goes round in circles");
  }

  /** What the page to which the browser is sent says of it. */
  async function outcome(answered: Promise<Response>): Promise<string> {
    const { status, headers } = await answered;
    const [to, said = ""] = (headers.get("location") ?? "").split("#/account?provider=");
    expect([status, to]).toEqual([302, "/?session=main"]);
    return said;
  }

  async function signIn(login: string, session = "main") {
    const jar = browser(server.url);
    const client = new ParleyClient({ origin: server.url, session, fetch: jar });
    const back = await throughProvider(await client.openId("sign-in"), login, browser(provider.issuer));
    return { jar, client, back, response: await jar(back) };
  }

  test("signs in whoever the provider knows, and knows them the next time", async () => {
    const first = await signIn("ann");
    expect([first.response.status, first.response.headers.get("location")]).toEqual([302, "/?session=main"]);
    const { account, name } = await first.client.whoAmI();
    expect(name).toBe("Name of ann");
    const second = await signIn("ann", "second");
    expect(second.response.headers.get("location")).toBe("/?session=second");
    expect((await second.client.whoAmI()).account).toBe(account);
    expect((await (await signIn("ben")).client.whoAmI()).account).not.toBe(account);
  });

  test("ends the session that was in the slot when it was asked, though a browser brings no cookie of it back", async () => {
    const someone = await person(server, "before");
    const { session } = await someone.client.whoAmI();
    const start = await someone.client.openId("sign-in");
    const back = await throughProvider(start, "eda", browser(provider.issuer));
    const fromElsewhere = browser(server.url);
    fromElsewhere.cookies.set("parley-openid", someone.browser.cookies.get("parley-openid") ?? "");
    expect((await fromElsewhere(back)).status).toBe(302);
    expect(await server.services.sessions.isLive(session)).toBe(false);
  });

  test("takes an answer once, and only in the browser that asked", async () => {
    const { jar, back } = await signIn("cem");
    expect(await outcome(jar(back))).toBe("openid-failed");
    const asker = browser(server.url);
    const client = new ParleyClient({ origin: server.url, fetch: asker });
    const stolen = await throughProvider(await client.openId("sign-in"), "cem", browser(provider.issuer));
    expect(await outcome(browser(server.url)(stolen))).toBe("openid-failed");
    const forged = new URL(stolen);
    forged.searchParams.set("code", "forged");
    expect(await outcome(asker(forged))).toBe("openid-failed");
    for (const jar of [asker, browser(server.url)]) expect(jar.cookies.has("parley-main")).toBe(false);
  });

  test("links an account, and proves presence for it alone", async () => {
    const someone = await person(server, "linked");
    const go = async (purpose: "link" | "step-up", login: string) => {
      const back = await throughProvider(
        await someone.client.openId(purpose),
        login,
        browser(provider.issuer),
      );
      return outcome(someone.browser(back));
    };
    expect(await go("link", "dee")).toBe("linked");
    expect((await someone.client.whoAmI()).steppedUp).toBe(false);
    expect(await go("step-up", "dee")).toBe("proved");
    expect(await someone.client.whoAmI()).toMatchObject({ account: someone.account, steppedUp: true });
    // Whoever holds the secret of the session before it holds nothing now.
    expect((await someone.client.sessions()).items).toHaveLength(1);
    expect(await go("step-up", "ann")).toBe("openid-other-account");
  });
});
