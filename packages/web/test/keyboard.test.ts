/**
 * What a text goes through, without a mouse, from the first mark to the signature: one story in the exercise, whose every
 * step stands on the one before, and the same in a case of one's own.
 */
import { readFile } from "node:fs/promises";
import { parseMarkdown, renderMarkdown, rewrite, writeWord } from "@parley/text";
import { describe, expect, test } from "vitest";
import { paragraph, run, word } from "../../text/test/word-document.ts";
import { beginWalk, keptBy } from "./by-keyboard.ts";
import { chromiumPath } from "./chromium.ts";
import { moveClock } from "./clock.ts";
import {
  answer,
  choose,
  expectPlaceKept,
  focused,
  giveFile,
  openCase,
  openExercise,
  press,
  sitAs,
  tabTo,
  tick,
  write,
} from "./keyboard.ts";
import { setTable } from "./table.ts";

function wordFile(name: string, bytes: Uint8Array) {
  const mimeType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  return { name, mimeType, buffer: Buffer.from(bytes) };
}

describe.skipIf(!chromiumPath)("without a mouse", () => {
  const table = setTable("standalone");

  test("every flow of the exercise is done by keyboard alone", { timeout: 300_000 }, async () => {
    const seat = await table.sit({ width: 1600, clock: true });
    const { page } = seat;
    // The first stop of every page leads past its head.
    await page.getByRole("button", { name: /^Open: Exercise/ }).waitFor();
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("Skip to the page");
    await page.keyboard.press("Enter");
    await expectPlaceKept(page, "main");
    await openExercise(seat);
    const walked = await beginWalk("the exercise", keptBy(page));

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
    for (const [what, words, said] of [
      [
        "Other words",
        "Within ten days each Side may restore its staff to ",
        "proposes other words for a clause",
      ],
      ["Add a clause after it", "It is read with its annex.", "proposes a new clause"],
      ["Delete it", undefined, "proposes to delete a clause"],
    ] as const) {
      await press(page, what);
      if (words) await write(page, /^Words/, words);
      await press(page, "Propose it");
      await page.locator(".amendment").getByText(said).waitFor();
      await expectPlaceKept(page, "aside, main");
      await press(page, "Withdraw");
      await page.getByRole("button", { name: "Withdraw" }).waitFor({ state: "hidden" });
      await expectPlaceKept(page, "aside, main");
    }

    await page.keyboard.press("]");
    await press(page, "Change one");
    await tabTo(page, "forty");
    await page.keyboard.press("ArrowDown");
    await write(page, /^Words/, "eighty-five");
    await press(page, "Propose it");
    await page.locator(".amendment").getByText("proposes other words", { exact: true }).waitFor();
    await expectPlaceKept(page, "aside, main");
    await press(page, "Withdraw");

    // Our side: marks, points, and the seal.
    await press(page, /^Our side/);
    await page.locator(".side-head").waitFor();
    for (const key of ["]", "1", "7"]) await page.keyboard.press(key);
    await page.getByText("1 of 19 brackets marked").waitFor();
    await press(page, "Seal");
    await page.getByText("What others learned").waitFor();

    // A word in plenary, and a channel with the mediator.
    await press(page, "Channels");
    await press(page, "Plenary");
    await write(page, "Message", "We thank the host.");
    await press(page, "Say it on the record");
    await page.locator(".messages").getByText("We thank the host.").waitFor();
    await expectPlaceKept(page, "main");
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
    const compute = async () => {
      await press(page, /^Packages/);
      await page.getByRole("button", { name: "Load the exercise’s scores" }).waitFor();
      await press(page, "Load the exercise’s scores");
      await page.locator(".tabling").waitFor();
    };
    const tableIt = async () => {
      await press(page, "Table this package");
      await page.getByText("It is tabled.").waitFor();
    };
    const seal = async (party: string, what: "Accept" | "Decline") => {
      await answer(seat, party, what, "Seal and send");
      await page.getByText("Your party has answered.").waitFor();
      await expectPlaceKept(page, "main");
    };
    await compute();
    await press(page, "Utilitarian");
    await page.getByRole("heading", { name: "Utilitarian, as text" }).waitFor();
    await press(page, /^Bar: /);
    await page.getByRole("heading", { name: "Barred at this desk" }).waitFor();
    await press(page, "Allow again");
    await page.getByRole("heading", { name: "Barred at this desk" }).waitFor({ state: "detached" });
    await choose(page, "Compare with", "Egalitarian");
    await page.getByRole("button", { name: /^Egalitarian ?Compare with$/ }).waitFor();
    await press(page, "Look for some");
    await page.locator(".near-list").waitFor();
    await tableIt();

    // One declines: once its time is over, whoever holds the answers says that it is not agreed. The next is withdrawn.
    await seal("Tolvend", "Decline");
    await moveClock(page, 3.5 * 86_400_000);
    await sitAs(page, "Quelda");
    await press(page, "Say that it is not agreed");
    await page.getByRole("heading", { name: /Not agreed\./ }).waitFor();
    await expectPlaceKept(page, "main");
    await compute();
    await tableIt();
    await press(page, "Answer");
    await press(page, "Withdraw the package");
    await page.getByRole("heading", { name: /Withdrawn\.$/ }).waitFor();
    await expectPlaceKept(page, "main");

    // Both accept, whoever holds the answers says nothing, and the principals show what they signed.
    await compute();
    await tableIt();
    await seal("Orvane", "Accept");
    await seal("Tolvend", "Accept");
    await moveClock(page, 10 * 86_400_000);
    await sitAs(page, "Orvane");
    await press(page, "Overview");
    await press(page, "Answer");
    await page.getByText("Lapsed. Its brackets are free again.").waitFor();
    await press(page, "If every party accepted all the same");
    const line = await page.getByLabel("Our acceptance, as it was signed").inputValue();
    expect(line).toMatch(/^parley-acceptance:/);
    await tabTo(page, "Our acceptance, as it was signed");
    await sitAs(page, "Tolvend");
    await press(page, "If every party accepted all the same");
    expect(await page.getByRole("button", { name: "Show these acceptances" }).isDisabled()).toBe(true);
    await write(page, "The lines that the others handed over", `${line.slice(0, -9)} ${line}`);
    await press(page, "Show these acceptances");
    await page.getByText(/the outcome that was announced is disproved/).waitFor();
    await expectPlaceKept(page, "main");

    // The next is agreed. A capital opens one bracket again, and that is agreed too.
    const agree = async (before: number) => {
      await sitAs(page, "Quelda");
      await compute();
      await tableIt();
      for (const party of ["Orvane", "Tolvend"]) await seal(party, "Accept");
      await sitAs(page, "Quelda");
      await page.getByText("2 of 2 principals have answered.").waitFor();
      await press(page, "Say that it is agreed");
      await page.locator("main").getByText("Agreed ad referendum by all.").nth(before).waitFor();
      await expectPlaceKept(page, "main");
    };
    await agree(0);
    await sitAs(page, "Orvane");
    await press(page, "Conclusion");
    await press(page, "Our capital confirms what is agreed");
    await page.getByRole("button", { name: "Our capital confirms", disabled: true }).waitFor();
    await press(page, "Reopen");
    await tick(page, /^Article 2, 1 \[2\]/);
    await press(page, "Reopen these brackets");
    await page.getByText("Still open: Article 2, 1 [2]").waitFor();
    await expectPlaceKept(page, "main");
    await press(page, "Article 2, 1 [2]");
    await page.locator('.sheet .open-mark[tabindex="0"]').waitFor();
    await agree(1);

    // Confirmed, closed in two languages, initialled, signed.
    for (const act of ["Our capital confirms what is agreed", "Close the text", "Initial the text", "Sign"]) {
      for (const party of ["Orvane", "Tolvend"]) {
        await sitAs(page, party);
        await press(page, "Conclusion");
        await page.getByRole("button", { name: act, exact: true }).waitFor();
        if (act === "Sign") await write(page, "Place", "Seld");
        if (act === "Close the text" && party === "Orvane") {
          await press(page, "File the text in another language");
          await write(page, /^Language, as a code/, "fr");
          // As a translator does: the agreed text goes out as a file, and comes back in French.
          const saved = page.waitForEvent("download");
          await press(page, "Markdown");
          const agreed = parseMarkdown(await readFile(await (await saved).path(), "utf8")).draft;
          const french = rewrite(agreed, {
            inlines: (inlines) =>
              inlines.map((one) =>
                one.type === "text" ? { ...one, text: one.text.replaceAll("line", "ligne") } : one,
              ),
          });
          const open = renderMarkdown(french).replace("ligne", "[ligne]");
          await giveFile(page, "Choose its file", {
            name: "Cadre.md",
            mimeType: "text/markdown",
            buffer: Buffer.from(open),
          });
          await page.getByText("Brackets open in this file: 1.").waitFor();
          await giveFile(page, "Choose its file", wordFile("Cadre.docx", writeWord(french)));
          await page.locator("details .whole-text[open]").getByText(/ligne/).first().waitFor();
          await press(page, "File this text");
          await page.getByText("Filed in French by Orvane").waitFor();
          await expectPlaceKept(page, "main");
        }
        if (act === "Close the text" && party === "Tolvend") {
          await page.getByText("Memorandum of understanding, not binding (English, French)").waitFor();
        }
        if (act === "Close the text") {
          expect(await page.getByRole("checkbox", { name: "French" }).isChecked()).toBe(true);
          await page.getByText("The text is closed in: English, French").waitFor();
        }
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

    // The text is released, and goes out as a file.
    await press(page, "Release the text to every seat");
    await sitAs(page, "Orvane");
    await press(page, "Agree to its release");
    await page.getByText("Released to every seat.").waitFor();
    await expectPlaceKept(page, "main");
    const word = page.waitForEvent("download");
    await press(page, "Word");
    expect((await word).suggestedFilename()).toMatch(/\.docx$/);
    // What a text says of whom it does not bind is in its own language; what one presses is not printed.
    await choose(page, "Language", "French");
    const markdown = page.waitForEvent("download");
    await press(page, "Markdown");
    const written = await readFile(await (await markdown).path(), "utf8");
    expect(written).toContain("Sans effet obligatoire pour Belune, qui n’a pas accepté cette clause.");
    await page.emulateMedia({ media: "print" });
    expect(await page.getByText("Language", { exact: true }).first().isVisible()).toBe(false);
    await page.emulateMedia({ media: "screen" });

    // Who was never given the negotiations reads the text, and is led to it from where it would be.
    await sitAs(page, "Institute of the Straits");
    await press(page, "Text");
    await page.getByText("The closed text is released to every seat.").waitFor();
    await page.locator("main").getByRole("link", { name: "Conclusion" }).press("Enter");
    await page.getByText("Binding on Belune only if it accepts this clause.").first().waitFor();

    // The affected party accepts one clause and refuses another; the record is verified.
    await sitAs(page, "Belune");
    await page.getByRole("checkbox").first().waitFor();
    await tick(page, /^Article 4/);
    await press(page, "Accept these clauses");
    await page.getByText(/^Belune accepts: Article 4/).waitFor();
    await expectPlaceKept(page, "main");
    await tick(page, /This Article concerns Belune/);
    await press(page, "Refuse these clauses");
    await page.getByText(/^Belune refuses: Article 4/).waitFor();
    await press(page, "Record");
    await page.getByRole("button", { name: "Verify" }).waitFor();
    await press(page, "Verify");
    await page.getByText(/^Intact: \d+ entries hold/).waitFor();
    const download = page.waitForEvent("download");
    await press(page, "Export");
    expect((await download).suggestedFilename()).toMatch(/\.parley$/);
    await walked();
    expect(seat.faults).toEqual([]);
  });

  test("a case of one's own, its walk-away, linkages and revisions, by keyboard alone", async () => {
    const seat = await table.sit({ width: 1600 });
    const { page } = seat;
    await page.getByRole("heading", { level: 1, name: "Cases" }).waitFor();
    const walked = await beginWalk("a case of one's own", keptBy(page));
    await press(page, "Language and light");
    await page.getByRole("menuitemradio", { name: "Dark" }).waitFor();
    for (let steps = 0; steps < 14 && (await focused(page)) !== "Dark"; steps += 1) {
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Enter");
    await page.locator("html[data-theme=dark]").waitFor();
    await page.keyboard.press("Home");
    for (const name of ["Français", "English"]) {
      for (let steps = 0; steps < 14 && (await focused(page)) !== name; steps += 1) {
        await page.keyboard.press(name === "English" ? "ArrowUp" : "ArrowDown");
      }
      await page.keyboard.press("Enter");
      await page.locator(`html[lang=${name === "English" ? "en" : "fr"}]`).waitFor();
    }
    await page.keyboard.press("Escape");
    await expectPlaceKept(page, "header");

    // A draft is read, what the reader guessed is confirmed, and a case is opened around it.
    await press(page, "Read a draft");
    await page.getByLabel("Or paste the text").waitFor();
    const draft = word(paragraph(run("1. The line is open [at noon] [at dawn], and tested [daily].")));
    await giveFile(page, "Choose a file", wordFile("The line.docx", draft));
    await page.getByText("To confirm: 1 of 1").waitFor();
    await press(page, "As read");
    await press(page, "Open a case with this text");
    await openCase(seat, ["Alba", "Brun", "Cor"]);

    // What it is worth: steps, points, whole texts, a linkage.
    await press(page, /^Our side/);
    await page.locator(".side-head").waitFor();
    for (const key of ["]", "1", "7", "2", "5"]) await page.keyboard.press(key);
    await page.getByText("2 of 2 brackets marked").waitFor();
    const inHand = page.getByRole("heading", { name: "Bracket 1 of 2" });
    for (let steps = 0; steps < 4 && !(await inHand.isVisible()); steps += 1) await page.keyboard.press("[");
    await write(page, "In what words", "By letter of the minister.");
    await write(page, "Why (private)", "Noon is the only train.");
    await tabTo(page, "Mark");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press(" ");
    await write(page, /^Points: at noon/, "60");
    await page.keyboard.press("Enter");
    const askedHome = async () => {
      await tabTo(page, /^(?:Mark|Points)$/);
      for (const key of (await focused(page)) === "Mark"
        ? ["ArrowRight", "ArrowRight", " "]
        : ["ArrowRight", " "])
        await page.keyboard.press(key);
      await page.getByText("Question 1").waitFor();
      await press(page, "We would sign this");
      await page.getByText(/^Would sign a text worth/).waitFor();
    };
    await askedHome();
    await tabTo(page, "Walk-away");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press(" ");
    await page.getByRole("heading", { name: "Linkages we insist on" }).waitFor();
    for (const [label, place] of [
      ["This", "Home"],
      ["That", "End"],
    ] as const) {
      await tabTo(page, new RegExp(`${label}$`));
      await page.keyboard.press("Enter");
      await page.getByRole("listbox").waitFor();
      await page.keyboard.press(place);
      await page.keyboard.press("Enter");
      await page.getByRole("listbox").waitFor({ state: "detached" });
    }
    await press(page, "Add the linkage");
    await page.locator(".linkages li").waitFor();
    await press(page, "Remove");
    await page.locator(".linkages li").waitFor({ state: "detached" });
    await expectPlaceKept(page, "main");
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

    // What is not known of Brun is estimated, and marked as that.
    await sitAs(page, "Alba");
    await press(page, /^Packages/);
    await press(page, "Estimate");
    await page.getByText("Estimated by us, not stated by Brun").waitFor();
    for (const key of ["]", "7", "1", "2", "5"]) await page.keyboard.press(key);
    await page.getByText("2 of 2 brackets marked").waitFor();
    await askedHome();
    await press(page, "Seal");
    await page.getByText("What others learned").waitFor();

    // Nobody holds answers here: one party declines openly, and what both accept is agreed.
    for (const answers of [
      ["Alba Accept", "Brun Decline"],
      ["Brun Accept", "Alba Accept"],
    ]) {
      await sitAs(page, "Alba");
      await press(page, /^Packages/);
      await press(page, "Table this package");
      await page.getByText("It is tabled.").waitFor();
      for (const [party = "", what = ""] of answers.map((one) => one.split(" "))) {
        await answer(seat, party, what === "Accept" ? what : "Decline", "Send it openly");
        if (`${party} ${what}` === "Brun Decline")
          await page.getByRole("heading", { name: /Declined openly by Brun/ }).waitFor();
        else if (`${party} ${what}` === answers[1])
          await page.getByText("Agreed ad referendum by all.").waitFor();
        else await page.getByText("Your party has accepted, openly.").waitFor();
        await expectPlaceKept(page, "main");
      }
    }
    // What was said of whole texts still holds, though none of them can come about any more.
    await page.getByText("The text would be worth 4 points to us").first().waitFor();
    expect(await page.getByText("the walk-away is not known yet").count()).toBe(0);
    await walked();
    expect(seat.faults).toEqual([]);
  });
});
