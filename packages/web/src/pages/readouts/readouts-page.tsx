/** Who says what of the same contact: side by side before it and after, aligned by a person, and the history of a point. */
import { useSearch } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { Choose } from "../../frame/choose.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { PartyName } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { SentForm } from "../../frame/sent-form.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { useUnsent } from "../../source/unsent.ts";
import { ContactTabs, NoContact } from "../contacts/tabs.tsx";
import { Compared } from "./compared.tsx";
import { type Told, useTold } from "./told.ts";
import "../case/case.css";
import "../contacts/contacts.css";
import "./readouts.css";

export function ReadoutsPage(): ReactElement {
  const t = useWords();
  const { day } = useMoments();
  const all = useTold();
  const { contact: asked } = useSearch({ strict: false }) as { contact?: string };
  const [chosen, setChosen] = useState(asked);
  const told =
    all.find(({ id }) => id === chosen) ??
    all.find(({ accounts }) => accounts.length > 0) ??
    all.find(({ expected }) => expected.length > 0) ??
    all[0];
  return (
    <div className="page readouts-page stack-wide">
      <header className="page-head">
        <h1>{t("meet.readouts")}</h1>
        <ContactTabs />
      </header>
      {told ? (
        <>
          <Choose
            choices={all.map(({ id, title, when }) => ({
              id,
              name: t("said.beside", { what: title, beside: day(when.slice(0, 10)) }),
            }))}
            label={t("meet.contact")}
            onChoose={setChosen}
            value={told.id}
          />
          <Before key={`${told.id} before`} told={told} />
          {told.held ? <Accounts key={told.id} told={told} /> : null}
          <History all={all} />
        </>
      ) : (
        <NoContact />
      )}
    </div>
  );
}

/** What each side said it expected of the contact, before it. */
function Before({ told }: { told: Told }): ReactElement | null {
  const t = useWords();
  const may = useMay();
  const { sitting } = useSnapshot();
  const states =
    !told.held &&
    sitting &&
    told.parties.includes(sitting.seat) &&
    !told.expected.some(({ of }) => of === sitting.seat) &&
    may("StatementMade", told.audience);
  if (told.expected.length === 0 && told.held) return null;
  return (
    <section className="stack">
      <h2>{t("meet.before")}</h2>
      {told.expected.length === 0 ? (
        <p className="quiet">{t("meet.before.none")}</p>
      ) : (
        <Compared texts={told.expected} told={told} />
      )}
      {states ? <Say told={told} what="expectation" /> : null}
    </section>
  );
}

function Accounts({ told }: { told: Told }): ReactElement {
  const t = useWords();
  const may = useMay();
  const { sitting } = useSnapshot();
  const silent =
    sitting &&
    told.parties.includes(sitting.seat) &&
    !told.accounts.some(({ of }) => of === sitting.seat) &&
    may("ReadoutIssued", told.audience);
  return (
    <section className="stack">
      <h2>{t("meet.after")}</h2>
      {told.accounts.length === 0 ? (
        <p className="quiet">{t("meet.readouts.none")}</p>
      ) : (
        <Compared texts={told.accounts} told={told} />
      )}
      {silent ? <Say told={told} what="readout" /> : null}
    </section>
  );
}

/** One's own side's account, or what it expects; neither is changed once it is said. */
function Say({
  told: { id, audience },
  what,
}: {
  told: Told;
  what: "readout" | "expectation";
}): ReactElement {
  const t = useWords();
  const { act, busy, refusal } = useActing();
  const [text, setText] = useUnsent(`${what} ${id}`, "");
  const say = async () => {
    const said =
      what === "readout"
        ? await act({ kind: "ReadoutIssued", audience, body: { contact: id, text } })
        : await act({
            kind: "StatementMade",
            audience,
            body: { form: "expectation", text, about: [], appointment: id },
          });
    if (said) setText("");
  };
  return (
    <SentForm className="stack-narrow narrow" onSend={say}>
      <Field label={t(`meet.${what}.ours`)} onChange={setText} rows={5} value={text} />
      <Learns lesson={{ given: t(`audience.${audience}`) }} />
      <div className="acts">
        <Button className="button primary" isDisabled={busy || text.trim() === ""} type="submit">
          {t(`meet.${what}.do`)}
        </Button>
      </div>
      <Refused why={refusal} />
    </SentForm>
  );
}

/** What each side said about the same point, contact after contact. */
function History({ all }: { all: readonly Told[] }): ReactElement | null {
  const t = useWords();
  const { day } = useMoments();
  const looks = useLooks();
  const claims = all.flatMap(({ readings, expected, accounts, when }) =>
    readings.flatMap(({ points }) =>
      points.flatMap(({ subject, claims: said }) =>
        said.flatMap(({ readout, from, to }) => {
          const before = expected.find(({ id }) => id === readout);
          const of = before ?? accounts.find(({ id }) => id === readout);
          return of ? [{ subject, of, before, when, text: of.text.slice(from, to) }] : [];
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
    .filter((one, at, list) => list.findIndex((other) => sameClaim(one, other)) === at)
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
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
        {shown.map(({ of, when, before, text }) => {
          const look = of.of ? looks.get(of.of) : undefined;
          return (
            <li key={`${of.id} ${text}`}>
              <span className="small quiet">
                {day(when.slice(0, 10))}
                {before ? ` · ${t("meet.before")}` : ""}
              </span>{" "}
              {look ? <PartyName look={look} /> : null}
              <bdi>
                <q>{text}</q>
              </bdi>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

interface Claim {
  readonly of: { readonly id: string; readonly voice: { readonly at: string } };
  readonly before: object | undefined;
  readonly when: string;
  readonly text: string;
}

/** Two parties' readings may name the same words; they were said once. */
function sameClaim(one: Claim, other: Claim): boolean {
  return one.of.id === other.of.id && one.text === other.text;
}

/** What was expected of a contact comes before what was told of it. */
function orderOf({ of, before, when }: Claim): string {
  return `${when} ${before ? 0 : 1} ${of.voice.at}`;
}
