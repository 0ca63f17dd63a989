import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { goTo, openExercise, sitAs } from "./exercise.ts";
import { expectToStand } from "./standing.ts";
import { type Seat, setTable } from "./table.ts";

const pages = ["contacts", "readouts", "summit", "desk", "measures", "levers"];

async function caseId({ page }: Seat): Promise<string> {
  await page.waitForURL(/case\//);
  return new URL(page.url()).hash.split("/")[2] ?? "";
}

describe.skipIf(!chromiumPath)("before and beside the text", () => {
  const table = setTable("site");

  test("every page of this stage stands in every theme, wide and on a phone", {
    timeout: 120_000,
  }, async () => {
    const seat = await table.sit();
    await openExercise(seat);
    const id = await caseId(seat);
    for (const name of pages) {
      await seat.page.goto(`${table.address}/#/case/${id}/${name}`);
      await seat.page.locator("h1").first().waitFor();
      // With every form open: what is folded away must stand too.
      await seat.page.evaluate(() => {
        for (const folded of document.querySelectorAll("details")) folded.open = true;
      });
      await expectToStand(seat, table.address);
      await seat.page.setViewportSize({ width: 390, height: 844 });
      const wider = await seat.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wider, `${name} scrolls sideways on a phone`).toBeLessThanOrEqual(0);
      await seat.page.setViewportSize({ width: 1440, height: 900 });
    }
  });

  test("in Arabic every page runs from right to left and nothing is cut", { timeout: 60_000 }, async () => {
    for (const width of [1440, 390]) {
      const seat = await table.sit({ locale: "ar", width });
      await seat.page.getByRole("button", { name: /Exercise: first measures/ }).click();
      const id = await caseId(seat);
      for (const name of pages) {
        await seat.page.goto(`${table.address}/#/case/${id}/${name}`);
        await seat.page.locator("h1").first().waitFor();
        expect(await seat.page.evaluate(() => document.documentElement.dir)).toBe("rtl");
        const wider = await seat.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(wider, `${name} at ${width}`).toBeLessThanOrEqual(0);
      }
      expect(seat.faults).toEqual([]);
    }
  });

  test("a contact is accepted, moved and kept in a calendar; the summit page says who still decides", {
    timeout: 60_000,
  }, async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await goTo(seat, "Contacts");
    const summit = page.locator(".appointment", { hasText: "Meeting of the Heads of State" });
    await sitAs(seat, "Orvane");
    await summit.getByRole("button", { name: "Accept" }).click();
    await summit.locator("b", { hasText: "agreed" }).waitFor();
    await summit.getByRole("button", { name: "Move" }).click();
    await summit.getByLabel("Reason").fill("A storm is forecast.");
    await summit.getByRole("button", { name: "Propose the new time" }).click();
    await summit.locator("b", { hasText: "proposed" }).waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "All as a calendar file" }).click();
    const calendar = readFileSync(await (await download).path(), "utf8");
    expect(calendar).toContain("SUMMARY:EXERCISE Meeting of the Heads of State\r\n");
    expect(calendar).toMatch(/SEQUENCE:1\r\n/);
    expect(calendar).toMatch(/DTSTART:\d{8}T100000Z/);
    await page.getByRole("link", { name: "Summit" }).click();
    await page.getByRole("cell", { name: "Accept the contact: Meeting of the Heads of State" }).waitFor();
    await page.getByText("On the agenda of: Meeting of the Heads of State").first().waitFor();
    expect(seat.faults).toEqual([]);
  });

  test("by keyboard alone: two claims are put together, and it is the party's own reading", {
    timeout: 60_000,
  }, async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Tolvend");
    await goTo(seat, "Contacts");
    await page.getByRole("link", { name: "Readouts" }).press("Enter");
    await page.getByRole("button", { name: "Align the accounts" }).press("Enter");
    await page.getByRole("button", { name: /^They agreed that strikes .* shall/ }).press("Enter");
    await page.getByRole("button", { name: /^They agreed that strikes .* may/ }).press("Space");
    await page.getByLabel("The point").fill("What the halt binds to");
    await page.getByRole("button", { name: "In conflict" }).press("Enter");
    await page.getByRole("button", { name: "Publish our reading" }).press("Enter");
    await page.getByRole("button", { name: /Reading of/ }).click();
    await page.getByRole("option", { name: "Tolvend" }).click();
    await page.getByRole("rowheader", { name: "What the halt binds to" }).waitFor();
    expect(await page.locator("mark", { hasText: /^may$/ }).count()).toBe(1);
    expect(seat.faults).toEqual([]);
  });

  test("a deadlock is named while a measure is being written, and acts stay with whom the measure names", {
    timeout: 60_000,
  }, async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Orvane");
    await goTo(seat, "Measures");
    await page.getByText("The parties date the start differently.").waitFor();
    await page.getByText("Propose a measure").click();
    await page.getByLabel("Title").fill("Orvane returns the harbour launch");
    const order = (title: string) => page.getByRole("button", { name: `Order to “${title}”` });
    await order("Tolvend halts strikes on energy installations").click();
    await page.getByRole("option", { name: "begins together with it" }).click();
    await order("Orvane suspends its measures on civil aviation parts").click();
    await page.getByRole("option", { name: "begins after it" }).click();
    await page.getByText(/None of these can begin.*“Orvane returns the harbour launch”/).waitFor();
    // Orvane watches the halt; to find is Quelda's.
    await page.getByRole("button", { name: /Act$/ }).click();
    await page.getByRole("option", { name: "Report what was seen" }).waitFor();
    expect(await page.getByRole("option", { name: "Make a finding" }).count()).toBe(0);
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Levers" }).click();
    await page.getByText("the condition has come; its owner has not acted").waitFor();
    const sanctions = page.locator(".lever", { hasText: "Order 14" });
    await sanctions.getByRole("button", { name: /State$/ }).click();
    await page.getByRole("option", { name: "suspended" }).click();
    await page.getByText("the condition has come, and it stands so").waitFor();
    expect(seat.faults).toEqual([]);
  });
});
