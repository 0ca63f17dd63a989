/**
 * A long case in a real browser: its front stands while the rest is read and checked, nothing can be done before that, no
 * frame waits, and the next time it opens from what this browser checked itself. `LONG_CASE=100000` has the goal's size.
 */
import { createPrivateKey, sign } from "node:crypto";
import { demoSeedText } from "@parley/core";
import {
  type CaseId,
  type Entry,
  type Event,
  emptyHead,
  sha256,
  sharedLog,
  signedBytes,
  utf8,
} from "@parley/ledger";
import { demoDevice } from "@parley/server/client";
import type { BrowserContext, Page, Route } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { goTo } from "./exercise.ts";
import { everythingKept } from "./kept.ts";
import { serve } from "./served.ts";

const events = Number(process.env["LONG_CASE"] ?? 3_000);
const timeout = 120_000 + 15 * events;

/** When the front stood and when all of the case was read, from going to the case, and what was between. */
interface Opening {
  readonly from: number;
  readonly front: number;
  readonly whole: number;
  /** The longest that a frame was held up while the front stood. */
  readonly longest: number;
  /** Tasks longer than 50 ms meanwhile. */
  readonly over: number;
  readonly mark: string;
  readonly heapMB: number;
}

describe.skipIf(!chromiumPath)(`the exercise with ${events} entries more`, () => {
  const served = serve({ demo: true });
  let id: CaseId;
  /** Says so many things more, in one turn of the keeper. */
  let say: (count: number) => Promise<void>;
  const linkOf = (name: string) => served.server.demo.find((one) => one.seat === name)?.url ?? "";

  /** Statements of one seat's published device, as many as asked, after all that it said before. */
  beforeAll(async () => {
    const link = new URLSearchParams(new URL(linkOf("tolvend")).hash.slice(1));
    id = link.get("case") as CaseId;
    const index = Number(link.get("demo"));
    const { keeper } = served.server.services;
    const { id: author } = await demoDevice(index);
    const rows = await keeper.logs.page(id, sharedLog, 0, 10_000);
    const own = rows
      .map(({ entry }) => (JSON.parse(entry) as Entry).event)
      .filter((event) => event.author === author);
    const n = own.filter(({ audience }) => audience === "public").length;
    const seed = sha256(utf8(demoSeedText(index)));
    const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
    const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
    const bare = {
      v: 1,
      case: id,
      log: sharedLog,
      kind: "StatementMade",
      author,
      audience: "public",
    } as const;
    const after = own.at(-1)?.after ?? emptyHead;
    const words = "x".repeat(250);
    let done = 0;
    say = async (count) => {
      const turn = Array.from({ length: count }, () => {
        const salt = Buffer.from(sha256(utf8(String(done))).subarray(0, 16)).toString("base64url");
        const body = { form: "statement", text: `EXERCISE: word ${done}. ${words}`, about: [] };
        const event: Event = { ...bare, n: n + done++, after, salt, body };
        return { event, signature: sign(null, signedBytes(event), key).toString("base64url") };
      });
      for (const outcome of await Promise.all(turn.map((one) => keeper.append(one)))) {
        expect(outcome).toHaveProperty("acknowledged");
      }
    };
    while (done < events) await say(Math.min(500, events - done));
  }, timeout);

  async function pageOf(context: BrowserContext, name: string): Promise<Page> {
    const page = await served.newPage(context, name);
    await page.addInitScript(watch);
    return page;
  }

  async function opened(page: Page): Promise<Opening> {
    const isWhole = () => (window as unknown as { seen: { whole?: number } }).seen.whole !== undefined;
    await page.waitForFunction(isWhole, undefined, { timeout, polling: 100 });
    return page.evaluate(() => {
      const { memory } = performance as unknown as { memory?: { usedJSHeapSize: number } };
      const { seen } = window as unknown as { seen: Opening };
      return { ...seen, heapMB: Math.round((memory?.usedJSHeapSize ?? 0) / 1_048_576) };
    });
  }

  /** The pages are there; from here on it is the case that takes time. */
  async function goToCase(page: Page): Promise<void> {
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.evaluate((hash) => {
      (window as unknown as { seen: { from: number } }).seen.from = performance.now();
      location.hash = hash;
    }, `#/case/${id}`);
  }

  const report = (what: string, { from, front, whole, longest, over, heapMB }: Opening) =>
    process.stdout.write(
      `${events} entries, ${what}: front after ${(front - from).toFixed(0)} ms, whole after ${(whole - from).toFixed(0)} ms; longest task ${longest.toFixed(0)} ms, ${over} over 50 ms; heap ${heapMB} MB\n`,
    );

  test("messages that came one by one are kept as pages once the case is opened again", {
    timeout,
  }, async () => {
    const context = await served.newContext();
    const page = await pageOf(context, "straits-union");
    await page.goto(linkOf("straits-union"));
    await opened(page);
    const read = await pagesKept(page);
    for (let came = 1; came <= 12; came++) {
      await say(1);
      await expect.poll(() => pagesKept(page)).toBe(read + came);
    }
    await frontKept(page);
    const address = page.url();
    await page.close();
    const { published } = (await served.server.services.keeper.file(id)) ?? {};
    const size = published?.heads.get(sharedLog)?.size ?? 0;
    for (const opening of ["joins them", "reads them joined"]) {
      const next = await pageOf(context, opening);
      const asked: string[] = [];
      next.on("request", (request) => asked.push(request.url()));
      await next.goto(address);
      expect((await opened(next)).mark).toBe("own");
      await expect.poll(() => pagesKept(next)).toBe(Math.ceil(size / 500));
      expect(asked.filter((url) => url.includes("/entries?"))).toEqual([]);
      await next.close();
    }
    expect(served.faults).toEqual([]);
  });

  test("shows its front, takes nothing before all is checked, and later opens by itself", {
    timeout,
  }, async () => {
    const context = await served.newContext();
    const page = await pageOf(context, "tolvend");
    // The end of the record is held back until the front has been looked at.
    let goOn: () => void = () => undefined;
    const looked = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await context.route(/\/logs\/shared\/entries\?from=1000&/, async (route) => {
      await looked;
      await route.continue();
    });
    await page.goto(linkOf("tolvend").replace(/case=[^&]*&?/, ""));
    await goToCase(page);
    const mark = page.locator("[data-reading=unchecked]");
    await mark.getByText(/^Not yet checked by this browser: [\d,]+ of [\d,]+ entries checked\./).waitFor();
    await page.getByRole("heading", { name: "At the table" }).waitFor();
    expect(await page.locator("main .lately li").count()).toBe(30);
    expect(await page.locator("main button").count()).toBe(0);
    // Another page's address shows the same, and what is known of nobody's word is not called absent.
    await page.getByRole("navigation").getByRole("link", { name: "Text" }).click();
    await mark.waitFor();
    expect(await page.locator("main .set").count()).toBe(0);
    expect(await page.getByText("No contacts").count()).toBe(0);
    await page.getByRole("navigation").getByRole("link", { name: "Overview" }).click();
    goOn();
    const first = await opened(page);
    report("first opening", first);
    await goTo({ page }, "Text");
    await page.locator("#bracket-staffing").waitFor();

    await frontKept(page);
    expect(await everythingKept(page)).not.toContain("EXERCISE: word");
    await page.close();
    const next = await pageOf(context, "tolvend again");
    await next.goto(page.url().replace(/#.*/, "#/draft"));
    await goToCase(next);
    const again = await opened(next);
    report("from what was checked", again);
    expect(again.mark).toBe("own");
    await goTo({ page: next }, "Text");
    await next.locator("#bracket-staffing > .open-mark").click();
    await next.keyboard.press("2");
    await next.keyboard.press("Enter");
    await next.locator("#bracket-staffing [data-option=eighty] [title=Tolvend]").waitFor();
    expect(served.faults).toEqual([]);
  });

  test("what was changed in what is kept is thrown away and read anew", { timeout }, async () => {
    const context = await served.newContext();
    const page = await pageOf(context, "quelda");
    await page.goto(linkOf("quelda"));
    await opened(page);
    await frontKept(page);
    await page.evaluate(async () => {
      const open = indexedDB.open("parley-read");
      await new Promise((done) => open.addEventListener("success", done));
      const store = open.result.transaction("pages", "readwrite").objectStore("pages");
      const cursor = store.openCursor();
      await new Promise((done) => cursor.addEventListener("success", done));
      const { value } = cursor.result as IDBCursorWithValue;
      new Uint8Array(value.bytes as ArrayBuffer)[40]! ^= 1;
      cursor.result?.update(value);
      await new Promise((done) => store.transaction.addEventListener("complete", done));
    });
    const address = page.url();
    await page.close();
    const next = await pageOf(context, "quelda again");
    const asked: string[] = [];
    context.on("request", (request) => asked.push(request.url()));
    await next.goto(address);
    await opened(next);
    expect(asked.some((url) => url.includes("/logs/shared/entries?from=0&"))).toBe(true);
    expect(served.faults).toEqual([]);
  });

  test.each([
    [
      "in an old entry",
      /\/logs\/shared\/entries\?from=500&/,
      /"at":"2/,
      '"at":"1',
      /^Entry \d+ does not hold/,
    ],
    ["in who is in the case", /\/people$/, /Tolvend/, "Tolvand", /^What the server showed of this case/],
  ])("a server that lies %s: every page stops", { timeout }, async (_, where, truth, lie, why) => {
    const page = await pageOf(await served.newContext(), "orvane");
    await page.context().route(where, async (route: Route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replace(truth, lie) });
    });
    const name = why.source.includes("Entry") ? "orvane" : "belune";
    await page.goto(linkOf(name));
    await page.getByRole("alert").getByText(why).waitFor();
    expect(await page.getByRole("navigation").count()).toBe(0);
  });
});

/** Of the shared log. */
function pagesKept(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const open = indexedDB.open("parley-read");
    await new Promise((done) => open.addEventListener("success", done));
    const keys = open.result.transaction("pages").objectStore("pages").getAllKeys();
    await new Promise((done) => keys.addEventListener("success", done));
    open.result.close();
    return (keys.result as [string, string, string, number][]).filter(([, , log]) => log === "shared").length;
  });
}

/** What is shown first the next time is kept a moment after it was read. */
async function frontKept(page: Page): Promise<void> {
  const fronts = () =>
    page.evaluate(async () => {
      const open = indexedDB.open("parley-read");
      await new Promise((done) => open.addEventListener("success", done));
      const count = open.result.transaction("fronts").objectStore("fronts").count();
      await new Promise((done) => count.addEventListener("success", done));
      open.result.close();
      return count.result;
    });
  await expect.poll(fronts).toBe(1);
}

/** Runs in the page from its start. */
function watch(): void {
  const seen: { -readonly [K in keyof Opening]?: Opening[K] } & { longest: number; over: number } = {
    from: 0,
    longest: 0,
    over: 0,
  };
  (window as unknown as { seen: object }).seen = seen;
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries()) {
      if (seen.front === undefined || startTime < seen.front || seen.whole !== undefined) continue;
      seen.longest = Math.max(seen.longest, duration);
      seen.over += 1;
    }
  }).observe({ entryTypes: ["longtask"] });
  const look = (): void => {
    const mark = document.querySelector("[data-reading]");
    if (document.querySelector("main h1")?.textContent?.includes("first measures")) {
      seen.front ??= performance.now();
      if (mark) seen.mark ??= mark.getAttribute("data-reading") ?? "";
      else seen.whole ??= performance.now();
    }
    if (seen.whole === undefined) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
