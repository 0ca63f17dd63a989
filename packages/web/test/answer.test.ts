import { describe, expect, test } from "vitest";
import { goTo, openExercise, sitAs } from "./exercise.ts";
import { expectToStand } from "./standing.ts";
import { chromiumPath, type Seat, setTable } from "./table.ts";

async function tablePackage(seat: Seat): Promise<void> {
  await openExercise(seat);
  await sitAs(seat, "Quelda");
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

  test("all accept, the custodian says so, and the capitals confirm", async () => {
    const seat = await table.sit();
    const { page } = seat;
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
    for (const party of ["Orvane", "Tolvend"]) {
      await sitAs(seat, party);
      await page.getByRole("button", { name: "Our capital confirms what is agreed" }).press("Enter");
      await page.getByText("What others learned").waitFor();
    }
    await page.getByText("Still open: Article 8").waitFor();
    await page.getByText(/Not binding on Belune: Article 4/).waitFor();
    await expectToStand(seat, table.address);
  });

  test("one declines: the custodian cannot say that it is agreed, nor before the time that it is not", async () => {
    const seat = await table.sit();
    const { page } = seat;
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
