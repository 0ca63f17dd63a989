/**
 * The keeper: takes signed events, admits them by the rules, and acknowledges each only when it is durable. All that
 * waits is taken together, so that one sync serves many (group commit). It computes nothing that the fold does not, and
 * opens nothing that is sealed.
 *
 * One turn at a time: lock and load the cases, check the signatures, admit, sign the new heads, commit, publish, answer. A commit
 * that fails leaves no trace: the case is read again from the store before anything else is admitted to it.
 */
import type { Refusal } from "@parley/core/rules";
import {
  base64url,
  type Event,
  equalBytes,
  fromBase64url,
  type LogId,
  type LogRefusal,
  originOf,
  type Signer,
  signCheckpoint,
  type VerifySignature,
  verifySignature,
  verifySignatures,
} from "@parley/ledger";
import type { Ports } from "../ports.ts";
import {
  type Append,
  type CaseBatch,
  type CaseEntry,
  LogStore,
  type StoredEntry,
  type StoredHead,
} from "../store/log-store.ts";
import { type Sql, StoreError } from "../store/sql.ts";
import { type CaseFile, type Incoming, incoming, type Signed } from "./case-file.ts";
import { HeldCases, type Listener } from "./held-cases.ts";
import { platformSigner, platformVerifier } from "./platform-signatures.ts";
import { type Readable, signRoll } from "./roll.ts";

export interface Acknowledged {
  readonly log: LogId;
  readonly seq: number;
  readonly eventId: string;
  readonly at: string;
  readonly leaf: string;
  readonly again: boolean;
  readonly checkpoint: string;
}

export type Outcome = { readonly acknowledged: Acknowledged } | { readonly refusal: KeeperRefusal };
export type KeeperRefusal = Refusal | LogRefusal | { readonly code: "not-keeper"; readonly sentence: string };

interface Waiting extends Incoming {
  /** When it is said to have been appended: only the story of an exercise says so. */
  readonly atMs: number | undefined;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

interface Turn {
  readonly file: CaseFile;
  readonly from: number;
  readonly entries: StoredEntry[];
  readonly answers: { readonly waiting: Waiting; readonly stored: StoredEntry; readonly at: string }[];
  heads: StoredHead[];
}

const maxTurn = 512;
/** Entries of all cases kept in memory, at about 1 KB each and as much again that the collector has not taken yet. */
const maxHeldEntries = 15_000;

export class Keeper {
  readonly logs: LogStore;
  readonly #ports: Ports;
  readonly #signer: Signer;
  readonly #held: HeldCases;
  readonly #queue: Waiting[] = [];
  #working: Promise<void> | undefined;
  readonly #stopping = new AbortController();

  private constructor(logs: LogStore, ports: Ports, signer: Signer, maxHeld: number) {
    this.logs = logs;
    this.#ports = ports;
    this.#signer = signer;
    this.#held = new HeldCases(logs, signer, maxHeld);
  }

  static async open(sql: Sql, ports: Ports, maxHeld: number = maxHeldEntries): Promise<Keeper> {
    const logs = new LogStore(sql);
    const seed = await logs.keeperValue("signing-seed", async () => base64url(ports.random(32)));
    const keeper = new Keeper(logs, ports, platformSigner(fromBase64url(seed)), maxHeld);
    await sql.listen((message) => keeper.#held.heard(message));
    return keeper;
  }

  /** The key that this server signs heads with, base64url. */
  get key(): string {
    return base64url(this.#signer.publicKey);
  }

  get signer(): Signer {
    return this.#signer;
  }

  /** Events that wait for their turn. */
  get waiting(): number {
    return this.#queue.length;
  }

  get held(): { cases: number; entries: number } {
    return this.#held.counts;
  }

  /**
   * Takes an event. Resolves when it is durable, or with the refusal. Rejects with `StoreError` when the store could not
   * take it; whether it did is then unknown, and sending the same event again is safe.
   */
  async append(signed: Signed, atMs?: number): Promise<Outcome> {
    const event = incoming(signed);
    // A turn is for all cases: a long one is not read while they wait.
    await this.#held.ready(event.event.case);
    if (this.#stopping.signal.aborted) throw new StoreError("storage-unavailable", "The server is stopping.");
    return new Promise((resolve, reject) => {
      this.#queue.push({ ...event, atMs, resolve, reject });
      this.#work();
    });
  }

  /** The case as far as it is durable, folded; undefined where there is none. */
  file(caseId: string): Promise<CaseFile | undefined> {
    return this.#held.file(caseId);
  }

  /** What reading the case needs, as far as it is durable: without folding it, where its roll is kept. */
  readable(caseId: string): Promise<Readable | undefined> {
    return this.#held.readable(caseId);
  }

  /** Tells `listener` of everything that comes after `revision`, and keeps the case in memory meanwhile. */
  subscribe(caseId: string, revision: number, listener: Listener): () => void {
    return this.#held.subscribe(caseId, revision, listener);
  }

  /** Somebody who may write reads this case, which has so many entries. */
  expect(caseId: string, revision: number): void {
    this.#held.expect(caseId, revision);
  }

  /** Takes no more events and waits until those it has are answered. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    while (this.#working !== undefined) await this.#working;
    await this.#held.settled();
  }

  #work(): void {
    this.#working ??= this.#drain().finally(() => {
      this.#working = undefined;
      if (this.#queue.length > 0) this.#work();
    });
  }

  async #drain(): Promise<void> {
    // Let the requests that are ready join the first turn.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) {
      await this.#held.exclusively(() => this.#turn(this.#queue.splice(0, maxTurn)));
    }
  }

  async #turn(batch: readonly Waiting[]): Promise<void> {
    const turns = new Map<string, Turn>();
    const cases = [...new Set(batch.map(({ event }) => event.case))];
    const work = async (append: Append, revisions: ReadonlyMap<string, number>): Promise<Set<string>> => {
      for (const caseId of cases) {
        this.#held.compare(caseId, revisions.get(caseId));
        const file = await this.#held.upToDate(caseId);
        turns.set(caseId, { file, from: file.revision, entries: [], answers: [], heads: [] });
      }
      const checked = await this.#check(batch, turns);
      for (const waiting of batch) {
        const turn = turns.get(waiting.event.case);
        if (turn) this.#admit(waiting, turn, checked.get(waiting));
      }
      return this.#write(written(turns), append);
    };
    try {
      const overtaken = await this.logs.locked(cases, work);
      for (const turn of written(turns)) {
        if (overtaken.has(turn.file.id)) this.#again(turn);
        else this.#acknowledge(turn);
      }
    } catch (error) {
      // Whatever was taken in but is not known to be durable is forgotten; the store knows.
      for (const { file } of written(turns)) this.#held.forget(file.id);
      for (const { reject } of batch) reject(error);
    } finally {
      this.#held.evict();
    }
  }

  /** Checks all signatures of a batch at once, with the platform's fast verifier; the answers are used at admission. */
  async #check(
    batch: readonly Waiting[],
    turns: ReadonlyMap<string, Turn>,
  ): Promise<Map<Waiting, VerifySignature>> {
    const asked = batch.flatMap((waiting) => {
      const keys = turns.get(waiting.event.case)?.file.keysOf(waiting.event);
      return keys ? [{ waiting, key: bytesOf(keys.signing) }] : [];
    });
    const answers = await verifySignatures(
      asked.map(({ waiting, key }) => ({
        key,
        message: waiting.message,
        signature: bytesOf(waiting.signature),
      })),
      platformVerifier,
    );
    // What is admitted before it may change whose key it is; message and signature are those of the event, and stay.
    return new Map(
      asked.map(({ waiting, key }, i) => [
        waiting,
        (by, message, signature) =>
          equalBytes(by, key) ? answers[i] === true : verifySignature(by, message, signature),
      ]),
    );
  }

  #admit(waiting: Waiting, turn: Turn, verify: VerifySignature = verifySignature): void {
    const { file } = turn;
    if (file.placeOf(waiting) !== undefined) {
      const pending = turn.entries.find(({ eventId }) => eventId === waiting.id);
      if (pending) turn.answers.push({ waiting, stored: pending, at: atOf(pending) });
      else this.#answerAgain(waiting, file).catch(waiting.reject);
      return;
    }
    const foreign = this.#refuseForeign(file, waiting.event);
    if (foreign) {
      waiting.resolve({ refusal: foreign });
      return;
    }
    const admission = file.admit(waiting, waiting.atMs ?? this.#ports.now(), verify);
    if ("refusal" in admission) {
      waiting.resolve(admission);
      return;
    }
    turn.entries.push(admission.stored);
    turn.answers.push({ waiting, stored: admission.stored, at: admission.at });
  }

  /** A case is kept by the key that its log names; under another it is only read, until its principals change that. */
  #refuseForeign(file: CaseFile, event: Event): KeeperRefusal | undefined {
    const named = file.state?.people.keeper ?? (event.body as { keeper?: unknown }).keeper ?? "";
    if (named === this.key) return undefined;
    if (event.kind === "KeeperChanged" && event.body["key"] === this.key) return undefined;
    return {
      code: "not-keeper",
      sentence: "This server is not the keeper of the case: it can only be read here.",
    };
  }

  async #answerAgain(waiting: Waiting, file: CaseFile): Promise<void> {
    const { event, id } = waiting;
    const row = await this.logs.byEvent(event.case, id);
    const head = file.published?.heads.get(event.log);
    if (!row || !head) throw new StoreError("storage-busy", "The event is on its way; send it again.");
    const { log, seq, leaf } = row;
    waiting.resolve({
      acknowledged: {
        log: log as LogId,
        seq,
        eventId: id,
        at: atOf(row),
        leaf,
        again: true,
        checkpoint: head.checkpoint,
      },
    });
  }

  async #write(turns: readonly Turn[], append: Append): Promise<Set<string>> {
    if (turns.length === 0) return new Set();
    const at = this.#ports.now();
    const batches: CaseBatch[] = [];
    for (const turn of turns) {
      const { file, from, entries } = turn;
      turn.heads = await this.#signHeads(file);
      const changed = file.changedRoll();
      const roll = changed && (await signRoll(file.id, file.revision, changed, this.#signer));
      batches.push({ case: file.id, revision: from, entries, heads: turn.heads, roll, at });
    }
    return append(batches);
  }

  /** Another server on this database was faster to open it: read what it wrote, and admit these anew. */
  #again({ file, answers }: Turn): void {
    this.#held.forget(file.id);
    this.#queue.unshift(...answers.map(({ waiting }) => waiting));
  }

  #acknowledge({ file, from, entries, answers, heads }: Turn): void {
    file.publish(heads);
    this.#held.hold(file);
    const fresh = entries.map((entry, i): CaseEntry => ({ ...entry, revision: from + 1 + i }));
    this.#held.tell(file, fresh);
    const first = new Set<StoredEntry>();
    for (const { waiting, stored, at } of answers) {
      const checkpoint = heads.find(({ log }) => log === stored.log)?.checkpoint ?? "";
      const { log, seq, eventId, leaf } = stored;
      waiting.resolve({
        acknowledged: { log: log as LogId, seq, eventId, at, leaf, again: first.has(stored), checkpoint },
      });
      first.add(stored);
    }
  }

  async #signHeads(file: CaseFile): Promise<StoredHead[]> {
    return Promise.all(
      file.unpublishedHeads().map(async ({ log, head }) => ({
        log,
        ...head,
        checkpoint: await signCheckpoint({ origin: originOf(file.id, log), ...head }, this.#signer),
      })),
    );
  }
}

function written(turns: ReadonlyMap<string, Turn>): Turn[] {
  return [...turns.values()].filter(({ entries }) => entries.length > 0);
}

function atOf({ entry }: StoredEntry): string {
  return (JSON.parse(entry) as { at: string }).at;
}

function bytesOf(text: string): Uint8Array {
  try {
    return fromBase64url(text);
  } catch {
    return new Uint8Array();
  }
}
