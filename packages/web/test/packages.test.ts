import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { goTo, openExercise, sitAs } from "./exercise.ts";
import { expectToStand } from "./standing.ts";
import { setTable } from "./table.ts";

describe.skipIf(!chromiumPath)("packages", () => {
  const table = setTable("standalone");

  test("what is missing is said; with the exercise's scores the reference packages are found, compared and barred", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Quelda");
    await goTo(seat, "Packages");
    await page.getByText("Preferences are missing: Orvane, Tolvend").waitFor();
    await expectToStand(seat, table.address);
    await page.getByRole("button", { name: "Load the exercise’s scores" }).press("Enter");
    const nash = page.getByRole("row").filter({ has: page.getByRole("button", { name: "Nash" }) });
    // The gains of the command line's own answer to the same files.
    expect(await nash.textContent()).toMatch(/71 \(\+25\).*77 \(\+16\)/);
    expect(await page.getByText("illustrative scores of the exercise").count()).toBe(4);
    await page
      .getByRole("heading", { name: "Towards Tolvend" })
      .or(page.getByText("Towards Tolvend"))
      .first()
      .waitFor();
    await expectToStand(seat, table.address);

    await page
      .getByRole("button", { name: /^Bar: / })
      .first()
      .press("Enter");
    await page.getByRole("heading", { name: "Barred at this desk" }).waitFor();
    await page.getByRole("button", { name: "Allow again" }).press("Enter");
    await nash.waitFor();
  });

  test("what the text ties together is said, near alternatives are found, and a package is set against another in words", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Quelda");
    await goTo(seat, "Packages");
    await page.getByRole("button", { name: "Load the exercise’s scores" }).press("Enter");
    await page.getByText(/^linkage: Article 5, 1 .* only together with Article 4, 1/).waitFor();
    await page.getByText("Against no agreement: Orvane +25, Tolvend +16.").waitFor();
    // As the command line has it: a red line of a party that only informs changes none of its points.
    await page.getByText(/^For Straits Union: gain \+21/).waitFor();
    const open = page.getByRole("row", { name: /What the text leaves open/ });
    expect(await open.textContent()).toMatch(/\d+ … 92.*\d+ … 92/);

    await page.getByRole("button", { name: "Look for some" }).press("Enter");
    const near = page.locator(".near-list > li");
    await near.first().waitFor();
    expect(await near.count()).toBe(3);
    await expectToStand(seat, table.address);
    await near.first().getByRole("button", { name: "Take in hand" }).press("Enter");
    await page.getByRole("heading", { name: "Package 36, as text" }).waitFor();

    await page.getByRole("button", { name: /Compare with$/ }).press("Enter");
    await page.getByRole("option", { name: "Egalitarian" }).press("Enter");
    await page.getByText(/^For Orvane: in Article .*; in return, for Tolvend: in Article /).waitFor();
    await expectToStand(seat, table.address);
  });

  test("what is tabled is text alone", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Quelda");
    await goTo(seat, "Packages");
    await page.getByRole("button", { name: "Load the exercise’s scores" }).press("Enter");
    await page.getByRole("button", { name: "Table this package" }).press("Enter");
    await page.getByText("It is tabled.").waitFor();
    await page
      .locator("svg")
      .getByText(/^tabled \d/)
      .waitFor({ state: "attached" });
    await goTo(seat, "Record");
    const record = await page.locator("main").textContent();
    expect(record).not.toMatch(/nash/i);
    await sitAs(seat, "Orvane");
    await goTo(seat, "Packages");
    await page.getByText("Preferences are missing").waitFor();
  });
});
