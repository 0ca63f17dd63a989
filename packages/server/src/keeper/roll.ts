/**
 * The roll of a case: who is in it and what each seat is given, as its fold last said. With the heads it is all that
 * reading the case needs, and it seldom changes; so it is kept beside the log, written in the commit that changed it, and
 * a long case is read before it is folded.
 *
 * No event is admitted by it: for that the case is folded from its entries. It is taken up only under this keeper's own
 * signature, as written by this version of Parley; the store's check compares it with what the entries say.
 */
import type { CircleState, Given, People, SeatId } from "@parley/core/rules";
import {
  base64url,
  type CaseId,
  canonicalJson,
  fromBase64url,
  type Json,
  type LogId,
  type Signer,
  utf8,
  verifySignatures,
} from "@parley/ledger";
import type { KeptRoll, LogStore, StoredHead } from "../store/log-store.ts";
import { version } from "../version.ts";
import { platformVerifier } from "./platform-signatures.ts";

export interface Roll {
  readonly people: People;
  readonly given: ReadonlyMap<SeatId, Given>;
  readonly circles: ReadonlyMap<LogId, Pick<CircleState, "seats">>;
}

/** All that reading a case needs besides its entries; all of it is on disk. */
export interface Readable extends Roll {
  readonly revision: number;
  readonly heads: ReadonlyMap<LogId, StoredHead>;
}

export function writeRoll({ people, given, circles }: Roll): string {
  return canonicalJson({
    circles: Object.fromEntries([...circles].map(([log, { seats }]) => [log, seats])),
    given: Object.fromEntries(given),
    people: people as unknown as Json,
    version,
  });
}

export async function signRoll(
  caseId: CaseId,
  revision: number,
  roll: Roll,
  signer: Signer,
): Promise<KeptRoll> {
  const text = writeRoll(roll);
  return { revision, roll: text, signature: base64url(await signer.sign(messageOf(caseId, revision, text))) };
}

/** Whether the keeper with this key wrote it. */
export async function isSigned(caseId: CaseId, kept: KeptRoll, key: Uint8Array): Promise<boolean> {
  const message = messageOf(caseId, kept.revision, kept.roll);
  const [signed] = await verifySignatures(
    [{ key, message, signature: bytesOf(kept.signature) }],
    platformVerifier,
  );
  return signed === true;
}

/** Whether this Parley wrote it: another's people may have another shape. */
export function isOfThisVersion({ roll }: KeptRoll): boolean {
  return roll.endsWith(`,"version":${JSON.stringify(version)}}`);
}

function messageOf(caseId: CaseId, revision: number, roll: string): Uint8Array {
  return utf8(`parley-roll/1\n${caseId}\n${revision}\n${roll}`);
}

function bytesOf(text: string): Uint8Array {
  try {
    return fromBase64url(text);
  } catch {
    return new Uint8Array();
  }
}

function readRoll(text: string): Roll {
  const { circles, given, people } = JSON.parse(text) as {
    readonly circles: Readonly<Record<LogId, readonly SeatId[]>>;
    readonly given: Readonly<Record<SeatId, Given>>;
    readonly people: People;
  };
  const seatsOf = Object.entries(circles).map(([log, seats]) => [log as LogId, { seats }] as const);
  return {
    people,
    given: new Map(Object.entries(given) as [SeatId, Given][]),
    circles: new Map(seatsOf),
  };
}

/** Characters of rolls that are kept parsed. */
const maxParsed = 4_000_000;

/** The rolls in the store, the ones used last at hand. */
export class RollShelf {
  readonly #logs: LogStore;
  readonly #signer: Signer;
  readonly #parsed = new Map<
    CaseId,
    { readonly revision: number; readonly length: number; readonly roll: Roll }
  >();
  #length = 0;

  constructor(logs: LogStore, signer: Signer) {
    this.#logs = logs;
    this.#signer = signer;
  }

  /** The case as it is in the store at one moment; `unkept` where there is no roll that can be trusted. */
  async read(caseId: CaseId): Promise<Readable | "unkept" | undefined> {
    const known = this.#parsed.get(caseId);
    const found = await this.#logs.readable(caseId, known?.revision ?? 0);
    if (!found) return undefined;
    const { revision, kept } = found;
    if (kept === undefined) return "unkept";
    const heads = new Map(found.heads.map((head) => [head.log as LogId, head]));
    if (known?.revision === kept.revision) {
      this.#hold(caseId, known);
      return { ...known.roll, revision, heads };
    }
    const trusted = isOfThisVersion(kept) && (await isSigned(caseId, kept, this.#signer.publicKey));
    if (!trusted) return "unkept";
    const roll = readRoll(kept.roll);
    this.#hold(caseId, { revision: kept.revision, length: kept.roll.length, roll });
    return { ...roll, revision, heads };
  }

  /** Keeps the roll of a case that has none, or one that cannot be trusted. */
  async keep(caseId: CaseId, { revision, ...roll }: Readable): Promise<void> {
    await this.#logs.keepRoll(caseId, await signRoll(caseId, revision, roll, this.#signer));
  }

  #hold(
    caseId: CaseId,
    one: { readonly revision: number; readonly length: number; readonly roll: Roll },
  ): void {
    this.#length += one.length - (this.#parsed.get(caseId)?.length ?? 0);
    this.#parsed.delete(caseId);
    this.#parsed.set(caseId, one);
    for (const [oldest, { length }] of this.#parsed) {
      if (this.#length <= maxParsed || oldest === caseId) return;
      this.#parsed.delete(oldest);
      this.#length -= length;
    }
  }
}
