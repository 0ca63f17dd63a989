/** Real events of a case in the ledger: who can put what into a log, and what the export of it proves. */
import { type Body, caseRules, type SeatId } from "@parley/core";
import {
  base64url,
  cosign,
  type DeviceId,
  type Entry,
  eventId,
  openSealed,
  parseNote,
  sealContextOf,
  sharedLog,
  verifyExport,
} from "@parley/ledger";
import { SignedCase, sampleDraft, signedDevice } from "@parley/testing";
import { beforeAll, describe, expect, test } from "vitest";

const draftBody: Body<"DraftOpened"> = { kind: "partysText", text: sampleDraft };

let talks: SignedCase;
beforeAll(async () => {
  talks = await SignedCase.seated();
});

describe("a seat is taken by whoever holds its invitation, and by nobody else", () => {
  test("the server cannot take it with a key of its own", async () => {
    const fresh = await SignedCase.open("an empty table");
    const invite = await signedDevice("invite aldia");
    const until = fresh.later(7);
    await fresh.issue("marin", "PartyInvited", {
      seat: "aldia" as SeatId,
      inviteKey: invite.keys.signing,
      until,
    });
    const honest = await fresh.joining("aldia", "aldia", "head", "invite aldia");
    // The server has the invitation's public key and anything that was sent, but not the private key in the link.
    const forged = await fresh.joining("aldia", "server", "head", "server");
    const attempts: [string, Body<"MemberJoined">][] = [
      ["server", { ...forged, inviteKey: invite.keys.signing }],
      ["server", { ...forged, inviteKey: invite.keys.signing, inviteSignature: honest.inviteSignature }],
      ["server", forged],
    ];
    for (const [device, body] of attempts) {
      expect(await fresh.attempt(device, "MemberJoined", body)).toMatch(/^(bad-signature|bad-invitation)$/);
    }
    // Nor can it take the seat with the words of the one who was invited: they are signed by that device.
    const words = await fresh.draft("aldia", "MemberJoined", honest);
    expect(fresh.offer(await fresh.sign("server", words))?.code).toBe("bad-signature");
    expect(fresh.offer(await fresh.sign("aldia", words))).toBeUndefined();
    expect(await fresh.attempt("server", "MemberJoined", { ...forged, inviteKey: invite.keys.signing })).toBe(
      "bad-invitation",
    );
  });

  test("no device is added with a key that nothing can be sealed to", async () => {
    const { keys } = await signedDevice("borea spare");
    const body: Body<"DeviceAdded"> = {
      keys: { ...keys, sealing: base64url(new Uint8Array(1216).fill(255)) },
    };
    expect(await talks.attempt("borea", "DeviceAdded", body)).toBe("wrong-device-keys");
  });

  test("only the party names and removes its people", async () => {
    const { keys } = await signedDevice("borea adviser");
    const body: Body<"DeviceAdded"> = { keys };
    expect(await talks.attempt("stranger", "DeviceAdded", body)).toBe("unknown-device");
    const member = talks.state.people.devices[(await signedDevice("aldia")).id]!.member;
    expect(await talks.attempt("borea", "MemberRemoved", { member })).toBe("not-yours");
    expect(await talks.attempt("marin", "MemberRemoved", { member })).toBe("not-yours");
  });
});

describe("a device that was revoked", () => {
  test("puts nothing more into any log, and nothing more is sealed to it", async () => {
    const fresh = await SignedCase.seated("a stolen device");
    const second = await signedDevice("aldia second");
    await fresh.issue("aldia", "DeviceAdded", { keys: second.keys });
    const circle = await fresh.openCircle("aldia", "aldia");
    const secret = (text: string) => ({ value: { text }, to: ["aldia"], purpose: "message" });
    const say = (author: string, text: string) =>
      fresh.attempt(author, "MessageSent", {}, { log: circle, secret: secret(text) });
    expect(await say("aldia second", "before")).toBeUndefined();

    const stale = await fresh.draft("aldia", "MessageSent", {}, { log: circle, secret: secret("too many") });
    await fresh.issue("aldia", "DeviceRevoked", { device: second.id });
    expect(fresh.offer(await fresh.sign("aldia", stale))?.code).toBe("stale-recipients");
    expect(await say("aldia second", "after")).toBe("device-revoked");
    expect(await fresh.attempt("aldia second", "DraftOpened", draftBody, { audience: "table" })).toBe(
      "device-revoked",
    );
    expect(await say("aldia", "next")).toBeUndefined();
    const next = fresh.entries.get(circle)!.at(-1)!.event;
    expect(next.sealed!.to.map(({ device }) => device)).not.toContain(second.id);
    const context = sealContextOf(next, next.sealed!);
    await expect(openSealed(next.sealed!, context, second.sealingKey)).rejects.toMatchObject({
      code: "not-for-this-device",
    });
    // The recovery device, which the member keeps in a kit, opens everything.
    const kit = await signedDevice("aldia kit");
    expect(await openSealed(next.sealed!, context, kit.sealingKey)).toEqual({ text: "next" });
  });

  test("a recovery device signs nothing but what restores its owner", async () => {
    expect(
      await talks.attempt("aldia kit", "DraftOpened", draftBody, { audience: "table" }),
    ).not.toBeUndefined();
  });
});

describe("an event signed for one place", () => {
  test("stands in no other: case, log, author, count and head are signed", async () => {
    const other = await SignedCase.seated("another table");
    const words = await talks.sign(
      "aldia",
      await talks.draft("aldia", "DraftOpened", draftBody, { audience: "table" }),
    );
    expect(other.offer(words)?.code).toBe("wrong-case");
    const bent = (change: Partial<Entry["event"]>): Entry => ({
      ...words,
      event: { ...words.event, ...change },
    });
    expect(other.offer(bent({ case: other.id }))?.code).toBe("unknown-head");
    expect(talks.offer(bent({ audience: "public" }))?.code).toBe("wrong-count");
    expect(talks.offer(bent({ salt: words.event.salt.replace(/^./, "_") }))?.code).toBe("bad-signature");
    expect(talks.offer(bent({ author: (await signedDevice("borea")).id }))?.code).toMatch(
      /wrong-count|bad-signature/,
    );
    expect(talks.offer(words)).toBeUndefined();
    expect(talks.offer(words)?.code).toBe("wrong-count");
    expect(talks.shared.position.placeOf(eventId(words.event))).toBe(talks.shared.position.size - 1);
  });
});

describe("the export of a case", () => {
  let whole: Uint8Array;
  beforeAll(async () => {
    await talks.issue("borea", "DraftOpened", draftBody, { audience: "table" });
    const circle = await talks.openCircle("borea", "borea");
    const secret = { value: { text: "hold at 40" }, to: ["borea"], purpose: "message" };
    await talks.issue("borea", "MessageSent", {}, { log: circle, secret });
    whole = await talks.file();
  });

  test("verifies with the rules of the case, and folds to the same state", async () => {
    const verdict = await verifyExport([whole], caseRules);
    expect(verdict).toMatchObject({ valid: true, seat: null, tail: "unproven" });
    expect(verdict.valid && verdict.state).toEqual(talks.state);
  });

  test("of an observer shows nothing of the table, and still verifies to the same head", async () => {
    const file = await talks.file("obser");
    expect(new TextDecoder().decode(file)).not.toContain("DraftOpened");
    const verdict = await verifyExport([file], caseRules, { heads: [await talks.checkpoint()] });
    expect(verdict).toMatchObject({ valid: true, seat: "obser", tail: "contains-known-head" });
    expect(verdict.valid && verdict.logs).toHaveLength(1);
    expect(verdict.valid && verdict.logs[0]!.redacted).toBeGreaterThan(0);
    expect(verdict.valid && verdict.logs[0]!.head).toEqual(talks.shared.position.head());
  });

  test("of a party has its own circles and no other's", async () => {
    const mine = await verifyExport([await talks.file("borea")], caseRules);
    expect(mine.valid && mine.logs).toHaveLength(2);
    const others = await verifyExport([await talks.file("aldia")], caseRules);
    expect(others.valid && others.logs).toHaveLength(1);
  });

  test("counts the heads that devices cosigned", async () => {
    const [shared] = await talks.exported();
    const { id, signer } = await signedDevice("aldia");
    const note =
      shared!.checkpoint + (await cosign(parseNote(shared!.checkpoint).text, id, signer, 1_739_872_800));
    const { writeExport } = await import("@parley/ledger");
    const chunks: Uint8Array[] = [];
    for await (const bytes of writeExport([{ ...shared!, checkpoint: note }], "keeper", talks.keeper))
      chunks.push(bytes);
    expect(await verifyExport(chunks, caseRules)).toMatchObject({ valid: true, logs: [{ cosignatures: 1 }] });
  });

  test("with an event that the rules forbid is refused, though the keeper signed everything", async () => {
    const rigged = await SignedCase.seated("a rigged table");
    const { prepareEntry } = await import("@parley/ledger");
    // A keeper that skips the rules: an observer opens a draft.
    const forbidden = await rigged.sign("obser", await rigged.draft("obser", "DraftOpened", draftBody));
    rigged.shared.position.append(prepareEntry(forbidden));
    rigged.entries.get(sharedLog)!.push(forbidden);
    const verdict = await verifyExport([await rigged.file()], caseRules);
    expect(verdict).toMatchObject({
      valid: false,
      fault: { log: sharedLog, seq: rigged.shared.position.size - 1 },
    });
    expect(!verdict.valid && verdict.fault.code).toMatch(/^wrong-/);
  });

  test("with an author put in another's place is refused", async () => {
    const text = new TextDecoder().decode(whole);
    const [mine, theirs] = [(await signedDevice("aldia")).id, (await signedDevice("borea")).id] as DeviceId[];
    const swapped = new TextEncoder().encode(text.replaceAll(`"author":"${mine}"`, `"author":"${theirs}"`));
    expect(await verifyExport([swapped], caseRules)).toMatchObject({ valid: false });
  });
});

test("an unknown kind, and a body that is no joining, bring no keys", async () => {
  const event = await talks.draft("stranger", "Void", {});
  for (const bent of [{ kind: "MemberJoined", body: { keys: "none" } }, { kind: "Nonsense" }]) {
    const entry = await talks.sign("stranger", { ...event, ...bent });
    expect(talks.offer(entry)?.code).toBe("unknown-device");
  }
  expect(() => caseRules.around(undefined)).toThrow("opened");
  expect(caseRules.keeper(undefined)).toBe("");
  expect(caseRules.keeper(talks.state)).toBe(base64url(talks.keeper.publicKey));
});
