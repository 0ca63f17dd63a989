import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { goTo, openExercise, sitAs } from "./exercise.ts";
import { everythingKept } from "./kept.ts";
import { expectToStand } from "./standing.ts";
import { setTable } from "./table.ts";

describe.skipIf(!chromiumPath)("our side", () => {
  const table = setTable("standalone");

  test("by keyboard alone: two keys mark a bracket, the next comes by itself, and all is sealed", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Orvane");
    await goTo(seat, "Our side");
    await page.locator("#bracket-nature").waitFor();
    await page.keyboard.press("]");
    await page.keyboard.press("1");
    await page.keyboard.press("7");
    await page.getByRole("heading", { name: "Bracket 2 of 20" }).waitFor();
    await page.getByText("1 of 19 brackets marked").waitFor();
    await page.keyboard.press("[");
    await page.getByLabel("Why (private)").fill("The assembly would reopen every line.");
    expect(await page.getByText("Only in this window’s memory").isVisible()).toBe(true);
    expect(await everythingKept(page)).not.toContain("PreferencesSealed");
    await expectToStand(seat, table.address);

    await page.getByRole("button", { name: "Seal", exact: true }).press("Enter");
    await page.getByText("What others learned").waitFor();
    const kept = await everythingKept(page);
    expect(kept).toContain("PreferencesSealed");
    expect(kept).not.toContain("reopen every line");
    expect(kept).not.toContain("mustHave");

    await page.reload();
    await page.getByText("1 of 19 brackets marked").waitFor();
    await sitAs(seat, "Tolvend");
    await page.getByText("0 of 19 brackets marked").waitFor();
  });

  test("the walk-away is a range that each reply narrows, and replies that do not fit are named", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Tolvend");
    await goTo(seat, "Our side");
    await page.getByRole("button", { name: "Load the exercise’s scores" }).click();
    await page.getByText("Illustrative scores of the exercise").waitFor();
    await page.getByRole("radio", { name: "Walk-away" }).click();
    await page.getByRole("button", { name: "Ask by replies instead" }).click();
    await page.getByRole("button", { name: "We would sign this" }).click();
    await page.getByRole("button", { name: "We would go home" }).click();
    await page.getByText(/^above [\d.]+, at most [\d.]+$/).waitFor();
    await expectToStand(seat, table.address);
    for (const view of ["Points", "Linkages"]) {
      await page.getByRole("radio", { name: view }).click();
      await expectToStand(seat, table.address);
    }
  });

  test("on a phone, and in Arabic, nothing is cut", async () => {
    const seat = await table.sit({ width: 390, height: 844, locale: "ar" });
    const { page } = seat;
    await page.locator("main button[aria-label*=Exercise]").click();
    await page.waitForURL(/#\/case\//);
    await page.goto(`${page.url().replace(/\/$/, "")}/side`);
    await page.locator(".side-head").waitFor();
    await expectToStand(seat, table.address);

    // In a row that runs from right to left, the left arrow goes to what stands on the left.
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.keyboard.press("]");
    const steps = page.locator(".step-row").first().getByRole("radio");
    await steps.first().focus();
    await page.keyboard.press(" ");
    const places = async () =>
      steps.evaluateAll((all) => all.map((one) => one.closest("label")?.getBoundingClientRect().left ?? 0));
    const [first = 0, second = 0] = await places();
    expect(second).toBeLessThan(first);
    await page.keyboard.press("ArrowLeft");
    expect(await steps.nth(1).isChecked()).toBe(true);
    await page.keyboard.press("ArrowRight");
    expect(await steps.first().isChecked()).toBe(true);

    // A red line is dated: the browser's field has an order of its own, the words under it are the reader's.
    await steps.last().focus();
    await page.keyboard.press(" ");
    await page.locator(".instruction input[type=date]").fill("2026-11-03");
    const inWords = new Intl.DateTimeFormat("ar", { dateStyle: "long", timeZone: "UTC" });
    await page
      .locator(".instruction")
      .getByText(inWords.format(new Date("2026-11-03")))
      .waitFor();
    await expectToStand(seat, table.address);
  });
});
