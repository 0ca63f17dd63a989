/** A contact to come: its terms, who has accepted, and what one's own side can do about it. */
import { type Appointment, calendarOf, holdsStance, isAgreed } from "@parley/core";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { ActButton } from "../../frame/act-button.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { PartyCode } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { SentForm } from "../../frame/sent-form.tsx";
import { useLanguages } from "../../messages/languages.ts";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { type Placed, useNow } from "../../source/beside.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { Participants } from "./participants.tsx";
import { Times } from "./times.tsx";

export function AppointmentItem({ placed }: { placed: Placed<Appointment> }): ReactElement {
  const t = useWords();
  const languages = useLanguages();
  const { item } = placed;
  const state = item.cancelled ? "cancelled" : isAgreed(item) ? "agreed" : "proposed";
  return (
    <li className="appointment stack-narrow" data-state={state}>
      <p className="small quiet">
        {t(`contact.${item.form}`)} · <b>{t(`meet.state.${state}`)}</b>
        {item.venue ? (
          <>
            {" · "}
            <bdi>{item.venue}</bdi>
          </>
        ) : null}
      </p>
      <h3>
        <bdi>{item.title}</bdi>
      </h3>
      <Times appointment={item} />
      <Participants placed={placed} />
      {item.agenda.length > 0 ? (
        <ul className="small agenda">
          {item.agenda.map(({ text, from }) => (
            <li key={text}>
              <bdi>{text}</bdi>
              {from ? <span className="quiet"> ({t("meet.handedOn")})</span> : null}
            </li>
          ))}
        </ul>
      ) : null}
      <dl className="terms small">
        <Term name={t("meet.languages")} words={languages(item.languages)} />
        <Term name={t("meet.confidentiality")} words={item.confidentiality} />
        <Term name={t("meet.press")} words={item.press} />
        {item.cancelled ? <Term name={t("meet.state.cancelled")} words={item.cancelled.reason} /> : null}
      </dl>
      {item.cancelled ? null : <Acts placed={placed} />}
    </li>
  );
}

export function Term({ name, words }: { name: string; words: string }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{words}</bdi>
      </dd>
    </div>
  );
}

/** A calendar file that the reader's own calendar opens. */
export function CalendarFile({
  appointments,
  label,
}: {
  appointments: readonly Appointment[];
  label: string;
}): ReactElement {
  const { people } = useSnapshot().state;
  const save = () => {
    const options = { name: people.title, host: location.hostname || "parley", exercise: people.exercise };
    const file = new Blob([calendarOf(appointments, options)], { type: "text/calendar" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = "contacts.ics";
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <Button className="button small" onPress={save}>
      {label}
    </Button>
  );
}

function Acts({ placed }: { placed: Placed<Appointment> }): ReactElement {
  const t = useWords();
  const { item, audience } = placed;
  const now = useNow();
  const looks = useLooks();
  const may = useMay();
  const { sitting, state } = useSnapshot();
  const { act, busy, refusal } = useActing();
  const [form, setForm] = useState<"move" | "cancel">();
  const ours = sitting !== undefined && item.parties.includes(sitting.seat);
  const agreed = isAgreed(item);
  const accept = ours && !item.acceptedBy.includes(sitting.seat) && may("ContactAccepted", audience);
  const changes = ours && may("ContactMoved", audience);
  const own = sitting && state.people.seats[sitting.seat];
  const helps = own !== undefined && !holdsStance(own);
  const over = agreed && (ours || helps) && item.begins <= now && may("ContactOpened", audience);
  const putOnRecord = () =>
    void act({
      kind: "ContactOpened",
      audience,
      body: {
        form: item.form,
        title: item.title,
        held: item.begins.slice(0, 10),
        ...(item.venue === undefined ? {} : { venue: item.venue }),
        parties: [...item.parties],
        participants: item.participants.map((person) => ({ ...person })),
        agenda: item.agenda.map(({ text }) => text),
        appointment: item.id,
      },
    });
  return (
    <>
      {accept || over ? <Learns lesson={{ given: t(`audience.${audience}`) }} /> : null}
      <div className="acts">
        {accept ? (
          <Button
            className="button small primary"
            isDisabled={busy}
            onPress={() =>
              void act({
                kind: "ContactAccepted",
                audience,
                body: { appointment: item.id, sequence: item.sequence },
              })
            }
          >
            {t("meet.accept")}
          </Button>
        ) : null}
        {over ? (
          <Button className="button small" isDisabled={busy} onPress={putOnRecord}>
            {t("meet.held")}
          </Button>
        ) : null}
        {changes ? (
          <>
            <Button className="button small" onPress={() => setForm(form === "move" ? undefined : "move")}>
              {t("meet.move")}
            </Button>
            <Button
              className="button small"
              onPress={() => setForm(form === "cancel" ? undefined : "cancel")}
            >
              {t("meet.cancel")}
            </Button>
          </>
        ) : null}
        <CalendarFile appointments={[item]} label={t("meet.calendar")} />
      </div>
      {accept ? (
        <p className="small quiet">
          {t("meet.waitsFor")}{" "}
          {item.parties
            .filter((party) => !item.acceptedBy.includes(party))
            .map((party) => {
              const look = looks.get(party);
              return look ? <PartyCode key={party} look={look} /> : null;
            })}
        </p>
      ) : null}
      {form ? <ChangeForm form={form} onDone={() => setForm(undefined)} placed={placed} /> : null}
      <Refused why={refusal} />
    </>
  );
}

function ChangeForm({
  placed: { item, audience },
  form,
  onDone,
}: {
  placed: Placed<Appointment>;
  form: "move" | "cancel";
  onDone: () => void;
}): ReactElement {
  const t = useWords();
  const { act, busy, refusal } = useActing();
  const [begins, setBegins] = useState(item.begins.slice(0, 16));
  const [ends, setEnds] = useState(item.ends.slice(0, 16));
  const [venue, setVenue] = useState(item.venue ?? "");
  const [reason, setReason] = useState("");
  const submit = async () => {
    const to = {
      begins: `${begins}:00.000Z`,
      ends: `${ends}:00.000Z`,
      ...(venue.trim() === "" ? {} : { venue: venue.trim() }),
    };
    const done =
      form === "move"
        ? await act({ kind: "ContactMoved", audience, body: { appointment: item.id, ...to, reason } })
        : await act({ kind: "ContactCancelled", audience, body: { appointment: item.id, reason } });
    if (done) onDone();
  };
  return (
    <SentForm className="stack-narrow" onSend={submit}>
      {form === "move" ? (
        <div className="pair">
          <Field label={t("meet.begins")} onChange={setBegins} type="datetime-local" value={begins} />
          <Field label={t("meet.ends")} onChange={setEnds} type="datetime-local" value={ends} />
          <Field className="field whole" label={t("meet.venue")} onChange={setVenue} value={venue} />
        </div>
      ) : null}
      <Field label={t("meet.reason")} onChange={setReason} value={reason} />
      <Learns lesson={{ given: t(`audience.${audience}`) }} />
      <ActButton
        busy={busy}
        label={t(form === "move" ? "meet.move.do" : "meet.cancel.do")}
        needs={[
          [t("meet.begins"), begins],
          [t("meet.ends"), ends],
          [t("meet.reason"), reason],
        ]}
      />
      <Refused why={refusal} />
    </SentForm>
  );
}
