/**
 * The only thing that pages see of a case: a fold to read, and events to append. Where the log is kept (in this browser,
 * with a server) is the source's business; the rules are `core`'s on either side.
 */

import type { CaseState, CircleState, EventKind, MemberId, SeatId } from "@parley/core";
import type {
  AnswerPlace,
  AnswerReading,
  Audience,
  CaseId,
  DeviceId,
  DeviceKeys,
  Entry,
  Event,
  EventId,
  Head,
  Json,
  JsonObject,
  LogId,
  Sealed,
  WrittenAnswer,
} from "@parley/ledger";
import type { Mismatch } from "./mismatch.ts";
import type { No } from "./no.ts";
import type { Waiting } from "./outbox.ts";

/** A seat that this person can act for, through a device whose keys are at hand. */
export interface Sitting {
  readonly device: DeviceId;
  readonly member: MemberId;
  readonly seat: SeatId;
}

export interface CircleSnapshot {
  readonly state: CircleState;
  readonly byId: ReadonlyMap<EventId, Entry>;
}

/** A case at one moment. A new one is made at each change, so it can be compared by identity. */
export interface CaseSnapshot {
  readonly state: CaseState;
  /** What this seat is given of the shared log, in order. */
  readonly entries: readonly Entry[];
  /** Where in the log each of them stands. */
  readonly seqs: readonly number[];
  readonly circles: ReadonlyMap<LogId, CircleSnapshot>;
  readonly head: Head;
  readonly sittings: readonly Sitting[];
  /** The one that acts; undefined for a reader. */
  readonly sitting: Sitting | undefined;
}

/** What one wants to say. `seal`: the private part, and the seats whose devices can open it. */
export interface Act {
  readonly kind: EventKind;
  readonly body: JsonObject;
  readonly audience?: Audience;
  readonly log?: LogId;
  readonly seal?: { readonly purpose: string; readonly value: Json; readonly seats: readonly SeatId[] };
}

/** What checking the whole record in this browser came to. */
export type Verdict =
  | {
      readonly valid: true;
      /** Of the shared log, those that were given. */
      readonly entries: number;
      /** Of the channels, each a log of its own. */
      readonly apart: number;
      readonly remembered: boolean;
      readonly cosignatures: number;
    }
  | { readonly valid: false; readonly sentence: string; readonly seq?: number };

/** `live`: nothing is missing. `broken`: not reached now; it comes back by itself. `ended`: no longer given. */
export type Connection = "reading" | "live" | "broken" | "ended";

/** How far the record has been read and checked here; until it is whole, `snapshot` is its front and nothing can be done. */
export interface Reading {
  readonly checked: number;
  readonly all: number;
  /** What is shown meanwhile was checked by this browser before; else it is the server's word. */
  readonly own: boolean;
  /** Why it goes on no more. */
  readonly failed?: Error;
}

/** A device that checked the shared log as far as so many entries, and said so. */
export interface Seen {
  readonly device: DeviceId;
  readonly size: number;
  /** When it said so by its own clock, in milliseconds since 1970. */
  readonly at: number;
}

/** The calendar feed of the sitting seat. What fails rejects with a sentence. */
export interface SeatFeed {
  /** When the address in use was made, in Unix milliseconds; null: there is none. */
  madeAt(): Promise<number | null>;
  /** A new address, which is told once and ends the one before. */
  make(): Promise<string>;
  revoke(): Promise<void>;
}

/** Sealed to the sitting device and nobody else, to be kept in this browser; undefined: no such device is at hand. */
export interface OwnSeal {
  seal(value: Json): Promise<Sealed | undefined>;
  open(sealed: Sealed): Promise<Json | undefined>;
}

export interface CaseSource {
  readonly id: CaseId;
  readonly kept: "browser" | "server" | "file";
  readonly connection: () => Connection;
  readonly snapshot: () => CaseSnapshot;
  /** undefined: all of it has been. */
  readonly reading: () => Reading | undefined;
  /** Why nothing of this record is believed any more; from then on `snapshot` throws it. */
  readonly fault: () => Mismatch | undefined;
  readonly subscribe: (listener: () => void) => () => void;
  /** Seals, signs and appends. undefined: recorded. */
  append(act: Act): Promise<No | undefined>;
  /**
   * As `append`, but what cannot reach the keeper now is not refused: it is signed, kept on this device, and sent once the
   * line is back. undefined: recorded, or among `waiting`.
   */
  send(act: Act): Promise<No | undefined>;
  readonly waiting: () => readonly Waiting[];
  /** The keeper's time, as far as it is known here. No clock of this device moves it once the keeper was heard. */
  now(): number;
  /** Asks the keeper for a sign of life, and its time. false: the line is lost. */
  reach(): Promise<boolean>;
  /** The sitting device signs other bytes than an event's, such as a second officer's check. */
  sign(message: Uint8Array): Promise<{ readonly device: DeviceId; readonly signature: string } | undefined>;
  /** Act for another seat whose keys are here. */
  sit(device: DeviceId): Promise<void>;
  /** The private part of an event, if a device here can open it. */
  unseal(event: Event): Promise<Json | undefined>;
  /** An answer to a package, signed by the sitting device where it accepts; undefined: no device is at hand. */
  writeAnswer(answer: "accept" | "decline", proposal: EventId): Promise<WrittenAnswer | undefined>;
  /** Opens an answer as its custodian. What is wrong with it makes it a no; undefined: no device is at hand. */
  readAnswer(
    event: Event,
    place: AnswerPlace,
    hash: string,
    keys: DeviceKeys,
  ): Promise<AnswerReading | undefined>;
  readonly own: OwnSeal;
  /** Every signature, place, rule and head, checked anew from the first entry against the head remembered here. */
  verify(): Promise<Verdict>;
  /** Which devices saw how much of the shared log; none where no others read it. */
  seen(): Promise<readonly Seen[]>;
  /** Only a server can be polled. */
  readonly feed?: SeatFeed;
  /** The `.parley` file. */
  exportFile(): Promise<Blob>;
}
