/**
 * What is on record in one audience: contacts, statements, positions, texts. Things are named by the id of the event that
 * made them, and whatever refers to a thing has its audience, so a room needs no other room.
 */
import type { EventId } from "@parley/ledger/event";
import type { SeatId } from "./ids.ts";
import type { Table } from "./record.ts";
import type { Person, Source } from "./shape.ts";

/** Whose word an item is. `recorded`: not said here, but reported elsewhere and put on record by `by` with its source. */
export interface Voice {
  readonly id: EventId;
  readonly of?: SeatId;
  readonly by: SeatId;
  readonly at: string;
  readonly recorded?: Source;
}

export interface Delegation extends Voice {
  readonly people: readonly Person[];
}

export type ContactForm = "call" | "meeting" | "ministerial" | "summit" | "proximity" | "letter";
export type ContactOutcome = "readouts" | "pressLines" | "leftToLeaders" | "noResult";

export interface Contact extends Voice {
  readonly form: ContactForm;
  readonly title: string;
  /** When it is or was held, as far as known. */
  readonly held: string;
  readonly venue?: string;
  readonly parties: readonly SeatId[];
  readonly participants: readonly Person[];
  readonly agenda: readonly string[];
  /** Each side's own account, side by side and never merged. */
  readonly readouts: readonly Readout[];
  readonly pressLines: Table<PressLines>;
  readonly ended?: ContactEnd;
}

export interface Readout extends Voice {
  readonly text: string;
}

/** Words for the press, agreed once every party of the contact has accepted them. */
export interface PressLines extends Voice {
  readonly text: string;
  readonly acceptedBy: readonly SeatId[];
  readonly agreed: boolean;
}

export interface ContactEnd extends Voice {
  readonly outcomes: readonly ContactOutcome[];
  readonly pointsLeft: readonly string[];
}

export type StatementForm = "statement" | "expectation" | "assessment" | "question";

export interface Statement extends Voice {
  readonly form: StatementForm;
  readonly text: string;
  readonly speaker?: Person;
  readonly said?: string;
  readonly about: readonly SeatId[];
  readonly contact?: EventId;
}

/** What a party holds on a subject. The last one on the same subject counts; all are kept. */
export interface Position extends Voice {
  readonly subject: string;
  readonly text: string;
}

/** One stance of several parties: theirs once each has joined it, or as reported. */
export interface Stance extends Voice {
  readonly subject: string;
  readonly text: string;
  readonly seats: readonly SeatId[];
  readonly joinedBy: readonly SeatId[];
}

export interface Room {
  readonly delegations: Table<Delegation>;
  readonly contacts: Table<Contact>;
  readonly statements: readonly Statement[];
  readonly positions: readonly Position[];
  readonly stances: Table<Stance>;
}

export const emptyRoom: Room = {
  delegations: {},
  contacts: {},
  statements: [],
  positions: [],
  stances: {},
};
