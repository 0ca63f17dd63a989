/** What waits for whoever sits here: each line is there when it is due, leads to where it is done, and is gone after. */
import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { fillCase, goTo, openExercise, openFilled, sitAs } from "./exercise.ts";
import { type Seat, setTable } from "./table.ts";

const principals = ["Orvane", "Tolvend"];

/** Sits as a party, reads this line on the overview, follows it and is on that page. */
async function follow(seat: Seat, party: string, line: string | RegExp, to: string): Promise<void> {
  const { page } = seat;
  await sitAs(seat, party);
  await goTo(seat, "Overview");
  await page.locator(".waits").getByRole("link", { name: line }).click();
  const pages = page.getByRole("navigation", { name: "Pages of this case" });
  await pages.locator("[aria-current=page]", { hasText: to }).waitFor();
}

/** The lines that wait for whoever sits now. */
async function lines(seat: Seat): Promise<string[]> {
  await goTo(seat, "Overview");
  await seat.page.getByRole("heading", { name: "What waits for you" }).waitFor();
  return seat.page.locator(".waits li").allTextContents();
}

describe.skipIf(!chromiumPath)("what waits for me", () => {
  const table = setTable("standalone");

  test("each line leads to its page, from the first bracket to the affected party's clauses", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await follow(seat, "Orvane", "1 proposed contact waits for your word", "Contacts");
    // Those at the watch desk are named after their party.
    await page.getByRole("button", { name: /You sit as/ }).click();
    await page.getByRole("menuitemradio", { name: /Rhea Sund$/ }).click();
    await page.getByRole("button", { name: /^You sit as .*Rhea Sund$/ }).waitFor();
    await goTo(seat, "Overview");
    await page
      .locator(".waits")
      .getByRole("link", { name: "1 notification waits for your watch desk" })
      .click();
    await page
      .getByRole("navigation", { name: "Pages of this case" })
      .locator("[aria-current=page]", { hasText: "Watch desk" })
      .waitFor();
    await page.locator(".board tr[data-waits]").first().waitFor();
    await follow(seat, "Belune", "19 open brackets in which you stand behind nothing", "Text");

    // An amendment waits for whoever holds the pen, until it is adopted.
    await sitAs(seat, "Tolvend");
    await goTo(seat, "Text");
    await page.locator("#bracket-date > .open-mark").press("Enter");
    await page.getByRole("button", { name: "Add an alternative" }).press("Enter");
    await page.getByLabel("Words").fill("1 December 2026");
    await page.getByRole("button", { name: "Propose it" }).press("Enter");
    await page.getByText("proposes another alternative").waitFor();
    await follow(seat, "Quelda", "1 amendment waits for your word", "Text");
    await page.locator("#bracket-date > .open-mark").press("Enter");
    await page.getByRole("button", { name: "Adopt" }).first().press("Enter");
    await page.getByText("Rev. 4", { exact: true }).waitFor();
    expect(await lines(seat)).toEqual([]);
    await page.getByText("Nothing.", { exact: true }).waitFor();

    // A package waits for each principal's answer.
    await goTo(seat, "Packages");
    await page.getByRole("button", { name: "Load the exercise’s scores" }).press("Enter");
    await page.getByRole("button", { name: "Table this package" }).press("Enter");
    await page.getByText("It is tabled.").waitFor();
    for (const party of principals) {
      await follow(seat, party, "1 package waits for your answer", "Answer");
      await page.getByRole("heading", { name: /^P1 · Answers until/ }).waitFor();
      await page.getByRole("button", { name: "Accept", exact: true }).press("Enter");
      await page.getByLabel(/Write the name of your party/).fill(party);
      await page.getByRole("button", { name: "Seal and send" }).press("Enter");
      await page.getByText("Your party has answered.").waitFor();
      expect((await lines(seat)).join()).not.toContain("answer");
    }
    // All answers are there: whoever holds them is missing.
    await follow(seat, "Quelda", "Answers that you hold wait for your word", "Answer");
    await page.getByRole("button", { name: "Say that it is agreed" }).press("Enter");
    await page.getByText("Agreed ad referendum by all.").waitFor();

    // From agreement to signature, one step after the other.
    const steps = [
      ["What is agreed waits for your capital", "Our capital confirms what is agreed"],
      ["The text waits to be closed by you", "Close the text"],
      ["The text waits for your initials", "Initial the text"],
      ["The text waits for your signature", "Sign"],
    ] as const;
    for (const [line, act] of steps) {
      for (const party of principals) {
        await follow(seat, party, line, "Conclusion");
        if (act === "Sign") await page.getByLabel("Place").fill("Seld");
        await page.getByRole("button", { name: act, exact: true }).press("Enter");
        await page
          .locator(`button:disabled:text-is("${act}"), main:not(:has(button:text-is("${act}")))`)
          .first()
          .waitFor();
        expect(await lines(seat)).not.toContain(line);
      }
    }
    await follow(seat, "Belune", /^\d+ clauses that concern you wait to be accepted or not$/, "Conclusion");
    // Each is answered for itself: what is refused waits no more than what is accepted.
    const before = `${await page.getByRole("group", { name: "Clauses that concern us" }).getByRole("checkbox").count()} clauses`;
    const clauses = page.getByRole("group", { name: "Clauses that concern us" }).getByRole("checkbox");
    await clauses.first().press(" ");
    await page.getByRole("button", { name: "Refuse these clauses" }).press("Enter");
    await page
      .locator("main")
      .getByText(/^Belune refuses:/)
      .waitFor();
    const left = await lines(seat);
    expect(left.join()).toMatch(/clauses? that concern/);
    expect(left.join()).not.toContain(before);

    // The text goes to every seat once every principal agrees to it.
    await sitAs(seat, "Orvane");
    await goTo(seat, "Conclusion");
    await page.getByRole("button", { name: "Release the text to every seat" }).press("Enter");
    await page.getByText("Orvane has given the text to every seat").waitFor();
    await follow(seat, "Tolvend", "Another party has given the text to every seat", "Conclusion");
    await page.getByRole("button", { name: "Agree to its release" }).press("Enter");
    await page.getByText("Released to every seat.").waitFor();
    expect((await lines(seat)).join()).not.toContain("release");
    expect(seat.faults).toEqual([]);
  });

  test("in a case of one's own a principal is told what another lends and proposes", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await page.goto(`${table.address}/#/new`);
    await fillCase(seat, ["Alba", "Brun", "Media"], { 3: "mediator" });
    await openFilled(seat);
    const lend = page.getByRole("button", { name: "Holds answers to packages: Lend to Media" });
    await lend.click();
    await lend.waitFor({ state: "detached" });
    await goTo(seat, "Contacts");
    await page.getByText("Propose modalities").click();
    for (const name of [
      "Participation",
      "Venue",
      "Languages",
      "Confidentiality",
      "Press",
      "Keeping of the record",
    ])
      await page.locator(".set-up[open]").getByLabel(name).fill("en");
    await page.getByRole("button", { name: "Propose these" }).click();
    await follow(seat, "Brun", "Proposed modalities wait for your acceptance", "Contacts");
    await page.getByRole("button", { name: "Accept", exact: true }).click();
    await page.getByRole("button", { name: "Accept", exact: true }).waitFor({ state: "detached" });
    expect(await lines(seat)).toEqual(["Powers that another principal lends wait for you to lend them too"]);
    await page.getByText("Alba would lend it to Media").waitFor();
    await lend.click();
    await page.getByText("Nothing.", { exact: true }).waitFor();
    expect(await page.getByText("Alba would lend it to Media").count()).toBe(0);
    expect(seat.faults).toEqual([]);
  });
});
