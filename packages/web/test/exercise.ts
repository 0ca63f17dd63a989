/** Moving about in the exercise as its players do. */
import type { Seat } from "./table.ts";

type At = Pick<Seat, "page">;

/** Opens the exercise from the first page, and waits for its overview. */
export async function openExercise({ page }: At): Promise<void> {
  await page.getByRole("button", { name: /^Open: Exercise/ }).click();
  await page.getByRole("heading", { level: 1, name: /first measures/ }).waitFor();
}

export async function sitAs({ page }: At, party: string): Promise<void> {
  await page.getByRole("button", { name: /You sit as/ }).click();
  await page.getByRole("menuitemradio", { name: party, exact: true }).click();
  await page.getByRole("button", { name: `You sit as ${party}` }).waitFor();
}

/** Opens a page of the case, and waits until it is the one that is shown. */
export async function goTo({ page }: At, name: string): Promise<void> {
  const link = page.getByRole("navigation", { name: "Pages of this case" }).getByRole("link", { name });
  await link.click();
  await link.and(page.locator("[aria-current=page]")).waitFor();
  await page.locator("main :is(h1, h2)").first().waitFor();
}

/** A blank is no alternative; whoever holds the pen puts words to it. */
export async function fillBlank(seat: At): Promise<void> {
  const { page } = seat;
  await goTo(seat, "Text");
  await page.locator("#bracket-date > .open-mark").press("Enter");
  await page.getByRole("button", { name: "Add an alternative" }).press("Enter");
  await page.getByLabel("Words").fill("1 December 2026");
  await page.getByRole("button", { name: "Propose it" }).press("Enter");
  await page.getByRole("button", { name: "Adopt" }).first().press("Enter");
  await page.getByText("Rev. 4").waitFor();
}
