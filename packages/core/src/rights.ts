/**
 * Who may issue each kind of event, and who is given it: the one table. What is not in it is refused.
 *
 * `who` lists the issuers, any one of which is enough: the kinds of seat, the roles in its delegation and, where it says
 * so, what the seat must hold. `given` lists the audiences that the kind may choose from; its author's seat must be in
 * the one it chooses, and what refers to a thing must have that thing's audience. `phases` are those of the case,
 * `texts` those of the draft that the event is about. What a body says is judged by the rule of the kind, not here.
 */
import type { EventKind } from "./kinds.ts";
import type { Refusal, Verdict } from "./refusal.ts";
import { refuse } from "./refusal.ts";
import type { TextPhase } from "./room.ts";
import type { CasePhase, MemberRole, Power, RoomName, SeatKind } from "./state.ts";

/** What a seat can hold besides its kind. The convener is the seat that opened the case. */
export type Standing = Power | "convener";

export interface Issuers {
  readonly seats: readonly SeatKind[];
  readonly roles: readonly MemberRole[];
  readonly holding?: Standing;
}

export interface Right {
  readonly who: readonly Issuers[];
  readonly given: readonly (RoomName | "circle")[];
  readonly phases: readonly CasePhase[];
  readonly texts?: readonly TextPhase[];
  /** A recorder may put it on record with its source. */
  readonly recordable?: true;
  /** Whether it has a part that only its recipients can open, and the purpose to which that is bound. */
  readonly sealed?: "must" | "may";
  readonly purpose?: string;
  /** A recovery device may sign it. */
  readonly recovery?: true;
  /** Issued by somebody who is not a member yet: the opener, or whoever an invitation brings. */
  readonly newcomer?: true;
}

/** The one who issues: what the table needs to know of them. */
export interface Issuer {
  readonly seat: SeatKind;
  readonly role: MemberRole;
  readonly standings: readonly Standing[];
  readonly recovery: boolean;
}

const everyKind: readonly SeatKind[] = ["principal", "host", "mediator", "affected", "observer", "recorder"];
const parties: readonly SeatKind[] = ["principal", "host", "mediator", "affected"];
const head: readonly MemberRole[] = ["head"];
const delegates: readonly MemberRole[] = ["head", "deputy"];
const watch: readonly MemberRole[] = ["head", "deputy", "watchOfficer"];
const speakers: readonly MemberRole[] = ["head", "deputy", "adviser"];
const everyone: readonly MemberRole[] = ["head", "deputy", "adviser", "interpreter", "watchOfficer"];

const publicly: readonly RoomName[] = ["public"];
const chosen: readonly RoomName[] = ["public", "consulted", "table"];
const negotiated: readonly RoomName[] = ["consulted", "table"];
const drafting: readonly TextPhase[] = ["drafting"];
const concluded: readonly TextPhase[] = ["closed", "initialled", "signed"];
const underway: readonly CasePhase[] = ["underway"];
const always: readonly CasePhase[] = ["convening", "underway"];

const heads = (seats: readonly SeatKind[]): Issuers => ({ seats, roles: head });
const some = (seats: readonly SeatKind[], roles: readonly MemberRole[]): Issuers => ({ seats, roles });
const convener: Issuers = { seats: everyKind, roles: head, holding: "convener" };
const holding = (power: Power, roles: readonly MemberRole[]): Issuers => ({
  seats: ["host", "mediator"],
  roles,
  holding: power,
});
const recorders: Issuers = { seats: ["recorder"], roles: speakers };

export const rights: { readonly [Kind in EventKind]: Right } = {
  // Opening, seats and keeping
  CaseOpened: { who: [], given: publicly, phases: [], newcomer: true },
  SeatOpened: { who: [heads(["principal"]), convener], given: publicly, phases: always },
  SeatAccepted: { who: [heads(["principal"])], given: publicly, phases: always },
  SeatReopenSupported: { who: [heads(["principal", "mediator"])], given: publicly, phases: ["underway"] },
  SeatHeld: { who: [some(everyKind, everyone)], given: publicly, phases: always, recovery: true },
  KeeperChanged: { who: [heads(["principal"]), convener], given: publicly, phases: always },
  Void: { who: [some(everyKind, everyone)], given: [...chosen, "circle"], phases: always },

  // People and their devices
  PartyInvited: { who: [convener], given: publicly, phases: always },
  MemberInvited: { who: [heads(everyKind)], given: publicly, phases: always },
  InvitationWithdrawn: { who: [heads(everyKind)], given: publicly, phases: always },
  MemberJoined: { who: [some(everyKind, everyone)], given: publicly, phases: always, newcomer: true },
  MemberRemoved: { who: [heads(everyKind)], given: publicly, phases: always },
  RoleGiven: { who: [heads(everyKind)], given: publicly, phases: always },
  DeviceAdded: { who: [some(everyKind, everyone)], given: publicly, phases: always, recovery: true },
  DeviceRevoked: { who: [some(everyKind, everyone)], given: publicly, phases: always, recovery: true },
  PostOpened: { who: [heads(parties)], given: publicly, phases: always },
  PostHandedOver: {
    who: [some(parties, everyone)],
    given: publicly,
    phases: always,
    sealed: "may",
    purpose: "handover",
  },

  // Powers and modalities
  PowerGranted: { who: [heads(["principal"])], given: publicly, phases: always },
  PowerRevoked: { who: [heads(["principal"])], given: publicly, phases: always },
  ReadingGranted: { who: [heads(["principal", "affected"])], given: publicly, phases: always },
  ReadingRevoked: { who: [heads(["principal", "affected"])], given: publicly, phases: always },
  ModalitiesProposed: {
    who: [some(["principal", "host", "mediator"], delegates)],
    given: publicly,
    phases: always,
  },
  ModalitiesAccepted: { who: [heads(["principal"])], given: publicly, phases: always },

  // Contacts, statements and positions
  DelegationListed: { who: [heads(everyKind), recorders], given: publicly, phases: always, recordable: true },
  ContactOpened: {
    who: [some(parties, delegates), recorders],
    given: chosen,
    phases: always,
    recordable: true,
  },
  ReadoutIssued: {
    who: [some(parties, delegates), recorders],
    given: chosen,
    phases: always,
    recordable: true,
  },
  ReadoutsAligned: { who: [some([...parties, "observer"], speakers)], given: chosen, phases: always },
  ContactProposed: { who: [some(parties, delegates)], given: chosen, phases: always },
  ContactAccepted: { who: [some(parties, delegates)], given: chosen, phases: always },
  ParticipantsNamed: { who: [some(parties, delegates)], given: chosen, phases: always },
  ContactMoved: { who: [some(parties, delegates)], given: chosen, phases: always },
  ContactCancelled: { who: [some(parties, delegates)], given: chosen, phases: always },
  PressLinesProposed: { who: [some(parties, delegates)], given: chosen, phases: always },
  PressLinesAccepted: { who: [some(parties, head)], given: chosen, phases: always },
  ContactEnded: {
    who: [some(parties, delegates), recorders],
    given: chosen,
    phases: always,
    recordable: true,
  },
  StatementMade: {
    who: [some([...parties, "observer"], speakers), recorders],
    given: chosen,
    phases: always,
    recordable: true,
  },
  PositionStated: {
    who: [some(["principal", "affected"], delegates), recorders],
    given: chosen,
    phases: always,
    recordable: true,
  },
  StanceProposed: {
    who: [heads(["principal", "affected"]), recorders],
    given: chosen,
    phases: always,
    recordable: true,
  },
  StanceJoined: { who: [heads(["principal", "affected"])], given: chosen, phases: always },

  // The text
  DraftOpened: {
    who: [some(["principal"], delegates), holding("pen", delegates), { ...convener, roles: delegates }],
    given: negotiated,
    phases: always,
  },
  AlternativeBacked: {
    who: [some(["principal", "affected"], delegates)],
    given: negotiated,
    phases: always,
    texts: drafting,
  },
  ReservationNoted: {
    who: [some(["principal", "affected"], delegates)],
    given: negotiated,
    phases: always,
  },
  AmendmentProposed: {
    who: [
      some(["principal", "mediator", "affected"], speakers),
      holding("pen", speakers),
      holding("chair", speakers),
    ],
    given: negotiated,
    phases: always,
    texts: drafting,
  },
  CommentMade: {
    who: [
      some(["principal", "mediator", "affected"], speakers),
      holding("pen", speakers),
      holding("chair", speakers),
    ],
    given: negotiated,
    phases: always,
  },
  AmendmentSupported: { who: [heads(["principal"])], given: negotiated, phases: underway, texts: drafting },
  AmendmentAdopted: {
    who: [holding("pen", delegates)],
    given: negotiated,
    phases: underway,
    texts: drafting,
  },
  AmendmentWithdrawn: {
    who: [some(parties, speakers)],
    given: negotiated,
    phases: always,
    texts: drafting,
  },

  // Packages
  ProposalTabled: {
    who: [heads(["principal", "mediator"]), holding("chair", head), holding("pen", head)],
    given: negotiated,
    phases: underway,
    texts: drafting,
  },
  ProposalWithdrawn: { who: [heads(parties)], given: negotiated, phases: underway },
  PackageAccepted: { who: [heads(["principal"])], given: negotiated, phases: underway, texts: drafting },
  PackageDeclined: { who: [heads(["principal"])], given: negotiated, phases: underway, texts: drafting },
  PackageAgreed: { who: [holding("answers", head)], given: negotiated, phases: underway, texts: drafting },
  PackageNotAgreed: { who: [holding("answers", head)], given: negotiated, phases: underway },
  AcceptancesShown: { who: [heads(["principal"])], given: negotiated, phases: underway },

  // Conclusion
  AgreementConfirmed: { who: [heads(["principal"])], given: negotiated, phases: underway, texts: drafting },
  BracketsReopened: { who: [heads(["principal"])], given: negotiated, phases: underway, texts: drafting },
  LanguageFiled: {
    who: [some(["principal"], delegates), holding("pen", delegates)],
    given: negotiated,
    phases: underway,
    texts: drafting,
  },
  TextClosed: { who: [heads(["principal"])], given: negotiated, phases: underway, texts: drafting },
  ClausesAccepted: { who: [heads(["affected"])], given: ["consulted"], phases: underway, texts: concluded },
  ClausesRefused: { who: [heads(["affected"])], given: ["consulted"], phases: underway, texts: concluded },
  TextInitialled: {
    who: [some(["principal"], delegates)],
    given: negotiated,
    phases: underway,
    texts: ["closed"],
  },
  TextSigned: { who: [heads(["principal"])], given: negotiated, phases: underway, texts: ["initialled"] },
  TextReleased: { who: [heads(["principal"])], given: ["public", "consulted"], phases: underway },
  ReleaseAccepted: { who: [heads(["principal"])], given: ["public", "consulted"], phases: underway },

  // Measures. Monitoring, verification, investigation and attribution are for whom the measure names, each apart.
  MeasureProposed: {
    who: [some(["principal", "mediator", "affected"], delegates)],
    given: negotiated,
    phases: always,
  },
  ScopeProposed: {
    who: [some(["principal", "mediator", "affected"], delegates)],
    given: negotiated,
    phases: always,
  },
  ScopeAccepted: { who: [heads(["principal", "affected"])], given: negotiated, phases: underway },
  StartStated: {
    who: [some(["principal", "affected"], delegates)],
    given: negotiated,
    phases: underway,
  },
  MeasureUndertaken: { who: [heads(["principal", "affected"])], given: negotiated, phases: underway },
  MeasureReported: { who: [some(["principal", "affected"], watch)], given: negotiated, phases: underway },
  MonitoringReported: { who: [some(parties, watch)], given: negotiated, phases: underway },
  MeasureVerified: { who: [some(parties, delegates)], given: negotiated, phases: underway },
  InvestigationReported: { who: [some(parties, delegates)], given: negotiated, phases: underway },
  AttributionMade: { who: [heads(parties)], given: negotiated, phases: underway },
  MeasureDisputed: {
    who: [some(["principal", "affected"], delegates)],
    given: negotiated,
    phases: underway,
  },
  MeasureSuspended: { who: [heads(["principal", "affected"])], given: negotiated, phases: underway },
  MeasureResumed: { who: [heads(["principal", "affected"])], given: negotiated, phases: underway },

  // Levers: whoever listed one changes it and ties it
  LeverListed: {
    who: [some(["principal", "affected"], delegates), recorders],
    given: chosen,
    phases: always,
    recordable: true,
  },
  LeverChanged: {
    who: [some(["principal", "affected"], delegates), recorders],
    given: chosen,
    phases: always,
    recordable: true,
  },
  LeverLinked: { who: [some(["principal", "affected"], delegates)], given: negotiated, phases: always },

  // Exchange of information
  FormatProposed: {
    who: [some(["principal", "host", "mediator", "affected"], delegates)],
    given: negotiated,
    phases: always,
  },
  FormatAccepted: { who: [heads(["principal"])], given: negotiated, phases: underway },
  ChannelOpened: { who: [some(["principal", "affected"], delegates)], given: negotiated, phases: underway },
  ChannelPostNamed: {
    who: [some(["principal", "affected"], delegates)],
    given: negotiated,
    phases: underway,
  },
  ChannelStateStated: { who: [some(["principal", "affected"], watch)], given: negotiated, phases: underway },
  NotificationSent: { who: [some(["principal", "affected"], watch)], given: negotiated, phases: underway },
  NotificationReceived: {
    who: [some(["principal", "affected"], everyone)],
    given: negotiated,
    phases: underway,
  },
  NotificationAcknowledged: {
    who: [some(["principal", "affected"], watch)],
    given: negotiated,
    phases: underway,
  },

  // In a circle, whose log leaves no trace in the shared one
  CircleOpened: { who: [some(parties, everyone)], given: ["circle"], phases: always },
  MessageSent: {
    who: [some(parties, everyone)],
    given: ["circle"],
    phases: always,
    sealed: "must",
    purpose: "message",
  },
  PreferencesSealed: {
    who: [some(parties, speakers)],
    given: ["circle"],
    phases: always,
    sealed: "must",
    purpose: "preferences",
  },
  PaperSealed: {
    who: [some(parties, speakers)],
    given: ["circle"],
    phases: always,
    sealed: "must",
    purpose: "paper",
  },
  PaperScored: {
    who: [some(["principal", "affected"], speakers)],
    given: ["circle"],
    phases: always,
    sealed: "must",
    purpose: "scores",
  },
  PaperJoined: { who: [heads(["principal", "affected"])], given: ["circle"], phases: always },
  AnswerSealed: {
    who: [heads(["principal"])],
    given: ["circle"],
    phases: underway,
    sealed: "must",
    purpose: "answer",
  },
};

/** Why this issuer may not issue this kind in this audience and phase, or undefined. */
export function mayIssue(
  kind: EventKind,
  issuer: Issuer,
  audience: RoomName | "circle",
  phase: CasePhase,
  text?: TextPhase,
): Verdict {
  const right = rights[kind];
  if (issuer.recovery && !right.recovery) {
    return refuse(
      "recovery-only",
      "A recovery device adds and revokes devices and holds the seat, nothing else.",
    );
  }
  if (!right.given.includes(audience)) {
    return refuse(
      "wrong-audience",
      `${kind} is for the audience ${right.given.join(" or ")}, not ${audience}.`,
    );
  }
  const refusals = right.who.map((issuers) => misses(kind, issuers, issuer));
  if (!refusals.includes(undefined)) return closest(refusals, kind);
  if (!right.phases.includes(phase)) return misplaced(kind, "case", right.phases, phase);
  return right.texts && text && !right.texts.includes(text)
    ? misplaced(kind, "text", right.texts, text)
    : undefined;
}

function misplaced(kind: EventKind, what: string, phases: readonly string[], phase: string): Refusal {
  return refuse(
    "wrong-phase",
    `${kind} has its place when the ${what} is ${phases.join(" or ")}, not ${phase}.`,
  );
}

function misses(kind: EventKind, issuers: Issuers, issuer: Issuer): Verdict {
  if (!issuers.seats.includes(issuer.seat)) {
    return refuse("wrong-seat", `${kind} is not for the seat of a ${issuer.seat}.`);
  }
  if (issuers.holding && !issuer.standings.includes(issuers.holding)) {
    return refuse("power-missing", `${kind} is for whoever is or holds: ${issuers.holding}.`);
  }
  return issuers.roles.includes(issuer.role)
    ? undefined
    : refuse("wrong-role", `${kind} is for the role ${issuers.roles.join(" or ")}, not ${issuer.role}.`);
}

/** The refusal that says what was nearest to being enough. */
function closest(refusals: readonly Verdict[], kind: EventKind): Refusal {
  const order = ["wrong-role", "power-missing", "wrong-seat"];
  const known = refusals.filter((refusal) => refusal !== undefined);
  known.sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code));
  return known[0] ?? refuse("wrong-seat", `Nobody may issue ${kind} here.`);
}
