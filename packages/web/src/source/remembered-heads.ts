/**
 * The keeper's heads of a case as this browser remembers them, each log's largest. A head that is offered must be the
 * keeper's own, of the record that was folded here, and not behind or beside one that is remembered.
 */
import { type Checkpoint, type LogId, sharedLog } from "@parley/ledger";
import type { FoldedCase } from "./folded-case.ts";
import type { MismatchKind } from "./mismatch.ts";
import type { Witness } from "./witness.ts";

export class RememberedHeads {
  readonly #folded: FoldedCase;
  readonly #session: string;
  readonly #witness: Witness;
  /** By their places: the checkpoints that were remembered when this window opened the case. */
  readonly #before: ReadonlyMap<string, string>;

  constructor(folded: FoldedCase, session: string, witness: Witness) {
    this.#folded = folded;
    this.#session = session;
    this.#witness = witness;
    const heads = Object.entries(localStorage).filter(([name]) => name.startsWith(this.#place(sharedLog)));
    this.#before = new Map(heads.map(([name, note]) => [name, String(note)]));
  }

  /** The keeper's own signature on the head that was folded here, and on the one remembered from last time. */
  check(log: LogId, note: string): { readonly kind: MismatchKind; readonly sentence: string } | undefined {
    const signed = this.#folded.openNote(note, log);
    if (!signed || !this.#had(log, signed)) {
      return {
        kind: "checkpoint",
        sentence: "The server's checkpoint is not of the record that it sent.",
      };
    }
    const place = this.#place(log);
    const kept = localStorage.getItem(place);
    const first = this.#before.get(place);
    const opened = first ? this.#folded.openNote(first, log) : undefined;
    // Another window of this browser may be ahead by now; what stood here before this one opened it cannot be.
    if (opened && signed.size < opened.size) {
      const sentence = `Remembered: ${opened.size} entries. The keeper now signs ${signed.size}.`;
      return { kind: "shortened", sentence };
    }
    const before = kept ? this.#folded.openNote(kept, log) : undefined;
    if (before && before.size <= this.#folded.sizeOf(log) && !this.#had(log, before)) {
      const sentence = `The head of ${before.size} entries that was remembered is another.`;
      return { kind: "rewritten", sentence };
    }
    if (!before || before.size < signed.size) localStorage.setItem(place, note);
    if (log === sharedLog && signed.size === this.#folded.sizeOf(log)) this.#cosign(note, signed.size);
    return undefined;
  }

  #had(log: LogId, { size, root }: Checkpoint): boolean {
    return size > this.#folded.sizeOf(log) || this.#folded.rootAt(size, log) === root;
  }

  /** Those whose word the record waits for say how far they have seen it. */
  #cosign(note: string, size: number): void {
    const { state, sitting } = this.#folded.snapshot();
    const kind = sitting && state.people.seats[sitting.seat]?.kind;
    const device = sitting && this.#folded.devices.get(sitting.device);
    if (device && (kind === "principal" || kind === "mediator")) this.#witness.saw(note, size, device);
  }

  /** The checkpoints that this browser remembers, one for each log. */
  notes(): readonly string[] {
    const notes = this.#folded.logs.map(({ log }) => localStorage.getItem(this.#place(log)));
    return notes.filter((note) => note !== null);
  }

  #place(log: LogId): string {
    const { id } = this.#folded;
    return ["parley.head", id, this.#session, ...(log === sharedLog ? [] : [log])].join(" ");
  }
}
