import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { goTo } from "./exercise.ts";
import { serve } from "./served.ts";

describe.skipIf(!chromiumPath)("where the server is not reached", () => {
  const served = serve({ demo: true });

  test("what was opened can be read, every page of it; nothing is called recorded", async () => {
    const context = await served.newContext();
    const page = await served.newPage(context, "tolvend");
    await page.goto(served.server.demo.find(({ seat }) => seat === "tolvend")?.url ?? "");
    await page.getByRole("heading", { level: 1, name: /first measures/ }).waitFor();
    await page.getByRole("link", { name: "Parley" }).click();
    await page.getByRole("link", { name: /Riyadh/ }).waitFor();
    await page.getByRole("link", { name: /first measures/ }).click();
    expect(await filesKept(page)).toBe(true);

    await served.stop();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: /first measures/ }).waitFor();
    await page.getByText("You can read what was opened before.").waitFor();
    // Which session it is stands in the address too, and changes nothing about which page is open.
    await page.locator("nav [aria-current=page]", { hasText: "Overview" }).waitFor();
    // Pages that were never gone to before, too.
    await goTo({ page }, "Text");
    await page.locator("#bracket-staffing").waitFor();
    await page.keyboard.press("]");
    await page.keyboard.press("2");
    await page.keyboard.press("Enter");
    await page.getByText("The server cannot be reached.").waitFor();
    await goTo({ page }, "Record");
    await page.getByRole("button", { name: /^Show \d+ earlier entr/ }).click();
    await page.getByText("The case “Exercise: first measures in the Straits” was opened.").waitFor();

    await page.getByRole("link", { name: "Parley" }).click();
    await page.getByText("You are offline. These are the cases that were read here before.").waitFor();
    await page.getByRole("link", { name: /Riyadh/ }).click();
    await page.getByText("It was not read here before").waitFor();
    expect(served.faults.filter((fault) => !/net::ERR_/.test(fault))).toEqual([]);
  });
});

/** Whether the service worker has its files: a worker that cannot have one of them is never installed, and is given up. */
function filesKept(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    const known = await navigator.serviceWorker.getRegistration();
    const worker = known?.installing ?? known?.waiting ?? known?.active;
    if (!worker) return false;
    if (worker.state === "activated") return true;
    return new Promise<boolean>((resolve) => {
      worker.addEventListener("statechange", () => {
        if (worker.state === "activated" || worker.state === "redundant")
          resolve(worker.state === "activated");
      });
    });
  });
}
