/** Arriving on a server: an account, a passkey, a case of one's own, invitations, and acts that bind a party. */
import { readFileSync } from "node:fs";
import type { BrowserContext, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { goTo } from "./exercise.ts";
import { serve } from "./served.ts";
import { expectToStand } from "./standing.ts";

/** A security key that Chromium plays: it is there, and its owner touches it whenever it asks. */
async function givePasskeys(context: BrowserContext, page: Page): Promise<void> {
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

const invitation = (page: Page) => page.getByLabel("The invitation").inputValue();

describe.skipIf(!chromiumPath)("arriving on a server", () => {
  const served = serve({});

  /** Somebody to whom whoever keeps the server gave a link, at the first page. */
  async function arrive(name: string, role: "opener" | "member"): Promise<Page> {
    const token = await served.server.services.accounts.link({ name, role, validMs: 600_000 });
    const context = await served.newContext({ acceptDownloads: true });
    const page = await served.newPage(context, name);
    await givePasskeys(context, page);
    await page.goto(`${served.server.url}/#link=${token}`);
    await page.getByRole("heading", { level: 1, name: "Cases" }).waitFor();
    return page;
  }

  async function addPasskey(page: Page): Promise<void> {
    await page.getByRole("link", { name: "Account" }).click();
    await page.getByLabel("Name of the new passkey").fill("This laptop");
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByText("This laptop").waitFor();
  }

  async function join(page: Page, link: string, name: string, look = false): Promise<string> {
    await page.goto(link);
    await page.reload();
    await page.getByLabel("Your name").fill(name);
    await page.getByLabel("Passphrase of the recovery kit").fill("twelve letters and more");
    if (look) await stands(page);
    const kit = page.waitForEvent("download");
    await page.getByRole("button", { name: "Make the keys and join" }).click();
    const saved = await kit;
    await page.getByRole("navigation", { name: "Pages of this case" }).waitFor();
    expect(saved.suggestedFilename()).toMatch(/\.age$/);
    return readFileSync(await saved.path(), "utf8");
  }

  /** Every theme, and a phone's width. */
  async function stands(page: Page): Promise<void> {
    await page.setViewportSize({ width: 390, height: 844 });
    await expectToStand({ page, faults: [], asked: [] }, served.server.url);
    await page.setViewportSize({ width: 1440, height: 900 });
  }

  /** Fills in the page of a new case; the opener's kit is saved. */
  async function openCase(page: Page): Promise<string> {
    await page.getByLabel("What the case is about").fill("The line");
    await page.getByLabel("Name of party 1").fill("Alba");
    await page.getByLabel("Name of party 2").fill("Brun");
    await page.getByLabel("Your name").fill("A. Person");
    await page.getByLabel("Passphrase of the recovery kit").fill("twelve letters and more");
    const kit = page.waitForEvent("download");
    await page.getByRole("button", { name: "Open the case" }).click();
    await page.getByRole("heading", { level: 1, name: "The line" }).waitFor();
    return readFileSync(await (await kit).path(), "utf8");
  }

  async function inviteHead(page: Page): Promise<string> {
    await page.getByRole("button", { name: "Invite its head" }).first().click();
    await page.getByRole("button", { name: "Make the link" }).click();
    const link = await invitation(page);
    await page.getByRole("button", { name: "Close" }).click();
    return link;
  }

  test("a passkey brings somebody back in after signing out, and another session is ended from here", async () => {
    const page = await arrive("Ada", "member");
    await addPasskey(page);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await page.getByText("Signed in as Ada").waitFor();
    await stands(page);
    const sessions = page.locator(".sessions li");
    await sessions.filter({ hasText: "this one" }).waitFor();
    expect(await sessions.count()).toBe(1);
    await page.goto(`${served.server.url}/?session=second`);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await page.getByRole("heading", { level: 1, name: "Cases" }).waitFor();
    await page.getByRole("link", { name: "Account" }).click();
    await page.getByRole("button", { name: /^End it: / }).click();
    await page.waitForFunction(() => document.querySelectorAll(".sessions li").length === 1);
    await page.goto(`${served.server.url}/?session=main`);
    await page.getByRole("heading", { name: "Sign in to this server" }).waitFor();
    await stands(page);
  });

  test("a case is opened, a party invited and its adviser; the link's secret is sent to nobody", async () => {
    const head = await arrive("Bo", "opener");
    await head.getByRole("link", { name: "New case" }).click();
    await openCase(head);
    const link = await inviteHead(head);
    const secret = link.split("/").at(-1) ?? "";

    const other = await arrive("Cy", "member");
    const sent: string[] = [];
    other.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
    const kit = await join(other, link, "C. Person", true);
    expect(kit).toContain("AGE ENCRYPTED FILE");
    expect(sent.length).toBeGreaterThan(5);
    expect(sent.filter((request) => request.includes(secret))).toEqual([]);
    await other.getByText("C. Person").first().waitFor();

    await other.getByRole("button", { name: "Invite a member" }).click();
    await other.getByRole("button", { name: "Make the link" }).click();
    const inside = await invitation(other);
    await stands(other);
    await other.getByRole("button", { name: "Close" }).click();
    const adviser = await arrive("Di", "member");
    await join(adviser, inside, "D. Person");
    await head.getByText("D. Person").first().waitFor();

    // Used once, it opens nothing any more.
    const late = await arrive("Ed", "member");
    await late.goto(link);
    await late.reload();
    await late.getByText("This invitation opens nothing any more.").waitFor();
    expect(served.faults.filter((fault) => !/40[134]/.test(fault))).toEqual([]);
  });

  test("a head takes an invitation back, gives a role, hands over and removes; a seat is opened and consented to", async () => {
    const [alba, brun, third] = await Promise.all([
      arrive("Ann", "opener"),
      arrive("Ben", "member"),
      arrive("Cat", "member"),
    ]);
    await alba.getByRole("link", { name: "New case" }).click();
    await openCase(alba);
    await alba.getByText("1 seat that nobody has taken: invite its head").waitFor();
    await join(brun, await inviteHead(alba), "B. Head");
    await alba.getByText("1 seat that nobody has taken: invite its head").waitFor({ state: "hidden" });
    const inviteMember = async () => {
      await brun.getByRole("button", { name: "Invite a member" }).click();
      await brun.getByRole("button", { name: "Make the link" }).click();
      const link = await invitation(brun);
      await brun.getByRole("button", { name: "Close" }).click();
      return link;
    };
    const withdrawn = await inviteMember();
    const delegation = brun.getByRole("button", { name: "Delegation" });
    await delegation.click();
    await brun.getByText("You are the only one in your delegation.").waitFor();
    await brun.getByRole("button", { name: /^Withdraw: Brun: adviser, until / }).click();
    await brun.getByRole("button", { name: /^Withdraw: / }).waitFor({ state: "hidden" });
    await brun.getByText("What others learned").waitFor();
    await brun.getByRole("button", { name: "Close" }).click();
    await third.goto(withdrawn);
    await third.reload();
    await third.getByText("This invitation opens nothing any more.").waitFor();

    await join(third, await inviteMember(), "C. Adviser");
    await delegation.click();
    const choose = async (role: string) => {
      await brun.getByRole("button", { name: /Role of C\. Adviser$/ }).click();
      await brun.getByRole("option", { name: role, exact: true }).click();
    };
    await choose("watch officer");
    await brun.getByRole("button", { name: /^watch officer/ }).waitFor();
    await choose("head of delegation");
    await brun.getByText(/^C\. Adviser becomes head of the delegation, and you become deputy\./).waitFor();
    await stands(brun);
    await brun.getByRole("button", { name: "Hand over" }).click();
    await delegation.waitFor({ state: "hidden" });

    await third.getByRole("button", { name: "Delegation" }).click();
    await third.getByRole("button", { name: "Remove: B. Head" }).click();
    await third.getByText("Remove B. Head from the delegation?").waitFor();
    await third.getByRole("button", { name: "Remove", exact: true }).last().click();
    await third.getByText("You are the only one in your delegation.").waitFor();
    await third.getByRole("button", { name: "Close" }).click();
    await brun.getByText("This case is no longer given to this browser").waitFor();

    await alba.getByText("Open a seat").first().click();
    await alba.getByLabel("Name of the party").fill("Cor");
    await alba.getByRole("button", { name: "Open a seat" }).click();
    await alba.getByText("Waits for the consent of Brun.").waitFor();
    await third.getByText("A seat waits for your consent").waitFor();
    await stands(third);
    await third.getByRole("button", { name: "Consent to this seat: Cor" }).click();
    await third.getByText("A seat waits for your consent").waitFor({ state: "hidden" });
    await alba.getByRole("button", { name: "Invite its head" }).waitFor();
  });

  test("in another browser, by another account, the kit alone brings a person back, and what was said to them", async () => {
    const first = await arrive("Jon", "opener");
    await first.getByRole("link", { name: "New case" }).click();
    const kit = await openCase(first);
    await goTo({ page: first }, "Channels");
    await first.getByRole("button", { name: "Open the channel" }).click();
    await first.getByLabel("Message").fill("Said before the laptop was lost.");
    await first.getByRole("button", { name: "Send sealed" }).click();
    await first.getByText("Said before the laptop was lost.").first().waitFor();
    const again = await arrive("Jon again", "member");
    await again.getByRole("link", { name: "Account" }).click();
    const chooser = again.waitForEvent("filechooser");
    await again.getByRole("button", { name: "Choose the kit" }).click();
    await (await chooser).setFiles({ name: "kit.age", mimeType: "text/plain", buffer: Buffer.from(kit) });
    await again.getByLabel("Passphrase of the kit").fill("another passphrase");
    await again.getByRole("button", { name: "Make new keys from the kit" }).click();
    await again.getByText(/does not open with this passphrase/).waitFor();
    await again.getByLabel("Passphrase of the kit").fill("twelve letters and more");
    await again.getByRole("button", { name: "Make new keys from the kit" }).click();
    await again.getByRole("heading", { level: 1, name: "The line" }).waitFor();
    await goTo({ page: again }, "Channels");
    await again.getByRole("button", { name: /Our delegation/ }).click();
    await again.getByText("Said before the laptop was lost.").waitFor();

    await again.getByRole("link", { name: "Overview" }).click();
    await again.getByRole("button", { name: "Devices" }).click();
    await again.getByRole("button", { name: /^Revoke: A\. Person, another device/ }).click();
    await again.getByRole("button", { name: /another device/ }).waitFor({ state: "hidden" });
    await first.getByText("This case is no longer given to this browser").waitFor();
  });

  test("a case is opened around a draft whose flags a person resolved, and from an example", async () => {
    const page = await arrive("Fay", "opener");
    await page.getByRole("link", { name: "Read a draft" }).click();
    await page.getByLabel("Or paste the text").fill("1. The line is open [at noon] [at dawn].\n");
    await page.getByRole("button", { name: "Read it" }).click();
    await page.getByRole("button", { name: "As read" }).first().click();
    await page.getByRole("button", { name: "Open a case with this text" }).click();
    await openCase(page);
    await goTo({ page }, "Text");
    await page.getByText("at noon").first().waitFor();
    await page.getByRole("link", { name: "Parley" }).click();
    await page.getByRole("button", { name: /^Open: Exercise/ }).click();
    await page.getByRole("heading", { level: 1, name: /first measures/ }).waitFor();
    expect(await page.getByRole("button", { name: "Invite its head" }).count()).toBe(5);
    await goTo({ page }, "Text");
    await page.locator("#bracket-staffing").waitFor();
    expect(served.faults.filter((fault) => fault.startsWith("Fay"))).toEqual([]);
  });

  test("what binds a party is asked of its passkey first, and is not done without one", async () => {
    const [alba, brun] = await Promise.all([arrive("Gus", "opener"), arrive("Hal", "member")]);
    await alba.getByRole("link", { name: "Read a draft" }).click();
    await alba.getByLabel("Or paste the text").fill("1. The line is open.\n");
    await alba.getByRole("button", { name: "Read it" }).click();
    await alba.getByRole("button", { name: "Open a case with this text" }).click();
    await openCase(alba);
    await join(brun, await inviteHead(alba), "C. Person");
    for (const page of [alba, brun]) {
      await goTo({ page }, "Conclusion");
      const confirm = page.getByRole("button", { name: "Our capital confirms what is agreed" });
      await confirm.click();
      await page.getByText(/^This account has no passkey\. Add one/).waitFor();
      const back = page.url();
      await page.getByRole("link", { name: "Parley" }).click();
      await addPasskey(page);
      await page.goto(back);
      await confirm.click();
      await page.locator("button:disabled", { hasText: "Our capital confirms" }).waitFor();
    }
    for (const what of ["Close the text", "Initial the text"]) {
      for (const page of [alba, brun]) {
        await page.getByRole("button", { name: what }).click();
        await page.getByRole("button", { name: what }).waitFor({ state: "hidden" });
      }
    }
    await alba.getByLabel("Place").waitFor();
  });
});
