/** Proposing a contact: form, time, venue, who, languages, rules, and the points that earlier contacts left to it. */
import {
  type ContactForm,
  itemOf,
  meetingFor,
  type Notification,
  type Room,
  type RoomName,
  roomsOf,
  type SeatId,
} from "@parley/core";
import { type ComponentProps, type ReactElement, useState } from "react";
import { Checkbox, CheckboxGroup, Input, Label, TextField } from "react-aria-components";
import { ActButton } from "../../frame/act-button.tsx";
import { Choose } from "../../frame/choose.tsx";
import { ChooseParties } from "../../frame/choose-parties.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { SentForm } from "../../frame/sent-form.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { type Placed, usePlaced } from "../../source/beside.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { useUnsent } from "../../source/unsent.ts";
import { useDeskWords } from "../desk/words.ts";
import { type ChainLink, pointsLeft } from "./chain-state.ts";
import { PeopleField, peopleOf } from "./participants.tsx";
import { isZone } from "./times.tsx";

const forms: readonly ContactForm[] = ["call", "meeting", "ministerial", "summit", "proximity", "letter"];
const audiences: readonly RoomName[] = ["public", "consulted", "table"];

const needed = ["title", "begins", "ends", "languages", "confidentiality", "press"] as const;
const lines = { look: "low", rows: 2 } as const;

function isWritten(words: { readonly title: string; readonly agenda: string } | undefined): boolean {
  return [words?.title, words?.agenda].some((said) => said?.trim());
}

export function ProposeContact({ chain }: { chain: readonly ChainLink[] }): ReactElement | null {
  const t = useWords();
  const looks = useLooks();
  const may = useMay();
  const { state, sitting } = useSnapshot();
  const { people } = state;
  const inForce = people.modalities[people.modalitiesInForce ?? ""];
  const { act, busy, refusal } = useActing();
  const [form, setForm] = useState<ContactForm>("meeting");
  const [wanted, setWanted] = useState<RoomName>("table");
  const begun = {
    title: "",
    begins: "",
    ends: "",
    venue: inForce?.venue ?? "",
    languages: inForce?.languages.join(", ") ?? "",
    confidentiality: inForce?.confidentiality ?? "",
    press: inForce?.press ?? "",
    agenda: "",
    people: "",
  };
  const [kept, setWords] = useUnsent<typeof begun | undefined>("contact", undefined, isWritten);
  const words = kept ?? begun;
  const seats = Object.values(people.seats).filter(
    ({ kind, taken }) => taken && kind !== "observer" && kind !== "recorder",
  );
  const [parties, setParties] = useState<readonly string[]>(
    seats.filter(({ kind }) => kind === "principal").map(({ id }) => id),
  );
  // Whoever is to take part is given what it takes part in.
  const fitting = audiences.filter(
    (one) =>
      may("ContactProposed", one) && parties.every((seat) => roomsOf(people, seat as SeatId).includes(one)),
  );
  const audience = fitting.find((one) => one === wanted) ?? fitting.at(-1) ?? "public";
  const [zones, setZones] = useState<Readonly<Record<string, string>>>({});
  const open = pointsLeft(chain).filter(({ from }) => from.contact?.audience === audience);
  const [handed, setHanded] = useState<readonly string[]>([]);
  const requests = useRequests().filter((one) => one.audience === audience);
  const [requested, setRequested] = useState("");
  if (!sitting || !may("ContactProposed", "public")) return null;
  const set = (key: keyof typeof words) => (value: string) => setWords({ ...words, [key]: value });
  const field = (key: keyof typeof words, look?: Omit<ComponentProps<typeof Field>, "label">) => (
    <Field label={t(`meet.${key}`)} onChange={set(key)} value={words[key]} {...look} />
  );
  const named = Object.entries(zones).filter(([seat, zone]) => parties.includes(seat) && zone.trim());
  const submit = async () => {
    const own = words.agenda
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean)
      .map((text) => ({ text }));
    const passed = open
      .filter(({ text }) => handed.includes(text))
      .map(({ text, from }) => ({ text, from: from.id }));
    const done = await act({
      kind: "ContactProposed",
      audience,
      body: {
        form,
        title: words.title.trim(),
        begins: `${words.begins}:00.000Z`,
        ends: `${words.ends}:00.000Z`,
        ...(words.venue.trim() ? { venue: words.venue.trim() } : {}),
        parties: [...parties],
        participants: peopleOf(words.people, sitting.seat),
        languages: words.languages.split(/[\s,;]+/).filter(Boolean),
        confidentiality: words.confidentiality,
        press: words.press,
        agenda: [...passed, ...own],
        ...(requests.some(({ item }) => item.id === requested) ? { requested } : {}),
        ...(named.length > 0 ? { zones: Object.fromEntries(named) } : {}),
      },
    });
    if (done) setWords({ ...words, title: "", agenda: "" });
  };
  return (
    <details className="set-up">
      <summary>{t("meet.propose")}</summary>
      <SentForm className="stack" onSend={submit}>
        <div className="pair">
          <Choose
            choices={forms.map((id) => ({ id, name: t(`contact.${id}`) }))}
            label={t("meet.form")}
            onChoose={(id) => setForm(forms.find((one) => one === id) ?? form)}
            value={form}
          />
          <Choose
            choices={fitting.map((id) => ({ id, name: t(`audience.${id}`) }))}
            label={t("meet.audience")}
            onChoose={(id) => setWanted(audiences.find((one) => one === id) ?? audience)}
            value={audience}
          />
        </div>
        {field("title")}
        <div className="pair">
          {field("begins", { type: "datetime-local" })}
          {field("ends", { type: "datetime-local" })}
        </div>
        {field("venue")}
        <ChooseParties among={seats} chosen={parties} label={t("meet.parties")} onChoose={setParties} />
        <div className="pair">
          {parties.map((seat) => (
            <TextField
              className="field"
              key={seat}
              onChange={(zone) => setZones({ ...zones, [seat]: zone })}
              value={zones[seat] ?? ""}
            >
              <Label>{t("meet.zone", { party: looks.get(seat)?.name ?? seat })}</Label>
              <Input list="time-zones" placeholder="Europe/Helsinki" />
            </TextField>
          ))}
        </div>
        <datalist id="time-zones">
          {Intl.supportedValuesOf("timeZone").map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        <PeopleField onChange={set("people")} value={words.people} />
        {field("languages")}
        {field("confidentiality", lines)}
        {field("press", lines)}
        {requests.length > 0 ? (
          <Choose
            choices={[
              { id: "", name: t("meet.requested.none") },
              ...requests.map(({ item, name }) => ({ id: item.id, name })),
            ]}
            label={t("meet.requested")}
            onChoose={setRequested}
            value={requested}
          />
        ) : null}
        {open.length > 0 ? (
          <CheckboxGroup className="field" onChange={setHanded} value={[...handed]}>
            <Label>{t("meet.left")}</Label>
            {open.map(({ text, to, from, taken }) => (
              <Checkbox className="choice check" key={`${from.id} ${text}`} value={text}>
                <span>
                  {text}{" "}
                  <span className="quiet small">
                    {t(`outcome.${to === "leaders" ? "leftToLeaders" : "leftToMinisters"}`)}.{" "}
                    {taken ? t("meet.takenBy", { what: taken.title }) : from.title}
                  </span>
                </span>
              </Checkbox>
            ))}
          </CheckboxGroup>
        ) : null}
        {field("agenda", { rows: 3 })}
        <Learns lesson={{ given: t(`audience.${audience}`) }} />
        <ActButton
          busy={busy}
          label={t("meet.propose.do")}
          needs={[
            ...needed.map((key) => [t(`meet.${key}`), words[key]] as const),
            [t("act.lacks.parties"), parties.length >= 2],
            ...named.map(
              ([seat, zone]) =>
                [t("meet.zone", { party: looks.get(seat)?.name ?? seat }), isZone(zone.trim())] as const,
            ),
          ]}
        />
        <Refused why={refusal} />
      </SentForm>
    </details>
  );
}

const notifications = (room: Room): Room["notifications"] => room.notifications;

/** Messages over a line that ask for a meeting, as long as none was proposed for them. */
function useRequests(): readonly (Placed<Notification> & { readonly name: string })[] {
  const { utc, line } = useDeskWords();
  return usePlaced(notifications).flatMap((placed) => {
    const { item, room } = placed;
    const format = itemOf(room.formats, item.format);
    if (format?.clocks.meet === undefined || meetingFor(room, item.id)) return [];
    return [{ ...placed, name: `${utc(item.at)} UTC ${format.code} ${line(format, item.fields)}` }];
  });
}
