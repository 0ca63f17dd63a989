/** Questions about people that many rules ask: who is seated, who holds which power, who is in which audience. */
import type { Audience, DeviceId } from "@parley/ledger/event";
import type { SeatId } from "./ids.ts";
import { find } from "./record.ts";
import type { CasePhase, Device, Member, MemberRole, People, Power, RoomName, Seat } from "./state.ts";

export const powers: readonly Power[] = ["host", "chair", "pen", "answers"];

/** Who signed an event. */
export interface Author {
  readonly device: Device;
  readonly member: Member;
  readonly seat: Seat;
}

export function authorOf(people: People, id: DeviceId): Author | undefined {
  const device = find(people.devices, id);
  const member = device && find(people.members, device.member);
  const seat = member && find(people.seats, member.seat);
  return seat && { device, member, seat };
}

/** A principal, or one whom the outcome affects: whoever holds positions, owes measures and can be bound. The others help. */
export function holdsStance({ kind }: Pick<Seat, "kind">): boolean {
  return kind === "principal" || kind === "affected";
}

/** The principals whose consent is needed: those seated, with the consent of the others. In seat order. */
export function principals(people: People): readonly SeatId[] {
  return Object.values(people.seats)
    .filter((seat) => seat.kind === "principal" && seat.taken && seat.standing)
    .map((seat) => seat.id)
    .sort();
}

export function isPrincipal(people: People, id: SeatId): boolean {
  return principals(people).includes(id);
}

/** Whether all principals are among these seats; never true of a case that is still convening. */
export function allPrincipals(people: People, among: readonly SeatId[]): boolean {
  return phaseOf(people) === "underway" && principals(people).every((seat) => among.includes(seat));
}

export function phaseOf(people: People): CasePhase {
  const waiting = Object.values(people.seats).some(
    (seat) => seat.kind === "principal" && seat.declaredAtOpening && !seat.taken,
  );
  return waiting || principals(people).length < 2 ? "convening" : "underway";
}

/** The seat that every principal grants this power, if there is one. */
export function holderOf(people: People, power: Power): SeatId | undefined {
  if (phaseOf(people) === "convening") return undefined;
  const named = principals(people).map((principal) => find(people.grants[power], principal));
  return named.every((seat) => seat === named[0]) ? named[0] : undefined;
}

export function headOf(people: People, seat: SeatId): Member | undefined {
  return membersOf(people, seat).find((member) => member.role === "head");
}

export function membersOf(people: People, seat: SeatId): readonly Member[] {
  return Object.values(people.members).filter((member) => member.seat === seat && member.present);
}

/** Devices in use of a seat's members, recovery devices included: those to whom what is meant for the seat is sealed. */
export function devicesOf(people: People, seats: readonly SeatId[], role?: MemberRole): readonly Device[] {
  return Object.values(people.devices).filter((device) => {
    const member = find(people.members, device.member);
    return (
      !device.revoked && member?.present && seats.includes(member.seat) && (!role || member.role === role)
    );
  });
}

/** The audiences a seat is in now, the widest first. */
export function roomsOf(people: People, id: SeatId): readonly RoomName[] {
  const seat = find(people.seats, id);
  const table =
    seat?.standing &&
    (seat.kind === "principal" ||
      seat.kind === "mediator" ||
      [holderOf(people, "chair"), holderOf(people, "pen"), holderOf(people, "answers")].includes(id));
  if (table) return ["public", "consulted", "table"];
  return seat?.standing && seat.kind === "affected" ? ["public", "consulted"] : ["public"];
}

/** Whether members of this seat are given entries of this audience now. */
export function isGiven(people: People, seat: SeatId, audience: Audience): boolean {
  return roomsOf(people, seat).some((room) => room === audience);
}

/** Facts that a recorder wrote down from public sources; nothing is signed for the parties. */
export function isRecorded({ seats }: People): boolean {
  return Object.values(seats).some(({ kind }) => kind === "recorder");
}
