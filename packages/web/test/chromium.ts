/** Chromium as the tests start it: found where systems put it, and calling nobody by itself. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const places = [
  process.env["PARLEY_CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
export const chromiumPath: string | undefined = places.find((place) => place && existsSync(place));
if (!chromiumPath) {
  process.stderr.write(
    "SKIPPED: no Chromium was found, so no page was tried. Install it, or name it in PARLEY_CHROMIUM.\n",
  );
}

/** How long a page may take to show what a test waits for; the machine may be doing other work. */
export const patienceMs = 30_000;

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath ?? "",
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-domain-reliability",
      "--disable-sync",
      "--no-first-run",
      "--no-default-browser-check",
      "--no-pings",
    ],
  });
}
