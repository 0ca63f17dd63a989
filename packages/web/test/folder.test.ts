/** The standalone folder where a person would put it: under a path of a web server that knows nothing but files. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtFolder } from "./building.ts";
import { chromiumPath, launch, patienceMs } from "./chromium.ts";
import { goTo, openExercise, sitAs } from "./exercise.ts";
import type { Seat } from "./table.ts";

const hasPython = spawnSync("python3", ["--version"]).status === 0;

describe.skipIf(!chromiumPath || !hasPython)("the standalone folder, under a path of any web server", () => {
  const root = mkdtempSync(join(tmpdir(), "parley-folder-"));
  let python: ChildProcess | undefined;
  let address = "";
  beforeAll(async () => {
    cpSync(builtFolder.standalone, join(root, "some", "folder"), { recursive: true });
    python = spawn("python3", ["-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory", root, "0"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const port = await new Promise<string>((done) => {
      python?.stdout?.on("data", (said: Buffer) => {
        const found = /port (\d+)/.exec(String(said))?.[1];
        if (found) done(found);
      });
    });
    address = `http://127.0.0.1:${port}/some/folder/`;
  });
  afterAll(() => {
    python?.kill();
    rmSync(root, { recursive: true, force: true });
  });

  test("none of its files names one by an absolute path", () => {
    const folder = join(root, "some", "folder");
    const files = (readdirSync(folder, { recursive: true }) as string[]).filter((file) =>
      /\.(?:html|js|css)$/.test(file),
    );
    expect(files.length).toBeGreaterThan(10);
    // A path in a namespace of what is exported (Akoma Ntoso) is none that is fetched.
    const absolute = files.filter((file) => {
      const fetched = file.endsWith(".js")
        ? /(?:import|fetch|Worker|URL)\(\s*["'`]\//
        : /(?:src|href)="\/|url\(\s*["']?\//;
      return fetched.test(readFileSync(join(folder, file), "utf8"));
    });
    expect(absolute).toEqual([]);
  });

  test("it carries nothing that only a server would answer", () => {
    const scripts = (readdirSync(join(root, "some", "folder", "assets")) as string[]).filter((file) =>
      file.endsWith(".js"),
    );
    const asking = scripts.filter((file) =>
      readFileSync(join(root, "some", "folder", "assets", file), "utf8").includes("/api/"),
    );
    expect(asking).toEqual([]);
  });

  test("it opens the exercise, asks for nothing outside the folder, and goes on where there is no line at all", async () => {
    const browser = await launch();
    try {
      const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      page.setDefaultTimeout(patienceMs);
      const seat: Seat = { page, faults: [], asked: [] };
      page.on("pageerror", (error) => seat.faults.push(String(error)));
      page.on("console", (line) => {
        if (line.type() === "error") seat.faults.push(line.text());
      });
      context.on("request", (request) => seat.asked.push(request.url()));
      await page.goto(address);
      await openExercise(seat);
      // All that the pages may need is kept by then, what was never gone to as well.
      await page.evaluate(async () => {
        await navigator.serviceWorker.ready;
      });
      python?.kill();
      await context.setOffline(true);
      await page.reload();
      await page.locator(".overview").waitFor();
      await sitAs(seat, "Tolvend");
      await goTo(seat, "Text");
      await page.locator("#bracket-staffing > .open-mark").click();
      await page.keyboard.press("2");
      await page.keyboard.press("Enter");
      await page.locator("#bracket-staffing [data-option=eighty] [title=Tolvend]").waitFor();
      await goTo(seat, "Record");
      await page.getByRole("button", { name: "Verify" }).click();
      await page.getByText(/^Intact: \d+ entries hold/).waitFor();

      expect(seat.asked.length).toBeGreaterThan(10);
      expect(seat.asked.filter((url) => !url.startsWith(address) && !url.startsWith("data:"))).toEqual([]);
      expect(seat.faults.filter((fault) => !/net::ERR_/.test(fault))).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
