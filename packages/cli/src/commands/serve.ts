/** `parley serve`: the server with the web table. */
import { spawn } from "node:child_process";
import {
  ConfigError,
  readConfig,
  type ServerConfig,
  StoreError,
  settings,
  startServer,
} from "@parley/server";
import { type Arguments, type Command, type CommandOption, UsageError } from "../command.ts";
import type { Terminal } from "../terminal.ts";

const options: Record<string, CommandOption> = { open: { help: "opens it in the browser" } };
for (const { flag, kind, fallback, meaning, variable } of Object.values(settings)) {
  const preset = fallback === "" ? "" : ` (${fallback})`;
  options[flag] = {
    ...(kind === "yes" ? {} : { value: kind === "number" ? "N" : "TEXT" }),
    help: `${meaning.charAt(0).toLowerCase()}${meaning.slice(1).replace(/\.$/, "")}${preset}; ${variable}`,
  };
}

export const command: Command = {
  name: "serve",
  synopsis: "[--data DIR] [--database-url URL] [--host 127.0.0.1] [--port 7700] [--demo] [--open] ...",
  description: [
    "Runs the server with the web table, and prints one line with its address when it is ready. Stops on an interrupt, after answering what is under way.",
    "With --demo it opens the sample cases and prints a sign-in link for each seat; the keys of these cases are public. It serves plain HTTP on loopback only; for others put a TLS proxy in front and name it with --public-url.",
  ],
  options,
  examples: [
    "parley serve --demo --open",
    "parley serve --data /var/lib/parley --public-url https://talks.example",
  ],
  async run(args: Arguments, terminal: Terminal): Promise<number> {
    if (args.words.length > 0)
      throw new UsageError(`${JSON.stringify(args.words[0])} is one argument too many`);
    const server = await start(configOf(args));
    terminal.result(`Parley is ready at ${server.url}\n`);
    if (server.demo.length > 0) {
      terminal.log(
        "The keys of all seats below are public: nothing here is secret, and nothing is signed for anyone.",
      );
    }
    for (const { title, name, url } of server.demo) terminal.result(`${title}: ${name}: ${url}\n`);
    if (args.flags.has("open")) openInBrowser(server.demo[0]?.url ?? server.url);
    await interrupted();
    terminal.log("Stopping.");
    await server.close();
    return 0;
  },
};

/** The settings of a server from a command line and the environment. */
export function configOf(args: Arguments): ServerConfig {
  const flags: Record<string, string | boolean> = {};
  for (const { flag } of Object.values(settings)) {
    const value = args.values.get(flag)?.at(-1);
    if (args.flags.has(flag)) flags[flag] = true;
    else if (value !== undefined) flags[flag] = value;
  }
  try {
    return readConfig(flags, process.env);
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message);
    throw error;
  }
}

async function start(config: ServerConfig): ReturnType<typeof startServer> {
  try {
    return await startServer(config);
  } catch (error) {
    if (error instanceof StoreError) throw new UsageError(error.message);
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE")
      throw new UsageError(`port ${config.port} is taken; choose another with --port`);
    if (code === "EACCES" || code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
      throw new UsageError(`cannot listen on ${config.host}, port ${config.port} (${code})`);
    }
    throw error;
  }
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

/** Where no browser can be opened the address has been printed all the same. */
function openInBrowser(url: string): void {
  const [program, ...before] =
    process.platform === "darwin"
      ? ["open"]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", ""]
        : ["xdg-open"];
  const child = spawn(program as string, [...before, url], { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
}
