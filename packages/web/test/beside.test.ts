import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { moveClock } from "./clock.ts";
import { goTo, openExercise, sitAs } from "./exercise.ts";
import { setTable } from "./table.ts";

describe.skipIf(!chromiumPath)("before and beside the text", () => {
  const table = setTable("site");

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

  test("each side names whom it sends and says what it expects, and it is aligned before anybody meets", {
    timeout: 60_000,
  }, async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    for (const [party, name, words] of [
      ["Orvane", "Ilsa Verrinay", "A halt that is verified comes first. Relief follows."],
      ["Tolvend", "Corvan Hale", "A halt comes with relief. Properties are returned."],
    ] as const) {
      await sitAs(seat, party);
      await goTo(seat, "Contacts");
      const summit = page.locator(".appointment", { hasText: "Meeting of the Heads of State" });
      await summit.getByRole("button", { name: "Name our people" }).click();
      await summit.getByLabel("Your people, one a line").fill(`${name}, Minister\nA. Second, Adviser`);
      await summit.getByRole("button", { name: "Name them" }).click();
      await summit.getByText(`${name}, Minister; A. Second, Adviser`).waitFor();
      await page.getByRole("link", { name: "Readouts" }).click();
      await page.getByRole("button", { name: /Contact$/ }).click();
      await page.getByRole("option", { name: /Meeting of the Heads of State/ }).click();
      await page.getByLabel("What we expect of this contact").fill(words);
      await page.getByRole("button", { name: "State it" }).click();
      await page.locator(".account", { hasText: words.slice(0, 20) }).waitFor();
    }
    await page.getByRole("button", { name: "Align the expectations" }).click();
    await page.getByRole("button", { name: /^A halt that is verified/ }).click();
    await page.getByRole("button", { name: /^A halt comes with relief/ }).click();
    await page.getByLabel("The point").fill("What comes first");
    await page.getByRole("button", { name: "In conflict" }).click();
    await page.getByRole("button", { name: "Publish our reading" }).click();
    await page.getByText("The points as Tolvend reads them").waitFor();
    await page.getByRole("button", { name: /Point$/ }).click();
    await page.getByRole("option", { name: "What comes first" }).click();
    expect(await page.locator(".history li", { hasText: "Said beforehand" }).count()).toBe(2);
    expect(seat.faults).toEqual([]);
  });

  test("a contact ends with press lines that both accept and points left to ministers and leaders", {
    timeout: 60_000,
  }, async () => {
    const seat = await table.sit({ clock: true });
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Orvane");
    await goTo(seat, "Contacts");
    // The officers' meeting of the exercise is agreed; it is put on record once it has begun.
    await moveClock(page, 2 * 86_400_000);
    await page
      .locator(".appointment", { hasText: "Meeting of officers" })
      .getByRole("button", { name: "Put on record as held" })
      .click();
    const held = page.locator("li.contact", { hasText: "Meeting of officers" });
    await held.getByText("Propose press lines").click();
    await held.getByLabel("Words for the press").fill("The officers met.");
    await held.getByRole("button", { name: "Propose these words" }).click();
    await held.getByRole("button", { name: "Accept these words" }).click();
    await sitAs(seat, "Tolvend");
    await held.getByRole("button", { name: "Accept these words" }).click();
    await held.getByText("Agreed press lines: The officers met.").waitFor();
    await held.getByText("Say how it ended").click();
    for (const outcome of ["Agreed press lines", "Left to the ministers", "Left to the leaders"])
      await held.getByRole("checkbox", { name: outcome }).check({ force: true });
    await held.getByLabel("Left to the ministers: points").fill("Who counts the buoys");
    await held.getByLabel("Left to the leaders: points").fill("The line itself");
    await held.getByRole("button", { name: "Put it on record" }).click();
    await held.getByText("Left to the ministers: Who counts the buoys").waitFor();
    await page.getByRole("link", { name: "Summit" }).click();
    await page.getByRole("heading", { name: "Left to the ministers" }).waitFor();
    await page.getByRole("cell", { name: "Who counts the buoys" }).waitFor();
    expect(seat.faults).toEqual([]);
  });

  test("a group of absent parties drafts with brackets, shows points, finds a package, joins it and puts it on record", {
    timeout: 90_000,
  }, async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    const positions = async (party: string) => {
      await sitAs(seat, party);
      await goTo(seat, "Contacts");
      await page.getByRole("link", { name: "Positions" }).click();
      await page.getByRole("heading", { level: 1, name: "Positions" }).waitFor();
    };
    await positions("Belune");
    await page.getByText("Orvane informs Belune and the Straits Union").waitFor();
    await page.getByText("to us").first().waitFor();
    await page.getByText("Begin a paper").click();
    await page.getByRole("checkbox", { name: /Straits Union/ }).check({ force: true });
    await page.getByLabel("Subject").last().fill("The ports");
    await page
      .getByLabel("Words; what is open")
      .fill(
        "A halt covers [ports from the first day][ports from the thirtieth day]. It is watched by [Quelda][observers].",
      );
    await page.getByRole("button", { name: "Seal it to the group" }).click();
    const paper = page.locator("article.paper", { hasText: "The ports" });
    const score = async (points: Readonly<Record<string, string>>) => {
      await paper.getByText("Our points").click();
      for (const [option, value] of Object.entries(points)) {
        const field = paper.getByLabel(`Points: ${option}`);
        await field.fill(value);
        await field.blur();
      }
      await paper.getByRole("button", { name: "Show them to the group" }).click();
      await paper.getByText("has shown its points").first().waitFor();
    };
    await score({ "ports from the first day": "10", "ports from the thirtieth day": "4", Quelda: "1" });
    expect(await paper.getByRole("button", { name: "Find packages" }).count()).toBe(0);
    await positions("Straits Union");
    await score({ "ports from the first day": "5", "ports from the thirtieth day": "6", observers: "8" });
    await paper.getByRole("button", { name: "Find packages" }).click();
    const row = paper.getByRole("row", { name: /Nash/ });
    await row.getByText(/ports from the first day/).waitFor();
    await row.getByText(/observers/).waitFor();
    await row.getByRole("button", { name: "Put it into the paper" }).click();
    await paper
      .locator(".paper-words", {
        hasText: "A halt covers ports from the first day. It is watched by observers.",
      })
      .waitFor();
    await positions("Belune");
    await paper.getByRole("button", { name: "Join these words" }).click();
    await paper.getByText("this is their common stance").waitFor();
    // Those who are not in the group see nothing of it until it is put on record.
    await positions("Orvane");
    expect(await page.getByText("The ports", { exact: true }).count()).toBe(0);
    expect(await page.getByText("A halt covers").count()).toBe(0);
    await positions("Belune");
    await paper.getByRole("button", { name: "Put it on the shared record" }).click();
    await page.getByRole("heading", { level: 3, name: "The ports" }).first().waitFor();
    await positions("Orvane");
    await page.getByText("A halt covers ports from the first day.").waitFor();
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
    timeout: 120_000,
  }, async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Orvane");
    await goTo(seat, "Measures");
    await page.getByText("The parties date the start differently.").waitFor();
    await page.getByText("Propose a measure").click();
    const missing = (what: string) => page.getByText(`Still missing: ${what}`, { exact: true }).waitFor();
    await missing("Title; What it obliges to; Classes of object or an area");
    await page.getByLabel("Title").fill("Orvane returns the harbour launch");
    const order = (title: string) => page.getByRole("button", { name: `Order to “${title}”` });
    await order("Tolvend halts strikes on energy installations").click();
    await page.getByRole("option", { name: "begins together with it" }).click();
    await order("Orvane suspends its measures on civil aviation parts").click();
    await page.getByRole("option", { name: "begins after it" }).click();
    await page
      .getByText(
        /None of these can begin.*“Orvane returns the harbour launch” waits for “Orvane suspends its measures on civil aviation parts”; “Orvane returns the harbour launch” begins together with “Tolvend halts/,
      )
      .waitFor();
    const releases = page.getByRole("group", { name: "What releases from it" });
    await releases.getByRole("button", { name: /When$/ }).click();
    await page.getByRole("option", { name: "somebody finds something" }).click();
    await releases.getByLabel("In words").fill("Once the harbour is found to be calm.");
    await releases.getByRole("button", { name: "Add this release" }).click();
    await page.getByText(/nobody can establish.*“Orvane returns the harbour launch”/).waitFor();
    // Another version of a scope stands beside the first until it is accepted.
    const scope = page.locator(".measure-view");
    await scope.getByText("Propose another scope").click();
    await scope.getByLabel(/Classes of object/).fill("Power stations\nTransformers");
    await scope.getByLabel("Reason", { exact: true }).first().fill("Transformers were hit.");
    await scope.getByRole("button", { name: "Propose this scope" }).click();
    await scope.getByText("Covers: Power stations; Transformers").waitFor();
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

  test("a party proposes a format of its own; both read it in full, codes and clocks, before they accept it", {
    timeout: 60_000,
  }, async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    const setUp = async (party: string) => {
      await goTo(seat, "Overview");
      await sitAs(seat, party);
      await goTo(seat, "Watch desk");
      await page.getByText("Formats, channel and desks").click();
    };
    await setUp("Orvane");
    await page.getByText("Propose another format").click();
    await page.getByRole("button", { name: /Begin with$/ }).click();
    await page.getByRole("option", { name: /^NOTICE/ }).click();
    await page.getByText("Still missing: a code").waitFor();
    await page.getByLabel("Code of the format").fill("SALVO");
    for (const language of ["Français", "Español", "Русский", "Українська", "العربية", "中文"])
      await page.getByRole("checkbox", { name: language }).uncheck({ force: true });
    await page.getByLabel("Reply: within so many minutes").fill("90");
    await page.getByLabel("Next step when a clock runs out").fill("The deputies call each other.");
    // A code without words is not proposed.
    const codes = page.getByLabel("Codes in: English").first();
    const words = await codes.inputValue();
    await codes.fill(`${words}\nLN`);
    await page.getByText("Every language has the same codes").waitFor();
    await codes.fill(`${words}\nLN Launch of a missile`);
    await page.getByRole("button", { name: "Propose this format" }).click();
    for (const party of ["Tolvend", "Orvane"]) {
      await setUp(party);
      const format = page.locator(".format-list > li", { hasText: "SALVO" });
      await format.getByText("waits for").waitFor();
      await format.locator("summary").click();
      await format.getByText("LN: Launch of a missile").waitFor();
      await format.getByText("Replied: 1 h 30 min").waitFor();
      await format.getByText("The deputies call each other.").waitFor();
      await format.getByRole("button", { name: "Accept 1 format" }).click();
      if (party === "Orvane") await format.getByText("in force").waitFor();
    }
    await sitAs(seat, "Orvane");
    await goTo(seat, "Watch desk");
    await page.keyboard.press("n");
    await page
      .locator("form.prepare")
      .getByRole("button", { name: /Format$/ })
      .click();
    await page.getByRole("option", { name: /^SALVO/ }).waitFor();
    expect(seat.faults).toEqual([]);
  });

  test("a clause leads to its measures and becomes one; what would pull it down is said before it is proposed", {
    timeout: 60_000,
  }, async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Orvane");
    const clauseInHand = async () => {
      await goTo(seat, "Text");
      await page.locator("#bracket-staffing > .open-mark").press("Enter");
      await page.getByRole("button", { name: "In Article 2, 1" }).click();
    };
    await clauseInHand();
    await page.getByRole("link", { name: "Visas for staff of the embassies within ten days" }).click();
    await page.getByRole("heading", { level: 2, name: "Visas for staff" }).waitFor();
    await page.getByRole("link", { name: "From the clause “Article 2, 1” of the text" }).click();
    await page.getByRole("heading", { level: 2, name: "Article 2, 1" }).waitFor();
    await page.getByRole("link", { name: "Make a measure of it" }).click();
    await page.getByRole("button", { name: /Article 2, 1 From a clause of the text$/ }).waitFor();
    await page.getByLabel("Title").fill("Orvane counts its staff");
    await page.locator(".graph-node[data-state=draft]", { hasText: "Orvane counts its staff" }).waitFor();
    const releases = page.getByRole("group", { name: "What releases from it" });
    await releases.getByRole("button", { name: /When$/ }).click();
    await page.getByRole("option", { name: "another measure is suspended" }).click();
    await releases.getByRole("button", { name: /Which measure$/ }).click();
    await page.getByRole("option", { name: "Orvane suspends its measures" }).click();
    await releases.getByLabel("In words").fill("If relief is suspended.");
    await releases.getByRole("button", { name: "Add this release" }).click();
    // Relief falls with the halt, and this would fall with relief.
    await page
      .getByText(/It falls too if one of these is suspended: Orvane suspends.*; Tolvend halts strikes/)
      .waitFor();
    await page.getByLabel("What it obliges to").fill("A list is given.");
    await page.locator(".drafting").getByLabel("Classes of object, one a line").fill("staff");
    await page.getByRole("button", { name: "Propose it" }).click();
    await page.locator(".measure-list").getByText("Orvane counts its staff").waitFor();
    await clauseInHand();
    await page.getByRole("link", { name: "Orvane counts its staff" }).waitFor();
    expect(seat.faults).toEqual([]);
  });

  test("a mediator works on a group's paper, and the stance is the group's: its word is not waited for", {
    timeout: 60_000,
  }, async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    const positions = async (party: string) => {
      await sitAs(seat, party);
      await goTo(seat, "Contacts");
      await page.getByRole("link", { name: "Positions" }).click();
      await page.getByRole("heading", { level: 1, name: "Positions" }).waitFor();
    };
    await positions("Quelda");
    await page.getByText("Begin a paper").click();
    await page.getByRole("checkbox", { name: /Belune/ }).check({ force: true });
    expect(await page.getByRole("button", { name: "Seal it to the group" }).isDisabled()).toBe(true);
    await page.getByText("Still missing: At least two parties; Subject; Words").waitFor();
    await page.getByRole("checkbox", { name: /Straits Union/ }).check({ force: true });
    await page.getByLabel("Subject").last().fill("The ports");
    await page.getByLabel("Words; what is open").fill("A halt covers ports.");
    await page.getByRole("button", { name: "Seal it to the group" }).click();
    const paper = page.locator("article.paper", { hasText: "The ports" });
    await paper.waitFor();
    expect(await paper.getByRole("button", { name: "Join these words" }).count()).toBe(0);
    for (const party of ["Belune", "Straits Union"]) {
      await positions(party);
      await paper.getByRole("button", { name: "Join these words" }).click();
      await paper.getByRole("button", { name: "Join these words" }).waitFor({ state: "detached" });
    }
    await paper.getByText("this is their common stance").waitFor();
    await paper.getByRole("button", { name: "Put it on the shared record" }).click();
    const stance = page.locator("div.contact", { hasText: "The ports" });
    await stance.getByText("Belune").waitFor();
    expect(await stance.getByText("Quelda").count()).toBe(0);
    expect(seat.faults).toEqual([]);
  });
});
