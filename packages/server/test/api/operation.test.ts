/** What watches a server: that it lives, that it reaches its store, and its counts, which are not for everybody. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startTestServer, TestCase } from "../table.ts";

const guide = resolve(import.meta.dirname, "../../../../docs/guide/operation.md");

test("its counts are for loopback and whoever has the token, and nobody else learns that there are any", async () => {
  const server = await startTestServer({ "metrics-token": "a token of the test" });
  onTestFinished(() => server.stop());
  const ask = async (remoteAddress: string, token?: string) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return (await server.app.inject({ url: "/metrics", remoteAddress, headers })).statusCode;
  };
  expect([await ask("127.0.0.1"), await ask("10.0.0.1", "a token of the test")]).toEqual([200, 200]);
  for (const token of [undefined, "", "another", "a token of the test "]) {
    expect(await ask("10.0.0.1", token)).toBe(404);
  }
  const open = await startTestServer();
  onTestFinished(() => open.stop());
  for (const authorization of ["", "Bearer ", "Bearer undefined"]) {
    const asked = { url: "/metrics", remoteAddress: "10.0.0.1", headers: { authorization } };
    expect((await open.app.inject(asked)).statusCode).toBe(404);
  }
});

test("behind a proxy an address is what the proxy says, and not what its client says", async () => {
  const server = await startTestServer({ "public-url": "https://talks.example" });
  onTestFinished(() => server.stop());
  const ask = async (forwarded: string) => {
    const headers = { "x-forwarded-for": forwarded };
    return (await server.app.inject({ url: "/metrics", remoteAddress: "127.0.0.1", headers })).statusCode;
  };
  expect([
    await ask("203.0.113.7"),
    await ask("127.0.0.1, 203.0.113.7"),
    await ask("::1,203.0.113.7"),
  ]).toEqual([404, 404, 404]);
});

test("every count of the guide is there, and says what happened", async () => {
  const server = await startTestServer();
  onTestFinished(() => server.stop());
  const talks = await TestCase.open(server);
  const { event, signature } = await talks.next("marin", {
    kind: "StatementMade",
    body: { form: "statement", text: "once", about: [] },
  });
  const { client } = talks.member("marin");
  await client.append(event, signature);
  await client.append(event, signature);
  await expect(client.append(event, `${signature.slice(0, -4)}AAAA`)).resolves.toMatchObject({ again: true });
  await expect(talks.issue("marin", "StatementMade", { form: "none" })).rejects.toMatchObject({
    status: 422,
  });
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const named = [...readFileSync(guide, "utf8").matchAll(/`(parley_[a-z_]+)`/g)].map(
    ([, name]) => name ?? "",
  );
  expect(named.length).toBeGreaterThanOrEqual(6);
  for (const name of named) expect(text).toContain(`\n# TYPE ${name} `);
  expect(text).toContain('parley_events_total{outcome="kept"} 2');
  expect(text).toContain('parley_events_total{outcome="again"} 2');
  expect(text).toMatch(/parley_events_total\{outcome="bad-body"\} 1/);
  expect(text).toContain("parley_entries_held 2");
  expect(text).toMatch(
    /parley_request_seconds_count\{method="POST",route="\/api\/v1\/cases\/:caseId\/events",status="201"\} 2/,
  );
  // Nothing by which a person, a case or an address could be told.
  for (const secret of [talks.id, event.author, "127.0.0.1"]) expect(text).not.toContain(secret);
});

test("it is not ready while it does not reach its store, and lives all the same", async () => {
  const server = await startTestServer();
  onTestFinished(() => server.app.close());
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  await server.services.sql.close();
  expect((await fetch(`${server.url}/readyz`)).status).toBeGreaterThanOrEqual(500);
  expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: "ok" });
});
