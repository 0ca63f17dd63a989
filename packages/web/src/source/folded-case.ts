/**
 * A case as this browser knows it: its logs checked and folded entry by entry, and the devices that can sign for it.
 * Where entries come from and go to is for those who build on it: a database here, or a server.
 */
import {
  type CaseState,
  type CircleState,
  circleLogRules,
  type People,
  type Refusal,
  type Surroundings,
  sharedLogRules,
  surroundingsOf,
} from "@parley/core";
import {
  type AnswerPlace,
  type AnswerReading,
  appendEntry,
  base64url,
  type CaseId,
  type Checkpoint,
  circleLogId,
  type Device,
  type DeviceId,
  type DeviceKeys,
  type Entry,
  type Event,
  type EventId,
  emptyHead,
  eventId,
  type FoldedLog,
  fromBase64url,
  type Head,
  type Json,
  type LogId,
  type LogRefusal,
  MalformedError,
  openCheckpoint,
  openLog,
  openSealed,
  originOf,
  type PreparedEntry,
  readAnswer,
  type SealingKey,
  seal,
  sealContextOf,
  sharedLog,
  signedBytes,
  type VerifySignature,
  verifySignature,
  type WrittenAnswer,
  writeAnswer,
} from "@parley/ledger";
import type { Act, CaseSnapshot, CircleSnapshot, OwnSeal, Sitting } from "./case-source.ts";
import { Mismatch, type MismatchKind } from "./mismatch.ts";
import type { SignedEvent } from "./outbox.ts";

type SharedLog = FoldedLog<CaseState | undefined, undefined, Refusal>;
type CircleLog = FoldedLog<CircleState | undefined, Surroundings, Refusal>;

/** What this browser can sign and open with. `readers`: keys that open what was sealed before the devices were there. */
export interface CaseKeys {
  readonly devices: readonly Device[];
  readonly readers?: readonly SealingKey[];
}

export class FoldedCase {
  readonly id: CaseId;
  readonly devices: Map<DeviceId, Device> = new Map();
  readonly #readers: Map<DeviceId, SealingKey> = new Map();
  #shared: SharedLog;
  #entries: Entry[] = [];
  #seqs: number[] = [];
  /** The keeper before the last entry of the shared log. */
  #keeperBefore: string | undefined;
  /** What a circle's entry rests on, by the size of the shared log from which it held. */
  #arounds: { readonly size: number; readonly around: Surroundings }[] = [];
  readonly #circles: Map<LogId, { readonly folded: CircleLog; readonly entries: Entry[] }> = new Map();
  readonly #listeners: Set<() => void> = new Set();
  #snapshot: CaseSnapshot | undefined;
  #sitting: DeviceId | undefined;
  #fault: Mismatch | undefined;

  constructor(id: CaseId, keys: CaseKeys, sitting: DeviceId | undefined) {
    this.id = id;
    this.give(keys);
    this.#shared = openLog(id, sharedLog, sharedLogRules);
    this.#sitting = sitting;
  }

  /** Keys that are at hand from now on. */
  give({ devices, readers = [] }: CaseKeys): void {
    for (const device of devices) this.devices.set(device.id, device);
    for (const key of readers) this.#readers.set(key.device, key);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Something changed: whoever listens looks again. */
  tell(): void {
    this.#snapshot = undefined;
    for (const listener of this.#listeners) listener();
  }

  /** A fork or a false entry stops everything: from here on no page is given anything of it. */
  distrust(kind: MismatchKind, sentence: string, seq?: number): void {
    const title = this.#shared.state?.people.title ?? "";
    this.#fault ??= new Mismatch(kind, sentence, title, seq);
    this.tell();
  }

  readonly fault = (): Mismatch | undefined => this.#fault;

  sitAs(device: DeviceId): void {
    this.#sitting = device;
    this.tell();
  }

  get isOpen(): boolean {
    return this.#shared.state !== undefined;
  }

  get head(): Head {
    return this.#shared.position.head();
  }

  /** A note of this case that its keeper signed, opened; the keeper that the last entry replaced signs the head with it. */
  openNote(note: string, log: LogId = sharedLog): Checkpoint | undefined {
    for (const key of [this.people?.keeper, this.#keeperBefore]) {
      const opened = key && openCheckpoint(note, originOf(this.id, log), fromBase64url(key));
      if (opened) return opened;
    }
    return undefined;
  }

  /** The root when a log had so many entries; undefined if it never had. */
  rootAt(size: number, log: LogId = sharedLog): string | undefined {
    const position = log === sharedLog ? this.#shared.position : this.#circles.get(log)?.folded.position;
    return position?.rootAt(size);
  }

  get lastAt(): string {
    return this.#entries.at(-1)?.at ?? "";
  }

  get people(): People | undefined {
    return this.#shared.state?.people;
  }

  /** The newest entries that this seat is given, and where each stands. */
  newest(count: number): { readonly entries: readonly Entry[]; readonly seqs: readonly number[] } {
    return { entries: this.#entries.slice(-count), seqs: this.#seqs.slice(-count) };
  }

  /** How many entries of a log are folded, withheld ones included. */
  sizeOf(log: LogId): number {
    return log === sharedLog
      ? this.#shared.position.size
      : (this.#circles.get(log)?.folded.position.size ?? 0);
  }

  /** The shared log first, then the circles in the order in which they came. */
  get logs(): readonly { readonly log: LogId; readonly head: () => Head }[] {
    const circles = [...this.#circles].map(([log, { folded }]) => ({
      log,
      head: () => folded.position.head(),
    }));
    return [{ log: sharedLog, head: () => this.#shared.position.head() }, ...circles];
  }

  readonly snapshot = (): CaseSnapshot => {
    if (this.#fault) throw this.#fault;
    this.#snapshot ??= this.#take();
    return this.#snapshot;
  };

  #take(): CaseSnapshot {
    const state = this.#shared.state;
    if (!state) throw new Error("a case is shown once its opening is folded");
    const sittings = Object.values(state.people.devices).flatMap((device): Sitting[] => {
      const member = state.people.members[device.member];
      const usable = !device.revoked && !device.recovery && member?.present === true;
      return usable && this.devices.has(device.id)
        ? [{ device: device.id, member: member.id, seat: member.seat }]
        : [];
    });
    const circles = new Map<LogId, CircleSnapshot>();
    for (const [log, { folded, entries }] of this.#circles) {
      const byId = new Map(entries.map((entry) => [eventId(entry.event), entry]));
      if (folded.state) circles.set(log, { state: folded.state, byId });
    }
    return {
      state,
      entries: [...this.#entries],
      seqs: [...this.#seqs],
      circles,
      head: this.#shared.position.head(),
      sittings,
      sitting: sittings.find(({ device }) => device === this.#sitting) ?? sittings[0],
    };
  }

  /** Checks and folds one entry. What is refused changes nothing. `verify`: from whoever asked about many at once. */
  fold(prepared: PreparedEntry, verify: VerifySignature = verifySignature): LogRefusal | Refusal | undefined {
    return this.#enter(prepared, (log, around) => appendEntry(log, prepared, around, verify));
  }

  /** Folds one entry that this browser checked before: its place, signature and admission are not asked again. */
  replay(prepared: PreparedEntry): LogRefusal | undefined {
    return this.#enter(prepared, (log, around) => {
      log.state = log.rules.apply(log.state, around, prepared.entry);
      log.position.append(prepared);
      return undefined;
    });
  }

  #enter<Why>(
    { entry }: PreparedEntry,
    append: <State, Around>(log: FoldedLog<State, Around, Refusal>, around: Around) => Why | undefined,
  ): Why | LogRefusal | undefined {
    const { log } = entry.event;
    if (log === sharedLog) {
      const seq = this.#shared.position.size;
      const keeper = this.people?.keeper;
      const refusal = append(this.#shared, undefined);
      if (refusal) return refusal;
      this.#keeperBefore = keeper;
      this.#entries.push(entry);
      this.#seqs.push(seq);
      this.#surround();
      return undefined;
    }
    const around = this.#aroundAt(entry.shared?.size ?? 0);
    if (!around) return { code: "shared-head-missing", sentence: "A circle rests on a case that is open." };
    const circle = this.#circles.get(log) ?? {
      folded: openLog(this.id, log, circleLogRules, this.#shared.position),
      entries: [],
    };
    const refusal = append(circle.folded, around);
    if (refusal) return refusal;
    circle.entries.push(entry);
    this.#circles.set(log, circle);
    return undefined;
  }

  #surround(): void {
    const before = this.#arounds.at(-1)?.around;
    const { state, position } = this.#shared;
    const around = state && surroundingsOf(state, before);
    if (around && around !== before) this.#arounds.push({ size: position.size, around });
  }

  #aroundAt(size: number): Surroundings | undefined {
    return this.#arounds.findLast((held) => held.size <= size)?.around;
  }

  /** An entry of the shared log that this seat is not given: its hash alone counts. */
  foldWithheld(leaf: Uint8Array): void {
    this.#shared.position.appendRedacted(leaf);
    this.#keeperBefore = undefined;
  }

  /** As before the first entry. */
  forget(): void {
    this.#shared = openLog(this.id, sharedLog, sharedLogRules);
    this.#entries = [];
    this.#seqs = [];
    this.#arounds = [];
    this.#keeperBefore = undefined;
    this.#circles.clear();
    this.#fault = undefined;
    this.tell();
  }

  /**
   * Seals and signs what one wants to say, as the next event of this device in its log; `ahead`: how many of its events
   * are signed and not recorded yet.
   */
  async sign(
    act: Act,
    device: Device,
    ahead?: (log: LogId, audience: string) => number,
  ): Promise<SignedEvent> {
    const log = act.kind === "CircleOpened" ? circleLogId(act.body) : (act.log ?? sharedLog);
    const audience = log === sharedLog ? (act.audience ?? "public") : "circle";
    const position = log === sharedLog ? this.#shared.position : this.#circles.get(log)?.folded.position;
    const bare: Event = {
      v: 1,
      case: this.id,
      log,
      kind: act.kind,
      author: device.id,
      n: (position?.count(device.id, audience) ?? 0) + (ahead?.(log, audience) ?? 0),
      after: position?.head() ?? emptyHead,
      audience,
      salt: base64url(crypto.getRandomValues(new Uint8Array(16))),
      body: act.body,
      ...(log === sharedLog ? {} : { shared: this.#shared.position.head() }),
    };
    const event = act.seal ? { ...bare, sealed: await this.#seal(bare, act.seal) } : bare;
    return { event, signature: base64url(await device.signer.sign(signedBytes(event))) };
  }

  /** A signature of a device that is kept here over other bytes than an event's, such as a second officer's check. */
  async signAs(by: DeviceId, message: Uint8Array): Promise<string> {
    const device = this.devices.get(by);
    if (!device) throw new Error("no such device is kept here");
    return base64url(await device.signer.sign(message));
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

  async unseal(event: Event): Promise<Json | undefined> {
    const key = this.#keyFor(event);
    if (!event.sealed || !key) return undefined;
    try {
      return await openSealed(event.sealed, sealContextOf(event, event.sealed), key);
    } catch (fault) {
      // What its author did not seal as it should be is read by nobody, and takes nothing else from anybody.
      if (fault instanceof MalformedError) return undefined;
      throw fault;
    }
  }

  /** The sitting device's, or one of the same person's, whichever it was sealed to. */
  #keyFor({ sealed }: Event): SealingKey | undefined {
    const { sitting, state } = this.snapshot();
    const to = sealed?.to.map(({ device }) => device) ?? [];
    if (sitting && to.includes(sitting.device)) return this.devices.get(sitting.device)?.sealingKey;
    const { devices } = state.people;
    const kept = to.find((one) => this.#readers.has(one) && devices[one]?.member === sitting?.member);
    return kept && this.#readers.get(kept);
  }

  /** Bound to the case and the device, and opened by that device alone: what this browser keeps of its own acts. */
  readonly own: OwnSeal = {
    seal: async (value) => {
      const device = this.#sittingDevice();
      if (!device) return undefined;
      const { id, keys } = device;
      return seal(this.#ownContext(id), value, [{ device: id, keys }]);
    },
    open: async (sealed) => {
      const device = this.#sittingDevice();
      if (!device || !sealed.to.some((one) => one.device === device.id)) return undefined;
      return openSealed(sealed, this.#ownContext(device.id), device.sealingKey);
    },
  };

  #ownContext(author: DeviceId): Parameters<typeof seal>[0] {
    return { case: this.id, log: sharedLog, kind: "kept", author, purpose: "own" };
  }

  #sittingDevice(): Device | undefined {
    const { sitting } = this.snapshot();
    return sitting && this.devices.get(sitting.device);
  }

  async writeAnswer(answer: "accept" | "decline", proposal: EventId): Promise<WrittenAnswer | undefined> {
    const { sitting } = this.snapshot();
    const device = this.#sittingDevice();
    if (!device || !sitting) return undefined;
    const place = { case: this.id, proposal, party: sitting.seat, device: device.id };
    return writeAnswer(answer, place, device.signer);
  }

  async readAnswer(
    event: Event,
    place: AnswerPlace,
    hash: string,
    keys: DeviceKeys,
  ): Promise<AnswerReading | undefined> {
    const key = this.#keyFor(event);
    return key && readAnswer(event, place, hash, keys, key);
  }
}
