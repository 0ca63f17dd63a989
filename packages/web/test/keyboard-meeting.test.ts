/** What goes before and around a text, without a mouse: contacts, who comes, the press, the how, the powers, and stances. */
import { describe, expect, test } from "vitest";
import { beginWalk, keptBy } from "./by-keyboard.ts";
import { chromiumPath } from "./chromium.ts";
import { moveClock } from "./clock.ts";
import {
  answer,
  choose,
  expectPlaceKept,
  openCase,
  openExercise,
  openTab,
  press,
  sitAs,
  tick,
  write,
} from "./keyboard.ts";
import { setTable } from "./table.ts";

describe.skipIf(!chromiumPath)("around the text, without a mouse", () => {
  const table = setTable("site");

  /** A case of one's own, with nothing in it yet. */
  async function fromNothing() {
    const seat = await table.sit({ width: 1600 });
    await seat.page.getByRole("heading", { level: 1, name: "Cases" }).waitFor();
    await press(seat.page, "New case");
    await openCase(seat, ["Alba", "Brun"]);
    return seat;
  }

  test("contacts are moved, peopled, cancelled and ended with press lines; modalities and powers are agreed", async () => {
    const seat = await table.sit({ width: 1600, clock: true });
    const { page } = seat;
    await openExercise(seat);
    const walked = await beginWalk("contacts and their terms", keptBy(page));
    await sitAs(page, "Orvane");
    await openTab(seat, "Contacts");
    const title = "Meeting of the Heads of State";
    const summit = page.locator(".appointment", { hasText: title });
    const stands = (state: string) => summit.locator("b", { hasText: state }).waitFor();
    await press(page, "Accept", title);
    await stands("agreed");
    await press(page, "Move", title);
    await write(page, "Venue", "Seld, the old customs house");
    await write(page, "Reason", "A storm is forecast.");
    await press(page, "Propose the new time");
    await stands("proposed");
    await expectPlaceKept(page, ".appointment");
    await press(page, "Name our people", title);
    await write(page, /^Your people, one a line/, "Ilsa Verrinay, Minister\nA. Second, Adviser");
    await press(page, "Name them");
    await summit.getByText("Ilsa Verrinay, Minister; A. Second, Adviser").waitFor();
    await expectPlaceKept(page, ".appointment");
    await press(page, "Cancel it", title);
    await write(page, "Reason", "The storm has come.");
    await press(page, "Cancel the contact");
    await stands("cancelled");
    await expectPlaceKept(page, "main");

    // The officers' meeting of the exercise is agreed; it is put on record once it has begun.
    await moveClock(page, 2 * 86_400_000);
    await press(page, "Put on record as held", "Meeting of officers");
    const held = page.locator("li.contact", { hasText: "Meeting of officers" });
    await held.waitFor();
    await press(page, "Propose press lines", "Meeting of officers");
    await write(page, "Words for the press", "The officers met.");
    await press(page, "Propose these words");
    await held.getByText("Proposed for the press:").waitFor();
    for (const party of ["Orvane", "Tolvend"]) {
      await sitAs(page, party);
      await press(page, "Accept these words");
      await page.getByRole("button", { name: "Accept these words" }).waitFor({ state: "detached" });
      await expectPlaceKept(page, "main");
    }
    await held.getByText("Agreed press lines: The officers met.").waitFor();
    await press(page, "Say how it ended", "Meeting of officers");
    await tick(page, "Agreed press lines");
    await tick(page, "Left to the ministers");
    await write(page, /^Left to the ministers: points/, "Who counts the buoys");
    await press(page, "Put it on record");
    await held.getByText("Left to the ministers: Who counts the buoys").waitFor();
    await expectPlaceKept(page, "main");

    await press(page, "Propose other modalities");
    await write(page, "Keeping of the record", "Ten years, at both ministries.");
    await press(page, "Propose these");
    await page.getByRole("heading", { level: 3, name: "Proposed" }).waitFor();
    for (const party of ["Tolvend", "Orvane"]) {
      await sitAs(page, party);
      await press(page, "Accept", "Ten years, at both ministries.");
      await expectPlaceKept(page, "main");
    }
    await page.getByRole("heading", { level: 3, name: "Proposed" }).waitFor({ state: "detached" });

    // The pen goes back to nobody and is lent again; the mediator reads what we prefer no more, and then again.
    await openTab(seat, "Overview");
    const pen = "Pen (edits the single text)";
    for (const [act, other] of [
      [`Take back: ${pen}`, `${pen}: Lend to Quelda`],
      [`${pen}: Lend to Quelda`, `Take back: ${pen}`],
      ["Take back: Reads our preferences, Quelda", "Reads our preferences: Lend to Quelda"],
      ["Reads our preferences: Lend to Quelda", "Take back: Reads our preferences, Quelda"],
    ] as const) {
      await press(page, act);
      await page.getByRole("button", { name: other, exact: true }).waitFor();
      await expectPlaceKept(page, "main");
    }
    await walked();
    expect(seat.faults).toEqual([]);
  });

  test("a group of absent parties words a paper, shows its points, finds a package and makes its stance known", async () => {
    const seat = await table.sit({ width: 1600 });
    const { page } = seat;
    await openExercise(seat);
    const walked = await beginWalk("stances", keptBy(page));
    const paper = page.locator("article.paper", { hasText: "The ports" });
    const positions = async (party: string) => {
      await sitAs(page, party);
      await openTab(seat, "Contacts", "Positions");
    };
    const score = async (points: Readonly<Record<string, string>>) => {
      await press(page, "Our points");
      for (const [option, value] of Object.entries(points))
        await write(page, new RegExp(`^Points: ${option}`), value);
      await press(page, "Show them to the group");
      await paper.getByText("has shown its points").first().waitFor();
      await expectPlaceKept(page, ".paper");
    };
    await positions("Belune");
    await press(page, "Begin a paper");
    await tick(page, /Straits Union/);
    await write(page, "Subject", "The ports");
    await write(
      page,
      /^Words; what is open/,
      "A halt covers [ports from the first day][ports from the thirtieth day].",
    );
    await press(page, "Seal it to the group");
    await paper.waitFor();
    await score({ "ports from the first day": "10", "ports from the thirtieth day": "4" });
    await positions("Straits Union");
    await score({ "ports from the first day": "5", "ports from the thirtieth day": "6" });
    await press(page, "Find packages");
    await paper.getByRole("button", { name: "Put it into the paper" }).first().waitFor();
    await press(page, "Put it into the paper");
    await paper.locator(".paper-words", { hasText: "A halt covers ports from the first day." }).waitFor();
    await positions("Belune");
    await press(page, "Join these words");
    await paper.getByText("this is their common stance").waitFor();
    await press(page, "Put it on the shared record");
    await page.locator("div.contact", { hasText: "The ports" }).waitFor();
    await expectPlaceKept(page, ".paper");
    await positions("Straits Union");
    await press(page, "Join this stance");
    await page.getByRole("button", { name: "Join this stance" }).waitFor({ state: "detached" });
    await expectPlaceKept(page, "main");
    await press(page, "Tell a party something, or ask it");
    await tick(page, /Orvane/);
    await choose(page, "Form", "Open question");
    await write(page, "In words", "Are the ports covered?");
    await press(page, "Say it");
    await page.getByRole("listitem").getByText("Are the ports covered?").waitFor();
    await walked();
    expect(seat.faults).toEqual([]);
  });

  test("a line is set up: formats of both sides, one of a party's own, a channel, and a desk on either side", async () => {
    const seat = await fromNothing();
    const { page } = seat;
    const walked = await beginWalk("a line is set up", keptBy(page));
    const setUp = async (party: string) => {
      await sitAs(page, party);
      await openTab(seat, "Watch desk");
    };
    await setUp("Alba");
    await page
      .getByText("It takes formats that both sides accept, a channel, and a desk on either side.")
      .waitFor();
    await press(page, /^Propose the starting set/);
    await page.getByRole("button", { name: /^Propose the starting set/ }).waitFor({ state: "detached" });
    await expectPlaceKept(page, "main");
    await press(page, "Propose another format");
    await choose(page, "Begin with", "TEST");
    await write(page, "Code of the format", "PING");
    await press(page, "Propose this format");
    const ping = page.locator(".format-list > li", { hasText: "PING" });
    await ping.waitFor();
    await expectPlaceKept(page, "main");
    for (const party of ["Brun", "Alba"]) {
      await setUp(party);
      await press(page, /^Accept \d+ formats/);
      await page.getByRole("button", { name: /^Accept \d+ formats/ }).waitFor({ state: "detached" });
      await expectPlaceKept(page, "main");
      // What a party wrote itself is read before it is accepted.
      const acceptIt = ping.getByRole("button", { name: "Accept 1 format" });
      if (!(await acceptIt.isVisible())) await press(page, /^PING/);
      await press(page, "Accept 1 format", "PING");
      await acceptIt.waitFor({ state: "detached" });
      await expectPlaceKept(page, "main");
    }
    await ping.getByText("in force").waitFor();
    await write(page, "Name of the channel", "The line of the ministries");
    await choose(page, "With", "Brun");
    await press(page, "Open the channel");
    const panel = page.locator(".channel-panel", { hasText: "The line of the ministries" });
    await panel.waitFor();
    await expectPlaceKept(page, "main");
    for (const [party, officer] of [
      ["Alba", "A. Person"],
      ["Brun", "Brun"],
    ] as const) {
      await setUp(party);
      const name = page.getByLabel("Name of the desk");
      if (!(await name.isVisible())) await press(page, "Formats, channel and desks");
      await write(page, "Name of the desk", `Desk of ${party}`);
      await tick(page, officer);
      await press(page, "Open the desk");
      await page
        .getByRole("button", { name: `Desk of ${party} serves The line of the ministries` })
        .waitFor();
      await expectPlaceKept(page, "main");
      await press(page, `Desk of ${party} serves The line of the ministries`);
      await panel.getByRole("row", { name: new RegExp(`${party}.*${officer}`) }).waitFor();
      await expectPlaceKept(page, "main");
    }
    await walked();
    // Nobody writes in vain: a delegation of one person sends nothing, and is told so first.
    await press(page, /^New message/);
    await page.getByText(/^Nothing is sent without a second officer/).waitFor();
    expect(seat.faults).toEqual([]);
  });

  test("a case from nothing gets its text, and a package put together by hand is agreed", async () => {
    const seat = await fromNothing();
    const { page } = seat;
    await page.getByText("Powers are lent to a mediator or a host. None has a seat here yet.").waitFor();
    await openTab(seat, "Contacts", "Readouts");
    await page.getByText("each side gives its own account of it").waitFor();
    await press(page, "Text");
    await page.getByRole("link", { name: "Read a draft" }).waitFor();
    await press(page, "Read a draft");
    await page.getByLabel("Or paste the text").waitFor();
    await write(page, "Or paste the text", "1. The line is open [at noon] [at dawn].");
    await press(page, "Read it");
    await page.getByRole("button", { name: "As read" }).waitFor();
    await press(page, "As read");
    await press(page, "Make it the text of this case");
    await page.locator(".sheet").getByText("at noon").first().waitFor();

    await press(page, /^Packages/);
    await press(page, "A package by hand");
    await choose(page, "1 \\[1\\]", "at dawn");
    await press(page, "Table this package");
    await page.getByText("It is tabled.").waitFor();
    await expectPlaceKept(page, "main");
    for (const party of ["Alba", "Brun"]) await answer(seat, party, "Accept", "Send it openly");
    await page.getByText("Agreed ad referendum by all.").waitFor();
    expect(await page.locator(".proposal .chosen-list dd").allTextContents()).toEqual(["at dawn"]);
    expect(seat.faults).toEqual([]);
  });
});
