// `npm run pictures`: makes the pictures of the README and of the guides from the running exercise, in headless Chromium.
// They say what the pages say; run it again when the pages change.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { chromium } from "playwright-core";
import { build } from "vite";

const root = import.meta.dirname;
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

const places = [
  process.env.PARLEY_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const executablePath = places.find((place) => place && existsSync(place));
if (!executablePath) {
  process.stderr.write("No Chromium was found. Install it, or name it in PARLEY_CHROMIUM.\n");
  process.exit(1);
}

await build({ root, mode: "standalone", logLevel: "error" });
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
const address = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-background-networking"],
});

async function sit(width, height) {
  const context = await browser.newContext({
    locale: "en-GB",
    viewport: { width, height },
    timezoneId: "UTC",
  });
  // The same day in every picture, so that only what changed makes a new one.
  await context.clock.setFixedTime(new Date("2026-09-14T09:30:00Z"));
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(address);
  await page.getByRole("button", { name: /^Open: Exercise/ }).waitFor();
  return page;
}

const studio = await (await browser.newContext()).newPage();
const taken = [];
/** What the window shows, as WebP. */
async function take(page, name) {
  await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 200))));
  const png = (await page.screenshot()).toString("base64");
  // The pages may fetch nothing; an empty page of its own turns the picture into WebP.
  const webp = await studio.evaluate(async (source) => {
    const bytes = Uint8Array.from(atob(source), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext("2d").drawImage(bitmap, 0, 0);
    const blob = await canvas.convertToBlob({ type: "image/webp", quality: 0.86 });
    let text = "";
    for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
    return btoa(text);
  }, png);
  const bytes = Buffer.from(webp, "base64");
  if (bytes.length > mostBytes) throw new Error(`${name} has ${bytes.length} bytes, more than ${mostBytes}`);
  writeFileSync(join(out, `${name}.webp`), bytes);
  taken.push(`${name}.webp ${(bytes.length / 1000).toFixed(0)} KB`);
}

const button = (page, name) => page.getByRole("button", { name, exact: true });
async function sitAs(page, party) {
  await page.getByRole("button", { name: /You sit as/ }).click();
  await page.getByRole("menuitemradio", { name: party }).click();
  await page.getByRole("button", { name: `You sit as ${party}` }).waitFor();
}
async function goTo(page, name) {
  await page.getByRole("navigation", { name: "Pages of this case" }).getByRole("link", { name }).click();
}
async function hold(page, bracket) {
  await page.locator(`.sheet [data-bracket=${bracket}] > .open-mark`).press("Enter");
}

/** Scrolls so that this stands so many pixels under the top. */
async function toTop(locator, pixels) {
  await locator.evaluate((element, under) => {
    scrollTo(0, element.getBoundingClientRect().top + scrollY - under);
  }, pixels);
}

mkdirSync(out, { recursive: true });
const page = await sit(1280, 800);
await page.getByRole("button", { name: /^Open: Exercise/ }).click();
await page.getByRole("heading", { level: 1, name: /first measures/ }).waitFor();

// Words on the text: a comment, a reservation, two amendments.
await sitAs(page, "Orvane");
await goTo(page, "Text");
await hold(page, "staffing");
await button(page, "In Article 2, 1").click();
await button(page, "Reserve upon it").click();
await page
  .getByLabel("Our reservation to this clause")
  .fill("Subject to the view of the Assembly of Orvane.");
await button(page, "Note the reservation").click();
await button(page, "Reserve upon it").waitFor();
await sitAs(page, "Tolvend");
await hold(page, "staffing");
await button(page, "In Article 2, 1").click();
await button(page, "Other words").click();
await page
  .getByLabel("Words, part 1")
  .fill(
    "Within fifteen days of signature each Side shall restore the staff of its embassy in the capital of the other to ",
  );
await page.getByLabel(/^Reason/).fill("Thirty days would end after the first rotation.");
await button(page, "Propose it").click();
await page.locator(".amendment ins").first().waitFor();
await sitAs(page, "Quelda");
await hold(page, "staffing");
await button(page, "In Article 2, 1").click();
await page.locator("#clause-article-2-1").evaluate((clause) => clause.scrollIntoView({ block: "center" }));
await take(page, "amendment");
await button(page, "Seen").click();
await hold(page, "staffing");
await take(page, "text");

// What it is worth to one side.
await sitAs(page, "Orvane");
await goTo(page, "Our side");
await page.locator("#bracket-nature").waitFor();
await button(page, "Load the exercise’s scores").click();
await page.getByText("Illustrative scores of the exercise").waitFor();
await hold(page, "staffing");
await page.locator("#bracket-staffing").evaluate((bracket) => bracket.scrollIntoView({ block: "center" }));
await take(page, "side");
await page.getByRole("radio", { name: "Walk-away" }).click();
await button(page, "Ask by replies instead").click();
await button(page, "We would sign this").waitFor();
await take(page, "walk-away");
// The number of the exercise again, which the answer is measured against.
await button(page, "Load the exercise’s scores").click();
await page.getByText("46, given as a number").waitFor();

// The blank is filled, so that the text can be closed in the end.
await sitAs(page, "Quelda");
await goTo(page, "Text");
await hold(page, "date");
await button(page, "Add an alternative").click();
await page.getByLabel("Words", { exact: true }).fill("1 December 2026");
await button(page, "Propose it").click();
await button(page, "Adopt").first().click();
await page.getByText("Rev. 1", { exact: true }).waitFor();

// The mediator's desk.
await goTo(page, "Packages");
await button(page, "Load the exercise’s scores").click();
await page.locator(".tabling").waitFor();
await take(page, "packages");
await page.getByRole("button", { name: /Compare with$/ }).click();
await page.getByRole("option", { name: "Package 7", exact: true }).click();
await button(page, "Look for some").click();
await page.locator(".near-list").waitFor();
await toTop(page.locator(".near"), 90);
await take(page, "near");
await button(page, "Table this package").click();
await page.getByText("It is tabled.").waitFor();

// Answers: sealed, then opened by whoever holds them.
await goTo(page, "Answer");
for (const party of ["Orvane", "Tolvend"]) {
  await sitAs(page, party);
  await page.getByText("One answer, and it is final.").first().waitFor();
  if (party === "Orvane") {
    await toTop(button(page, "Accept"), 560);
    await take(page, "answer");
  }
  await button(page, "Accept").click();
  await page.getByLabel(/Write the name of your party/).fill(party);
  await button(page, "Seal and send").click();
  await page.getByText("Your party has answered.").waitFor();
}
await sitAs(page, "Quelda");
await page.getByText("2 of 2 principals have answered.").waitFor();
await toTop(page.getByText("2 of 2 principals have answered."), 320);
await take(page, "custody");
await button(page, "Say that it is agreed").click();
await page.getByText("Agreed ad referendum by all.").waitFor();
await goTo(page, "Conclusion");
await sitAs(page, "Orvane");
await button(page, "Our capital confirms what is agreed").waitFor();
await take(page, "conclusion");
await goTo(page, "Overview");
await page.locator(".overview").waitFor();
await take(page, "overview");
await page.context().close();

const phone = await sit(390, 844);
await phone.getByRole("button", { name: /^Open: Exercise/ }).click();
await phone.getByRole("heading", { level: 1, name: /first measures/ }).waitFor();
await sitAs(phone, "Orvane");
await phone.goto(`${phone.url().replace(/\/$/, "")}/text`);
await hold(phone, "staffing");
await phone.getByRole("radio", { name: "Text" }).click();
await phone.locator("#bracket-staffing").evaluate((bracket) => bracket.scrollIntoView({ block: "center" }));
await take(phone, "phone");

await browser.close();
server.close();
process.stdout.write(`${out}\n  ${taken.join("\n  ")}\n`);
