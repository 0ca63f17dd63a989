/**
 * `--demo`: the sample cases, opened in this store with the published demo keys, and a sign-in link for each seat. The
 * exercise is seated and has its text on the table; a record of facts is written by its recorder and can only be read.
 * Every start makes new links to the same seats; the cases go on where they were. A start that was interrupted is taken up at
 * the step that it had come to: each step is one event, and those that are there already are not issued again.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type CaseFile,
  type CaseStory,
  inviteMessage,
  type MemberRole,
  playStory,
  readCaseFile,
  readCaseStory,
  type SeatId,
  type StoryMember,
  storyMs,
} from "@parley/core";
import {
  type Audience,
  base64url,
  type CaseId,
  caseId,
  type Device,
  type Entry,
  type Event,
  type EventId,
  emptyHead,
  eventId,
  type Json,
  type JsonObject,
  sha256,
  sharedLog,
  signedBytes,
  signerFromSeed,
  utf8,
} from "@parley/ledger";
import type { Services } from "./api/services.ts";
import { demoDevice } from "./client/demo-device.ts";
import type { CaseEntry } from "./store/log-store.ts";

export interface DemoLink {
  readonly case: string;
  readonly title: string;
  /** undefined: reads what is public. */
  readonly seat: string | undefined;
  readonly name: string;
  /** Opens the seat in the browser, beside others; serves once. */
  readonly url: string;
}

const exampleFolder = fileURLToPath(new URL("../../../examples", import.meta.url));
/** More than any sample has. */
const maxSteps = 5_000;
const linkMs = 7 * 86_400_000;
const invitationMs = 7 * 86_400_000;

export async function openDemo(services: Services, folder: string = exampleFolder): Promise<DemoLink[]> {
  const links: DemoLink[] = [];
  if (!existsSync(folder)) return links;
  let device = 0;
  for (const name of readdirSync(folder).sort()) {
    const file = join(folder, name, "case.json");
    if (!existsSync(file)) continue;
    const sample = readCaseFile(readFileSync(file, "utf8"));
    const record = join(folder, name, "events.json");
    const told = join(folder, name, "story.json");
    const tale = existsSync(told) ? readCaseStory(readFileSync(told, "utf8")) : undefined;
    const stage = new Stage(services, sample, device, tale);
    device += stage.deviceCount;
    const story = existsSync(record) ? readRecord(record) : undefined;
    links.push(...(await (story ? stage.record(story) : stage.exercise(join(folder, name)))));
  }
  return links;
}

type SeatOfCase = Readonly<Record<"seat" | "kind" | "name", string> & Partial<Record<"code", string>>>;

interface RecordFile {
  readonly title: string;
  readonly seats: readonly SeatOfCase[];
  readonly recorder: { readonly seat: string; readonly name: string; readonly office: string };
  readonly events: readonly {
    readonly label?: string;
    readonly kind: string;
    readonly body: JsonObject;
    readonly audience?: Audience;
  }[];
}

function readRecord(file: string): RecordFile {
  return JSON.parse(readFileSync(file, "utf8")) as RecordFile;
}

/** What stands in the log is not what the sample would say next: somebody has gone on, and nothing is added to that. */
class GoneOn extends Error {}

/** One sample case while it is being opened. */
class Stage {
  readonly #services: Services;
  readonly #sample: CaseFile;
  readonly #first: number;
  readonly #counts = new Map<string, number>();
  readonly #story: CaseStory | undefined;
  #case: CaseId = "" as CaseId;
  /** Entries of an earlier start that no step has met yet. */
  #there: CaseEntry[] = [];
  /** When things happened, where a story says so. */
  #atMs: number | undefined;

  constructor(services: Services, sample: CaseFile, first: number, story: CaseStory | undefined) {
    this.#services = services;
    this.#story = story;
    this.#sample = sample;
    this.#first = first;
  }

  /** One for each party's head, one for whoever records, and one for each who joins beside the heads. */
  get deviceCount(): number {
    return this.#sample.parties.length + 1 + this.#members.length;
  }

  get #members(): readonly StoryMember[] {
    return this.#story?.members ?? [];
  }

  async exercise(folder: string): Promise<DemoLink[]> {
    const { parties, title, exercise } = this.#sample;
    const seats = parties.map(({ id, name, code, seat }) => ({
      seat: id,
      kind: seat,
      name,
      ...(code === undefined ? {} : { code }),
    }));
    const convener = parties.find(({ seat }) => seat === "mediator") ?? parties[0];
    if (!convener) return [];
    const opener = this.#person(convener.id);
    await this.#play(async () => {
      const terms = { title, exercise, seats, opener };
      await this.#open(convener.id, await this.#device(convener.id), terms);
      for (const { id } of parties) if (id !== convener.id) await this.#seat(convener.id, id);
      await this.#lendPowers();
      const text = readFileSync(join(folder, this.#sample.draft), "utf8");
      const draft = await this.#issue(convener.id, "DraftOpened", { kind: "chairsText", text }, "consulted");
      if (this.#story) await this.#tell(this.#story, draft);
    });
    const links: DemoLink[] = [];
    for (const { id, name } of parties)
      links.push(await this.#link(id, `${name} (EXERCISE)`, this.#indexOf(id)));
    for (const { seat, name } of this.#members) {
      const actor = `${seat}/${name}`;
      const party = parties.find(({ id }) => id === seat)?.name ?? seat;
      links.push(await this.#link(actor, `${party}, ${name} (EXERCISE)`, this.#indexOf(actor)));
    }
    return links;
  }

  async record({ title, seats, recorder, events }: RecordFile): Promise<DemoLink[]> {
    const by = await this.#device(recorder.seat);
    const opener = { name: recorder.name, office: recorder.office };
    await this.#play(async () => {
      await this.#open(recorder.seat, by, { title, exercise: false, seats, opener });
      const ids = new Map<string, EventId>();
      for (const { label, kind, body, audience } of events) {
        const id = await this.#issue(recorder.seat, kind, resolved(body, ids) as JsonObject, audience);
        if (label !== undefined) ids.set(`@${label}`, id);
      }
    });
    await this.#services.holdings.openReading(this.#case);
    return [await this.#link(undefined, "Reader", undefined)];
  }

  /** Takes the steps, from the first that is not in the log. */
  async #play(steps: () => Promise<void>): Promise<void> {
    try {
      await steps();
    } catch (error) {
      if (!(error instanceof GoneOn)) throw error;
    }
  }

  async #open(
    convener: string,
    by: Device,
    terms: {
      readonly title: string;
      readonly exercise: boolean;
      readonly seats: readonly SeatOfCase[];
      readonly opener: { readonly name: string; readonly office: string };
    },
  ): Promise<void> {
    const body = {
      title: terms.title,
      keeper: this.#services.keeper.key,
      nonce: base64url(sha256(utf8(`parley demo ${this.#sample.name}`)).subarray(0, 16)),
      demo: true,
      ...(terms.exercise ? { exercise: true } : {}),
      seats: terms.seats,
      convener,
      opener: { ...terms.opener, keys: by.keys },
    };
    this.#case = caseId(body);
    const rows = await this.#services.keeper.logs.since(this.#case, 0, maxSteps);
    this.#there = rows.filter(({ log }) => log === sharedLog);
    this.#atMs = this.#story && this.#startMs(this.#story);
    await this.#issue(convener, "CaseOpened", body);
  }

  async #seat(convener: string, seat: string): Promise<void> {
    await this.#join(seat, "head", this.#person(seat), (inviteKey, until) =>
      this.#issue(convener, "PartyInvited", { seat, inviteKey, until }),
    );
  }

  async #join(
    actor: string,
    role: MemberRole,
    { name, office }: { readonly name: string; readonly office: string },
    invite: (inviteKey: string, until: string) => Promise<unknown>,
  ): Promise<void> {
    const seed = sha256(utf8(`parley demo invitation ${this.#sample.name} ${actor}`));
    const inviter = signerFromSeed(seed);
    const inviteKey = base64url(inviter.publicKey);
    await invite(inviteKey, new Date(this.#services.ports.now() + invitationMs).toISOString());
    const { keys } = await this.#device(actor);
    const terms = { inviteKey, seat: seatOf(actor) as SeatId, role, keys };
    const inviteSignature = base64url(await inviter.sign(inviteMessage(this.#case, terms)));
    await this.#issue(actor, "MemberJoined", { ...terms, name, office, inviteSignature });
  }

  /** When the story begins: so that it ends now, or when an earlier start began to tell it. */
  #startMs(story: CaseStory): number {
    const [first] = this.#there;
    return first
      ? Date.parse((JSON.parse(first.entry) as Entry).at)
      : this.#services.ports.now() - storyMs(story);
  }

  /** What happened before the exercise is opened: its last event is now. */
  async #tell(story: CaseStory, draft: EventId): Promise<void> {
    for (const member of this.#members) {
      const { seat, name, role } = member;
      await this.#join(`${seat}/${name}`, role, member, (inviteKey, until) =>
        this.#issue(seat, "MemberInvited", { role, inviteKey, until }),
      );
    }
    const startMs = this.#atMs ?? 0;
    await playStory(story, {
      caseId: this.#case,
      draft,
      time: (minute) => new Date(startMs + minute * 60_000).toISOString(),
      device: async (actor) => (await this.#device(actor)).id,
      sign: async (actor, message) => base64url(await (await this.#device(actor)).signer.sign(message)),
      append: (actor, kind, body, audience, at) => {
        this.#atMs = Date.parse(at);
        return this.#issue(actor, kind, body, audience);
      },
    });
  }

  async #lendPowers(): Promise<void> {
    const principals = this.#sample.parties.filter(({ seat }) => seat === "principal");
    for (const { id: to, powers } of this.#sample.parties) {
      for (const power of powers) {
        for (const { id } of principals) {
          if (power === "preferences") await this.#issue(id, "ReadingGranted", { to });
          else await this.#issue(id, "PowerGranted", { power, to });
        }
      }
    }
  }

  async #issue(
    actor: string,
    kind: string,
    body: JsonObject,
    audience: Audience = "public",
  ): Promise<EventId> {
    const by = await this.#device(actor);
    const counter = `${actor} ${audience}`;
    const n = this.#counts.get(counter) ?? 0;
    this.#counts.set(counter, n + 1);
    const there = this.#there.shift();
    if (there) return idOfStep(there, kind, by);
    const event: Event = {
      v: 1,
      case: this.#case,
      log: sharedLog,
      kind,
      author: by.id,
      n,
      after: emptyHead,
      audience,
      salt: base64url(this.#services.ports.random(16)),
      body,
    };
    const signature = base64url(await by.signer.sign(signedBytes(event)));
    const outcome = await this.#services.keeper.append({ event, signature }, this.#atMs);
    if ("refusal" in outcome) {
      throw new Error(
        `the sample case ${this.#sample.name}: ${kind} by ${actor}: ${outcome.refusal.sentence}`,
      );
    }
    return eventId(event);
  }

  /** The account of a seat is the same at every start; the link is new. */
  async #link(actor: string | undefined, name: string, index: number | undefined): Promise<DemoLink> {
    const { accounts, holdings, keeper, origin } = this.#services;
    // A session is named after the seat, or after the person beside its head.
    const slot = (actor ?? "reader").toLowerCase().replaceAll(/[^a-z0-9-]+/g, "-");
    const seat = actor === undefined ? undefined : seatOf(actor);
    const known = `demo-account/${this.#sample.name}/${slot}`;
    const account = await keeper.logs.keeperValue(
      known,
      async () => (await accounts.create(name, "member")).account,
    );
    if (actor !== undefined) {
      await holdings.hold(this.#case, account, "device", (await this.#device(actor)).id);
    }
    const token = await accounts.link({ name, role: "member", validMs: linkMs, account });
    const key = index === undefined ? "" : `&demo=${index}`;
    return {
      case: this.#case,
      title: this.#sample.title,
      seat,
      name,
      url: `${origin}/?session=${slot}#link=${token}&case=${this.#case}${key}`,
    };
  }

  #device(actor: string): Promise<Device> {
    return demoDevice(this.#indexOf(actor));
  }

  #indexOf(actor: string): number {
    const { parties } = this.#sample;
    const at = parties.findIndex(({ id }) => id === actor);
    if (at >= 0) return this.#first + at;
    const beside = this.#members.findIndex(({ seat, name }) => `${seat}/${name}` === actor);
    return this.#first + parties.length + 1 + beside;
  }

  #person(seat: string): { readonly name: string; readonly office: string } {
    const party = this.#sample.parties.find(({ id }) => id === seat);
    return party?.delegation[0] ?? { name: party?.name ?? seat, office: "Delegate" };
  }
}

/** The id of an entry that an earlier start has made at this step. */
function idOfStep({ entry, eventId: id }: CaseEntry, kind: string, by: Device): EventId {
  const { event } = JSON.parse(entry) as Entry;
  if (event.kind !== kind || event.author !== by.id) throw new GoneOn();
  return id as EventId;
}

function seatOf(actor: string): string {
  return actor.split("/")[0] ?? actor;
}

/** A body with `@label` replaced by the id of the event that has this label. */
function resolved(value: Json, ids: ReadonlyMap<string, EventId>): Json {
  if (typeof value === "string") return ids.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => resolved(item as Json, ids));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item as Json, ids)]));
}
