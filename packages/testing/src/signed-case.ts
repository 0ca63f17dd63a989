/**
 * A case as it really is kept: real devices sign and seal, every event goes through the ledger's one door with the rules
 * of `core`, and the keeper signs checkpoints and exports. Made from names, so that every run makes the same keys.
 */
import { strict as assert } from "node:assert";
import {
  type Body,
  type CaseState,
  type CircleState,
  circleLogRules,
  devicesOf,
  type EventKind,
  givenAfter,
  givenNothing,
  inviteMessage,
  isGivenAt,
  type MemberRole,
  type Refusal,
  type RoomName,
  type SeatId,
  sharedLogRules,
} from "@parley/core";
import {
  type Audience,
  appendEntry,
  base64url,
  type CaseId,
  caseId,
  circleLogId,
  type Device,
  deviceFromSecrets,
  type Entry,
  type Event,
  type EventId,
  type ExportedLog,
  emptyHead,
  eventId,
  exportFormat,
  type FoldedLog,
  fromBase64url,
  type Json,
  type JsonObject,
  type LogId,
  type LogRefusal,
  openLog,
  originOf,
  prepareEntry,
  type RedactedEntry,
  type Signer,
  seal,
  sealContextOf,
  sharedLog,
  signCheckpoint,
  signedBytes,
  signerFromSeed,
  writeExport,
} from "@parley/ledger";
import { Clock } from "./clock.ts";
import { seededBytes } from "./device.ts";
import type { SeatPlan } from "./negotiation.ts";

export type SharedLog = FoldedLog<CaseState | undefined, undefined, Refusal>;
export type CircleLog = FoldedLog<CircleState | undefined, CaseState, Refusal>;

/** What is sealed in an event, and to which seats' devices. */
export type Secret = { readonly value: Json; readonly to: readonly string[]; readonly purpose: string };

export type Issue = { readonly audience?: Audience; readonly log?: LogId; readonly secret?: Secret };

const seats: readonly SeatPlan[] = [
  { seat: "aldia", kind: "principal" },
  { seat: "borea", kind: "principal" },
  { seat: "marin", kind: "mediator" },
  { seat: "obser", kind: "observer" },
];

/** The device of this name: the same name, the same keys. */
export function signedDevice(name: string): Promise<Device> {
  const known = devices.get(name);
  if (known !== undefined) return known;
  const device = deviceFromSecrets({
    signing: fromBase64url(seededBytes(`${name} signs`, 32)),
    sealing: fromBase64url(seededBytes(`${name} opens`, 32)),
  });
  devices.set(name, device);
  return device;
}
const devices = new Map<string, Promise<Device>>();

export class SignedCase {
  readonly clock: Clock = new Clock();
  readonly keeper: Signer;
  readonly id: CaseId;
  readonly shared: SharedLog;
  readonly circles: Map<LogId, CircleLog> = new Map();
  readonly entries: Map<LogId, Entry[]> = new Map([[sharedLog, []]]);
  #salts = 0;

  private constructor(keeper: Signer, id: CaseId) {
    this.keeper = keeper;
    this.id = id;
    this.shared = openLog(id, sharedLog, sharedLogRules);
  }

  /** `marin` opens the case; nobody else is seated yet. */
  static async open(title = "EXERCISE"): Promise<SignedCase> {
    const keeper = signerFromSeed(fromBase64url(seededBytes(`keeper of ${title}`, 32)));
    const opener = await signedDevice("marin");
    const body: Body<"CaseOpened"> = {
      title,
      keeper: base64url(keeper.publicKey),
      nonce: seededBytes(title, 16),
      exercise: true,
      seats: seats.map(({ seat, kind }) => ({ seat: seat as SeatId, kind, name: seat.toUpperCase() })),
      convener: "marin" as SeatId,
      opener: {
        name: "marin head",
        office: "Envoy",
        keys: opener.keys,
        recovery: (await signedDevice("marin kit")).keys,
      },
    };
    const signed = new SignedCase(keeper, caseId(body));
    await signed.issue("marin", "CaseOpened", body);
    return signed;
  }

  /** The case with a head in every seat, each signing with the device of the seat's name. */
  static async seated(title?: string): Promise<SignedCase> {
    const signed = await SignedCase.open(title);
    for (const { seat } of seats) if (seat !== "marin") await signed.seat(seat);
    return signed;
  }

  get state(): CaseState {
    assert(this.shared.state);
    return this.shared.state;
  }

  /** The convener invites a head to a seat, who joins. */
  async seat(seat: string): Promise<void> {
    const invite = await signedDevice(`invite ${seat}`);
    const until = this.later(7);
    await this.issue("marin", "PartyInvited", {
      seat: seat as SeatId,
      inviteKey: invite.keys.signing,
      until,
    });
    await this.issue(seat, "MemberJoined", await this.joining(seat, seat, "head", `invite ${seat}`));
  }

  /** What a newcomer signs; `invitation` names the device whose signing key is the invite key. */
  async joining(
    seat: string,
    device: string,
    role: MemberRole,
    invitation: string,
  ): Promise<Body<"MemberJoined">> {
    const invite = await signedDevice(invitation);
    const { keys } = await signedDevice(device);
    const signed = { inviteKey: invite.keys.signing, seat: seat as SeatId, role, keys };
    return {
      ...signed,
      name: `${device} person`,
      office: role,
      recovery: (await signedDevice(`${device} kit`)).keys,
      inviteSignature: base64url(await invite.signer.sign(inviteMessage(this.id, signed))),
    };
  }

  async openCircle(opener: string, ...members: readonly string[]): Promise<LogId> {
    const body = { seats: members as readonly SeatId[], nonce: seededBytes(members.join(), 16) };
    const log = circleLogId(body);
    this.circles.set(log, openLog(this.id, log, circleLogRules, this.shared.position));
    this.entries.set(log, []);
    await this.issue(opener, "CircleOpened", body, { log });
    return log;
  }

  /** The event that a device would send next, its secret sealed to all devices in use of the seats meant. */
  async draft<Kind extends EventKind>(
    author: string,
    kind: Kind,
    body: Body<Kind>,
    { audience, log = sharedLog, secret }: Issue = {},
  ): Promise<Event> {
    const { position } = this.logOf(log);
    const given = audience ?? (log === sharedLog ? "public" : "circle");
    const device = (await signedDevice(author)).id;
    this.#salts += 1;
    const event: Event = {
      v: 1,
      case: this.id,
      log,
      kind,
      author: device,
      n: position.count(device, given),
      after: position.size === 0 ? emptyHead : position.head(),
      ...(log === sharedLog ? {} : { shared: this.shared.position.head() }),
      audience: given,
      salt: seededBytes(`salt ${this.#salts}`, 16),
      body: body as JsonObject,
    };
    if (!secret) return event;
    const recipients = devicesOf(this.state.people, secret.to as readonly SeatId[]);
    const context = sealContextOf(event, { purpose: secret.purpose, to: [], ciphertext: "" });
    const to = recipients.map(({ id, keys }) => ({ device: id, keys }));
    return { ...event, sealed: await seal(context, secret.value, to) };
  }

  /** Signed with the device of this name, whoever the event says is its author. */
  async sign(signer: string, event: Event): Promise<Entry> {
    const { signer: device } = await signedDevice(signer);
    this.clock.advance(60_000);
    return {
      event,
      signature: base64url(await device.sign(signedBytes(event))),
      at: this.clock.now(),
      ...(event.log === sharedLog ? {} : { shared: this.shared.position.head() }),
    };
  }

  /** The one door: undefined once the entry is in, else why not. */
  offer(entry: Entry): LogRefusal | Refusal | undefined {
    const circle = this.circles.get(entry.event.log);
    const refusal = circle
      ? appendEntry(circle, prepareEntry(entry), this.state)
      : appendEntry(this.shared, prepareEntry(entry), undefined);
    if (!refusal) this.entries.get(entry.event.log)?.push(entry);
    return refusal;
  }

  async attempt<Kind extends EventKind>(
    author: string,
    kind: Kind,
    body: Body<Kind>,
    options?: Issue,
  ): Promise<string | undefined> {
    const entry = await this.sign(author, await this.draft(author, kind, body, options));
    return this.offer(entry)?.code;
  }

  /** An event that must be admitted: its id. */
  async issue<Kind extends EventKind>(
    author: string,
    kind: Kind,
    body: Body<Kind>,
    options?: Issue,
  ): Promise<EventId> {
    const entry = await this.sign(author, await this.draft(author, kind, body, options));
    const refusal = this.offer(entry);
    assert.equal(refusal, undefined, `${kind} by ${author}: ${refusal?.code} ${refusal?.sentence}`);
    return eventId(entry.event);
  }

  later(days: number): string {
    return new Date(Date.parse(this.clock.now()) + days * 86_400_000).toISOString();
  }

  checkpoint(log: LogId = sharedLog): Promise<string> {
    const head = this.logOf(log).position.head();
    return signCheckpoint({ origin: originOf(this.id, log), ...head }, this.keeper);
  }

  /** The logs as `writeExport` takes them: whole for the keeper, or as this seat is given them. */
  async exported(seat: string | null = null): Promise<readonly ExportedLog[]> {
    const logs = [...this.entries].filter(
      ([log]) => seat === null || log === sharedLog || this.#isIn(log, seat),
    );
    return Promise.all(
      logs.map(async ([log, entries]) => ({
        header: {
          format: exportFormat,
          case: this.id,
          log,
          keeper: base64url(this.keeper.publicKey),
          seat,
        },
        entries: seat === null || log !== sharedLog ? entries : this.#givenTo(seat as SeatId, entries),
        checkpoint: await this.checkpoint(log),
        cosigned: [],
      })),
    );
  }

  /** The bytes of the export, signed by the keeper or by the seat's device. */
  async file(seat: string | null = null): Promise<Uint8Array> {
    const device = seat === null ? undefined : await signedDevice(seat);
    const by = device?.id ?? "keeper";
    const chunks: Uint8Array[] = [];
    for await (const bytes of writeExport(await this.exported(seat), by, device?.signer ?? this.keeper)) {
      chunks.push(bytes);
    }
    return Buffer.concat(chunks);
  }

  logOf(log: LogId): SharedLog | CircleLog {
    const found = log === sharedLog ? this.shared : this.circles.get(log);
    assert(found);
    return found;
  }

  #isIn(log: LogId, seat: string): boolean {
    return this.circles.get(log)?.state?.seats.includes(seat as SeatId) === true;
  }

  /** Folded as far as the seat's audiences need: who was given what is known only from the whole. */
  #givenTo(seat: SeatId, entries: readonly Entry[]): (Entry | RedactedEntry)[] {
    let given = givenNothing;
    let state: CaseState | undefined;
    for (const [seq, entry] of entries.entries()) {
      state = sharedLogRules.apply(state, undefined, entry);
      assert(state);
      given = givenAfter(given, state.people, seat, seq);
    }
    return entries.map((entry, seq) =>
      isGivenAt(given, entry.event.audience as RoomName, seq)
        ? entry
        : { leaf: base64url(prepareEntry(entry).leaf) },
    );
  }
}
