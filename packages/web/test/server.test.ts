import type { BrowserContext, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { casePages } from "../src/frame/case-pages.ts";
import { chromiumPath } from "./chromium.ts";
import { goTo } from "./exercise.ts";
import { layoutFaults } from "./layout.ts";
import { serve } from "./served.ts";

describe.skipIf(!chromiumPath)("against the server's demonstration", () => {
  const served = serve({ demo: true });
  const { faults } = served;

  /** Follows the sign-in link of a seat. Every seat has a session of its own, so one browser can hold several. */
  async function arriveAs(context: BrowserContext, seat: string): Promise<Page> {
    const link = served.server.demo.find((one) => (one.seat ?? "reader") === seat);
    const page = await served.newPage(context, seat);
    await page.goto(link?.url ?? "");
    await page.getByRole("navigation", { name: "Pages of this case" }).waitFor();
    return page;
  }

  test("one side's word reaches the other within a second, the observer is not given it, and the record verifies", async () => {
    const [tolvend, quelda, observer] = await Promise.all(
      ["tolvend", "quelda", "straits-institute"].map(async (seat) =>
        arriveAs(await served.newContext(), seat),
      ),
    );
    if (!tolvend || !quelda || !observer) throw new Error("three seats were asked for");
    await goTo({ page: tolvend }, "Text");
    await goTo({ page: quelda }, "Text");
    await tolvend.locator("#bracket-staffing > .open-mark").click();
    await quelda.locator("#bracket-staffing").waitFor();
    const seen = quelda.locator("#bracket-staffing [data-option=eighty] [title=Tolvend]").waitFor();
    await tolvend.keyboard.press("2");
    const started = performance.now();
    await tolvend.keyboard.press("Enter");
    await seen;
    process.stdout.write(`seen by the other after ${(performance.now() - started).toFixed(0)} ms\n`);

    // An address within leads there in a new window too, with the name of the session before it.
    const last = (await quelda.locator("[id^=bracket-]").last().getAttribute("id")) ?? "";
    await quelda.goto(`${quelda.url()}?bracket=${last.replace("bracket-", "")}`);
    await quelda.reload();
    await quelda.locator(`#${last} > .open-mark[tabindex="0"]`).waitFor();

    await goTo({ page: observer }, "Text");
    await observer.getByText("This is not given to your seat.").waitFor();
    await goTo({ page: tolvend }, "Record");
    await tolvend.getByRole("button", { name: "Verify" }).click();
    await tolvend
      .getByText(/^Intact: \d+ entries hold, and the head remembered here .* \d+ cosignatures? holds?\.$/)
      .waitFor();
    await tolvend.getByText("seen by Quelda", { exact: true }).first().waitFor();
    await goTo({ page: observer }, "Record");
    await observer.getByRole("button", { name: "Verify" }).click();
    await observer.getByText(/^Intact:/).waitFor();
    const shown = observer.getByText("Demonstration: its keys are public").filter({ visible: true });
    const base = observer.url().replace(/(#\/case\/[^/?]+).*$/, "$1");
    for (const width of [1440, 390]) {
      await observer.setViewportSize({ width, height: 844 });
      for (const { path } of casePages) {
        await observer.goto(base + path.replace("/case/$caseId", ""));
        await shown.waitFor();
        expect(await shown.count(), `${path} at ${width}`).toBe(1);
      }
      for (const path of ["/", "/account"]) {
        await observer.goto(base.replace(/#.*$/, `#${path}`));
        await observer.locator("main h1").waitFor();
        await shown.waitFor();
        expect(await shown.count(), `${path} at ${width}`).toBe(1);
      }
      expect(await layoutFaults(observer)).toEqual([]);
    }
    expect(faults).toEqual([]);
  });

  test("a reader opens the model case without a seat", async () => {
    const reader = await arriveAs(await served.newContext(), "reader");
    await goTo({ page: reader }, "Facts");
    await reader.getByText("Peskov").first().waitFor();
    await reader.getByText("You read without a seat").waitFor();
    expect(faults).toEqual([]);
  });
});
