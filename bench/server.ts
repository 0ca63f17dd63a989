/**
 * What a server takes: signed events from many connections at once (driven by autocannon), readers of one stream, the start
 * with an existing store; and beside the events the raw store's own limit, which is the disk's. The server is a process of
 * its own, built, as people run it; the load shares the machine with it.
 *
 * `BENCH_CONNECTIONS=200 BENCH_EVENTS=50 BENCH_READERS=5000 npx vitest run bench/test/server.test.ts` has the goals' sizes.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { inviteMessage, type SeatId } from "@parley/core";
import {
  base64url,
  caseId,
  type Device,
  deviceFromSecrets,
  type Event,
  emptyHead,
  type JsonObject,
  newDeviceSecrets,
  sharedLog,
  signedBytes,
  signerFromSeed,
} from "@parley/ledger";
import { Accounts, openStore, systemPorts } from "@parley/server";
import { ParleyClient } from "@parley/server/client";

const parley = fileURLToPath(new URL("../packages/cli/bin/parley.js", import.meta.url));
const need = createRequire(new URL("../packages/server/package.json", import.meta.url));

export interface ServerProcess {
  readonly url: string;
  /** From spawn to the line that says it is ready. */
  readonly startMs: number;
  readonly child: ChildProcess;
  residentMB(): number;
  stop(): Promise<void>;
}

/** Starts `parley serve` on a folder, or on a PostgreSQL. */
export async function serve(data: string, databaseUrl = ""): Promise<ServerProcess> {
  const started = performance.now();
  const limits = ["--rate-limit", "100000000", "--sign-in-limit", "100000", "--log-level", "silent"];
  const database = databaseUrl === "" ? [] : ["--database-url", databaseUrl];
  const child = spawn(
    process.execPath,
    [parley, "serve", "--data", data, "--port", "0", ...limits, ...database],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Parley is ready at (\S+)$/.exec(line)?.[1];
    if (url === undefined) continue;
    return {
      url,
      startMs: performance.now() - started,
      child,
      residentMB: () => residentOf(child),
      stop: async () => {
        const ended = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGTERM");
        await ended;
      },
    };
  }
  throw new Error("the server ended before it was ready");
}

/** Linux only; 0 elsewhere. */
function residentOf({ pid }: ChildProcess): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
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

  static async open(
    url: string,
    store: Parameters<typeof openStore>[0],
    devices: number,
  ): Promise<LoadedCase> {
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
    const made: Device[] = [];
    for (let i = 0; i < devices; i++) made.push(await deviceFromSecrets(newDeviceSecrets()));
    const [opener] = made;
    if (!opener) throw new RangeError("a case needs one device");
    const body = {
      title: "EXERCISE: load",
      keeper,
      nonce: base64url(crypto.getRandomValues(new Uint8Array(16))),
      exercise: true,
      seats: [{ seat: "a", kind: "principal", name: "A" }],
      convener: "a",
      opener: { name: "x", office: "y", keys: opener.keys },
    };
    const loaded = new LoadedCase(url, cookie, caseId(body), made);
    const send = async (by: Device, kind: string, what: JsonObject): Promise<void> => {
      const { event, signature } = await loaded.sign(by, kind, what);
      await client.append(event, signature);
    };
    await send(opener, "CaseOpened", body);
    const until = new Date(Date.now() + 86_400_000).toISOString();
    for (const device of made.slice(1)) {
      const invite = signerFromSeed(crypto.getRandomValues(new Uint8Array(32)));
      const inviteKey = base64url(invite.publicKey);
      await send(opener, "MemberInvited", { role: "adviser", inviteKey, until });
      const terms = { inviteKey, seat: "a" as SeatId, role: "adviser" as const, keys: device.keys };
      const inviteSignature = base64url(await invite.sign(inviteMessage(loaded.id, terms)));
      await send(device, "MemberJoined", { ...terms, name: "x", office: "y", inviteSignature });
    }
    return loaded;
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

export interface AppendFigures {
  readonly events: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly refused: number;
}

/** One device and connection each; every event is signed before the clock starts. */
export async function measureAppends(loaded: LoadedCase, eventsEach: number): Promise<AppendFigures> {
  const path = `/api/v1/cases/${loaded.id}/events`;
  const headers = { "content-type": "application/json", "parley-session": "main", cookie: loaded.cookie };
  const lists: { method: "POST"; path: string; headers: typeof headers; body: string }[][] = [];
  for (const device of loaded.devices) {
    const list = [];
    for (let i = 0; i < eventsEach; i++) {
      const body = JSON.stringify(await loaded.statement(device));
      list.push({ method: "POST" as const, path, headers, body });
    }
    lists.push(list);
  }
  const autocannon = need("autocannon") as (options: object) => Promise<{
    latency: { p50: number; p99: number };
    duration: number;
    "2xx": number;
    non2xx: number;
  }>;
  const result = await autocannon({
    url: loaded.url,
    connections: lists.length,
    amount: lists.length * eventsEach,
    setupClient: (client: { setRequests(list: unknown): void }) => client.setRequests(lists.pop()),
  });
  return {
    events: result["2xx"],
    perSecond: result["2xx"] / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    refused: result.non2xx,
  };
}

/** As much of `ws` as is used here. */
type SocketClass = new (
  url: string,
  options: object,
) => {
  on(event: "open", heard: () => void): void;
  on(event: "error", heard: (error: Error) => void): void;
  on(event: "message", heard: (data: Buffer) => void): void;
  send(text: string): void;
  terminate(): void;
};

export interface StreamFigures {
  readonly readers: number;
  readonly received: number;
  readonly expected: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** From sending an event to each reader's having it. */
export async function measureStream(
  loaded: LoadedCase,
  readers: number,
  perSecond: number,
  seconds: number,
): Promise<StreamFigures> {
  const { WebSocket } = need("ws") as { WebSocket: SocketClass };
  const client = new ParleyClient({
    origin: loaded.url,
    fetch: (url, init) =>
      fetch(url, { ...init, headers: { ...(init?.headers as object), cookie: loaded.cookie } }),
  });
  const { size } = await client.entries(loaded.id, sharedLog, { limit: 1 });
  const sentAt = new Map<number, number>();
  const delays: number[] = [];
  const arrived: [seq: number, at: number][] = [];
  const sockets = [];
  for (let i = 0; i < readers; i++) {
    const socket = new WebSocket(client.streamUrl(loaded.id), {
      headers: { cookie: loaded.cookie },
      origin: loaded.url,
    });
    sockets.push(socket);
    const live = new Promise<void>((resolve, reject) => {
      socket.on("error", reject);
      socket.on("open", () => socket.send(JSON.stringify({ next: { shared: size } })));
      socket.on("message", (data: Buffer) => {
        const at = performance.now();
        const text = data.toString("latin1");
        if (text === '{"type":"live"}') return resolve();
        for (const [, seq] of text.matchAll(/"seq":(\d+)/g)) arrived.push([Number(seq), at]);
      });
    });
    // A few at a time, as people come.
    if (i % 50 === 49 || i === readers - 1) await live;
  }
  const [device] = loaded.devices;
  const total = perSecond * seconds;
  for (let i = 0; i < total && device; i++) {
    const due = performance.now() + 1_000 / perSecond;
    const { event, signature } = await loaded.statement(device);
    sentAt.set(size + i, performance.now());
    await client.append(event, signature);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  }
  for (
    const end = performance.now() + 10_000;
    arrived.length < total * readers && performance.now() < end;
  ) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (const [seq, at] of arrived) delays.push(at - (sentAt.get(seq) ?? at));
  for (const socket of sockets) socket.terminate();
  delays.sort((a, b) => a - b);
  const rank = (share: number): number =>
    delays[Math.min(delays.length - 1, Math.floor(share * delays.length))] ?? 0;
  return {
    readers,
    received: arrived.length,
    expected: total * readers,
    p50Ms: rank(0.5),
    p99Ms: rank(0.99),
  };
}

/** Rows of an entry's size in one synced transaction after another: what the disk and the database allow at most. */
export async function measureRawStore(
  store: Parameters<typeof openStore>[0],
  perCommit: number,
  ms: number,
): Promise<{ perSecond: number; commitsPerSecond: number }> {
  const sql = await openStore(store);
  let commits = 0;
  const started = performance.now();
  while (performance.now() - started < ms) {
    await sql.transaction((tx) =>
      tx.insert(
        "entries",
        ["case_id", "revision", "log", "seq", "event_id", "leaf", "entry"],
        Array.from({ length: perCommit }, (_, i) => {
          const at = commits * perCommit + i;
          return ["raw", at, sharedLog, at, `event ${at}`, "leaf", "x".repeat(900)];
        }),
      ),
    );
    commits++;
  }
  const seconds = (performance.now() - started) / 1_000;
  await sql.close();
  return { perSecond: (commits * perCommit) / seconds, commitsPerSecond: commits / seconds };
}
