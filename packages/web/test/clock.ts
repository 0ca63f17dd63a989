import type { BrowserContext, Page } from "playwright-core";

/** Lets the test move a browser's clock: a wait of an hour is not waited for. */
export async function giveClock(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const Real = Date;
    let ahead = 0;
    class Moved extends Real {
      constructor(...given: readonly unknown[]) {
        super(...((given.length === 0 ? [Real.now() + ahead] : given) as [number]));
      }
      static override now(): number {
        return Real.now() + ahead;
      }
    }
    Object.assign(globalThis, { Date: Moved, moveClock: (ms: number) => (ahead = ms) });
  });
}

/** How far ahead of this machine's the browser's clock is from now on. */
export async function moveClock(page: Page, aheadMs: number): Promise<void> {
  await page.evaluate(`moveClock(${aheadMs})`);
}
