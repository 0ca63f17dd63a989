/** Contacts, held and to come, with what each side said of them: expectations before, accounts after. */
import {
  type AlignedPoint,
  expectationsOf,
  itemOf,
  type Room,
  type RoomName,
  type SeatId,
} from "@parley/core";
import type { EventId } from "@parley/ledger";
import { useMemo } from "react";
import { useAppointments, useContacts } from "../contacts/chain-state.ts";
import { readoutsOf, type Said, saidOf } from "./claims.ts";

export interface Told {
  readonly id: EventId;
  readonly title: string;
  readonly when: string;
  readonly held: boolean;
  readonly parties: readonly SeatId[];
  readonly audience: RoomName;
  readonly expected: readonly Said[];
  readonly accounts: readonly Said[];
  readonly readings: readonly Reading[];
}

/** One party's own reading of how what was said compares. */
export interface Reading {
  readonly by: SeatId;
  readonly points: readonly AlignedPoint[];
}

/** The latest first. */
export function useTold(): readonly Told[] {
  const contacts = useContacts();
  const planned = useAppointments();
  return useMemo(() => {
    const told: Told[] = contacts.map(({ item, room, audience }) => ({
      id: item.id,
      title: item.title,
      when: item.held,
      held: true,
      parties: item.parties,
      audience,
      expected: expectedOf(room, item.id),
      accounts: readoutsOf(item),
      readings: readingsOf(item.alignments, itemOf(room.appointments, item.appointment ?? "")?.alignments),
    }));
    for (const { item, room, audience } of planned) {
      if (item.held || item.cancelled) continue;
      const { id, title, begins, parties, alignments } = item;
      const expected = expectedOf(room, id);
      const readings = readingsOf(alignments, undefined);
      told.push({
        id,
        title,
        when: begins,
        held: false,
        parties,
        audience,
        expected,
        accounts: [],
        readings,
      });
    }
    return told.sort((a, b) => (a.when < b.when ? 1 : a.when > b.when ? -1 : 0));
  }, [contacts, planned]);
}

function expectedOf(room: Room, id: string): readonly Said[] {
  return expectationsOf(room, id).map((one) => saidOf(one));
}

type Alignments = Readonly<Record<string, Reading>>;

/** What a party read of the expectations beforehand stands until it reads them anew. */
function readingsOf(now: Alignments, before: Alignments | undefined): readonly Reading[] {
  return Object.values({ ...before, ...now });
}

/** The points of a reading that stand in these texts. */
export function pointsIn(
  { points }: Pick<Reading, "points">,
  texts: readonly Said[],
): readonly AlignedPoint[] {
  return points.filter(({ claims }) => texts.some(({ id }) => id === claims[0]?.readout));
}
