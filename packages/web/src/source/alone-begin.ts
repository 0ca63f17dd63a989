/** How a case begins alone: its opening, the seats whose keys are made here, and what is done next. */
import {
  type CaseRecord,
  type CaseState,
  type CaseStory,
  type EventKind,
  inviteMessage,
  isEventKind,
  itemsOf,
  type MemberRole,
  openingOf,
  playRecord,
  playStory,
  type SeatId,
  storyMs,
} from "@parley/core";
import {
  base64url,
  caseId,
  type DeviceId,
  type DeviceKeys,
  deviceFromSecrets,
  type EventId,
  eventId,
  type JsonObject,
  newDeviceSecrets,
  signerFromSeed,
} from "@parley/ledger";
import { AloneCase } from "./alone-case.ts";
import { removeCase, type Store } from "./alone-store.ts";
import type { No } from "./no.ts";
import type { Plan } from "./shelf.ts";

const invitationDays = 30;

export async function begin(store: Store, plan: Plan): Promise<AloneCase | No> {
  const keeper = crypto.getRandomValues(new Uint8Array(32));
  const secrets = newDeviceSecrets();
  const { id: first, keys } = await deviceFromSecrets(secrets);
  const keeperKey = base64url(signerFromSeed(keeper).publicKey);
  const opening = openingBody(plan, keys, keeperKey);
  const id = caseId(opening);
  const example = plan.example === undefined ? {} : { example: plan.example };
  const record = { id, title: plan.title, exercise: plan.exercise, keeper, sitting: first, ...example };
  const startMs = Date.now() - (plan.story ? storyMs(plan.story) : 0);
  const beginning = plan.story && new Date(startMs).toISOString();
  const begun = await AloneCase.begin(store, record, secrets, opening, beginning);
  if (!(begun instanceof AloneCase)) return begun;
  const heads = new Map<SeatId, DeviceId>([[plan.convener, first]]);
  const refusal =
    (await seatOthers(begun, plan, heads)) ??
    (await actAll(begun, plan, heads)) ??
    (plan.record && (await playAll(begun, plan.record, first))) ??
    (plan.story && (await tellAll(begun, plan.story, heads, startMs)));
  begun.tellAt(undefined);
  if (refusal) {
    await removeCase(store, id);
    return refusal;
  }
  return begun;
}

/** The body of the first entry. */
export function openingBody(plan: Plan, keys: DeviceKeys, keeper: string, recovery?: DeviceKeys): JsonObject {
  if (plan.record) return { ...openingOf(plan.record, { keys, keeper }) };
  return {
    title: plan.title,
    keeper,
    nonce: base64url(crypto.getRandomValues(new Uint8Array(16))),
    ...(plan.exercise ? { exercise: true } : {}),
    seats: plan.seats.map(({ id, kind, name, code }) => ({
      seat: id,
      kind,
      name,
      ...(code === undefined ? {} : { code }),
    })),
    convener: plan.convener,
    opener: { ...plan.opener, keys, ...(recovery ? { recovery } : {}) },
  };
}

function textOnTable(rooms: CaseState["rooms"]): EventId | undefined {
  return [rooms.consulted, rooms.table].flatMap(({ texts }) => itemsOf(texts))[0]?.id;
}

/** Those who join beside the heads, then what happened, each event when it is said to have happened. */
async function tellAll(
  begun: AloneCase,
  story: CaseStory,
  heads: ReadonlyMap<SeatId, DeviceId>,
  startMs: number,
): Promise<No | undefined> {
  const actors = new Map<string, DeviceId>(heads);
  for (const member of story.members) {
    const { seat, role, name } = member;
    const joined = await joining(begun, { ...member, by: heads.get(seat), kind: "MemberInvited", role });
    if ("sentence" in joined) return joined;
    actors.set(`${seat}/${name}`, joined.id);
  }
  const device = (actor: string): Promise<DeviceId> => {
    const found = actors.get(actor);
    return found ? Promise.resolve(found) : Promise.reject(new Error(`the story knows no ${actor}`));
  };
  let refusal: No | undefined;
  try {
    await playStory(story, {
      caseId: begun.id,
      draft: textOnTable(begun.snapshot().state.rooms),
      time: (minute) => new Date(startMs + minute * 60_000).toISOString(),
      device,
      sign: async (actor, message) => begun.signAs(await device(actor), message),
      append: async (actor, kind, body, audience, at) => {
        if (!isEventKind(kind)) throw new Error(`${kind} is of no kind that is known`);
        begun.tellAt(at);
        refusal = await begun.appendBy(await device(actor), { kind, body, audience });
        const last = begun.snapshot().entries.at(-1);
        if (refusal || !last) throw new Error(`${kind} by ${actor}: ${refusal?.sentence}`);
        return eventId(last.event);
      },
    });
  } catch (fault) {
    return refusal ?? { code: "bad-story", sentence: String(fault) };
  }
  return undefined;
}

async function seatOthers(
  begun: AloneCase,
  plan: Plan,
  heads: Map<SeatId, DeviceId>,
): Promise<No | undefined> {
  const convener = heads.get(plan.convener);
  for (const seat of plan.seats) {
    if (!seat.held || seat.id === plan.convener) continue;
    const [head] = seat.people;
    const joined = await joining(begun, {
      by: convener,
      kind: "PartyInvited",
      seat: seat.id,
      role: "head",
      name: head?.name ?? seat.name,
      office: head?.office ?? seat.name,
    });
    if ("sentence" in joined) return joined;
    heads.set(seat.id, joined.id);
  }
  return undefined;
}

interface Joining {
  /** Whose invitation it is. */
  readonly by: DeviceId | undefined;
  readonly kind: "PartyInvited" | "MemberInvited";
  readonly seat: SeatId;
  readonly role: MemberRole;
  readonly name: string;
  readonly office: string;
}

/** Invites a person whose keys are made here, and lets them join. */
async function joining(
  begun: AloneCase,
  { by, kind, seat, role, name, office }: Joining,
): Promise<{ readonly id: DeviceId } | No> {
  const inviter = signerFromSeed(crypto.getRandomValues(new Uint8Array(32)));
  const inviteKey = base64url(inviter.publicKey);
  const until = new Date(Date.now() + invitationDays * 86_400_000).toISOString();
  const device = await begun.bring(newDeviceSecrets());
  const signed = { inviteKey, seat, role, keys: device.keys };
  const invited = kind === "PartyInvited" ? { seat, inviteKey, until } : { role, inviteKey, until };
  const refusal =
    (await begun.appendBy(by, { kind, body: invited })) ??
    (await begun.appendBy(device.id, {
      kind: "MemberJoined",
      body: {
        ...signed,
        name,
        office,
        inviteSignature: base64url(await inviter.sign(inviteMessage(begun.id, signed))),
      },
    }));
  return refusal ?? { id: device.id };
}

async function actAll(begun: AloneCase, plan: Plan, heads: Map<SeatId, DeviceId>): Promise<No | undefined> {
  for (const { by, act } of plan.acts) {
    const refusal = await begun.appendBy(heads.get(by), act);
    if (refusal) return { ...refusal, sentence: `${act.kind} by ${by}: ${refusal.sentence}` };
  }
  return undefined;
}

/** The record's events in order. Its labels stand for ids that are known only once an event is made. */
async function playAll(begun: AloneCase, record: CaseRecord, by: DeviceId): Promise<No | undefined> {
  const planned: { readonly kind: EventKind; readonly body: JsonObject }[] = [];
  playRecord(record, (kind, body, place) => {
    if (!isEventKind(kind)) throw new Error(`${place} is of no kind that is known`);
    planned.push({ kind, body });
    return placeholder(planned.length - 1) as EventId;
  });
  const made = new Map<string, EventId>();
  for (const [i, { kind, body }] of planned.entries()) {
    const named = Object.entries(body).map(
      ([key, value]) => [key, made.get(String(value)) ?? value] as const,
    );
    const refusal = await begun.appendBy(by, { kind, body: Object.fromEntries(named) });
    if (refusal) return refusal;
    const last = begun.snapshot().entries.at(-1);
    if (last) made.set(placeholder(i), eventId(last.event));
  }
  return undefined;
}

function placeholder(index: number): string {
  return `event ${index} of the record`;
}
