import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { focused, press, sitAs, tabTo, write } from "./keyboard.ts";
import { setTable } from "./table.ts";

describe.skipIf(!chromiumPath)("without a mouse", () => {
  const table = setTable("standalone");

  test("every flow of the exercise is done by keyboard alone", { timeout: 180_000 }, async () => {
    const seat = await table.sit({ width: 1600 });
    const { page } = seat;
    await page.getByRole("button", { name: /^Open: Exercise/ }).waitFor();
    await press(page, /^Open: Exercise/);
    await page.getByRole("heading", { level: 1, name: /first measures/ }).waitFor();

    // The text: a clause is amended, reserved upon and commented.
    await sitAs(page, "Tolvend");
    await press(page, "Text");
    await page.locator("#bracket-staffing").waitFor();
    await page.keyboard.press("]");
    await page.keyboard.press("]");
    await page.keyboard.press("2");
    await page.keyboard.press("Enter");
    await page.locator("#bracket-staffing [data-option=eighty] [title=Tolvend]").waitFor();
    await press(page, "In Article 2, 1");
    await press(page, "Reserve upon it");
    await write(page, "Our reservation to this clause", "Subject to review.");
    await press(page, "Note the reservation");
    await page.getByText(/Reservation of Tolvend/).waitFor();
    await press(page, "Comment");
    await write(page, "Comment", "At sea too?");
    await press(page, "Say it");
    await page.locator(".remark").getByText("At sea too?").waitFor();

    // Our side: marks, points, and the seal.
    await press(page, /^Our side/);
    await page.locator(".side-head").waitFor();
    for (const key of ["]", "1", "7"]) await page.keyboard.press(key);
    await page.getByText("1 of 19 brackets marked").waitFor();
    await press(page, "Seal");
    await page.getByText("What others learned").waitFor();

    // A channel with the mediator.
    await press(page, "Channels");
    await page.getByRole("button", { name: "New channel" }).waitFor();
    await press(page, "New channel");
    await page.getByRole("checkbox", { name: "Quelda" }).waitFor();
    await tabTo(page, /Quelda$/);
    await page.keyboard.press(" ");
    await press(page, "Open the channel");
    await write(page, "Message", "We can live with eighty.");
    await press(page, "Send sealed");
    await page.locator(".messages").getByText("We can live with eighty.").waitFor();

    // The mediator fills the blank, computes, and tables.
    await sitAs(page, "Quelda");
    await press(page, "Text");
    await page.locator("#bracket-date").waitFor();
    await page.keyboard.press("[");
    await press(page, "Add an alternative");
    await write(page, "Words", "1 December 2026");
    await press(page, "Propose it");
    await page.getByRole("button", { name: "Adopt" }).waitFor();
    await press(page, "Adopt");
    await page.getByText("Rev. 4", { exact: true }).waitFor();
    await press(page, /^Packages/);
    await page.getByRole("button", { name: "Load the exercise’s scores" }).waitFor();
    await press(page, "Load the exercise’s scores");
    await page.locator(".tabling").waitFor();
    await press(page, "Look for some");
    await page.locator(".near-list").waitFor();
    await press(page, "Table this package");
    await page.getByText("It is tabled.").waitFor();

    // Answers, and what they come to.
    for (const party of ["Orvane", "Tolvend"]) {
      await sitAs(page, party);
      await press(page, "Answer");
      await page.getByText("One answer, and it is final.").first().waitFor();
      await press(page, "Accept");
      await write(page, /Write the name of your party/, party);
      await press(page, "Seal and send");
      await page.getByText("Your party has answered.").waitFor();
    }
    await sitAs(page, "Quelda");
    await page.getByText("2 of 2 principals have answered.").waitFor();
    await press(page, "Say that it is agreed");
    await page.getByText("Agreed ad referendum by all.").waitFor();

    // Confirmed, closed, initialled, signed.
    for (const act of ["Our capital confirms what is agreed", "Close the text", "Initial the text", "Sign"]) {
      for (const party of ["Orvane", "Tolvend"]) {
        await sitAs(page, party);
        await press(page, "Conclusion");
        await page.getByRole("button", { name: act, exact: true }).waitFor();
        if (act === "Sign") await write(page, "Place", "Seld");
        await press(page, act);
        await page
          .locator(`button:disabled:text-is("${act}"), main:not(:has(button:text-is("${act}")))`)
          .first()
          .waitFor();
      }
    }
    await page
      .getByText(/Ilsa Verrinay, .* at Seld/)
      .first()
      .waitFor();

    // The affected party accepts one clause; the record is verified.
    await sitAs(page, "Belune");
    await page.getByRole("checkbox").first().waitFor();
    await tabTo(page, /^Article 4/);
    await page.keyboard.press(" ");
    await press(page, "Accept these clauses");
    await page.getByText(/^Belune accepts: Article 4/).waitFor();
    await press(page, "Record");
    await page.getByRole("button", { name: "Verify" }).waitFor();
    await press(page, "Verify");
    await page.getByText(/^Intact: \d+ entries hold/).waitFor();
    const download = page.waitForEvent("download");
    await press(page, "Export");
    expect((await download).suggestedFilename()).toMatch(/\.parley$/);
    expect(seat.faults).toEqual([]);
  });

  test("a case of one's own, its walk-away, linkages and revisions, by keyboard alone", async () => {
    const seat = await table.sit({ width: 1600 });
    const { page } = seat;
    await page.getByRole("heading", { level: 1, name: "Cases" }).waitFor();
    await press(page, "Language and light");
    await page.getByRole("menuitemradio", { name: "Dark" }).waitFor();
    for (let steps = 0; steps < 14 && (await focused(page)) !== "Dark"; steps += 1) {
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Enter");
    await page.locator("html[data-theme=dark]").waitFor();
    await page.keyboard.press("Escape");

    // A draft is read, what the reader guessed is confirmed, and a case is opened around it.
    await press(page, "Read a draft");
    await page.getByLabel("Or paste the text").waitFor();
    await write(page, "Or paste the text", "1. The line is open [at noon] [at dawn], and tested [daily].");
    await press(page, "Read it");
    await page.getByText("To confirm: 1 of 1").waitFor();
    await press(page, "As read");
    await press(page, "Open a case with this text");
    await page.getByRole("heading", { level: 1, name: "New case" }).waitFor();
    await write(page, "What the case is about", "The line");
    await write(page, "Name of party 1", "Alba");
    await write(page, "Name of party 2", "Brun");
    await press(page, "Add a party");
    await write(page, "Name of party 3", "Cor");
    await write(page, "Your name", "A. Person");
    await press(page, "Open the case");
    await page.getByRole("heading", { level: 1, name: "The line" }).waitFor();

    // What it is worth: steps, points, whole texts, a linkage.
    await press(page, /^Our side/);
    await page.locator(".side-head").waitFor();
    for (const key of ["]", "1", "7", "2", "5"]) await page.keyboard.press(key);
    await page.getByText("2 of 2 brackets marked").waitFor();
    await tabTo(page, "Mark");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press(" ");
    await write(page, /^Points: at noon/, "60");
    await page.keyboard.press("Enter");
    await tabTo(page, "Points");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press(" ");
    await page.getByText("Question 1").waitFor();
    await press(page, "We would sign this");
    await page.getByText(/^Would sign a text worth/).waitFor();
    await tabTo(page, "Walk-away");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press(" ");
    await page.getByRole("heading", { name: "Linkages we insist on" }).waitFor();
    await press(page, "Seal");
    await page.getByText("What others learned").waitFor();

    // A second revision is compared with the first.
    await press(page, "Text");
    await page.locator(".sheet .bracket").first().waitFor();
    await page.keyboard.press("]");
    await press(page, "Add an alternative");
    await write(page, "Words", "at dusk");
    await press(page, "Propose it");
    await page.getByText("proposes another alternative").waitFor();
    await press(page, "Support");
    await page.getByRole("button", { name: "Support" }).waitFor({ state: "hidden" });
    await sitAs(page, "Brun");
    if (!(await page.getByRole("button", { name: "Support" }).isVisible())) await page.keyboard.press("]");
    await press(page, "Support");
    await press(page, "Compare");
    await page.getByRole("menuitem", { name: /^With/ }).first().waitFor();
    await page.keyboard.press("Enter");
    await page.locator("ins", { hasText: "at dusk" }).first().waitFor();
    await press(page, "Stop comparing");
    expect(seat.faults).toEqual([]);
  });
});
