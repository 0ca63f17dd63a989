/** What every page must stand: axe in every theme, no width that scrolls, no request elsewhere, nothing on the console. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { expect } from "vitest";
import type { Seat } from "./table.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const everything = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds on the page as it stands by the rules with these tags, each with its place. */
async function axeFinds({ page }: Seat, tags: readonly string[]): Promise<string[]> {
  // Addresses are fragments, so one loading serves many pages.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const results = await page.evaluate(async (asked) => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    return axe.run({ runOnly: asked });
  }, tags);
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(" ")}`),
  );
}

export async function expectToStand(seat: Seat, address: string, what = "the page"): Promise<void> {
  for (const theme of ["light", "dark", "contrast"]) {
    await seat.page.evaluate((name) => {
      document.documentElement.dataset["theme"] = name;
    }, theme);
    // Themes differ in colours and in nothing else (style.test.ts), so the rest is looked at once.
    const tags = theme === "light" ? everything : ["color-contrast", "link-in-text-block"];
    expect(await axeFinds(seat, tags), `${what}: axe, ${theme}`).toEqual([]);
  }
  const wider = await seat.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wider, `${what} scrolls sideways`).toBeLessThanOrEqual(0);
  expect(seat.faults).toEqual([]);
  expect(seat.asked.filter((url) => !url.startsWith(address) && !url.startsWith("data:"))).toEqual([]);
}
