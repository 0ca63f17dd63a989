/**
 * The people of a delegation. A delegation's first head comes by the convener's invitation to a seat
 * that never had anyone; from then on only the party names, replaces and removes its people. Whoever joins proves that
 * they hold the invitation: the invite key's signature over seat, role and keys is in the body, so the server that
 * carries the invitation cannot take the seat.
 */
import { deviceId, messageBytes } from "@parley/ledger/event";
import { knownDevice, newDevice, newDevices } from "./devices.ts";
import type { MemberId, SeatId } from "./ids.ts";
import { type Author, headOf, membersOf } from "./people.ts";
import { find, put, type Table } from "./record.ts";
import { firstOf, refuse, type Verdict } from "./refusal.ts";
import type { Act, PeopleRule, PeopleRules } from "./rule.ts";
import { consentTo, isReopened, settleSeats } from "./seats.ts";
import type { BodyOf } from "./shape.ts";
import type { Invitation, Member, MemberRole, People } from "./state.ts";

export const memberShapes = {
  PartyInvited: { seat: "seat", inviteKey: "key", until: "time" },
  MemberInvited: {
    role: "head | deputy | adviser | interpreter | watchOfficer",
    inviteKey: "key",
    until: "time",
  },
  InvitationWithdrawn: { inviteKey: "key" },
  MemberJoined: {
    seat: "seat",
    role: "head | deputy | adviser | interpreter | watchOfficer",
    inviteKey: "key",
    name: "name",
    office: "name",
    keys: "keys",
    "recovery?": "keys",
    inviteSignature: "signature",
  },
  MemberRemoved: { member: "member" },
  RoleGiven: { member: "member", role: "head | deputy | adviser | interpreter | watchOfficer" },
} as const;

type Joining = BodyOf<typeof memberShapes.MemberJoined>;

/** What an invite key signs, under `parley-invite/1`. */
export function inviteMessage(
  caseId: string,
  body: Pick<Joining, "inviteKey" | "seat" | "role" | "keys">,
): Uint8Array {
  const { inviteKey, seat, role, keys } = body;
  return messageBytes("parley-invite/1", { case: caseId, inviteKey, seat, role, keys });
}

/** The author of a joining, who is nobody yet. */
export function newcomer(people: People, body: Joining): Author | undefined {
  const seat = find(people.seats, body.seat);
  const id = deviceId(body.keys);
  const member: Member = {
    id: id as string as MemberId,
    seat: body.seat,
    role: body.role,
    name: body.name,
    office: body.office,
    present: true,
  };
  return seat && { seat, member, device: newDevice(member.id, body.keys, false) };
}

const partyInvited: PeopleRule<BodyOf<typeof memberShapes.PartyInvited>> = {
  admit: (people, body, act) => {
    const seat = find(people.seats, body.seat);
    if (!seat) return refuse("not-found", `There is no seat "${body.seat}".`);
    if (seat.taken) {
      return refuse("seat-taken", `The seat "${body.seat}" was taken; only its party names its people now.`, {
        seat: body.seat,
      });
    }
    if (!seat.standing) {
      return refuse("not-consented", `The principals have not all consented to the seat "${body.seat}".`);
    }
    return newInvitation(people, body, act);
  },
  apply: (people, body, act) => invite(people, { ...body, role: "head" }, act),
};

const memberInvited: PeopleRule<BodyOf<typeof memberShapes.MemberInvited>> = {
  admit: (people, body, act) =>
    body.role === "head"
      ? refuse("last-head", "A delegation has one head, who hands over with RoleGiven.")
      : newInvitation(people, body, act),
  apply: (people, body, act) => invite(people, { ...body, seat: act.seat.id }, act),
};

function newInvitation(people: People, body: { inviteKey: string; until: string }, act: Act): Verdict {
  if (find(people.invitations, body.inviteKey)) {
    return refuse("already-done", "This invite key was used for another invitation.");
  }
  return body.until > act.at
    ? undefined
    : refuse("invitation-past", "The invitation would have ended before it began.");
}

type Invited = {
  readonly seat: SeatId;
  readonly role: MemberRole;
  readonly inviteKey: string;
  readonly until: string;
};

function invite(people: People, { seat, role, inviteKey, until }: Invited, act: Act): People {
  const invitation = { seat, role, inviteKey, until, by: act.seat.id, status: "open" } as const;
  return { ...people, invitations: put(people.invitations, inviteKey, invitation) };
}

const invitationWithdrawn: PeopleRule<BodyOf<typeof memberShapes.InvitationWithdrawn>> = {
  admit: (people, body, act) => {
    const invitation = find(people.invitations, body.inviteKey);
    if (!invitation) return refuse("not-found", "There is no such invitation.");
    if (invitation.by !== act.seat.id)
      return refuse("not-yours", "Another delegation invited; only it withdraws.");
    return invitation.status === "open"
      ? undefined
      : refuse("already-done", `This invitation is ${invitation.status} already.`);
  },
  apply: (people, body) => endInvitation(people, body.inviteKey, "withdrawn"),
};

function endInvitation(people: People, inviteKey: string, status: "used" | "withdrawn"): People {
  const invitation = find(people.invitations, inviteKey);
  if (!invitation) return people;
  return { ...people, invitations: put(people.invitations, inviteKey, { ...invitation, status }) };
}

const joined: PeopleRule<Joining> = {
  admit: (people, body, act, verify) =>
    firstOf(
      () =>
        act.event.author === act.device.id
          ? undefined
          : refuse("not-a-member", "Whoever joins signs with the device whose keys they bring."),
      () => knownDevice(people, [body.keys, ...(body.recovery ? [body.recovery] : [])]),
      () => invitationHolds(people, body, act),
      () =>
        verify(body.inviteKey, inviteMessage(act.caseId, body), body.inviteSignature)
          ? undefined
          : refuse("bad-signature", "The invitation's key did not sign this seat, role and keys."),
    ),
  apply: (people, body, act) => {
    const reseated = find(people.invitations, body.inviteKey) ? people : vacate(people, body.seat);
    const known = endInvitation(reseated, body.inviteKey, "used");
    const seat = find(known.seats, body.seat);
    if (!seat) return people;
    const present: People = {
      ...known,
      members: put(known.members, act.member.id, act.member),
      devices: newDevices(known.devices, act.member.id, body.keys, body.recovery),
      seats: put(known.seats, seat.id, { ...seat, taken: true }),
    };
    // Joining is the consent of a principal to the seats it finds.
    const first = !seat.taken && seat.kind === "principal";
    const found = Object.values(present.seats).map((other) => other.id);
    return first ? settleSeats(consentTo(present, found, seat.id)) : present;
  },
};

function invitationHolds(people: People, body: Joining, act: Act): Verdict {
  const invitation = invitationFor(people, body.inviteKey, act.at);
  if (!invitation) return refuse("bad-invitation", "There is no invitation with this key.");
  if (invitation.status !== "open")
    return refuse("bad-invitation", `This invitation is ${invitation.status}.`);
  if (invitation.seat !== body.seat || invitation.role !== body.role) {
    return refuse(
      "bad-invitation",
      `This invitation is to the seat "${invitation.seat}" as ${invitation.role}.`,
    );
  }
  if (act.at > invitation.until)
    return refuse("invitation-ended", `This invitation ended at ${invitation.until}.`);
  const taken = find(people.seats, body.seat)?.taken ?? false;
  return body.role === "head" && taken && find(people.invitations, body.inviteKey)
    ? refuse("seat-taken", `The seat "${body.seat}" has been taken meanwhile.`, { seat: body.seat })
    : undefined;
}

/**
 * What this key invites to at a time: as it was invited, or to the seat that the other parties' support opens anew once the
 * fourteen days are over.
 */
export function invitationFor(people: People, inviteKey: string, at: string): Invitation | undefined {
  return find(people.invitations, inviteKey) ?? reseating(people, inviteKey, at);
}

function reseating(people: People, inviteKey: string, at: string): Invitation | undefined {
  const seat = Object.values(people.seats).find((one) => one.reopening?.inviteKey === inviteKey);
  const by = seat?.reopening?.supporters[0];
  if (!seat?.reopening || by === undefined || !isReopened(seat, at)) return undefined;
  return { inviteKey, seat: seat.id, role: "head", by, until: seat.reopening.until, status: "open" };
}

/** The party that had the seat lost its devices: they are revoked and its people gone; its old secrets stay closed. */
function vacate(people: People, id: SeatId): People {
  const gone = new Set(membersOf(people, id).map((member) => member.id));
  const members = mapTable(people.members, (member) =>
    gone.has(member.id) ? { ...member, present: false } : member,
  );
  const devices = mapTable(people.devices, (device) =>
    find(people.members, device.member)?.seat === id ? { ...device, revoked: true } : device,
  );
  const seat = find(people.seats, id);
  if (!seat) return people;
  const { reopening: _, ...vacated } = seat;
  return { ...people, members, devices, seats: put(people.seats, id, vacated) };
}

function mapTable<V>(table: Table<V>, change: (value: V) => V): Table<V> {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, change(value)]));
}

/** A member of one's own delegation who is there. */
function colleague(people: People, id: MemberId, act: Act): Member | undefined {
  const member = find(people.members, id);
  return member?.present && member.seat === act.seat.id ? member : undefined;
}

const noColleague = (): Verdict =>
  refuse("not-yours", "This person is not a present member of your delegation.");

const removed: PeopleRule<BodyOf<typeof memberShapes.MemberRemoved>> = {
  admit: (people, body, act) => {
    const member = colleague(people, body.member, act);
    if (!member) return noColleague();
    return member.role === "head"
      ? refuse("last-head", "A delegation has a head: hand over with RoleGiven first.")
      : undefined;
  },
  apply: (people, body) => {
    const member = find(people.members, body.member);
    if (!member) return people;
    const devices = mapTable(people.devices, (device) =>
      device.member === member.id ? { ...device, revoked: true } : device,
    );
    return { ...people, devices, members: put(people.members, member.id, { ...member, present: false }) };
  },
};

const roleGiven: PeopleRule<BodyOf<typeof memberShapes.RoleGiven>> = {
  admit: (people, body, act) => {
    const member = colleague(people, body.member, act);
    if (!member) return noColleague();
    if (member.role === body.role) return refuse("already-done", `${member.name} is ${body.role} already.`);
    return member.role === "head"
      ? refuse("last-head", "A head steps down by giving another member the role of head.")
      : undefined;
  },
  apply: (people, body, act) => {
    const member = find(people.members, body.member);
    const head = headOf(people, act.seat.id);
    if (!member) return people;
    const stepped =
      body.role === "head" && head
        ? put(people.members, head.id, { ...head, role: "deputy" as const })
        : people.members;
    return { ...people, members: put(stepped, member.id, { ...member, role: body.role }) };
  },
};

export const memberRules: PeopleRules<typeof memberShapes> = {
  PartyInvited: partyInvited,
  MemberInvited: memberInvited,
  InvitationWithdrawn: invitationWithdrawn,
  MemberJoined: joined,
  MemberRemoved: removed,
  RoleGiven: roleGiven,
};
