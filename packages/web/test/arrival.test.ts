/**
 * Arriving on a server, without a mouse: an account, a passkey, a case of one's own, invitations, the people of a
 * delegation, a party that lost everything, and acts that bind a party.
 */
import { readFileSync } from "node:fs";
import { systemPorts } from "@parley/server";
import type { BrowserContext, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { beginWalk, keptAt } from "./by-keyboard.ts";
import { chromiumPath } from "./chromium.ts";
import { giveClock } from "./clock.ts";
import { choose, expectPlaceKept, press, write } from "./keyboard.ts";
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

const dayMs = 86_400_000;
/** How far the server's clock is ahead, and that of every browser that comes from now on. */
let aheadMs = 0;

const invitation = (page: Page) => page.getByLabel("The invitation").inputValue();

/** Presses the tab of a page of the case, and waits until it is the one that is shown. */
async function goTo(page: Page, name: string): Promise<void> {
  await press(page, name);
  const pages = page.getByRole("navigation", { name: "Pages of this case" });
  await pages.locator("[aria-current=page]", { hasText: name }).waitFor();
  await page.locator("main :is(h1, h2)").first().waitFor();
}

describe.skipIf(!chromiumPath)("arriving on a server", () => {
  const served = serve({}, { ...systemPorts, now: () => Date.now() + aheadMs });

  /** Somebody to whom whoever keeps the server gave a link, at the first page. */
  async function arrive(name: string, role: "opener" | "member"): Promise<Page> {
    const token = await served.server.services.accounts.link({ name, role, validMs: 600_000 });
    const context = await served.newContext({ acceptDownloads: true });
    await giveClock(context);
    await context.addInitScript(`moveClock(${aheadMs})`);
    const page = await served.newPage(context, name);
    await givePasskeys(context, page);
    await page.goto(`${served.server.url}/#link=${token}`);
    await page.getByRole("heading", { level: 1, name: "Cases" }).waitFor();
    return page;
  }

  async function addPasskey(page: Page): Promise<void> {
    await press(page, "Account");
    await page.getByLabel("Name of the new passkey").waitFor();
    await write(page, "Name of the new passkey", "This laptop");
    await press(page, "Add a passkey");
    await page.getByText("This laptop").waitFor();
    await heard(page, "The passkey was added.");
  }

  /** What whoever listens to the page is told of an act. */
  function heard(page: Page, sentence: string): Promise<void> {
    return page.locator("[data-live-announcer]", { hasText: sentence }).waitFor({ state: "attached" });
  }

  async function join(page: Page, link: string, name: string, look = false): Promise<string> {
    await page.goto(link);
    await page.reload();
    await page.getByLabel("Your name").waitFor();
    await write(page, "Your name", name);
    await write(page, /^Passphrase of the recovery kit/, "twelve letters and more");
    if (look) await stands(page);
    const kit = page.waitForEvent("download");
    await press(page, "Make the keys and join");
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
    await page.getByLabel("What the case is about").waitFor();
    await write(page, "What the case is about", "The line");
    await write(page, "Name of party 1", "Alba");
    await write(page, "Name of party 2", "Brun");
    await write(page, "Your name", "A. Person");
    await write(page, /^Passphrase of the recovery kit/, "twelve letters and more");
    const kit = page.waitForEvent("download");
    await press(page, "Open the case");
    await page.getByRole("heading", { level: 1, name: "The line" }).waitFor();
    return readFileSync(await (await kit).path(), "utf8");
  }

  /** Opens the dialog by this button, makes the link, and is back where it was opened from. */
  async function invite(page: Page, opener: "Invite its head" | "Invite a member"): Promise<string> {
    await page.getByRole("button", { name: opener }).first().waitFor();
    await press(page, opener);
    await press(page, "Make the link");
    const link = await invitation(page);
    await press(page, "Close");
    await expectPlaceKept(page, ".seats");
    return link;
  }

  async function readDraft(page: Page, words: string): Promise<void> {
    await press(page, "Read a draft");
    await page.getByLabel("Or paste the text").waitFor();
    await write(page, "Or paste the text", words);
    await press(page, "Read it");
    await page.getByRole("button", { name: "Open a case with this text" }).waitFor();
  }

  test("a passkey brings somebody back in after signing out, and another session is ended from here", async () => {
    const page = await arrive("Ada", "member");
    await page.goto(`${served.server.url}/?session=main#/new`);
    await page.getByText("This account opens no cases.").waitFor();
    await page.goto(`${served.server.url}/?session=main#/case/cut-short`);
    await page.getByText("There is no such page.").waitFor();
    await page.goto(`${served.server.url}/?session=main#/case/${"A".repeat(43)}`);
    await page.getByText("This is not given to your seat.").waitFor();
    await press(page, "Go to the cases");
    await addPasskey(page);
    await press(page, "Sign out");
    await heard(page, "You are signed out.");
    await page.getByRole("button", { name: "Sign in with a passkey" }).waitFor();
    await press(page, "Sign in with a passkey");
    await page.getByText("Signed in as Ada").waitFor();
    await stands(page);
    const sessions = page.locator(".sessions li");
    await sessions.filter({ hasText: "this one" }).waitFor();
    expect(await sessions.count()).toBe(1);
    await page.goto(`${served.server.url}/?session=second`);
    await page.getByRole("button", { name: "Sign in with a passkey" }).waitFor();
    await press(page, "Sign in with a passkey");
    await page.getByRole("heading", { level: 1, name: "Cases" }).waitFor();
    await press(page, "Account");
    await page.getByRole("button", { name: /^End it: / }).waitFor();
    await press(page, /^End it: /);
    await page.waitForFunction(() => document.querySelectorAll(".sessions li").length === 1);
    await heard(page, "The session was ended.");
    await press(page, "Remove: This laptop");
    await heard(page, "The passkey was removed.");
    await expectPlaceKept(page, "main");
    await page.goto(`${served.server.url}/?session=main`);
    await page.getByRole("heading", { name: "Sign in to this server" }).waitFor();
    await stands(page);
    // A case that was kept as a bookmark says the same: who is not signed in is not offline.
    const bookmark = `${served.server.url}/?session=main#/case/${"A".repeat(43)}`;
    await page.goto(bookmark);
    await page.getByRole("heading", { name: "Sign in to this server" }).waitFor();
    // Also whoever was never here, and may read it in another language first.
    const stranger = await served.newPage(await served.newContext(), "a stranger");
    await stranger.goto(bookmark);
    await stranger.getByRole("heading", { name: "Sign in to this server" }).waitFor();
    await stranger.getByRole("button", { name: "Language and light" }).waitFor();
  });

  test("a case is opened, a party invited and its adviser; the link's secret is sent to nobody", async () => {
    const walked = await beginWalk("a party arrives", keptAt(served));
    const head = await arrive("Bo", "opener");
    await press(head, "New case");
    await openCase(head);
    const link = await invite(head, "Invite its head");
    const secret = link.split("/").at(-1) ?? "";

    const other = await arrive("Cy", "member");
    const sent: string[] = [];
    other.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
    const kit = await join(other, link, "C. Person", true);
    expect(kit).toContain("AGE ENCRYPTED FILE");
    expect(sent.length).toBeGreaterThan(5);
    expect(sent.filter((request) => request.includes(secret))).toEqual([]);
    await other.getByText("C. Person").first().waitFor();

    await press(other, "Invite a member");
    await choose(other, "As", "adviser");
    await press(other, "Make the link");
    const inside = await invitation(other);
    await stands(other);
    await press(other, "Close");
    const adviser = await arrive("Di", "member");
    await join(adviser, inside, "D. Person");
    await head.getByText("D. Person").first().waitFor();

    // Used once, it opens nothing any more.
    const late = await arrive("Ed", "member");
    await late.goto(link);
    await late.reload();
    await late.getByText("This invitation opens nothing any more.").waitFor();
    expect(served.faults.filter((fault) => !/40[134]/.test(fault))).toEqual([]);
    await walked();
  });

  test("a head takes an invitation back, gives a role, hands over and removes; a seat is opened and consented to", async () => {
    const walked = await beginWalk("a delegation and the seats", keptAt(served));
    const [alba, brun, third] = await Promise.all([
      arrive("Ann", "opener"),
      arrive("Ben", "member"),
      arrive("Cat", "member"),
    ]);
    await press(alba, "New case");
    await openCase(alba);
    await alba.getByText("1 seat that nobody has taken: invite its head").waitFor();
    await join(brun, await invite(alba, "Invite its head"), "B. Head");
    await alba.getByText("1 seat that nobody has taken: invite its head").waitFor({ state: "hidden" });
    const withdrawn = await invite(brun, "Invite a member");
    await press(brun, "Delegation");
    await brun.getByText("You are the only one in your delegation.").waitFor();
    await press(brun, /^Withdraw: Brun: adviser, until /);
    await brun.getByRole("button", { name: /^Withdraw: / }).waitFor({ state: "hidden" });
    await expectPlaceKept(brun, "[role=dialog]");
    const said = brun.locator("[data-live-announcer]", { hasText: "An invitation was withdrawn." });
    await said.waitFor({ state: "attached" });
    await brun.getByText("What others learned").first().waitFor();
    await write(brun, /^Your people, one a line/, "B. Head, Minister");
    await press(brun, "List these people");
    await alba.getByText(", Minister").waitFor();
    await press(brun, "Close");
    await expectPlaceKept(brun, ".seats");
    await third.goto(withdrawn);
    await third.reload();
    await third.getByText("This invitation opens nothing any more.").waitFor();

    await join(third, await invite(brun, "Invite a member"), "C. Adviser");
    await press(brun, "Delegation");
    await choose(brun, "Role of C. Adviser", "watch officer");
    await brun.getByRole("button", { name: /^watch officer/ }).waitFor();
    await choose(brun, "Role of C. Adviser", "head of delegation");
    await brun.getByText(/^C\. Adviser becomes head of the delegation, and you become deputy\./).waitFor();
    await stands(brun);
    await press(brun, "Hand over");
    await brun.getByRole("button", { name: "Delegation" }).waitFor({ state: "hidden" });
    await expectPlaceKept(brun, "main");

    await press(third, "Delegation");
    await press(third, "Remove: B. Head");
    await third.getByText("Remove B. Head from the delegation?").waitFor();
    await press(third, "Remove");
    await third.getByText("You are the only one in your delegation.").waitFor();
    await press(third, "Close");
    await brun.getByText("This case is no longer given to this browser").waitFor();

    await press(alba, "Open a seat");
    await write(alba, "Name of the party", "Cor");
    await press(alba, "Open a seat");
    await alba.getByText("Waits for the consent of Brun.").waitFor();
    await third.getByText("A seat waits for your consent").waitFor();
    await stands(third);
    await press(third, "Consent to this seat: Cor");
    await third.getByText("A seat waits for your consent").waitFor({ state: "hidden" });
    await expectPlaceKept(third, "main");
    await alba.getByRole("button", { name: "Invite its head" }).waitFor();

    // Alba holds that Brun lost every device; while Brun has one, a word of it ends that, and its silence does not.
    const reopen = async () => {
      await press(alba, "Say so, and make the link");
      return invitation(alba);
    };
    await press(alba, "If a party lost every device");
    await alba.getByText(/Fourteen days after the last of them/).waitFor();
    await choose(alba, "Which party", "Brun");
    await reopen();
    await stands(alba);
    await third.getByText("Others say that your party lost every device: say that you are here").waitFor();
    await stands(third);
    await press(third, "We are here");
    await third.getByText("Others hold that your party lost every device.").waitFor({ state: "hidden" });
    await expectPlaceKept(third, "main");
    await alba.getByText(/The seat opens/).waitFor({ state: "hidden" });
    const again = await reopen();
    await alba.getByText(/The seat opens .*, unless the party signs something public before/).waitFor();
    const early = await arrive("Eve", "member");
    await early.goto(again);
    await early.reload();
    await early.getByText("This invitation opens nothing any more.").waitFor();
    try {
      aheadMs = 14 * dayMs + 60_000;
      const next = await arrive("Eve later", "member");
      await join(next, again, "E. Head");
      await next.getByText("E. Head").first().waitFor();
      await next.getByRole("button", { name: "Delegation" }).waitFor();
    } finally {
      aheadMs = 0;
    }
    await walked();
  });

  test("in another browser, by another account, the kit alone brings a person back, and what was said to them", async () => {
    const walked = await beginWalk("a kit", keptAt(served));
    const first = await arrive("Jon", "opener");
    await press(first, "New case");
    const kit = await openCase(first);
    await goTo(first, "Channels");
    await press(first, "Open the channel");
    await write(first, "Message", "Said before the laptop was lost.");
    await press(first, "Send sealed");
    await first.getByText("Said before the laptop was lost.").first().waitFor();
    const again = await arrive("Jon again", "member");
    await press(again, "Account");
    await again.getByRole("button", { name: "Choose the kit" }).waitFor();
    const chooser = again.waitForEvent("filechooser");
    await press(again, "Choose the kit");
    await (await chooser).setFiles({ name: "kit.age", mimeType: "text/plain", buffer: Buffer.from(kit) });
    await write(again, "Passphrase of the kit", "another passphrase");
    await press(again, "Make new keys from the kit");
    await again.getByText(/does not open with this passphrase/).waitFor();
    await write(again, "Passphrase of the kit", "twelve letters and more");
    await press(again, "Make new keys from the kit");
    await again.getByRole("heading", { level: 1, name: "The line" }).waitFor();
    await goTo(again, "Channels");
    await press(again, /Our delegation/);
    await again.getByText("Said before the laptop was lost.").waitFor();

    await goTo(again, "Overview");
    await press(again, "Devices");
    await press(again, /^Revoke: A\. Person, another device/);
    await again.getByRole("button", { name: /another device/ }).waitFor({ state: "hidden" });
    await expectPlaceKept(again, "[role=dialog]");
    await first.getByText("This case is no longer given to this browser").waitFor();
    await walked();
  });

  test("a case is opened around a draft whose flags a person resolved, and from an example", async () => {
    const page = await arrive("Fay", "opener");
    await readDraft(page, "1. The line is open [at noon] [at dawn].");
    await press(page, "As read");
    await press(page, "Open a case with this text");
    await openCase(page);
    await goTo(page, "Text");
    await page.getByText("at noon").first().waitFor();
    await press(page, "Parley");
    await page.getByRole("button", { name: /^Open: Exercise/ }).waitFor();
    await press(page, /^Open: Exercise/);
    await page.getByRole("heading", { level: 1, name: /first measures/ }).waitFor();
    expect(await page.getByRole("button", { name: "Invite its head" }).count()).toBe(5);
    await goTo(page, "Text");
    await page.locator("#bracket-staffing").waitFor();
    expect(served.faults.filter((fault) => fault.startsWith("Fay"))).toEqual([]);
  });

  test("an account that opens no cases takes the draft that it read to pages without the server", async () => {
    const page = await arrive("Ida", "member");
    await readDraft(page, "---\nformat: parley-draft/1\ntitle: The line\n---\n\n1. The line is open.");
    await press(page, "Open a case with this text");
    await page.getByText("This account opens no cases.").waitFor();
    await press(page, "Work in this browser, without the server");
    await page.getByText("Its text will be the draft just read: The line.").waitFor();
    expect(new URL(page.url()).search).toBe("");
    await write(page, "Name of party 1", "Alba");
    await write(page, "Name of party 2", "Brun");
    await write(page, "Your name", "A. Person");
    await press(page, "Open the case");
    await page.getByRole("heading", { level: 1, name: "The line" }).waitFor();
    await goTo(page, "Text");
    await page.locator(".set").getByText("The line is open.").waitFor();

    // The next case begins from nothing.
    await press(page, "Parley");
    await page.getByRole("heading", { level: 1, name: "Cases" }).waitFor();
    await press(page, "New case");
    await page.getByLabel("What the case is about").waitFor();
    expect(await page.getByLabel("What the case is about").inputValue()).toBe("");
    expect(await page.getByText("Its text will be the draft").count()).toBe(0);
  });

  test("what binds a party is asked of its passkey first, and is not done without one", async () => {
    const walked = await beginWalk("another keeper", keptAt(served));
    const [alba, brun] = await Promise.all([arrive("Gus", "opener"), arrive("Hal", "member")]);
    await readDraft(alba, "1. The line is open.");
    await press(alba, "Open a case with this text");
    await openCase(alba);
    await join(brun, await invite(alba, "Invite its head"), "C. Person");
    for (const page of [alba, brun]) {
      await goTo(page, "Conclusion");
      const confirm = "Our capital confirms what is agreed";
      await press(page, confirm);
      await page.getByText(/^This account has no passkey\. Add one/).waitFor();
      const back = page.url();
      await press(page, "Parley");
      await page.getByRole("heading", { level: 1, name: "Cases" }).waitFor();
      await addPasskey(page);
      await page.goto(back);
      await page.getByRole("button", { name: confirm }).waitFor();
      await press(page, confirm);
      await page.locator("button:disabled", { hasText: "Our capital confirms" }).waitFor();
      await expectPlaceKept(page, "main");
    }
    for (const what of ["Close the text", "Initial the text"]) {
      for (const page of [alba, brun]) {
        await page.getByRole("button", { name: what }).waitFor();
        await press(page, what);
        await page.getByRole("button", { name: what }).waitFor({ state: "hidden" });
      }
    }
    await alba.getByLabel("Place").waitFor();

    // Both name another keeper: this one records it as its last entry, and what it gave still holds.
    const key = Buffer.alloc(32, 7).toString("base64url");
    await goTo(alba, "Record");
    await press(alba, "Give it to another keeper");
    await write(alba, "Key of the new keeper", key);
    await press(alba, "Consent, and make the line");
    const line = await alba.getByLabel("Our consent, to be passed on").inputValue();
    await stands(alba);
    await goTo(brun, "Record");
    await press(brun, "Give it to another keeper");
    await write(brun, "The lines that the other heads passed on", `${line} ${line.slice(0, -8)}`);
    await brun.getByText("They name the keeper with this key.").waitFor();
    await press(brun, "Change the keeper");
    for (const page of [alba, brun]) {
      await page.getByRole("listitem").getByText("The keeper of the record changed.").waitFor();
      await press(page, "Verify");
      await page.getByText(/^Intact: \d+ entries hold/).waitFor();
    }
    await goTo(alba, "Conclusion");
    await write(alba, "Place", "Seld");
    await press(alba, "Sign");
    await alba.getByText("Nothing can be added here: this server does not keep the case.").waitFor();
    await walked();
  });
});
