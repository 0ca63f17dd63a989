import { describe, expect, test } from "vitest";
import { fillBlank, goTo, openExercise, sitAs } from "./exercise.ts";
import { expectToStand } from "./standing.ts";
import { chromiumPath, type Seat, setTable } from "./table.ts";

/** Both principals in turn, and each is done before the next begins. */
async function eachDoes(seat: Seat, what: string, before?: () => Promise<void>): Promise<void> {
  for (const party of ["Orvane", "Tolvend"]) {
    await sitAs(seat, party);
    await before?.();
    const button = seat.page.getByRole("button", { name: what, exact: true });
    await button.press("Enter");
    await seat.page
      .locator(`button:disabled:text-is("${what}"), main:not(:has(button:text-is("${what}")))`)
      .first()
      .waitFor();
  }
}

async function tablePackage(seat: Seat): Promise<void> {
  await goTo(seat, "Packages");
  await seat.page.getByRole("button", { name: "Load the exercise’s scores" }).press("Enter");
  await seat.page.getByRole("button", { name: "Table this package" }).press("Enter");
  await seat.page.getByText("It is tabled.").waitFor();
  await goTo(seat, "Answer");
}

async function answer(seat: Seat, party: string, what: "Accept" | "Decline"): Promise<void> {
  const { page } = seat;
  await sitAs(seat, party);
  await page.getByText("One answer, and it is final.").first().waitFor();
  await page.getByRole("button", { name: what, exact: true }).press("Enter");
  await page.getByLabel(/Write the name of your party/).fill(party);
  await page.getByRole("button", { name: "Seal and send" }).press("Enter");
  await page.getByText("Your party has answered.").waitFor();
}

describe.skipIf(!chromiumPath)("answers", () => {
  const table = setTable("standalone");

  test("all accept; capitals confirm, the text is closed, initialled and signed, and whom it affects accepts", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Quelda");
    await fillBlank(seat);
    await tablePackage(seat);
    await answer(seat, "Orvane", "Accept");
    await expectToStand(seat, table.address);
    await answer(seat, "Tolvend", "Accept");
    // Nobody but the custodian sees that anybody answered.
    await sitAs(seat, "Belune");
    await page.getByText(/^Answers until/).waitFor();
    expect(await page.getByText("accepts", { exact: true }).count()).toBe(0);
    expect(await page.getByText(/have answered|has answered/).count()).toBe(0);
    await sitAs(seat, "Quelda");
    await page.getByText("2 of 2 principals have answered.").waitFor();
    await page.getByRole("button", { name: "Say that it is agreed" }).press("Enter");
    await page.getByText("Agreed ad referendum by all.").waitFor();
    await goTo(seat, "Conclusion");
    await eachDoes(seat, "Our capital confirms what is agreed");
    await eachDoes(seat, "Close the text");
    await page.getByText("Memorandum of understanding, not binding").waitFor();
    await eachDoes(seat, "Initial the text");
    await eachDoes(seat, "Sign", () => page.getByLabel("Place").fill("Seld"));
    await page.getByText(/Ilsa Verrinay, .* at Seld/).waitFor();
    await page.getByText(/Not binding on Belune: Article 4/).waitFor();
    await sitAs(seat, "Belune");
    for (const box of await page.getByRole("checkbox").all()) await box.press("Space");
    await expectToStand(seat, table.address);
    await page.getByRole("button", { name: "Accept these clauses" }).press("Enter");
    await page.getByText(/^Belune accepts: Article 4, 1/).waitFor();
    await goTo(seat, "Record");
    await page.getByRole("button", { name: "Verify" }).press("Enter");
    await page
      .getByText(/hold|intact|valid/i)
      .first()
      .waitFor();
  });

  test("one declines: the custodian cannot say that it is agreed, nor before the time that it is not", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Quelda");
    await tablePackage(seat);
    await answer(seat, "Orvane", "Accept");
    await answer(seat, "Tolvend", "Decline");
    await sitAs(seat, "Quelda");
    await page.getByText("declines").waitFor();
    expect(await page.getByRole("button", { name: "Say that it is agreed" }).isDisabled()).toBe(true);
    expect(await page.getByRole("button", { name: "Say that it is not agreed" }).isDisabled()).toBe(true);
    await sitAs(seat, "Orvane");
    await page.getByText("Your party has answered.").waitFor();
    expect(await page.getByText("declines", { exact: true }).count()).toBe(0);
  });
});
