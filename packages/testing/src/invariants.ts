/** What holds of every case after every entry, whatever was issued. Each throws an AssertionError that names the rule. */
import { strict as assert } from "node:assert";
import {
  type Body,
  type CaseState,
  type EventKind,
  expectationsOf,
  holderOf,
  itemOf,
  itemsOf,
  type Mandate,
  membersOf,
  type People,
  phaseOf,
  powers,
  principals,
  type Room,
  rights,
  type SeatId,
  settledDraft,
  type Text,
} from "@parley/core";
import type { Entry } from "@parley/ledger/event";
import { brackets } from "@parley/text";

export function checkState(state: CaseState): void {
  oneHeadEach(state.people);
  powersAreGrantedByAll(state.people);
  for (const room of Object.values(state.rooms)) {
    recordedHasSource(state.people, room);
    contactsAreOfTheirParties(room);
    leversAreTheirOwners(state.people, room);
    actsAreMandated(room);
    notificationsAreChecked(state.people, room);
    stancesAreJoinedByTheirOwn(room);
  }
}

/** What an entry itself must obey, given the states around it. */
export function checkEntry(entry: Entry, before: CaseState | undefined, after: CaseState): void {
  if (!before) return;
  const { event } = entry;
  const kind = event.kind as EventKind;
  const device = before.people.devices[event.author];
  if (kind !== "MemberJoined") {
    assert(device && !device.revoked, "only a device in use signs");
    assert(!device.recovery || rights[kind].recovery, "a recovery device signs for recovery only");
  }
  onlyTheOwnPartyNamesItsPeople(entry, before.people, after.people);
  if (event.audience === "circle") return;
  const room = after.rooms[event.audience];
  const was = before.rooms[event.audience];
  const all = principals(after.people);
  for (const text of itemsOf(room.texts)) {
    const earlier = itemOf(was.texts, text.id);
    if (text !== earlier) settledByAll(text, earlier, room, all, entry);
  }
  for (const amendment of itemsOf(room.amendments)) {
    if (amendment.outcome !== "adopted" || itemOf(was.amendments, amendment.id)?.outcome) continue;
    const pen = before.people.members[device?.member ?? ""]?.seat === holderOf(before.people, "pen");
    assert(
      pen || containsAll(amendment.supportedBy, all),
      "an amendment is adopted by the pen or by all principals",
    );
  }
  for (const release of itemsOf(room.releases)) {
    if (release.released)
      assert(itemOf(was.releases, release.id)?.released || containsAll(release.releasedBy, all));
  }
}

/** Nothing of a text is settled, closed, initialled or signed without every principal. */
function settledByAll(
  text: Text,
  earlier: Text | undefined,
  room: Room,
  all: readonly SeatId[],
  { event }: Entry,
): void {
  const options = new Map(
    brackets(text.draft).map((placed) => [placed.bracket.id as string, placed.options]),
  );
  for (const [bracket, { option, proposal }] of Object.entries(text.agreed)) {
    assert(
      options.get(bracket)?.some(({ id }) => id === option),
      "what is agreed stands in the text",
    );
    if (earlier?.agreed[bracket]) continue;
    const tabled = itemOf(room.proposals, proposal);
    const signed = (event.body as Partial<Body<"PackageAgreed">>).acceptances?.map(({ party }) => party);
    assert.equal(tabled?.outcome, "agreed");
    assert(
      containsAll(tabled.custodian ? (signed ?? []) : tabled.acceptedBy, all),
      "agreed by all principals",
    );
  }
  if (text.closed && !earlier?.closed) {
    assert.deepEqual(settledDraft(text).open, [], "nothing is agreed until everything is agreed");
    assert(containsAll(text.confirmedBy, all), "every capital confirmed");
    assert(containsAll(Object.keys(text.closings), all), "closed by all principals");
  }
  if (earlier?.closed) assert.deepEqual(text.draft, earlier.draft, "a closed text stays as it is");
  if (text.initialled && !earlier?.initialled)
    assert(text.closed && containsAll(Object.keys(text.initials), all));
  if (text.signed && !earlier?.signed)
    assert(text.initialled && containsAll(Object.keys(text.signatures), all));
}

function containsAll(list: readonly string[], all: readonly string[]): boolean {
  return all.length >= 2 && all.every((one) => list.includes(one));
}

function oneHeadEach(people: People): void {
  for (const seat of Object.values(people.seats)) {
    const heads = membersOf(people, seat.id).filter((member) => member.role === "head");
    assert.equal(heads.length, seat.taken ? 1 : 0, `${seat.id} has one head if it is taken`);
  }
}

function powersAreGrantedByAll(people: People): void {
  for (const power of powers) {
    const holder = holderOf(people, power);
    if (!holder) continue;
    assert.equal(phaseOf(people), "underway", "no power is lent before every principal is there");
    for (const principal of principals(people)) assert.equal(people.grants[power][principal], holder);
  }
}

/** Members of a seat that someone has change only by what its own members sign, unless it was lost and reopened. */
function onlyTheOwnPartyNamesItsPeople({ event }: Entry, before: People, after: People): void {
  for (const seat of Object.values(before.seats)) {
    if (!seat.taken || before.members === after.members) continue;
    const was = membersOf(before, seat.id).map((member) => member.id);
    const is = membersOf(after, seat.id).map((member) => member.id);
    const same = was.length === is.length && was.every((id, i) => id === is[i]);
    if (same) continue;
    const author = before.members[before.devices[event.author]?.member ?? ""];
    const joining = event.kind === "MemberJoined" ? (event.body as { inviteKey: string }).inviteKey : "";
    const invited = before.invitations[joining]?.by === seat.id;
    const reopened = seat.reopening?.since !== undefined && seat.reopening.inviteKey === joining;
    assert(author?.seat === seat.id || invited || reopened, `only ${seat.id} names its people`);
  }
}

function recordedHasSource(people: People, room: Room): void {
  const contacts = itemsOf(room.contacts);
  const voices = [
    ...Object.values(room.delegations),
    ...contacts,
    ...contacts.flatMap((contact) => contact.readouts),
    ...itemsOf(room.statements),
    ...itemsOf(room.positions),
    ...itemsOf(room.stances),
    ...itemsOf(room.texts),
    ...itemsOf(room.amendments),
    ...itemsOf(room.proposals),
    ...itemsOf(room.releases),
  ];
  for (const voice of voices) {
    const recorder = people.seats[voice.by]?.kind === "recorder";
    assert.equal(
      voice.recorded !== undefined,
      recorder,
      "what a recorder puts on record has a source, nothing else",
    );
    if (!recorder) assert.equal(voice.of, voice.by, "nobody speaks for another");
  }
}

/** Who watches, finds, investigates and blames is named for exactly that; who undertakes and suspends is the owner. */
function actsAreMandated(room: Room): void {
  const mandateOf: { readonly [kind: string]: Mandate } = {
    MonitoringReported: "monitoring",
    MeasureVerified: "verification",
    InvestigationReported: "investigation",
    AttributionMade: "attribution",
  };
  for (const measure of itemsOf(room.measures)) {
    for (const act of measure.acts) {
      const mandate = mandateOf[act.kind];
      if (mandate)
        assert(measure.mandates[mandate].includes(act.by), `${act.kind} is by whoever is named for it`);
      else if (act.kind !== "MeasureDisputed")
        assert.equal(act.by, measure.owner, `${act.kind} is by the owner`);
    }
  }
}

function notificationsAreChecked(people: People, room: Room): void {
  for (const notification of itemsOf(room.notifications)) {
    const seatOf = (device: string | undefined) =>
      people.members[people.devices[device ?? ""]?.member ?? ""]?.seat;
    assert(itemOf(room.formats, notification.format)?.inForce, "what is sent is in an agreed format");
    assert.equal(
      seatOf(notification.checkedBy),
      notification.by,
      "what is sent was checked in its own delegation",
    );
    const { received, acknowledged, to } = notification;
    if (received) assert.equal(seatOf(received.device), to, "receipt is the addressee's");
    if (acknowledged) assert(received && seatOf(acknowledged.device) === to, "acknowledged after receipt");
  }
}

/** Only its parties accept a contact, and a party's reading of the readouts points at what stands there. */
function contactsAreOfTheirParties(room: Room): void {
  for (const { id, parties, acceptedBy, held, cancelled } of itemsOf(room.appointments)) {
    for (const seat of acceptedBy) assert(parties.includes(seat), "a contact is accepted by its parties");
    const record = held === undefined ? undefined : itemOf(room.contacts, held);
    if (held) assert(!cancelled && record?.appointment === id, "what was held was agreed, and says so");
  }
  for (const { id, alignments } of [...itemsOf(room.contacts), ...itemsOf(room.appointments)]) {
    const texts = [...(itemOf(room.contacts, id)?.readouts ?? []), ...expectationsOf(room, id)];
    for (const [party, { by, points }] of Object.entries(alignments)) {
      assert.equal(by, party, "an alignment is its party's own reading");
      for (const claim of points.flatMap(({ claims }) => claims)) {
        const text = texts.find((one) => one.id === claim.readout)?.text ?? "";
        assert(claim.from < claim.to && claim.to <= text.length, "a claim stands in its text");
      }
    }
  }
}

/** Only a recorder lists a lever that is not its own, and what a lever is tied to is there. */
function leversAreTheirOwners(people: People, room: Room): void {
  for (const { by, of, states, links } of itemsOf(room.levers)) {
    assert(states.length > 0, "a lever has a state");
    if (people.seats[by]?.kind !== "recorder") assert.equal(of, by, "a lever is listed by its owner");
    for (const { measure, bracket } of links) {
      assert((measure === undefined) !== (bracket === undefined), "a lever is tied to one thing at a time");
      if (measure) assert(itemOf(room.measures, measure), "the measure is there");
    }
  }
}

function stancesAreJoinedByTheirOwn(room: Room): void {
  for (const stance of itemsOf(room.stances)) {
    for (const seat of stance.joinedBy) assert(stance.seats.includes(seat));
  }
}
