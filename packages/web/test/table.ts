/** A real browser at a table: serves the built pages on loopback, and opens tabs that watch every request. */
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { extname, join, normalize } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { builtFolder } from "./building.ts";
import { launch, patienceMs } from "./chromium.ts";
import { giveClock } from "./clock.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".json": "application/json",
};

/** A web server that knows nothing but files: what the standalone folder asks for. */
function serveFolder(folder: string): Promise<{ readonly address: string; readonly server: Server }> {
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
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", () => {
      const at = server.address();
      const port = typeof at === "object" && at ? at.port : 0;
      done({ address: `http://127.0.0.1:${port}`, server });
    });
  });
}

export interface Seat {
  readonly page: Page;
  /** What the page said was wrong: uncaught faults and console errors. */
  readonly faults: string[];
  /** Every address the page asked for. */
  readonly asked: string[];
}

export interface Table {
  readonly address: string;
  sit(options?: {
    locale?: string;
    width?: number;
    height?: number;
    theme?: "light" | "dark" | "contrast";
    /** Its clock can be moved. */
    clock?: boolean;
  }): Promise<Seat>;
}

/** Opens the table before the file's tests, and closes it after them. */
export function setTable(mode: "site" | "standalone"): Table {
  let browser: Browser | undefined;
  let server: Server | undefined;
  const table = { address: "" };
  beforeAll(async () => {
    const served = await serveFolder(builtFolder[mode]);
    server = served.server;
    table.address = served.address;
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });
  return {
    get address() {
      return table.address;
    },
    async sit({ locale = "en-GB", width = 1440, height = 900, theme = "light", clock = false } = {}) {
      if (!browser) throw new Error("the table is not set yet");
      const context = await browser.newContext({
        locale,
        viewport: { width, height },
        timezoneId: "Europe/Helsinki",
        baseURL: table.address,
      });
      await context.addInitScript(
        (reading) => {
          if (!localStorage.getItem("parley.reading")) localStorage.setItem("parley.reading", reading);
        },
        JSON.stringify({ locale: locale.split("-")[0], theme }),
      );
      if (clock) await giveClock(context);
      const page = await context.newPage();
      const faults: string[] = [];
      const asked: string[] = [];
      page.on("pageerror", (error) => faults.push(String(error)));
      page.on("console", (line) => {
        if (line.type() === "error") faults.push(line.text());
      });
      page.on("request", (request) => asked.push(request.url()));
      page.setDefaultTimeout(patienceMs);
      await page.goto(`${table.address}/`);
      return { page, faults, asked };
    },
  };
}
