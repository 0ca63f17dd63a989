/** A running server for tests, people who reach it over loopback, and what they sign: real keys, real signatures. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Body, inviteMessage, type SeatId } from "@parley/core";
import {
  base64url,
  caseId,
  circleLogId,
  type Device,
  deviceFromSecrets,
  type Event,
  emptyHead,
  type Head,
  type Json,
  type JsonObject,
  type LogId,
  type Sealed,
  seal,
  sealContextOf,
  sha256,
  sharedLog,
  signedBytes,
  utf8,
} from "@parley/ledger";
import { holdingMessage, ParleyClient, type Receipt } from "../src/client/index.ts";
import { readConfig, type ServerConfig } from "../src/config.ts";
import type { Ports } from "../src/ports.ts";
import { systemPorts } from "../src/ports.ts";
import { type RunningServer, startServer } from "../src/server.ts";

export interface TestServer extends RunningServer {
  readonly folder: string;
  stop(): Promise<void>;
}

export async function startTestServer(
  flags: Readonly<Record<string, string | boolean>> = {},
  ports: Ports = systemPorts,
): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), "parley-server-"));
  const running = await startServer(testConfig(folder, flags), ports);
  return {
    ...running,
    folder,
    stop: async () => {
      await running.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function testConfig(folder: string, flags: Readonly<Record<string, string | boolean>>): ServerConfig {
  const quiet = { "log-level": "silent", "rate-limit": "1000000", "sign-in-limit": "100000" };
  return readConfig({ data: folder, port: "0", ...quiet, ...flags }, {});
}

/** A fetch with a cookie jar, as a browser has one. */
export function browser(origin: string): typeof fetch & { readonly cookies: Map<string, string> } {
  const cookies = new Map<string, string>();
  const go = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (cookies.size > 0) headers.set("cookie", [...cookies].map(([k, v]) => `${k}=${v}`).join("; "));
    const response = await fetch(new URL(String(input), origin), { redirect: "manual", ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name === undefined) continue;
      if (value === "") cookies.delete(name);
      else cookies.set(name, value ?? "");
    }
    return response;
  };
  return Object.assign(go, { cookies });
}

export interface Person {
  readonly client: ParleyClient;
  readonly browser: ReturnType<typeof browser>;
  readonly account: string;
  readonly origin: string;
}

/** Somebody with an account, signed in by a link. */
export async function person(
  server: RunningServer,
  name = "Somebody",
  role: "member" | "opener" = "opener",
): Promise<Person> {
  const token = await server.services.accounts.link({ name, role, validMs: 60_000 });
  const jar = browser(server.url);
  const client = new ParleyClient({ origin: server.url, fetch: jar });
  const { account } = await client.redeemLink(token);
  return { client, browser: jar, account, origin: server.url };
}

const devices = new Map<string, Promise<Device>>();

/** The device of a name, always the same. */
export function device(name: string): Promise<Device> {
  const seed = (purpose: string): Uint8Array => sha256(utf8(`test device ${name} ${purpose}`));
  const made = devices.get(name) ?? deviceFromSecrets({ signing: seed("signing"), sealing: seed("sealing") });
  devices.set(name, made);
  return made;
}

/** What an event seals, to the devices of these names. */
export interface Secret {
  readonly value: Json;
  readonly to: readonly string[];
  readonly purpose: string;
}

export interface Draft {
  readonly kind: string;
  readonly body: JsonObject;
  readonly n: number;
  readonly audience?: Event["audience"];
  readonly log?: LogId;
  readonly after?: Head;
  readonly shared?: Head;
  readonly secret?: Secret;
}

let salts = 0;

export async function signed(
  by: Device,
  caseOf: Event["case"],
  draft: Draft,
): Promise<{ event: Event; signature: string }> {
  let event: Event = {
    v: 1,
    case: caseOf,
    log: draft.log ?? sharedLog,
    kind: draft.kind,
    author: by.id,
    n: draft.n,
    after: draft.after ?? emptyHead,
    audience: draft.audience ?? "public",
    salt: base64url(sha256(utf8(`salt ${++salts} ${draft.kind}`)).subarray(0, 16)),
    body: draft.body,
    ...(draft.shared === undefined ? {} : { shared: draft.shared }),
  };
  if (draft.secret) event = { ...event, sealed: await sealedPart(event, draft.secret) };
  return { event, signature: base64url(await by.signer.sign(signedBytes(event))) };
}

async function sealedPart(event: Event, { value, to, purpose }: Secret): Promise<Sealed> {
  const recipients = await Promise.all(to.map(device));
  const context = sealContextOf(event, { purpose, to: [], ciphertext: "" });
  return seal(
    context,
    value,
    recipients.map(({ id, keys }) => ({ device: id, keys })),
  );
}

export type SeatPlan = readonly [seat: string, kind: Body<"CaseOpened">["seats"][number]["kind"]];

const usualSeats: readonly SeatPlan[] = [
  ["marin", "mediator"],
  ["aldia", "principal"],
  ["borea", "principal"],
  ["cassa", "affected"],
  ["obser", "observer"],
];

/** A case on a server, with the people in its seats. */
export class TestCase {
  readonly server: RunningServer;
  readonly id: Event["case"];
  readonly people = new Map<string, Person>();
  readonly #counts = new Map<string, number>();

  constructor(server: RunningServer, id: Event["case"]) {
    this.server = server;
    this.id = id;
  }

  /** `marin` opens the case; nobody else is seated yet. */
  static async open(
    server: RunningServer,
    title = "EXERCISE: a case",
    seats: readonly SeatPlan[] = usualSeats,
  ): Promise<TestCase> {
    const convener = seats[0]?.[0] ?? "";
    const by = await device(convener);
    const body: Body<"CaseOpened"> = {
      title,
      keeper: server.services.keeper.key,
      nonce: base64url(sha256(utf8(`${title} ${++salts} ${server.url}`)).subarray(0, 16)),
      exercise: true,
      seats: seats.map(([seat, kind]) => ({ seat: seat as SeatId, kind, name: seat.toUpperCase() })),
      convener: convener as SeatId,
      opener: { name: `${convener} head`, office: "Envoy", keys: by.keys },
    };
    const made = new TestCase(server, caseId(body as unknown as JsonObject));
    made.people.set(convener, await person(server, convener));
    await made.issue(convener, "CaseOpened", body as unknown as JsonObject);
    return made;
  }

  static async seated(server: RunningServer, seats: readonly SeatPlan[] = usualSeats): Promise<TestCase> {
    const made = await TestCase.open(server, "EXERCISE: a case", seats);
    for (const [seat] of seats.slice(1)) await made.seat(seat);
    return made;
  }

  member(name: string): Person {
    const found = this.people.get(name);
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  }

  /** The next event of the device of this name, signed, its number taken. */
  async next(name: string, draft: Omit<Draft, "n">): Promise<{ event: Event; signature: string }> {
    const key = `${name} ${draft.audience ?? "public"} ${draft.log ?? sharedLog}`;
    const n = this.#counts.get(key) ?? 0;
    this.#counts.set(key, n + 1);
    return signed(await device(name), this.id, { ...draft, n });
  }

  /** Signs and sends an event that must be kept. */
  async issue(
    name: string,
    kind: string,
    body: JsonObject,
    audience: Event["audience"] = "public",
  ): Promise<Receipt> {
    const { event, signature } = await this.next(name, { kind, body, audience });
    return this.member(name).client.append(event, signature);
  }

  /** The convener invites a head, who joins with the device and a new account of the seat's name. */
  async seat(seat: string): Promise<void> {
    const [convener] = this.people.keys();
    const invite = await device(`invite ${seat} ${this.id}`);
    const until = new Date(Date.now() + 86_400_000).toISOString();
    await this.issue(convener ?? "", "PartyInvited", { seat, inviteKey: invite.keys.signing, until });
    await this.join(seat, seat, "head", invite);
  }

  async join(seat: string, name: string, role: Body<"MemberJoined">["role"], invite: Device): Promise<void> {
    const by = await device(name);
    const terms = { inviteKey: invite.keys.signing, seat: seat as SeatId, role, keys: by.keys };
    const body: Body<"MemberJoined"> = {
      ...terms,
      name: `${name} person`,
      office: role,
      inviteSignature: base64url(await invite.signer.sign(inviteMessage(this.id, terms))),
    };
    this.people.set(name, await person(this.server, name, "member"));
    await this.issue(name, "MemberJoined", body as unknown as JsonObject);
  }

  say(name: string, text: string, audience: Event["audience"] = "public"): Promise<Receipt> {
    return this.issue(name, "StatementMade", { form: "statement", text, about: [] }, audience);
  }

  /** Opens a circle of these seats; the first one's head speaks first. */
  async circle(...seats: string[]): Promise<LogId> {
    const body = { seats, nonce: base64url(sha256(utf8(seats.join())).subarray(0, 16)) };
    const log = circleLogId(body);
    const name = seats[0] ?? "";
    const { event, signature } = await this.next(name, {
      kind: "CircleOpened",
      body,
      audience: "circle",
      log,
      shared: await this.head(name),
    });
    await this.member(name).client.append(event, signature);
    return log;
  }

  async head(name: string, log: string = sharedLog): Promise<Head> {
    const { logs } = await this.member(name).client.case(this.id);
    const found = logs.find((one) => one.log === log);
    return found ? { size: found.size, root: found.root } : emptyHead;
  }

  /** Proves the device of a name for its account. */
  async prove(name: string, by = name): Promise<void> {
    const { client, account, origin } = this.member(by);
    const holder = await device(name);
    const claim = {
      account,
      at: new Date().toISOString(),
      case: this.id,
      id: holder.id,
      kind: "device" as const,
      origin,
    };
    const signature = base64url(await holder.signer.sign(holdingMessage(claim)));
    await client.proveHolding(this.id, { kind: "device", id: holder.id, at: claim.at, signature });
  }
}
