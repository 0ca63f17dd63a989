/**
 * A PostgreSQL of the test's own: a new cluster in a temporary folder, on loopback, ended with the test. As root it runs
 * under an unprivileged user, since PostgreSQL refuses root.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import pg from "pg";

export interface PostgresServer {
  /** A new, empty database. */
  database(): Promise<string>;
  stop(): Promise<void>;
  readonly process: ChildProcess;
}

const debian = "/usr/lib/postgresql";

/** The folder of `initdb` and `postgres`; where it is undefined the tests that need it say so and are skipped. */
export const postgresFolder: string | undefined = [
  process.env["PARLEY_POSTGRES_BIN"] ?? "",
  ...(existsSync(debian) ? readdirSync(debian) : [])
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(debian, version, "bin")),
  ...(process.env["PATH"] ?? "").split(delimiter),
].find(
  (folder) => folder !== "" && existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")),
);

if (postgresFolder === undefined) {
  console.warn(
    "\n*** SKIPPED: no PostgreSQL on this machine (install Debian's `postgresql`): the store is tested on SQLite only. ***\n",
  );
}

/** Another user for the children of root: `postgres` where there is one, else `nobody`. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  for (const user of ["postgres", "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((flag) => spawnSync("id", [flag, user]).stdout.toString().trim());
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  return {};
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

export async function startPostgres(...settings: string[]): Promise<PostgresServer> {
  if (postgresFolder === undefined) throw new Error("no PostgreSQL on this machine");
  const folder = mkdtempSync(join(tmpdir(), "parley-postgres-"));
  const user = unprivileged();
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const env = { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" };
  const data = join(folder, "data");
  const made = spawnSync(
    join(postgresFolder, "initdb"),
    ["-D", data, "-U", "parley", "--auth=trust", "--no-sync", "-E", "UTF8"],
    { ...user, env, cwd: folder },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr.toString()}`);
  const port = await freePort();
  const all = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories=", ...settings];
  const child = spawn(join(postgresFolder, "postgres"), ["-D", data, ...all.flatMap((s) => ["-c", s])], {
    ...user,
    env,
    cwd: folder,
    stdio: "ignore",
  });
  const endWithTest = (): void => void child.kill("SIGQUIT");
  process.on("exit", endWithTest);
  const url = (name: string): string => `postgres://parley@127.0.0.1:${port}/${name}`;
  await untilReady(url("postgres"));
  let count = 0;
  return {
    process: child,
    async database() {
      const name = `test_${++count}`;
      await withClient(url("postgres"), (client) => client.query(`CREATE DATABASE ${name}`));
      return url(name);
    },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      if (child.exitCode === null) {
        child.kill("SIGINT");
        await ended;
      }
      process.off("exit", endWithTest);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function untilReady(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await withClient(url, async () => undefined);
    } catch (error) {
      if (tries > 300) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
