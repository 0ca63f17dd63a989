import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { fillCase, goTo, openExercise, openFilled, sitAs } from "./exercise.ts";
import { expectToStand } from "./standing.ts";
import { setTable } from "./table.ts";

describe.skipIf(!chromiumPath)("alone, in the folder that works from any web server", () => {
  const table = setTable("standalone");

  test("the exercise opens, and each of its pages stands in every theme", async () => {
    const seat = await table.sit();
    await openExercise(seat);
    await expectToStand(seat, table.address);
    for (const name of ["Text", "Channels", "Record"]) {
      await goTo(seat, name);
      await expectToStand(seat, table.address);
    }
    expect(await seat.page.getByRole("complementary", { name: "EXERCISE" }).isVisible()).toBe(true);
  });

  test("by keyboard alone: a party takes up an alternative, the pen adopts an amendment, all is on record", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Tolvend");
    await goTo(seat, "Text");
    await page.locator("#bracket-staffing").waitFor();
    await page.keyboard.press("]");
    await page.keyboard.press("]");
    await page.getByRole("heading", { name: "Bracket 2 of 20" }).waitFor();
    await page.keyboard.press("2");
    await page.keyboard.press("Enter");
    const eighty = page.locator("#bracket-staffing [data-option=eighty]");
    await eighty.getByTitle("Tolvend").waitFor();

    await page.getByRole("button", { name: "Add an alternative" }).press("Enter");
    await page.getByLabel("Words").fill("sixty [qualified] persons of those");
    await page.getByRole("button", { name: "Propose it" }).press("Enter");
    await page.getByText("proposes another alternative").waitFor();
    await sitAs(seat, "Quelda");
    await page.getByRole("button", { name: "Adopt" }).press("Enter");
    await page.locator("#bracket-staffing [data-option=tolvend-1]").waitFor();
    expect(await page.getByText("Rev. 4").isVisible()).toBe(true);

    await page.getByRole("button", { name: "Compare" }).press("Enter");
    await page.getByRole("menuitem", { name: /^With Rev. 3/ }).press("Enter");
    await page.locator("ins", { hasText: "sixty" }).first().waitFor();
    await page.getByRole("button", { name: "Stop comparing" }).press("Enter");

    await goTo(seat, "Record");
    await page.getByRole("main").getByText("An amendment was adopted. Article 2, 1 [2]").waitFor();
    await page.getByRole("button", { name: "Verify" }).press("Enter");
    await page.getByText(/^Intact: \d+ entries hold/).waitFor();
    expect(seat.faults).toEqual([]);
  });

  test("what is said in a channel is read by its members and by no other seat", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Orvane");
    await goTo(seat, "Channels");
    await page.getByRole("checkbox", { name: "Quelda" }).press(" ");
    await page.getByRole("button", { name: "Open the channel" }).click();
    await page.getByLabel("Message").fill("We can live with eighty in Article 2, 1 [2], not with");
    await page.getByRole("button", { name: /Name a clause, bracket or package$/ }).press("Enter");
    await page.getByRole("option", { name: "Article 3, 1", exact: true }).press("Enter");
    await page.getByRole("button", { name: "Send sealed" }).click();
    await page.getByText(/^We can live with eighty/).waitFor();
    // What these two say to each other stays in one channel.
    const channels = page.getByRole("navigation", { name: "Channels" }).getByRole("button");
    const before = await channels.count();
    await page.getByRole("button", { name: "New channel" }).click();
    await page.getByRole("checkbox", { name: "Quelda" }).press(" ");
    await page.getByRole("button", { name: "Open the channel" }).click();
    await page.getByText(/^We can live with eighty/).waitFor();
    expect(await channels.count()).toBe(before);
    // It is new to whoever it was said to, until it was read.
    await goTo(seat, "Overview");
    expect(await page.getByText(/new message in the channels/).count()).toBe(0);
    await sitAs(seat, "Quelda");
    await page.getByRole("link", { name: "1 new message in the channels" }).click();
    await page.getByText(/^We can live with eighty/).waitFor();
    await goTo(seat, "Overview");
    await page.getByRole("heading", { name: "What waits for you" }).waitFor();
    expect(await page.getByText(/new message in the channels/).count()).toBe(0);
    await goTo(seat, "Channels");
    await page.getByText(/^We can live with eighty/).waitFor();
    await expectToStand(seat, table.address);
    // What it names leads to it, as it stands in the text.
    expect(await page.locator(".said a").allTextContents()).toEqual(["Article 2, 1 [2]", "Article 3, 1"]);
    await page.getByRole("link", { name: "Article 2, 1 [2]" }).press("Enter");
    await page.getByRole("heading", { name: "Bracket 2 of 20" }).waitFor();
    await goTo(seat, "Channels");
    await sitAs(seat, "Tolvend");
    await page.getByRole("checkbox", { name: "Quelda" }).waitFor();
    expect(await page.getByText(/^We can live with eighty/).count()).toBe(0);
    // Whoever can be in none is told so, and offered nothing that would be refused.
    await sitAs(seat, "Institute of the Straits");
    await page.getByText("Channels are between parties.").waitFor();
    expect(await page.getByRole("button", { name: "Open the channel" }).count()).toBe(0);
    await sitAs(seat, "Tolvend");
    // The channel is a log of its own: it is checked too, and counted apart from the record whose fingerprint is shown.
    await goTo(seat, "Record");
    await page.getByRole("button", { name: "Verify" }).click();
    const verification = page.locator(".verification");
    await verification.getByText(/among them\. In channels 2 more entries hold\.$/).waitFor();
    const [fingerprint, intact] = (await verification.innerText()).match(/\d+(?= entries)/g) ?? [];
    expect(intact).toBe(fingerprint);
  });

  test("the record of a seat is what it is given, and says of how much it is a part", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await goTo(seat, "Record");
    const atTable = page.locator(".entries").getByText("A notification was sent.");
    await atTable.first().waitFor();
    expect(await page.getByText(/^Fingerprint of \d+ entries$/).count()).toBe(1);
    await sitAs(seat, "Belune");
    const part = await page.getByText(/^Fingerprint of \d+ entries; \d+ are given to you$/).innerText();
    expect(await atTable.count()).toBe(0);
    const [all, given] = part.match(/\d+/g)?.map(Number) ?? [];
    expect(given).toBeLessThan(all ?? 0);
    expect(await page.locator(".entries > li").count()).toBe(given);
    expect(seat.faults).toEqual([]);
  });

  test("what is said in plenary is on the record, read by the table and by nobody else", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Tolvend");
    await goTo(seat, "Channels");
    await page.getByRole("button", { name: "Plenary" }).click();
    await page.getByLabel("Message").fill("Article 2, 1 may be closed at eighty.");
    await page.getByRole("button", { name: "Say it on the record" }).click();
    // What is said, and not the field in which it stood.
    await page
      .getByRole("listitem")
      .getByText(/may be closed at eighty/)
      .waitFor();
    await expectToStand(seat, table.address);
    await sitAs(seat, "Orvane");
    await page.getByRole("link", { name: "Article 2, 1" }).press("Enter");
    await page.getByRole("complementary").getByText("Article 2, 1").first().waitFor();
    await goTo(seat, "Channels");
    await page.getByText(/may be closed at eighty/).waitFor();
    await sitAs(seat, "Belune");
    await page.getByRole("button", { name: "New channel" }).waitFor();
    expect(await page.getByRole("button", { name: "Plenary" }).count()).toBe(0);
    expect(await page.getByText(/may be closed at eighty/).count()).toBe(0);
    expect(seat.faults).toEqual([]);
  });

  test("the case is still there when the browser comes back, and a record that was changed does not open", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await page.reload();
    await page.getByRole("heading", { level: 1, name: /first measures/ }).waitFor();
    await page.evaluate(async () => {
      const open = indexedDB.open("parley");
      await new Promise((done) => {
        open.onsuccess = done;
      });
      const entries = open.result.transaction("entries", "readwrite").objectStore("entries");
      const cursor = entries.openCursor();
      await new Promise<void>((done) => {
        cursor.onsuccess = () => {
          const at = cursor.result;
          if (!at) return done();
          if (at.value.event.kind === "PowerGranted") at.value.event.body.to = "belune";
          at.update(at.value);
          at.continue();
        };
      });
      open.result.close();
    });
    await page.reload();
    await page.getByRole("heading", { name: "Stopped: this record does not hold." }).waitFor();
    expect(await page.getByRole("link", { name: "Record" }).count()).toBe(0);
  });

  test("a case begins from a draft that was read", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await page.goto(`${table.address}/#/draft`);
    await page.getByLabel("Or paste the text").fill("1. The line is open [at noon][at dawn].\n");
    await page.getByRole("button", { name: "Read it" }).click();
    const asRead = page.getByRole("button", { name: "As read" });
    while (await asRead.isVisible()) await asRead.click();
    await page.getByRole("button", { name: "Open a case with this text" }).click();
    await fillCase(seat, ["Alba", "Brun"]);
    await expectToStand(seat, table.address);
    await openFilled(seat);
    await goTo(seat, "Text");
    await page.getByText("at noon").first().waitFor();
  });

  test("a draft that names parties becomes a text of their seats, and whom a clause concerns is given it", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await page.goto(`${table.address}/#/draft`);
    await page
      .getByLabel("Or paste the text")
      .fill(
        "1. They [Alba: shall] [Brun: may] open it.\n\n2. It opens [in May] [in June].\n\n3. Corra keeps it.\n",
      );
    await page.getByRole("button", { name: "Read it" }).click();
    const asRead = page.getByRole("button", { name: "As read" });
    while (await asRead.isVisible()) await asRead.click();
    await page.locator(".sheet .ordinal", { hasText: "3." }).click();
    await page.getByLabel(/on whom this clause is binding/).fill("Corra");
    await page.getByRole("button", { name: "Open a case with this text" }).click();
    expect(await page.getByLabel("Name of party 3").inputValue()).toBe("Corra");
    await page.getByLabel("What the case is about").fill("The line");
    await page.getByLabel("Your name").fill("A. Person");
    await page.getByLabel("Language of the text").fill("de");
    await expectToStand(seat, table.address);
    await openFilled(seat);
    await page.getByRole("link", { name: "Text", exact: true }).last().waitFor();

    // What a party says now takes the place of what the draft said of it.
    await goTo(seat, "Text");
    expect(await page.locator("article.sheet").getAttribute("lang")).toBe("de");
    await page.locator("#bracket-b1 > .open-mark").press("Enter");
    const panel = page.getByRole("complementary", { name: "Bracket" });
    expect(await panel.getByText("How to read this bracket was a guess").count()).toBe(0);
    await panel.getByRole("button", { name: "Stand behind this" }).last().click();
    await panel.getByRole("button", { name: "No longer stand behind this" }).waitFor();
    expect(await page.locator("#bracket-b1 [title=Alba]").count()).toBe(1);

    // Nobody's preferences are known: a package is put together by hand, and settles a part of what is open.
    await goTo(seat, "Packages");
    await page.getByText("A package by hand").click();
    await page.getByRole("button", { name: "stays open 1 [1]" }).click();
    await page.getByRole("option", { name: "may" }).click();
    await expectToStand(seat, table.address);
    await page.getByRole("button", { name: "Table this package" }).click();
    await page.getByText("It is tabled.").waitFor();

    // The affected party is given the text and the package, and does not decide.
    await sitAs(seat, "Corra");
    await goTo(seat, "Text");
    await page.locator("article.sheet").getByText("Corra keeps it.").waitFor();
    await goTo(seat, "Answer");
    expect(await page.locator(".proposal .chosen-list dd").allTextContents()).toEqual(["may"]);
    expect(await page.getByRole("button", { name: "Accept" }).count()).toBe(0);
    expect(seat.faults).toEqual([]);
  });

  test("a case begins from nothing, and gets its text once there is one", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await page.goto(`${table.address}/#/new`);
    await fillCase(seat, ["Alba", "Brun"]);
    await openFilled(seat);
    await goTo(seat, "Answer");
    await page.getByRole("link", { name: "Read a draft" }).click();
    await page.getByLabel("Or paste the text").fill("1. The line is open [at noon] [at dawn].\n");
    await page.getByRole("button", { name: "Read it" }).click();
    const bring = page.getByRole("button", { name: "Make it the text of this case" });
    await bring.waitFor();
    expect(await bring.isDisabled()).toBe(true);
    await page.getByRole("button", { name: "As read" }).click();
    await expectToStand(seat, table.address);
    await bring.click();
    await page.locator(".sheet").getByText("at noon").first().waitFor();
    expect(await page.locator("[aria-current=page]").first().textContent()).toBe("Text");
    // There is one text: the way in leads to it.
    await page.goto(page.url().replace(/\/text$/, "/bring"));
    await page.waitForURL(/\/text$/);
    expect(seat.faults).toEqual([]);
  });

  test("a power that is lent before every principal has come is not in force, and the page says for whom it waits", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await page.goto(`${table.address}/#/new`);
    await fillCase(seat, ["Alba", "Brun", "Medio"], { 3: "mediator" });
    await page.getByText("An exercise between fictional parties").click();
    await openFilled(seat);
    await page.getByRole("button", { name: /^Pen.*Lend to Medio/ }).click();
    await page.getByText("Your party lends it to Medio.").waitFor();
    await page.getByText("before every principal has taken its seat. Not yet: Brun.").waitFor();
    expect(seat.faults).toEqual([]);
  });

  test("each of three principals has a line with each other and with the affected party, which is given what it takes part in", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await page.goto(`${table.address}/#/new`);
    await fillCase(seat, ["Alba", "Brun", "Cor", "Dale"], { 3: "principal" });
    await openFilled(seat);
    await goTo(seat, "Watch desk");
    const opening = page.locator("form", { hasText: "Name of the channel" });
    for (const [other, given] of [
      ["Brun", "the parties at the table"],
      ["Cor", "the parties at the table"],
      ["Dale", "the table and the affected parties"],
    ] as const) {
      if (!(await opening.isVisible())) await page.getByText("Formats, channel and desks").click();
      await opening.getByLabel("Name of the channel").fill(`Line to ${other}`);
      await opening.getByText(`Given to ${given}.`).waitFor();
      await opening.getByRole("button", { name: "Open the channel" }).click();
      await page.getByRole("heading", { name: `Line to ${other}` }).waitFor();
    }
    // With each there is one.
    expect(await opening.count()).toBe(0);
    await page.getByRole("button", { name: /New message/ }).click();
    await page.getByRole("button", { name: /With$/ }).click();
    expect(await page.getByRole("option").allTextContents()).toEqual([
      "Dale: Line to Dale",
      "Brun: Line to Brun",
      "Cor: Line to Cor",
    ]);
    await page.keyboard.press("Escape");
    await expectToStand(seat, table.address);

    // Whoever is to take part in a contact or owns a measure is given it.
    await goTo(seat, "Contacts");
    await page.getByText("Propose a contact").click();
    const contact = page.locator("form", { hasText: "Time zone of Alba" });
    await contact.getByText("Given to the parties at the table.").waitFor();
    await contact.getByRole("checkbox", { name: "Dale" }).press(" ");
    await contact.getByText("Given to the table and the affected parties.").waitFor();

    // An affected party is offered no audience that it is not in.
    await sitAs(seat, "Dale");
    await goTo(seat, "Watch desk");
    await page.getByRole("heading", { name: "Line to Dale" }).waitFor();
    expect(await page.getByRole("heading", { name: "Line to Brun" }).count()).toBe(0);
    if (!(await opening.isVisible())) await page.getByText("Formats, channel and desks").click();
    await page.getByRole("button", { name: "Propose the starting set (6 formats)" }).click();
    await page.getByText("No format has been proposed yet.").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: /Propose the starting set/ }).waitFor({ state: "hidden" });
    expect(await page.getByRole("alert").count()).toBe(0);
    for (const [name, summary, audiences] of [
      [
        "Contacts",
        "Propose a contact",
        ["every seat, observers included", "the table and the affected parties"],
      ],
      ["Measures", "Propose a measure", ["the table and the affected parties"]],
    ] as const) {
      await goTo(seat, name);
      await page.getByText(summary).click();
      await page.getByRole("button", { name: /Given to$/ }).click();
      expect(await page.getByRole("option").allTextContents()).toEqual(audiences);
      await page.keyboard.press("Escape");
    }
    expect(seat.faults).toEqual([]);
  });

  test("the model case shows what was reported, each line with its source, and signs nothing for a party", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await page.getByRole("button", { name: /^Open: Meeting/ }).click();
    await page.getByRole("heading", { level: 1, name: /Riyadh/ }).waitFor();
    expect(await page.getByText("Nobody has taken this seat.").count()).toBe(0);
    await goTo(seat, "Facts");
    await page.getByText("Peskov").first().waitFor();
    expect(await page.locator(".source").count()).toBeGreaterThan(20);
    expect(await page.getByText("EXERCISE").count()).toBe(0);
    await expectToStand(seat, table.address);
  });

  test("in Arabic the page runs from right to left", async () => {
    const seat = await table.sit({ locale: "ar" });
    const { page } = seat;
    expect(await page.locator("html").getAttribute("dir")).toBe("rtl");
    const mark = await page.getByRole("link", { name: "Parley" }).boundingBox();
    expect(mark?.x).toBeGreaterThan(700);
    await expectToStand(seat, table.address);
  });

  test("it asks for nothing but its own files", async () => {
    const seat = await table.sit();
    await openExercise(seat);
    const elsewhere = await seat.page.evaluate(async () => {
      try {
        await fetch("/anything");
        return "asked";
      } catch {
        return "refused by the page's own policy";
      }
    });
    expect(elsewhere).toBe("refused by the page's own policy");
    const files = /\/$|\.(?:js|css|woff2|svg)$/;
    expect(seat.asked.filter((url) => !files.test(new URL(url).pathname))).toEqual([]);
  });
});
