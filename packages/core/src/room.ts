/**
 * What is on record in one audience: contacts, statements, positions, texts. Things are named by the id of the event that
 * made them, and whatever refers to a thing has its audience, so a room needs no other room.
 */
import type { JsonObject } from "@parley/ledger/canonical";
import type { DeviceId, EventId } from "@parley/ledger/event";
import type { Draft } from "@parley/text";
import type { Change } from "./amending.ts";
import type { SeatId } from "./ids.ts";
import type { Table } from "./record.ts";
import { emptyRegister, type Register } from "./register.ts";
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
export type ContactOutcome = "readouts" | "pressLines" | "leftToMinisters" | "leftToLeaders" | "noResult";

export interface Contact extends Voice {
  readonly form: ContactForm;
  readonly title: string;
  /** When it is or was held, as far as known. */
  readonly held: string;
  readonly venue?: string;
  readonly parties: readonly SeatId[];
  readonly participants: readonly Person[];
  readonly agenda: readonly string[];
  /** What had been agreed beforehand: its time, languages and rules. */
  readonly appointment?: EventId;
  /** Each side's own account, side by side and never merged. */
  readonly readouts: readonly Readout[];
  /** By party: its own reading of how the readouts compare. */
  readonly alignments: Table<Alignment>;
  readonly pressLines: Table<PressLines>;
  readonly ended?: ContactEnd;
}

/** Which claims belong together, as one party reads them: of the readouts, and of what was expected beforehand. */
export interface Alignment extends Voice {
  readonly points: readonly AlignedPoint[];
}

export interface AlignedPoint {
  readonly subject: string;
  /** Said by both, by one only, or by each otherwise. */
  readonly relation: "both" | "one" | "conflict";
  /** Places in the texts of readouts, or of expectations, in UTF-16 units. */
  readonly claims: readonly { readonly readout: EventId; readonly from: number; readonly to: number }[];
}

/** A contact that is still to come. `sequence` counts its changes, the last of which was at `changed`. */
export interface Appointment extends Voice {
  readonly form: ContactForm;
  readonly title: string;
  readonly begins: string;
  readonly ends: string;
  readonly venue?: string;
  readonly parties: readonly SeatId[];
  readonly participants: readonly Person[];
  /** Parties that named their people themselves; of the others they are those whom its proposer expects. */
  readonly namedBy: readonly SeatId[];
  readonly languages: readonly string[];
  readonly confidentiality: string;
  readonly press: string;
  /** `from`: the contact that left this point to the next. */
  readonly agenda: readonly { readonly text: string; readonly from?: EventId }[];
  readonly sequence: number;
  readonly changed: string;
  readonly acceptedBy: readonly SeatId[];
  /** The notification that asked for it. */
  readonly requested?: EventId;
  /** By seat: its time zone, to be shown beside UTC. */
  readonly zones?: { readonly [seat: string]: string };
  /** The contact that was put on record as this one held. */
  readonly held?: EventId;
  /** By party: its own reading of how the expectations compare. */
  readonly alignments: Table<Alignment>;
  readonly cancelled?: { readonly by: SeatId; readonly at: string; readonly reason: string };
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
  /** To the leaders. */
  readonly pointsLeft: readonly string[];
  readonly pointsForMinisters?: readonly string[];
}

export type StatementForm = "statement" | "expectation" | "assessment" | "question";

export interface Statement extends Voice {
  readonly form: StatementForm;
  readonly text: string;
  readonly speaker?: Person;
  readonly said?: string;
  readonly about: readonly SeatId[];
  readonly contact?: EventId;
  /** The contact to come that it is about. */
  readonly appointment?: EventId;
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

export type TextKind = "compilation" | "chairsText" | "bridgingText" | "partysText";
/** `closed`: agreed, confirmed and fixed in each authentic language. Each later one needs the one before. */
export type TextPhase = "drafting" | "closed" | "initialled" | "signed";

/** A text under negotiation, and all that was settled about it. */
export interface Text extends Voice {
  readonly kind: TextKind;
  readonly draft: Draft;
  /** Hash of the draft in canonical Markdown. */
  readonly revision: string;
  /** Amendments adopted so far; `touched` says at which of them a clause or bracket was last changed. */
  readonly version: number;
  readonly touched: Table<Touch>;
  /** Bracket, then party: how it stands to an alternative. */
  readonly backings: Table<Table<Backing>>;
  readonly reservations: readonly Reservation[];
  readonly comments: readonly Comment[];
  /** Brackets agreed ad referendum: the option, and the proposal that brought it. */
  readonly agreed: Table<{ readonly option: string; readonly proposal: EventId }>;
  /** Principals whose capitals confirm all that is agreed now. */
  readonly confirmedBy: readonly SeatId[];
  /** The text in other authentic languages, by its hash. */
  readonly languages: Table<LanguageVersion>;
  readonly closings: Table<Closing>;
  readonly closed?: Closing;
  readonly initials: Table<Initials>;
  readonly initialled: boolean;
  readonly signatures: Table<TextSignature>;
  /** By every principal. */
  readonly signed: boolean;
  /** Affected party: the clauses by which it is bound. */
  readonly accepted: Table<readonly string[]>;
  /** Clauses that an affected party said it refuses. It may still accept them. */
  readonly refused: Table<readonly string[]>;
}

export interface Touch {
  readonly version: number;
  readonly amendment: EventId;
}

export interface Backing {
  readonly option: string;
  readonly role: "proposes" | "supports";
}

export interface Reservation extends Voice {
  readonly clause: string;
  readonly text: string;
}

/** A word about a clause, or about a bracket in it, that proposes nothing and binds nobody. */
export interface Comment extends Voice {
  readonly clause: string;
  readonly bracket?: string;
  readonly text: string;
}

export interface LanguageVersion extends Voice {
  readonly language: string;
  /** Hash of the settled text that it says in this language; once something else is agreed it says another. */
  readonly settled: string;
  readonly text: string;
}

/** What a principal closes: the instrument, and the hash of the text in each authentic language. */
export interface Closing {
  readonly instrument: "jointStatement" | "parallelStatements" | "memorandum" | "treaty";
  readonly binding: "binding" | "notBinding";
  readonly texts: { readonly [language: string]: string };
}

export interface Initials extends Voice {
  readonly name: string;
  readonly office: string;
}

/** By whom, in what capacity, with what full powers, where (Vienna Convention on the Law of Treaties, art. 7). */
export interface TextSignature extends Voice {
  readonly name: string;
  readonly office: string;
  readonly capacity: "headOfState" | "headOfGovernment" | "foreignMinister" | "fullPowers";
  readonly fullPowers?: string;
  readonly place: string;
}

export interface Amendment extends Voice {
  readonly draft: EventId;
  readonly change: Change;
  readonly reason?: string;
  /** The text's version when it was proposed. */
  readonly version: number;
  readonly supportedBy: readonly SeatId[];
  readonly outcome?: "adopted" | "withdrawn";
}

/** A package put to the parties. Whether it is still open depends on the time: `proposalPhase`. */
export interface Proposal extends Voice {
  readonly draft: EventId;
  readonly revision: string;
  readonly package: { readonly [bracket: string]: string };
  readonly answersUntil: string;
  /** Who held answers when it was tabled, and in which tenure; without one, acceptance is open. */
  readonly custodian?: { readonly seat: SeatId; readonly tenure: number };
  readonly acceptedBy: readonly SeatId[];
  /** Who declined openly; one is enough. */
  readonly declinedBy?: SeatId;
  readonly outcome?: "agreed" | "notAgreed" | "withdrawn";
  /** The parties' own acceptances were shown after "not agreed". It settles nothing. */
  readonly disproved?: true;
}

/** A text given to a wider audience: it stands once every principal has released the same. */
export interface Release extends Voice {
  readonly draft: EventId;
  readonly language: string;
  readonly text: string;
  readonly releasedBy: readonly SeatId[];
  readonly released: boolean;
}

/** What a measure covers. Version 0 came with the proposal; `acceptedBy` says for whom a version is good. */
export interface Scope {
  readonly classes: readonly string[];
  /** GeoJSON (RFC 7946), Polygon or MultiPolygon. */
  readonly area?: JsonObject;
  readonly note?: string;
  readonly reason?: string;
  readonly by: SeatId;
  readonly at: string;
  readonly acceptedBy: readonly SeatId[];
}

export type Mandate = "monitoring" | "verification" | "investigation" | "attribution";

/** What frees the owner from a measure. */
export interface MeasureRelease {
  readonly when: "date" | "suspension" | "violation" | "finding";
  readonly measure?: EventId;
  readonly by?: SeatId;
  readonly text: string;
}

/** Something done about a measure: undertaken, reported, watched, found, blamed, disputed, suspended, resumed. */
export interface MeasureAct extends Voice {
  readonly kind: string;
  readonly text?: string;
  readonly reason?: string;
  readonly evidence?: string;
  readonly finding?: "complied" | "notComplied" | "inconclusive";
  readonly to?: SeatId;
}

export interface Measure extends Voice {
  readonly title: string;
  readonly owner: SeatId;
  readonly obliges: string;
  readonly scopes: readonly Scope[];
  readonly end?: string;
  readonly mandates: { readonly [M in Mandate]: readonly SeatId[] };
  readonly evidence?: string;
  readonly answers: readonly { readonly measure: EventId; readonly order: "after" | "together" }[];
  readonly releases: readonly MeasureRelease[];
  readonly clause?: { readonly draft: EventId; readonly clause: string };
  /** When it starts, as each party dates it. */
  readonly starts: Table<string>;
  readonly acts: readonly MeasureAct[];
}

/** The purposes that a case has formats for: the starting set. */
export type FormatPurpose = "test" | "notice" | "incident" | "clarification" | "reply" | "meeting";

export interface FormatField {
  readonly field: string;
  readonly type: "text" | "time" | "count" | "place" | "code";
  readonly required?: true;
  /** By language: what the field is called. */
  readonly labels: { readonly [language: string]: string };
  /** Code, then language: what the code says. One coded message reads the same in every language. */
  readonly codes?: { readonly [code: string]: { readonly [language: string]: string } };
}

/** How long the addressee has, in minutes. The first runs from sending, the others from receipt. */
export interface Clocks {
  readonly receive?: number;
  readonly acknowledge?: number;
  readonly reply?: number;
  readonly meet?: number;
}

/** A form of message on which the parties agreed: in force once every principal has accepted it. */
export interface Format extends Voice {
  readonly code: string;
  readonly purpose: FormatPurpose;
  readonly languages: readonly string[];
  readonly fields: readonly FormatField[];
  readonly clocks: Clocks;
  /** What the agreed procedure says comes next when a clock has run out. */
  readonly next: string;
  readonly acceptedBy: readonly SeatId[];
  readonly inForce: boolean;
}

export type ChannelStatus = "untested" | "tested" | "degraded" | "suspended" | "inUse";

/** A line between two parties, and its state as each of them sees it. */
export interface Channel extends Voice {
  readonly name: string;
  readonly parties: readonly SeatId[];
  readonly states: Table<ChannelState>;
  /** By party: the post that serves the channel. With one named, only its holders and the head send, have and acknowledge. */
  readonly posts: Table<EventId>;
}

export interface ChannelState {
  readonly status: ChannelStatus;
  readonly at: string;
  readonly note?: string;
}

/** A message in an agreed format, checked by a second officer before it was sent. */
export interface Notification extends Voice {
  readonly channel: EventId;
  readonly format: EventId;
  readonly to: SeatId;
  readonly fields: { readonly [field: string]: string };
  readonly answers?: EventId;
  readonly checkedBy: DeviceId;
  /** The first device of the addressee that had it, by the keeper's time: it starts the clocks. */
  readonly received?: { readonly at: string; readonly device: DeviceId };
  readonly acknowledged?: { readonly at: string; readonly device: DeviceId };
  /** The first reply to it, and when that was sent. */
  readonly replied?: { readonly at: string; readonly id: EventId };
}

export type LeverForm = "sanctions" | "aid" | "visas" | "airspace" | "trade" | "other";

/**
 * How a lever stood from some moment on. `since`: when that took effect, as its owner or the report dates it; `notStated`:
 * the report says that it is there, not how it stands.
 */
export interface LeverState {
  readonly status: "announced" | "inForce" | "suspended" | "lifted" | "notStated";
  readonly at: string;
  readonly since?: string;
  readonly note?: string;
}

/** What its owner says a lever becomes, and upon what: an alternative agreed, or a measure so far. */
export interface LeverLink {
  readonly bracket?: { readonly draft: EventId; readonly bracket: string; readonly option: string };
  readonly measure?: EventId;
  readonly upon: "agreed" | "undertaken" | "verified" | "suspended";
  readonly becomes: Exclude<LeverState["status"], "notStated">;
  readonly at: string;
}

/** Something that a party holds over another. Without `of`, the report does not say whose it is. */
export interface Lever extends Voice {
  readonly title: string;
  readonly form: LeverForm;
  readonly basis?: string;
  readonly states: readonly LeverState[];
  readonly links: readonly LeverLink[];
}

export interface Room {
  readonly delegations: Table<Delegation>;
  readonly contacts: Register<Contact>;
  readonly statements: Register<Statement>;
  readonly positions: Register<Position>;
  readonly stances: Register<Stance>;
  readonly texts: Register<Text>;
  readonly amendments: Register<Amendment>;
  readonly proposals: Register<Proposal>;
  readonly releases: Register<Release>;
  readonly appointments: Register<Appointment>;
  readonly measures: Register<Measure>;
  readonly formats: Register<Format>;
  readonly channels: Register<Channel>;
  readonly notifications: Register<Notification>;
  readonly levers: Register<Lever>;
}

export const emptyRoom: Room = {
  delegations: {},
  contacts: emptyRegister,
  statements: emptyRegister,
  positions: emptyRegister,
  stances: emptyRegister,
  texts: emptyRegister,
  amendments: emptyRegister,
  proposals: emptyRegister,
  releases: emptyRegister,
  appointments: emptyRegister,
  measures: emptyRegister,
  formats: emptyRegister,
  channels: emptyRegister,
  notifications: emptyRegister,
  levers: emptyRegister,
};
