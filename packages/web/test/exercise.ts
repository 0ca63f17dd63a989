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
  await page.getByRole("menuitemradio", { name: party }).click();
  await page.getByRole("button", { name: `You sit as ${party}` }).waitFor();
}

export async function goTo({ page }: At, name: string): Promise<void> {
  await page.getByRole("navigation", { name: "Pages of this case" }).getByRole("link", { name }).click();
}
