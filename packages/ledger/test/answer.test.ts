import {
  type AnswerPlace,
  type AnswerReading,
  answerPurpose,
  countAnswers,
  type Event,
  type EventId,
  isAcceptance,
  type Json,
  jsonHash,
  readAnswer,
  seal,
  sealContextOf,
  type WrittenAnswer,
  writeAnswer,
} from "@parley/ledger";
import { describe, expect, test } from "vitest";
import { ToyCase, toyDevice } from "./toy-case.ts";

const north = await toyDevice("north's head");
const custodian = await toyDevice("custodian");
const toy = await ToyCase.open(north);
const circle = await toy.openCircle(north, "north and the custodian");
const place: AnswerPlace = {
  case: toy.id,
  proposal: "P".repeat(43) as EventId,
  party: "north",
  device: north.id,
};

/** The event that carries an answer, sealed to the custodian. */
async function carry(value: Json, purpose: string = answerPurpose): Promise<Event> {
  const draft = toy.draft(north, {}, { log: circle, kind: "AnswerSealed" });
  const context = sealContextOf(draft, { purpose, to: [], ciphertext: "" });
  const sealed = await seal(context, value, [{ device: custodian.id, keys: custodian.keys }]);
  return { ...draft, sealed };
}

async function read(written: WrittenAnswer, event?: Event): Promise<AnswerReading> {
  return readAnswer(
    event ?? (await carry(written.value)),
    place,
    written.hash,
    north.keys,
    custodian.sealingKey,
  );
}

describe("an answer", () => {
  test("that accepts is proof for everyone once the custodian shows it", async () => {
    const written = await writeAnswer("accept", place, north.signer);
    const reading = await read(written);
    expect(reading.answer).toBe("accept");
    if (reading.answer !== "accept") return;
    expect(isAcceptance(reading.acceptance, place, north.keys)).toBe(true);
    expect(
      isAcceptance(reading.acceptance, { ...place, proposal: "Q".repeat(43) as EventId }, north.keys),
    ).toBe(false);
    expect(isAcceptance(reading.acceptance, { ...place, party: "south" }, north.keys)).toBe(false);
    expect(isAcceptance(reading.acceptance, place, custodian.keys)).toBe(false);
    expect(isAcceptance({ ...reading.acceptance, signature: "!" }, place, north.keys)).toBe(false);
  });

  test("looks the same from outside whether it is a yes or a no", async () => {
    const [yes, no] = await Promise.all(
      (["accept", "decline"] as const).map(async (answer) => {
        const { value, hash } = await writeAnswer(answer, place, north.signer);
        const event = await carry(value);
        return JSON.stringify({ hash, sealed: event.sealed }).length;
      }),
    );
    expect(yes).toBe(no);
    const twice = [
      await writeAnswer("decline", place, north.signer),
      await writeAnswer("decline", place, north.signer),
    ];
    expect(twice[0]!.hash).not.toBe(twice[1]!.hash);
  });

  test("that declines, cannot be opened, or is not what it should be, is a no with its reason", async () => {
    const accept = await writeAnswer("accept", place, north.signer);
    const because = async (written: WrittenAnswer, event?: Event): Promise<string> => {
      const reading = await read(written, event);
      return reading.answer === "accept" ? "accepted" : reading.because;
    };
    const value = accept.value as Record<string, Json>;
    const altered = (change: Record<string, Json>): WrittenAnswer => {
      const bent = { ...value, ...change };
      return { value: bent, hash: jsonHash(bent) };
    };
    expect(await because(await writeAnswer("decline", place, north.signer))).toBe("declined");
    expect(await because(accept, { ...(await carry(accept.value)), kind: "MessageSent" })).toBe("unopenable");
    expect(await because(accept, await carry(accept.value, "message"))).toBe("unopenable");
    const { sealed: _, ...bare } = await carry(accept.value);
    expect(await because(accept, bare)).toBe("unopenable");
    expect(await because({ ...accept, hash: jsonHash("another") })).toBe("other-hash");
    expect(await because(altered({ signature: "A".repeat(86) }))).toBe("false-signature");
    expect(await because(altered({ signature: "!" }))).toBe("false-signature");
    expect(await because(altered({ nonce: "another" }))).toBe("false-signature");
    for (const change of [
      { party: "south" },
      { device: custodian.id },
      { answer: "perhaps" },
      { nonce: 1 },
      { signature: null },
      { extra: 1 },
    ]) {
      expect(await because(altered(change as Record<string, Json>))).toBe("malformed");
    }
    expect(await because({ value: "yes", hash: jsonHash("yes") })).toBe("malformed");
    const nameless: AnswerPlace = { ...place, device: "x" as AnswerPlace["device"] };
    const odd = await writeAnswer("accept", nameless, north.signer);
    const event = await carry(odd.value);
    expect(await readAnswer(event, nameless, odd.hash, north.keys, custodian.sealingKey)).toEqual({
      answer: "decline",
      because: "malformed",
    });
  });
});

describe("the count", () => {
  const until = "2025-02-18T12:00:00.000Z";
  const accept = (party: string, at = "2025-02-18T11:00:00.000Z") => ({
    party,
    at,
    reading: { answer: "accept", acceptance: { party, device: north.id, nonce: "", signature: "" } } as const,
  });
  const decline = (party: string) => ({
    ...accept(party),
    reading: { answer: "decline", because: "declined" } as const,
  });

  test("is an agreement only if every principal accepted, whoever else answered", () => {
    const both = ["north", "south"];
    expect(countAnswers(both, [accept("south"), accept("north")], until)?.map(({ party }) => party)).toEqual(
      both,
    );
    expect(countAnswers(both, [accept("north"), decline("south")], until)).toBeUndefined();
    expect(countAnswers(both, [accept("north")], until)).toBeUndefined();
    expect(countAnswers(both, [accept("north"), accept("host")], until)).toBeUndefined();
  });

  test("takes the first answer of a party as final, and none that came late", () => {
    expect(countAnswers(["north"], [decline("north"), accept("north")], until)).toBeUndefined();
    expect(countAnswers(["north"], [accept("north"), decline("north")], until)).toHaveLength(1);
    expect(countAnswers(["north"], [accept("north", until)], until)).toHaveLength(1);
    expect(countAnswers(["north"], [accept("north", "2025-02-18T12:00:00.001Z")], until)).toBeUndefined();
  });
});
