import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { goTo, openExercise, sitAs } from "./exercise.ts";
import { type Seat, setTable } from "./table.ts";

const pdftotext = ["/usr/bin/pdftotext", "/usr/local/bin/pdftotext"].find((place) => existsSync(place));
if (!pdftotext) {
  process.stderr.write(
    "SKIPPED: pdftotext was not found, so no print was read. It comes with poppler-utils.\n",
  );
}

/** The words of each page of what the browser prints. */
async function printed({ page }: Seat): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "parley-print-"));
  try {
    const file = join(folder, "print.pdf");
    writeFileSync(file, await page.pdf({ format: "A4", preferCSSPageSize: true }));
    const text = execFileSync(pdftotext ?? "", ["-layout", file, "-"], { encoding: "utf8" });
    return text.split("\f").filter((words) => words.trim() !== "");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe.skipIf(!chromiumPath || !pdftotext)("on paper", () => {
  const table = setTable("standalone");

  test("every page of every print names the case, EXERCISE, the revision and its own number", async () => {
    const seat = await table.sit();
    await openExercise(seat);
    await sitAs(seat, "Quelda");
    for (const name of ["Overview", "Text", "Conclusion", "Record"]) {
      await goTo(seat, name);
      if (name === "Conclusion") await seat.page.getByText("The whole text").first().click();
      await seat.page.evaluate(() => document.fonts.ready);
      const pages = await printed(seat);
      expect(pages.length, name).toBeGreaterThan(1);
      for (const [i, words] of pages.entries()) {
        const [head] = words.trim().split("\n");
        expect(head, `${name}, page ${i + 1}`).toMatch(
          /Exercise: first measures in the Straits\s+E ?X ?E ?R ?C ?I ?S ?E\s+SELD\/1\/Rev\.3/,
        );
        const number = words.trim().split("\n").at(-1)?.replace(/\s/g, "");
        expect(number, `${name}, page ${i + 1}`).toBe(`${i + 1}/${pages.length}`);
      }
      // What one presses has no place on paper.
      expect(pages.join("\n")).not.toMatch(/\b(Verify|Export|Invite its head)\b/);
    }
  });
});
