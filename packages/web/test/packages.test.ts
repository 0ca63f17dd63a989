import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { goTo, openExercise, sitAs } from "./exercise.ts";
import { layoutFaults } from "./layout.ts";
import { expectToStand } from "./standing.ts";
import { setTable } from "./table.ts";

describe.skipIf(!chromiumPath)("packages", () => {
  const table = setTable("standalone");

  test("what is missing is said; with the exercise's scores the reference packages are found, compared and barred", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Quelda");
    await goTo(seat, "Packages");
    await page.getByText("Preferences are missing: Orvane, Tolvend").waitFor();
    await expectToStand(seat, table.address);
    await page.getByRole("button", { name: "Load the exercise’s scores" }).press("Enter");
    const nash = page.getByRole("row").filter({ has: page.getByRole("button", { name: "Nash" }) });
    // The gains of the command line's own answer to the same files.
    expect(await nash.textContent()).toMatch(/71 \(\+25\).*77 \(\+16\)/);
    expect(await page.getByText("illustrative scores of the exercise").count()).toBe(4);
    await page
      .getByRole("heading", { name: "Towards Tolvend" })
      .or(page.getByText("Towards Tolvend"))
      .first()
      .waitFor();
    await expectToStand(seat, table.address);

    await page
      .getByRole("button", { name: /^Bar: / })
      .first()
      .press("Enter");
    await page.getByRole("heading", { name: "Barred at this desk" }).waitFor();
    await page.getByRole("button", { name: "Allow again" }).press("Enter");
    await nash.waitFor();
  });

  test("what the text ties together is said, near alternatives are found, and a package is set against another in words", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Quelda");
    await goTo(seat, "Packages");
    await page.getByRole("button", { name: "Load the exercise’s scores" }).press("Enter");
    await page.getByText(/^linkage: Article 5, 1 .* only together with Article 4, 1/).waitFor();
    await page.getByText("Against no agreement: Orvane +25, Tolvend +16.").waitFor();
    // As the command line has it: a red line of a party that only informs changes none of its points.
    await page.getByText(/^For Straits Union: gain \+21/).waitFor();
    const open = page.getByRole("row", { name: /What the text leaves open/ });
    expect(await open.textContent()).toMatch(/\d+ … 92.*\d+ … 92/);

    await page.getByRole("button", { name: "Look for some" }).press("Enter");
    const near = page.locator(".near-list > li");
    await near.first().waitFor();
    expect(await near.count()).toBe(3);
    await expectToStand(seat, table.address);
    await near.first().getByRole("button", { name: "Take in hand" }).press("Enter");
    await page.getByRole("heading", { name: "Package 36, as text" }).waitFor();

    await page.getByRole("button", { name: /Compare with$/ }).press("Enter");
    await page.getByRole("option", { name: "Egalitarian" }).press("Enter");
    await page.getByText(/^For Orvane: in Article .*; in return, for Tolvend: in Article /).waitFor();
    await expectToStand(seat, table.address);
  });

  test("what is tabled is text alone", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await openExercise(seat);
    await sitAs(seat, "Quelda");
    await goTo(seat, "Packages");
    await page.getByRole("button", { name: "Load the exercise’s scores" }).press("Enter");
    await page.getByRole("button", { name: "Table this package" }).press("Enter");
    await page.getByText("It is tabled.").waitFor();
    await page
      .locator("svg")
      .getByText(/^tabled \d/)
      .waitFor({ state: "attached" });
    await goTo(seat, "Record");
    const record = await page.locator("main").textContent();
    expect(record).not.toMatch(/nash/i);
    await sitAs(seat, "Orvane");
    await goTo(seat, "Packages");
    await page.getByText("Preferences are missing").waitFor();
  });

  test("between three parties each package is a line, from estimates that are marked as such", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await page.goto(`${table.address}/#/draft`);
    await page.getByLabel("Or paste the text").fill(waters);
    await page.getByRole("button", { name: "Read it" }).click();
    await page.getByRole("button", { name: "Open a case with this text" }).click();
    await page.getByLabel("What the case is about").fill("The waters");
    for (const [index, name] of [...sides, "Dorn"].entries()) {
      const field = page.getByLabel(`Name of party ${index + 1}`);
      if ((await field.count()) === 0) await page.getByRole("button", { name: "Add a party" }).click();
      await field.fill(name);
      await page.locator(".party-row").nth(index).locator("button").first().click();
      await page.getByRole("option", { name: name === "Dorn" ? /^mediator/ : /^principal/ }).click();
    }
    await page.getByLabel("Your name").fill("A. Person");
    await page.getByRole("button", { name: "Open the case" }).click();
    await page.getByRole("heading", { level: 1, name: "The waters" }).waitFor();
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
    await goTo(seat, "Packages");
    await page.getByText("imputed: our own estimate").nth(2).waitFor();
    await page.locator(".tabling").waitFor();
    const lines = page.locator(".packages-plot svg");
    const said = await page.getByText(/^\d+ efficient packages; every one is listed/).textContent();
    expect(await lines.locator("g[aria-label=line] path").count()).toBe(Number.parseInt(said ?? "", 10));
    for (const words of [...sides, "Alba would go home"])
      await lines.getByText(words, { exact: true }).waitFor();
    expect(await page.getByText("Load the exercise’s scores").count()).toBe(0);
    await expectToStand(seat, table.address);
    expect.soft(await layoutFaults(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await layoutFaults(page)).toEqual([]);
    // The names in the picture stand whole and within it.
    await lines.and(page.locator(":not([width='640'])")).waitFor();
    const drawn = (await lines.textContent())?.replace(/\s/g, "");
    for (const name of await page.locator(".references dt").allTextContents()) {
      expect(drawn).toContain(name.replace(/\s/g, ""));
    }
    const beyond = await lines.evaluate((svg) => {
      const { right } = (svg.closest("figure") ?? svg).getBoundingClientRect();
      return [...svg.querySelectorAll("text")].filter((text) => text.getBoundingClientRect().right > right)
        .length;
    });
    expect(beyond).toBe(0);
  });

  test("where the browser does not let the solver run, the page says so in the reader's language, and how to go on", async () => {
    const seat = await table.sit({ locale: "ar" });
    const { page } = seat;
    await page.locator('main button[aria-label*="Exercise"]').click();
    await page.waitForURL(/#\/case\//);
    await page.goto(`${page.url().replace(/\/$/, "")}/packages`);
    // What a browser does that cannot load the solver's file, or has no memory left for it.
    await page.evaluate(() => {
      const store = window as unknown as { Worker: unknown; real: unknown };
      store.real = store.Worker;
      store.Worker = class extends EventTarget {
        onerror?: (event: ErrorEvent) => void;
        postMessage() {
          setTimeout(() => this.onerror?.(new ErrorEvent("error")));
        }
        terminate() {}
      };
    });
    await page.locator(".whose button").nth(1).click();
    const fault = page.getByRole("alert");
    await fault.getByText(/^لم يبدأ المتصفح أداة الحل/).waitFor();
    expect(await fault.textContent()).not.toMatch(/[A-Za-z]{2}/);
    await page.evaluate(() => {
      const store = window as unknown as { Worker: unknown; real: unknown };
      store.Worker = store.real;
    });
    await page.getByRole("button", { name: "إعادة الحساب" }).click();
    await page.locator(".tabling").waitFor();
  });
});

const sides = ["Alba", "Brun", "Cole"];

const waters = `---
format: parley-draft/1
title: The waters
---

# Article 1

${[1, 2, 3]
  .map(
    (n) =>
      `${n}. Each Side shall [permit]{=one by="Alba"}/[consider]{=two by="Brun"}/[refuse]{#b${n} =three by="Cole"} it.`,
  )
  .join("\n\n")}
`;

/** What the three alternatives of each bracket are worth to a side: each favours another one most, in one bracket less so. */
function estimate(name: string, side: number) {
  const points = (n: number) =>
    Object.fromEntries(
      ["one", "two", "three"].map((option, index) => [
        option,
        index === side ? 10 - n : 3 + ((index + n) % 3),
      ]),
    );
  const preferences = {
    format: "parley-preferences/1",
    party: name.toLowerCase(),
    provenance: "imputed",
    walkAway: 8,
    scores: { b1: points(1), b2: points(2), b3: points(3) },
  };
  return {
    name: "estimate.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(preferences)),
  };
}
