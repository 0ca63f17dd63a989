/**
 * The whole exercise on a running server, by six people in six browsers: two heads of delegation, an adviser, the
 * mediator, an affected party, an observer. Afterwards everything that each browser sent and was sent, and every file of
 * the server, is searched for what was private. The keys of the demonstration are public, so the test can also open what
 * was sealed, and look for that.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { caseRules } from "@parley/core";
import { type Entry, openSealed, sealContextOf, utf8, verifyExport } from "@parley/ledger";
import { systemPorts } from "@parley/server";
import { demoDevice } from "@parley/server/client";
import { formsOf } from "@parley/testing";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { giveClock, moveClock } from "./clock.ts";
import { fillBlank, goTo } from "./exercise.ts";
import { everythingKept } from "./kept.ts";
import { serve } from "./served.ts";
import { Wire } from "./wire.ts";

const hourMs = 3_600_000;

/** What only those who wrote it, and whom they let read it, may ever hold. */
const canaries = {
  "a reason of Orvane": "canary-reason-the-assembly-would-reopen-every-line",
  // Ends of numbers which no time and no base64 can have.
  "Orvane's scores and walk-away": ".000417",
  "Tolvend's scores and walk-away": ".000523",
  "a message inside Orvane": "canary-internal-we-could-live-with-eighty",
  "a message of Tolvend to the mediator": "canary-caucus-the-minister-needs-a-date",
};

/** What each of those outside was given and shown in one round, in shapes. */
type Shapes = Readonly<Record<string, readonly string[]>>;

/** A text without what is new in every event: hashes, keys and ciphertexts by their length, times and numbers left out. */
function shapeOf(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "T")
    .replace(/[\w-]{20,}/g, (sealed) => `<${sealed.length}>`)
    .replace(/\d+ \w+ \d{4}, [\d:]+ UTC( \([^)]*\))?/g, "T")
    .replace(/\bP?\d+\b/g, "0");
}

/** The server's clock, and every browser's, run ahead of this machine's by so much. */
let aheadMs = 0;
const logged: string[] = [];
const ports = {
  ...systemPorts,
  now: () => Date.now() + aheadMs,
  log: { write: (line: string) => void logged.push(line) },
};

describe.skipIf(!chromiumPath)("the whole exercise, by six people on one server", () => {
  const served = serve({ demo: true, "rate-limit": "100000", "log-level": "debug" }, ports);
  const failed: Shapes[] = [];
  const people = new Map<string, { readonly page: Page; readonly wire: Wire }>();
  const at = (who: string): Page => {
    const person = people.get(who);
    if (!person) throw new Error(`${who} has not arrived`);
    return person.page;
  };

  async function sitDown(who: string): Promise<Page> {
    const context = await served.newContext({ acceptDownloads: true });
    await giveClock(context);
    const page = await served.newPage(context, who);
    const wire = new Wire();
    wire.watch(page);
    people.set(who, { page, wire });
    return page;
  }

  async function open(who: string, name: string): Promise<Page> {
    await goTo({ page: at(who) }, name);
    return at(who);
  }

  beforeAll(async () => {
    for (const who of ["orvane", "tolvend", "quelda", "belune", "straits-institute"]) {
      const page = await sitDown(who);
      await page.goto(served.server.demo.find(({ seat }) => seat === who)?.url ?? "");
      await page.getByRole("heading", { level: 1, name: /first measures/ }).waitFor();
    }
  }, 180_000);

  test("the head of Orvane invites an adviser, who joins", async () => {
    const head = at("orvane");
    await head.getByRole("button", { name: "Invite a member" }).click();
    await head.getByRole("button", { name: "Make the link" }).click();
    const link = await head.getByLabel("The invitation").inputValue();
    await head.getByRole("button", { name: "Close" }).click();

    const { accounts } = served.server.services;
    const token = await accounts.link({ name: "Tobin Asker", role: "member", validMs: hourMs });
    const adviser = await sitDown("adviser");
    await adviser.goto(`${served.server.url}/#link=${token}`);
    await adviser.getByRole("heading", { level: 1, name: "Cases" }).waitFor();
    await adviser.goto(link);
    await adviser.reload();
    await adviser.getByLabel("Your name").fill("Tobin Asker");
    await adviser.getByLabel("Passphrase of the recovery kit").fill("twelve letters and more");
    await adviser.getByRole("button", { name: "Make the keys and join" }).click();
    await adviser.getByRole("heading", { level: 1, name: /first measures/ }).waitFor();
  });

  test("Orvane speaks among itself, and Tolvend with the mediator", async () => {
    const head = await open("orvane", "Channels");
    await head.getByRole("button", { name: "Open the channel" }).click();
    await head.getByLabel("Message").fill(canaries["a message inside Orvane"]);
    await head.getByRole("button", { name: "Send sealed" }).click();
    const adviser = await open("adviser", "Channels");
    await adviser.getByText(canaries["a message inside Orvane"]).waitFor();

    const tolvend = await open("tolvend", "Channels");
    await tolvend.getByRole("checkbox", { name: "Quelda" }).press(" ");
    await tolvend.getByRole("button", { name: "Open the channel" }).click();
    await tolvend.getByLabel("Message").fill(canaries["a message of Tolvend to the mediator"]);
    await tolvend.getByRole("button", { name: "Send sealed" }).click();
    const mediator = await open("quelda", "Channels");
    await mediator.getByText(canaries["a message of Tolvend to the mediator"]).waitFor();
  });

  test("both principals seal what the brackets are worth to them, and let the mediator read it", async () => {
    for (const who of ["orvane", "tolvend"] as const) {
      const page = await open(who, "Our side");
      const chooser = page.waitForEvent("filechooser");
      await page.getByRole("button", { name: "Load from a file" }).click();
      await (await chooser).setFiles({
        name: "preferences.json",
        mimeType: "application/json",
        buffer: Buffer.from(preferencesOf(who)),
      });
      await page.getByText("19 of 19 brackets marked").waitFor();
      if (who === "orvane") {
        await page.keyboard.press("]");
        await page.getByLabel("Why (private)").fill(canaries["a reason of Orvane"]);
      }
      await page.getByText("Also let Quelda read it, without reasons").click();
      await page.getByRole("button", { name: "Seal", exact: true }).click();
      await page.getByText("What others learned").waitFor();
    }
  });

  test("the mediator computes packages from what it was let read, and tables one as text alone", async () => {
    const mediator = at("quelda");
    await fillBlank({ page: mediator });
    await open("quelda", "Packages");
    await mediator
      .getByText(/^stated, sealed/)
      .nth(1)
      .waitFor();
    await mediator.getByRole("button", { name: "Nash" }).first().waitFor();
    await tableInHand(mediator);
  });

  test("one accepts and one declines; nobody but the mediator is told who", async () => {
    failed.push(await failWith({ orvane: "Accept", tolvend: "Decline" }));
  });

  test("had it been the other who declined, everybody else would have been given and shown the same", async () => {
    await tableInHand(await open("quelda", "Packages"));
    failed.push(await failWith({ orvane: "Decline", tolvend: "Accept" }));
    const [theOne, theOther] = failed;
    expect(Object.keys(theOne ?? {})).toEqual([
      "the adviser of Orvane",
      "the affected party",
      "the observer",
      "the server, of Orvane",
      "the server, of Tolvend",
      "the mediator",
    ]);
    for (const [who, given] of Object.entries(theOne ?? {})) {
      expect(given.length, who).toBeGreaterThan(0);
      // The one who holds the answers is shown them: what can be told apart is found here.
      if (who === "the mediator") expect(theOther?.[who]).not.toEqual(given);
      else expect(theOther?.[who], who).toEqual(given);
    }
    expect(theOne?.["the adviser of Orvane"]?.join()).toMatch(/"AnswerSealed".*"PackageNotAgreed"/);
  });

  test("the next package is accepted by both", async () => {
    const mediator = await open("quelda", "Packages");
    await mediator
      .getByRole("button", { name: /Utilitarian/ })
      .first()
      .click();
    await tableInHand(mediator);
    await answer("orvane", "Accept");
    await answer("tolvend", "Accept");
    await open("quelda", "Answer");
    await mediator.getByText("2 of 2 principals have answered.").waitFor();
    await mediator.getByRole("button", { name: "Say that it is agreed" }).click();
    for (const who of ["orvane", "tolvend", "adviser", "belune"]) {
      await at(who).getByText("Agreed ad referendum by all.").waitFor();
    }
  });

  test("capitals confirm, the text is closed, initialled and signed, and the affected party accepts its clauses", async () => {
    const heads = [await open("orvane", "Conclusion"), await open("tolvend", "Conclusion")];
    for (const what of [
      "Our capital confirms what is agreed",
      "Close the text",
      "Initial the text",
      "Sign",
    ]) {
      for (const page of heads) {
        const button = page.getByRole("button", { name: what, exact: true });
        await button.waitFor();
        if (what === "Sign") await page.getByLabel("Place").fill("Seld");
        await button.click();
        await page
          .locator(`button:disabled:text-is("${what}"), main:not(:has(button:text-is("${what}")))`)
          .first()
          .waitFor();
      }
    }
    const affected = await open("belune", "Conclusion");
    await affected
      .getByText(/Ilsa Verrinay, .* at Seld/)
      .first()
      .waitFor();
    await affected
      .getByText(/Corvan Hale, .* at Seld/)
      .first()
      .waitFor();
    await affected.getByText(/Not binding on Belune: Article 4/).waitFor();
    for (const box of await affected.getByRole("checkbox").all()) await box.press("Space");
    await affected.getByRole("button", { name: "Accept these clauses" }).click();
    for (const page of heads) await page.getByText(/^Belune accepts: Article 4/).waitFor();
    // What was accepted binds: it is not asked again.
    expect(await affected.getByRole("checkbox").count()).toBe(0);
  });

  test("the parties release the text, and the observer reads it", async () => {
    const observer = await open("straits-institute", "Conclusion");
    await observer.getByText("This is not given to your seat.").waitFor();
    await at("orvane").getByRole("button", { name: "Release the text to every seat" }).click();
    await at("tolvend").getByRole("button", { name: "Agree to its release" }).click();
    await observer.getByRole("heading", { level: 1, name: /^Framework for the restoration/ }).waitFor();
    await observer.getByText("1 December 2026").waitFor();
  });

  test("each verifies the record in their own browser and saves it, and the files verify anywhere", async () => {
    for (const who of people.keys()) {
      const page = await open(who, "Record");
      await page.getByRole("button", { name: "Verify" }).click();
      await page.getByText(/^Intact: \d+ entries hold, and the head remembered here/).waitFor();
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Export" }).click();
      const file = readFileSync(await (await download).path());
      const verified = await verifyExport([file], caseRules, { heads: [] });
      expect(verified, who).toMatchObject({ valid: true });
    }
    const word = at("orvane").waitForEvent("download");
    await (await open("orvane", "Conclusion")).getByRole("button", { name: "Word" }).click();
    expect((await word).suggestedFilename()).toMatch(/^EXERCISE.*\.docx$/);
  });

  test("nobody was sent an entry of the record that was not theirs", async () => {
    for (const { wire } of people.values()) await wire.settled();
    const all = new Map(everyone().flatMap(({ wire }) => wire.entries().map((one) => [one.signature, one])));
    const members = new Map(
      [...all.values()].flatMap(({ event }) =>
        event.kind === "CircleOpened"
          ? [[event.log as string, event.body["seats"] as string[]] as const]
          : [],
      ),
    );
    expect(members.size).toBe(4);
    for (const { who, wire } of everyone()) {
      const seat = who === "adviser" ? "orvane" : who;
      const given = wire.entries();
      expect(given.length, who).toBeGreaterThan(20);
      const theirs = given.filter(({ event }) =>
        event.audience === "circle"
          ? members.get(event.log)?.includes(seat)
          : event.audience === "public" ||
            ["orvane", "tolvend", "quelda"].includes(seat) ||
            (event.audience === "consulted" && seat === "belune"),
      );
      expect(theirs.length, `${who} was sent more than is theirs`).toBe(given.length);
    }
    const answers = [...all.values()].filter(({ event }) => event.kind === "AnswerSealed");
    expect(answers.length).toBe(6);
  });

  test("no private word is on any wire, in any file of the server, or in its log", async () => {
    const places = await searched();
    const where = (secret: string) =>
      places.flatMap(([place, text]) =>
        formsOf(utf8(secret)).some((form) => text.includes(Buffer.from(form).toString("latin1")))
          ? [place]
          : [],
      );
    // What is public is found, so the search finds. Browsers keep the list of cases in clear, and what they read sealed.
    const found = where("Tobin Asker");
    expect(found).toEqual(
      expect.arrayContaining(["received by belune", expect.stringMatching(/^file parley\.db/)]),
    );
    expect(found).not.toContain("kept by belune");
    expect(where("first measures")).toContain("kept by belune");
    expect(logged.length).toBeGreaterThan(100);
    for (const [what, secret] of Object.entries(canaries)) expect(where(secret), what).toEqual([]);
    // And what is private was there, for those who may open it.
    const opened = await openAll(["orvane", "tolvend", "quelda"]);
    for (const [what, secret] of Object.entries(canaries)) {
      expect(
        opened.some((text) => text.includes(secret)),
        what,
      ).toBe(true);
    }
  });

  test("an answer to the package that failed is nowhere in clear, and a yes looks like a no from outside", async () => {
    const sealed = entriesOf("quelda").filter(({ event }) => event.kind === "AnswerSealed");
    expect(new Set(sealed.map(({ event }) => event.sealed?.ciphertext.length)).size).toBe(1);
    const answers = await Promise.all(sealed.map((entry) => opening(entry, "quelda")));
    const lapsed = new Set(
      entriesOf("quelda").flatMap(({ event }) =>
        event.kind === "PackageNotAgreed" ? [event.body["proposal"]] : [],
      ),
    );
    const accepted = answers.filter(
      (text, i) => lapsed.has(sealed[i]?.event.body["proposal"]) && text?.includes('"accept"'),
    );
    expect([lapsed.size, accepted.length]).toEqual([2, 2]);
    const places = await searched();
    for (const text of accepted) {
      const { signature, nonce } = JSON.parse(text ?? "{}") as Record<string, string>;
      for (const secret of [signature, nonce]) {
        expect(secret).toMatch(/^[\w-]{20,}$/);
        for (const [place, said] of places) expect(said.includes(secret ?? ""), place).toBe(false);
      }
    }
    // What is said of a package that failed is which one it was.
    const failures = entriesOf("straits-institute").concat(entriesOf("belune"));
    const said = failures.filter(({ event }) => event.kind === "PackageNotAgreed");
    expect(said.map(({ event }) => Object.keys(event.body))).toEqual(said.map(() => ["proposal"]));
    expect(said.length).toBeGreaterThan(0);
  });

  test("no page said that anything was wrong", () => {
    expect(served.faults).toEqual([]);
  });

  const everyone = () => [...people].map(([who, { page, wire }]) => ({ who, page, wire }));

  function entriesOf(who: string): readonly Entry[] {
    const entries = people.get(who)?.wire.entries() ?? [];
    return [...new Map(entries.map((entry) => [entry.signature, entry])).values()];
  }

  /** Everything on the wires, in the stores of the browsers and of the server, and in its log, by where it is. */
  async function searched(): Promise<readonly (readonly [string, string])[]> {
    const latin = (texts: readonly string[]) => Buffer.from(texts.join("\n")).toString("latin1");
    const kept = everyone().map(
      async ({ who, page }) => [`kept by ${who}`, latin([await everythingKept(page)])] as const,
    );
    return [
      ...everyone().map(({ who, wire }) => [`sent by ${who}`, latin(wire.sent)] as const),
      ...everyone().map(({ who, wire }) => [`received by ${who}`, wire.received.join("\n")] as const),
      ...(await Promise.all(kept)),
      ["log", latin(logged)] as const,
      ...readdirSync(served.data).map(
        (name) => [`file ${name}`, readFileSync(join(served.data, name), "latin1")] as const,
      ),
    ];
  }

  /** What the published keys of these seats open of what they were sent. */
  async function openAll(seats: readonly string[]): Promise<readonly string[]> {
    const opened = seats.flatMap((seat) => entriesOf(seat).map((entry) => opening(entry, seat)));
    return (await Promise.all(opened)).filter((text) => text !== undefined);
  }

  async function opening({ event }: Entry, seat: string): Promise<string | undefined> {
    const url = served.server.demo.find((link) => link.seat === seat)?.url ?? "";
    const device = await demoDevice(Number(/demo=(\d+)/.exec(url)?.[1]));
    if (!event.sealed?.to.some((one) => one.device === device.id)) return undefined;
    return JSON.stringify(
      await openSealed(event.sealed, sealContextOf(event, event.sealed), device.sealingKey),
    );
  }

  async function tableInHand(page: Page): Promise<void> {
    const until = new Date(Date.now() + aheadMs + hourMs + 60_000).toISOString().slice(0, 16);
    await page.getByLabel("Answers until (UTC)").fill(until);
    await page.getByRole("button", { name: "Table this package" }).click();
    await page.getByText("It is tabled.").waitFor();
  }

  /**
   * Both answer, one of them no. What everybody but the heads and the mediator was given and shown of it, as shapes: what
   * is sealed by its length, times and ids left out. What differs between two such rounds could tell who declined.
   */
  async function failWith(answers: Record<"orvane" | "tolvend", "Accept" | "Decline">): Promise<Shapes> {
    const outside = { "the adviser of Orvane": "adviser", "the affected party": "belune" };
    for (const who of Object.values(outside))
      await (await open(who, "Answer"))
        .getByText(/^P\d+ · Answers until/)
        .first()
        .waitFor();
    const before = new Map(everyone().map(({ who, wire }) => [who, wire.marked()]));
    await answer("tolvend", answers.tolvend);
    await answer("orvane", answers.orvane);
    for (const who of ["orvane", "tolvend", "adviser", "belune"]) {
      const page = await open(who, "Answer");
      await page
        .getByText(/^P\d+ · Answers until/)
        .first()
        .waitFor();
      for (const word of ["accepts", "declines", "You hold the answers"]) {
        expect(await page.getByText(word, { exact: true }).count(), `${who} is told: ${word}`).toBe(0);
      }
    }
    await (await open("straits-institute", "Answer")).getByText("This is not given to your seat.").waitFor();

    const mediator = await open("quelda", "Answer");
    await mediator.getByText("2 of 2 principals have answered.").waitFor();
    for (const [who, what] of Object.entries(answers)) {
      const name = who === "orvane" ? "Orvane" : "Tolvend";
      const said = mediator.getByRole("listitem").filter({ hasText: name });
      await said.getByText(what === "Accept" ? "accepts" : "declines").waitFor();
    }
    const custody = await mediator.locator("article.proposal").first().innerText();
    const notAgreed = mediator.getByRole("button", { name: "Say that it is not agreed" });
    expect(await notAgreed.isDisabled()).toBe(true);
    await wait(2 * hourMs);
    await notAgreed.click();
    const newest = (who: string) => at(who).locator("article.proposal").first();
    for (const who of ["orvane", "tolvend", "quelda", "adviser", "belune"]) {
      await newest(who).getByText("Not agreed. No party’s answer is disclosed.").waitFor();
    }
    await at("straits-institute").getByText("This is not given to your seat.").waitFor();
    for (const { wire } of everyone()) await wire.settled();

    const given = (who: string) =>
      (people.get(who)?.wire.entries(before.get(who)) ?? []).map((entry) => shapeOf(JSON.stringify(entry)));
    const sent = (who: string) => {
      const all = people.get(who)?.wire.sent.slice(before.get(who)?.sent) ?? [];
      return all.filter((text) => text.includes('"AnswerSealed"')).map(shapeOf);
    };
    return {
      "the adviser of Orvane": [...given("adviser"), shapeOf(await newest("adviser").innerText())],
      "the affected party": [...given("belune"), shapeOf(await newest("belune").innerText())],
      "the observer": [
        ...given("straits-institute"),
        shapeOf(await at("straits-institute").locator("main").innerText()),
      ],
      "the server, of Orvane": sent("orvane"),
      "the server, of Tolvend": sent("tolvend"),
      "the mediator": [shapeOf(custody)],
    };
  }

  async function answer(who: string, what: "Accept" | "Decline"): Promise<void> {
    const page = await open(who, "Answer");
    await page.getByText("One answer, and it is final.").first().waitFor();
    await page.getByRole("button", { name: what, exact: true }).click();
    await page.getByLabel(/Write the name of your party/).fill(who);
    await page.getByRole("button", { name: "Seal and send" }).click();
    await page.getByText("Your party has answered.").first().waitFor();
  }

  /** Time passes, for the server and for everyone. */
  async function wait(ms: number): Promise<void> {
    aheadMs += ms;
    for (const { page } of people.values()) await moveClock(page, aheadMs);
  }
});

/** The exercise's preferences of a party, every number of them marked. */
function preferencesOf(party: "orvane" | "tolvend"): string {
  const file = new URL(`../../../examples/exercise-straits/preferences/${party}.json`, import.meta.url);
  const end =
    canaries[party === "orvane" ? "Orvane's scores and walk-away" : "Tolvend's scores and walk-away"];
  return readFileSync(file, "utf8")
    .replace("illustrative", "stated")
    .replace(/: (-?\d+)(?=[,\s}])/g, `: $1${end}`);
}
