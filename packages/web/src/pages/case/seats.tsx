/** Who is in the case: seat by seat, those at the table first. */
import { headOf, isRecorded, membersOf, type Person, type Seat, type SeatKind } from "@parley/core";
import type { ReactElement } from "react";
import { PartyName } from "../../frame/party.tsx";
import { useWords } from "../../messages/words.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { useView } from "../../source/view.ts";
import { Delegation } from "./delegation.tsx";
import { Devices } from "./devices.tsx";
import { Inviting } from "./inviting.tsx";
import { ReopeningState } from "./reopening.tsx";
import { Consent } from "./seating.tsx";

const atTable: readonly SeatKind[] = ["principal", "mediator", "host"];

export function AllSeats(): ReactElement {
  const t = useWords();
  const { people } = useSnapshot().state;
  const seats = Object.values(people.seats);
  const table = seats.filter((seat) => atTable.includes(seat.kind));
  const away = seats.filter((seat) => !atTable.includes(seat.kind) && seat.kind !== "recorder");
  const recorded = isRecorded(people);
  return (
    <>
      <Seats recorded={recorded} seats={table} title={t("case.table")} />
      {away.length > 0 ? <Seats recorded={recorded} seats={away} title={t("case.away")} /> : null}
    </>
  );
}

function Seats({
  seats,
  title,
  recorded,
}: {
  seats: readonly Seat[];
  title: string;
  recorded: boolean;
}): ReactElement {
  return (
    <section>
      <h2>{title}</h2>
      <ul className="list seats">
        {seats.map((seat) => (
          <SeatRow key={seat.id} recorded={recorded} seat={seat} />
        ))}
      </ul>
    </section>
  );
}

function SeatRow({ seat, recorded }: { seat: Seat; recorded: boolean }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { people } = useSnapshot().state;
  const look = looks.get(seat.id);
  const listed = useView().rooms.public.delegations[seat.id]?.people ?? [];
  const head = headOf(people, seat.id);
  const others = membersOf(people, seat.id).filter((member) => member.id !== head?.id);
  const shown: readonly Pick<Person, "name" | "office">[] =
    listed.length > 0 ? listed : [...(head ? [head] : []), ...others];
  return (
    <li>
      <p className="row">
        {look ? <PartyName look={look} /> : seat.name}
        <span className="quiet small">{t(`seat.${seat.kind}`)}</span>
      </p>
      <Consent seat={seat} />
      <ReopeningState seat={seat} />
      {shown.length > 0 ? (
        <ul className="list people small">
          {shown.map((person) => (
            <li key={person.name}>
              {person.name}
              {person.office === person.name ? null : <span className="quiet">, {person.office}</span>}
            </li>
          ))}
        </ul>
      ) : recorded ? null : (
        <p className="small quiet">{t(seat.taken ? "seat.nobody" : "seat.empty")}</p>
      )}
      <div className="acts">
        <Inviting seat={seat} />
        <Delegation seat={seat} />
        <Devices seat={seat} />
      </div>
    </li>
  );
}
