/**
 * What a server takes: signed events from many connections at once (driven by autocannon) and readers of one stream, each
 * beside the CPU time of the server and of the load, which share the machine; and the raw store's own limit, which is the
 * disk's. `server-cases.ts` measures long cases, many cases and the start.
 */
import { createRequire } from "node:module";
import { sharedLog } from "@parley/ledger";
import { openStore } from "@parley/server";
import type { LoadedCase, ServerProcess, Store } from "./server-process.ts";

const need = createRequire(new URL("../packages/server/package.json", import.meta.url));

export interface AppendFigures {
  readonly events: number;
  readonly refused: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU time of all servers for an event. */
  readonly serverCpuMs: number;
  /** CPU time of the load tool for an event. */
  readonly loadCpuMs: number;
}

interface Request {
  readonly method: "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** As much of autocannon as is used here. */
interface Load extends PromiseLike<unknown> {
  on(event: "response", heard: (client: unknown, status: number, bytes: number, ms: number) => void): void;
}
type Autocannon = (options: object) => Load;

/** Where a case's load goes: its connections are spread over these servers in turn. */
export interface Target {
  readonly loaded: LoadedCase;
  readonly servers: readonly ServerProcess[];
}

/** Connections that send together: one device and one server each. */
const groupSize = 10;

/**
 * One device and connection each; every event is signed before the clock starts. `perSecond` 0: each connection sends
 * again as soon as it is answered, so the time of an answer is then the number of connections by the rate that is reached.
 * Else that many are offered a second in all: autocannon lets each connection send its share at the beginning of its
 * second, so the connections go in groups of ten whose seconds begin one after the other.
 */
export async function measureAppends(
  targets: readonly Target[],
  eventsEach: number,
  perSecond = 0,
): Promise<AppendFigures> {
  const autocannon = need("autocannon") as Autocannon;
  const lists = await signedRequests(targets, eventsEach);
  const delays: number[] = [];
  let refused = 0;
  let firstAt = 0;
  let lastAt = 0;
  const groups = perSecond === 0 ? byServer(lists, lists.length) : byServer(lists, groupSize);
  const processes = [...new Set(targets.flatMap(({ servers }) => servers))];
  const serverCpu = (): number => processes.reduce((sum, one) => sum + one.cpuMs(), 0);
  const before = { server: serverCpu(), load: process.cpuUsage() };
  await Promise.all(
    groups.map(async ({ server, requests }, g) => {
      if (perSecond > 0) await pause((g * 1_000) / groups.length);
      const left = [...requests];
      const load = autocannon({
        url: server.url,
        connections: requests.length,
        amount: requests.length * eventsEach,
        ...(perSecond === 0
          ? {}
          : {
              overallRate: (perSecond * requests.length) / lists.length,
              ignoreCoordinatedOmission: true,
            }),
        setupClient: (client: { setRequests(list: unknown): void }) => client.setRequests(left.pop()),
      });
      load.on("response", (_client, status, _bytes, ms) => {
        lastAt = performance.now();
        firstAt ||= lastAt - ms;
        if (Number(status) === 201) delays.push(ms);
        else refused++;
      });
      await load;
    }),
  );
  const seconds = (lastAt - firstAt) / 1_000;
  const load = process.cpuUsage(before.load);
  const { p50Ms, p99Ms } = ranks(delays);
  return {
    events: delays.length,
    refused,
    perSecond: Math.round(delays.length / seconds),
    p50Ms,
    p99Ms,
    serverCpuMs: hundredths((serverCpu() - before.server) / delays.length),
    loadCpuMs: hundredths((load.user + load.system) / 1_000 / delays.length),
  };
}

async function signedRequests(targets: readonly Target[], eventsEach: number) {
  const lists: { server: ServerProcess; requests: Request[] }[] = [];
  for (const { loaded, servers } of targets) {
    const path = `/api/v1/cases/${loaded.id}/events`;
    const headers = {
      "content-type": "application/json",
      "parley-session": "main",
      cookie: loaded.cookie,
    };
    for (const [d, device] of loaded.devices.entries()) {
      const requests: Request[] = [];
      for (let i = 0; i < eventsEach; i++) {
        const body = JSON.stringify(await loaded.statement(device));
        requests.push({ method: "POST", path, headers, body });
      }
      const server = servers[d % servers.length];
      if (server) lists.push({ server, requests });
    }
  }
  return lists;
}

function byServer(
  lists: readonly { readonly server: ServerProcess; readonly requests: Request[] }[],
  size: number,
): { server: ServerProcess; requests: Request[][] }[] {
  const groups: { server: ServerProcess; requests: Request[][] }[] = [];
  for (const { server, requests } of lists) {
    const open = groups.find((group) => group.server === server && group.requests.length < size);
    if (open) open.requests.push(requests);
    else groups.push({ server, requests: [requests] });
  }
  return groups;
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
  /** CPU time for each second of the stream. */
  readonly serverCpuMs: number;
  readonly loadCpuMs: number;
}

/** From sending an event to each reader's having it. */
export async function measureStream(
  { loaded, servers }: Target,
  readers: number,
  perSecond: number,
  seconds: number,
): Promise<StreamFigures> {
  const { WebSocket } = need("ws") as { WebSocket: SocketClass };
  const client = loaded.client();
  const { size } = await client.entries(loaded.id, sharedLog, { limit: 1 });
  const sentAt = new Map<number, number>();
  const arrived: [seq: number, at: number][] = [];
  const sockets: InstanceType<SocketClass>[] = [];
  for (let i = 0; i < readers; i++) {
    const server = servers[i % servers.length] as ServerProcess;
    const socket = new WebSocket(loaded.client(server.url).streamUrl(loaded.id), {
      headers: { cookie: loaded.cookie },
      origin: server.url,
      // Five thousand readers share this thread: what each of them would check for itself is not the server's time.
      skipUTF8Validation: true,
    });
    sockets.push(socket);
    const live = new Promise<void>((resolve, reject) => {
      socket.on("error", reject);
      socket.on("open", () => socket.send(JSON.stringify({ next: { shared: size } })));
      socket.on("message", (data) => {
        const at = performance.now();
        const seqs = seqsIn(data);
        if (seqs.length === 0 && data.includes('"live"')) resolve();
        for (const seq of seqs) arrived.push([seq, at]);
      });
    });
    // A few at a time, as people come.
    if (i % 50 === 49 || i === readers - 1) await live;
  }
  const cpu = (): number => servers.reduce((sum, server) => sum + server.cpuMs(), 0);
  const before = { server: cpu(), load: process.cpuUsage() };
  const [device] = loaded.devices;
  const total = perSecond * seconds;
  for (let i = 0; i < total && device; i++) {
    const due = performance.now() + 1_000 / perSecond;
    const { event, signature } = await loaded.statement(device);
    sentAt.set(size + i, performance.now());
    await client.append(event, signature);
    await pause(Math.max(0, due - performance.now()));
  }
  for (const end = performance.now() + 10_000; arrived.length < total * readers; ) {
    if (performance.now() > end) break;
    await pause(50);
  }
  const load = process.cpuUsage(before.load);
  for (const socket of sockets) socket.terminate();
  return {
    readers,
    received: arrived.length,
    expected: total * readers,
    ...ranks(arrived.map(([seq, at]) => at - (sentAt.get(seq) ?? at))),
    serverCpuMs: Math.round((cpu() - before.server) / seconds),
    loadCpuMs: Math.round((load.user + load.system) / 1_000 / seconds),
  };
}

let lastMessage = Buffer.alloc(0);
let lastSeqs: readonly number[] = [];

/** The numbers of a message's entries; most readers are sent the same one, which is read once. */
function seqsIn(message: Buffer): readonly number[] {
  if (!message.equals(lastMessage)) {
    lastMessage = Buffer.from(message);
    lastSeqs = [...message.toString("latin1").matchAll(/"seq":(\d+)/g)].map(([, seq]) => Number(seq));
  }
  return lastSeqs;
}

/** Rows of an entry's size in one synced transaction after another: what the disk and the database allow at most. */
export async function measureRawStore(
  store: Store,
  perCommit: number,
  ms: number,
): Promise<{ rowsPerSecond: number; commitsPerSecond: number }> {
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
  return {
    rowsPerSecond: Math.round((commits * perCommit) / seconds),
    commitsPerSecond: Math.round(commits / seconds),
  };
}

function ranks(values: readonly number[]): { p50Ms: number; p99Ms: number } {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number =>
    hundredths(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

function hundredths(value: number): number {
  return Math.round(100 * value) / 100;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
