import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type RunningServer, readConfig, startServer } from "@parley/server";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, launch } from "./table.ts";

describe.skipIf(!chromiumPath)("against the server's demonstration", () => {
  const data = mkdtempSync(join(tmpdir(), "parley-web-"));
  let server: RunningServer;
  let browser: Browser;
  const faults: string[] = [];

  beforeAll(async () => {
    await build({ root: resolve(import.meta.dirname, ".."), logLevel: "error" });
    server = await startServer(readConfig({ data, port: "0", demo: true, "log-level": "fatal" }, {}));
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(data, { recursive: true, force: true });
  });

  /** Follows the sign-in link of a seat. Every seat has a session of its own, so one browser can hold several. */
  async function arriveAs(context: BrowserContext, seat: string): Promise<Page> {
    const link = server.demo.find((one) => (one.seat ?? "reader") === seat);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on("pageerror", (error) => faults.push(`${seat}: ${error}`));
    page.on("console", (line) => {
      if (line.type() === "error") faults.push(`${seat}: ${line.text()}`);
    });
    await page.goto(link?.url ?? "");
    await page.getByRole("navigation", { name: "Pages of this case" }).waitFor();
    return page;
  }

  const goTo = (page: Page, name: string) =>
    page.getByRole("navigation", { name: "Pages of this case" }).getByRole("link", { name }).click();

  test("one side's word reaches the other within a second, the observer is not given it, and the record verifies", async () => {
    const [tolvend, quelda, observer] = await Promise.all(
      ["tolvend", "quelda", "straits-institute"].map(async (seat) =>
        arriveAs(await browser.newContext({ locale: "en-GB" }), seat),
      ),
    );
    if (!tolvend || !quelda || !observer) throw new Error("three seats were asked for");
    await goTo(tolvend, "Text");
    await goTo(quelda, "Text");
    await tolvend.locator("#bracket-staffing > .open-mark").click();
    await quelda.locator("#bracket-staffing").waitFor();
    const seen = quelda.locator("#bracket-staffing [data-option=eighty] [title=Tolvend]").waitFor();
    await tolvend.keyboard.press("2");
    const started = performance.now();
    await tolvend.keyboard.press("Enter");
    await seen;
    process.stdout.write(`seen by the other after ${(performance.now() - started).toFixed(0)} ms\n`);

    await goTo(observer, "Text");
    await observer.getByText("This is not given to your seat.").waitFor();
    await goTo(tolvend, "Record");
    await tolvend.getByRole("button", { name: "Verify" }).click();
    await tolvend.getByText(/^Intact: \d+ entries hold, and the head remembered here/).waitFor();
    await goTo(observer, "Record");
    await observer.getByRole("button", { name: "Verify" }).click();
    await observer.getByText(/^Intact:/).waitFor();
    expect(await observer.getByText("Demonstration: its keys are public").isVisible()).toBe(true);
    expect(faults).toEqual([]);
  });

  test("a reader opens the model case without a seat", async () => {
    const reader = await arriveAs(await browser.newContext({ locale: "en-GB" }), "reader");
    await goTo(reader, "Facts");
    await reader.getByText("Peskov").first().waitFor();
    await reader.getByText("You read without a seat").waitFor();
    expect(faults).toEqual([]);
  });
});
