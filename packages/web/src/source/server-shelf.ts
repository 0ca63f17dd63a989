/** The cases that a server keeps for the session of this window. Each seat of a demonstration has a session of its own. */
import { type CaseId, caseId, deviceFromSecrets, newDeviceSecrets, writeRecoveryKit } from "@parley/ledger";
import { ApiProblem, demoDevice, ParleyClient } from "@parley/server/client";
import type { CaseSource } from "./case-source.ts";
import { type CaseKeys, FoldedCase } from "./folded-case.ts";
import { type No, noOf } from "./no.ts";
import { newDevice, ownKeys } from "./own-devices.ts";
import { ReadCache } from "./read-cache.ts";
import { saveKit } from "./saving.ts";
import { ServerCase } from "./server-case.ts";
import type { CaseCard, Invited, Plan, Shelf } from "./shelf.ts";

/** Which published device a session of a demonstration signs with. */
const demoPlace = (session: string): string => `parley.demo ${session}`;

/** What a link that opens a session says, in the part of the address that no server is sent. */
interface Arrival {
  readonly token: string;
  readonly caseId: string | null;
  readonly demo: string | null;
}

function readArrival(fragment: string): Arrival | undefined {
  const said = new URLSearchParams(fragment.replace(/^#/, ""));
  const token = said.get("link");
  return token === null ? undefined : { token, caseId: said.get("case"), demo: said.get("demo") };
}

/** Redeems a link that this window was opened with, and gives the address that takes its place. */
export async function arrive(session: string, fragment: string): Promise<string | undefined> {
  const arrival = readArrival(fragment);
  if (!arrival) return undefined;
  // A link serves once: whoever comes back by it is signed in already, or is told by the pages that they are not.
  await redeem(new ParleyClient({ origin: "", session }), arrival.token);
  if (arrival.demo !== null) localStorage.setItem(demoPlace(session), arrival.demo);
  return arrival.caseId === null ? "#/" : `#/case/${arrival.caseId}`;
}

async function redeem(client: ParleyClient, token: string): Promise<No | undefined> {
  try {
    await client.redeemLink(token);
    return undefined;
  } catch (problem) {
    if (problem instanceof ApiProblem) return noOf(problem);
    throw problem;
  }
}

/** A SHA-256 in base64url. */
const wholeId = /^[\w-]{43}$/;

export class ServerShelf implements Shelf {
  readonly kept = "server";
  readonly client: ParleyClient;
  offline = false;
  readonly #cache: ReadCache;
  readonly #open: Map<CaseId, Promise<ServerCase>> = new Map();

  constructor(session: string) {
    this.client = new ParleyClient({ origin: "", session });
    this.#cache = new ReadCache(session);
  }

  redeem(token: string): Promise<No | undefined> {
    return redeem(this.client, token);
  }

  async invited(id: CaseId, secret: string): Promise<Invited | undefined> {
    const { openInvitation } = await import("./joining.ts");
    return openInvitation(this.client, id, secret);
  }

  /** Nothing that was read in this session stays readable here. */
  async signOut(): Promise<void> {
    await this.client.signOut();
    await this.#cache.forgetAll();
    for (const opened of this.#open.values()) void opened.then((one) => one.close());
    this.#open.clear();
  }

  async list(): Promise<readonly CaseCard[]> {
    try {
      const [{ items }, read] = await Promise.all([this.client.cases(), this.#cache.read()]);
      const cards = items.map((one) => ({
        id: one.case as CaseId,
        title: one.title,
        exercise: one.exercise,
        read: read.has(one.case as CaseId),
      }));
      this.offline = false;
      await this.#cache.keepCards(cards);
      return cards;
    } catch (problem) {
      if (!(problem instanceof ApiProblem && problem.code === "offline")) throw problem;
      this.offline = true;
      const [cards, read] = await Promise.all([this.#cache.cards(), this.#cache.read()]);
      return cards.map((card) => ({ ...card, read: read.has(card.id) }));
    }
  }

  open(id: CaseId): Promise<CaseSource | undefined> {
    // Of an address that was cut short there is nothing to ask.
    if (!wholeId.test(id)) return Promise.resolve(undefined);
    const opened = this.#open.get(id) ?? this.#read(id);
    this.#open.set(id, opened);
    opened.catch(() => this.#open.delete(id));
    return opened;
  }

  async #keys(id: CaseId): Promise<CaseKeys> {
    const { session } = this.client;
    const index = localStorage.getItem(demoPlace(session));
    const published = index === null ? [] : [await demoDevice(Number(index))];
    const own = await ownKeys(id, session);
    return { ...own, devices: [...published, ...own.devices] };
  }

  async #read(id: CaseId): Promise<ServerCase> {
    const opened = await ServerCase.open(this.client, id, this.#keys(id), this.#cache);
    opened.whole.then(
      () => this.#keepCard(opened),
      // It is opened anew by whoever asks again.
      () => this.#open.delete(id),
    );
    return opened;
  }

  async #keepCard(opened: ServerCase): Promise<void> {
    if (opened.fault()) return;
    const { title, exercise } = opened.snapshot().state.people;
    await this.#cache.keepCards([{ id: opened.id, title, exercise }]);
  }

  /** Opens a case on the server as its convener. The others are invited: nobody else's keys are made here. */
  async begin(plan: Plan): Promise<CaseId | No> {
    const { openingBody } = await import("./alone-begin.ts");
    const { keeper } = await this.client.server();
    const made = await newDevice();
    const recovery = plan.passphrase === undefined ? undefined : newDeviceSecrets();
    const kept = recovery && (await deviceFromSecrets(recovery));
    const opening = openingBody(plan, made.device.keys, keeper, kept?.keys);
    const id = caseId(opening);
    await made.keep(this.client.session, id);
    const { event, signature } = await new FoldedCase(id, { devices: [] }, undefined).sign(
      { kind: "CaseOpened", body: opening },
      made.device,
    );
    try {
      await this.client.append(event, signature);
    } catch (problem) {
      if (problem instanceof ApiProblem) return noOf(problem);
      throw problem;
    }
    if (recovery && plan.passphrase !== undefined) {
      const kit = await writeRecoveryKit(id, recovery, { passphrase: plan.passphrase });
      saveKit(kit, plan.title, plan.opener.name);
    }
    const opened = await this.open(id);
    for (const { act } of plan.acts.filter(({ by }) => by === plan.convener)) {
      const no = await opened?.append(act);
      if (no) return no;
    }
    return id;
  }

  /** Makes new keys for whoever lost theirs and kept the kit. */
  async restore(kit: string, passphrase: string): Promise<CaseId | No> {
    const { restoreFromKit } = await import("./restoring.ts");
    const restored = await restoreFromKit(this.client, kit, passphrase);
    // What was opened without the keys is opened again with them.
    if (typeof restored === "string") this.#open.delete(restored);
    return restored;
  }

  remove(): Promise<void> {
    return Promise.resolve();
  }
}
