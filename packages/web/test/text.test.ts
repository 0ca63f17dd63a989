import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath, patienceMs } from "./chromium.ts";
import { goTo, openExercise, sitAs } from "./exercise.ts";
import { expectToStand } from "./standing.ts";
import { type Seat, setTable } from "./table.ts";

describe.skipIf(!chromiumPath)("the text", () => {
  const table = setTable("standalone");

  /** A second window of the same browser, at the same text, in another chair. */
  async function secondWindow(seat: Seat, party: string): Promise<Page> {
    const page = await seat.page.context().newPage();
    page.setDefaultTimeout(patienceMs);
    page.on("pageerror", (error) => seat.faults.push(String(error)));
    await page.goto(seat.page.url());
    await page.getByRole("button", { name: /You sit as/ }).waitFor();
    await sitAs({ ...seat, page }, party);
    return page;
  }

  test("by keyboard alone a clause is changed, added, deleted and bracketed, and the course of the brackets is drawn", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Quelda");
    await goTo(seat, "Text");
    await page.locator("#bracket-staffing").waitFor();
    const hand = page.getByRole("complementary", { name: "Bracket" }).getByRole("heading", { level: 2 });
    const take = async (place: string) => {
      for (let steps = 0; steps < 80 && (await hand.textContent()) !== place; steps += 1) {
        await page.keyboard.press("j");
      }
      expect(await hand.textContent()).toBe(place);
    };
    const press = (name: string) => page.getByRole("button", { name, exact: true }).press("Enter");
    const adopt = async (rev: number) => {
      await press("Propose it");
      await press("Adopt");
      await page.getByText(`Rev. ${rev}`, { exact: true }).waitFor();
      await page.locator("article").click({ position: { x: 5, y: 5 } });
    };

    await take("Article 1, 2");
    await press("Other words");
    const words = page.getByLabel("Words", { exact: true });
    expect(await words.inputValue()).toMatch(/^Nothing in it prejudges/);
    await words.fill("Nothing in it prejudges any position [or claim] of a Side.");
    await adopt(4);
    await page.locator(".set").getByText("prejudges any position").waitFor();

    await take("Article 1, 2");
    await press("Add a clause after it");
    expect(await page.getByLabel("Number, as it will be read").inputValue()).toBe("2 bis.");
    await words.fill("It is read with its annex.");
    await adopt(5);
    await page.getByText("It is read with its annex.").first().waitFor();

    await take("Article 1, 2 bis");
    await press("Put words in brackets");
    await words.fill("with its annex");
    await adopt(6);
    await take("Article 1, 2 bis");
    await press("Whom it concerns");
    await page.getByRole("checkbox", { name: "Belune" }).press("Space");
    await press("Propose it");
    await page.getByText("Concerns Belune, which is bound by it only if it accepts it").waitFor();
    await press("Adopt");
    await page.locator(".set .block, .set p", { hasText: "It is read" }).locator("abbr.concern").waitFor();
    await page.locator("article").click({ position: { x: 5, y: 5 } });
    await take("Article 1, 2 bis");
    await press("Delete it");
    await adopt(8);
    expect(await page.locator(".set").getByText("It is read").count()).toBe(0);

    await page.locator("svg path.open").waitFor();
    await page.getByText(/^Open brackets: 20 on .*, 21 now, in revision 8/).waitFor();
    await press("Compare");
    await page.getByRole("menuitem", { name: /^With Rev. 3/ }).press("Enter");
    await page.locator("ins", { hasText: "claim" }).first().waitFor();
    await page.locator(".set em", { hasText: "Recalling" }).waitFor();
    await press("Stop comparing");
    await expectToStand(seat, table.address);
  });

  test("words around brackets are changed and the brackets stay, with who backs what", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Quelda");
    await goTo(seat, "Text");
    await page.locator("#bracket-staffing > .open-mark").press("Enter");
    await page.getByRole("button", { name: "In Article 2, 1" }).press("Enter");
    await page.getByRole("button", { name: "Other words" }).press("Enter");
    const parts = page.getByLabel(/^Words, part/);
    expect(await parts.count()).toBe(2);
    await parts.first().fill("Within fifteen days each Side may restore its staff to ");
    await page.getByRole("button", { name: "Propose it" }).press("Enter");
    await page.locator(".amendment ins", { hasText: "fifteen" }).waitFor();
    await page.locator(".amendment del", { hasText: "thirty" }).waitFor();
    await expectToStand(seat, table.address);
    await page.getByRole("button", { name: "Adopt" }).press("Enter");
    await page.locator(".set").getByText("Within fifteen days").waitFor();
    expect(await page.locator("#bracket-staffing").textContent()).toMatch(/forty.*eighty.*twenty/s);
    await page.locator("#bracket-staffing [data-option=forty] [title=Orvane]").waitFor();
  });

  test("a reservation is a note to its clause, and a comment stands beside it", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Orvane");
    await goTo(seat, "Text");
    await page.locator("#bracket-staffing > .open-mark").press("Enter");
    await page.getByRole("button", { name: "In Article 2, 1" }).press("Enter");
    await page.getByRole("button", { name: "Reserve upon it" }).press("Enter");
    await page.getByLabel("Our reservation to this clause").fill("Subject to the view of our assembly.");
    await page.getByRole("button", { name: "Note the reservation" }).press("Enter");
    await page
      .getByRole("region", { name: "Notes" })
      .getByText(/Reservation of Orvane: Subject to the view/)
      .waitFor();
    await page.getByRole("button", { name: "Comment", exact: true }).press("Enter");
    await page.getByRole("textbox", { name: "Comment" }).fill("Does this count local staff?");
    await page.getByRole("button", { name: "Say it" }).press("Enter");
    await page.locator(".remark").getByText("Does this count local staff?").waitFor();
    await page.getByRole("button", { name: /1 comment/ }).waitFor();
    await expectToStand(seat, table.address);
  });

  test("a comment that is not said yet stays with its clause on the way to other clauses and pages, and closing asks first", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Orvane");
    await goTo(seat, "Text");
    await page.locator("#bracket-staffing > .open-mark").press("Enter");
    await page.getByRole("button", { name: "In Article 2, 1" }).press("Enter");
    await page.getByRole("button", { name: "Comment", exact: true }).press("Enter");
    const comment = page.getByRole("textbox", { name: "Comment" });
    await comment.fill("Does this count");
    await page.getByRole("button", { name: "Next clause" }).press("Enter");
    await page.getByRole("heading", { level: 2, name: "Article 2, 2" }).waitFor();
    expect(await comment.count()).toBe(0);

    // Coming by, one is not caught in the field: the keys still go from clause to clause.
    await page.keyboard.press("k");
    await page.keyboard.press("k");
    await page.getByRole("heading", { level: 2, name: "Article 2", exact: true }).waitFor();
    await page.keyboard.press("j");
    expect(await comment.inputValue()).toBe("Does this count");

    await goTo(seat, "Overview");
    const asked = page.waitForEvent("dialog");
    const left = page.evaluate(() => location.reload());
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await Promise.all([dialog.dismiss(), left]);
    await goTo(seat, "Text");
    await page.locator("#bracket-staffing > .open-mark").press("Enter");
    await page.getByRole("button", { name: "In Article 2, 1" }).press("Enter");
    expect(await comment.inputValue()).toBe("Does this count");
    await comment.fill("Does this count local staff?");
    await page.getByRole("button", { name: "Say it" }).press("Enter");
    await page.locator(".remark").getByText("Does this count local staff?").waitFor();

    // Nothing is left, so nothing is asked.
    let again = 0;
    page.on("dialog", (one) => {
      again += 1;
      void one.accept();
    });
    await page.reload();
    await page.locator("#bracket-staffing").waitFor();
    expect(again).toBe(0);
    expect(seat.faults).toEqual([]);
  });

  test("two write on one bracket: what is adopted meanwhile is shown, both words are kept, and marks come within a second", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Tolvend");
    await goTo(seat, "Text");
    await page.locator("#bracket-staffing > .open-mark").press("Enter");
    await page.getByRole("button", { name: "Change one" }).press("Enter");
    await page.getByRole("radio", { name: "eighty" }).press(" ");
    await page.getByLabel("Words", { exact: true }).fill("eighty-five");

    // A step away and back loses nothing.
    await page.getByRole("button", { name: "Next bracket" }).press("Enter");
    await page.getByText("Written here, not proposed yet:").waitFor();
    await page.getByRole("button", { name: "Go on writing" }).press("Enter");
    expect(await page.getByLabel("Words", { exact: true }).inputValue()).toBe("eighty-five");

    const pen = await secondWindow(seat, "Quelda");
    await pen.locator("#bracket-staffing > .open-mark").press("Enter");
    await pen.getByRole("button", { name: "Change one" }).press("Enter");
    await pen.getByRole("radio", { name: "eighty" }).press(" ");
    await pen.getByLabel("Words", { exact: true }).fill("ninety");
    await pen.getByRole("button", { name: "Propose it" }).press("Enter");
    const adopt = pen.getByRole("button", { name: "Adopt" });
    await adopt.waitFor();
    const marked = page.getByRole("button", { name: /^Changed by Quelda/ }).waitFor();
    const conflict = page.getByText(/^Quelda changed this while you were writing/).waitFor();
    const started = performance.now();
    await adopt.press("Enter");
    await conflict;
    await marked;
    const tookMs = performance.now() - started;
    process.stdout.write(
      `another's change is marked, and shown as a conflict, after ${tookMs.toFixed(0)} ms\n`,
    );
    expect(tookMs).toBeLessThan(1000 * 3);

    await page.getByText("It now reads:").getByText("ninety").waitFor();
    await page.getByText("You wrote:").getByText("eighty-five").waitFor();
    expect(await page.getByRole("button", { name: "Propose it" }).isDisabled()).toBe(true);
    await expectToStand(seat, table.address);
    await page.getByRole("button", { name: "Begin from what it says now" }).press("Enter");
    expect(await page.getByLabel("Words", { exact: true }).inputValue()).toBe("ninety");
    await page.getByText("Your earlier words, set aside:").getByText("eighty-five").waitFor();
    await page.getByLabel("Words", { exact: true }).fill("ninety, or eighty-five");
    await page.getByRole("button", { name: "Propose it" }).press("Enter");
    await page.locator(".amendment ins", { hasText: "eighty" }).waitFor();

    // Two amendments wait on one alternative; the second can only be proposed anew, and keeps its words.
    await pen.getByRole("button", { name: "Change one" }).press("Enter");
    await pen.getByRole("radio", { name: "ninety" }).press(" ");
    await pen.getByLabel("Words", { exact: true }).fill("one hundred");
    await pen.getByRole("button", { name: "Propose it" }).press("Enter");
    await pen
      .locator(".amendment", { hasText: "one hundred" })
      .getByRole("button", { name: "Adopt" })
      .press("Enter");
    await page.getByText(/^Quelda changed this after it was proposed/).waitFor();
    await page.getByRole("button", { name: "Propose it anew" }).press("Enter");
    await page.locator(".amendment del", { hasText: "one hundred" }).waitFor();
    await pen.close();
    expect(seat.faults).toEqual([]);
  });
});
