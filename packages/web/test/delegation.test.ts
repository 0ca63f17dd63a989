/** What a text is worth to a party is agreed inside its delegation: a member seals, the head stands behind it. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { choose, expectPlaceKept, openTab, press, write } from "./keyboard.ts";
import { serve } from "./served.ts";

describe.skipIf(!chromiumPath)("inside a delegation", () => {
  const served = serve({ demo: true, "rate-limit": "100000" });

  async function arrive(name: string, address: string): Promise<Page> {
    const page = await served.newPage(await served.newContext({ acceptDownloads: true }), name);
    await page.goto(address);
    return page;
  }

  async function mark(page: Page, bracket: number, key: string): Promise<void> {
    await page.keyboard.press("Escape");
    for (let steps = 0; steps < bracket; steps += 1) await page.keyboard.press("]");
    await page.getByRole("heading", { name: `Bracket ${bracket} of 20` }).waitFor();
    await page.keyboard.press(key);
    await page.getByText("Only in this window’s memory").waitFor();
  }

  test("an adviser's marks wait for the head, who sees what differs and agrees; nobody's marks are overrun unseen", async () => {
    const link = served.server.demo.find(({ seat }) => seat === "orvane");
    const head = await arrive("the head", link?.url ?? "");
    await head.getByRole("heading", { level: 1, name: /first measures/ }).waitFor();
    await press(head, "Invite a member");
    await press(head, "Make the link");
    const invitation = await head.getByLabel("The invitation").inputValue();
    await press(head, "Close");
    const token = await served.server.services.accounts.link({
      name: "Tobin Asker",
      role: "member",
      validMs: 600_000,
    });
    const adviser = await arrive("the adviser", `${served.server.url}/#link=${token}`);
    await adviser.getByRole("heading", { level: 1, name: "Cases" }).waitFor();
    await adviser.goto(invitation);
    await adviser.reload();
    await adviser.getByLabel("Your name").waitFor();
    await write(adviser, "Your name", "Tobin Asker");
    await write(adviser, /^Passphrase of the recovery kit/, "twelve letters and more");
    await press(adviser, "Make the keys and join");
    await adviser.getByRole("navigation", { name: "Pages of this case" }).waitFor();

    for (const page of [head, adviser]) {
      await press(page, /^Our side/);
      await page.locator("#bracket-nature").waitFor();
    }
    await mark(head, 1, "1");
    await press(head, "Seal");
    await adviser.getByText(/^Sealed .* by Ilsa Verrinay\.$/).waitFor();
    expect(await adviser.getByText("has not agreed to it yet").count()).toBe(0);

    // While one still writes, the other seals.
    await mark(adviser, 2, "3");
    await mark(head, 2, "2");
    await press(head, "Seal");
    await adviser.getByText(/^Sealed .* by Ilsa Verrinay\. That was after these marks were begun/).waitFor();
    await press(adviser, "Drop what is not sealed");
    await adviser.getByText("2 of 19 brackets marked").waitFor();
    await mark(adviser, 3, "7");
    await press(adviser, "Seal");
    const differs = "Otherwise than Ilsa Verrinay sealed last: Article 2, 2 [3].";
    await adviser.getByText(differs).waitFor();
    expect(await adviser.getByRole("button", { name: "Agree to it" }).count()).toBe(0);

    await openTab({ page: head }, "Overview");
    await press(head, "Marks that a member of your delegation sealed wait for your agreement");
    await head.getByText(/^Sealed .* by Tobin Asker\.$/).waitFor();
    await head.getByText(differs).waitFor();
    await press(head, "Agree to it");
    await head.getByText(differs).waitFor({ state: "detached" });
    await expectPlaceKept(head, "main");
    await adviser.getByText(/^Sealed .* by Ilsa Verrinay\.$/).waitFor();
    await adviser.getByText("3 of 19 brackets marked").waitFor();

    // Whoever only interprets may look and try, and is offered no seal that would be refused.
    await openTab({ page: head }, "Overview");
    await press(head, "Delegation");
    await choose(head, "Role of Tobin Asker", "interpreter");
    await adviser.getByText(/^Heads of delegation, deputies and advisers seal/).waitFor();
    expect(await adviser.getByRole("button", { name: "Seal", exact: true }).count()).toBe(0);
    expect(served.faults).toEqual([]);
  });
});
