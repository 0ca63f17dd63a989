import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { expectPlaceKept, giveFile, openExercise, press } from "./keyboard.ts";
import { expectToStand } from "./standing.ts";
import { type Seat, setTable } from "./table.ts";

async function saved(seat: Seat): Promise<Buffer> {
  await openExercise(seat);
  await press(seat.page, "Record");
  await seat.page.getByRole("button", { name: "Export" }).waitFor();
  const download = seat.page.waitForEvent("download");
  await press(seat.page, "Export");
  return readFileSync(await (await download).path());
}

async function open({ page }: Seat, buffer: Buffer): Promise<void> {
  await page.getByRole("button", { name: "Open a .parley file" }).waitFor();
  await giveFile(page, "Open a .parley file", {
    name: "case.parley",
    mimeType: "application/octet-stream",
    buffer,
  });
}

describe.skipIf(!chromiumPath)("a case as a file, without a mouse", () => {
  const table = setTable("standalone");

  test("is read in another browser, verified there, and becomes the text of a case of one's own", async () => {
    const file = await saved(await table.sit());
    const reader = await table.sit();
    const { page } = reader;
    await open(reader, file);
    await page.getByRole("heading", { level: 1, name: /first measures/ }).waitFor();
    await page.getByText("This is a file. It was verified when it was opened").waitFor();
    await expectToStand(reader, table.address);
    await press(page, "Record");
    await page.getByRole("button", { name: "Verify" }).waitFor();
    await press(page, "Verify");
    await page.getByText(/^Consistent in itself: \d+ entries hold\. Whether its end is missing/).waitFor();
    await page.reload();
    await page.getByText("Fingerprint of").waitFor();
    const again = page.waitForEvent("download");
    await press(page, "Export");
    expect(readFileSync(await (await again).path()).equals(file)).toBe(true);

    await press(page, "Parley");
    const row = page.locator(".case-row", { hasText: "file" });
    await row.waitFor();
    await press(page, /first measures/, "file");
    await page.getByRole("button", { name: "Open a case of your own with its text" }).waitFor();
    await press(page, "Open a case of your own with its text");
    await page.getByText(/^Its text will be the draft just read: Framework/).waitFor();
    await press(page, "Parley");
    await row.waitFor();
    await press(page, /^Remove from this browser/);
    await page
      .getByRole("alertdialog")
      .getByText(/^Remove “.*” from this browser\?/)
      .waitFor();
    await press(page, "Remove from this browser");
    await row.waitFor({ state: "detached" });
    await expectPlaceKept(page, "main");
    expect(reader.faults).toEqual([]);
  });

  test("in which one byte was changed is not opened, and the page says where it does not hold", async () => {
    const file = await saved(await table.sit());
    const at = file.indexOf("Ilsa");
    file[at] = "E".charCodeAt(0);
    const reader = await table.sit();
    await open(reader, file);
    await reader.page
      .getByText(/^This file does not hold as a record.*What was found, exactly: ./s)
      .waitFor();
    expect(await reader.page.getByText("No case is kept in this browser.").isVisible()).toBe(true);
  });
});
