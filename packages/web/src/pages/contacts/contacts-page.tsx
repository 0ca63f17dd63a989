/** What led here, and what comes: the chain of contacts, those to come with their terms, and the rules agreed for all. */
import type { ReactElement } from "react";
import { useWords } from "../../messages/words.ts";
import { ContactItem } from "../case/contacts.tsx";
import { AppointmentItem, CalendarFile } from "./appointment-item.tsx";
import { Chain } from "./chain.tsx";
import { useChain } from "./chain-state.ts";
import { Ending } from "./ending.tsx";
import { FeedSection } from "./feed.tsx";
import { ModalitiesSection } from "./modalities.tsx";
import { ProposeContact } from "./propose-contact.tsx";
import { ContactTabs, NoContact } from "./tabs.tsx";
import "../case/case.css";
import "./contacts.css";

export function ContactsPage(): ReactElement {
  const t = useWords();
  const chain = useChain();
  const toCome = chain.flatMap(({ appointment }) => appointment ?? []);
  const held = chain.flatMap(({ contact }) => contact ?? []);
  const calendar = toCome.map(({ item }) => item);
  return (
    <div className="page contacts-page stack-wide">
      <header className="page-head">
        <h1>{t("nav.contacts")}</h1>
        <ContactTabs />
      </header>
      {chain.length === 0 ? <NoContact /> : <Chain chain={chain} />}
      <div className="contacts-grid">
        <div className="stack-wide">
          <section className="stack">
            <div className="row spread">
              <h2>{t("meet.toCome")}</h2>
              {calendar.length > 1 ? (
                <CalendarFile appointments={calendar} label={t("meet.calendar.all")} />
              ) : null}
            </div>
            {toCome.length === 0 ? <p className="quiet">{t("meet.toCome.none")}</p> : null}
            <ol className="list stack">
              {toCome.map((placed) => (
                <AppointmentItem key={placed.item.id} placed={placed} />
              ))}
            </ol>
            <ProposeContact chain={chain} />
          </section>
          {held.length > 0 ? (
            <section className="stack">
              <h2>{t("meet.held.list")}</h2>
              <ol className="list timeline">
                {held.map((placed) => (
                  <ContactItem contact={placed.item} key={placed.item.id}>
                    <Ending placed={placed} />
                  </ContactItem>
                ))}
              </ol>
            </section>
          ) : null}
        </div>
        <div className="stack-wide">
          <ModalitiesSection />
          <FeedSection />
        </div>
      </div>
    </div>
  );
}
