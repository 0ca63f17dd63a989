import { describe, expect, test } from "vitest";
import { goTo, openExercise, sitAs } from "./exercise.ts";
import { expectToStand } from "./standing.ts";
import { chromiumPath, setTable } from "./table.ts";

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

  test("what is tabled is text alone", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Quelda");
    await goTo(seat, "Packages");
    await page.getByRole("button", { name: "Load the exercise’s scores" }).press("Enter");
    await page.getByRole("button", { name: "Table this package" }).press("Enter");
    await page.getByText("It is tabled.").waitFor();
    await page.getByText(/^tabled \d/).waitFor({ state: "attached" });
    await goTo(seat, "Record");
    const record = await page.locator("main").textContent();
    expect(record).not.toMatch(/nash/i);
    await sitAs(seat, "Orvane");
    await goTo(seat, "Packages");
    await page.getByText("Preferences are missing").waitFor();
  });
});
