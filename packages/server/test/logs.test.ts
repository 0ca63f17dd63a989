/** What a server logs at its most talkative: routes, codes and faults, and no secret by which somebody comes in. */
import { expect, test } from "vitest";
import { ParleyClient } from "../src/client/index.ts";
import { systemPorts } from "../src/ports.ts";
import { browser, person, startTestServer, TestCase } from "./table.ts";

test("the log names routes, codes and faults, and no token, cookie, link or key", async () => {
  const lines: string[] = [];
  const log = { write: (line: string) => void lines.push(line) };
  const secretSettings = {
    "metrics-token": "metrics-token-of-the-test",
    "openid-client-secret": "provider-secret",
  };
  const openid = { "openid-issuer": "http://127.0.0.1:9", "openid-client-id": "parley", ...secretSettings };
  const server = await startTestServer({ "log-level": "trace", ...openid }, { ...systemPorts, log });
  const { accounts } = server.services;
  const link = await accounts.link({ name: "Name Of A Person", role: "opener", validMs: 60_000 });
  const jar = browser(server.url);
  const client = new ParleyClient({ origin: server.url, fetch: jar });
  await client.redeemLink(link);
  const used = await accounts.link({ name: "x", role: "member", validMs: 60_000 });
  const talks = await TestCase.open(server);
  const said = await talks.next("marin", {
    kind: "StatementMade",
    body: { form: "statement", text: "said-in-the-case", about: [] },
  });
  await talks.member("marin").client.append(said.event, said.signature);
  const secrets = [link, used, ...jar.cookies.values(), ...Object.values(secretSettings), "said-in-the-case"];
  secrets.push(said.signature, "Name Of A Person", ...talks.member("marin").browser.cookies.values());

  // Each secret where it belongs, where it does not, and where something fails.
  for (const secret of secrets) {
    const hidden = encodeURIComponent(secret);
    await fetch(`${server.url}/api/v1/sessions?after=${hidden}`, {
      headers: { cookie: `parley-main=${secret}` },
    });
    await fetch(`${server.url}/${hidden}?link=${hidden}`, { headers: { authorization: `Bearer ${secret}` } });
    await fetch(`${server.url}/api/v1/openid/callback?code=${hidden}&state=${hidden}`, {
      headers: { cookie: `parley-openid=${secret}` },
    });
    for (const body of [JSON.stringify({ token: secret }), `{"token":"${secret}`]) {
      await jar("/api/v1/links/redeem", {
        method: "POST",
        headers: { "content-type": "application/json", "parley-session": "main", "idempotency-key": secret },
        body,
      });
    }
  }
  await expect(client.openId("sign-in")).rejects.toMatchObject({ code: "openid-failed" });
  const someone = await person(server);
  await server.services.sql.close();
  for (const jarOf of [someone.browser, jar])
    expect((await jarOf("/api/v1/sessions")).status).toBeGreaterThan(499);
  await server.app.close();

  const text = lines.join("");
  expect(text).toContain('"route":"/api/v1/links/redeem"');
  expect(text).toContain("a request failed");
  for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
  for (const secret of secrets) expect(text, secret).not.toContain(secret);
});
