/**
 * Where the pictures of the README and of the guides are taken: the pages are built and served on loopback, and headless
 * Chromium opens the exercise in them, always on the same day, so that only what changed makes a new picture.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { chromium } from "playwright-core";
import { build } from "vite";

const root = resolve(import.meta.dirname, "..");
const folder = join(root, "dist/standalone");
const out = resolve(root, "../../docs/pictures");
/** No picture is larger, so that a clone stays small. */
const mostBytes = 150_000;
const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

function findChromium() {
  const places = [
    process.env.PARLEY_CHROMIUM,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ];
  const found = places.find((place) => place && existsSync(place));
  if (found) return found;
  process.stderr.write("No Chromium was found. Install it, or name it in PARLEY_CHROMIUM.\n");
  process.exit(1);
}

async function serveFolder() {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://x").pathname));
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    if (!file.startsWith(folder) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return server;
}

/** A window and a camera: `sit` opens the exercise in a fresh browser, `take` keeps what is shown as WebP. */
export async function openStudio() {
  const executablePath = findChromium();
  await build({ root, mode: "standalone", logLevel: "error" });
  mkdirSync(out, { recursive: true });
  const server = await serveFolder();
  const address = `http://127.0.0.1:${server.address().port}/`;
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-background-networking"],
  });
  const darkroom = await (await browser.newContext()).newPage();

  return {
    async sit(width, height) {
      const context = await browser.newContext({
        locale: "en-GB",
        viewport: { width, height },
        timezoneId: "UTC",
      });
      await context.clock.setFixedTime(new Date("2026-09-14T09:30:00Z"));
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      await page.goto(address);
      await page.getByRole("button", { name: /^Open: Exercise/ }).click();
      await page.getByRole("heading", { level: 1, name: /first measures/ }).waitFor();
      return page;
    },
    /** `shown` is a page or a part of one. */
    async take(shown, name) {
      await shown.evaluate(() =>
        document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 200))),
      );
      const webp = await developed(darkroom, (await shown.screenshot()).toString("base64"));
      if (webp.length > mostBytes)
        throw new Error(`${name} has ${webp.length} bytes, more than ${mostBytes}`);
      writeFileSync(join(out, `${name}.webp`), webp);
      process.stdout.write(`  ${name}.webp ${(webp.length / 1000).toFixed(0)} KB\n`);
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** PNG, as base64, to the bytes of a WebP. The pages may fetch nothing; an empty page of its own does it. */
async function developed(darkroom, png) {
  const webp = await darkroom.evaluate(async (source) => {
    const bytes = Uint8Array.from(atob(source), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext("2d").drawImage(bitmap, 0, 0);
    const blob = await canvas.convertToBlob({ type: "image/webp", quality: 0.86 });
    let text = "";
    for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
    return btoa(text);
  }, png);
  return Buffer.from(webp, "base64");
}

export const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Takes the seat of a party's head, who goes by the party's name, or of one of its people, by theirs. */
export async function sitAs(page, name) {
  await page.getByRole("button", { name: /You sit as/ }).click();
  await page.getByRole("menuitemradio", { name: new RegExp(`(^| )${name}$`) }).click();
  await page.getByRole("button", { name: new RegExp(`^You sit as .*${name}$`) }).waitFor();
}

export async function goTo(page, name) {
  await page.getByRole("navigation", { name: "Pages of this case" }).getByRole("link", { name }).click();
}
