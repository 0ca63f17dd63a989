/**
 * A body for each kind of event, drawn at random: always of the right shape, mostly about things that are there, so that
 * both what is admitted and what is refused come up.
 */
import {
  authenticTexts,
  type Body,
  type Change,
  type EventKind,
  emptyRegister,
  itemOf,
  itemsOf,
  keeperMessage,
  type MemberId,
  type MemberRole,
  proposalPhase,
  type SeatId,
  settledDraft,
  settlementOf,
  type Text,
} from "@parley/core";
import { checkpointText, originOf } from "@parley/ledger/checkpoint";
import { type EventId, sharedLog } from "@parley/ledger/event";
import { brackets, clauses, renderMarkdown } from "@parley/text";
import { seededBytes, testDevice } from "./device.ts";
import { leverBodies } from "./lever-bodies.ts";
import { measureBodies } from "./measure-bodies.ts";
import { notificationBodies } from "./notification-bodies.ts";
import { sampleDraft } from "./sample-draft.ts";
import { known, type Scene, seatId } from "./scene.ts";

const source = { by: "The Gazette", date: "2026-02-18", provenance: "stated" } as const;
const roles: readonly MemberRole[] = ["head", "deputy", "adviser", "interpreter", "watchOfficer"];
const thirdPowers = ["host", "chair", "pen", "answers"] as const;

function thirdParty({ draw, talks }: Scene): SeatId {
  const third = Object.values(talks.state.people.seats).filter(
    ({ kind }) => kind === "mediator" || kind === "host",
  );
  return draw.pickOr(draw.chance(0.7) ? third : [], {
    id: draw.pick(Object.keys(talks.state.people.seats)) as SeatId,
  }).id;
}

function memberId({ draw, talks, seat }: Scene): MemberId {
  const all = Object.values(talks.state.people.members);
  const own = all.filter((member) => member.seat === seat);
  return draw.pickOr(draw.chance(0.8) ? own : all, { id: testDevice("nobody").id as string as MemberId }).id;
}

function textAt(scene: Scene): Text | undefined {
  const all = itemsOf(scene.room.texts);
  return all.length > 0 ? scene.draw.pick(all) : undefined;
}

function newName({ draw }: Scene, what: string): string {
  return `${what} ${draw.below(1_000_000)}`;
}

function said(scene: Scene): { readonly recorded?: typeof source; readonly of?: SeatId } {
  const { draw, talks, seat } = scene;
  const recorder = talks.state.people.seats[seat]?.kind === "recorder";
  return {
    ...(recorder !== draw.chance(0.05) ? { recorded: source } : {}),
    ...(recorder || draw.chance(0.05) ? { of: seatId(scene) } : {}),
  };
}

function change(scene: Scene, text: Text | undefined): Change {
  const { draw } = scene;
  const placed = text ? brackets(text.draft) : [];
  const bracket = draw.pickOr(
    placed.map((one) => one.bracket.id as string),
    "nothing",
  );
  const options = placed.find((one) => one.bracket.id === bracket)?.options ?? [];
  const option = draw.pickOr(
    options.map(({ id }) => id as string),
    "keep",
  );
  const clause = draw.pickOr(text ? clauses(text.draft).map(({ id }) => id as string) : [], "halt");
  const fresh = `n${draw.below(1_000_000)}`;
  return draw.pick<Change>([
    { kind: "addAlternative", bracket, option: fresh, text: "other words" },
    { kind: "changeAlternative", bracket, option, text: `changed [words]{#${fresh}}` },
    { kind: "removeAlternative", bracket, option },
    { kind: "addClause", clause, text: `A new clause. {#${fresh}}` },
    { kind: "replaceClause", clause, text: "Another clause." },
    { kind: "deleteClause", clause },
    { kind: "concernClause", clause, concerns: [draw.pick(["cassa", "cassa", "borea"]) as SeatId] },
    { kind: "bracketWords", clause, words: "The", bracket: fresh },
    { kind: "addAlternative", bracket },
  ]);
}

/** Mostly all that is still open, so that a package can complete a text. */
function chosen({ draw }: Scene, text: Text | undefined): Readonly<Record<string, string>> {
  const choices: Record<string, string> = {};
  for (const { bracket, options, parent } of text ? brackets(text.draft) : []) {
    const within = parent && (choices[parent.bracket] ?? text?.agreed[parent.bracket]?.option);
    if (parent && within !== parent.option && draw.chance(0.95)) continue;
    if (text?.agreed[bracket.id] && draw.chance(0.95)) continue;
    if (draw.chance(0.05)) continue;
    choices[bracket.id] = draw.pickOr(
      options.map(({ id }) => id as string),
      "keep",
    );
  }
  return choices;
}

function proposalFor(scene: Scene): EventId {
  const { people } = scene.talks.state;
  const open = itemsOf(scene.room.proposals).filter((proposal) =>
    ["open", "due"].includes(proposalPhase(proposal, people, scene.talks.clock.now())),
  );
  return scene.draw.pickOr(scene.draw.chance(0.9) ? open : [], {
    id: known(scene, itemsOf(scene.room.proposals)),
  }).id;
}

function acceptances(scene: Scene, proposal: EventId): Body<"PackageAgreed">["acceptances"] {
  const { draw, talks } = scene;
  const kinds = Object.values(talks.state.people.seats).filter(({ kind }) => kind === "principal");
  return kinds
    .filter(() => draw.chance(0.97))
    .map(({ id }) => talks.acceptance(proposal, id, draw.chance(0.97) ? id : scene.device));
}

export const bodies: { readonly [Kind in EventKind]: (scene: Scene) => Body<Kind> } = {
  CaseOpened: (scene) => ({
    title: "Another",
    keeper: testDevice("keeper").keys.signing,
    nonce: seededBytes("other", 16),
    seats: [{ seat: "solo" as SeatId, kind: "principal", name: "Solo" }],
    convener: "solo" as SeatId,
    opener: { name: "A", office: "B", keys: testDevice(scene.device).keys },
  }),
  SeatOpened: (scene) => ({
    seat: `extra-${scene.draw.below(3)}` as SeatId,
    kind: scene.draw.pick(["principal", "host", "mediator", "affected", "observer", "recorder"] as const),
    name: "Extra",
  }),
  SeatAccepted: (scene) => {
    const waiting = Object.values(scene.talks.state.people.seats).filter((seat) => !seat.standing);
    return { seat: scene.draw.pickOr(waiting, { id: seatId(scene) }).id };
  },
  SeatReopenSupported: (scene) => ({
    seat: seatId(scene),
    inviteKey: testDevice("reopening").keys.signing,
    until: scene.talks.later(60),
  }),
  SeatHeld: () => ({}),
  Void: () => ({}),
  KeeperChanged: (scene) => {
    const head = { size: scene.draw.below(60), root: seededBytes("root", 32) };
    const checkpoint = checkpointText({ origin: originOf(scene.talks.case, sharedLog), ...head });
    const change = { key: testDevice(newName(scene, "keeper")).keys.signing, checkpoint };
    const message = keeperMessage(scene.talks.case, change);
    const signers = ["aldia", "borea"].filter(() => scene.draw.chance(0.9)).map((name) => testDevice(name));
    return {
      ...change,
      consents: signers.map((signer) => ({ device: signer.id, signature: signer.sign(message) })),
    };
  },
  PartyInvited: (scene) => {
    const free = Object.values(scene.talks.state.people.seats).filter((seat) => !seat.taken);
    const { id } = scene.draw.pickOr(scene.draw.chance(0.9) ? free : [], { id: seatId(scene) });
    return { seat: id, inviteKey: testDevice(`invite ${id}`).keys.signing, until: scene.talks.later(5) };
  },
  MemberInvited: (scene) => ({
    role: scene.draw.pick(roles),
    inviteKey: testDevice(`invite ${scene.seat} ${scene.draw.below(4)}`).keys.signing,
    until: scene.talks.later(5),
  }),
  InvitationWithdrawn: (scene) => {
    const keys = Object.keys(scene.talks.state.people.invitations);
    return { inviteKey: scene.draw.pickOr(keys, testDevice("none").keys.signing) };
  },
  MemberJoined: (scene) => joining(scene),
  MemberRemoved: (scene) => ({ member: memberId(scene) }),
  RoleGiven: (scene) => ({ member: memberId(scene), role: scene.draw.pick(roles) }),
  DeviceAdded: (scene) => ({
    keys: testDevice(newName(scene, "device")).keys,
    ...(scene.draw.chance(0.3) ? { recovery: true as const } : {}),
  }),
  DeviceRevoked: (scene) => {
    const { people } = scene.talks.state;
    const own = Object.values(people.devices).filter(
      (device) => people.members[device.member]?.seat === scene.seat,
    );
    return { device: scene.draw.pickOr(scene.draw.chance(0.8) ? own : [], testDevice("aldia")).id };
  },
  PostOpened: (scene) => ({ name: "Watch desk", holders: [memberId(scene)] }),
  PostHandedOver: (scene) => ({
    post: known(scene, Object.values(scene.talks.state.people.posts)),
    holders: [memberId(scene)],
  }),
  PowerGranted: (scene) => ({ power: scene.draw.pick(thirdPowers), to: thirdParty(scene) }),
  PowerRevoked: (scene) => ({ power: scene.draw.pick(thirdPowers) }),
  ReadingGranted: (scene) => ({ to: thirdParty(scene) }),
  ReadingRevoked: (scene) => {
    const readers = scene.talks.state.people.readers[scene.seat] ?? [];
    return { to: scene.draw.chance(0.9) ? scene.draw.pickOr(readers, thirdParty(scene)) : thirdParty(scene) };
  },
  ModalitiesProposed: (scene) => ({
    participation: "All.",
    venue: "Hosta",
    languages: ["en"],
    confidentiality: "Yes.",
    press: "No.",
    retention: "Long.",
    ...(scene.draw.chance(0.5) ? { answerDaysMax: 3 } : {}),
  }),
  ModalitiesAccepted: (scene) => ({
    modalities: known(scene, Object.values(scene.talks.state.people.modalities)),
  }),
  DelegationListed: (scene) => ({ people: [{ name: "A. B.", office: "Envoy" }], ...said(scene) }),
  ContactOpened: (scene) => {
    const { of: _, ...voice } = said(scene);
    return {
      form: scene.draw.pick(["call", "meeting", "summit"] as const),
      title: "A contact",
      held: "2026-02",
      parties: ["aldia", "borea"] as SeatId[],
      participants: [],
      agenda: [],
      ...(scene.draw.chance(0.4) ? { appointment: known(scene, itemsOf(scene.room.appointments)) } : {}),
      ...voice,
    };
  },
  ReadoutIssued: (scene) => ({
    contact: known(scene, itemsOf(scene.room.contacts)),
    text: "It was frank.",
    ...said(scene),
  }),
  ReadoutsAligned: (scene) => {
    const contact = known(scene, itemsOf(scene.room.contacts));
    const [one, other] = itemOf(scene.room.contacts, contact)?.readouts ?? [];
    const to = scene.draw.pick([3, 3, 3, 100]);
    const claims = [one, other].flatMap((readout) => (readout ? [{ readout: readout.id, from: 0, to }] : []));
    return {
      contact,
      points: [{ subject: "The halt", relation: claims.length > 1 ? "both" : "one", claims }],
    };
  },
  ContactProposed: (scene) => ({
    form: "meeting",
    title: "A meeting",
    begins: scene.talks.later(1),
    ends: scene.talks.later(scene.draw.chance(0.9) ? 2 : 0),
    parties: ["aldia", "borea"] as SeatId[],
    participants: [],
    languages: ["en"],
    confidentiality: "Yes.",
    press: "None.",
    agenda: scene.draw.chance(0.3)
      ? [{ text: "The date.", from: known(scene, itemsOf(scene.room.contacts)) }]
      : [],
    ...(scene.draw.chance(0.1) ? { requested: known(scene, itemsOf(scene.room.notifications)) } : {}),
  }),
  ContactAccepted: (scene) => ({ appointment: known(scene, itemsOf(scene.room.appointments)) }),
  ParticipantsNamed: (scene) => ({
    appointment: known(scene, itemsOf(scene.room.appointments)),
    people: [
      { name: "A. Envoy", office: "Envoy", seat: scene.draw.chance(0.9) ? scene.seat : seatId(scene) },
    ],
  }),
  ContactMoved: (scene) => ({
    appointment: known(scene, itemsOf(scene.room.appointments)),
    begins: scene.talks.later(2),
    ends: scene.talks.later(3),
    reason: "Fog.",
  }),
  ContactCancelled: (scene) => ({
    appointment: known(scene, itemsOf(scene.room.appointments)),
    reason: "Illness.",
  }),
  PressLinesProposed: (scene) => ({ contact: known(scene, itemsOf(scene.room.contacts)), text: "We met." }),
  PressLinesAccepted: (scene) => {
    const contact = known(scene, itemsOf(scene.room.contacts));
    return {
      contact,
      lines: known(scene, Object.values(itemOf(scene.room.contacts, contact)?.pressLines ?? {})),
    };
  },
  ContactEnded: (scene) => {
    const { of: _, ...voice } = said(scene);
    const outcome = scene.draw.pick([
      "leftToLeaders",
      "leftToMinisters",
      "readouts",
      "pressLines",
      "noResult",
    ] as const);
    return {
      contact: known(scene, itemsOf(scene.room.contacts)),
      outcomes: [outcome],
      pointsLeft: outcome === "leftToLeaders" ? ["The date."] : [],
      ...(outcome === "leftToMinisters" ? { pointsForMinisters: ["The agenda."] } : {}),
      ...voice,
    };
  },
  StatementMade: (scene) => ({
    form: scene.draw.pick(["statement", "expectation", "assessment", "question"] as const),
    text: "Words.",
    about: scene.draw.chance(0.5) ? [seatId(scene)] : [],
    ...said(scene),
  }),
  PositionStated: (scene) => ({ subject: "The halt", text: "In favour.", ...said(scene) }),
  StanceProposed: (scene) => {
    const { of: _, ...voice } = said(scene);
    return { subject: "The halt", text: "Together.", seats: [scene.seat, seatId(scene)], ...voice };
  },
  StanceJoined: (scene) => {
    const all = itemsOf(scene.room.stances);
    const ours = all.filter(({ seats }) => seats.includes(scene.seat));
    return { stance: known(scene, scene.draw.chance(0.8) ? ours : all) };
  },
  DraftOpened: () => ({ kind: "partysText", text: sampleDraft }),
  AlternativeBacked: (scene) => {
    const bracket = scene.draw.pick(["force", "scope", "ports", "nothing"]);
    const option = scene.draw.pick(["shall", "energy", "keep"]);
    const backing = { option, role: "supports" } as const;
    return {
      draft: known(scene, itemsOf(scene.room.texts)),
      bracket,
      ...(scene.draw.chance(0.9) ? { backing } : {}),
    };
  },
  ReservationNoted: (scene) => ({
    draft: known(scene, itemsOf(scene.room.texts)),
    clause: scene.draw.pick(["halt", "nothing"]),
    text: "Noted.",
  }),
  CommentMade: (scene) => ({
    draft: known(scene, itemsOf(scene.room.texts)),
    clause: scene.draw.pick(["halt", "halt", "nothing"]),
    ...(scene.draw.chance(0.5) ? { bracket: scene.draw.pick(["force", "nothing"]) } : {}),
    text: "Does this hold at sea too?",
  }),
  AmendmentProposed: (scene) => {
    const text = textAt(scene);
    return { draft: text?.id ?? known(scene, itemsOf(scene.room.texts)), change: change(scene, text) };
  },
  AmendmentSupported: (scene) => ({ amendment: known(scene, itemsOf(scene.room.amendments)) }),
  AmendmentAdopted: (scene) => ({ amendment: known(scene, itemsOf(scene.room.amendments)) }),
  AmendmentWithdrawn: (scene) => ({ amendment: known(scene, itemsOf(scene.room.amendments)) }),
  ProposalTabled: (scene) => {
    const text = textAt(scene);
    return {
      draft: text?.id ?? known(scene, itemsOf(scene.room.texts)),
      revision: scene.draw.chance(0.95) && text ? text.revision : seededBytes("revision", 32),
      package: chosen(scene, text),
      answersUntil: scene.talks.later(scene.draw.pick([1, 2, 30])),
    };
  },
  ProposalWithdrawn: (scene) => ({ proposal: proposalFor(scene) }),
  PackageAccepted: (scene) => ({ proposal: proposalFor(scene) }),
  PackageDeclined: (scene) => ({ proposal: proposalFor(scene) }),
  PackageAgreed: (scene) => {
    const proposal = proposalFor(scene);
    return { proposal, acceptances: acceptances(scene, proposal) };
  },
  PackageNotAgreed: (scene) => ({ proposal: proposalFor(scene) }),
  AcceptancesShown: (scene) => {
    const proposal = known(scene, itemsOf(scene.room.proposals));
    return { proposal, acceptances: acceptances(scene, proposal) };
  },
  AgreementConfirmed: (scene) => {
    const text = textAt(scene);
    return {
      draft: text?.id ?? known(scene, []),
      settlement: text ? settlementOf(text) : seededBytes("settlement", 32),
    };
  },
  BracketsReopened: (scene) => {
    const text = textAt(scene);
    const agreed = Object.keys(text?.agreed ?? {});
    return { draft: text?.id ?? known(scene, []), brackets: [scene.draw.pickOr(agreed, "force")] };
  },
  LanguageFiled: (scene) => {
    const text = textAt(scene);
    const french = text && { ...settledDraft(text).draft, title: "Cadre", language: "fr" };
    return {
      draft: text?.id ?? known(scene, []),
      language: "fr",
      text: french && scene.draw.chance(0.9) ? renderMarkdown(french) : sampleDraft,
    };
  },
  TextClosed: (scene) => {
    const text = textAt(scene);
    const authentic = text ? authenticTexts(text) : [];
    const texts = Object.fromEntries(authentic.map(({ language, hash }) => [language, hash]));
    return {
      draft: text?.id ?? known(scene, []),
      instrument: scene.draw.chance(0.9) ? "memorandum" : "treaty",
      binding: "notBinding",
      texts: text ? texts : { en: seededBytes("text", 32) },
    };
  },
  ClausesAccepted: (scene) => ({
    draft: known(scene, itemsOf(scene.room.texts)),
    clauses: [scene.draw.pick(["extension", "extension", "extension", "halt", "nothing"])],
  }),
  ClausesRefused: (scene) => ({
    draft: known(scene, itemsOf(scene.room.texts)),
    clauses: [scene.draw.pick(["extension", "extension", "halt", "nothing"])],
  }),
  TextInitialled: (scene) => ({
    draft: known(scene, itemsOf(scene.room.texts)),
    name: "A. B.",
    office: "Envoy",
  }),
  TextSigned: (scene) => ({
    draft: known(scene, itemsOf(scene.room.texts)),
    name: "A. B.",
    office: "Minister",
    place: "Hosta",
    ...(scene.draw.chance(0.8)
      ? { capacity: "foreignMinister" as const }
      : { capacity: "fullPowers" as const, fullPowers: "A letter." }),
  }),
  TextReleased: (scene) => {
    const text = textAt(scene);
    return {
      draft: text?.id ?? known(scene, []),
      language: "en",
      text: text ? renderMarkdown(settledDraft(text).draft) : sampleDraft,
    };
  },
  ReleaseAccepted: (scene) => ({ release: known(scene, itemsOf(scene.room.releases)) }),
  ...measureBodies,
  ...notificationBodies,
  ...leverBodies,
  CircleOpened: (scene) => ({ seats: [scene.seat], nonce: seededBytes(newName(scene, "circle"), 16) }),
  MessageSent: () => ({}),
  PaperSealed: (scene) => ({
    subject: "A common stance",
    ...(scene.draw.chance(0.3) ? { revises: paperFor(scene) } : {}),
  }),
  PaperScored: (scene) => ({ paper: paperFor(scene) }),
  PaperJoined: (scene) => ({ paper: paperFor(scene) }),
  PreferencesSealed: (scene) => {
    const text = textAt(scene);
    return {
      of: scene.draw.chance(0.9) ? scene.seat : seatId(scene),
      draft: text?.id ?? known(scene, []),
      revision: text && scene.draw.chance(0.9) ? text.revision : seededBytes("revision", 32),
      provenance: scene.draw.pick(["stated", "imputed"] as const),
    };
  },
  AnswerSealed: (scene) => ({ proposal: proposalFor(scene), hash: seededBytes("answer", 32) }),
};

function paperFor(scene: Scene): EventId {
  return known(scene, itemsOf(scene.circle?.papers ?? emptyRegister));
}

function joining(scene: Scene): Body<"MemberJoined"> {
  const { draw, talks, device } = scene;
  const { people } = talks.state;
  const open = Object.values(people.invitations).filter((invitation) => invitation.status === "open");
  const lost = Object.values(people.seats).filter((seat) => seat.reopening);
  if (lost.length > 0 && draw.chance(0.5))
    return talks.joining(draw.pick(lost).id, device, "head", "reopening");
  if (open.length === 0) return talks.joining(seatId(scene), device, draw.pick(roles), "no invitation");
  const { inviteKey, seat, role } = draw.pick(open);
  const names = [`invite ${seat}`, ...[0, 1, 2, 3].map((i) => `invite ${seat} ${i}`)];
  const invitation = names.find((name) => testDevice(name).keys.signing === inviteKey) ?? "forged";
  return talks.joining(draw.chance(0.95) ? seat : seatId(scene), device, role, invitation);
}
