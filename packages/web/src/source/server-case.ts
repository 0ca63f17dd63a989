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
  fromBase64url,
  type Json,
  type LogId,
  openCheckpoint,
  originOf,
  sharedLog,
  verifyExport,
} from "@parley/ledger";
import { ApiProblem, follow, type LogItem, type ParleyClient } from "@parley/server/client";
import type { Act, CaseSnapshot, CaseSource, Connection, No, Verdict } from "./case-source.ts";
import { FoldedCase } from "./folded-case.ts";
import { proveAgain } from "./presence.ts";
import { verdictOf } from "./verdict.ts";

/** How long an act waits to come back by the stream before it is called recorded without it. */
const comesBackMs = 10_000;

export class ServerCase implements CaseSource {
  readonly id: CaseId;
  readonly kept = "server";
  readonly #client: ParleyClient;
  readonly #folded: FoldedCase;
  readonly #seat: string | undefined;
  #connection: Connection = "reading";
  #stop: () => void = () => undefined;
  /** Why nothing of this server is believed any more. */
  #fault: Error | undefined;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    client: ParleyClient,
    id: CaseId,
    devices: readonly Device[],
    seat: string | undefined,
  ) {
    this.id = id;
    this.#client = client;
    this.#seat = seat;
    this.#folded = new FoldedCase(id, devices, undefined);
  }

  /** Reads the whole case, then follows it. Resolves once nothing is missing, or rejects with the reason. */
  static open(
    client: ParleyClient,
    id: CaseId,
    devices: readonly Device[],
    seat: string | undefined,
  ): Promise<ServerCase> {
    const opened = new ServerCase(client, id, devices, seat);
    return new Promise((done, fail) => {
      opened.#stop = follow(client, {
        caseId: id,
        ...(seat === undefined ? {} : { seat }),
        next: {},
        onItems: (log, items, checkpoint) => {
          opened.#take(log as LogId, items, checkpoint);
          if (opened.#fault) fail(opened.#fault);
        },
        onState: (state) => {
          opened.#connection = state;
          if (state === "live" && opened.#folded.isOpen) done(opened);
          if (state === "ended") fail(new ApiProblem(403, "not-given", "This case is not given to you."));
          if (opened.#folded.isOpen) opened.#folded.tell();
        },
      });
    });
  }

  readonly connection = (): Connection => this.#connection;

  readonly snapshot = (): CaseSnapshot => {
    // A fork or a false entry stops everything: no page shows a record that does not hold.
    if (this.#fault) throw this.#fault;
    return this.#folded.snapshot();
  };
  readonly subscribe = (listener: () => void): (() => void) => this.#folded.subscribe(listener);

  #take(log: LogId, items: readonly LogItem[], checkpoint: string | undefined): void {
    if (this.#fault) return;
    for (const item of items) {
      if ("leaf" in item) {
        this.#folded.foldWithheld(fromBase64url(item.leaf));
        continue;
      }
      const refusal = this.#folded.fold(item.entry);
      if (refusal) {
        this.#distrust(`The server sent an entry that does not hold (${item.seq}): ${refusal.sentence}`);
        return;
      }
    }
    if (checkpoint !== undefined && log === sharedLog) this.#check(checkpoint);
    if (this.#folded.isOpen) this.#folded.tell();
  }

  /** The keeper's own signature on the head that was folded here, and on the one remembered from last time. */
  #check(note: string): void {
    const keeper = fromBase64url(this.#folded.snapshot().state.people.keeper);
    const origin = originOf(this.id, sharedLog);
    const signed = openCheckpoint(note, origin, keeper);
    if (!signed || !this.#had(signed)) {
      this.#distrust("The server's checkpoint is not of the record that it sent.");
      return;
    }
    const kept = localStorage.getItem(this.#place);
    const before = kept ? openCheckpoint(kept, origin, keeper) : undefined;
    if (before && before.size <= this.#folded.sizeOf(sharedLog) && !this.#had(before)) {
      this.#distrust("The record was rewritten: it does not contain the head that this browser remembers.");
      return;
    }
    if (!before || before.size < signed.size) localStorage.setItem(this.#place, note);
  }

  #had({ size, root }: Checkpoint): boolean {
    return size > this.#folded.sizeOf(sharedLog) || this.#folded.rootAt(size) === root;
  }

  get #place(): string {
    return `parley.head ${this.id} ${this.#client.session}`;
  }

  #distrust(sentence: string): void {
    this.#fault = new Error(sentence);
    this.#stop();
    this.#folded.tell();
  }

  append(act: Act): Promise<No | undefined> {
    const work = async (): Promise<No | undefined> => {
      const device = this.#folded.devices.get(this.snapshot().sitting?.device ?? ("" as DeviceId));
      if (!device)
        return { code: "not-a-member", sentence: "No device of this case is kept in this browser." };
      const sent = await this.send(act, device);
      if ("code" in sent) return sent;
      await this.#comesBack(sent.log, sent.seq);
      return undefined;
    };
    const next = this.#last.then(work, work);
    this.#last = next.catch(() => undefined);
    return next;
  }

  /** Signs by a device and sends. Where an act binds a party, the person proves presence first, once. */
  async send(act: Act, device: Device): Promise<{ readonly log: LogId; readonly seq: number } | No> {
    const { event, signature } = await this.#folded.sign(act, device);
    try {
      return { log: event.log, seq: (await this.#client.append(event, signature)).seq };
    } catch (problem) {
      if (!(problem instanceof ApiProblem)) throw problem;
      if (problem.code !== "step-up-needed") return { code: problem.code, sentence: problem.message };
      return (await proveAgain(this.#client)) ?? this.send(act, device);
    }
  }

  /** Follows no longer. */
  close(): void {
    this.#stop();
  }

  /** Recorded is not yet folded: an act is done once it has come back and was checked like any other. */
  #comesBack(log: LogId, seq: number): Promise<void> {
    return new Promise((done) => {
      const look = () => {
        if (this.#folded.sizeOf(log) <= seq && !this.#fault) return;
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

  async verify(): Promise<Verdict> {
    const kept = localStorage.getItem(this.#place);
    const response = await this.#client.export(this.id, this.#seat);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return verdictOf(await verifyExport([bytes], caseRules, { heads: kept ? [kept] : [] }));
  }

  async exportFile(): Promise<Blob> {
    return (await this.#client.export(this.id, this.#seat)).blob();
  }
}
