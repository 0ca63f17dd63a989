/** By side: whether it has accepted, and who comes for it. Each names its own people, and nobody the other's. */
import type { Appointment, Person } from "@parley/core";
import type { JsonObject } from "@parley/ledger";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { PartyName } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { SentForm } from "../../frame/sent-form.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import type { Placed } from "../../source/beside.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";

export function Participants({ placed }: { placed: Placed<Appointment> }): ReactElement | null {
  const t = useWords();
  const looks = useLooks();
  const may = useMay();
  const { sitting } = useSnapshot();
  const { item, audience } = placed;
  const [naming, setNaming] = useState(false);
  const stands = !item.cancelled && !item.held;
  const seat = sitting?.seat;
  const names = stands && seat && item.parties.includes(seat) && may("ParticipantsNamed", audience);
  const others = item.participants.filter((one) => !item.parties.some((party) => party === one.seat));
  return (
    <>
      <ul className="list small sides">
        {item.parties.map((party) => {
          const look = looks.get(party);
          const people = item.participants.filter((one) => one.seat === party);
          return (
            <li key={party}>
              {look ? <PartyName look={look} /> : null}{" "}
              <span className="quiet">
                {t(item.acceptedBy.includes(party) ? "meet.accepted" : "meet.notYet")}
              </span>
              {people.length > 0 ? (
                <span className="block">
                  <bdi>
                    {people.map(({ name, office }) => `${name}, ${office}`).join(t("said.semicolon"))}
                  </bdi>
                  {item.namedBy.includes(party) ? null : (
                    <span className="block quiet">
                      {t("meet.people.expected", { who: looks.get(item.by)?.name ?? item.by })}
                    </span>
                  )}
                </span>
              ) : (
                <span className="block quiet">{t("meet.people.none")}</span>
              )}
            </li>
          );
        })}
        {others.map(({ name, office }) => (
          <li key={name}>{`${name}, ${office}`}</li>
        ))}
      </ul>
      {names && !naming ? (
        <div className="acts">
          <Button className="button small" onPress={() => setNaming(true)}>
            {t("meet.people.name")}
          </Button>
        </div>
      ) : null}
      {names && naming ? <NamePeople onDone={() => setNaming(false)} placed={placed} seat={seat} /> : null}
    </>
  );
}

function NamePeople({
  placed: { item, audience },
  seat,
  onDone,
}: {
  placed: Placed<Appointment>;
  seat: string;
  onDone: () => void;
}): ReactElement {
  const t = useWords();
  const { act, busy, refusal } = useActing();
  const [words, setWords] = useState(linesOf(item.participants.filter((person) => person.seat === seat)));
  const submit = async () => {
    const body = { appointment: item.id, people: peopleOf(words, seat) };
    if (await act({ kind: "ParticipantsNamed", audience, body })) onDone();
  };
  return (
    <SentForm className="stack-narrow" onSend={submit}>
      <PeopleField onChange={setWords} value={words} />
      <Learns lesson={{ given: t(`audience.${audience}`) }} />
      <div className="acts">
        <Button className="button primary" isDisabled={busy} type="submit">
          {t("meet.people.do")}
        </Button>
        <Button className="button" onPress={onDone}>
          {t("act.cancel")}
        </Button>
      </div>
      <Refused why={refusal} />
    </SentForm>
  );
}

export function PeopleField({
  value,
  onChange,
}: {
  value: string;
  onChange: (value: string) => void;
}): ReactElement {
  const t = useWords();
  return <Field label={t("meet.people")} onChange={onChange} rows={2} value={value} />;
}

export function linesOf(people: readonly Person[]): string {
  return people.map(({ name, office }) => `${name}, ${office}`).join("\n");
}

/** One person a line: the name, and after a comma the office. */
export function peopleOf(words: string, seat: string): JsonObject[] {
  return words.split("\n").flatMap((line) => {
    const [name = "", ...office] = line.split(/[,،，]/).map((part) => part.trim());
    return name === "" ? [] : [{ name, office: office.join(", ") || "–", seat }];
  });
}
