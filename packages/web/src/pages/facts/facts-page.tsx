/** What is reported, by whom, when? For a reader: nothing here can be changed, and every line has its source. */
import type { ReactElement } from "react";
import { PartyName } from "../../frame/party.tsx";
import { Notice } from "../../frame/states.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useLooks } from "../../source/case-context.tsx";
import { useView } from "../../source/view.ts";
import { Account, ContactItem, SourceLine } from "../case/contacts.tsx";
import "../case/case.css";

export function FactsPage(): ReactElement {
  const t = useWords();
  const { day } = useMoments();
  const looks = useLooks();
  const { contacts, statements, positions, stances } = useView();
  if (contacts.length + statements.length + positions.length + stances.length === 0) {
    return <Notice page={t("nav.facts")} kind="empty" title={t("facts.none")} />;
  }
  return (
    <div className="page narrow facts stack-wide">
      <header>
        <h1>{t("nav.facts")}</h1>
        <p className="quiet">{t("facts.what")}</p>
      </header>
      {contacts.length > 0 ? (
        <section>
          <h2>{t("case.contacts")}</h2>
          <ol className="list timeline">
            {contacts.map((contact) => (
              <ContactItem contact={contact} key={contact.id} />
            ))}
          </ol>
        </section>
      ) : null}
      {statements.length > 0 ? (
        <section>
          <h2>{t("facts.said")}</h2>
          <ol className="list timeline">
            {statements.map((statement) => (
              <li className="contact" key={statement.id}>
                <p className="small quiet">
                  {statement.said ? `${day(statement.said)} · ` : ""}
                  {t(`statement.${statement.form}`)}
                </p>
                {statement.speaker ? (
                  <p className="small">
                    {statement.speaker.name}, {statement.speaker.office}
                  </p>
                ) : null}
                <Account voice={statement}>{statement.text}</Account>
              </li>
            ))}
          </ol>
        </section>
      ) : null}
      {positions.length > 0 ? (
        <section>
          <h2>{t("facts.positions")}</h2>
          {positions.map((position) => (
            <div className="contact" key={position.id}>
              <h3>{position.subject}</h3>
              <Account voice={position}>{position.text}</Account>
            </div>
          ))}
        </section>
      ) : null}
      {stances.length > 0 ? (
        <section>
          <h2>{t("facts.stances")}</h2>
          {stances.map((stance) => (
            <div className="contact" key={stance.id}>
              <h3>{stance.subject}</h3>
              <p>{stance.text}</p>
              <p className="row small">
                {stance.seats.map((seat) => {
                  const look = looks.get(seat);
                  return look ? <PartyName key={seat} look={look} /> : null;
                })}
              </p>
              <SourceLine voice={stance} />
            </div>
          ))}
        </section>
      ) : null}
    </div>
  );
}
