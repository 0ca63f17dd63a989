/**
 * Runs once before the web's test files, and only when some of them run: both builds of the pages are made here for all of
 * them. A file that built for itself would empty the folder under another that is being served from it.
 */
import { resolve } from "node:path";
import { build } from "vite";
import { chromiumPath } from "./chromium.ts";

const root = resolve(import.meta.dirname, "..");

/** Where the pages lie once they are built. */
export const builtFolder = {
  site: resolve(root, "dist/site"),
  standalone: resolve(root, "dist/standalone"),
} as const;

export async function setup(): Promise<void> {
  if (!chromiumPath) return;
  // The build is what people get and says so to whatever runs in this process; the tests are none of it.
  const before = process.env["NODE_ENV"];
  await build({ root, logLevel: "error" });
  await build({ root, mode: "standalone", logLevel: "error" });
  process.env["NODE_ENV"] = before ?? "test";
}
