/**
 * A case as a `.parley` file: what it says is verified when it is opened, and it can be read and not written. Where the
 * keys of a device that it was sealed to are in this browser, what is sealed is read too.
 */
import { caseRules } from "@parley/core";
import {
  type CaseId,
  type DeviceId,
  type Event,
  type Json,
  readExport,
  sharedLog,
  verifyExport,
} from "@parley/ledger";
import type { CaseSnapshot, CaseSource, OwnSeal, Verdict } from "./case-source.ts";
import { type CaseKeys, FoldedCase } from "./folded-case.ts";
import type { Mismatch } from "./mismatch.ts";
import { type No, saysNo } from "./no.ts";
import { verdictOf } from "./verdict.ts";

const nothing = [] as const;
const readOnly = saysNo("read-only", "This is a file: it is read here, and nothing is added to it.");

export class FileCase implements CaseSource {
  readonly id: CaseId;
  readonly kept = "file";
  readonly reading = (): undefined => undefined;
  readonly connection = (): "live" => "live";
  readonly #file: Blob;
  readonly #folded: FoldedCase;

  private constructor(file: Blob, folded: FoldedCase) {
    this.id = folded.id;
    this.#file = file;
    this.#folded = folded;
  }

  /** Verifies the whole file before anything of it is shown; gives the sentence of what does not hold. */
  static async open(file: Blob, keysOf: (id: CaseId) => Promise<CaseKeys>): Promise<FileCase | No> {
    const bytes = [new Uint8Array(await file.arrayBuffer())];
    const verdict = await verifyExport(bytes, caseRules);
    if (!verdict.valid) return saysNo("bad-file", verdict.fault.sentence);
    const folded = new FoldedCase(verdict.caseId, await keysOf(verdict.caseId), undefined);
    for await (const line of readExport(bytes)) {
      if (line.type === "leaf") folded.foldWithheld(line.leaf);
      const refusal = line.type === "entry" ? folded.fold(line.prepared) : undefined;
      if (refusal) return refusal;
    }
    return new FileCase(file, folded);
  }

  readonly snapshot = (): CaseSnapshot => this.#folded.snapshot();
  readonly fault = (): Mismatch | undefined => this.#folded.fault();
  readonly subscribe = (listener: () => void): (() => void) => this.#folded.subscribe(listener);

  append(): Promise<No> {
    return Promise.resolve(readOnly);
  }

  readonly send = (): Promise<No> => this.append();
  readonly waiting = (): readonly [] => nothing;
  readonly sign = (): Promise<undefined> => Promise.resolve(undefined);
  readonly reach = (): Promise<boolean> => Promise.resolve(true);
  /** A file tells how things stood when it was written. */
  readonly now = (): number => Date.parse(this.#folded.lastAt);

  sit(device: DeviceId): Promise<void> {
    this.#folded.sitAs(device);
    return Promise.resolve();
  }

  unseal(event: Event): Promise<Json | undefined> {
    return this.#folded.unseal(event);
  }

  readonly writeAnswer: CaseSource["writeAnswer"] = (answer, proposal) =>
    this.#folded.writeAnswer(answer, proposal);
  get own(): OwnSeal {
    return this.#folded.own;
  }

  readonly readAnswer: CaseSource["readAnswer"] = (event, place, hash, keys) =>
    this.#folded.readAnswer(event, place, hash, keys);

  /** Against the heads that this browser remembers of the same case, as far as the file goes. */
  async verify(): Promise<Verdict> {
    const bytes = [new Uint8Array(await this.#file.arrayBuffer())];
    const verdict = verdictOf(await verifyExport(bytes, caseRules, { heads: this.#heads() }));
    if (!verdict.valid) this.#folded.distrust("verified", verdict.sentence, verdict.seq);
    return verdict;
  }

  /** Who cosigned is in the file and is counted by its verification. */
  readonly seen = (): Promise<readonly []> => Promise.resolve(nothing);

  #heads(): string[] {
    const notes = Object.keys(localStorage).flatMap((name) =>
      name.startsWith(`parley.head ${this.id} `) ? [localStorage.getItem(name) ?? ""] : [],
    );
    return notes.filter((note) => {
      const head = this.#folded.openNote(note);
      return head !== undefined && head.size <= this.#folded.sizeOf(sharedLog);
    });
  }

  exportFile(): Promise<Blob> {
    return Promise.resolve(this.#file);
  }
}
