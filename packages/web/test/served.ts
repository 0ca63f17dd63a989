/** A real server with its pages, and people at it: each in a browser context of their own, watched. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ports, type RunningServer, readConfig, startServer, systemPorts } from "@parley/server";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launch, patienceMs } from "./chromium.ts";

export interface Served {
  readonly server: RunningServer;
  readonly browser: Browser;
  /** Where the server keeps everything. */
  readonly data: string;
  /** What any page said was wrong. */
  readonly faults: string[];
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>;
  newPage(context: BrowserContext, name: string): Promise<Page>;
  /** The server is no longer reached. */
  stop(): Promise<void>;
}

type Flags = Readonly<Record<string, string | boolean>>;

/** Starts a server and a browser before the file's tests, and stops them after. */
export function serve(flags: Flags | (() => Promise<Flags>), ports: Ports = systemPorts): Served {
  const data = mkdtempSync(join(tmpdir(), "parley-web-"));
  const faults: string[] = [];
  let server: RunningServer | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    const asked = typeof flags === "function" ? await flags() : flags;
    const all = { data, port: "0", "log-level": "fatal", "sign-in-limit": "1000", ...asked };
    server = await startServer(readConfig(all, {}), ports);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await stop();
    rmSync(data, { recursive: true, force: true });
  });
  const stop = async () => {
    const running = server;
    server = undefined;
    await running?.close();
  };
  const begun = <T>(one: T | undefined): T => {
    if (!one) throw new Error("the server is not up yet");
    return one;
  };
  return {
    data,
    faults,
    stop,
    get server() {
      return begun(server);
    },
    get browser() {
      return begun(browser);
    },
    newContext: (options) =>
      begun(browser).newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 }, ...options }),
    async newPage(context, name) {
      const page = await context.newPage();
      page.setDefaultTimeout(patienceMs);
      page.on("pageerror", (error) => faults.push(`${name}: ${error}`));
      page.on("console", (line) => {
        if (line.type() === "error") faults.push(`${name}: ${line.text()}`);
      });
      return page;
    },
  };
}
