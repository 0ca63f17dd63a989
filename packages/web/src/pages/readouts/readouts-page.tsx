/** Who says what of the same contact: accounts side by side, claims aligned by a person, and the history of a point. */
import type { AlignedPoint, Contact } from "@parley/core";
import { useSearch } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { Button, Label, TextArea, TextField } from "react-aria-components";
import { Choose } from "../../frame/choose.tsx";
import { Learns } from "../../frame/learns.tsx";
import { PartyCode, PartyName } from "../../frame/party.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import type { Placed } from "../../source/beside.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { useView } from "../../source/view.ts";
import { useContacts } from "../contacts/chain-state.ts";
import { ContactTabs } from "../contacts/tabs.tsx";
import { Align } from "./align.tsx";
import { readoutsOf, saidOf } from "./claims.ts";
import { SideBySide } from "./side-by-side.tsx";
import "../case/case.css";
import "../contacts/contacts.css";
import "./readouts.css";

export function ReadoutsPage(): ReactElement {
  const t = useWords();
  const { day } = useMoments();
  const contacts = useContacts();
  const { contact: asked } = useSearch({ strict: false }) as { contact?: string };
  const ordered = [...contacts].sort((a, b) => (a.item.held < b.item.held ? 1 : -1));
  const [chosen, setChosen] = useState(asked);
  const told = useTold(contacts);
  const placed =
    ordered.find(({ item }) => item.id === chosen) ??
    ordered.find(({ item }) => told.has(item.id)) ??
    ordered[0];
  return (
    <div className="page readouts-page stack-wide">
      <header className="page-head">
        <h1>{t("meet.readouts")}</h1>
        <ContactTabs />
      </header>
      {placed ? (
        <>
          <Choose
            choices={ordered.map(({ item }) => ({ id: item.id, name: `${item.title}, ${day(item.held)}` }))}
            label={t("meet.contact")}
            onChoose={setChosen}
            value={placed.item.id}
          />
          <Before contact={placed.item} />
          <Accounts key={placed.item.id} placed={placed} />
          <History contacts={contacts} />
        </>
      ) : (
        <p className="quiet">{t("contacts.none")}</p>
      )}
    </div>
  );
}

/** Contacts of which at least one side gave an account, or an expectation beforehand. */
function useTold(contacts: readonly Placed<Contact>[]): ReadonlySet<string> {
  const { statements } = useView();
  const expected = statements.flatMap(({ form, contact }) =>
    form === "expectation" && contact ? [contact] : [],
  );
  return new Set([
    ...contacts.filter(({ item }) => item.readouts.length > 0).map(({ item }) => item.id),
    ...expected,
  ]);
}

/** What each side said it expected of the contact, before it. */
function Before({ contact }: { contact: Contact }): ReactElement | null {
  const t = useWords();
  const { statements } = useView();
  const expected = statements
    .filter((one) => one.form === "expectation" && one.contact === contact.id)
    .map((one) => saidOf(one));
  if (expected.length === 0) return null;
  return (
    <section className="stack-narrow">
      <h2>{t("meet.before")}</h2>
      <SideBySide all={expected} onPick={undefined} picked={[]} points={[]} />
    </section>
  );
}

function Accounts({ placed }: { placed: Placed<Contact> }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const may = useMay();
  const { sitting } = useSnapshot();
  const { item: contact, audience } = placed;
  const readings = Object.values(contact.alignments);
  const [reader, setReader] = useState(readings[0]?.by as string | undefined);
  const [aligning, setAligning] = useState(false);
  const reading = readings.find(({ by }) => by === reader) ?? readings[0];
  const points = reading?.points ?? [];
  const own = readings.find(({ by }) => by === sitting?.seat);
  const ours = sitting && contact.parties.includes(sitting.seat);
  const silent = ours && !contact.readouts.some(({ of }) => of === sitting.seat);
  return (
    <section className="stack">
      <h2>{t("meet.after")}</h2>
      {contact.readouts.length === 0 ? <p className="quiet">{t("meet.readouts.none")}</p> : null}
      {aligning ? (
        <Align before={own?.points ?? []} onDone={() => setAligning(false)} placed={placed} />
      ) : (
        <>
          {contact.readouts.length > 0 ? (
            <p className="small quiet">{t(readings.length > 0 ? "meet.marks" : "meet.marks.none")}</p>
          ) : null}
          <SideBySide all={readoutsOf(contact)} onPick={undefined} picked={[]} points={points} />
          {readings.length > 1 ? (
            <Choose
              choices={readings.map(({ by }) => ({ id: by, name: looks.get(by)?.name ?? by }))}
              label={t("meet.reading")}
              onChoose={setReader}
              value={reading?.by}
            />
          ) : null}
          {reading ? (
            <Points placed={placed} points={points} reader={looks.get(reading.by)?.name ?? reading.by} />
          ) : null}
          {contact.readouts.length > 1 && may("ReadoutsAligned", audience) ? (
            <Button className="button" onPress={() => setAligning(true)}>
              {t(own ? "meet.align.again" : "meet.align")}
            </Button>
          ) : null}
        </>
      )}
      {silent && may("ReadoutIssued", audience) ? <IssueReadout placed={placed} /> : null}
    </section>
  );
}

/** Of what one side alone says: which side. */
function Owners({ placed, point }: { placed: Placed<Contact>; point: AlignedPoint }): ReactElement | null {
  const looks = useLooks();
  if (point.relation !== "one") return null;
  const of = placed.item.readouts.find(({ id }) => id === point.claims[0]?.readout)?.of;
  const look = of ? looks.get(of) : undefined;
  return look ? <PartyCode look={look} /> : null;
}

function Points({
  placed,
  points,
  reader,
}: {
  placed: Placed<Contact>;
  points: readonly AlignedPoint[];
  reader: string;
}): ReactElement {
  const t = useWords();
  return (
    <table className="points">
      <caption>{t("meet.points", { party: reader })}</caption>
      <tbody>
        {points.map((point, index) => (
          <tr data-relation={point.relation} key={`${point.subject} ${point.claims[0]?.from}`}>
            <td>{index + 1}</td>
            <th scope="row">{point.subject}</th>
            <td>
              {t(`meet.relation.${point.relation}`)} <Owners placed={placed} point={point} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function IssueReadout({ placed: { item, audience } }: { placed: Placed<Contact> }): ReactElement {
  const t = useWords();
  const { act, busy, refusal } = useActing();
  const [text, setText] = useState("");
  return (
    <form
      className="stack-narrow narrow"
      onSubmit={(event) => {
        event.preventDefault();
        void act({ kind: "ReadoutIssued", audience, body: { contact: item.id, text } });
      }}
    >
      <TextField className="field" onChange={setText} value={text}>
        <Label>{t("meet.readout.ours")}</Label>
        <TextArea rows={5} />
      </TextField>
      <Learns lesson={{ given: t(`audience.${audience}`) }} />
      <Button className="button primary" isDisabled={busy || text.trim() === ""} type="submit">
        {t("meet.readout.do")}
      </Button>
      {refusal ? (
        <p className="fault" role="alert">
          {refusal}
        </p>
      ) : null}
    </form>
  );
}

/** What each side said about the same point, contact after contact. */
function History({ contacts }: { contacts: readonly Placed<Contact>[] }): ReactElement | null {
  const t = useWords();
  const { day } = useMoments();
  const looks = useLooks();
  const claims = contacts.flatMap(({ item }) =>
    Object.values(item.alignments).flatMap(({ points }) =>
      points.flatMap(({ subject, claims: said }) =>
        said.flatMap(({ readout, from, to }) => {
          const of = item.readouts.find(({ id }) => id === readout);
          return of ? [{ subject, of, held: item.held, text: of.text.slice(from, to) }] : [];
        }),
      ),
    ),
  );
  const subjects = [...new Set(claims.map(({ subject }) => subject))];
  const [chosen, setChosen] = useState<string>();
  const subject = subjects.find((one) => one === chosen) ?? subjects[0];
  if (subject === undefined) return null;
  const shown = claims
    .filter((one) => one.subject === subject)
    .sort((a, b) => (a.held + a.of.at < b.held + b.of.at ? -1 : 1));
  return (
    <section className="stack-narrow">
      <h2>{t("meet.history")}</h2>
      <Choose
        choices={subjects.map((id) => ({ id, name: id }))}
        label={t("meet.history.point")}
        onChoose={setChosen}
        value={subject}
      />
      <ol className="list history">
        {shown.map(({ of, held, text }) => {
          const look = of.of ? looks.get(of.of) : undefined;
          return (
            <li key={`${of.id} ${text}`}>
              <span className="small quiet">{day(held)}</span> {look ? <PartyName look={look} /> : null}
              <q>{text}</q>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
