/** At the table without a mouse: whatever is reached is reached by Tab, as somebody does who sees what has the focus. */
import type { Page } from "playwright-core";

/** Nothing on any page is further away than so many presses of Tab. */
const mostStops = 220;

/** What has the focus, by the name that a screen reader says. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!at) return "";
    const by = at.getAttribute("aria-labelledby")?.split(" ") ?? [];
    const labelled = by.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
    const own = at.getAttribute("aria-label") ?? "";
    const labels = (at as HTMLInputElement).labels;
    const label = labels ? [...labels].map((one) => one.textContent ?? "").join(" ") : "";
    return [own || labelled || label || (at.textContent ?? "")].join("").trim().replace(/\s+/g, " ");
  });
}

/** Whether the focus is inside something that bears these words: one card of many alike, one group of choices. */
function isWithin(page: Page, words: string | undefined): Promise<boolean> {
  return page.evaluate((wanted) => {
    const around = document.activeElement?.closest("li, [role=group], fieldset, article");
    return wanted === undefined || (around?.textContent ?? "").includes(wanted);
  }, words);
}

/** Pages on which something has had the focus since they were loaded, with what was pressed last. */
const walked = new WeakMap<Page, string>();

/** Where one is without a mouse: an act that took away what had the focus has put it somewhere by now. */
async function expectFocus(page: Page): Promise<void> {
  const last = walked.get(page);
  if (last === undefined) return;
  const isSomewhere = () => document.activeElement !== null && document.activeElement !== document.body;
  await page.waitForFunction(isSomewhere, undefined, { timeout: 5_000 }).catch(() => {
    throw new Error(`after “${last}” nothing has the focus`);
  });
}

function walk(page: Page, pressed: string): void {
  if (!walked.has(page)) page.once("load", () => walked.delete(page));
  walked.set(page, pressed);
}

/** Presses Tab, as somebody without a mouse does, until this has the focus; `within`: where several are called the same. */
export async function tabTo(page: Page, name: string | RegExp, within?: string): Promise<void> {
  const passed: string[] = [];
  await expectFocus(page);
  for (let stops = 0; stops < mostStops; stops += 1) {
    const at = await focused(page);
    if ((typeof name === "string" ? at === name : name.test(at)) && (await isWithin(page, within))) return;
    passed.push(at.slice(0, 30));
    await page.keyboard.press("Tab");
    walk(page, at);
  }
  throw new Error(`Tab never came to ${name}; it passed ${[...new Set(passed)].join(" | ")}`);
}

export async function press(page: Page, name: string | RegExp, within?: string): Promise<void> {
  await tabTo(page, name, within);
  walk(page, String(name));
  await page.keyboard.press("Enter");
}

export async function write(page: Page, name: string | RegExp, words: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(words);
}

export async function tick(page: Page, name: string | RegExp, within?: string): Promise<void> {
  await tabTo(page, name, within);
  await page.keyboard.press(" ");
}

/** Presses what asks for a file, and gives it this one. */
export async function giveFile(
  page: Page,
  name: string,
  file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer },
): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await press(page, name);
  await (await chooser).setFiles(file);
}

/** Takes one of a short list; its button bears what stands and then the label. */
export async function choose(page: Page, label: string, choice: string, within?: string): Promise<void> {
  await tabTo(page, new RegExp(`${label}$`), within);
  await page.keyboard.press("Enter");
  await page.getByRole("option", { name: new RegExp(`^${choice}`) }).waitFor();
  await page.keyboard.press("Home");
  for (let steps = 0; steps < 30 && !(await focused(page)).startsWith(choice); steps += 1) {
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await page.getByRole("listbox").waitFor({ state: "detached" });
}

/** A day and an hour typed part by part; in whichever order the browser's language has day and month, they are alike. */
export async function writeMoment(page: Page, name: string, year: number, hour: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.type(`1212${year}`);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type(`${hour}00AM`);
}

/** What was pressed may be gone or at rest by now: the focus is still beside it, not at the top of the page. */
export async function expectPlaceKept(page: Page, beside: string): Promise<void> {
  await expectFocus(page);
  const here = await page.evaluate((place) => Boolean(document.activeElement?.closest(place)), beside);
  if (!here) throw new Error(`after the act the focus is on “${await focused(page)}”, not within ${beside}`);
}

/** Opens the exercise from the first page, and waits for its overview. */
export async function openExercise({ page }: { readonly page: Page }): Promise<void> {
  await page.getByRole("button", { name: /^Open: Exercise/ }).waitFor();
  await press(page, /^Open: Exercise/);
  await page.getByRole("heading", { level: 1, name: /first measures/ }).waitFor();
}

/** Fills in the page of a new case, and opens it. */
export async function openCase({ page }: { readonly page: Page }, parties: readonly string[]): Promise<void> {
  await page.getByRole("heading", { level: 1, name: "New case" }).waitFor();
  await write(page, "What the case is about", "The line");
  for (const [index, name] of parties.entries()) {
    if (index > 1) await press(page, "Add a party");
    await write(page, `Name of party ${index + 1}`, name);
  }
  await write(page, "Your name", "A. Person");
  await press(page, "Open the case");
  await page.getByRole("heading", { level: 1, name: "The line" }).waitFor();
}

/** The one answer to the newest package; `sends`: what the last button is called. */
export async function answer(
  { page }: { readonly page: Page },
  party: string,
  what: "Accept" | "Decline",
  sends: "Seal and send" | "Send it openly",
): Promise<void> {
  await sitAs(page, party);
  await press(page, "Answer");
  await page.getByText("One answer, and it is final.").first().waitFor();
  await press(page, what);
  await write(page, /Write the name of your party/, party);
  await press(page, sends);
}

/** Opens a page of the case, and a tab of it, by their names. */
export async function openTab({ page }: { readonly page: Page }, name: string, tab = name): Promise<void> {
  await press(page, name);
  if (tab !== name) await press(page, tab);
  await page.getByRole("heading", { level: 1, name: tab === "Overview" ? /./ : tab }).waitFor();
}

export async function sitAs(page: Page, party: string): Promise<void> {
  await press(page, /^You sit as/);
  await page.getByRole("menuitemradio").first().waitFor();
  for (let steps = 0; steps < 12 && !(await focused(page)).includes(party); steps += 1) {
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: `You sit as ${party}` }).waitFor();
}
