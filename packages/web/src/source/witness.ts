/**
 * Heads that devices say they have seen. The device of a principal or of the mediator cosigns the keeper's head once the
 * entries under it were checked here: at once after a public act of its own, otherwise at most once a minute, so that the
 * moment of a cosignature does not tell who wrote an entry that others are not given.
 */
import {
  type CaseId,
  cosign,
  cosignedAt,
  type Device,
  type DeviceId,
  fromBase64url,
  openCheckpoint,
  originOf,
  parseNote,
  sharedLog,
} from "@parley/ledger";
import { ApiProblem, type ParleyClient } from "@parley/server/client";
import type { Seen } from "./case-source.ts";
import type { FoldedCase } from "./folded-case.ts";

const pauseMs = 60_000;
/** So many of the newest cosignatures are read at most. */
const mostPages = 10;

export class Witness {
  readonly #client: ParleyClient;
  readonly #id: CaseId;
  #waiting: { readonly note: string; readonly size: number; readonly device: Device } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #acted = false;

  constructor(client: ParleyClient, id: CaseId) {
    this.#client = client;
    this.#id = id;
  }

  /** The next head has a public act of this device in it. */
  acted(): void {
    this.#acted = true;
  }

  /** A head that was checked here, and the device that says so. */
  saw(note: string, size: number, device: Device): void {
    const last = this.#last(device.id);
    if (size <= last.size) return;
    this.#waiting = { note, size, device };
    clearTimeout(this.#timer);
    const pause = this.#acted ? 0 : Math.max(0, last.at + pauseMs - Date.now());
    this.#timer = setTimeout(() => void this.#say(), pause);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #say(): Promise<void> {
    if (!this.#waiting) return;
    const { note, size, device } = this.#waiting;
    this.#waiting = undefined;
    this.#acted = false;
    const line = await cosign(parseNote(note).text, device.id, device.signer, Math.floor(Date.now() / 1000));
    try {
      await this.#client.cosign(this.#id, sharedLog, { device: device.id, line, checkpoint: note });
      localStorage.setItem(this.#place(device.id), `${size} ${Date.now()}`);
    } catch (problem) {
      // Nothing waits for a cosignature: the next head brings the next one.
      if (!(problem instanceof ApiProblem)) throw problem;
    }
  }

  #last(device: DeviceId): { readonly size: number; readonly at: number } {
    const [size = 0, at = 0] = (localStorage.getItem(this.#place(device)) ?? "").split(" ").map(Number);
    return { size, at };
  }

  #place(device: DeviceId): string {
    return `parley.cosigned ${this.#id} ${device}`;
  }
}

/**
 * The largest head that each device cosigned, each checked here. A valid cosignature of a head that this record never had
 * is the proof that two different records are being shown: the case is distrusted.
 */
export async function readSeen(client: ParleyClient, folded: FoldedCase): Promise<readonly Seen[]> {
  const { id } = folded;
  const { keeper, devices } = folded.snapshot().state.people;
  const origin = originOf(id, sharedLog);
  const seen = new Map<DeviceId, Seen>();
  let after: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { items, next } = await client.cosignatures(id, sharedLog, after === undefined ? {} : { after });
    for (const { device, line, checkpoint } of items) {
      const by = devices[device];
      const head = openCheckpoint(checkpoint, origin, fromBase64url(keeper));
      if (!by || !head) continue;
      const at = cosignedAt(`${checkpoint}${line}`, by.id, fromBase64url(by.keys.signing));
      if (at === undefined || head.size > folded.sizeOf(sharedLog)) continue;
      if (folded.rootAt(head.size) !== head.root) {
        folded.distrust("split", `A device cosigned another head of ${head.size} entries: ${device}.`);
        return [];
      }
      if (!seen.has(by.id)) seen.set(by.id, { device: by.id, size: head.size, at: at * 1000 });
    }
    if (next === null) break;
    after = next;
  }
  return [...seen.values()];
}
