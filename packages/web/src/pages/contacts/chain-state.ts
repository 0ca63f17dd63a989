/** Contacts in the order of time, those held and those to come, and which points one handed to another. */
import { type Appointment, type Contact, isAgreed, itemOf, type Room, type SeatId } from "@parley/core";
import type { EventId } from "@parley/ledger";
import { useMemo } from "react";
import { type Placed, usePlaced } from "../../source/beside.ts";

export type LinkState = "held" | "agreed" | "proposed" | "cancelled";

export interface ChainLink {
  readonly id: EventId;
  readonly state: LinkState;
  readonly form: Contact["form"];
  readonly title: string;
  /** A date for what was held, a time for what is to come. */
  readonly when: string;
  readonly parties: readonly SeatId[];
  readonly agenda: readonly { readonly text: string; readonly from?: EventId }[];
  readonly contact?: Placed<Contact>;
  readonly appointment?: Placed<Appointment>;
}

const contacts = (room: Room): Room["contacts"] => room.contacts;
const appointments = (room: Room): Room["appointments"] => room.appointments;

export function useContacts(): readonly Placed<Contact>[] {
  return usePlaced(contacts);
}

export function useAppointments(): readonly Placed<Appointment>[] {
  return usePlaced(appointments);
}

export function useChain(): readonly ChainLink[] {
  const held = useContacts();
  const planned = useAppointments();
  return useMemo(() => {
    const links: ChainLink[] = held.map((placed) => {
      const { item, room } = placed;
      const agreed = item.appointment === undefined ? undefined : itemOf(room.appointments, item.appointment);
      const { id, form, title, parties } = item;
      const agenda = agreed?.agenda ?? item.agenda.map((text) => ({ text }));
      return { id, form, title, parties, agenda, when: item.held, state: "held", contact: placed };
    });
    for (const placed of planned) {
      const { item } = placed;
      if (item.held !== undefined) continue;
      const { id, form, title, parties, agenda, begins } = item;
      const state = item.cancelled ? "cancelled" : isAgreed(item) ? "agreed" : "proposed";
      links.push({ id, form, title, parties, agenda, when: begins, state, appointment: placed });
    }
    return links.sort((a, b) => (a.when < b.when ? -1 : a.when > b.when ? 1 : 0));
  }, [held, planned]);
}

/** A point that a contact left open, to whom, and whether a later one has taken it up. */
export interface PointLeft {
  readonly text: string;
  readonly to: "ministers" | "leaders";
  readonly from: ChainLink;
  readonly taken: ChainLink | undefined;
}

export function pointsLeft(chain: readonly ChainLink[]): readonly PointLeft[] {
  return chain.flatMap((from) => {
    const { pointsLeft: leaders = [], pointsForMinisters: ministers = [] } = from.contact?.item.ended ?? {};
    const left = [
      ...ministers.map((text) => ({ text, to: "ministers" as const })),
      ...leaders.map((text) => ({ text, to: "leaders" as const })),
    ];
    return left.map(({ text, to }) => ({
      text,
      to,
      from,
      taken: chain.findLast(
        (later) =>
          later.state !== "cancelled" &&
          later.agenda.some((point) => point.from === from.id && point.text === text),
      ),
    }));
  });
}
