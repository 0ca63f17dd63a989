/** Moving about in the exercise, or in a case of one's own, as its players do. */
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

/** Fills in the page of a new case. `kinds`: by place from 1, where a seat is another than the page proposes. */
export async function fillCase(
  { page }: At,
  parties: readonly string[],
  kinds: Readonly<Record<number, string>> = {},
): Promise<void> {
  await page.getByLabel("What the case is about").fill("The line");
  for (const [index, name] of parties.entries()) {
    const field = page.getByLabel(`Name of party ${index + 1}`);
    if ((await field.count()) === 0) await page.getByRole("button", { name: "Add a party" }).click();
    await field.fill(name);
  }
  for (const [place, kind] of Object.entries(kinds)) {
    await page.getByRole("button", { name: `Seat of party ${place}` }).click();
    await page.getByRole("option", { name: new RegExp(`^${kind}`) }).click();
  }
  await page.getByLabel("Your name").fill("A. Person");
}

export async function openFilled({ page }: At): Promise<void> {
  await page.getByRole("button", { name: "Open the case" }).click();
  await page.getByRole("heading", { level: 1, name: "The line" }).waitFor();
}
