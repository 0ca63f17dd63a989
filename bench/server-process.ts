/** A server as people run it, a process of its own, and a case on it with as many members as asked. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { inviteMessage, type SeatId } from "@parley/core";
import {
  base64url,
  caseId,
  type Device,
  deviceFromPlatformKey,
  type Event,
  emptyHead,
  type JsonObject,
  sharedLog,
  signedBytes,
  signerFromSeed,
} from "@parley/ledger";
import { Accounts, openStore, systemPorts } from "@parley/server";
import { ParleyClient } from "@parley/server/client";

const parley = fileURLToPath(new URL("../packages/cli/bin/parley.js", import.meta.url));

export type Store = Parameters<typeof openStore>[0];

export interface ServerProcess {
  readonly url: string;
  /** From spawn to the line that says it is ready. */
  readonly startMs: number;
  /** CPU time so far, of all threads, in milliseconds; Linux only, 0 elsewhere. */
  cpuMs(): number;
  /** Memory in use now, and at most so far; Linux only, 0 elsewhere. */
  memoryMB(): { readonly now: number; readonly most: number };
  stop(): Promise<void>;
}

/** Starts `parley serve` on a folder, or on a PostgreSQL. */
export async function serve({ data, databaseUrl }: Store): Promise<ServerProcess> {
  const started = performance.now();
  const limits = [
    "--rate-limit",
    "100000000",
    "--sign-in-limit",
    "100000",
    "--max-streams-each",
    "10000",
    "--log-level",
    "silent",
  ];
  const database = databaseUrl === undefined ? [] : ["--database-url", databaseUrl];
  const child = spawn(
    process.execPath,
    [parley, "serve", "--data", data, "--port", "0", ...limits, ...database],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Parley is ready at (\S+)$/.exec(line)?.[1];
    if (url === undefined) continue;
    return {
      url,
      startMs: performance.now() - started,
      cpuMs: () => cpuOf(child),
      memoryMB: () => ({ now: memoryOf(child, "VmRSS"), most: memoryOf(child, "VmHWM") }),
      stop: async () => {
        const ended = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGTERM");
        await ended;
      },
    };
  }
  throw new Error("the server ended before it was ready");
}

function memoryOf({ pid }: ChildProcess, what: string): number {
  const found = new RegExp(`${what}:\\s+(\\d+)`).exec(systemSays(pid, "status"))?.[1];
  return Math.round(Number(found ?? 0) / 1024);
}

/** The clock of these counts has 100 ticks a second on every Linux that Node runs on. */
function cpuOf({ pid }: ChildProcess): number {
  const fields = systemSays(pid, "stat").split(") ").at(-1)?.split(" ") ?? [];
  return 10 * (Number(fields[11] ?? 0) + Number(fields[12] ?? 0));
}

function systemSays(pid: number | undefined, what: string): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, "utf8");
  } catch {
    return "";
  }
}

/** A case with as many members as asked, each with a device; one account that is signed in sends for them all. */
export class LoadedCase {
  readonly url: string;
  readonly cookie: string;
  readonly id: Event["case"];
  readonly devices: readonly Device[];
  readonly #counts = new Map<string, number>();

  constructor(url: string, cookie: string, id: Event["case"], devices: readonly Device[]) {
    this.url = url;
    this.cookie = cookie;
    this.id = id;
    this.devices = devices;
  }

  static async open(url: string, store: Store, devices: number): Promise<LoadedCase> {
    const sql = await openStore({ ...store, lock: false });
    const token = await new Accounts(sql, systemPorts).link({
      name: "load",
      role: "opener",
      validMs: 600_000,
    });
    await sql.close();
    let cookie = "";
    const withCookie: typeof fetch = async (input, init) => {
      const response = await fetch(input, {
        ...init,
        headers: { ...(init?.headers as Record<string, string>), cookie },
      });
      for (const line of response.headers.getSetCookie()) cookie = line.split(";")[0] ?? cookie;
      return response;
    };
    const client = new ParleyClient({ origin: url, fetch: withCookie });
    await client.redeemLink(token);
    const { keeper } = await client.server();
    const made = await newDevices(devices);
    const opening = openingBody(keeper, made);
    const loaded = new LoadedCase(url, cookie, caseId(opening), made);
    for await (const { event, signature } of loaded.beginning(opening)) await client.append(event, signature);
    return loaded;
  }

  /** The events that open the case and seat everybody, in order. */
  async *beginning(opening: JsonObject): AsyncGenerator<{ event: Event; signature: string }> {
    const [opener, ...others] = this.devices;
    if (!opener) throw new RangeError("a case needs one device");
    yield this.sign(opener, "CaseOpened", opening);
    const until = new Date(Date.now() + 86_400_000).toISOString();
    for (const device of others) {
      const invite = signerFromSeed(crypto.getRandomValues(new Uint8Array(32)));
      const inviteKey = base64url(invite.publicKey);
      yield this.sign(opener, "MemberInvited", { role: "adviser", inviteKey, until });
      const terms = { inviteKey, seat: "a" as SeatId, role: "adviser" as const, keys: device.keys };
      const inviteSignature = base64url(await invite.sign(inviteMessage(this.id, terms)));
      yield this.sign(device, "MemberJoined", { ...terms, name: "x", office: "y", inviteSignature });
    }
  }

  /** The client of the account, on any server of this store. */
  client(origin: string = this.url): ParleyClient {
    const { cookie } = this;
    return new ParleyClient({
      origin,
      fetch: (url, init) => fetch(url, { ...init, headers: { ...(init?.headers as object), cookie } }),
    });
  }

  async sign(device: Device, kind: string, body: JsonObject): Promise<{ event: Event; signature: string }> {
    const n = this.#counts.get(device.id) ?? 0;
    this.#counts.set(device.id, n + 1);
    const salt = base64url(crypto.getRandomValues(new Uint8Array(16)));
    const event: Event = {
      v: 1,
      case: this.id,
      log: sharedLog,
      kind,
      author: device.id,
      n,
      after: emptyHead,
      audience: "public",
      salt,
      body,
    };
    return { event, signature: base64url(await device.signer.sign(signedBytes(event))) };
  }

  statement(device: Device): Promise<{ event: Event; signature: string }> {
    return this.sign(device, "StatementMade", { form: "statement", text: "x".repeat(300), about: [] });
  }
}

export async function newDevices(count: number): Promise<Device[]> {
  const made: Device[] = [];
  for (let i = 0; i < count; i++) {
    // The platform signs ten times as fast, and signing is not what is measured.
    const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
    made.push(await deviceFromPlatformKey(pair as CryptoKeyPair, crypto.getRandomValues(new Uint8Array(32))));
  }
  return made;
}

export function openingBody(keeper: string, [opener]: readonly Device[]): JsonObject {
  return {
    title: "EXERCISE: load",
    keeper,
    nonce: base64url(crypto.getRandomValues(new Uint8Array(16))),
    exercise: true,
    seats: [{ seat: "a", kind: "principal", name: "A" }],
    convener: "a",
    opener: { name: "x", office: "y", keys: opener?.keys ?? null },
  };
}
