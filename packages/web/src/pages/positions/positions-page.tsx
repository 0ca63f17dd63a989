/**
 * What each party holds: stated by itself, or imputed to it with a source; what the principals communicate to those who have
 * no seat at the table; and what a group of parties works out among themselves.
 */
import type { Position, Room, Stance, Statement } from "@parley/core";
import type { ReactElement } from "react";
import { Button } from "react-aria-components";
import { Learns } from "../../frame/learns.tsx";
import { PartyName } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { type Placed, usePlaced } from "../../source/beside.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { Account, SourceLine } from "../case/contacts.tsx";
import { ContactTabs } from "../contacts/tabs.tsx";
import { Papers } from "./papers.tsx";
import { Communicate, StatePosition } from "./stating.tsx";
import "../case/case.css";
import "../contacts/contacts.css";
import "./positions.css";

const positionsIn = (room: Room): Room["positions"] => room.positions;
const stancesIn = (room: Room): Room["stances"] => room.stances;
const statementsIn = (room: Room): Room["statements"] => room.statements;

export function PositionsPage(): ReactElement {
  const t = useWords();
  const { sitting } = useSnapshot();
  const positions = usePlaced(positionsIn);
  const stances = usePlaced(stancesIn);
  const told = usePlaced(statementsIn).filter(
    // What a recorder found in the reports was said by nobody to anybody here.
    ({ item }) =>
      !item.recorded && item.about.length > 0 && (item.form === "statement" || item.form === "question"),
  );
  return (
    <div className="page positions-page stack-wide">
      <header className="page-head">
        <h1>{t("stand.title")}</h1>
        <ContactTabs />
      </header>
      <section className="stack">
        <h2>{t("stand.each")}</h2>
        {positions.length === 0 ? <p className="quiet">{t("stand.none")}</p> : null}
        <ByParty positions={positions.map(({ item }) => item)} />
        <StatePosition />
      </section>
      <section className="stack">
        <h2>{t("stand.told")}</h2>
        {told.length === 0 ? <p className="quiet">{t("stand.told.none")}</p> : null}
        <ol className="list timeline">
          {told.map(({ item }) => (
            <ToldItem item={item} key={item.id} ours={item.about.some((seat) => seat === sitting?.seat)} />
          ))}
        </ol>
        <Communicate />
      </section>
      <section className="stack">
        <h2>{t("facts.stances")}</h2>
        {stances.length === 0 ? <p className="quiet">{t("stand.stances.none")}</p> : null}
        {stances.map((placed) => (
          <StanceItem key={placed.item.id} placed={placed} />
        ))}
      </section>
      {sitting ? <Papers seat={sitting.seat} /> : null}
    </div>
  );
}

/** Under each party what it holds, the last word on each subject first; an earlier one is folded away, not gone. */
function ByParty({ positions }: { positions: readonly Position[] }): ReactElement {
  const t = useWords();
  const { day } = useMoments();
  const looks = useLooks();
  const owners = [...new Set(positions.map(({ of }) => of))];
  return (
    <div className="by-party">
      {owners.map((of) => {
        const look = of ? looks.get(of) : undefined;
        const own = positions.filter((one) => one.of === of);
        const subjects = [...new Set(own.map(({ subject }) => subject))];
        return (
          <div className="stack-narrow" key={of ?? ""}>
            <h3>{look ? <PartyName look={look} /> : t("stand.others")}</h3>
            {subjects.map((subject) => {
              const [last, ...earlier] = own.filter((one) => one.subject === subject).reverse();
              if (!last) return null;
              return (
                <div className="position" key={subject}>
                  <h4>
                    <bdi>{subject}</bdi>
                  </h4>
                  <p>
                    <bdi>{last.text}</bdi>
                  </p>
                  <Whose position={last} />
                  {earlier.length > 0 ? (
                    <details className="small">
                      <summary>{t("stand.earlier", { count: earlier.length })}</summary>
                      {earlier.map((one) => (
                        <p key={one.id}>
                          <span className="quiet">{day(one.at.slice(0, 10))}</span> <bdi>{one.text}</bdi>
                        </p>
                      ))}
                    </details>
                  ) : null}
                </div>
              );
            })}
          </div>
        );
      })}
    </div>
  );
}

/** Said here by the party itself, or put on record by somebody else with the source. */
function Whose({ position }: { position: Position }): ReactElement {
  const t = useWords();
  const { day } = useMoments();
  return position.recorded ? (
    <SourceLine voice={position} />
  ) : (
    <p className="small quiet">{t("stand.stated", { day: day(position.at.slice(0, 10)) })}</p>
  );
}

function ToldItem({ item, ours }: { item: Statement; ours: boolean }): ReactElement {
  const t = useWords();
  const { minute } = useMoments();
  const looks = useLooks();
  return (
    <li className="contact">
      <p className="row small quiet">
        {t(`statement.${item.form}`)} · {minute(item.at)} · {t("stand.to")}
        {item.about.map((seat) => {
          const look = looks.get(seat);
          return look ? <PartyName key={seat} look={look} /> : null;
        })}
        {ours ? <b>{t("stand.toUs")}</b> : null}
      </p>
      <Account voice={item}>{item.text}</Account>
    </li>
  );
}

function StanceItem({ placed: { item, audience } }: { placed: Placed<Stance> }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const may = useMay();
  const { sitting } = useSnapshot();
  const { act, busy, refusal } = useActing();
  const joins =
    sitting &&
    !item.recorded &&
    item.seats.includes(sitting.seat) &&
    !item.joinedBy.includes(sitting.seat) &&
    may("StanceJoined", audience);
  return (
    <div className="contact stack-narrow">
      <h3>
        <bdi>{item.subject}</bdi>
      </h3>
      <p className="set-words">
        <bdi>{item.text}</bdi>
      </p>
      <p className="row small">
        {item.seats.map((seat) => {
          const look = looks.get(seat);
          return look ? (
            <span className="row" key={seat}>
              <PartyName look={look} />
              {item.recorded ? null : (
                <span className="quiet">
                  {t(item.joinedBy.includes(seat) ? "stand.joined" : "meet.notYet")}
                </span>
              )}
            </span>
          ) : null;
        })}
      </p>
      <SourceLine voice={item} />
      {joins ? (
        <>
          <Learns lesson={{ given: t(`audience.${audience}`) }} />
          <div className="acts">
            <Button
              className="button small primary"
              isDisabled={busy}
              onPress={() => void act({ kind: "StanceJoined", audience, body: { stance: item.id } })}
            >
              {t("stand.join")}
            </Button>
          </div>
        </>
      ) : null}
      <Refused why={refusal} />
    </div>
  );
}
