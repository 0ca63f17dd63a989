/** What a contact that was held came to: words for the press that every party accepts, and how it ended. */
import type { Contact, ContactOutcome, PressLines } from "@parley/core";
import { type ReactElement, useState } from "react";
import { Button, Checkbox, CheckboxGroup, Label } from "react-aria-components";
import { ActButton } from "../../frame/act-button.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { PartyName } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { SentForm } from "../../frame/sent-form.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import type { Placed } from "../../source/beside.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { useUnsent } from "../../source/unsent.ts";

const outcomes: readonly ContactOutcome[] = [
  "readouts",
  "pressLines",
  "leftToMinisters",
  "leftToLeaders",
  "noResult",
];

/** Only for a party of the contact: nobody else speaks of how it ended. */
export function Ending({ placed }: { placed: Placed<Contact> }): ReactElement | null {
  const { sitting } = useSnapshot();
  const { item } = placed;
  if (!sitting || !item.parties.includes(sitting.seat) || item.recorded) return null;
  return (
    <>
      <OpenLines placed={placed} seat={sitting.seat} />
      {item.ended ? null : <End placed={placed} />}
    </>
  );
}

function OpenLines({
  placed: { item, audience },
  seat,
}: {
  placed: Placed<Contact>;
  seat: string;
}): ReactElement | null {
  const t = useWords();
  const may = useMay();
  const { act, busy, refusal } = useActing();
  const all = Object.values(item.pressLines);
  const open = all.filter(({ agreed }) => !agreed);
  const proposes = !all.some(({ agreed }) => agreed) && may("PressLinesProposed", audience);
  if (open.length === 0 && !proposes) return null;
  const accept = (lines: PressLines) =>
    void act({ kind: "PressLinesAccepted", audience, body: { contact: item.id, lines: lines.id } });
  return (
    <div className="stack-narrow">
      {open.map((lines) => (
        <div className="stack-narrow open-modalities" key={lines.id}>
          <p className="small">
            {t("meet.press.proposed")} <q>{lines.text}</q>
          </p>
          <Accepted item={item} lines={lines} />
          {!lines.acceptedBy.some((one) => one === seat) && may("PressLinesAccepted", audience) ? (
            <>
              <Learns lesson={{ given: t(`audience.${audience}`) }} />
              <div className="acts">
                <Button className="button small primary" isDisabled={busy} onPress={() => accept(lines)}>
                  {t("meet.press.accept")}
                </Button>
              </div>
            </>
          ) : null}
        </div>
      ))}
      <Refused why={refusal} />
      {proposes ? <ProposeLines audience={audience} contact={item.id} /> : null}
    </div>
  );
}

function ProposeLines({ contact, audience }: { contact: string; audience: Placed<Contact>["audience"] }) {
  const t = useWords();
  const { act, busy, refusal } = useActing();
  const [text, setText] = useUnsent(`press lines ${contact}`, "");
  const propose = async () => {
    if (await act({ kind: "PressLinesProposed", audience, body: { contact, text: text.trim() } }))
      setText("");
  };
  return (
    <details className="set-up">
      <summary>{t("meet.press.propose")}</summary>
      <SentForm className="stack-narrow" onSend={propose}>
        <Field label={t("meet.press.words")} onChange={setText} rows={2} value={text} />
        <Learns lesson={{ given: t(`audience.${audience}`) }} />
        <Button className="button primary" isDisabled={busy || text.trim() === ""} type="submit">
          {t("meet.press.do")}
        </Button>
        <Refused why={refusal} />
      </SentForm>
    </details>
  );
}

function Accepted({ item, lines }: { item: Contact; lines: PressLines }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  return (
    <p className="row small">
      {item.parties.map((party) => {
        const look = looks.get(party);
        return look ? (
          <span className="row" key={party}>
            <PartyName look={look} />
            <span className="quiet">
              {t(lines.acceptedBy.includes(party) ? "meet.accepted" : "meet.notYet")}
            </span>
          </span>
        ) : null;
      })}
    </p>
  );
}

function End({ placed: { item, audience } }: { placed: Placed<Contact> }): ReactElement | null {
  const t = useWords();
  const may = useMay();
  const { act, busy, refusal } = useActing();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [points, setPoints] = useState({ leftToMinisters: "", leftToLeaders: "" });
  if (!may("ContactEnded", audience)) return null;
  const listed = (key: keyof typeof points) => (chosen.includes(key) ? linesOf(points[key]) : []);
  const ministers = listed("leftToMinisters");
  const submit = () =>
    void act({
      kind: "ContactEnded",
      audience,
      body: {
        contact: item.id,
        outcomes: outcomes.filter((one) => chosen.includes(one)),
        pointsLeft: listed("leftToLeaders"),
        ...(ministers.length > 0 ? { pointsForMinisters: ministers } : {}),
      },
    });
  return (
    <details className="set-up">
      <summary>{t("meet.end")}</summary>
      <SentForm className="stack-narrow" onSend={submit}>
        <CheckboxGroup className="field" onChange={setChosen} value={[...chosen]}>
          <Label>{t("meet.end.how")}</Label>
          {outcomes.map((outcome) => (
            <Checkbox className="choice check" key={outcome} value={outcome}>
              {t(`outcome.${outcome}`)}
            </Checkbox>
          ))}
        </CheckboxGroup>
        {(["leftToMinisters", "leftToLeaders"] as const)
          .filter((key) => chosen.includes(key))
          .map((key) => (
            <Field
              key={key}
              label={t("meet.end.points", { to: t(`outcome.${key}`) })}
              onChange={(value) => setPoints({ ...points, [key]: value })}
              rows={2}
              value={points[key]}
            />
          ))}
        <Learns lesson={{ given: t(`audience.${audience}`) }} />
        <ActButton busy={busy} label={t("meet.end.do")} needs={[[t("meet.end.how"), chosen.length > 0]]} />
        <Refused why={refusal} />
      </SentForm>
    </details>
  );
}

function linesOf(words: string): string[] {
  return words
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
