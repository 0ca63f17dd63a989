/**
 * A case kept by a server. The server carries and orders; what it brings is checked here entry by entry before a page
 * sees it: signatures, places, rules, the keeper's checkpoint, and consistency with the head remembered from last time.
 */
import { caseRules } from "@parley/core";
import {
  type CaseId,
  type Checkpoint,
  type Device,
  type DeviceId,
  type Event,
  type EventId,
  eventId,
  fromBase64url,
  type Json,
  type LogId,
  openCheckpoint,
  originOf,
  sharedLog,
  verifyExport,
} from "@parley/ledger";
import { ApiProblem, follow, type LogItem, type ParleyClient } from "@parley/server/client";
import type { Act, CaseSnapshot, CaseSource, Connection, Seen, Verdict } from "./case-source.ts";
import { type CaseKeys, FoldedCase } from "./folded-case.ts";
import type { Mismatch, MismatchKind } from "./mismatch.ts";
import { type No, noOf, saysNo } from "./no.ts";
import { Outbox, type Waiting } from "./outbox.ts";
import { proveAgain } from "./presence.ts";
import type { ReadCache } from "./read-cache.ts";
import { verdictOf } from "./verdict.ts";
import { readSeen, Witness } from "./witness.ts";

/** How long an act waits to come back by the stream before it is called recorded without it. */
const comesBackMs = 10_000;

export class ServerCase implements CaseSource {
  readonly id: CaseId;
  readonly kept = "server";
  readonly #client: ParleyClient;
  readonly #folded: FoldedCase;
  readonly #cache: ReadCache | undefined;
  #connection: Connection = "reading";
  #stop: () => void = () => undefined;
  readonly #witness: Witness;
  /** By their places: the checkpoints that this browser remembered when this window opened the case. */
  readonly #remembered: ReadonlyMap<string, string>;
  #last: Promise<unknown> = Promise.resolve();
  readonly #outbox: Outbox;
  /** The keeper's time when it was last heard, and this window's own steady count of milliseconds then. */
  #heard: { readonly at: number; readonly since: number } | undefined;

  private constructor(client: ParleyClient, id: CaseId, keys: CaseKeys, cache: ReadCache | undefined) {
    this.id = id;
    this.#client = client;
    this.#cache = cache;
    this.#folded = new FoldedCase(id, keys, undefined);
    this.#witness = new Witness(client, id);
    const heads = Object.entries(localStorage).filter(([name]) => name.startsWith(this.#place(sharedLog)));
    this.#remembered = new Map(heads.map(([name, note]) => [name, String(note)]));
    this.#outbox = new Outbox(`parley.outbox ${id} ${client.session}`);
  }

  /**
   * Takes what was read before, reads the rest, then follows. Resolves once nothing is missing, or, where the server is
   * not reached, with what was read before, or, where the record does not hold, with its fault; rejects with the reason if
   * there is none of these.
   */
  static async open(
    client: ParleyClient,
    id: CaseId,
    keys: CaseKeys,
    cache?: ReadCache,
  ): Promise<ServerCase> {
    const opened = new ServerCase(client, id, keys, cache);
    if (!cache || (await opened.#takeKept(cache))) return opened.#begin();
    // What is kept here was changed here: all is read anew from the server.
    await cache.forget(id);
    return new ServerCase(client, id, keys, cache).#begin();
  }

  async #takeKept(cache: ReadCache): Promise<boolean> {
    for (const [log, items] of await cache.items(this.id)) {
      this.#take(log, items, undefined);
      if (this.fault()) return false;
    }
    return true;
  }

  #begin(): Promise<ServerCase> {
    return new Promise((done, fail) => {
      const giveUp = (reason: Error) => {
        this.#stop();
        fail(reason);
      };
      this.#stop = follow(this.#client, {
        caseId: this.id,
        next: Object.fromEntries(this.#folded.logs.map(({ log }) => [log, this.#folded.sizeOf(log)])),
        onItems: (log, items, checkpoint) => {
          this.#take(log as LogId, items, checkpoint);
          if (this.fault()) done(this);
          else void this.#cache?.keep(this.id, log as LogId, items);
        },
        onState: (state) => {
          this.#connection = state;
          const { isOpen } = this.#folded;
          if (state === "ended") giveUp(new ApiProblem(403, "not-given", "This case is not given to you."));
          else if (isOpen && state === "live") void this.#askHead().finally(() => done(this));
          else if (isOpen && state === "broken") done(this);
          else if (state === "broken") giveUp(new ApiProblem(0, "offline", "The server cannot be reached."));
          if (isOpen && state === "live") this.#flushSoon();
          if (isOpen) this.#folded.tell();
        },
      });
    });
  }

  readonly connection = (): Connection => this.#connection;

  readonly snapshot = (): CaseSnapshot => this.#folded.snapshot();
  readonly fault = (): Mismatch | undefined => this.#folded.fault();
  readonly subscribe = (listener: () => void): (() => void) => this.#folded.subscribe(listener);

  #take(log: LogId, items: readonly LogItem[], checkpoint: string | undefined): void {
    if (this.fault()) return;
    for (const item of items) {
      if ("leaf" in item) {
        this.#folded.foldWithheld(fromBase64url(item.leaf));
        continue;
      }
      const refusal = this.#folded.fold(item.entry);
      if (refusal) {
        this.#distrust("entry", refusal.sentence, item.seq);
        return;
      }
      if (this.#outbox.waiting.length > 0) this.#outbox.remove(eventId(item.entry.event));
      if (this.#connection === "live") this.#hear(item.entry.at);
    }
    if (checkpoint !== undefined && this.#folded.isOpen) this.#check(log, checkpoint);
    if (this.#folded.isOpen) this.#folded.tell();
  }

  /** The keeper's newest head, asked for once at each beginning: where nothing is new, no entry brings it. */
  async #askHead(): Promise<void> {
    try {
      const note = await this.#client.checkpoint(this.id, sharedLog);
      if (!this.fault()) this.#check(sharedLog, note);
    } catch (problem) {
      // Not reached, or no longer given: the stream tells.
      if (!(problem instanceof ApiProblem)) throw problem;
    }
  }

  /** The keeper's own signature on the head that was folded here, and on the one remembered from last time. */
  #check(log: LogId, note: string): void {
    const keeper = fromBase64url(this.#folded.snapshot().state.people.keeper);
    const origin = originOf(this.id, log);
    const signed = openCheckpoint(note, origin, keeper);
    if (!signed || !this.#had(log, signed)) {
      this.#distrust("checkpoint", "The server's checkpoint is not of the record that it sent.");
      return;
    }
    const place = this.#place(log);
    const kept = localStorage.getItem(place);
    const first = this.#remembered.get(place);
    const opened = first ? openCheckpoint(first, origin, keeper) : undefined;
    // Another window of this browser may be ahead by now; what stood here before this one opened it cannot be.
    if (opened && signed.size < opened.size) {
      this.#distrust("shortened", `Remembered: ${opened.size} entries. The keeper now signs ${signed.size}.`);
      return;
    }
    const before = kept ? openCheckpoint(kept, origin, keeper) : undefined;
    if (before && before.size <= this.#folded.sizeOf(log) && !this.#had(log, before)) {
      this.#distrust("rewritten", `The head of ${before.size} entries that was remembered is another.`);
      return;
    }
    if (!before || before.size < signed.size) localStorage.setItem(place, note);
    if (log === sharedLog && signed.size === this.#folded.sizeOf(log)) this.#cosign(note, signed.size);
  }

  #had(log: LogId, { size, root }: Checkpoint): boolean {
    return size > this.#folded.sizeOf(log) || this.#folded.rootAt(size, log) === root;
  }

  /** Those whose word the record waits for say how far they have seen it. */
  #cosign(note: string, size: number): void {
    const { state, sitting } = this.#folded.snapshot();
    const kind = sitting && state.people.seats[sitting.seat]?.kind;
    const device = sitting && this.#folded.devices.get(sitting.device);
    if (device && (kind === "principal" || kind === "mediator")) this.#witness.saw(note, size, device);
  }

  #place(log: LogId): string {
    return ["parley.head", this.id, this.#client.session, ...(log === sharedLog ? [] : [log])].join(" ");
  }

  #distrust(kind: MismatchKind, sentence: string, seq?: number): void {
    this.#stop();
    this.#witness.stop();
    this.#folded.distrust(kind, sentence, seq);
  }

  append(act: Act): Promise<No | undefined> {
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
    const last = Date.parse(this.#folded.lastAt);
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
    this.#stop();
    this.#witness.stop();
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
  readonly readAnswer: CaseSource["readAnswer"] = (event, place, hash, keys) =>
    this.#folded.readAnswer(event, place, hash, keys);

  readonly feed: NonNullable<CaseSource["feed"]> = {
    madeAt: async () => (await this.#client.feed(this.id, this.snapshot().sitting?.seat)).madeAt,
    make: () => this.#client.makeFeed(this.id, this.snapshot().sitting?.seat),
    revoke: () => this.#client.revokeFeed(this.id, this.snapshot().sitting?.seat),
  };

  async verify(): Promise<Verdict> {
    const places = this.#folded.logs.map(({ log }) => localStorage.getItem(this.#place(log)));
    const response = await this.#client.export(this.id);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const heads = places.filter((note) => note !== null);
    const verdict = verdictOf(await verifyExport([bytes], caseRules, { heads }));
    if (!verdict.valid) this.#distrust("verified", verdict.sentence, verdict.seq);
    return verdict;
  }

  seen(): Promise<readonly Seen[]> {
    return readSeen(this.#client, this.#folded);
  }

  async exportFile(): Promise<Blob> {
    return (await this.#client.export(this.id)).blob();
  }
}
