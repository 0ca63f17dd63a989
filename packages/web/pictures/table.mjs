/** The text, our side, packages, the answer and what follows: the pictures of the README, the mediator's and the delegate's guide. */
import { button, goTo, sitAs } from "./studio.mjs";

async function hold(page, bracket) {
  await page.locator(`.sheet [data-bracket=${bracket}] > .open-mark`).press("Enter");
}

/** Scrolls so that this stands so many pixels under the top. */
async function toTop(locator, pixels) {
  await locator.evaluate((element, under) => {
    scrollTo(0, element.getBoundingClientRect().top + scrollY - under);
  }, pixels);
}

export async function takeTable({ sit, take }) {
  const page = await sit(1280, 800);

  // Words on the text: a comment, a reservation, two amendments.
  await sitAs(page, "Orvane");
  await goTo(page, "Text");
  await hold(page, "staffing");
  await button(page, "In Article 2, 1").click();
  await button(page, "Reserve upon it").click();
  await page
    .getByLabel("Our reservation to this clause")
    .fill("Subject to the view of the Assembly of Orvane.");
  await button(page, "Note the reservation").click();
  await button(page, "Reserve upon it").waitFor();
  await sitAs(page, "Tolvend");
  await hold(page, "staffing");
  await button(page, "In Article 2, 1").click();
  await button(page, "Other words").click();
  await page
    .getByLabel("Words, part 1")
    .fill(
      "Within fifteen days of signature each Side shall restore the staff of its embassy in the capital of the other to ",
    );
  await page.getByLabel(/^Reason/).fill("Thirty days would end after the first rotation.");
  await button(page, "Propose it").click();
  await page.locator(".amendment ins").first().waitFor();
  await sitAs(page, "Quelda");
  await hold(page, "staffing");
  await button(page, "In Article 2, 1").click();
  await page.locator("#clause-article-2-1").evaluate((clause) => clause.scrollIntoView({ block: "center" }));
  await take(page, "amendment");
  await button(page, "Seen").click();
  await hold(page, "staffing");
  await take(page, "text");
  // All that was lent to the mediator stands on it.
  await page.setViewportSize({ width: 1280, height: 960 });
  await goTo(page, "Overview");
  await page.locator(".overview").waitFor();
  await take(page, "overview");
  await page.setViewportSize({ width: 1280, height: 800 });

  // What it is worth to one side.
  await sitAs(page, "Orvane");
  await goTo(page, "Our side");
  await page.locator("#bracket-nature").waitFor();
  await button(page, "Load the exercise’s scores").click();
  await page.getByText("Illustrative scores of the exercise").waitFor();
  await hold(page, "staffing");
  await page.locator("#bracket-staffing").evaluate((bracket) => bracket.scrollIntoView({ block: "center" }));
  await take(page, "side");
  await page.getByRole("radio", { name: "Walk-away" }).click();
  await button(page, "Ask by replies instead").click();
  await button(page, "We would sign this").waitFor();
  await take(page, "walk-away");
  // The number of the exercise again, which the answer is measured against.
  await button(page, "Load the exercise’s scores").click();
  await page.getByText("46, given as a number").waitFor();

  // The blank is filled, so that the text can be closed in the end.
  await sitAs(page, "Quelda");
  await goTo(page, "Text");
  await hold(page, "date");
  await button(page, "Add an alternative").click();
  await page.getByLabel("Words", { exact: true }).fill("1 December 2026");
  await button(page, "Propose it").click();
  await button(page, "Adopt").first().click();
  await page.getByText("Rev. 4", { exact: true }).waitFor();

  // The mediator's desk.
  await goTo(page, "Packages");
  await button(page, "Load the exercise’s scores").click();
  await page.locator(".tabling").waitFor();
  await take(page, "packages");
  await page.getByRole("button", { name: /Compare with$/ }).click();
  await page.getByRole("option", { name: "Package 7", exact: true }).click();
  await button(page, "Look for some").click();
  await page.locator(".near-list").waitFor();
  await toTop(page.locator(".near"), 90);
  await take(page, "near");
  await button(page, "Table this package").click();
  await page.getByText("It is tabled.").waitFor();

  // Answers: sealed, then opened by whoever holds them.
  await goTo(page, "Answer");
  for (const party of ["Orvane", "Tolvend"]) {
    await sitAs(page, party);
    await page.getByText("One answer, and it is final.").first().waitFor();
    if (party === "Orvane") {
      // From what changes to the two buttons.
      await page.setViewportSize({ width: 1280, height: 960 });
      await toTop(page.getByRole("heading", { name: "What changes for us" }), 100);
      await take(page, "answer");
      await page.setViewportSize({ width: 1280, height: 800 });
    }
    await button(page, "Accept").click();
    await page.getByLabel(/Write the name of your party/).fill(party);
    await button(page, "Seal and send").click();
    await page.getByText("Your party has answered.").waitFor();
  }
  await sitAs(page, "Quelda");
  await page.getByText("2 of 2 principals have answered.").waitFor();
  await toTop(page.getByText("2 of 2 principals have answered."), 320);
  await take(page, "custody");
  await button(page, "Say that it is agreed").click();
  await page.getByText("Agreed ad referendum by all.").waitFor();
  await goTo(page, "Conclusion");
  await sitAs(page, "Orvane");
  await button(page, "Our capital confirms what is agreed").waitFor();
  await take(page, "conclusion");
  await page.context().close();

  const phone = await sit(390, 844);
  await sitAs(phone, "Orvane");
  await phone.goto(`${phone.url().replace(/\/$/, "")}/text`);
  await hold(phone, "staffing");
  await phone.getByRole("radio", { name: "Text" }).click();
  await phone.locator("#bracket-staffing").evaluate((bracket) => bracket.scrollIntoView({ block: "center" }));
  await take(phone, "phone");
}
