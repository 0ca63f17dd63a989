import { caseRules } from "@parley/core";
import {
  base64url,
  caseId,
  fromBase64url,
  leafOf,
  verifyConsistency,
  verifyExport,
  verifyInclusion,
} from "@parley/ledger";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Keeper } from "../../src/keeper/keeper.ts";
import { device, person, signed, startTestServer, TestCase, type TestServer } from "../table.ts";

describe("events", () => {
  let server: TestServer;
  let talks: TestCase;
  beforeAll(async () => {
    server = await startTestServer();
    talks = await TestCase.seated(server);
  });
  afterAll(() => server.stop());

  async function seen(name: string, log = "shared"): Promise<string[]> {
    const { items } = await talks.member(name).client.entries(talks.id, log, { limit: 1000 });
    return items.map((item) =>
      "entry" in item ? String(item.entry.event.body["text"] ?? item.entry.event.kind) : "-",
    );
  }

  test("are given to each seat as the fold says", async () => {
    await talks.say("aldia", "for everyone");
    await talks.say("aldia", "for the table", "table");
    await talks.say("marin", "for those consulted", "consulted");
    const last = async (name: string) => (await seen(name)).slice(-3);
    expect(await last("borea")).toEqual(["for everyone", "for the table", "for those consulted"]);
    expect(await last("marin")).toEqual(["for everyone", "for the table", "for those consulted"]);
    expect(await last("cassa")).toEqual(["for everyone", "-", "for those consulted"]);
    expect(await last("obser")).toEqual(["for everyone", "-", "-"]);
  });

  test("sent twice are kept once, also at the same moment", async () => {
    const body = { form: "statement", text: "once", about: [] };
    const { event, signature } = await talks.next("aldia", { kind: "StatementMade", body });
    const { client } = talks.member("aldia");
    const answers = await Promise.all([1, 2, 3].map(() => client.append(event, signature)));
    expect(new Set(answers.map(({ seq }) => seq)).size).toBe(1);
    expect(answers.filter(({ again }) => !again)).toHaveLength(1);
    expect((await client.append(event, signature)).again).toBe(true);
    expect((await seen("aldia")).filter((text) => text === "once")).toHaveLength(1);
  });

  test("that the fold does not admit are refused with its reason, and take no place", async () => {
    const before = await talks.head("obser");
    const refused = async (name: string, draft: Parameters<TestCase["next"]>[1], n: number) => {
      const { event, signature } = await signed(await device(name), talks.id, { ...draft, n });
      return talks.member(name).client.append(event, signature);
    };
    const said = { kind: "StatementMade", body: { form: "statement", text: "x", about: [] } };
    await expect(refused("obser", { ...said, audience: "table" }, 0)).rejects.toMatchObject({
      status: 422,
      code: "not-in-audience",
    });
    await expect(
      refused("obser", { kind: "PowerGranted", body: { power: "pen", to: "obser" } }, 1),
    ).rejects.toMatchObject({
      code: "wrong-seat",
    });
    await expect(refused("obser", said, 7)).rejects.toMatchObject({ code: "wrong-count" });
    await expect(refused("obser", { kind: "Nonsense", body: {} }, 1)).rejects.toMatchObject({
      code: "unknown-kind",
    });
    await expect(
      refused("obser", { ...said, after: { size: 2, root: base64url(new Uint8Array(32)) } }, 1),
    ).rejects.toMatchObject({ code: "unknown-head" });
    expect(await talks.head("obser")).toEqual(before);
  });

  test("with a signature that is not the author's are refused", async () => {
    const { event } = await talks.next("borea", { kind: "Void", body: {} });
    const other = await signed(await device("aldia"), talks.id, { kind: "Void", body: {}, n: 0 });
    await expect(talks.member("borea").client.append(event, other.signature)).rejects.toMatchObject({
      code: "bad-signature",
    });
    const { signature } = await signed(await device("borea"), talks.id, {
      kind: "Void",
      body: {},
      n: event.n,
    });
    await expect(talks.member("borea").client.append(event, signature)).rejects.toMatchObject({
      code: "bad-signature",
    });
    const first = talks.member("borea").client;
    const good = await signed(await device("borea"), talks.id, { kind: "Void", body: {}, n: event.n });
    await first.append(good.event, good.signature);
  });

  test("of a device that the account has not proved are refused, until it is proved", async () => {
    const guest = await person(server, "guest");
    talks.people.set("guest", guest);
    const n = 100;
    const sent = await signed(await device("cassa"), talks.id, { kind: "Void", body: {}, n });
    await expect(guest.client.append(sent.event, sent.signature)).rejects.toMatchObject({
      status: 403,
      code: "device-not-proven",
    });
    await expect(guest.client.case(talks.id)).rejects.toMatchObject({ status: 404 });
    await expect(talks.prove("never enrolled", "guest")).rejects.toMatchObject({
      status: 403,
      code: "bad-proof",
    });
    await talks.prove("cassa", "guest");
    expect((await guest.client.case(talks.id)).seats).toEqual(["cassa"]);
    await expect(guest.client.append(sent.event, sent.signature)).rejects.toMatchObject({
      code: "wrong-count",
    });
  });

  test("in a circle leave no trace for others", async () => {
    const log = await talks.circle("aldia", "marin");
    expect(await seen("marin", log)).toEqual(["CircleOpened"]);
    await expect(talks.member("borea").client.entries(talks.id, log)).rejects.toMatchObject({ status: 404 });
    await expect(talks.member("borea").client.checkpoint(talks.id, log)).rejects.toMatchObject({
      status: 404,
    });
    const logs = async (name: string) =>
      (await talks.member(name).client.case(talks.id)).logs.map((l) => l.log);
    expect(await logs("aldia")).toContain(log);
    expect(await logs("borea")).not.toContain(log);
  });

  test("are proved to be in the log, and the log to continue", async () => {
    const { client } = talks.member("obser");
    const head = await talks.head("obser");
    const { items } = await client.entries(talks.id, "shared", { limit: 1000 });
    const leaves = items.map((item) => ("entry" in item ? leafOf(item.entry) : fromBase64url(item.leaf)));
    const root = fromBase64url(head.root);
    for (const seq of [0, 3, head.size - 1]) {
      const { proof } = await client.inclusion(talks.id, "shared", seq, head.size);
      expect(verifyInclusion(leaves[seq]!, seq, head.size, root, proof.map(fromBase64url))).toBe(true);
    }
    await talks.say("aldia", "one more");
    const now = await talks.head("obser");
    const { proof } = await client.consistency(talks.id, "shared", head.size, now.size);
    expect(
      verifyConsistency(head.size, root, now.size, fromBase64url(now.root), proof.map(fromBase64url)),
    ).toBe(true);
    await expect(client.inclusion(talks.id, "shared", now.size, now.size)).rejects.toMatchObject({
      status: 404,
    });
    await expect(client.consistency(talks.id, "shared", 0, now.size + 1)).rejects.toMatchObject({
      status: 404,
    });
  });

  test("export to a file that anyone can verify, as each seat is given it", async () => {
    for (const name of ["aldia", "cassa", "obser"]) {
      const { body } = await talks.member(name).client.export(talks.id);
      const verdict = await verifyExport(body as unknown as AsyncIterable<Uint8Array>, caseRules);
      expect(verdict).toMatchObject({ valid: true, seat: name, caseId: talks.id });
      if (verdict.valid)
        expect(verdict.logs[0]?.redacted).toBe(name === "aldia" ? 0 : name === "cassa" ? 1 : 2);
    }
  });

  test("of a case are read again from the store as they were", async () => {
    const again = await Keeper.open(server.services.sql, server.services.ports);
    const held = (await server.services.keeper.file(talks.id))?.published;
    const read = (await again.file(talks.id))?.published;
    expect(read?.state).toEqual(held?.state);
    expect(read?.given).toEqual(held?.given);
    expect(read?.circles).toEqual(held?.circles);
    expect(read?.heads).toEqual(held?.heads);
  });

  test("that open a case are taken from accounts that may, and only for this keeper", async () => {
    const member = await person(server, "member", "member");
    const opener = await person(server, "opener", "opener");
    const by = await device("opener");
    const body = {
      title: "EXERCISE",
      keeper: server.services.keeper.key,
      nonce: base64url(new Uint8Array(16)),
      seats: [{ seat: "a", kind: "principal", name: "A" }],
      convener: "a",
      opener: { name: "x", office: "y", keys: by.keys },
    };
    const mine = await signed(by, caseId(body), { kind: "CaseOpened", body, n: 0 });
    await expect(member.client.append(mine.event, mine.signature)).rejects.toMatchObject({
      status: 403,
      code: "forbidden",
    });
    const foreign = { ...body, keeper: base64url(new Uint8Array(32).fill(7)) };
    const other = await signed(by, caseId(foreign), { kind: "CaseOpened", body: foreign, n: 0 });
    await expect(opener.client.append(other.event, other.signature)).rejects.toMatchObject({
      status: 409,
      code: "not-keeper",
    });
    expect((await opener.client.append(mine.event, mine.signature)).seq).toBe(0);
  });
});
