import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cosign, parseNote } from "@parley/ledger";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createApp } from "../../src/api/app.ts";
import { device, type Person, person, signed, startTestServer, TestCase, type TestServer } from "../table.ts";

describe("hostile requests", () => {
  let server: TestServer;
  let someone: Person;
  let talks: TestCase;
  beforeAll(async () => {
    server = await startTestServer({ "max-body-bytes": "65536" });
    someone = await person(server);
    talks = await TestCase.open(server);
  });
  afterAll(() => server.stop());

  const post = (
    path: string,
    body: string | object,
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    someone.browser(path, {
      method: "POST",
      headers: { "content-type": "application/json", "parley-session": "main", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  const codeOf = async (response: Response): Promise<string> => {
    expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    const problem = (await response.json()) as { code: string; status: number };
    expect(problem.status).toBe(response.status);
    return `${problem.status} ${problem.code}`;
  };

  /** What the server answers to exactly these bytes. */
  function raw(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(server.port, "127.0.0.1", () => socket.write(text));
      let answer = "";
      socket.setTimeout(3_000, () => socket.destroy());
      socket.on("data", (data) => {
        answer += data.toString();
        if (answer.includes("\r\n\r\n")) socket.end();
      });
      socket.on("close", () => resolve(answer));
      socket.on("error", reject);
    });
  }

  test("from another site are refused, whatever cookie they bring", async () => {
    for (const headers of [
      { origin: "https://evil.example" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
    ]) {
      expect(await codeOf(await post("/api/v1/passkeys/options", {}, headers))).toBe("403 foreign-origin");
    }
    const without = await someone.browser("/api/v1/session", { method: "DELETE" });
    expect(await codeOf(without)).toBe("403 session-header-missing");
    const preflight = await fetch(`${server.url}/api/v1/session`, {
      method: "OPTIONS",
      headers: { origin: "https://evil.example", "access-control-request-method": "DELETE" },
    });
    expect(preflight.headers.get("access-control-allow-origin")).toBeNull();
    expect((await someone.client.whoAmI()).account).toBe(someone.account);
  });

  test("with unknown keys, wrong types or a broken body are refused and told where", async () => {
    expect(await codeOf(await post("/api/v1/links/redeem", { token: "x", more: 1 }))).toBe("400 bad-request");
    expect(await codeOf(await post("/api/v1/links/redeem", { token: 7 }))).toBe("400 bad-request");
    expect(await codeOf(await post("/api/v1/links/redeem", "{"))).toBe("400 bad-request");
    expect(await codeOf(await post("/api/v1/links/redeem", "<x/>", { "content-type": "text/xml" }))).toBe(
      "415 bad-request",
    );
    expect(await codeOf(await someone.browser("/api/v1/cases?limit=0"))).toBe("400 bad-request");
    expect(await codeOf(await someone.browser("/api/v1/cases?surprise=1"))).toBe("400 bad-request");
    expect(await codeOf(await someone.browser("/api/v1/cases?session=../../x"))).toBe("400 bad-request");
    const slot = { headers: { "parley-session": "../../x" } };
    expect(await codeOf(await someone.browser("/api/v1/cases", slot))).toBe("401 not-signed-in");
  });

  test("with a method that the address does not take are told which it takes", async () => {
    for (const [method, path, allowed] of [
      ["PATCH", "/api/v1/session", "GET, HEAD, DELETE"],
      ["GET", "/api/v1/links/redeem", "POST"],
      ["OPTIONS", `/api/v1/cases/${talks.id}/events`, "POST"],
    ] as const) {
      const response = await someone.browser(path, { method, headers: { "parley-session": "main" } });
      expect(response.headers.get("allow")).toBe(allowed);
      expect(await codeOf(response)).toBe("405 method-not-allowed");
    }
    expect(await codeOf(await someone.browser("/api/v1/nothing"))).toBe("404 not-found");
    expect(await raw("TRACE /api/v1 HTTP/1.1\r\nhost: x\r\n\r\n")).toMatch(/^HTTP\/1\.1 405 /);
  });

  test("that are too large or nested too deeply are refused before they cost anything", async () => {
    expect(await codeOf(await post("/api/v1/links/redeem", { token: "x".repeat(70_000) }))).toBe(
      "413 too-large",
    );
    const started = process.cpuUsage();
    const deep = `{"token":${"[".repeat(30_000)}${"]".repeat(30_000)}}`;
    expect(await codeOf(await post("/api/v1/links/redeem", deep))).toBe("400 bad-request");
    const { user } = process.cpuUsage(started);
    expect(user / 1_000).toBeLessThan(500);
    const { event, signature } = await signed(await device("marin"), talks.id, {
      n: 1,
      kind: "StatementMade",
      body: { form: "statement", text: JSON.parse(`${"[".repeat(60)}${"]".repeat(60)}`) as [], about: [] },
    });
    const { client } = talks.member("marin");
    await expect(client.append(event, signature)).rejects.toMatchObject({ code: "bad-body" });
  });

  test("with __proto__ and constructor among their keys change nothing", async () => {
    const body = '{"token":"x","__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}';
    expect(await codeOf(await post("/api/v1/links/redeem", body))).toBe("400 bad-request");
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
    for (const id of ["__proto__", "constructor", "toString"]) {
      expect((await someone.browser(`/api/v1/cases/${id.padEnd(43, "x")}`)).status).toBe(404);
    }
  });

  test("with paths that climb out reach no file and no case", async () => {
    for (const path of [
      "/../package.json",
      "/%2e%2e/%2e%2e/package.json",
      "/assets/..%2f..%2fpackage.json",
      "/..%5c..%5cpackage.json",
      "/.env",
      "/api/v1/cases/..%2f..%2f",
      `/api/v1/cases/${talks.id}/logs/..%2fshared/entries`,
      "//evil.example/",
      "/%00",
    ]) {
      const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 (400|401|403|404|200)/);
      expect(answer).not.toContain('"dependencies"');
      expect(answer).not.toMatch(/^location:/im);
    }
  });

  test("that smuggle a second request by two lengths are refused", async () => {
    const both = await raw(
      "POST /api/v1/links/redeem HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    );
    expect(both).toMatch(/^HTTP\/1\.1 400/);
    const twice = await raw(
      "POST /api/v1/links/redeem HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
    );
    expect(twice).toMatch(/^HTTP\/1\.1 400/);
    for (const [what, head, body = ""] of [
      ["bare line feeds", "GET /healthz HTTP/1.1\nHost: x\n\n"],
      ["one bare line feed", "GET /healthz HTTP/1.1\r\nHost: x\nX: y\r\n\r\n"],
      ["a bare carriage return", "GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\rY: b\r\n\r\n"],
      ["a folded line", "GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n"],
      ["a space before the colon", "POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length : 4\r\n\r\n", "abcd"],
      ["a signed length", "POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: +4\r\n\r\n", "abcd"],
      [
        "one length twice",
        "POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\n",
        "abcd",
      ],
      [
        "an unknown coding",
        "POST /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n",
        "0\r\n\r\n",
      ],
      [
        "two codings",
        "POST /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n",
        "0\r\n\r\n",
      ],
      [
        "a broken chunk",
        "POST /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
        "1\n;x\r\na\r\n0\r\n\r\n",
      ],
      ["no host", "GET /healthz HTTP/1.1\r\n\r\n"],
      ["two hosts", "GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"],
    ] as const) {
      const smuggled = "GET /api/v1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      const answer = await raw(`${head}${body}${smuggled}`);
      expect(answer, what).toMatch(/^HTTP\/1\.1 40[05] /);
      expect(answer, what).not.toContain('"keeper"');
    }
    expect(await raw("GET / HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n")).toMatch(/^HTTP\/1\.1 400/);
    expect(await raw(`GET / HTTP/1.1\r\nHost: x\r\nX: ${"a".repeat(40_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431/,
    );
  });

  test("for a case that is not theirs look like requests for none", async () => {
    const stranger = await person(server);
    const at = async (caseId: string, rest: string): Promise<[number, string]> => {
      const response = await stranger.browser(`/api/v1/cases/${caseId}${rest}`);
      return [response.status, await response.text()];
    };
    const none = "A".repeat(43);
    for (const rest of [
      "",
      "/people",
      "/directory",
      "/export",
      "/logs/shared/entries",
      "/logs/shared/checkpoint",
      `/logs/${none}/entries`,
    ]) {
      expect(await at(talks.id, rest)).toEqual(await at(none, rest));
    }
  });

  test("are answered under a strict policy, and behind TLS are told to stay there", async () => {
    const plain = await fetch(`${server.url}/api/v1`);
    expect(plain.headers.get("content-security-policy")).toBe(
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    );
    expect(plain.headers.get("x-content-type-options")).toBe("nosniff");
    expect(plain.headers.get("strict-transport-security")).toBeNull();
    const folder = mkdtempSync(join(tmpdir(), "parley-pages-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const [script, style] = ["boot()", "p{margin:0}"];
    writeFileSync(
      join(folder, "index.html"),
      `<script>${script}</script><script src="a.js"></script><style>${style}</style>`,
    );
    const behind = await startTestServer({ "public-url": "https://talks.example" });
    onTestFinished(() => behind.stop());
    const app = await createApp(behind.services, { pages: folder });
    const page = await app.inject("/");
    const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const policy = String(page.headers["content-security-policy"]).split("; ");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src 'self' ${hash(script)}`);
    expect(policy).toContain(`style-src 'self' ${hash(style)}`);
    expect(policy.join()).not.toContain("unsafe-eval");
    expect(page.headers["strict-transport-security"]).toBe("max-age=63072000; includeSubDomains");
    const token = await behind.services.accounts.link({ name: "x", role: "member", validMs: 60_000 });
    const redeemed = await app.inject({
      method: "POST",
      url: "/api/v1/links/redeem",
      headers: { "parley-session": "main", origin: "https://talks.example" },
      payload: { token },
    });
    expect(redeemed.headers["set-cookie"]).toMatch(
      /^__Host-parley-main=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    await app.close();
  });

  test("beyond the rate are told when to come back", async () => {
    const narrow = await startTestServer({ "rate-limit": "5", "sign-in-limit": "2" });
    const answers = [];
    for (let i = 0; i < 8; i++) answers.push(await fetch(`${narrow.url}/api/v1`));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    expect(answers.at(-1)?.headers.get("retry-after")).toBe("60");
    expect(((await answers[7]!.json()) as { code: string }).code).toBe("too-many-requests");
    await narrow.stop();
  });

  test("for the pages' files are not counted: a whole delegation comes from one address in the same minute", async () => {
    const folder = mkdtempSync(join(tmpdir(), "parley-pages-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(join(folder, "assets"));
    writeFileSync(join(folder, "index.html"), "<p>Parley</p>");
    writeFileSync(join(folder, "assets", "a.js"), "boot()");
    const narrow = await startTestServer({ "rate-limit": "3" });
    onTestFinished(() => narrow.stop());
    const app = await createApp(narrow.services, { pages: folder });
    onTestFinished(() => app.close());
    for (let i = 0; i < 6; i++) {
      for (const file of ["/", "/assets/a.js"]) expect((await app.inject(file)).statusCode).toBe(200);
    }
    const asked = [];
    for (let i = 0; i < 4; i++) asked.push((await app.inject("/api/v1")).statusCode);
    expect(asked).toEqual([200, 200, 200, 429]);
  });

  test("are counted by account, wherever they come from, and tries to sign in by address, whoever they are", async () => {
    const narrow = await startTestServer({ "rate-limit": "4", "sign-in-limit": "3" });
    onTestFinished(() => narrow.stop());
    const [one, other] = [await person(narrow), await person(narrow)];
    const statuses = async (who: Person) => {
      const found: number[] = [];
      for (let i = 0; i < 6; i++) found.push((await who.browser("/api/v1/session")).status);
      return found;
    };
    expect(await statuses(one)).toEqual([200, 200, 200, 200, 429, 429]);
    expect(await statuses(other)).toEqual([200, 200, 200, 200, 429, 429]);
    const redeem = () =>
      fetch(`${narrow.url}/api/v1/links/redeem`, {
        method: "POST",
        headers: { "content-type": "application/json", "parley-session": "main" },
        body: JSON.stringify({ token: "x".repeat(43) }),
      });
    // Two were used to sign in.
    expect([(await redeem()).status, (await redeem()).status]).toEqual([403, 429]);
  });

  test("with an idempotency key are answered once and replayed; with another body they are refused", async () => {
    const headers = { "idempotency-key": "k1" };
    const first = await post("/api/v1/passkeys/options", "", headers);
    const again = await post("/api/v1/passkeys/options", "", headers);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(await again.text()).toBe(await first.text());
    const other = await post("/api/v1/session/step-up/options", "", headers);
    expect(await codeOf(other)).toBe("422 idempotency-key-reused");
  });

  test("with an idempotency key that were refused are asked anew, since what was in the way may be gone", async () => {
    const { browser: go, client } = talks.member("marin");
    const [own, other] = [await device("marin"), await device("aldia")];
    const checkpoint = await client.checkpoint(talks.id, "shared");
    const lineBy = ({ signer }: typeof own) =>
      cosign(parseNote(checkpoint).text, own.id, signer, Math.floor(Date.now() / 1_000));
    const ask = async (line: Promise<string>, key: string) =>
      go(`/api/v1/cases/${talks.id}/logs/shared/cosignatures`, {
        method: "POST",
        headers: { "content-type": "application/json", "parley-session": "main", "idempotency-key": key },
        body: JSON.stringify({ device: own.id, checkpoint, line: await line }),
      });
    const wrong = lineBy(other);
    for (let tries = 0; tries < 2; tries++) {
      const refused = await ask(wrong, "k2");
      expect(refused.headers.get("idempotency-replayed")).toBeNull();
      expect(await codeOf(refused)).toBe("422 bad-proof");
    }
    const line = lineBy(own);
    const [kept, again] = [await ask(line, "k3"), await ask(line, "k3")];
    expect([kept.status, again.status, again.headers.get("idempotency-replayed")]).toEqual([
      204,
      204,
      "true",
    ]);
  });

  test("with the tag of what they have are answered that nothing changed", async () => {
    const { client, browser } = talks.member("marin");
    const path = `/api/v1/cases/${talks.id}`;
    const tag = (await browser(path)).headers.get("etag")!;
    const same = await browser(path, { headers: { "if-none-match": tag } });
    expect([same.status, await same.text()]).toEqual([304, ""]);
    await talks.say("marin", "something new");
    expect((await browser(path, { headers: { "if-none-match": tag } })).status).toBe(200);
    expect((await client.case(talks.id)).logs[0]?.size).toBe(2);
  });
});
