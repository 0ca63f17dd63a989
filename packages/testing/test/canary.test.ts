/**
 * Canaries: words that stand for a party's secrets are put into preferences, private messages, answers and keys, in the way
 * that clients do it. Then everything that leaves the devices is searched for them, in every form in which they could hide:
 * what the server stores and sends (entries, checkpoints, exports), the folded state, refusals and error messages.
 */
import { caseRules, itemOf, type SeatId } from "@parley/core";
import {
  answerPurpose,
  base64url,
  type Device,
  type Entry,
  type Json,
  type LogId,
  openSealed,
  readEntry,
  sealContextOf,
  sharedLog,
  utf8,
  verifyExport,
  writeAnswer,
} from "@parley/ledger";
import { formsOf, SignedCase, sampleDraft, seededBytes, signedDevice } from "@parley/testing";
import { beforeAll, describe, expect, test } from "vitest";

const canaries = {
  score: "canary-score-8172635445",
  redLine: "canary-red-line-never-cede-the-harbour",
  message: "canary-message-we-could-live-with-forty",
  reason: "canary-reason-الميناء-гавань",
};

/** Everything that left a device, by where it was found. */
const outside = new Map<string, string>();
let talks: SignedCase;
let own: LogId;
let accepted: string;

beforeAll(async () => {
  talks = await SignedCase.seated("canaries");
  for (const seat of ["aldia", "borea"]) {
    await talks.issue(seat, "PowerGranted", { power: "answers", to: "marin" as SeatId });
  }
  own = await talks.openCircle("aldia", "aldia");
  const custodian = await talks.openCircle("aldia", "aldia", "marin");
  const draft = await talks.issue(
    "borea",
    "DraftOpened",
    { kind: "partysText", text: sampleDraft },
    { audience: "table" },
  );
  const { revision } = itemOf(talks.state.rooms.table.texts, draft)!;
  const preferences: Json = {
    walkAway: canaries.score,
    redLines: [canaries.redLine],
    reasons: { force: canaries.reason },
  };
  await talks.issue(
    "aldia",
    "PreferencesSealed",
    { of: "aldia" as SeatId, draft, revision, provenance: "stated" },
    { log: own, secret: { value: preferences, to: ["aldia"], purpose: "preferences" } },
  );
  await talks.issue(
    "aldia",
    "MessageSent",
    {},
    {
      log: own,
      secret: { value: { text: canaries.message }, to: ["aldia"], purpose: "message" },
    },
  );
  const answersUntil = talks.later(2);
  const tabled = { draft, revision, package: { force: "shall" }, answersUntil };
  const proposal = await talks.issue("borea", "ProposalTabled", tabled, { audience: "table" });
  const { id, signer } = await signedDevice("aldia");
  const answer = await writeAnswer(
    "accept",
    { case: talks.id, proposal, party: "aldia", device: id },
    signer,
  );
  accepted = (answer.value as { readonly signature: string }).signature;
  await talks.issue(
    "aldia",
    "AnswerSealed",
    { proposal, hash: answer.hash },
    { log: custodian, secret: { value: answer.value, to: ["marin"], purpose: answerPurpose } },
  );

  for (const [log, entries] of talks.entries) {
    outside.set(`entries of ${log}`, JSON.stringify(entries));
    outside.set(`checkpoint of ${log}`, await talks.checkpoint(log));
    outside.set(`state of ${log}`, JSON.stringify(talks.logOf(log).state));
  }
  for (const seat of [null, "aldia", "borea", "marin", "obser"]) {
    outside.set(`export of ${seat}`, new TextDecoder().decode(await talks.file(seat)));
  }
  outside.set("verdict", JSON.stringify(await verifyExport([await talks.file()], caseRules)));
  outside.set("refusals and errors", (await refusals()).join("\n"));
});

/** What is said when something that carries secrets is refused, cannot be opened, or is malformed. */
async function refusals(): Promise<string[]> {
  const said: string[] = [];
  const secret = { value: { text: canaries.message }, to: ["aldia", "borea"], purpose: "message" };
  const entry = await talks.sign(
    "aldia",
    await talks.draft("aldia", "MessageSent", {}, { log: own, secret }),
  );
  said.push(JSON.stringify(talks.offer(entry)));
  const event = talks.entries.get(own)!.at(-1)!.event;
  const { sealed } = event;
  for (const [name, place] of [
    ["borea", event],
    ["aldia", { ...event, kind: "PreferencesSealed" }],
  ] as const) {
    const { sealingKey } = await signedDevice(name);
    const key = name === "aldia" ? sealingKey : { ...sealingKey, device: sealed!.to[0]!.device };
    await openSealed(sealed!, sealContextOf(place, sealed!), key).catch((error: unknown) =>
      said.push(String((error as Error).stack)),
    );
  }
  for (const member of ["kind", "salt", "audience"] as const) {
    const bent = { ...entry, event: { ...entry.event, [member]: `${canaries.message}!` } } as Entry;
    try {
      readEntry(bent as unknown as Json);
    } catch (error) {
      said.push(String((error as Error).stack));
    }
  }
  return said;
}

describe("what leaves a device", () => {
  test("is searched everywhere that a server could look", () => {
    expect(outside.size).toBeGreaterThan(15);
    for (const [place, text] of outside) expect(text.length, place).toBeGreaterThan(20);
    // The search itself finds what is there: a word that is in clear, and a key in base64.
    const whole = outside.get("export of null")!;
    expect(formsOf(utf8("canaries")).some((form) => whole.includes(form))).toBe(true);
  });

  test.each(Object.entries(canaries))("holds no %s, in clear or encoded", (_, secret) => {
    for (const [place, text] of outside) {
      for (const form of formsOf(utf8(secret))) expect(text.includes(form), `${place}: ${form}`).toBe(false);
    }
  });

  test("holds no acceptance before it is shown, and no secret key", async () => {
    const devices: Device[] = await Promise.all(["aldia", "borea", "marin", "aldia kit"].map(signedDevice));
    const secrets = devices.map(({ sealingKey }) => base64url(sealingKey.secret));
    const seeds = ["aldia", "borea", "marin", "aldia kit"].map((name) => seededBytes(`${name} signs`, 32));
    for (const [place, text] of outside) {
      for (const secret of [accepted, ...secrets, ...seeds]) expect(text.includes(secret), place).toBe(false);
    }
  });

  test("is opened by those it is for", async () => {
    const { event } = talks.entries.get(own)!.at(-1)!;
    const { sealingKey } = await signedDevice("aldia kit");
    expect(await openSealed(event.sealed!, sealContextOf(event, event.sealed!), sealingKey)).toEqual({
      text: canaries.message,
    });
    expect(talks.entries.get(sharedLog)!.length).toBeGreaterThan(5);
  });
});
