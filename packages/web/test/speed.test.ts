import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { goTo, sitAs } from "./exercise.ts";
import { expectPlaceKept, press } from "./keyboard.ts";
import { layoutFaults } from "./layout.ts";
import { setTable } from "./table.ts";

/** A draft of 1,000 brackets between six parties, in 50 articles. */
function longDraft(): string {
  const parties = ["a", "b", "c", "d", "e", "f"];
  const articles = Array.from({ length: 50 }, (_, article) => {
    const clauses = Array.from({ length: 10 }, (__, clause) => {
      const id = `${article + 1}-${clause + 1}`;
      const one = parties[(article + clause) % 6];
      const other = parties[(article + clause + 1) % 6];
      return `${clause + 1}. Each Side shall [permit within ten days]{=soon by="${one}"}/[consider]{#x-${id} =later by="${other}"} the passage of ships that carry food and medicine, [and shall report it]{#y-${id} by="${one}"}. {#c-${id}}`;
    });
    return `# Article ${article + 1} {#a-${article + 1}}\n\n${clauses.join("\n\n")}`;
  });
  return `---\nformat: parley-draft/1\ntitle: Long draft\n---\n\n${articles.join("\n\n")}\n`;
}

describe.skipIf(!chromiumPath)("with 1,000 brackets and six parties", () => {
  const table = setTable("site");

  test("the text is painted and every key answered within the limits", async () => {
    const seat = await table.sit();
    const { page } = seat;
    const paint = await readAndPaint(page, table.address);
    expect(await page.locator(".sheet [data-bracket]").count()).toBe(1000);
    const steps = sorted(await page.evaluate(pressMany, { key: "]", count: 40 }));
    const median = steps[20] ?? Number.POSITIVE_INFINITY;
    process.stdout.write(
      `1,000 brackets: read and painted in ${paint.toFixed(0)} ms; a step to the next bracket, paint included: median ${median.toFixed(0)} ms, worst ${steps.at(-1)?.toFixed(0)} ms\n`,
    );
    // Limits of the issue, with room for a machine that does other work at the same time.
    expect(paint).toBeLessThan(1500 * 3);
    expect(median).toBeLessThan(50 * 3);
    expect(seat.faults).toEqual([]);
  });

  test("in a case of six parties a step, a key and an act of one's own are answered within the limits", async () => {
    const seat = await table.sit();
    const { page } = seat;
    const paints = [await readAndPaint(page, table.address)];
    await page.getByRole("button", { name: "Open a case with this text" }).click();
    await page.getByLabel("What the case is about").fill("Long draft");
    for (const [index, name] of [...sides, "Dorn"].entries()) {
      const field = page.getByLabel(`Name of party ${index + 1}`);
      if ((await field.count()) === 0) await page.getByRole("button", { name: "Add a party" }).click();
      await field.fill(name);
      await page.locator(".party-row").nth(index).locator("button").first().click();
      await page.getByRole("option", { name: name === "Dorn" ? /^mediator/ : /^principal/ }).click();
    }
    await page.getByLabel("Your name").fill("A. Person");
    await page.getByRole("button", { name: "Open the case" }).click();
    await page.getByRole("heading", { level: 1, name: "Long draft" }).waitFor({ timeout: 60_000 });
    await page.goto(`${page.url().replace(/\/$/, "")}/text`);
    await page.locator(".sheet [data-bracket]").first().waitFor();
    // As on any later day: the address of the text is opened, and the whole record read before it is shown.
    await page.reload();
    await page.locator(".sheet [data-bracket]").first().waitFor();
    const opened = await page.evaluate(async () => {
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
      return performance.now();
    });
    const steps = sorted(await page.evaluate(pressMany, { key: "]", count: 30 }));
    const clauses = sorted(await page.evaluate(pressMany, { key: "j", count: 30 }));

    await page.getByRole("button", { name: "Comment", exact: true }).click();
    await page.getByRole("textbox", { name: "Comment" }).focus();
    const letters = sorted(
      await page.evaluate(async () => {
        const field = document.activeElement as HTMLTextAreaElement;
        const times: number[] = [];
        for (let i = 0; i < 30; i += 1) {
          const started = performance.now();
          document.execCommand("insertText", false, "x");
          await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
          times.push(performance.now() - started);
        }
        return field.value.length === 30 ? times : [];
      }),
    );
    expect(letters).toHaveLength(30);
    const said = (times: readonly number[]) =>
      `median ${times[15]?.toFixed(0)} ms, worst ${times.at(-1)?.toFixed(0)} ms`;
    process.stdout.write(
      `1,000 brackets in a case: opened by its address and painted in ${opened.toFixed(0)} ms; a step ${said(steps)}; a clause ${said(clauses)}; a letter ${said(letters)}\n`,
    );
    expect(opened).toBeLessThan(1500 * 3);
    for (const times of [steps, clauses, letters]) expect(times[15]).toBeLessThan(50 * 3);

    await sitAs(seat, "Dorn");
    await goTo(seat, "Our side");
    for (const [index, name] of sides.entries()) {
      await page.getByRole("button", { name: /Whose side$/ }).click();
      await page.getByRole("option", { name }).click();
      const chooser = page.waitForEvent("filechooser");
      await page.getByText("Load from a file").click();
      await (await chooser).setFiles(estimate(name, index));
      await page.getByRole("button", { name: "Seal", exact: true }).click();
      await page.getByText("What others learned").waitFor();
    }
    await page.evaluate(() => {
      const store = window as unknown as { long: number[] };
      store.long = [];
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) store.long.push(duration);
      }).observe({ entryTypes: ["longtask"] });
    });
    const longest = () =>
      page.evaluate(() => Math.max(0, ...(window as unknown as { long: number[] }).long.splice(0)));
    await goTo(seat, "Packages");
    await page.getByText(/^Computing/).waitFor();
    // It is stopped and begun again without a mouse.
    await press(page, "Stop");
    await page.getByText(/^Computing/).waitFor({ state: "detached" });
    await expectPlaceKept(page, "main");
    await press(page, "Compute again");
    await page.getByText(/^Computing/).waitFor();
    await expectPlaceKept(page, "main");
    await longest();
    await page.waitForTimeout(4_000);
    const solving = await longest();
    expect(await page.getByText(/^Computing/).count(), "it computes still").toBe(1);
    await page.locator(".tabling").waitFor({ timeout: 120_000 });
    await page.getByText("Not all of this was proven in the time given.").waitFor();
    const showing = await longest();
    while (paints.length < 3) {
      const other = await page.context().newPage();
      paints.push(await readAndPaint(other, table.address));
      await other.close();
    }
    // The one that was disturbed least.
    const paint = Math.min(...paints);
    process.stdout.write(
      `1,000 brackets, six parties: the page's longest task while packages are computed ${solving.toFixed(0)} ms; showing them, ${showing.toFixed(0)} ms, and painting their text ${paint.toFixed(0)} ms\n`,
    );
    expect(solving).toBeLessThan(50 * 3);
    // No goal of the issue: they take about half as long as their text, on the same machine in the same minutes.
    expect(showing / paint).toBeLessThan(2);
    expect(await layoutFaults(page), "six parties beside each other").toEqual([]);
    // What was found stays in hand while proofs are given more time.
    await page.getByRole("button", { name: "Compute for longer" }).click();
    await page.getByText(/^Computing/).waitFor();
    expect(await page.locator(".tabling").count()).toBe(1);
    await page.getByRole("button", { name: "Stop", exact: true }).press("Enter");
    await page.getByText("Not all of this was proven in the time given.").waitFor();
    expect(await page.locator(".tabling").count()).toBe(1);
    expect(seat.faults).toEqual([]);
  });
});

const sides = ["Alba", "Brun", "Cole", "Esk", "Fenn", "Gorm"];

/** Points on every alternative, so that each side wants other things than the next. */
function estimate(name: string, side: number) {
  const brackets = Array.from({ length: 500 }, (_, i) => `${Math.floor(i / 10) + 1}-${(i % 10) + 1}`);
  const worth = (i: number) => ((i + 1) * (side + 3) * 7919) % 17;
  const scores = Object.fromEntries(
    brackets.flatMap((id, i) => [
      [`x-${id}`, { soon: worth(i), later: worth(i + 1) }],
      [`y-${id}`, { keep: worth(i + 2), drop: worth(i + 3) }],
    ]),
  );
  const preferences = {
    format: "parley-preferences/1",
    party: name.toLowerCase(),
    provenance: "imputed",
    walkAway: 100,
    scores,
  };
  return {
    name: "estimate.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(preferences)),
  };
}

function sorted(times: readonly number[]): readonly number[] {
  return [...times].sort((a, b) => a - b);
}

/** Reads the long draft in this window; how long that takes until it is painted. */
async function readAndPaint(page: Page, address: string): Promise<number> {
  await page.goto(`${address}/#/draft`);
  await page.getByLabel("Or paste the text").fill(longDraft());
  return page.evaluate(async () => {
    const button = [...document.querySelectorAll("button")].find((one) => one.textContent === "Read it");
    const started = performance.now();
    button?.click();
    while (!document.querySelector(".set")) await new Promise((done) => setTimeout(done, 5));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    return performance.now() - started;
  });
}

/** How long each press of a key takes until what it changed is painted. Runs in the page. */
async function pressMany({ key, count }: { key: string; count: number }): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const started = performance.now();
    window.dispatchEvent(new KeyboardEvent("keydown", { key }));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    times.push(performance.now() - started);
  }
  return times;
}
