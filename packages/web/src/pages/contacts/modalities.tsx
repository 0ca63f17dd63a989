/** The agreed how: who, where, in which languages, what stays at the table, what the press is told. */
import { isRecorded, type Modalities, principals } from "@parley/core";
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
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { termsOf } from "../../source/terms.ts";
import { Term } from "./appointment-item.tsx";

export function ModalitiesSection(): ReactElement | null {
  const t = useWords();
  const may = useMay();
  const { people } = useSnapshot().state;
  const inForce = people.modalities[people.modalitiesInForce ?? ""];
  const open = Object.values(people.modalities).filter(
    ({ id, acceptedBy }) =>
      id !== people.modalitiesInForce && principals(people).some((one) => !acceptedBy.includes(one)),
  );
  // Who wrote down what was reported agreed nothing.
  if (isRecorded(people) && !inForce) return null;
  return (
    <section className="stack">
      <h2>{t("meet.modalities")}</h2>
      {inForce ? <Terms modalities={inForce} /> : <p className="quiet">{t("meet.modalities.none")}</p>}
      {open.map((one) => (
        <OpenModalities key={one.id} modalities={one} />
      ))}
      {may("ModalitiesProposed", "public") ? <ProposeModalities before={inForce} /> : null}
    </section>
  );
}

function Terms({ modalities }: { modalities: Modalities }): ReactElement {
  const t = useWords();
  const languages = useLanguages();
  return (
    <dl className="terms small">
      {termsOf(modalities, languages).map(({ name, words }) => (
        <Term key={name} name={t(name)} words={words} />
      ))}
    </dl>
  );
}

function OpenModalities({ modalities }: { modalities: Modalities }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const may = useMay();
  const { sitting } = useSnapshot();
  const { act, busy, refusal } = useActing();
  const ours = sitting && !modalities.acceptedBy.includes(sitting.seat);
  return (
    <article className="stack-narrow open-modalities">
      <h3>{t("meet.modalities.open")}</h3>
      <Terms modalities={modalities} />
      <p className="row small">
        {t("meet.accepted")}
        {t("said.colon")}
        {modalities.acceptedBy.map((seat) => {
          const look = looks.get(seat);
          return look ? <PartyCode key={seat} look={look} /> : null;
        })}
      </p>
      {ours && may("ModalitiesAccepted", "public") ? (
        <>
          <Learns lesson={{ given: t("audience.public") }} />
          <Button
            className="button small primary"
            isDisabled={busy}
            onPress={() => void act({ kind: "ModalitiesAccepted", body: { modalities: modalities.id } })}
          >
            {t("meet.accept")}
          </Button>
        </>
      ) : null}
      <Refused why={refusal} />
    </article>
  );
}

const keys = ["participation", "venue", "languages", "confidentiality", "press", "retention"] as const;

function ProposeModalities({ before }: { before: Modalities | undefined }): ReactElement {
  const t = useWords();
  const { act, busy, refusal } = useActing();
  const [words, setWords] = useState<Readonly<Record<(typeof keys)[number], string>>>({
    participation: before?.participation ?? "",
    venue: before?.venue ?? "",
    languages: before?.languages.join(", ") ?? "",
    confidentiality: before?.confidentiality ?? "",
    press: before?.press ?? "",
    retention: before?.retention ?? "",
  });
  const submit = () => {
    const { languages, ...rest } = words;
    const list = languages.split(/[\s,;]+/).filter(Boolean);
    void act({
      kind: "ModalitiesProposed",
      body: {
        ...rest,
        languages: list,
        ...(before?.answerDaysMax === undefined ? {} : { answerDaysMax: before.answerDaysMax }),
      },
    });
  };
  return (
    <details className="set-up">
      <summary>{t(before ? "meet.modalities.propose" : "meet.modalities.first")}</summary>
      <SentForm className="stack" onSend={submit}>
        {keys.map((key) => (
          <Field
            key={key}
            label={t(`meet.${key}`)}
            onChange={(value) => setWords({ ...words, [key]: value })}
            value={words[key]}
            {...(key === "languages" ? {} : { look: "low", rows: 2 })}
          />
        ))}
        <Learns lesson={{ given: t("audience.public") }} />
        <ActButton
          busy={busy}
          label={t("meet.modalities.propose.do")}
          needs={keys.map((key) => [t(`meet.${key}`), words[key]])}
        />
        <Refused why={refusal} />
      </SentForm>
    </details>
  );
}
