/** A record that does not hold stops every page of its case, whoever changed it: a server, a disk, or another's copy. */
import { cosign, jsonHash, parseCheckpoint, parseNote, signCheckpoint } from "@parley/ledger";
import { demoDevice, demoDeviceCount } from "@parley/server/client";
import type { Page, WebSocketRoute } from "playwright-core";
import { describe, expect, test } from "vitest";
import { casePages } from "../src/frame/case-pages.ts";
import { chromiumPath } from "./chromium.ts";
import { goTo, openExercise } from "./exercise.ts";
import { layoutFaults } from "./layout.ts";
import { serve } from "./served.ts";
import { expectToStand } from "./standing.ts";
import { setTable } from "./table.ts";

/** No page of the case shows anything but that it is stopped. */
async function expectStopped(page: Page, why: RegExp): Promise<void> {
  const base = page.url().replace(/(#\/case\/[^/]+).*$/, "$1");
  for (const { path } of casePages) {
    await page.goto(base + path.replace("/case/$caseId", ""));
    const notice = page.getByRole("alert");
    await notice.getByRole("heading", { name: "Stopped: this record does not hold." }).waitFor();
    await notice.getByText(why).waitFor();
    expect(await page.getByRole("navigation").count(), path).toBe(0);
  }
}

describe.skipIf(!chromiumPath)("a record kept in this browser that was changed", () => {
  const table = setTable("standalone");

  /** Opens the exercise, changes what the browser keeps of it, and opens it again. */
  async function changed(how: "a word" | "the last entry"): Promise<Page> {
    const seat = await table.sit();
    await openExercise(seat);
    await seat.page.evaluate(async (what) => {
      const open = indexedDB.open("parley");
      await new Promise((done) => open.addEventListener("success", done));
      const store = open.result.transaction("entries", "readwrite").objectStore("entries");
      const keys = store.getAllKeys();
      await new Promise((done) => keys.addEventListener("success", done));
      const shared = (keys.result as [string, string, number][]).filter(([, log]) => log === "shared");
      const key = what === "a word" ? shared.find(([, , seq]) => seq === 30) : shared.at(-1);
      if (!key) throw new Error("the exercise has more entries");
      if (what === "a word") {
        const read = store.get(key);
        await new Promise((done) => read.addEventListener("success", done));
        read.result.at = read.result.at.replace(/^2/, "1");
        store.put(read.result, key);
      } else store.delete(key);
      await new Promise((done) => store.transaction.addEventListener("complete", done));
    }, how);
    await seat.page.reload();
    return seat.page;
  }

  test("in one entry: every page stops, in every theme and on a phone, and names the entry", async () => {
    const page = await changed("a word");
    await expectStopped(page, /^Entry 30 does not hold/);
    await expectToStand({ page, faults: [], asked: [] }, table.address);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await layoutFaults(page)).toEqual([]);
    await page.getByRole("link", { name: "Go to the cases" }).click();
    await page.getByRole("heading", { level: 1, name: "Cases" }).waitFor();
  });

  test("by leaving out its end: the head remembered here tells", async () => {
    await expectStopped(await changed("the last entry"), /^The record ends before the head/);
  });

  test("while it is open: verifying finds it and stops the other pages too", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await goTo(seat, "Record");
    await page.evaluate(async () => {
      const open = indexedDB.open("parley");
      await new Promise((done) => open.addEventListener("success", done));
      const store = open.result.transaction("entries", "readwrite").objectStore("entries");
      const cursor = store.openCursor();
      await new Promise((done) => cursor.addEventListener("success", done));
      const { value } = cursor.result as IDBCursorWithValue;
      cursor.result?.update({ ...value, at: value.at.replace(/^2/, "1") });
      await new Promise((done) => store.transaction.addEventListener("complete", done));
    });
    await page.getByRole("button", { name: "Verify" }).click();
    await expectStopped(page, /^Entry \d+ does not hold/);
  });
});

describe.skipIf(!chromiumPath)("a server that does not keep to the record", () => {
  const served = serve({ demo: true });

  // Each link opens once: every test has seats of its own.
  const linkOf = (seat: string): string => served.server.demo.find((one) => one.seat === seat)?.url ?? "";

  /** A seat's page behind a line that changes what the server says; `change` sees every frame of the stream. */
  async function behind(seat: string, change: (frame: string) => string): Promise<Page> {
    const context = await served.newContext();
    const page = await served.newPage(context, seat);
    await page.routeWebSocket(/\/stream/, (socket: WebSocketRoute) => {
      const server = socket.connectToServer();
      server.onMessage((frame) => socket.send(change(String(frame))));
    });
    await page.goto(linkOf(seat));
    return page;
  }

  test("in what it brings live: the text that is being read stops", async () => {
    let lies = false;
    const page = await behind("tolvend", (frame) => (lies ? frame.replace(/"at":"2/, '"at":"1') : frame));
    await page.getByRole("heading", { level: 1, name: /first measures/ }).waitFor();
    await goTo({ page }, "Text");
    await page.locator("#bracket-staffing").waitFor();
    lies = true;
    const other = await behind("orvane", (frame) => frame);
    await goTo({ page: other }, "Text");
    await other.locator("#bracket-staffing > .open-mark").click();
    await other.keyboard.press("2");
    await other.keyboard.press("Enter");
    await expectStopped(page, /^Entry \d+ does not hold/);
    expect(await page.locator("#bracket-staffing").count()).toBe(0);
  });

  test("by showing one party another record: the head that the other's device cosigned tells", async () => {
    const other = await behind("quelda", (frame) => frame);
    await goTo({ page: other }, "Record");
    await expect
      .poll(() =>
        other.evaluate(() => Object.keys(localStorage).some((one) => /^parley\.cosigned /.test(one))),
      )
      .toBe(true);
    const page = await behind("straits-institute", (frame) => frame);
    await page.getByRole("heading", { level: 1, name: /first measures/ }).waitFor();
    const { signer } = served.server.services.keeper;
    // Both heads are signed by the keeper, and the other one by the device of whoever was shown it.
    await page.route(/\/cosignatures(\?|$)/, async (route) => {
      if (route.request().method() !== "GET") return route.continue();
      const answer = await route.fetch();
      const { items } = (await answer.json()) as { items: { device: string; checkpoint: string }[] };
      const all = await Promise.all(Array.from({ length: demoDeviceCount }, (_, at) => demoDevice(at)));
      const [cosigned] = items;
      const device = all.find(({ id }) => id === cosigned?.device);
      if (!cosigned || !device) return route.fulfill({ response: answer });
      const head = parseCheckpoint(parseNote(cosigned.checkpoint).text);
      const checkpoint = await signCheckpoint({ ...head, root: jsonHash("another record") }, signer);
      const line = await cosign(
        parseNote(checkpoint).text,
        device.id,
        device.signer,
        Math.floor(Date.now() / 1000),
      );
      return route.fulfill({ json: { items: [{ ...cosigned, checkpoint, line }], next: null } });
    });
    await page.getByRole("navigation").getByRole("link", { name: "Record" }).click();
    // What the other device cosigned is asked for by this page.
    await page.getByText(/^Another device cosigned a head/).waitFor();
    await expectStopped(page, /^Another device cosigned a head that this record never had/);
    // Whoever was shown the record as it is reads on.
    await other.getByRole("button", { name: "Verify" }).click();
    await other.getByText(/^Intact: \d+ entries hold/).waitFor();
  });

  test("by signing an earlier head than this browser remembers", async () => {
    const page = await behind("straits-union", (frame) => frame);
    await page.getByRole("heading", { level: 1, name: /first measures/ }).waitFor();
    const remembered = () =>
      page.evaluate(() => {
        const name = Object.keys(localStorage).find((one) => one.startsWith("parley.head"));
        return name === undefined ? "" : (localStorage.getItem(name) ?? "");
      });
    await expect.poll(remembered).toMatch(/^parley/);
    const first = await remembered();
    // Something is recorded after it.
    const other = await behind("belune", (frame) => frame);
    await goTo({ page: other }, "Text");
    await other.locator("#bracket-staffing > .open-mark").click();
    await other.keyboard.press("1");
    await other.keyboard.press("Enter");
    await expect.poll(remembered).not.toBe(first);
    await page.route(/\/checkpoint$/, (route) => route.fulfill({ json: { checkpoint: first } }));
    await page.reload();
    await expectStopped(page, /^The record ends before the head/);
  });
});
