import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { parseMarkdown, writeWord } from "@parley/text";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { expectToStand } from "./standing.ts";
import { setTable } from "./table.ts";

const source = `---
format: parley-draft/1
title: The line
---

# Article 1

1. The Sides shall [restore]{=restore by="a"}/[review]{#line =review by="b"} the line [at once]{#when by="a"}.

2. It is [tested every day[, at noon]{#noon by="b"}]{#test by="a"}.
`;

describe.skipIf(!chromiumPath)("pages", () => {
  const table = setTable("site");

  test("the first page of a browser that keeps nothing says what to do next, in every theme", async () => {
    const seat = await table.sit();
    await seat.page.getByRole("heading", { name: "No case is kept in this browser." }).waitFor();
    await expectToStand(seat, table.address);
  });

  test("a draft is read, and ] [ move through its brackets, nested ones unfolding", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await page.goto(`${table.address}/#/draft`);
    await page.getByLabel("Or paste the text").fill(source);
    await page.getByRole("button", { name: "Read it" }).click();
    await page.getByRole("heading", { name: "Article 1" }).waitFor();
    const title = page.getByRole("complementary").getByRole("heading", { level: 2 });
    await page.keyboard.press("]");
    expect(await title.textContent()).toBe("Bracket 1 of 4");
    await page.keyboard.press("[");
    expect(await title.textContent()).toBe("Bracket 4 of 4");
    expect(await page.locator("#bracket-noon .option").isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    expect(await title.textContent()).toBe("No bracket in hand.");
    await expectToStand(seat, table.address);
  });

  test("where a file of the pages is gone, as after the server was updated, opening again loads all of them anew", async () => {
    const { page } = await table.sit();
    await page.getByRole("heading", { name: "No case is kept in this browser." }).waitFor();
    await page.route(/draft-page/, (route) => route.abort());
    await page.goto(`${table.address}/#/draft`);
    await page.getByText("This page could not be shown.").waitFor();
    await page.unroute(/draft-page/);
    await page.getByRole("button", { name: "Open again" }).click();
    await page.getByLabel("Or paste the text").waitFor();
  });

  test("a draft in Word is read too", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await page.goto(`${table.address}/#/draft`);
    const buffer = Buffer.from(writeWord(parseMarkdown(source).draft));
    const mimeType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    await page.locator("input[type=file]").setInputFiles({ name: "The line.docx", mimeType, buffer });
    await page.locator("#bracket-noon").waitFor();
    expect(seat.faults).toEqual([]);
  });

  test("what the reader guessed and why a draft was not read are said in the reader's language", async () => {
    const { page, faults } = await table.sit({ locale: "ar" });
    await page.goto(`${table.address}/#/draft`);
    await page
      .getByLabel("أو الصق النص")
      .fill("---\nformat: parley-draft/1\nexercise: perhaps\n---\n\nThe [old] [new] text.\n");
    await page.getByRole("button", { name: "اقرأها" }).click();
    const fault = page.getByRole("alert");
    await fault.getByText("تعذّرت قراءة الأسطر التي في رأس المصدر.").waitFor();
    expect(await fault.locator("code").textContent()).toContain('"exercise" is "perhaps"');
    await page.getByLabel("أو الصق النص").fill("The [old] [new] text.\n");
    await page.getByRole("button", { name: "اقرأها" }).click();
    const flags = page.locator(".flags");
    await flags.getByText("للتأكيد: 1 من 1").waitFor();
    expect(await flags.textContent()).toMatch(/قُرئ(ت)? .*لقوس واحد/);
    expect(await flags.textContent()).not.toMatch(/[A-Za-z]{2}/);
    expect(faults).toEqual([]);
  });

  test("a source is corrected, left as it is, or said to be wrong, and none of these is a dead end", async () => {
    const seat = await table.sit();
    const { page } = seat;
    await page.goto(`${table.address}/#/draft`);
    await page.getByLabel("Or paste the text").fill("The [old] [new] text.\n");
    await page.getByRole("button", { name: "Read it" }).click();
    const correct = page.getByRole("button", { name: "Correct the source" });
    const field = page.getByLabel("Source of the draft");
    for (const way of ["Read again", "Cancel"]) {
      await correct.click();
      await field.waitFor();
      await page.getByRole("button", { name: way }).click();
      await page.getByText("To confirm: 1 of 1").waitFor();
    }
    await correct.click();
    await field.fill("---\nformat: parley-draft/1\nexercise: perhaps\n---\n\nThe [old] text.\n");
    await page.getByRole("button", { name: "Read again" }).click();
    await page.getByRole("alert").getByText("The lines at the head of the source cannot be read.").waitFor();
    await expectToStand(seat, table.address);
    await field.fill("The [old] text.\n");
    await page.getByRole("button", { name: "Read again" }).click();
    await page.getByRole("button", { name: "Open a case with this text" }).waitFor();
  });

  test("on a phone the three columns are three screens", async () => {
    const seat = await table.sit({ width: 390, height: 844 });
    const { page } = seat;
    await page.goto(`${table.address}/#/draft`);
    await page.getByLabel("Or paste the text").fill(source);
    await page.getByRole("button", { name: "Read it" }).click();
    await page.getByRole("radio", { name: "Outline" }).click();
    await page.getByRole("link", { name: "Article 1" }).click();
    await page.locator("#bracket-when > .open-mark").click();
    expect(await page.getByRole("complementary").isVisible()).toBe(true);
    expect(await page.getByRole("article").isVisible()).toBe(false);
    await expectToStand(seat, table.address);
  });

  test("what a first visit loads of our code stays under 300 KB gzipped", async () => {
    const seat = await table.sit();
    await seat.page.getByRole("heading", { name: "No case is kept in this browser." }).waitFor();
    const files = seat.asked.map((url) => new URL(url).pathname).filter((path) => path.endsWith(".js"));
    expect(files.length).toBeGreaterThan(3);
    const folder = resolve(import.meta.dirname, "../dist/site");
    const bytes = files.map((path) => gzipSync(readFileSync(join(folder, path))).length);
    const sum = bytes.reduce((total, size) => total + size, 0);
    process.stdout.write(`a first visit loads ${(sum / 1000).toFixed(0)} KB of code, gzipped\n`);
    expect(sum).toBeLessThan(300_000);
  });
});
