/** Contacts on a timeline: participants, agenda, and each side's own account beside the other's, never merged. */
import type { Contact, ContactEnd, Voice } from "@parley/core";
import type { ReactElement, ReactNode } from "react";
import { PartyName } from "../../frame/party.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useLooks } from "../../source/case-context.tsx";
import { useView } from "../../source/view.ts";

export function Contacts(): ReactElement {
  const t = useWords();
  const { contacts } = useView();
  return (
    <section>
      <h2>{t("case.contacts")}</h2>
      {contacts.length === 0 ? (
        <p className="quiet">{t("contacts.none")}</p>
      ) : (
        <ol className="list timeline">
          {contacts.map((contact) => (
            <ContactItem contact={contact} key={contact.id} />
          ))}
        </ol>
      )}
    </section>
  );
}

export function ContactItem({
  contact,
  children,
}: {
  contact: Contact;
  /** What may be done about it. */
  children?: ReactNode;
}): ReactElement {
  const t = useWords();
  const { day } = useMoments();
  const looks = useLooks();
  return (
    <li className="contact">
      <p className="small quiet">
        {day(contact.held)} · {t(`contact.${contact.form}`)}
        {contact.venue ? (
          <>
            {" · "}
            <bdi>{contact.venue}</bdi>
          </>
        ) : null}
      </p>
      <h3>
        <bdi>{contact.title}</bdi>
      </h3>
      <p className="row small">
        {contact.parties.map((party) => {
          const look = looks.get(party);
          return look ? <PartyName key={party} look={look} /> : null;
        })}
      </p>
      {contact.participants.length > 0 ? (
        <p className="small">
          <bdi>
            {contact.participants.map(({ name, office }) => `${name}, ${office}`).join(t("said.semicolon"))}
          </bdi>
        </p>
      ) : null}
      {contact.agenda.length > 0 ? (
        <ul className="small agenda">
          {contact.agenda.map((item) => (
            <li key={item}>
              <bdi>{item}</bdi>
            </li>
          ))}
        </ul>
      ) : null}
      {contact.readouts.length > 0 ? (
        <div className="readouts">
          {contact.readouts.map((readout) => (
            <Account key={readout.id} voice={readout}>
              {readout.text}
            </Account>
          ))}
        </div>
      ) : null}
      {Object.values(contact.pressLines)
        .filter(({ agreed }) => agreed)
        .map((lines) => (
          <p className="small" key={lines.id}>
            {t("outcome.pressLines")}
            {t("said.colon")}
            <bdi>
              <q>{lines.text}</q>
            </bdi>
          </p>
        ))}
      {contact.ended ? <Ended ended={contact.ended} /> : null}
      <SourceLine voice={contact} />
      {children}
    </li>
  );
}

function Ended({ ended }: { ended: ContactEnd }): ReactElement {
  const t = useWords();
  const points = {
    leftToMinisters: ended.pointsForMinisters ?? [],
    leftToLeaders: ended.pointsLeft,
  } as const;
  return (
    <ul className="list small">
      {ended.outcomes.map((outcome) => {
        const left = outcome === "leftToMinisters" || outcome === "leftToLeaders" ? points[outcome] : [];
        return (
          <li key={outcome}>
            <b>{t(`outcome.${outcome}`)}</b>
            {left.length > 0 ? (
              <>
                {t("said.colon")}
                <bdi>{left.join(t("said.semicolon"))}</bdi>
              </>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

/** Somebody's own words, with whose they are and, where they were reported, by whom. */
export function Account({ voice, children }: { voice: Voice; children: string }): ReactElement {
  const looks = useLooks();
  const look = voice.of ? looks.get(voice.of) : undefined;
  return (
    <figure className="account">
      {look ? (
        <figcaption className="row">
          <PartyName look={look} />
          <OnRecord voice={voice} />
        </figcaption>
      ) : null}
      <blockquote>
        <bdi>{children}</bdi>
      </blockquote>
      <SourceLine voice={voice} />
    </figure>
  );
}

/** Since when a party's words are on record here. What was reported has the day of the report in its source. */
export function OnRecord({ voice }: { voice: Voice }): ReactElement | null {
  const t = useWords();
  const { day } = useMoments();
  if (voice.recorded) return null;
  return <span className="small quiet">{t("voice.onRecord", { day: day(voice.at.slice(0, 10)) })}</span>;
}

export function SourceLine({ voice }: { voice: Voice }): ReactElement | null {
  const t = useWords();
  const { day } = useMoments();
  const { recorded } = voice;
  if (!recorded) return null;
  const words = t(recorded.provenance === "stated" ? "source.stated" : "source.imputed", {
    by: recorded.by,
    day: day(recorded.date),
  });
  return <p className="small quiet source">{words}</p>;
}
