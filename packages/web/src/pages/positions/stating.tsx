/** A party states what it holds; a recorder puts on record what is reported, with the source; principals tell the others. */
import { holdsStance, type RoomName } from "@parley/core";
import { type ReactElement, useState } from "react";
import { ActButton } from "../../frame/act-button.tsx";
import { Choose } from "../../frame/choose.tsx";
import { ChooseParties } from "../../frame/choose-parties.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { SentForm } from "../../frame/sent-form.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { useUnsent } from "../../source/unsent.ts";

const rooms: readonly RoomName[] = ["public", "consulted", "table"];
const provenances = ["stated", "imputed"] as const;
const noWords = { subject: "", text: "", by: "", date: "" };

/** The audiences of the sitting seat for a kind, widest first. */
function useAudiences(kind: "PositionStated" | "StatementMade"): readonly RoomName[] {
  const may = useMay();
  return rooms.filter((room) => may(kind, room));
}

export function StatePosition(): ReactElement | null {
  const t = useWords();
  const looks = useLooks();
  const { state, sitting } = useSnapshot();
  const audiences = useAudiences("PositionStated");
  const { act, busy, refusal } = useActing();
  const [words, setWords] = useUnsent("position", noWords);
  const [audience, setAudience] = useState<RoomName>();
  const [of, setOf] = useState<string>();
  const [provenance, setProvenance] = useState<(typeof provenances)[number]>("imputed");
  const given = audiences.find((one) => one === audience) ?? audiences[0];
  if (!sitting || !given) return null;
  const records = state.people.seats[sitting.seat]?.kind === "recorder";
  const owners = Object.values(state.people.seats).filter(({ id }) => id !== sitting.seat);
  const set = (key: keyof typeof words) => (value: string) => setWords({ ...words, [key]: value });
  const submit = async () => {
    const { subject, text, by, date } = words;
    const source = { of: of ?? owners[0]?.id ?? "", recorded: { by, date, provenance } };
    const done = await act({
      kind: "PositionStated",
      audience: given,
      body: { subject: subject.trim(), text: text.trim(), ...(records ? source : {}) },
    });
    if (done) setWords(by || date ? { ...noWords, by, date } : noWords);
  };
  return (
    <details className="set-up">
      <summary>{t(records ? "stand.record" : "stand.state")}</summary>
      <SentForm className="stack" onSend={submit}>
        {records ? (
          <Choose
            choices={owners.map(({ id }) => ({ id, name: looks.get(id)?.name ?? id }))}
            label={t("stand.of")}
            onChoose={setOf}
            value={of ?? owners[0]?.id}
          />
        ) : null}
        <Field label={t("stand.subject")} onChange={set("subject")} value={words.subject} />
        <Field label={t("stand.words")} onChange={set("text")} rows={3} value={words.text} />
        {records ? (
          <div className="pair">
            <Field label={t("stand.source")} onChange={set("by")} value={words.by} />
            <Field label={t("stand.source.day")} onChange={set("date")} type="date" value={words.date} />
            <Choose
              choices={provenances.map((id) => ({ id, name: t(`stand.provenance.${id}`) }))}
              label={t("stand.provenance")}
              onChoose={(id) => setProvenance(provenances.find((one) => one === id) ?? provenance)}
              value={provenance}
            />
          </div>
        ) : null}
        <GivenTo audiences={audiences} onChoose={setAudience} value={given} />
        <Learns lesson={{ given: t(`audience.${given}`) }} />
        <div className="acts">
          <ActButton
            busy={busy}
            label={t(records ? "stand.record.do" : "stand.state.do")}
            needs={[
              [t("stand.subject"), words.subject],
              [t("stand.words"), words.text],
              [t("stand.source"), !records || words.by],
              [t("stand.source.day"), !records || words.date],
            ]}
          />
        </div>
        <Refused why={refusal} />
      </SentForm>
    </details>
  );
}

function GivenTo({
  audiences,
  value,
  onChoose,
}: {
  audiences: readonly RoomName[];
  value: RoomName;
  onChoose: (audience: RoomName) => void;
}): ReactElement {
  const t = useWords();
  return (
    <Choose
      choices={audiences.map((id) => ({ id, name: t(`audience.${id}`) }))}
      label={t("meet.audience")}
      onChoose={(id) => onChoose(audiences.find((one) => one === id) ?? value)}
      value={value}
    />
  );
}

/** To one party or several, in words or as a question; all in the audience are given it. */
export function Communicate(): ReactElement | null {
  const t = useWords();
  const { state, sitting } = useSnapshot();
  const audiences = useAudiences("StatementMade");
  const { act, busy, refusal } = useActing();
  const [text, setText] = useUnsent("statement", "");
  const [form, setForm] = useState<"statement" | "question">("statement");
  const [to, setTo] = useState<readonly string[]>([]);
  const [audience, setAudience] = useState<RoomName>();
  const open = audiences.filter((one) => one !== "table");
  const given = open.find((one) => one === audience) ?? open.at(-1);
  const own = sitting && state.people.seats[sitting.seat];
  if (!given || !own || !holdsStance(own)) return null;
  const others = Object.values(state.people.seats).filter((seat) => seat.id !== own.id && holdsStance(seat));
  const submit = async () => {
    const body = { form, text: text.trim(), about: [...to] };
    if (await act({ kind: "StatementMade", audience: given, body })) setText("");
  };
  return (
    <details className="set-up">
      <summary>{t("stand.tell")}</summary>
      <SentForm className="stack" onSend={submit}>
        <ChooseParties among={others} chosen={to} label={t("stand.to")} onChoose={setTo} />
        <div className="pair">
          <Choose
            choices={(["statement", "question"] as const).map((id) => ({ id, name: t(`statement.${id}`) }))}
            label={t("meet.form")}
            onChoose={(id) => setForm(id === "question" ? "question" : "statement")}
            value={form}
          />
          <GivenTo audiences={open} onChoose={setAudience} value={given} />
        </div>
        <Field label={t("stand.words")} onChange={setText} rows={3} value={text} />
        <Learns lesson={{ given: t(`audience.${given}`) }} />
        <div className="acts">
          <ActButton
            busy={busy}
            label={t("stand.tell.do")}
            needs={[
              [t("stand.to"), to.length > 0],
              [t("stand.words"), text],
            ]}
          />
        </div>
        <Refused why={refusal} />
      </SentForm>
    </details>
  );
}
