/**
 * Canaries through a running server: a party's preferences, a private message and a sealed answer are sent as clients send
 * them. Then every file of the store, every line of the log at its most talkative, every response and every line of the
 * stream, the export and the refusals are searched for them, in each form in which they could hide.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  answerPurpose,
  base64url,
  type EventId,
  type Json,
  type JsonObject,
  type LogId,
  sha256,
  utf8,
  writeAnswer,
} from "@parley/ledger";
import { formsOf, sampleDraft } from "@parley/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { systemPorts } from "../src/ports.ts";
import { device, type Secret, startTestServer, TestCase, type TestServer } from "./table.ts";

const canaries = {
  score: "canary-score-8172635445",
  redLine: "canary-red-line-never-cede-the-harbour",
  message: "canary-message-we-could-live-with-forty",
  reason: "canary-reason-الميناء-гавань",
};
const plain = "canary-control-said-in-public";

const logged: string[] = [];
const sent: string[] = [];
/** Everything outside the devices, by where it was found, as bytes in Latin-1 so that nothing is lost in decoding. */
const outside = new Map<string, string>();
let server: TestServer;
let accepted: string;
let secretKeys: string[];
const platformFetch = globalThis.fetch;

beforeAll(async () => {
  globalThis.fetch = async (...request) => {
    const response = await platformFetch(...request);
    sent.push(JSON.stringify([...response.headers]), await response.clone().text());
    return response;
  };
  const log = { write: (line: string) => void logged.push(line) };
  server = await startTestServer({ "log-level": "trace" }, { ...systemPorts, log });
  const talks = await TestCase.seated(server);
  const stream = await listen(talks);
  await play(talks);
  stream.close();
  gather();
}, 120_000);

afterAll(async () => {
  globalThis.fetch = platformFetch;
  await server.stop();
});

async function listen(talks: TestCase): Promise<WebSocket> {
  const { browser } = talks.member("borea");
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const url = `${server.url.replace("http", "ws")}/api/v1/cases/${talks.id}/stream`;
  const stream = new WebSocket(url, { headers: { cookie, origin: server.url } });
  stream.on("message", (data) => sent.push(String(data)));
  stream.once("open", () => stream.send(JSON.stringify({ next: {} })));
  await new Promise((resolve, reject) => stream.once("open", resolve).once("error", reject));
  return stream;
}

/** A party prepares, speaks among itself and answers a package; what is wrong is refused. */
async function play(talks: TestCase): Promise<void> {
  await talks.say("aldia", plain);
  for (const seat of ["aldia", "borea"])
    await talks.issue(seat, "PowerGranted", { power: "answers", to: "marin" });
  const opened = await talks.issue(
    "borea",
    "DraftOpened",
    { kind: "partysText", text: sampleDraft },
    "table",
  );
  const draft = opened.eventId;
  const revision = base64url(sha256(utf8(sampleDraft)));
  const own = await talks.circle("aldia");
  const custodian = await talks.circle("aldia", "marin");

  const preferences: Json = {
    walkAway: canaries.score,
    redLines: [canaries.redLine],
    reasons: { force: canaries.reason },
  };
  const mine = { of: "aldia", draft, revision, provenance: "stated" };
  await whisper(talks, own, "PreferencesSealed", mine, {
    value: preferences,
    to: ["aldia"],
    purpose: "preferences",
  });
  const message = { value: { text: canaries.message }, to: ["aldia"], purpose: "message" };
  await whisper(talks, own, "MessageSent", {}, message);

  const answersUntil = new Date(Date.now() + 86_400_000).toISOString();
  const tabled = { draft, revision, package: { force: "shall" }, answersUntil };
  const proposal = (await talks.issue("borea", "ProposalTabled", tabled, "table")).eventId as EventId;
  const { id, signer } = await device("aldia");
  const place = { case: talks.id, proposal, party: "aldia", device: id };
  const answer = await writeAnswer("accept", place, signer);
  accepted = (answer.value as { readonly signature: string }).signature;
  const sealed = { value: answer.value, to: ["marin"], purpose: answerPurpose };
  const { client } = talks.member("aldia");
  await server.services.sessions.stepUp((await client.whoAmI()).session);
  await whisper(talks, custodian, "AnswerSealed", { proposal, hash: answer.hash }, sealed);

  const astray = whisper(talks, own, "MessageSent", {}, { ...message, to: ["aldia", "borea"] });
  await expect(astray).rejects.toMatchObject({ status: 422 });
  for (const seat of ["aldia", "borea", "marin", "obser"]) {
    const { client } = talks.member(seat);
    await client.case(talks.id);
    sent.push(await (await client.export(talks.id, seat)).text());
  }
  const devices = await Promise.all(["aldia", "borea", "marin"].map(device));
  secretKeys = devices.map(({ sealingKey }) => Buffer.from(sealingKey.secret).toString("base64url"));
}

async function whisper(
  talks: TestCase,
  log: LogId,
  kind: string,
  body: JsonObject,
  secret: Secret,
): Promise<void> {
  const shared = await talks.head("aldia");
  const { event, signature } = await talks.next("aldia", {
    kind,
    body,
    audience: "circle",
    log,
    shared,
    secret,
  });
  await talks.member("aldia").client.append(event, signature);
}

function gather(): void {
  outside.set("log", latin(logged.join("\n")));
  outside.set("responses and stream", latin(sent.join("\n")));
  for (const name of readdirSync(server.folder)) {
    outside.set(`file ${name}`, readFileSync(join(server.folder, name), "latin1"));
  }
}

function latin(text: string): string {
  return Buffer.from(text).toString("latin1");
}

describe("what a running server stores, logs and sends", () => {
  test("is there to be searched, and the search finds what was said in public", () => {
    expect(logged.length).toBeGreaterThan(30);
    const where = [...outside].filter(([, text]) =>
      formsOf(utf8(plain)).some((form) => text.includes(latin(form))),
    );
    expect(where.map(([place]) => place)).toEqual(
      expect.arrayContaining(["responses and stream", expect.stringMatching(/^file parley\.db/)]),
    );
  });

  test.each(Object.entries(canaries))("holds no %s, in clear or encoded", (_, secret) => {
    for (const [place, text] of outside) {
      for (const form of formsOf(utf8(secret)))
        expect(text.includes(latin(form)), `${place}: ${form}`).toBe(false);
    }
  });

  test("holds no acceptance that was not shown, and no secret key", () => {
    for (const [place, text] of outside) {
      for (const secret of [accepted, ...secretKeys]) expect(text.includes(secret), place).toBe(false);
    }
  });
});
