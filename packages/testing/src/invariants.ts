/** What holds of every case after every entry, whatever was issued. Each throws an AssertionError that names the rule. */
import { strict as assert } from "node:assert";
import {
  type CaseState,
  type EventKind,
  holderOf,
  membersOf,
  type People,
  phaseOf,
  powers,
  principals,
  type Room,
  rights,
} from "@parley/core";
import type { Entry } from "@parley/ledger/event";

export function checkState(state: CaseState): void {
  oneHeadEach(state.people);
  powersAreGrantedByAll(state.people);
  for (const room of Object.values(state.rooms)) {
    recordedHasSource(state.people, room);
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
  const contacts = Object.values(room.contacts);
  const voices = [
    ...Object.values(room.delegations),
    ...contacts,
    ...contacts.flatMap((contact) => contact.readouts),
    ...room.statements,
    ...room.positions,
    ...Object.values(room.stances),
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

function stancesAreJoinedByTheirOwn(room: Room): void {
  for (const stance of Object.values(room.stances)) {
    for (const seat of stance.joinedBy) assert(stance.seats.includes(seat));
  }
}
