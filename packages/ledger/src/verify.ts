/**
 * Checks an exported case offline, with nothing but the file and, where there is one, a head from elsewhere. In order:
 * the form of every line; that case and circles are named by what opens them; each entry's place, signature and
 * admissibility; each log's root against the keeper's checkpoint; cosignatures; the known heads; the end.
 *
 * The answer is the first fault, or what was established. Without a head from elsewhere nobody can tell from the file
 * alone whether it is the newest: `tail` says so.
 */
import {
  type Checkpoint,
  cosignedAt,
  cosigners,
  openCheckpoint,
  originOf,
  parseCheckpoint,
  parseNote,
} from "./checkpoint.ts";
import { fromBase64url, MalformedError } from "./encoding.ts";
import { type CaseId, type DeviceKeys, type Head, type LogId, sharedLog } from "./event.ts";
import { type ExportEnd, type ExportHeader, type ExportLine, endMessage, readExport } from "./export.ts";
import {
  appendEntry,
  type FoldedLog,
  type LogRules,
  openLog,
  type PreparedEntry,
  signingKey,
} from "./log.ts";
import { type SignedMessage, type VerifySignature, verifySignature, verifySignatures } from "./signature.ts";

/** The rules of a case, for its shared log and its circles. */
export interface CaseRules<Shared, Circle, Around, Why extends Refused> {
  readonly shared: LogRules<Shared, undefined, Why>;
  circle(log: LogId): LogRules<Circle, Around, Why>;
  /** What a circle's rules look at of the shared state; `before` itself where nothing of it has changed since. */
  around(state: Shared, before?: Around): Around;
  /** The present keeper's Ed25519 key, base64url. */
  keeper(state: Shared): string;
}

/** A refusal of the rules: the code for programs, the sentence for people. */
export type Refused = { readonly code: string; readonly sentence: string };

export type VerifyOptions = {
  /** Checkpoint notes from elsewhere that the export has to contain. Who brings one vouches for it. */
  readonly heads?: readonly string[];
  /** false: everything but the authors' signatures, which the verdict then says. */
  readonly signatures?: boolean;
};

export type VerifiedLog = {
  readonly log: LogId;
  readonly head: Head;
  /** Entries that are in the file, and entries of which it has the hash only. */
  readonly given: number;
  readonly redacted: number;
  readonly cosignatures: number;
};

export type ExportFault = {
  readonly code: string;
  readonly sentence: string;
  /** From 1. */
  readonly line: number;
  readonly log?: LogId;
  /** Position in its log, from 0, where an entry is at fault. */
  readonly seq?: number;
};

export type ExportVerdict<Shared> =
  | { readonly valid: false; readonly fault: ExportFault }
  | {
      readonly valid: true;
      readonly caseId: CaseId;
      readonly seat: string | null;
      readonly logs: readonly VerifiedLog[];
      readonly signatures: "verified" | "not-checked";
      /** Whether a head from elsewhere proves that nothing up to it is missing. */
      readonly tail: "unproven" | "contains-known-head";
      readonly state: Shared;
    };

/** Entries whose signatures are handed to the platform together. */
const batchSize = 256;

/** Throws `MalformedError` only for `heads` that are no checkpoints, and what the source itself throws. */
export async function verifyExport<Shared, Circle, Around, Why extends Refused>(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  rules: CaseRules<Shared, Circle, Around, Why>,
  options: VerifyOptions = {},
): Promise<ExportVerdict<Shared>> {
  const verification = new Verification(rules, options);
  try {
    let batch: ExportLine[] = [];
    for await (const line of readExport(source)) {
      batch.push(line);
      if (batch.length === batchSize || line.type !== "entry") {
        await verification.take(batch);
        batch = [];
      }
    }
    return verification.verdict();
  } catch (error) {
    if (error instanceof Fault) return { valid: false, fault: error.fault };
    if (error instanceof MalformedError) {
      const line = Number(/^line (\d+)/.exec(error.place)?.[1] ?? verification.line);
      return { valid: false, fault: { code: error.code, sentence: error.message, line } };
    }
    throw error;
  }
}

/** Carries the first fault out of the work. */
class Fault extends Error {
  readonly fault: ExportFault;
  constructor(fault: ExportFault) {
    super(fault.sentence);
    this.fault = fault;
  }
}

/** One log while it is read. */
type OpenLog<State, Around, Why> = {
  readonly log: LogId;
  readonly folded: FoldedLog<State, Around, Why>;
  redacted: number;
  cosignatures: number;
};

class Verification<Shared, Circle, Around, Why extends Refused> {
  readonly #rules: CaseRules<Shared, Circle, Around, Why>;
  readonly #options: VerifyOptions;
  /** What circles rest on, by the size of the shared log from which it held. */
  readonly #arounds: { size: number; around: Around }[] = [];
  readonly #closed: VerifiedLog[] = [];
  readonly #knownHeads: Set<Checkpoint>;
  #header: ExportHeader | undefined;
  /** The keeper before the last entry of the shared log: it signs the head that its own replacement ends. */
  #keeperBefore: string | undefined;
  #shared: OpenLog<Shared, undefined, Why> | undefined;
  #circle: OpenLog<Circle, Around, Why> | undefined;
  /** The line that is being checked. */
  line = 0;

  constructor(rules: CaseRules<Shared, Circle, Around, Why>, options: VerifyOptions) {
    this.#rules = rules;
    this.#options = options;
    this.#knownHeads = new Set(options.heads?.map((note) => parseCheckpoint(parseNote(note).text)));
  }

  async take(lines: readonly ExportLine[]): Promise<void> {
    const verifiers = await this.#verifyAhead(lines);
    for (const line of lines) {
      this.line = line.line;
      switch (line.type) {
        case "header":
          this.#open(line.header);
          break;
        case "entry":
          this.#append(line.prepared, verifiers.get(line.prepared));
          break;
        case "leaf":
          this.#appendRedacted(line.leaf);
          break;
        case "checkpoint":
          this.#close(line.note);
          break;
        case "cosigned":
          this.#countCosignatures(line.note);
          break;
        case "end":
          this.#end(line.end, line.sum);
      }
    }
  }

  verdict(): ExportVerdict<Shared> {
    const shared = this.#shared as OpenLog<Shared, undefined, Why>;
    return {
      valid: true,
      caseId: shared.folded.position.caseId,
      seat: (this.#header as ExportHeader).seat,
      logs: this.#closed,
      signatures: this.#options.signatures === false ? "not-checked" : "verified",
      tail: (this.#options.heads ?? []).length === 0 ? "unproven" : "contains-known-head",
      state: shared.folded.state,
    };
  }

  /** Asks the platform about many signatures at once, as far as the keys are known before these entries are folded. */
  async #verifyAhead(lines: readonly ExportLine[]): Promise<Map<PreparedEntry, VerifySignature>> {
    const entries = lines.flatMap((line) => (line.type === "entry" ? [line.prepared] : []));
    if (this.#options.signatures === false) return new Map(entries.map((prepared) => [prepared, () => true]));
    const asked: { prepared: PreparedEntry; signed: SignedMessage }[] = [];
    for (const prepared of entries) {
      const { event, signature } = prepared.entry;
      const key = signingKey(event.author, this.#keysOf(prepared));
      if (!(key instanceof Uint8Array)) continue;
      const signed = { key, message: prepared.message, signature: fromBase64url(signature) };
      asked.push({ prepared, signed });
    }
    const answers = await verifySignatures(asked.map(({ signed }) => signed));
    return new Map(asked.map(({ prepared }, i) => [prepared, () => answers[i] === true]));
  }

  #keysOf({ entry }: PreparedEntry): DeviceKeys | undefined {
    const { author } = entry.event;
    if (this.#circle !== undefined) {
      const around = this.#aroundAt(entry.shared?.size ?? 0);
      const { rules, state } = this.#circle.folded;
      return around && rules.keysOf(state, around, author, entry.event);
    }
    const { rules, state } = (this.#shared as OpenLog<Shared, undefined, Why>).folded;
    return rules.keysOf(state, undefined, author, entry.event);
  }

  #open(header: ExportHeader): void {
    const first = this.#header;
    if (first === undefined) {
      if (header.log !== sharedLog) this.#fail("log-order", "The shared log does not come first.");
      this.#shared = this.#begin(openLog(header.case, sharedLog, this.#rules.shared, undefined, "no-places"));
    } else {
      if (header.case !== first.case || header.keeper !== first.keeper || header.seat !== first.seat) {
        this.#fail("header-differs", "The headers do not name one case, keeper and seat.");
      }
      if (this.#closed.some(({ log }) => log === header.log)) {
        this.#fail("log-order", "The same log comes twice.");
      }
      const shared = (this.#shared as OpenLog<Shared, undefined, Why>).folded.position;
      this.#circle = this.#begin(
        openLog(header.case, header.log, this.#rules.circle(header.log), shared, "no-places"),
      );
    }
    this.#header = header;
  }

  #begin<State, Outside>(folded: FoldedLog<State, Outside, Why>): OpenLog<State, Outside, Why> {
    return { log: folded.position.log, folded, redacted: 0, cosignatures: 0 };
  }

  #append(prepared: PreparedEntry, verify: VerifySignature | undefined): void {
    const seq = this.#current().folded.position.size;
    const refusal =
      this.#circle === undefined
        ? this.#appendShared(prepared, verify)
        : this.#appendCircle(prepared, verify);
    if (refusal !== undefined) this.#fail(refusal.code, refusal.sentence, seq);
  }

  #appendShared(prepared: PreparedEntry, verify: VerifySignature | undefined): Refused | undefined {
    const { folded } = this.#shared as OpenLog<Shared, undefined, Why>;
    this.#keeperBefore = this.#rules.keeper(folded.state);
    const refusal = appendEntry(folded, prepared, undefined, verify);
    if (refusal !== undefined) return refusal;
    const before = this.#arounds.at(-1)?.around;
    const around = this.#rules.around(folded.state, before);
    if (around !== before) this.#arounds.push({ size: folded.position.size, around });
    return undefined;
  }

  #appendCircle(prepared: PreparedEntry, verify: VerifySignature | undefined): Refused | undefined {
    const { folded } = this.#circle as OpenLog<Circle, Around, Why>;
    const around = this.#aroundAt(prepared.entry.shared?.size ?? 0);
    if (around === undefined) {
      return { code: "shared-head-missing", sentence: "An entry of a circle rests on a case that is open." };
    }
    return appendEntry(folded, prepared, around, verify);
  }

  /** What the shared log said when it had this many entries. */
  #aroundAt(size: number): Around | undefined {
    return this.#arounds.findLast((held) => held.size <= size)?.around;
  }

  #appendRedacted(leaf: Uint8Array): void {
    const current = this.#current();
    if (current.folded.position.size === 0) {
      this.#fail("opening-missing", "The entry that opens a log is never withheld.", 0);
    }
    if (this.#circle !== undefined) {
      this.#fail(
        "redacted-in-circle",
        "Everything in a circle is for those who have it.",
        current.folded.position.size,
      );
    }
    this.#keeperBefore = undefined;
    current.folded.position.appendRedacted(leaf);
    current.redacted++;
  }

  #close(note: string): void {
    const { log, folded, redacted } = this.#current();
    const head = folded.position.head();
    const { keeper } = this.#header as ExportHeader;
    if (this.#circle === undefined) {
      const keepers = [this.#rules.keeper(folded.state as Shared), this.#keeperBefore];
      if (!keepers.includes(keeper))
        this.#fail("wrong-keeper", "The header names a keeper that the case does not have.");
    }
    const origin = originOf(folded.position.caseId, log);
    const signed = openCheckpoint(note, origin, fromBase64url(keeper));
    if (signed === undefined)
      this.#fail("bad-checkpoint", "The checkpoint is not the keeper's for this log.");
    if (signed?.size !== head.size || signed.root !== head.root) {
      this.#fail("wrong-root", "The keeper signed another head than these entries have.");
    }
    this.#checkKnownHeads(origin);
    const given = head.size - redacted;
    this.#closed.push({ log, head, given, redacted, cosignatures: 0 });
    this.#countCosignatures(note);
  }

  /** The heads from elsewhere that are this log's. */
  #checkKnownHeads(origin: string): void {
    const { position } = this.#current().folded;
    for (const known of this.#knownHeads) {
      if (known.origin !== origin) continue;
      if (known.size > position.size) {
        this.#fail("tail-missing", `The known head has ${known.size} entries, this file ${position.size}.`);
      }
      if (position.rootAt(known.size) !== known.root) {
        this.#fail(
          "forked",
          "The known head and this file are not of one log: the record was rewritten or forked.",
        );
      }
      this.#knownHeads.delete(known);
    }
  }

  #countCosignatures(note: string): void {
    const { position } = this.#current().folded;
    const { origin, size, root } = parseCheckpoint(parseNote(note).text);
    if (origin !== originOf(position.caseId, position.log) || position.rootAt(size) !== root) {
      this.#fail("wrong-cosigned-head", "Devices cosigned a head that this log never had.");
    }
    const { rules, state } = (this.#shared as OpenLog<Shared, undefined, Why>).folded;
    for (const device of cosigners(note)) {
      const keys = rules.keysOf(state, undefined, device, undefined);
      if (keys === undefined) continue;
      if (cosignedAt(note, device, fromBase64url(keys.signing)) === undefined) {
        this.#fail("bad-cosignature", "A cosignature is not the device's over this head.");
      }
      this.#current().cosignatures++;
    }
    const closed = this.#closed.pop() as VerifiedLog;
    this.#closed.push({ ...closed, cosignatures: this.#current().cosignatures });
  }

  #end({ by, end, signature }: ExportEnd, sum: string): void {
    if (end !== sum) this.#fail("wrong-sum", "The bytes of the file are not those that were summed.");
    const { rules, state } = (this.#shared as OpenLog<Shared, undefined, Why>).folded;
    const key =
      by === "keeper"
        ? (this.#header as ExportHeader).keeper
        : rules.keysOf(state, undefined, by, undefined)?.signing;
    const signed =
      key !== undefined && verifySignature(fromBase64url(key), endMessage(end), fromBase64url(signature));
    if (!signed) this.#fail("bad-end-signature", "The last line is not signed by who it says.");
    if (this.#knownHeads.size > 0) {
      this.#fail("unknown-log", "A known head is of a log that this file does not have.");
    }
  }

  #current(): OpenLog<Shared, undefined, Why> | OpenLog<Circle, Around, Why> {
    return this.#circle ?? (this.#shared as OpenLog<Shared, undefined, Why>);
  }

  #fail(code: string, sentence: string, seq?: number): never {
    const log = (this.#circle ?? this.#shared)?.log;
    throw new Fault({
      code,
      sentence,
      line: this.line,
      ...(log === undefined ? {} : { log }),
      ...(seq === undefined ? {} : { seq }),
    });
  }
}
