/** The calendar feed of a seat: its address is a key to that seat's contacts and to nothing else, and it can be ended. */
import { itemsOf } from "@parley/core";
import { convertIcsCalendar } from "ts-ics";
import { afterAll, beforeAll, expect, test } from "vitest";
import { browser, device, startTestServer, TestCase, type TestServer } from "../table.ts";

let server: TestServer;
let talks: TestCase;
beforeAll(async () => {
  server = await startTestServer();
  talks = await TestCase.seated(server);
});
afterAll(() => server.stop());

const meeting = (title: string) => ({
  form: "ministerial",
  title,
  begins: "2026-03-29T00:30:00.000Z",
  ends: "2026-03-29T03:00:00.000Z",
  parties: ["aldia", "borea"],
  participants: [],
  languages: ["en"],
  confidentiality: "No names.",
  press: "None.",
  agenda: [],
});

/** As a calendar program asks: no cookie, no header, only the address. */
const poll = async (url: string): Promise<{ status: number; text: string; type: string | null }> => {
  const response = await browser(server.url)(url);
  return {
    status: response.status,
    text: await response.text(),
    type: response.headers.get("content-type"),
  };
};
const titles = ({ text }: { text: string }) =>
  (convertIcsCalendar(undefined, text).events ?? []).map(({ summary }) => summary);

test("each seat's feed has the contacts that the seat is given, follows what becomes of them, and no other seat's", async () => {
  await talks.issue("aldia", "ContactProposed", meeting("At the table"), "table");
  await talks.issue("aldia", "ContactProposed", meeting("In public"));
  const of = async (who: string) => talks.member(who).client.makeFeed(talks.id);
  const [aldia, obser] = [await of("aldia"), await of("obser")];
  const given = await poll(aldia);
  expect([given.status, given.type]).toEqual([200, "text/calendar; charset=utf-8"]);
  expect(titles(given)).toEqual(["EXERCISE In public", "EXERCISE At the table"]);
  expect(titles(await poll(obser))).toEqual(["EXERCISE In public"]);
  const cancelled = { appointment: await idOf("At the table"), reason: "Illness." };
  await talks.issue("borea", "ContactCancelled", cancelled, "table");
  expect((await poll(aldia)).text).toContain("STATUS:CANCELLED\r\n");
});

const idOf = async (title: string): Promise<string> => {
  const { state } = (await server.services.keeper.file(talks.id))?.published ?? {};
  const all = state ? itemsOf(state.rooms.table.appointments) : [];
  return all.find((one) => one.title === title)?.id ?? "";
};

test("a new address ends the one before, and a feed ends with its owner's word, device or account", async () => {
  const { client, account } = talks.member("borea");
  expect((await client.feed(talks.id)).madeAt).toBe(null);
  const first = await client.makeFeed(talks.id);
  expect((await client.feed(talks.id)).madeAt).toBeGreaterThan(0);
  const second = await client.makeFeed(talks.id);
  expect([(await poll(first)).status, (await poll(second)).status]).toEqual([404, 200]);
  await client.revokeFeed(talks.id);
  expect((await poll(second)).status).toBe(404);
  expect((await client.feed(talks.id)).madeAt).toBe(null);
  // A device that is revoked opens nothing, and neither does its feed.
  const third = await client.makeFeed(talks.id);
  const { id } = await device("borea");
  await talks.issue("borea", "DeviceRevoked", { device: id });
  expect((await poll(third)).status).toBe(404);
  const closing = await talks.member("cassa").client.makeFeed(talks.id);
  expect((await poll(closing)).status).toBe(200);
  await server.services.accounts.disable(talks.member("cassa").account);
  expect((await poll(closing)).status).toBe(404);
  expect(account).not.toBe(talks.member("cassa").account);
});

test("the store keeps the hash of an address's secret, and a repeated request is not answered with it again", async () => {
  const { browser: go } = talks.member("aldia");
  const headers = { "parley-session": "main", "idempotency-key": "once" };
  const ask = async () => {
    const response = await go(`/api/v1/cases/${talks.id}/feed`, { method: "POST", headers });
    return ((await response.json()) as { url: string }).url;
  };
  const [one, two] = [await ask(), await ask()];
  expect(one).not.toBe(two);
  const secret = /feeds\/([^/]+)\//.exec(two)?.[1] ?? "";
  const rows = await server.services.sql.query("SELECT token_hash FROM feeds");
  const replies = await server.services.sql.query("SELECT body FROM replies");
  expect(secret).toHaveLength(43);
  expect(JSON.stringify([rows, replies])).not.toContain(secret);
  const other = await TestCase.seated(server);
  expect((await poll(two.replace(talks.id, other.id))).status).toBe(404);
});
