import { describe, expect, test } from "vitest";
import { beginWalk, keptBy } from "./by-keyboard.ts";
import { chromiumPath } from "./chromium.ts";
import { moveClock } from "./clock.ts";
import {
  choose,
  expectPlaceKept,
  openExercise,
  openTab,
  press,
  sitAs,
  tabTo,
  tick,
  write,
  writeMoment,
} from "./keyboard.ts";
import { type Seat, setTable } from "./table.ts";

describe.skipIf(!chromiumPath)("before and beside the text, without a mouse", () => {
  const table = setTable("site");

  async function arrive(clock = false): Promise<Seat> {
    const seat = await table.sit({ width: 1600, clock });
    await openExercise(seat);
    return seat;
  }

  test("a measure is proposed, undertaken, dated, reported, verified and disputed", async () => {
    const seat = await arrive();
    const { page } = seat;
    const walked = await beginWalk("a measure", keptBy(page));
    const title = "Orvane returns the harbour launch";
    const view = page.locator(".measure-view");
    const take = async (party: string) => {
      await sitAs(page, party);
      await openTab(seat, "Measures");
      if ((await view.getByRole("heading", { name: title }).count()) === 0) await press(page, title, title);
      await view.getByRole("heading", { level: 2, name: title }).waitFor();
    };

    await sitAs(page, "Tolvend");
    await openTab(seat, "Measures");
    await press(page, "Propose a measure");
    await write(page, "Title", title);
    await choose(page, "Owner", "Orvane");
    await write(page, "What it obliges to", "The launch is brought back.");
    await write(page, "Classes of object, one a line", "Launches");
    for (const mandate of ["Monitoring", "Verification", "Investigation", "Attribution"])
      await tick(page, /Quelda$/, mandate);
    await choose(page, "Order to “Tolvend halts strikes on energy installations”", "begins after it");
    await choose(page, "When", "somebody finds something", "What releases from it");
    await write(page, "In words", "Once the harbour is found to be calm.");
    await press(page, "Add this release");
    await page.getByText(/nobody can establish.*“Orvane returns the harbour launch”/).waitFor();
    await press(page, "Remove");
    await page
      .getByText(/nobody can establish.*“Orvane returns the harbour launch”/)
      .waitFor({ state: "detached" });
    await press(page, "Propose it");

    await take("Orvane");
    await choose(page, "Act", "Undertake it");
    await press(page, "Undertake it");
    await view.locator(".measure-state", { hasText: "undertaken" }).waitFor();
    await choose(page, "Act", "Date the start");
    await writeMoment(page, "Start (UTC)", new Date().getFullYear() + 1, "10");
    await press(page, "Date the start");
    await view.getByText("No party has dated it.").waitFor({ state: "detached" });
    await choose(page, "Act", "Report on it");
    await write(page, "In words", "The launch lies at the quay.");
    await press(page, "Report on it");
    await view.locator(".measure-state", { hasText: "reported" }).waitFor();

    await take("Quelda");
    for (const [act, words] of [
      ["Report what was seen", "A launch was seen there at noon."],
      ["Report an investigation", "Its papers are those of the launch."],
      ["Name who did it", "It was brought by its crew."],
      ["Make a finding", "Seen at the quay."],
    ] as const) {
      await choose(page, "Act", act);
      if (act === "Make a finding") await choose(page, "Finding", "complied with");
      await write(page, "In words", words);
      await press(page, act);
      await view.locator(".acts-list", { hasText: words }).waitFor();
      await expectPlaceKept(page, ".measure-view");
    }
    await view.locator(".measure-state", { hasText: "verified" }).waitFor();

    await take("Tolvend");
    await choose(page, "Act", "Dispute it");
    await write(page, "Reason", "It is another launch.");
    await press(page, "Dispute it");
    await view.locator(".measure-state", { hasText: "disputed" }).waitFor();

    // Another scope stands beside the first until it is accepted; the owner suspends what it undertook, and resumes it.
    await press(page, "Propose another scope");
    await write(page, "Classes of object, one a line", "Launches\nTheir anchors");
    await write(page, "Reason", "An anchor was kept.");
    await press(page, "Propose this scope");
    await view.getByText("Covers: Launches; Their anchors").waitFor();
    await expectPlaceKept(page, ".measure-view");
    await take("Orvane");
    await press(page, "Accept", "Version 2");
    await view.getByText("Version 2 in force").waitFor();
    await expectPlaceKept(page, ".measure-view");
    await choose(page, "Act", "Suspend it");
    await write(page, "Reason", "The quay is closed.");
    await press(page, "Suspend it");
    await view.locator(".measure-state", { hasText: "suspended" }).waitFor();
    await choose(page, "Act", "Resume it");
    await press(page, "Resume it");
    await view.locator(".acts-list", { hasText: "resumed" }).waitFor();
    await expectPlaceKept(page, ".measure-view");
    await walked();
    expect(seat.faults).toEqual([]);
  });

  test("a lever is listed, tied to a measure and changed; an affected party states its position", async () => {
    const seat = await arrive();
    const { page } = seat;
    const walked = await beginWalk("a lever and a position", keptBy(page));
    await sitAs(page, "Orvane");
    await openTab(seat, "Measures", "Levers");
    await press(page, "List a lever");
    await write(page, "What it is", "Harbour dues for launches");
    await write(page, "Legal basis", "Order 20");
    await choose(page, "Kind", "trade");
    await press(page, "List it");
    const lever = page.locator(".lever", { hasText: "Harbour dues" });
    await lever.waitFor();
    await press(page, "Tie it to a measure or the text", "Harbour dues");
    await choose(page, "Tied to", "Visas for staff of the embassies", "Harbour dues");
    await choose(page, "When it is", "undertaken", "Harbour dues");
    await choose(page, "The lever becomes", "lifted", "Harbour dues");
    await press(page, "Tie it", "Harbour dues");
    await lever.getByText("Tied to nothing.").waitFor({ state: "detached" });
    await choose(page, "State", "suspended", "Harbour dues");
    await lever.locator(".lever-status", { hasText: "suspended" }).waitFor();

    await sitAs(page, "Belune");
    await openTab(seat, "Contacts", "Positions");
    await press(page, "State our position");
    await write(page, "Subject", "The harbour");
    await write(page, "In words", "It stays open to fishing boats.");
    await press(page, "State it");
    await page.locator(".position", { hasText: "It stays open to fishing boats." }).waitFor();
    await expectPlaceKept(page, "main");
    await walked();
    expect(seat.faults).toEqual([]);
  });

  test("a contact is proposed and accepted; of one that was held each side publishes its account, and they are aligned", async () => {
    const seat = await arrive(true);
    const { page } = seat;
    const walked = await beginWalk("a contact and its accounts", keptBy(page));
    await sitAs(page, "Orvane");
    await openTab(seat, "Contacts");
    await press(page, "Propose a contact");
    await choose(page, "Form", "Call");
    await write(page, "Title", "Call about the launch");
    const year = new Date().getFullYear() + 1;
    await writeMoment(page, "Begins (UTC)", year, "10");
    await writeMoment(page, "Ends (UTC)", year, "11");
    await write(page, "Languages", "en");
    await write(page, "Confidentiality", "Nothing is quoted.");
    await write(page, "Press", "Each side for itself.");
    await press(page, "Propose it");
    const call = page.locator(".appointment", { hasText: "Call about the launch" });
    await call.waitFor();
    await sitAs(page, "Tolvend");
    await openTab(seat, "Contacts");
    await press(page, "Accept", "Call about the launch");
    await call.locator("b", { hasText: "agreed" }).waitFor();
    await expectPlaceKept(page, ".appointment");

    // The officers' meeting of the exercise is agreed; once it has begun it is put on record as held.
    await moveClock(page, 2 * 86_400_000);
    await press(page, "Put on record as held", "Meeting of officers");
    await page.locator("li.contact", { hasText: "Meeting of officers" }).waitFor();
    for (const [party, words] of [
      ["Tolvend", "The buoys are counted weekly. Both sides count."],
      ["Orvane", "The buoys are counted daily. A list is kept."],
    ] as const) {
      await sitAs(page, party);
      await openTab(seat, "Contacts", "Readouts");
      await choose(page, "Contact", "Meeting of officers");
      await write(page, "Our account of this contact", words);
      await press(page, "Issue our readout");
      await page.locator(".account", { hasText: words.split(".")[0] ?? "" }).waitFor();
      await expectPlaceKept(page, "main");
    }
    await press(page, "Align the accounts");
    // A sentence that is shown whole has no dots after it.
    await page.getByText(/^These share words: “The buoys are counted [a-z]+\.”$/).waitFor();
    await press(page, /^The buoys are counted weekly/);
    await tabTo(page, /^The buoys are counted daily/);
    await page.keyboard.press(" ");
    await write(page, "The point", "How often the buoys are counted");
    await press(page, "In conflict");
    await press(page, "Publish our reading");
    await page.getByRole("rowheader", { name: "How often the buoys are counted" }).waitFor();
    await expectPlaceKept(page, "main");
    await walked();
    expect(seat.faults).toEqual([]);
  });
});
