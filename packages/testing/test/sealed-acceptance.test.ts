/** Sealed acceptance from the answer on a device to the agreement that everyone verifies. */
import { caseRules, itemOf, proposalPhase, type SeatId } from "@parley/core";
import {
  type AnswerPlace,
  answerPurpose,
  countAnswers,
  type EventId,
  type LogId,
  type ReceivedAnswer,
  readAnswer,
  verifyExport,
  writeAnswer,
} from "@parley/ledger";
import { SignedCase, sampleDraft, signedDevice } from "@parley/testing";
import { beforeEach, describe, expect, test } from "vitest";

const chosen = { force: "shall", scope: "wider", ports: "keep", again: "keep" };
const parties = ["aldia", "borea"] as const;
type Party = (typeof parties)[number];

let talks: SignedCase;
let proposal: EventId;
let draft: EventId;
let until: string;
let circles: Record<Party, LogId>;

beforeEach(async () => {
  talks = await SignedCase.seated("sealed answers");
  for (const party of parties) {
    await talks.issue(party, "PowerGranted", { power: "answers", to: "marin" as SeatId });
  }
  circles = {
    aldia: await talks.openCircle("aldia", "aldia", "marin"),
    borea: await talks.openCircle("borea", "borea", "marin"),
  };
  draft = await talks.issue(
    "aldia",
    "DraftOpened",
    { kind: "partysText", text: sampleDraft },
    { audience: "table" },
  );
  const { revision } = itemOf(talks.state.rooms.table.texts, draft)!;
  until = talks.later(2);
  const body = { draft, revision, package: chosen, answersUntil: until };
  proposal = await talks.issue("aldia", "ProposalTabled", body, { audience: "table" });
});

async function placeOf(party: string, device: string = party): Promise<AnswerPlace> {
  return { case: talks.id, proposal, party, device: (await signedDevice(device)).id };
}

/** The party's head seals an answer to the custodian, in their circle. */
async function send(
  party: Party,
  answer: "accept" | "decline",
  as: string = party,
): Promise<string | undefined> {
  const { signer } = await signedDevice(as);
  const { value, hash } = await writeAnswer(answer, await placeOf(party, as), signer);
  const secret = { value, to: ["marin"], purpose: answerPurpose };
  return talks.attempt(party, "AnswerSealed", { proposal, hash }, { log: circles[party], secret });
}

/** What the custodian's client finds in the circles that it is in. */
async function received(): Promise<ReceivedAnswer[]> {
  const { sealingKey } = await signedDevice("marin");
  const found: ReceivedAnswer[] = [];
  for (const party of parties) {
    for (const { event, at } of talks.entries.get(circles[party])!) {
      if (event.kind !== "AnswerSealed") continue;
      const author = talks.state.people.devices[event.author]!;
      const place = { ...(await placeOf(party)), device: event.author };
      const hash = event.body["hash"] as string;
      found.push({ party, at, reading: await readAnswer(event, place, hash, author.keys, sealingKey) });
    }
  }
  return found;
}

async function agree(): Promise<string | undefined> {
  const counted = countAnswers(parties, await received(), until);
  if (counted === undefined)
    return talks.attempt("marin", "PackageNotAgreed", { proposal }, { audience: "table" });
  const acceptances = counted.map((one) => ({ ...one, party: one.party as SeatId }));
  return talks.attempt("marin", "PackageAgreed", { proposal, acceptances }, { audience: "table" });
}

const outcome = () => itemOf(talks.state.rooms.table.proposals, proposal)!;

describe("all accept", () => {
  test("and the agreement that the custodian shows is verified by everyone, offline too", async () => {
    expect(await send("aldia", "accept")).toBeUndefined();
    expect(await send("borea", "accept")).toBeUndefined();
    expect(await agree()).toBeUndefined();
    expect(outcome().outcome).toBe("agreed");
    expect(itemOf(talks.state.rooms.table.texts, draft)!.agreed["scope"]).toEqual({
      option: "wider",
      proposal,
    });
    const verdict = await verifyExport([await talks.file()], caseRules);
    expect(verdict.valid && verdict.state).toEqual(talks.state);
  });

  test("and nobody but the custodian could have read either answer before", async () => {
    await send("aldia", "accept");
    const [answer] = talks.entries.get(circles.aldia)!.filter(({ event }) => event.kind === "AnswerSealed");
    const kit = (await signedDevice("marin kit")).id;
    const device = (await signedDevice("marin")).id;
    expect(new Set(answer!.event.sealed!.to.map((to) => to.device))).toEqual(new Set([device, kit]));
    const borea = new TextDecoder().decode(await talks.file("borea"));
    expect(borea).not.toContain(answer!.event.body["hash"]);
    expect(borea).not.toContain(circles.aldia);
  });
});

describe("not all accept", () => {
  test.each(["decline", "silence"] as const)(
    "%s: not agreed is said when answers are due, and reveals no acceptance",
    async (how) => {
      await send("aldia", "accept");
      if (how === "decline") await send("borea", "decline");
      expect(await agree()).toBe("too-early");
      talks.clock.advance(2 * 86_400_000);
      expect(await agree()).toBeUndefined();
      const said = talks.entries.get("shared" as LogId)!.at(-1)!.event;
      expect(said.kind).toBe("PackageNotAgreed");
      expect(said.body).toEqual({ proposal });
      expect(said.sealed).toBeUndefined();
      expect(itemOf(talks.state.rooms.table.texts, draft)!.agreed).toEqual({});
    },
  );

  test("an answer that cannot be opened, or is not signed by its party, is a decline", async () => {
    await send("aldia", "accept");
    const { value } = await writeAnswer(
      "accept",
      await placeOf("borea"),
      (await signedDevice("borea")).signer,
    );
    const hash = "A".repeat(43);
    const secret = { value, to: ["marin"], purpose: answerPurpose };
    expect(
      await talks.attempt("borea", "AnswerSealed", { proposal, hash }, { log: circles.borea, secret }),
    ).toBeUndefined();
    const readings = (await received()).map(({ reading }) => reading);
    expect(readings).toMatchObject([{ answer: "accept" }, { answer: "decline", because: "other-hash" }]);
    talks.clock.advance(2 * 86_400_000);
    expect(await agree()).toBeUndefined();
    expect(outcome().outcome).toBe("notAgreed");
  });
});

describe("the rules of answering", () => {
  test("one answer a party, final", async () => {
    expect(await send("aldia", "decline")).toBeUndefined();
    expect(await send("aldia", "accept")).toBe("answer-final");
  });

  test("none after the time for answers", async () => {
    talks.clock.advance(2 * 86_400_000);
    expect(await send("aldia", "accept")).toBe("answers-closed");
  });

  test("only in the circle of the party and the custodian, sealed to the custodian alone", async () => {
    const { signer } = await signedDevice("aldia");
    const { value, hash } = await writeAnswer("accept", await placeOf("aldia"), signer);
    const secret = { value, to: ["marin"], purpose: answerPurpose };
    const wrong = await talks.openCircle("aldia", "aldia", "borea");
    const body = { proposal, hash };
    expect(await talks.attempt("aldia", "AnswerSealed", body, { log: wrong, secret })).toBe(
      "not-in-audience",
    );
    const wide = { ...secret, to: ["marin", "aldia"] };
    expect(await talks.attempt("aldia", "AnswerSealed", body, { log: circles.aldia, secret: wide })).toBe(
      "stale-recipients",
    );
    expect(await talks.attempt("aldia", "AnswerSealed", body, { secret })).not.toBeUndefined();
  });

  test("an agreement comes no later than 24 hours after answers were due", async () => {
    await send("aldia", "accept");
    await send("borea", "accept");
    talks.clock.advance(3 * 86_400_000 + 3_600_000);
    expect(await agree()).toBe("too-late");
    expect(proposalPhase(outcome(), talks.state.people, talks.clock.now())).toBe("lapsed");
  });
});

describe("a dishonest custodian", () => {
  test("cannot invent an agreement", async () => {
    await send("aldia", "accept");
    await send("borea", "decline");
    const [mine] = (await received()).map(({ reading }) => reading);
    if (mine?.answer !== "accept") throw new Error("aldia accepted");
    const aldia = { ...mine.acceptance, party: "aldia" as SeatId };
    const borea = (await signedDevice("borea")).id;
    const forge = (...acceptances: (typeof aldia)[]) =>
      talks.attempt("marin", "PackageAgreed", { proposal, acceptances }, { audience: "table" });
    expect(await forge(aldia)).toBe("not-consented");
    expect(await forge(aldia, { ...aldia, party: "borea" as SeatId, device: borea })).toBe("bad-signature");
    expect(await forge(aldia, { ...aldia, party: "borea" as SeatId })).toBe("wrong-role");
  });

  test("who hides an agreement is shown wrong by the parties' own acceptances, which settles nothing", async () => {
    await send("aldia", "accept");
    await send("borea", "accept");
    const counted = countAnswers(parties, await received(), until)!;
    talks.clock.advance(2 * 86_400_000);
    expect(
      await talks.attempt("marin", "PackageNotAgreed", { proposal }, { audience: "table" }),
    ).toBeUndefined();
    const acceptances = counted.map((one) => ({ ...one, party: one.party as SeatId }));
    const shown = { proposal, acceptances };
    expect(await talks.attempt("aldia", "AcceptancesShown", shown, { audience: "table" })).toBeUndefined();
    expect(outcome()).toMatchObject({ outcome: "notAgreed", disproved: true });
    expect(itemOf(talks.state.rooms.table.texts, draft)!.agreed).toEqual({});
  });

  test("cannot use the acceptances of one package for another", async () => {
    await send("aldia", "accept");
    await send("borea", "accept");
    const counted = countAnswers(parties, await received(), until)!;
    const acceptances = counted.map((one) => ({ ...one, party: one.party as SeatId }));
    await talks.issue("aldia", "ProposalWithdrawn", { proposal }, { audience: "table" });
    const { revision } = itemOf(talks.state.rooms.table.texts, draft)!;
    const again = { draft, revision, package: { force: "should" }, answersUntil: talks.later(2) };
    const other = await talks.issue("aldia", "ProposalTabled", again, { audience: "table" });
    expect(
      await talks.attempt("marin", "PackageAgreed", { proposal: other, acceptances }, { audience: "table" }),
    ).toBe("bad-signature");
  });
});
