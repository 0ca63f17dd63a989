/**
 * Two watch desks on one server, four officers in four browsers, none with a mouse: a test message, a notice, an incident answered an hour late
 * by the server's own clock, a request, a meeting asked for; the line lost and back; the shift handed over; and the record
 * verified from its file afterwards.
 */
import { readFileSync } from "node:fs";
import { caseRules } from "@parley/core";
import { verifyExport } from "@parley/ledger";
import { systemPorts } from "@parley/server";
import type { Page, WebSocketRoute } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { beginWalk, keptAt } from "./by-keyboard.ts";
import { chromiumPath } from "./chromium.ts";
import { choose, openTab, press, tick, write, writeMoment } from "./keyboard.ts";
import { serve } from "./served.ts";
import { expectToStand } from "./standing.ts";

const hourMs = 3_600_000;
/** The server's clock runs ahead by so much. No browser's clock is touched: a desk goes by the server's. */
let aheadMs = 0;
const ports = { ...systemPorts, now: () => Date.now() + aheadMs };

/** A line that the test can cut: nothing passes, and what was open is closed. */
interface Cable {
  cut: boolean;
  /** Requests arrive, their answers do not. */
  deaf: boolean;
  readonly open: Set<WebSocketRoute>;
}

describe.skipIf(!chromiumPath)("two watch desks", () => {
  const served = serve({ demo: true, "rate-limit": "100000" }, ports);
  let walked: () => Promise<void>;
  const officers = new Map<string, { readonly page: Page; readonly cable: Cable }>();
  const at = (name: string): Page => {
    const officer = officers.get(name);
    if (!officer) throw new Error(`${name} has not arrived`);
    return officer.page;
  };
  const cableOf = (name: string): Cable => officers.get(name)?.cable as Cable;

  async function arrive(name: string): Promise<void> {
    const page = await served.newPage(await served.newContext({ acceptDownloads: true }), name);
    const cable: Cable = { cut: false, deaf: false, open: new Set() };
    await page.routeWebSocket(/\/stream/, (socket) => {
      if (cable.cut || cable.deaf) return void socket.close({ code: 4999 });
      socket.connectToServer();
      cable.open.add(socket);
    });
    await page.route(/\/api\//, async (route) => {
      if (cable.cut) return route.abort();
      if (!cable.deaf) return route.continue();
      await route.fetch();
      return route.abort();
    });
    officers.set(name, { page, cable });
    const link = served.server.demo.find((one) => one.name.includes(name));
    await page.goto(link?.url ?? "");
    await page.getByRole("heading", { level: 1, name: /first measures/ }).waitFor();
    await openTab({ page }, "Watch desk");
  }

  async function lose(name: string, how: "cut" | "deaf"): Promise<void> {
    const cable = cableOf(name);
    cable[how] = true;
    for (const socket of cable.open) await socket.close({ code: 4999 });
    cable.open.clear();
  }

  function mend(name: string): void {
    Object.assign(cableOf(name), { cut: false, deaf: false });
  }

  /** The desks ask the server for its time every few seconds; whoever looks now asks now. */
  async function later(ms: number): Promise<void> {
    aheadMs += ms;
    for (const { page } of officers.values())
      await page.evaluate(() => window.dispatchEvent(new Event("online")));
  }

  /** What a field is given: words or a code, or the year and hour of a moment. */
  type Given = Readonly<Record<string, string | readonly [year: number, hour: string]>>;

  async function fill(page: Page, format: string, fields: Given): Promise<void> {
    const form = page.locator("form.prepare");
    await choose(page, "Format", format);
    for (const [label, value] of Object.entries(fields)) {
      const escaped = label.replace(/[()]/g, "\\$&");
      if (typeof value !== "string") await writeMoment(page, label, ...value);
      else if ((await form.getByRole("button", { name: new RegExp(`${escaped}$`) }).count()) > 0)
        await choose(page, escaped, value);
      else await write(page, label, value);
    }
    await press(page, "Prepare for the second officer");
    await form.waitFor({ state: "detached" });
  }

  /** Prepared by one officer, checked by the other, and left with the first to be sent. */
  async function ready(first: string, second: string, format: string, fields: Given) {
    await at(first).keyboard.press("n");
    await fill(at(first), format, fields);
    await checkedBy(first, second);
  }

  async function checkedBy(first: string, second: string): Promise<void> {
    await at(first)
      .getByText(/A second officer checks it/)
      .waitFor();
    // Whom it goes to is signed with the fields, so it is read with them.
    const to = second === "Odo Varr" ? "Tolvend" : "Orvane";
    await at(second).locator(".prepared", { hasText: to }).waitFor();
    await tick(at(second), /^I have compared every field/);
    await press(at(second), "Sign as second officer");
    await at(second).getByText("You checked it; another officer sends it.").waitFor();
    await at(first).getByRole("button", { name: "Send", exact: true }).waitFor();
  }

  async function send(first: string): Promise<void> {
    await press(at(first), "Send");
    await at(first).locator(".prepared").waitFor({ state: "detached" });
  }

  const rowWith = (name: string, words: string) => at(name).locator(".board tbody tr", { hasText: words });

  /** Takes the message in hand, as its row on the board is reached by Tab. */
  const takeUp = (name: string, words: string) => press(at(name), new RegExp(`^(?=[A-Z]+ ).*${words}`));

  async function acknowledge(name: string, words: string): Promise<void> {
    await rowWith(name, words).getByText("Acknowledge it").waitFor();
    await takeUp(name, words);
    await at(name).keyboard.press("a");
    await rowWith(name, words).getByText("Acknowledged").waitFor();
  }

  beforeAll(async () => {
    walked = await beginWalk("two watch desks", keptAt(served));
    for (const name of ["Rhea Sund", "Odo Varr", "Lisk Amaro", "Teva Brandt"]) await arrive(name);
  }, 120_000);

  test("what came while nobody was there is received by the desk's device, calls, and is acknowledged by one key", async () => {
    await at("Rhea Sund").getByText("1 to acknowledge").waitFor();
    await acknowledge("Rhea Sund", "T-46");
    await rowWith("Lisk Amaro", "T-46").getByText("Acknowledged").waitFor();
    await at("Rhea Sund").getByText("Nothing waits for this desk.").waitFor();
  });

  test("a test message: prepared by one, checked by a second, sent, received, acknowledged", async () => {
    await ready("Rhea Sund", "Odo Varr", "TEST", { "Number of the test": "77" });
    // The other side learns nothing of what is prepared.
    expect(await rowWith("Lisk Amaro", "77").count()).toBe(0);
    await send("Rhea Sund");
    await acknowledge("Lisk Amaro", "TEST 77");
    await rowWith("Rhea Sund", "TEST 77").getByText("Acknowledged").waitFor();
  });

  test("a notice, an incident, and a reply that comes an hour late by the server's clock", async () => {
    await ready("Lisk Amaro", "Teva Brandt", "NOTICE", {
      Activity: "FL: Flight",
      Place: "Cape Orme",
      "From (UTC)": [2027, "08"],
      "Until (UTC)": [2027, "11"],
    });
    await send("Lisk Amaro");
    await acknowledge("Rhea Sund", "Cape Orme");
    await ready("Rhea Sund", "Odo Varr", "INCIDENT", {
      "What happened": "CR: Crossing of a line",
      "When (UTC)": [2025, "01"],
      Place: "Buoy 9",
    });
    await send("Rhea Sund");
    await acknowledge("Lisk Amaro", "Buoy 9");
    await rowWith("Lisk Amaro", "Buoy 9").getByText("Reply to it").waitFor();
    // Twelve hours were agreed.
    await later(13 * hourMs);
    for (const name of ["Rhea Sund", "Lisk Amaro"])
      await rowWith(name, "Buoy 9").getByText("Reply overdue").waitFor();
    await takeUp("Rhea Sund", "Buoy 9");
    const agreedStep = at("Rhea Sund").locator(".next-step", {
      hasText: /A meeting of officers within 48 hours of receipt/,
    });
    await agreedStep.waitFor();
    await at("Rhea Sund")
      .getByText(/the word of the server’s clock alone/)
      .waitFor();
    await takeUp("Lisk Amaro", "Buoy 9");
    await at("Lisk Amaro").keyboard.press("r");
    await fill(at("Lisk Amaro"), "REPLY", { Answer: "CF: Confirmed", "In words": "A drifting boat." });
    await checkedBy("Lisk Amaro", "Teva Brandt");
    await send("Lisk Amaro");
    for (const name of ["Rhea Sund", "Lisk Amaro"])
      await rowWith(name, "Buoy 9").getByText("Answered late").waitFor();
    // The step that was agreed for it stands beside the fact that it was late; nobody waits for it any more.
    await takeUp("Rhea Sund", "Buoy 9");
    await agreedStep.waitFor();
    await acknowledge("Rhea Sund", "A drifting boat");
    await at("Rhea Sund").getByText("Nothing waits for this desk.").waitFor();
  });

  test("a request for clarification, and a meeting that is asked for", async () => {
    await ready("Lisk Amaro", "Teva Brandt", "CLARIFY", { Question: "Which buoy is meant?" });
    await send("Lisk Amaro");
    await acknowledge("Rhea Sund", "Which buoy");
    await ready("Rhea Sund", "Odo Varr", "MEETING", { Form: "CALL: Call", Subject: "The boat at buoy 9" });
    await send("Rhea Sund");
    await acknowledge("Lisk Amaro", "The boat at buoy 9");
    await rowWith("Rhea Sund", "The boat at buoy 9")
      .getByText(/Reply 2\d h|Meet 4\d h/)
      .waitFor();
  });

  test("a line that is lost shows at once, what is signed waits, and is sent once when it is back", async () => {
    await ready("Rhea Sund", "Odo Varr", "TEST", { "Number of the test": "801" });
    await lose("Rhea Sund", "cut");
    await at("Rhea Sund")
      .getByText(/LINE LOST since/)
      .waitFor();
    await press(at("Rhea Sund"), "Send");
    await at("Rhea Sund").getByText("Signed. It waits for the line and is sent once.").waitFor();
    await at("Rhea Sund").getByText("1 signed act waits.").waitFor();
    expect(await rowWith("Lisk Amaro", "TEST 801").count()).toBe(0);
    mend("Rhea Sund");
    await at("Rhea Sund").getByText("Line to the server: there").waitFor();
    await acknowledge("Lisk Amaro", "TEST 801");
    expect(await rowWith("Lisk Amaro", "TEST 801").count()).toBe(1);
    // Now the message arrives, and only its answer is lost.
    await ready("Rhea Sund", "Odo Varr", "TEST", { "Number of the test": "802" });
    await lose("Rhea Sund", "deaf");
    await press(at("Rhea Sund"), "Send");
    await at("Rhea Sund").getByText("Signed. It waits for the line and is sent once.").waitFor();
    await rowWith("Lisk Amaro", "TEST 802").waitFor();
    mend("Rhea Sund");
    await at("Rhea Sund").getByText("Line to the server: there").waitFor();
    await rowWith("Rhea Sund", "TEST 802").waitFor();
    await at("Rhea Sund").locator(".prepared").waitFor({ state: "detached" });
    for (const name of ["Rhea Sund", "Lisk Amaro"]) expect(await rowWith(name, "TEST 802").count()).toBe(1);
    await acknowledge("Lisk Amaro", "TEST 802");
  });

  test("the shift is handed over with what is open; who left the desk acknowledges no more", async () => {
    const page = at("Rhea Sund");
    await choose(page, "State it as your side sees it", "Degraded");
    await write(page, "Note, if there is one", "The second cable is being mended.");
    await press(page, "State it");
    await at("Lisk Amaro").getByText("The second cable is being mended.").waitFor();
    await press(page, "Hand over the shift");
    await tick(page, /Odo Varr/);
    await write(page, "Note for the next shift", "They ask which buoy is meant.");
    await press(page, "Hand over");
    await at("Odo Varr").getByText("They ask which buoy is meant.").waitFor();
    await at("Odo Varr").locator(".note", { hasText: "CLARIFY Which buoy is meant" }).waitFor();
    await ready("Lisk Amaro", "Teva Brandt", "TEST", { "Number of the test": "901" });
    await send("Lisk Amaro");
    await acknowledge("Odo Varr", "TEST 901");
    await rowWith("Lisk Amaro", "TEST 901").getByText("Acknowledged").waitFor();
    const [device] = await at("Rhea Sund").locator(".desk-waits").allTextContents();
    expect(device).toContain("Nothing waits for this desk.");
  });

  test("the desk stands in every theme with all this on it, and the record verifies from its file", async () => {
    await expectToStand({ page: at("Odo Varr"), faults: [], asked: [] }, served.server.url);
    const page = at("Lisk Amaro");
    await press(page, "Record");
    await page.getByRole("button", { name: "Export" }).waitFor();
    const download = page.waitForEvent("download");
    await press(page, "Export");
    const file = readFileSync(await (await download).path());
    const verified = await verifyExport([file], caseRules, { heads: [] });
    expect(verified.valid).toBe(true);
    const serials = file.toString().match(/"serial":"(801|802|901)"/g) ?? [];
    await walked();
    expect(serials.sort()).toEqual(['"serial":"801"', '"serial":"802"', '"serial":"901"']);
    // What was refused to a line that was cut is the test's own doing.
    expect(served.faults.filter((fault) => !/net::ERR_FAILED|WebSocket/.test(fault))).toEqual([]);
  });

  test("an officer's calendar program reads the seat's contacts at an address that is shown once and can be ended", async () => {
    const page = at("Teva Brandt");
    await openTab({ page }, "Contacts");
    await press(page, "Make an address");
    const url = await page.getByLabel("Address").inputValue();
    const poll = async () => (await fetch(url)).text();
    expect(await poll()).toContain("SUMMARY:EXERCISE Meeting of the Heads of State\r\n");
    await press(page, "End it");
    await page.getByRole("button", { name: "End it" }).waitFor({ state: "detached" });
    expect(JSON.parse(await poll())).toMatchObject({ status: 404 });
  });
});
