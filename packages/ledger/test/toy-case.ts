import {
  type Audience,
  appendEntry,
  base64url,
  type CaseId,
  type CaseRules,
  caseId,
  circleLogId,
  type Device,
  type DeviceKeys,
  deviceFromSecrets,
  type Entry,
  type Event,
  type ExportedLog,
  emptyHead,
  exportFormat,
  type FoldedLog,
  type JsonObject,
  type LogId,
  type LogRules,
  openLog,
  originOf,
  type PreparedEntry,
  prepareEntry,
  type Refused as Refusal,
  type Signer,
  sha256,
  sharedLog,
  signCheckpoint,
  signedBytes,
  signerFromSeed,
  utf8,
} from "@parley/ledger";

/** Rules enough to test a ledger with: devices join and are revoked, and say things; nothing may be rude. */
export type ToyState = {
  readonly keeper: string;
  readonly devices: { readonly [id: string]: DeviceKeys };
  readonly revoked: readonly string[];
  readonly said: number;
};

const initial: ToyState = { keeper: "", devices: {}, revoked: [], said: 0 };

function refuse(code: string, sentence: string): Refusal {
  return { code, sentence };
}

function admit(people: ToyState, { kind, author, body }: Event): Refusal | undefined {
  if (people.revoked.includes(author)) return refuse("device-revoked", "The device was revoked.");
  if (body["text"] === "rude") return refuse("rude", "Nothing may be rude.");
  return ["CaseOpened", "CircleOpened", "DeviceAdded", "DeviceRevoked", "Said"].includes(kind)
    ? undefined
    : refuse("unknown-kind", "No such kind.");
}

function keysIn(people: ToyState, device: string, event: Event | undefined): DeviceKeys | undefined {
  if (Object.hasOwn(people.devices, device)) return people.devices[device];
  return event?.kind === "CaseOpened" ? (event.body["keys"] as DeviceKeys) : undefined;
}

const shared: LogRules<ToyState, undefined, Refusal> = {
  initial,
  keysOf: (state, _around, device, event) => keysIn(state, device, event),
  admit: (state, _around, event) => admit(state, event),
  enrolled: ({ kind, body }) => (kind === "DeviceAdded" ? [body["keys"] as DeviceKeys] : []),
  apply(state, _around, { event: { kind, author, body } }) {
    switch (kind) {
      case "CaseOpened":
        return {
          ...state,
          keeper: body["keeper"] as string,
          devices: { [author]: body["keys"] as DeviceKeys },
        };
      case "DeviceAdded":
        return {
          ...state,
          devices: { ...state.devices, [body["device"] as string]: body["keys"] as DeviceKeys },
        };
      case "DeviceRevoked":
        return { ...state, revoked: [...state.revoked, body["device"] as string] };
      default:
        return { ...state, said: state.said + 1 };
    }
  },
};

const circle: LogRules<number, ToyState, Refusal> = {
  initial: 0,
  keysOf: (_state, around, device) => keysIn(around, device, undefined),
  admit: (_state, around, event) => admit(around, event),
  apply: (state) => state + 1,
};

/** The part of the toy's state that circles look at changes only with its devices. */
const arounds = new WeakMap<ToyState["devices"], ToyState>();

export const toyRules: CaseRules<ToyState, number, ToyState, Refusal> = {
  shared,
  circle: () => circle,
  around: (state) => {
    if (state.revoked.length > 0) return state;
    const known = arounds.get(state.devices) ?? state;
    arounds.set(state.devices, known);
    return known;
  },
  keeper: (state) => state.keeper,
};

/** Bytes that depend on the label alone, so that every run of a test makes the same case. */
export function bytesOf(label: string, length = 32): Uint8Array {
  return sha256(utf8(label)).subarray(0, length);
}

export function toyDevice(name: string): Promise<Device> {
  return deviceFromSecrets({ signing: bytesOf(`${name} signs`), sealing: bytesOf(`${name} opens`) });
}

type ToyLog = FoldedLog<ToyState, undefined, Refusal> | FoldedLog<number, ToyState, Refusal>;

/** A case with its keeper, that is made through the same door as any other. */
export class ToyCase {
  readonly keeper: Signer;
  readonly id: CaseId;
  readonly shared: FoldedLog<ToyState, undefined, Refusal>;
  readonly circles: Map<LogId, FoldedLog<number, ToyState, Refusal>> = new Map();
  readonly entries: Map<LogId, Entry[]> = new Map([[sharedLog, []]]);
  #clock = 0;
  #salts = 0;

  private constructor(keeper: Signer, id: CaseId) {
    this.keeper = keeper;
    this.id = id;
    this.shared = openLog(id, sharedLog, toyRules.shared);
  }

  static async open(opener: Device, title = "EXERCISE"): Promise<ToyCase> {
    const keeper = signerFromSeed(bytesOf(`keeper of ${title}`));
    const body = { title, keeper: base64url(keeper.publicKey), keys: opener.keys };
    const toy = new ToyCase(keeper, caseId(body));
    await toy.say(opener, body, { kind: "CaseOpened", audience: "public" });
    return toy;
  }

  async openCircle(opener: Device, title: string): Promise<LogId> {
    const body = { title };
    const log = circleLogId(body);
    this.circles.set(log, openLog(this.id, log, toyRules.circle(log), this.shared.position));
    this.entries.set(log, []);
    await this.say(opener, body, { kind: "CircleOpened", log });
    return log;
  }

  logOf(log: LogId): ToyLog {
    return log === sharedLog ? this.shared : (this.circles.get(log) as ToyLog);
  }

  nextAt(): string {
    return new Date(Date.UTC(2025, 1, 18, 10) + this.#clock++ * 1000).toISOString();
  }

  /** The event that `author` would send next. */
  draft(author: Device, body: JsonObject, options: Partial<Event> = {}): Event {
    const log = options.log ?? sharedLog;
    const { position } = this.logOf(log);
    const audience: Audience = options.audience ?? (log === sharedLog ? "table" : "circle");
    return {
      v: 1,
      case: this.id,
      log,
      kind: "Said",
      author: author.id,
      n: position.count(author.id, audience),
      after: position.size === 0 ? emptyHead : position.head(),
      ...(log === sharedLog ? {} : { shared: this.shared.position.head() }),
      audience,
      salt: base64url(bytesOf(`salt ${this.#salts++}`, 16)),
      body,
      ...options,
    };
  }

  async sign(author: Device, event: Event, overrides: Partial<Entry> = {}): Promise<Entry> {
    return {
      event,
      signature: base64url(await author.signer.sign(signedBytes(event))),
      at: this.nextAt(),
      ...(event.log === sharedLog ? {} : { shared: this.shared.position.head() }),
      ...overrides,
    };
  }

  /** What the log says to an entry: undefined once it is in. */
  offer(entry: Entry, prepared: PreparedEntry = prepareEntry(entry)): string | undefined {
    const circleOfEntry = this.circles.get(entry.event.log);
    const refusal =
      circleOfEntry === undefined
        ? appendEntry(this.shared, prepared, undefined)
        : appendEntry(circleOfEntry, prepared, this.shared.state);
    if (refusal === undefined) this.entries.get(entry.event.log)?.push(entry);
    return refusal?.code;
  }

  async say(author: Device, body: JsonObject, options: Partial<Event> = {}): Promise<Entry> {
    const entry = await this.sign(author, this.draft(author, body, options));
    const refusal = this.offer(entry);
    if (refusal !== undefined) throw new Error(`the toy case refused its own entry: ${refusal}`);
    return entry;
  }

  async checkpoint(log: LogId = sharedLog): Promise<string> {
    const head = this.logOf(log).position.head();
    return signCheckpoint({ origin: originOf(this.id, log), ...head }, this.keeper);
  }

  /** What `writeExport` takes; `keep` says which entries the seat is given. */
  async exported(
    seat: string | null = null,
    keep: (entry: Entry) => boolean = () => true,
  ): Promise<ExportedLog[]> {
    return Promise.all(
      [...this.entries].map(async ([log, entries]) => ({
        header: {
          format: exportFormat,
          case: this.id,
          log,
          keeper: base64url(this.keeper.publicKey),
          seat,
        } as const,
        entries: entries.map((entry) =>
          keep(entry) ? entry : { leaf: base64url(prepareEntry(entry).leaf) },
        ),
        checkpoint: await this.checkpoint(log),
        cosigned: [],
      })),
    );
  }
}
