/**
 * What was signed here and has not reached its keeper: kept on this device until the line is back, and sent as it is. An
 * event's id is the hash of what was signed, and a keeper appends an id once, so nothing is lost or sent twice, whether the
 * line broke before the event arrived or before the answer came back.
 */
import { type DeviceId, type Event, type EventId, eventId, type LogId } from "@parley/ledger";

/** An event with its author's signature, on its way to a keeper. */
export interface SignedEvent {
  readonly event: Event;
  readonly signature: string;
}

export interface Waiting extends SignedEvent {
  readonly id: EventId;
}

export class Outbox {
  readonly #place: string;
  #waiting: readonly Waiting[];

  constructor(place: string) {
    this.#place = place;
    this.#waiting = this.#read();
  }

  get waiting(): readonly Waiting[] {
    return this.#waiting;
  }

  /** How many events of this device wait for this log and audience: the next one is numbered after them. */
  count(device: DeviceId, log: LogId, audience: string): number {
    return this.#waiting.filter(
      ({ event }) => event.author === device && event.log === log && event.audience === audience,
    ).length;
  }

  put(signed: SignedEvent): Waiting {
    const waiting = { ...signed, id: eventId(signed.event) };
    this.#keep([...this.#waiting, waiting]);
    return waiting;
  }

  remove(id: EventId): void {
    if (this.#waiting.some((one) => one.id === id)) {
      this.#keep(this.#waiting.filter((one) => one.id !== id));
    }
  }

  #keep(waiting: readonly Waiting[]): void {
    this.#waiting = waiting;
    const signed = waiting.map(({ event, signature }) => ({ event, signature }));
    if (signed.length === 0) localStorage.removeItem(this.#place);
    else localStorage.setItem(this.#place, JSON.stringify(signed));
  }

  /** What this browser kept is what it signed; anything else under the name is left alone. */
  #read(): readonly Waiting[] {
    const kept = localStorage.getItem(this.#place);
    if (kept === null) return [];
    try {
      return (JSON.parse(kept) as readonly SignedEvent[]).map((one) => ({ ...one, id: eventId(one.event) }));
    } catch {
      return [];
    }
  }
}
