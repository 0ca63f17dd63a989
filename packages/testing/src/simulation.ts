/**
 * Random sequences of events, admissible and not, through the laws. Who signs is mostly somebody whom the table of rights
 * lets sign, and sometimes anybody: another delegation, a recovery device, somebody removed, a stranger.
 */
import { type EventKind, eventKinds, type RoomName, rights, type SeatId, type Verdict } from "@parley/core";
import { bodies } from "./bodies.ts";
import { Circle } from "./circle.ts";
import { testDevice } from "./device.ts";
import { Draw } from "./draw.ts";
import type { Negotiation } from "./negotiation.ts";
import type { Scene } from "./scene.ts";

/** How often a kind was admitted and refused, over any number of runs. */
export type Tally = Map<EventKind, { admitted: number; refused: number }>;

/** Kinds that carry a case forward come up more often, or few runs would see a signature. */
const forward: readonly EventKind[] = [
  "DraftOpened",
  "ProposalTabled",
  "ProposalTabled",
  "PackageAccepted",
  "PackageAccepted",
  "PackageAccepted",
  "PackageAgreed",
  "PackageAgreed",
  "AgreementConfirmed",
  "AgreementConfirmed",
  "AgreementConfirmed",
  "TextClosed",
  "TextClosed",
  "TextClosed",
  "TextInitialled",
  "TextSigned",
  "AnswerSealed",
  "PackageDeclined",
  "ClausesAccepted",
  "ClausesRefused",
];

/** Where there is no text yet: what is done before and beside it. */
const beside: readonly EventKind[] = [
  "MeasureProposed",
  "MeasureUndertaken",
  "MeasureVerified",
  "MonitoringReported",
  "MeasureSuspended",
  "MeasureResumed",
  "NotificationSent",
  "NotificationSent",
  "NotificationReceived",
  "NotificationReceived",
  "NotificationAcknowledged",
];

/** What often comes after a kind was admitted, so that acts that need one another meet. */
const followers: { readonly [Kind in EventKind]?: readonly EventKind[] } = {
  ContactProposed: ["ContactAccepted", "ParticipantsNamed", "ContactMoved", "ContactCancelled"],
  ContactAccepted: ["ContactOpened"],
  ReadoutIssued: ["ReadoutsAligned", "ReadoutIssued"],
  ContactOpened: ["ReadoutIssued", "PressLinesProposed", "ContactEnded"],
  PressLinesProposed: ["PressLinesAccepted"],
  PressLinesAccepted: ["PressLinesAccepted", "ContactEnded"],
  StanceProposed: ["StanceJoined"],
  ModalitiesProposed: ["ModalitiesAccepted"],
  PostOpened: ["PostHandedOver", "ChannelPostNamed"],
  SeatOpened: ["SeatAccepted"],
  PartyInvited: ["MemberJoined", "InvitationWithdrawn"],
  MemberInvited: ["MemberJoined", "InvitationWithdrawn"],
  AmendmentProposed: ["AmendmentSupported", "AmendmentAdopted", "AmendmentWithdrawn"],
  TextClosed: ["TextClosed", "TextInitialled", "ClausesAccepted", "ClausesRefused"],
  TextInitialled: ["TextInitialled", "TextSigned"],
  TextReleased: ["ReleaseAccepted"],
  MeasureProposed: ["MeasureUndertaken", "ScopeProposed", "StartStated", "InvestigationReported"],
  ScopeProposed: ["ScopeAccepted"],
  MeasureUndertaken: ["MeasureReported", "MeasureVerified", "MeasureDisputed", "MeasureSuspended"],
  MeasureSuspended: ["MeasureResumed", "AttributionMade"],
  FormatProposed: ["FormatAccepted"],
  FormatAccepted: ["FormatAccepted", "NotificationSent"],
  ChannelOpened: ["ChannelStateStated", "NotificationSent"],
  NotificationSent: ["NotificationReceived"],
  NotificationReceived: ["NotificationAcknowledged", "NotificationSent"],
  CircleOpened: ["MessageSent", "PreferencesSealed", "AnswerSealed", "PaperSealed"],
  PaperSealed: ["PaperScored", "PaperJoined", "PaperSealed"],
  LeverListed: ["LeverChanged", "LeverLinked"],
};

export function simulate(talks: Negotiation, seed: number, steps: number, tally: Tally): void {
  const draw = new Draw(seed);
  // Most runs keep to one audience, so that what is issued is about the same text.
  const usual = draw.pick<RoomName>(["table", "table", "consulted", "public"]);
  const circles: Circles = { open: [], talks, usual };
  let last: EventKind = "CaseOpened";
  for (let i = 0; i < steps; i++) {
    if (draw.chance(0.05)) talks.clock.advance(draw.pick([1, 1, 2, 15]) * 86_400_000);
    const next: readonly EventKind[] = followers[last] ?? [];
    const carried = talks.state.rooms[usual].texts.size > 0 ? forward : beside;
    const kinds = next.length > 0 && draw.chance(0.35) ? next : draw.chance(0.5) ? carried : eventKinds;
    const kind = draw.pick(kinds);
    const inCircle = rights[kind].given.includes("circle") && draw.chance(0.9);
    const verdict = inCircle ? stepInCircle(circles, draw, kind) : step(talks, draw, kind, usual);
    const count = tally.get(kind) ?? { admitted: 0, refused: 0 };
    if (verdict) count.refused += 1;
    else {
      count.admitted += 1;
      last = kind;
    }
    tally.set(kind, count);
  }
}

function step(talks: Negotiation, draw: Draw, kind: EventKind, usual: RoomName): Verdict {
  const { given } = rights[kind];
  const fitting = given.filter((one) => one !== "circle");
  const audience = fitting.includes(usual) ? usual : draw.pickOr(fitting, usual);
  const device = signer(talks, draw, kind);
  const member = talks.state.people.devices[testDevice(device).id]?.member;
  const seat = talks.state.people.members[member ?? ""]?.seat ?? ("aldia" as SeatId);
  const scene: Scene = { draw, talks, device, seat, audience, room: talks.state.rooms[audience] };
  const body = bodies[kind](scene);
  return talks.attempt(
    device,
    kind,
    body as never,
    draw.chance(0.02) ? draw.pick(["public", "table"]) : audience,
  );
}

/** The circles that one run has opened, and the audience that it keeps to. */
interface Circles {
  readonly open: Circle[];
  readonly talks: Negotiation;
  readonly usual: RoomName;
}

function stepInCircle({ open, talks, usual }: Circles, draw: Draw, kind: EventKind): Verdict {
  const { people, rooms } = talks.state;
  const device = signer(talks, draw, kind);
  const seatOf = (name: string) => people.members[people.devices[testDevice(name).id]?.member ?? ""]?.seat;
  const fresh = () => {
    const own = seatOf(device) ?? "aldia";
    const other = draw.pick(["marin", "marin", "cassa", own]);
    return new Circle(talks, ...(other === own ? [own] : [own, other]));
  };
  const ours = () => open.filter(({ opening }) => opening.seats.some((one) => one === seatOf(device)));
  if (kind !== "CircleOpened" && ours().length === 0) {
    const circle = fresh();
    if (!circle.attempt(device, "CircleOpened", circle.opening)) open.push(circle);
  }
  const another = kind === "CircleOpened" && draw.chance(0.8);
  const circle = another ? fresh() : draw.pickOr(draw.chance(0.9) ? ours() : open, fresh());
  const seat = seatOf(device) ?? ("aldia" as SeatId);
  const scene: Scene = {
    draw,
    talks,
    device,
    seat,
    audience: usual,
    room: rooms[usual],
    circle: circle.state,
  };
  const opening = kind === "CircleOpened" && draw.chance(0.9);
  const body = opening ? circle.opening : bodies[kind](scene);
  const meant = kind === "AnswerSealed" ? ["marin"] : circle.opening.seats;
  const sealedTo =
    rights[kind].sealed && draw.chance(0.95) ? (draw.chance(0.95) ? meant : [seat]) : undefined;
  const verdict = circle.attempt(
    device,
    kind,
    body as never,
    sealedTo,
    draw.chance(0.02) ? "other" : undefined,
  );
  if (!verdict && kind === "CircleOpened") open.push(circle);
  return verdict;
}

function signer(talks: Negotiation, draw: Draw, kind: EventKind): string {
  const names = talks.deviceNames;
  if (kind === "MemberJoined" && draw.chance(0.9)) return `newcomer ${draw.below(1_000_000)}`;
  if (draw.chance(0.1)) return draw.pick([...names, "stranger"]);
  const { people } = talks.state;
  const fitting = names.filter((name) => {
    const device = people.devices[testDevice(name).id];
    const member = people.members[device?.member ?? ""];
    const seat = people.seats[member?.seat ?? ""];
    if (!device || device.revoked || device.recovery || !member || !seat) return false;
    return rights[kind].who.some((who) => who.seats.includes(seat.kind) && who.roles.includes(member.role));
  });
  return draw.pickOr(fitting, "aldia");
}
