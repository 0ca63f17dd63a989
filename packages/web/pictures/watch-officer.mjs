#!/usr/bin/env node
import { existsSync, mkdirSync, readFileSync } from "node:fs";
/**
 * Takes the pictures of docs/guide/watch-officer.md: builds the pages, serves them on loopback, opens the exercise in
 * Chromium and does what the guide says. `node packages/web/pictures/watch-officer.mjs`
 */
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { build } from "vite";

const web = resolve(import.meta.dirname, "..");
const pictures = resolve(web, "../../docs/guide/pictures");
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2" };
const places = [
  process.env["PARLEY_CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const executablePath = places.find((place) => place && existsSync(place));
if (!executablePath) throw new Error("no Chromium was found; install it, or name it in PARLEY_CHROMIUM");

await build({ root: web, logLevel: "error" });
mkdirSync(pictures, { recursive: true });
const folder = join(web, "dist/site");
const server = createServer((request, response) => {
  const path = new URL(request.url ?? "/", "http://x").pathname;
  const file = join(folder, path === "/" ? "index.html" : path);
  if (!file.startsWith(folder) || !existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
  response.end(readFileSync(file));
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ locale: "en-GB", viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(20_000);
  await page.addInitScript(() => {
    localStorage.setItem("parley.reading", JSON.stringify({ locale: "en", theme: "light" }));
  });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.getByRole("button", { name: /^Open: Exercise/ }).click();
  const sitAs = async (name) => {
    await page.getByRole("button", { name: /You sit as/ }).click();
    await page.getByRole("menuitemradio", { name }).click();
    await page.getByRole("button", { name: new RegExp(`You sit as.*${name}`) }).waitFor();
  };
  await sitAs("Rhea Sund");
  await page
    .getByRole("navigation", { name: "Pages of this case" })
    .getByRole("link", { name: "Watch desk" })
    .click();
  await page.getByText("1 to acknowledge").waitFor();
  await page.screenshot({ path: join(pictures, "desk-board.png") });

  await page.keyboard.press("n");
  const form = page.locator("form.prepare");
  await form.getByRole("button", { name: /Format$/ }).click();
  await page.getByRole("option", { name: /^INCIDENT/ }).click();
  await form.getByRole("button", { name: /What happened$/ }).click();
  await page.getByRole("option", { name: /^CR/ }).click();
  await form.getByLabel("When (UTC)").fill("2026-11-24T01:00");
  await form.getByLabel("Place").fill("Strait of Seld, buoy 9");
  await form.getByLabel("Own reference").fill("O-14");
  await form.screenshot({ path: join(pictures, "desk-prepare.png") });
  await form.getByRole("button", { name: "Prepare for the second officer" }).click();
  await page.getByText("A second officer checks it").waitFor();
  await sitAs("Odo Varr");
  await page.getByText("I have compared every field").click();
  await page.locator(".prepared").screenshot({ path: join(pictures, "desk-check.png") });
  await page.getByRole("button", { name: "Sign as second officer" }).click();
  await sitAs("Rhea Sund");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.locator(".prepared").waitFor({ state: "detached" });
  await page.locator(".board tbody tr", { hasText: "buoy 7" }).last().getByRole("button").click();
  await page.getByText("Answered late").last().waitFor();
  await page.locator(".message-view").screenshot({ path: join(pictures, "desk-late.png") });
  await page.getByRole("button", { name: "Hand over the shift" }).click();
  await page.getByText("Odo Varr").last().click();
  await page.getByLabel("Note for the next shift").fill("The reply about buoy 9 is due tonight.");
  await page.locator("form.handover").screenshot({ path: join(pictures, "desk-handover.png") });
} finally {
  await browser.close();
  server.close();
}
