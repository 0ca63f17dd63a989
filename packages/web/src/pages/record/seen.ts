/** Who has seen an entry: whose device cosigned a head that contains it. */
import type { People, Seat, SeatId } from "@parley/core";
import type { Seen } from "../../source/case-source.ts";

/** Those whose cosignatures the record looks for: principals and the mediator that hold their seats. */
export function atTableSeats(people: People): readonly Seat[] {
  return Object.values(people.seats).filter(
    ({ kind, standing, taken }) => standing && taken && (kind === "principal" || kind === "mediator"),
  );
}

export function seatsThatSaw(seen: readonly Seen[], people: People, seq: number): ReadonlySet<SeatId> {
  const seats = seen.flatMap(({ device, size }) => {
    const member = people.members[people.devices[device]?.member ?? ""];
    return member && size > seq ? [member.seat] : [];
  });
  return new Set(seats);
}
