import { readFileSync } from "node:fs";
import { caseRules } from "@parley/core";
import { verifyExport } from "@parley/ledger";
import { readWord } from "@parley/text";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { moveClock } from "./clock.ts";
import { fillBlank, goTo, openExercise, sitAs } from "./exercise.ts";
import { expectToStand } from "./standing.ts";
import { type Seat, setTable } from "./table.ts";

const dayMs = 86_400_000;

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

/** A party marks by the exercise's scores, and seals them to itself and to the mediator. */
async function sealPreferences(seat: Seat, party: string): Promise<void> {
  const { page } = seat;
  await sitAs(seat, party);
  await goTo(seat, "Our side");
  await page.getByRole("button", { name: "Load the exercise’s scores" }).press("Enter");
  const seal = page.getByRole("button", { name: "Seal", exact: true });
  await page.getByText("Only in this window’s memory").waitFor();
  await seal.press("Enter");
  await page.getByText("What others learned").waitFor();
  // What is sealed already is let read as it is.
  expect(await seal.isDisabled()).toBe(true);
  await page.getByText("Also let Quelda read it, without reasons").click();
  await page.getByText("What others learned").waitFor({ state: "hidden" });
  await seal.press("Enter");
  await page.getByText("What others learned").waitFor();
}

/** The mediator puts the named package to the parties, computed from what was sealed to it. */
async function tablePackage(seat: Seat, name: string): Promise<void> {
  const { page } = seat;
  await sitAs(seat, "Quelda");
  await goTo(seat, "Packages");
  await page.getByRole("button", { name }).first().press("Enter");
  await page.getByRole("button", { name: "Table this package" }).press("Enter");
  await page.getByText("It is tabled.").waitFor();
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

/** All that the exported Word document says. */
async function wordOf({ page }: Seat): Promise<string> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Word" }).press("Enter");
  const { draft } = readWord(new Uint8Array(readFileSync(await (await download).path())));
  return JSON.stringify(draft);
}

describe.skipIf(!chromiumPath)("alone", () => {
  const table = setTable("standalone");

  test("the whole exercise alone, in one browser and with no server: a package fails, the next is signed", async () => {
    const seat = await table.sit({ clock: true });
    const { page } = seat;
    await openExercise(seat);
    await sealPreferences(seat, "Orvane");
    await sealPreferences(seat, "Tolvend");
    await sitAs(seat, "Quelda");
    await fillBlank(seat);

    await tablePackage(seat, "Nash");
    await sitAs(seat, "Orvane");
    // What the head reads before the answer: where it is as we want it, and what it takes from us, the most first.
    await page.getByText(/^\d+ of 19 brackets would read as we want them most\.$/).waitFor();
    const lost = (await page.locator(".given-up .figure").allTextContents()).map((said) =>
      Number(said.replace("−", "-")),
    );
    expect(lost.length).toBeGreaterThan(3);
    expect(lost.every((points, i) => points < 0 && points >= (lost[i - 1] ?? points))).toBe(true);
    await answer(seat, "Orvane", "Accept");
    await expectToStand(seat, table.address);
    await answer(seat, "Tolvend", "Decline");
    await sitAs(seat, "Quelda");
    await page.getByText("declines").waitFor();
    expect(await page.getByRole("button", { name: "Say that it is agreed" }).isDisabled()).toBe(true);
    const notAgreed = page.getByRole("button", { name: "Say that it is not agreed" });
    expect(await notAgreed.isDisabled()).toBe(true);
    await moveClock(page, 3.5 * dayMs);
    await notAgreed.click();
    await page.getByRole("heading", { name: "Not agreed. No party’s answer is disclosed." }).waitFor();
    await sitAs(seat, "Orvane");
    await page.getByRole("heading", { name: "Not agreed. No party’s answer is disclosed." }).waitFor();
    expect(await page.getByText("declines", { exact: true }).count()).toBe(0);

    await tablePackage(seat, "Utilitarian");
    await answer(seat, "Orvane", "Accept");
    await answer(seat, "Tolvend", "Accept");
    // Nobody but the custodian sees that anybody answered.
    await sitAs(seat, "Belune");
    await page.getByText(/^P\d+ · Answers until/).waitFor();
    expect(await page.getByText("accepts", { exact: true }).count()).toBe(0);
    expect(await page.getByText(/have answered|has answered/).count()).toBe(0);
    await sitAs(seat, "Quelda");
    await page.getByText("2 of 2 principals have answered.").waitFor();
    await page.getByRole("button", { name: "Say that it is agreed" }).press("Enter");
    await page.getByText("Agreed ad referendum by all.").waitFor();
    await goTo(seat, "Conclusion");
    await eachDoes(seat, "Our capital confirms what is agreed");
    await eachDoes(seat, "Close the text");
    await page.getByText("Memorandum of understanding, not binding").first().waitFor();
    await eachDoes(seat, "Initial the text");
    await eachDoes(seat, "Sign", async () => {
      await page.getByText("Still missing: Place", { exact: true }).waitFor();
      await page.getByLabel("Place").fill("Seld");
      await page.getByText("Still missing").waitFor({ state: "detached" });
    });
    await page
      .getByText(/Ilsa Verrinay, .* at Seld/)
      .first()
      .waitFor();
    await page.getByText(/Not binding on Belune: Article 4/).waitFor();
    // The text says so itself, on the page and in the file.
    const notes = (text: string | null) =>
      text?.match(/Not binding on Belune, which has not accepted/g)?.length;
    expect(notes(await wordOf(seat))).toBe(5);
    await goTo(seat, "Text");
    await page.getByText("SELD/1/Rev.4").waitFor();
    expect(notes(await page.getByRole("region", { name: "Notes" }).textContent())).toBe(5);
    await goTo(seat, "Conclusion");
    expect(notes(await page.locator(".export .whole-text").textContent())).toBe(5);
    await sitAs(seat, "Belune");
    // One is refused and said to be, and accepted after all with the others.
    await page.getByRole("checkbox").last().press("Space");
    await page.getByRole("button", { name: "Refuse these clauses" }).press("Enter");
    await page.getByText("Belune refuses: Article 4, 2", { exact: true }).waitFor();
    expect((await wordOf(seat)).match(/Not binding on Belune, which refuses this clause/g)?.length).toBe(1);
    for (const box of await page.getByRole("checkbox").all()) await box.press("Space");
    await expectToStand(seat, table.address);
    await page.getByRole("button", { name: "Accept these clauses" }).press("Enter");
    await page.getByText(/^Belune accepts: Article 4, 1; Article 4, 1 \(a\)/).waitFor();
    expect(notes(await wordOf(seat))).toBeUndefined();
    await goTo(seat, "Record");
    await page.getByRole("button", { name: "Verify" }).press("Enter");
    await page.getByText(/^Intact: \d+ entries hold/).waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export" }).press("Enter");
    const file = readFileSync(await (await download).path());
    expect(await verifyExport([file], caseRules)).toMatchObject({ valid: true });
    expect(seat.asked.filter((url) => !url.startsWith(table.address) && !url.startsWith("data:"))).toEqual(
      [],
    );
    expect(seat.faults).toEqual([]);
  });
});
