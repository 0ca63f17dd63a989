/**
 * A case without a server: the log is in this browser, and the opener's browser is its keeper. What a server would
 * check and sign is checked and signed here, by the same functions.
 *
 * Two windows on one case: an entry is added under its position, so the slower of two writers finds the place taken,
 * reads on, and appends after it.
 */
import {
  type CaseState,
  type CircleState,
  caseRules,
  circleLogRules,
  type Refusal,
  sharedLogRules,
} from "@parley/core";
import {
  type AnswerPlace,
  type AnswerReading,
  appendEntry,
  base64url,
  type CaseId,
  circleLogId,
  type Device,
  type DeviceId,
  type DeviceKeys,
  type DeviceSecrets,
  deviceFromSecrets,
  type Entry,
  type Event,
  type EventId,
  type ExportedLog,
  emptyHead,
  eventId,
  type FoldedLog,
  type Json,
  type JsonObject,
  type LogId,
  type LogRefusal,
  openLog,
  openSealed,
  originOf,
  prepareEntry,
  readAnswer,
  type Signer,
  seal,
  sealContextOf,
  sharedLog,
  signCheckpoint,
  signedBytes,
  signerFromSeed,
  verifyExport,
  type WrittenAnswer,
  writeAnswer,
  writeExport,
} from "@parley/ledger";
import { type CaseRecord, ofCase, type Store } from "./alone-store.ts";

import type { Act, CaseSnapshot, CaseSource, CircleSnapshot, No, Sitting, Verdict } from "./case-source.ts";

type SharedLog = FoldedLog<CaseState | undefined, undefined, Refusal>;
type CircleLog = FoldedLog<CircleState | undefined, CaseState, Refusal>;

export class AloneCase implements CaseSource {
  readonly id: CaseId;
  readonly kept = "browser";
  readonly #store: Store;
  readonly #keeper: Signer;
  readonly #devices: Map<DeviceId, Device>;
  readonly #shared: SharedLog;
  readonly #entries: Entry[] = [];
  /** The state when the shared log had this many entries: what a circle's entry rests on. */
  readonly #states: (CaseState | undefined)[] = [undefined];
  readonly #circles: Map<LogId, { readonly folded: CircleLog; readonly entries: Entry[] }> = new Map();
  readonly #listeners: Set<() => void> = new Set();
  readonly #news: BroadcastChannel;
  #record: CaseRecord;
  #snapshot: CaseSnapshot | undefined;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(store: Store, record: CaseRecord, devices: readonly Device[]) {
    this.id = record.id;
    this.#store = store;
    this.#record = record;
    this.#keeper = signerFromSeed(record.keeper);
    this.#devices = new Map(devices.map((device) => [device.id, device]));
    this.#shared = openLog(record.id, sharedLog, sharedLogRules);
    this.#news = new BroadcastChannel(`parley ${record.id}`);
    this.#news.onmessage = () => void this.#inTurn(() => this.#readOn());
  }

  /** Opens what is kept. Everything is checked again on the way in; a record that was changed does not open. */
  static async open(store: Store, id: CaseId): Promise<AloneCase | undefined> {
    const record = await store.get("cases", id);
    if (!record) return undefined;
    const secrets = await store.getAll("devices", ofCase(id));
    const devices = await Promise.all(secrets.map((kept) => deviceFromSecrets(kept)));
    const opened = new AloneCase(store, record, devices);
    await opened.#readOn();
    return opened;
  }

  /** Begins a case: its opening, signed by the device that opens it, is the first entry. */
  static async begin(
    store: Store,
    record: CaseRecord,
    secrets: DeviceSecrets,
    opening: JsonObject,
  ): Promise<AloneCase | No> {
    const device = await deviceFromSecrets(secrets);
    const begun = new AloneCase(store, record, [device]);
    const refusal = await begun.#inTurn(async () =>
      begun.#append(await begun.#sign({ kind: "CaseOpened", body: opening }, device)),
    );
    if (refusal) return refusal;
    await store.put("devices", { case: record.id, id: device.id, ...secrets });
    return begun;
  }

  /** Brings another device into this browser; the log learns of it by the event that the device then signs. */
  async bring(secrets: DeviceSecrets): Promise<Device> {
    const device = await deviceFromSecrets(secrets);
    this.#devices.set(device.id, device);
    await this.#store.put("devices", { case: this.id, id: device.id, ...secrets });
    return device;
  }

  readonly snapshot = (): CaseSnapshot => {
    this.#snapshot ??= this.#take();
    return this.#snapshot;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #take(): CaseSnapshot {
    const state = this.#shared.state;
    if (!state) throw new Error("a case is kept here without its opening");
    const sittings = Object.values(state.people.devices).flatMap((device): Sitting[] => {
      const member = state.people.members[device.member];
      const mine = this.#devices.has(device.id) && !device.revoked && member?.present === true;
      return mine ? [{ device: device.id, member: member.id, seat: member.seat }] : [];
    });
    const circles = new Map<LogId, CircleSnapshot>();
    for (const [log, { folded, entries }] of this.#circles) {
      const byId = new Map(entries.map((entry) => [eventId(entry.event), entry]));
      if (folded.state) circles.set(log, { state: folded.state, byId });
    }
    const sitting = sittings.find(({ device }) => device === this.#record.sitting) ?? sittings[0];
    return {
      state,
      entries: [...this.#entries],
      circles,
      head: this.#shared.position.head(),
      sittings,
      sitting,
    };
  }

  async sit(device: DeviceId): Promise<void> {
    this.#record = { ...this.#record, sitting: device };
    await this.#store.put("cases", this.#record);
    this.#tell();
  }

  append(act: Act): Promise<No | undefined> {
    return this.appendBy(this.snapshot().sitting?.device, act);
  }

  appendBy(author: DeviceId | undefined, act: Act): Promise<No | undefined> {
    return this.#inTurn(async () => {
      await this.#readOn();
      const device = author && this.#devices.get(author);
      if (!device)
        return { code: "not-a-member", sentence: "No device of this case is kept in this browser." };
      const refusal = await this.#append(await this.#sign(act, device));
      if (!refusal) this.#tell();
      return refusal;
    });
  }

  async #sign(act: Act, device: Device): Promise<Entry> {
    const log = act.kind === "CircleOpened" ? circleLogId(act.body) : (act.log ?? sharedLog);
    const audience = log === sharedLog ? (act.audience ?? "public") : "circle";
    const shared = this.#shared.position.head();
    const position = log === sharedLog ? this.#shared.position : this.#circles.get(log)?.folded.position;
    const bare: Event = {
      v: 1,
      case: this.id,
      log,
      kind: act.kind,
      author: device.id,
      n: position?.count(device.id, audience) ?? 0,
      after: position?.head() ?? emptyHead,
      audience,
      salt: base64url(crypto.getRandomValues(new Uint8Array(16))),
      body: act.body,
      ...(log === sharedLog ? {} : { shared }),
    };
    const event = act.seal ? { ...bare, sealed: await this.#seal(bare, act.seal) } : bare;
    return {
      event,
      signature: base64url(await device.signer.sign(signedBytes(event))),
      at: this.#now(),
      ...(log === sharedLog ? {} : { shared }),
    };
  }

  #seal(event: Event, { purpose, value, seats }: NonNullable<Act["seal"]>): ReturnType<typeof seal> {
    const people = this.#shared.state?.people;
    const readers = Object.values(people?.devices ?? {}).filter((device) => {
      const member = people?.members[device.member];
      return !device.revoked && member?.present === true && seats.includes(member.seat);
    });
    const context = { case: event.case, log: event.log, kind: event.kind, author: event.author, purpose };
    return seal(
      context,
      value,
      readers.map(({ id, keys }) => ({ device: id, keys })),
    );
  }

  /** The keeper's clock does not go back, whatever the device's does. */
  #now(): string {
    const now = new Date().toISOString();
    const last = this.#entries.at(-1)?.at ?? "";
    return now > last ? now : last;
  }

  async #append(entry: Entry): Promise<No | undefined> {
    const { log } = entry.event;
    const seq = log === sharedLog ? this.#entries.length : (this.#circles.get(log)?.entries.length ?? 0);
    const refusal = this.#fold(entry);
    if (refusal) return refusal;
    // Only now: what is kept is what was admitted. A taken place means that another window was faster.
    try {
      await this.#store.add("entries", entry, [this.id, log, seq]);
    } catch (fault) {
      if (!(fault instanceof DOMException && fault.name === "ConstraintError")) throw fault;
      return {
        code: "already-done",
        sentence: "Another window recorded something first. Open the case again.",
      };
    }
    await this.#remember();
    this.#news.postMessage(seq);
    return undefined;
  }

  #fold(entry: Entry): LogRefusal | Refusal | undefined {
    const prepared = prepareEntry(entry);
    const { log } = entry.event;
    if (log === sharedLog) {
      const refusal = appendEntry(this.#shared, prepared, undefined);
      if (refusal) return refusal;
      this.#entries.push(entry);
      this.#states.push(this.#shared.state);
      return undefined;
    }
    const around = this.#states[entry.shared?.size ?? 0];
    if (!around) return { code: "shared-head-missing", sentence: "A circle rests on a case that is open." };
    const circle = this.#circles.get(log) ?? {
      folded: openLog(this.id, log, circleLogRules, this.#shared.position),
      entries: [],
    };
    const refusal = appendEntry(circle.folded, prepared, around);
    if (refusal) return refusal;
    circle.entries.push(entry);
    this.#circles.set(log, circle);
    return undefined;
  }

  /** Folds what is kept and not folded yet: everything at first, another window's entries later. */
  async #readOn(): Promise<void> {
    const keys = await this.#store.getAllKeys("entries", ofCase(this.id));
    const known = ([, log, seq]: (typeof keys)[number]) =>
      seq < (log === sharedLog ? this.#entries.length : (this.#circles.get(log)?.entries.length ?? 0));
    const news = keys.filter((key) => !known(key));
    // The shared log first: circles rest on it.
    news.sort(
      ([, a, m], [, b, n]) =>
        Number(b === sharedLog) - Number(a === sharedLog) || (a < b ? -1 : a > b ? 1 : m - n),
    );
    for (const key of news) {
      const entry = await this.#store.get("entries", key);
      const refusal = entry && this.#fold(entry);
      if (refusal)
        throw new Error(`The record kept here does not hold at entry ${key[2]}: ${refusal.sentence}`);
    }
    if (news.length > 0) this.#tell();
  }

  async #remember(): Promise<void> {
    const origin = originOf(this.id, sharedLog);
    const remembered = await signCheckpoint({ origin, ...this.#shared.position.head() }, this.#keeper);
    this.#record = { ...this.#record, remembered };
    await this.#store.put("cases", this.#record);
  }

  async unseal(event: Event): Promise<Json | undefined> {
    if (!event.sealed) return undefined;
    const sitting = this.snapshot().sitting?.device;
    const mine = event.sealed.to.find(({ device }) => device === sitting);
    const device = mine && this.#devices.get(mine.device);
    if (!device) return undefined;
    return openSealed(event.sealed, sealContextOf(event, event.sealed), device.sealingKey);
  }

  async writeAnswer(answer: "accept" | "decline", proposal: EventId): Promise<WrittenAnswer | undefined> {
    const { sitting } = this.snapshot();
    const device = sitting && this.#devices.get(sitting.device);
    if (!device) return undefined;
    const place = { case: this.id, proposal, party: sitting.seat, device: device.id };
    return writeAnswer(answer, place, device.signer);
  }

  async readAnswer(
    event: Event,
    place: AnswerPlace,
    hash: string,
    keys: DeviceKeys,
  ): Promise<AnswerReading | undefined> {
    const sitting = this.snapshot().sitting?.device;
    const device = sitting && this.#devices.get(sitting);
    return device && readAnswer(event, place, hash, keys, device.sealingKey);
  }

  async verify(): Promise<Verdict> {
    const heads = this.#record.remembered ? [this.#record.remembered] : [];
    const verdict = await verifyExport(await this.#exportChunks(), caseRules, { heads });
    if (!verdict.valid) {
      const { sentence, seq } = verdict.fault;
      return seq === undefined ? { valid: false, sentence } : { valid: false, sentence, seq };
    }
    const head = this.snapshot().head;
    const entries = verdict.logs.reduce((sum, { given }) => sum + given, 0);
    return { valid: true, entries, head, rememberedSize: heads.length > 0 ? head.size : 0 };
  }

  async exportFile(): Promise<Blob> {
    return new Blob((await this.#exportChunks()) as BlobPart[], { type: "application/octet-stream" });
  }

  /** From what is kept, not from what is folded: a record changed underneath must not pass. */
  async #exportChunks(): Promise<Uint8Array[]> {
    const logs: ExportedLog[] = [];
    for (const log of [sharedLog, ...this.#circles.keys()]) {
      const range = IDBKeyRange.bound([this.id, log], [this.id, log, []]);
      const entries = await this.#store.getAll("entries", range);
      const position = log === sharedLog ? this.#shared.position : this.#circles.get(log)?.folded.position;
      if (!position) continue;
      const checkpoint = await signCheckpoint(
        { origin: originOf(this.id, log), ...position.head() },
        this.#keeper,
      );
      const keeper = base64url(this.#keeper.publicKey);
      logs.push({
        header: { format: "parley-export/1", case: this.id, log, keeper, seat: null },
        entries,
        checkpoint,
        cosigned: [],
      });
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of writeExport(logs, "keeper", this.#keeper)) chunks.push(chunk);
    return chunks;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work, work);
    this.#last = next.catch(() => undefined);
    return next;
  }

  #tell(): void {
    this.#snapshot = undefined;
    for (const listener of this.#listeners) listener();
  }
}
