/** A running server: opens the store, listens, and stops without losing anything that it acknowledged. */
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { createApp } from "./api/app.ts";
import type { App } from "./api/route.ts";
import { createServices, type Services } from "./api/services.ts";
import type { ServerConfig } from "./config.ts";
import type { DemoLink } from "./demo.ts";
import { type Ports, systemPorts } from "./ports.ts";
import { openStore } from "./store/open.ts";

export interface RunningServer {
  /** Where people reach it. */
  readonly url: string;
  readonly port: number;
  /** With `--demo`: one sign-in link for each seat. */
  readonly demo: readonly DemoLink[];
  readonly services: Services;
  readonly app: App;
  /** Takes no more requests, answers those under way, and closes the store. */
  close(): Promise<void>;
}

const builtPages = fileURLToPath(new URL("../../web/dist/site", import.meta.url));

/** Throws `StoreError` where the store cannot be opened, and what the system says where the port cannot be had. */
export async function startServer(config: ServerConfig, ports: Ports = systemPorts): Promise<RunningServer> {
  const sql = await openStore({
    data: config.data,
    ...(config.databaseUrl === "" ? {} : { databaseUrl: config.databaseUrl }),
    lock: true,
  });
  let app: App | undefined;
  try {
    // Pages and passkeys are bound to the origin, so it must be known before the first request: also with port 0.
    const port = config.port === 0 ? await freePort(config.host) : config.port;
    const origin = config.publicUrl === "" ? `http://localhost:${port}` : config.publicUrl;
    const services = await createServices(config, origin, sql, ports);
    const logger = pino({ level: config.logLevel, base: null }, ports.log);
    const made = await createApp(services, { pages: builtPages, logger });
    app = made;
    await made.listen({ host: config.host, port });
    const demo = config.demo ? await (await import("./demo.ts")).openDemo(services) : [];
    return {
      url: origin,
      port,
      demo,
      services,
      app: made,
      close: async () => {
        await made.close();
        await services.keeper.stop();
        await sql.close();
      },
    };
  } catch (error) {
    await app?.close();
    await sql.close();
    throw error;
  }
}

async function freePort(host: string): Promise<number> {
  const { createServer } = await import("node:net");
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once("error", reject);
    probe.listen(0, host, resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}
