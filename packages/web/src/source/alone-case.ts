/**
 * A case without a server: the log is in this browser, and the opener's browser is its keeper. What a server would
 * check and sign is checked and signed here, by the same functions.
 *
 * Two windows on one case: an entry is added under its position, so the slower of two writers finds the place taken,
 * reads on, and appends after it.
 */
import { caseRules } from "@parley/core";
import {
  base64url,
  type CaseId,
  type Device,
  type DeviceId,
  type DeviceSecrets,
  deviceFromSecrets,
  type Entry,
  type Event,
  type ExportedLog,
  type Json,
  type JsonObject,
  openCheckpoint,
  originOf,
  prepareEntry,
  type Signer,
  sharedLog,
  signCheckpoint,
  signerFromSeed,
  verifyExport,
  writeExport,
} from "@parley/ledger";
import { type CaseRecord, ofCase, type Store } from "./alone-store.ts";
import type { Act, CaseSnapshot, CaseSource, OwnSeal, Verdict } from "./case-source.ts";
import { FoldedCase } from "./folded-case.ts";
import type { Mismatch } from "./mismatch.ts";
import { type No, saysNo } from "./no.ts";
import { verdictOf } from "./verdict.ts";

const nothing = [] as const;

export class AloneCase implements CaseSource {
  readonly id: CaseId;
  readonly kept = "browser";
  readonly reading = (): undefined => undefined;
  readonly connection = (): "live" => "live";
  readonly #store: Store;
  readonly #keeper: Signer;
  readonly #folded: FoldedCase;
  readonly #news: BroadcastChannel;
  #record: CaseRecord;
  #last: Promise<unknown> = Promise.resolve();
  #told: string | undefined;

  private constructor(store: Store, record: CaseRecord, devices: readonly Device[]) {
    this.id = record.id;
    this.#store = store;
    this.#record = record;
    this.#keeper = signerFromSeed(record.keeper);
    this.#folded = new FoldedCase(record.id, { devices }, record.sitting);
    this.#news = new BroadcastChannel(`parley ${record.id}`);
    this.#news.onmessage = () => void this.#inTurn(() => this.#readOn());
  }

  /** Opens what is kept. Everything is checked again on the way in; of a record that was changed there is only its fault. */
  static async open(store: Store, id: CaseId): Promise<AloneCase | undefined> {
    const record = await store.get("cases", id);
    if (!record) return undefined;
    const secrets = await store.getAll("devices", ofCase(id));
    const devices = await Promise.all(secrets.map((kept) => deviceFromSecrets(kept)));
    const opened = new AloneCase(store, record, devices);
    await opened.#readOn();
    opened.#checkRemembered(record.remembered);
    return opened;
  }

  /** The end of what is kept here may be gone: the head that was remembered last must be in it. */
  #checkRemembered(note: string | undefined): void {
    if (note === undefined || this.fault()) return;
    const head = openCheckpoint(note, originOf(this.id, sharedLog), this.#keeper.publicKey);
    if (head && head.size > this.#folded.sizeOf(sharedLog)) {
      const kept = this.#folded.sizeOf(sharedLog);
      this.#folded.distrust("shortened", `Remembered: ${head.size} entries. Kept: ${kept}.`);
    } else if (!head || this.#folded.rootAt(head.size) !== head.root) {
      this.#folded.distrust(
        "rewritten",
        "The head that was remembered here is not of the entries kept here.",
      );
    }
  }

  /** Begins a case: its opening, signed by the device that opens it, is the first entry. */
  static async begin(
    store: Store,
    record: CaseRecord,
    secrets: DeviceSecrets,
    opening: JsonObject,
    at: string | undefined,
  ): Promise<AloneCase | No> {
    const device = await deviceFromSecrets(secrets);
    const begun = new AloneCase(store, record, [device]);
    begun.tellAt(at);
    const refusal = await begun.#inTurn(() => begun.#append({ kind: "CaseOpened", body: opening }, device));
    if (refusal) return refusal;
    await store.put("devices", { case: record.id, id: device.id, ...secrets });
    return begun;
  }

  /** Brings another device into this browser; the log learns of it by the event that the device then signs. */
  async bring(secrets: DeviceSecrets): Promise<Device> {
    const device = await deviceFromSecrets(secrets);
    this.#folded.devices.set(device.id, device);
    await this.#store.put("devices", { case: this.id, id: device.id, ...secrets });
    return device;
  }

  readonly snapshot = (): CaseSnapshot => this.#folded.snapshot();
  readonly fault = (): Mismatch | undefined => this.#folded.fault();
  readonly subscribe = (listener: () => void): (() => void) => this.#folded.subscribe(listener);

  async sit(device: DeviceId): Promise<void> {
    this.#record = { ...this.#record, sitting: device };
    await this.#store.put("cases", this.#record);
    this.#folded.sitAs(device);
  }

  append(act: Act): Promise<No | undefined> {
    return this.appendBy(this.snapshot().sitting?.device, act);
  }

  /** Signs as a device that is kept here: a check or a consent that stands in another's event. */
  async signAs(by: DeviceId, message: Uint8Array): Promise<string> {
    return this.#folded.signAs(by, message);
  }

  /** There is no line to lose: this browser is the keeper. */
  readonly send = (act: Act): Promise<No | undefined> => this.append(act);
  readonly waiting = (): readonly [] => nothing;
  readonly reach = (): Promise<boolean> => Promise.resolve(true);
  readonly now = (): number => Date.parse(this.#now());

  async sign(message: Uint8Array): Promise<{ device: DeviceId; signature: string } | undefined> {
    const { sitting } = this.snapshot();
    return sitting && { device: sitting.device, signature: await this.signAs(sitting.device, message) };
  }

  appendBy(author: DeviceId | undefined, act: Act): Promise<No | undefined> {
    return this.#inTurn(async () => {
      await this.#readOn();
      const device = author && this.#folded.devices.get(author);
      if (!device) {
        return saysNo("no-device", "No device of this case is kept in this browser.");
      }
      const refusal = await this.#append(act, device);
      if (!refusal) this.#folded.tell();
      return refusal;
    });
  }

  async #append(act: Act, device: Device): Promise<No | undefined> {
    const { event, signature } = await this.#folded.sign(act, device);
    const { shared, log } = event;
    const entry: Entry = { event, signature, at: this.#now(), ...(shared ? { shared } : {}) };
    const seq = this.#folded.sizeOf(log);
    const refusal = this.#folded.fold(prepareEntry(entry));
    if (refusal) return refusal;
    // Only now: what is kept is what was admitted. A taken place means that another window was faster.
    try {
      await this.#store.add("entries", entry, [this.id, log, seq]);
    } catch (fault) {
      if (!(fault instanceof DOMException && fault.name === "ConstraintError")) throw fault;
      return saysNo("other-window", "Another window recorded something first. Open the case again.");
    }
    await this.#remember();
    this.#news.postMessage(seq);
    return undefined;
  }

  /** While the story of an exercise is told, this browser, its keeper, says when things happened; undefined: now. */
  tellAt(at: string | undefined): void {
    this.#told = at;
  }

  /** The keeper's clock does not go back, whatever the device's does. */
  #now(): string {
    const now = this.#told ?? new Date().toISOString();
    return now > this.#folded.lastAt ? now : this.#folded.lastAt;
  }

  /** Folds what is kept and not folded yet: everything at first, another window's entries later. */
  async #readOn(): Promise<void> {
    const keys = await this.#store.getAllKeys("entries", ofCase(this.id));
    const news = keys.filter(([, log, seq]) => seq >= this.#folded.sizeOf(log));
    // The shared log first: circles rest on it.
    news.sort(
      ([, a, m], [, b, n]) =>
        Number(b === sharedLog) - Number(a === sharedLog) || (a < b ? -1 : a > b ? 1 : m - n),
    );
    for (const key of news) {
      const entry = await this.#store.get("entries", key);
      const refusal = entry && this.#folded.fold(prepareEntry(entry));
      if (refusal) {
        this.#folded.distrust("entry", refusal.sentence, key[2]);
        return;
      }
    }
    if (news.length > 0) this.#folded.tell();
  }

  async #remember(): Promise<void> {
    const checkpoint = { origin: originOf(this.id, sharedLog), ...this.#folded.head };
    const remembered = await signCheckpoint(checkpoint, this.#keeper);
    this.#record = { ...this.#record, remembered };
    await this.#store.put("cases", this.#record);
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

  async verify(): Promise<Verdict> {
    const heads = this.#record.remembered ? [this.#record.remembered] : [];
    const verdict = verdictOf(await verifyExport(await this.#exportChunks(), caseRules, { heads }));
    if (!verdict.valid) this.#folded.distrust("verified", verdict.sentence, verdict.seq);
    return verdict;
  }

  /** Nobody else reads it. */
  readonly seen = (): Promise<readonly []> => Promise.resolve(nothing);

  async exportFile(): Promise<Blob> {
    return new Blob((await this.#exportChunks()) as BlobPart[], { type: "application/octet-stream" });
  }

  /** From what is kept, not from what is folded: a record changed underneath must not pass. */
  async #exportChunks(): Promise<Uint8Array[]> {
    const keeper = base64url(this.#keeper.publicKey);
    const logs: ExportedLog[] = [];
    for (const { log, head } of this.#folded.logs) {
      const range = IDBKeyRange.bound([this.id, log], [this.id, log, []]);
      logs.push({
        header: { format: "parley-export/1", case: this.id, log, keeper, seat: null },
        entries: await this.#store.getAll("entries", range),
        checkpoint: await signCheckpoint({ origin: originOf(this.id, log), ...head() }, this.#keeper),
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
}
