/**
 * A case kept by a server. What the server brings is read and checked by `record-reader.ts`; here is what a person does:
 * an act is signed, sent, and done once it has come back and was checked like any other entry.
 */
import { caseRules } from "@parley/core";
import {
  type CaseId,
  type Device,
  type DeviceId,
  type Entry,
  type Event,
  type EventId,
  eventId,
  type Json,
  type LogId,
  verifyExport,
} from "@parley/ledger";
import { ApiProblem, type ParleyClient } from "@parley/server/client";
import type {
  Act,
  CaseSnapshot,
  CaseSource,
  Connection,
  OwnSeal,
  Reading,
  Seen,
  Verdict,
} from "./case-source.ts";
import { type CaseKeys, FoldedCase } from "./folded-case.ts";
import type { Mismatch } from "./mismatch.ts";
import { type No, noOf, saysNo } from "./no.ts";
import { Outbox, type Waiting } from "./outbox.ts";
import { proveAgain } from "./presence.ts";
import type { ReadCache } from "./read-cache.ts";
import { RecordReader } from "./record-reader.ts";
import { verdictOf } from "./verdict.ts";
import { readSeen, Witness } from "./witness.ts";

/** How long an act waits to come back by the stream before it is called recorded without it. */
const comesBackMs = 10_000;

const notYetChecked = saysNo(
  "not-yet-checked",
  "Nothing is done here before this browser has checked the record.",
);

export class ServerCase implements CaseSource {
  readonly id: CaseId;
  readonly kept = "server";
  readonly #client: ParleyClient;
  readonly #folded: FoldedCase;
  readonly #reader: RecordReader;
  readonly #witness: Witness;
  #last: Promise<unknown> = Promise.resolve();
  readonly #outbox: Outbox;
  /** The keeper's time when it was last heard, and this window's own steady count of milliseconds then. */
  #heard: { readonly at: number; readonly since: number } | undefined;

  private constructor(client: ParleyClient, id: CaseId, cache: ReadCache | undefined) {
    this.id = id;
    this.#client = client;
    this.#folded = new FoldedCase(id, { devices: [] }, undefined);
    this.#witness = new Witness(client, id);
    this.#outbox = new Outbox(`parley.outbox ${id} ${client.session}`);
    this.#reader = new RecordReader(client, this.#folded, this.#witness, cache, {
      onEntry: (entry) => this.#cameBack(entry),
      onLive: () => this.#flushSoon(),
    });
  }

  /**
   * Resolves once there is something to show: all of it, or the front of a long case; see `RecordReader.open`. A front needs
   * no keys, which take longer to make.
   */
  static async open(
    client: ParleyClient,
    id: CaseId,
    keys: CaseKeys | Promise<CaseKeys>,
    cache?: ReadCache,
  ): Promise<ServerCase> {
    const opened = new ServerCase(client, id, cache);
    await opened.#reader.open(async () => opened.#folded.give(await keys));
    return opened;
  }

  /** All of it was read and checked. */
  get whole(): Promise<void> {
    return this.#reader.whole;
  }

  readonly connection = (): Connection => this.#reader.connection;
  readonly snapshot = (): CaseSnapshot => this.#reader.snapshot();
  readonly reading = (): Reading | undefined => this.#reader.reading;
  readonly fault = (): Mismatch | undefined => this.#folded.fault();
  readonly subscribe = (listener: () => void): (() => void) => this.#folded.subscribe(listener);

  #cameBack({ event, at }: Entry): void {
    if (this.#outbox.waiting.length > 0) this.#outbox.remove(eventId(event));
    if (this.connection() === "live") this.#hear(at);
  }

  append(act: Act): Promise<No | undefined> {
    if (this.reading()) return Promise.resolve(notYetChecked);
    const work = async (): Promise<No | undefined> => {
      const device = this.#folded.devices.get(this.snapshot().sitting?.device ?? ("" as DeviceId));
      if (!device) return saysNo("no-device", "No device of this case is kept in this browser.");
      // What waits goes first, or the numbers of this device's events would not follow.
      await this.#flush();
      if (this.#outbox.waiting.length > 0) {
        return saysNo("unsent", "What you signed before still waits for the line to the server.");
      }
      const sent = await this.sendBy(act, device);
      if ("code" in sent) return sent;
      await this.#comesBack(sent.log, sent.seq);
      return undefined;
    };
    return this.#inTurn(work);
  }

  send(act: Act): Promise<No | undefined> {
    if (this.reading()) return Promise.resolve(notYetChecked);
    return this.#inTurn(async () => {
      const device = this.#folded.devices.get(this.snapshot().sitting?.device ?? ("" as DeviceId));
      if (!device) return saysNo("no-device", "No device of this case is kept in this browser.");
      const ahead = (log: LogId, audience: string) => this.#outbox.count(device.id, log, audience);
      const { id } = this.#outbox.put(await this.#folded.sign(act, device, ahead));
      this.#folded.tell();
      return (await this.#flush()).get(id);
    });
  }

  readonly waiting = (): readonly Waiting[] => this.#outbox.waiting;

  /** Sends what waits, in order, until the line fails. What is refused is given up: its number goes to a void event. */
  async #flush(): Promise<ReadonlyMap<EventId, No>> {
    const refused = new Map<EventId, No>();
    for (const { id, event, signature } of this.#outbox.waiting) {
      try {
        const { seq } = await this.#client.append(event, signature);
        await this.#comesBack(event.log, seq);
      } catch (problem) {
        if (!(problem instanceof ApiProblem)) throw problem;
        // Not a word on the event itself: the line, the session or the server's load.
        const { status } = problem;
        if (status === 0 || status === 401 || status === 429 || status >= 500) break;
        refused.set(id, noOf(problem));
        await this.#giveUp(event);
      }
      this.#outbox.remove(id);
      this.#folded.tell();
    }
    return refused;
  }

  /** A void event takes the number, so that what was signed cannot be appended later by anybody. */
  async #giveUp({ author, log, audience }: Event): Promise<void> {
    const device = this.#folded.devices.get(author);
    if (!device || audience === "circle") return;
    const empty = await this.#folded.sign({ kind: "Void", body: {}, audience, log }, device);
    await this.#client.append(empty.event, empty.signature);
  }

  #flushSoon(): void {
    if (this.#outbox.waiting.length > 0) void this.#inTurn(() => this.#flush());
  }

  #hear(at: string): void {
    this.#heard = { at: Date.parse(at), since: performance.now() };
  }

  now(): number {
    const last = Date.parse(this.#folded.lastAt) || 0;
    const heard = this.#heard;
    return Math.max(last, heard ? heard.at + performance.now() - heard.since : Date.now());
  }

  async reach(): Promise<boolean> {
    const asked = performance.now();
    try {
      const { time } = await this.#client.server();
      // The answer was made some time between asking and now.
      this.#heard = { at: Date.parse(time), since: (asked + performance.now()) / 2 };
      this.#flushSoon();
      return true;
    } catch (problem) {
      if (!(problem instanceof ApiProblem)) throw problem;
      return false;
    }
  }

  async sign(message: Uint8Array): Promise<{ device: DeviceId; signature: string } | undefined> {
    const { sitting } = this.snapshot();
    return (
      sitting && { device: sitting.device, signature: await this.#folded.signAs(sitting.device, message) }
    );
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work, work);
    this.#last = next.catch(() => undefined);
    return next;
  }

  /** Signs by a device and sends. Where an act binds a party, the person proves presence first, once. */
  async sendBy(act: Act, device: Device): Promise<{ readonly log: LogId; readonly seq: number } | No> {
    const { event, signature } = await this.#folded.sign(act, device);
    if (event.audience === "public") this.#witness.acted();
    try {
      return { log: event.log, seq: (await this.#client.append(event, signature)).seq };
    } catch (problem) {
      if (!(problem instanceof ApiProblem)) throw problem;
      if (problem.code !== "step-up-needed") return noOf(problem);
      return (await proveAgain(this.#client)) ?? this.sendBy(act, device);
    }
  }

  /** Follows no longer. */
  close(): void {
    this.#reader.stop();
  }

  /** Recorded is not yet folded: an act is done once it has come back and was checked like any other. */
  #comesBack(log: LogId, seq: number): Promise<void> {
    return new Promise((done) => {
      const look = () => {
        if (this.#folded.sizeOf(log) <= seq && !this.fault()) return;
        clearTimeout(timer);
        stop();
        done();
      };
      const stop = this.#folded.subscribe(look);
      const timer = setTimeout(() => {
        stop();
        done();
      }, comesBackMs);
      look();
    });
  }

  sit(device: DeviceId): Promise<void> {
    this.#folded.sitAs(device);
    return Promise.resolve();
  }

  unseal(event: Event): Promise<Json | undefined> {
    return this.#folded.unseal(event);
  }

  readonly writeAnswer: CaseSource["writeAnswer"] = (answer, proposal) =>
    this.#folded.writeAnswer(answer, proposal);
  get own(): OwnSeal {
    return this.#folded.own;
  }

  readonly readAnswer: CaseSource["readAnswer"] = (event, place, hash, keys) =>
    this.#folded.readAnswer(event, place, hash, keys);

  readonly feed: NonNullable<CaseSource["feed"]> = {
    madeAt: async () => (await this.#client.feed(this.id, this.snapshot().sitting?.seat)).madeAt,
    make: () => this.#client.makeFeed(this.id, this.snapshot().sitting?.seat),
    revoke: () => this.#client.revokeFeed(this.id, this.snapshot().sitting?.seat),
  };

  async verify(): Promise<Verdict> {
    const heads = this.#reader.heads.notes();
    const response = await this.#client.export(this.id);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const verdict = verdictOf(await verifyExport([bytes], caseRules, { heads }));
    if (!verdict.valid) this.#reader.distrust("verified", verdict.sentence, verdict.seq);
    return verdict;
  }

  seen(): Promise<readonly Seen[]> {
    return readSeen(this.#client, this.#folded);
  }

  async exportFile(): Promise<Blob> {
    return (await this.#client.export(this.id)).blob();
  }
}
