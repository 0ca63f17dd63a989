import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { goTo, openExercise } from "./exercise.ts";
import { expectToStand } from "./standing.ts";
import { type Seat, setTable } from "./table.ts";

async function saved(seat: Seat): Promise<Buffer> {
  await openExercise(seat);
  await goTo(seat, "Record");
  const download = seat.page.waitForEvent("download");
  await seat.page.getByRole("button", { name: "Export" }).click();
  return readFileSync(await (await download).path());
}

async function open({ page }: Seat, buffer: Buffer): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open a .parley file" }).click();
  await (await chooser).setFiles({ name: "case.parley", mimeType: "application/octet-stream", buffer });
}

describe.skipIf(!chromiumPath)("a case as a file", () => {
  const table = setTable("standalone");

  test("is read in another browser, verified there, and becomes the text of a case of one's own", async () => {
    const file = await saved(await table.sit());
    const reader = await table.sit();
    const { page } = reader;
    await open(reader, file);
    await page.getByRole("heading", { level: 1, name: /first measures/ }).waitFor();
    await page.getByText("This is a file. It was verified when it was opened").waitFor();
    await expectToStand(reader, table.address);
    await goTo(reader, "Record");
    await page.getByRole("button", { name: "Verify" }).click();
    await page.getByText(/^Consistent in itself: \d+ entries hold\. Whether its end is missing/).waitFor();
    await page.reload();
    await page.getByText("Fingerprint of").waitFor();
    const again = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export" }).click();
    expect(readFileSync(await (await again).path()).equals(file)).toBe(true);

    await page.getByRole("link", { name: "Parley" }).click();
    await page.locator(".case-row", { hasText: "file" }).first().waitFor();
    await page.getByRole("link", { name: /first measures/ }).click();
    await page.getByRole("button", { name: "Open a case of your own with its text" }).click();
    await page.getByText(/^Its text will be the draft just read: Framework/).waitFor();
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
