/** What one's own side may do about a measure: only what the table of rights and the measure's own mandates allow. */
import { type EventKind, type Mandate, type Measure, measureState } from "@parley/core";
import { type ReactElement, useState } from "react";
import { ActButton } from "../../frame/act-button.tsx";
import { Choose } from "../../frame/choose.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { SentForm } from "../../frame/sent-form.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { type Placed, useNow } from "../../source/beside.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";

const kinds = [
  "MeasureUndertaken",
  "StartStated",
  "MeasureReported",
  "MonitoringReported",
  "MeasureVerified",
  "InvestigationReported",
  "AttributionMade",
  "MeasureDisputed",
  "MeasureSuspended",
  "MeasureResumed",
] as const satisfies readonly EventKind[];
type Kind = (typeof kinds)[number];

const mandateOf: Partial<Record<Kind, Mandate>> = {
  MonitoringReported: "monitoring",
  MeasureVerified: "verification",
  InvestigationReported: "investigation",
  AttributionMade: "attribution",
};
const byOwner: readonly Kind[] = [
  "MeasureUndertaken",
  "MeasureReported",
  "MeasureSuspended",
  "MeasureResumed",
];
const findings = ["complied", "notComplied", "inconclusive"] as const;

/** Acts that make no sense now, such as resuming what runs, are not offered; core judges what is sent. */
function fits(kind: Kind, measure: Measure, seat: string, now: string): boolean {
  const mandate = mandateOf[kind];
  if (mandate && !measure.mandates[mandate].some((one) => one === seat)) return false;
  if (byOwner.includes(kind) && measure.owner !== seat) return false;
  const undertaken = measure.acts.some(({ kind: done }) => done === "MeasureUndertaken");
  const suspended = measureState(measure, now) === "suspended";
  if (kind === "MeasureUndertaken") return !undertaken;
  if (kind === "MeasureResumed") return suspended;
  if (kind === "MeasureSuspended") return undertaken && !suspended;
  return ["MeasureReported", "MeasureVerified", "MeasureDisputed"].includes(kind) ? undertaken : true;
}

export function MeasureActs({
  placed: { item, audience },
}: {
  placed: Placed<Measure>;
}): ReactElement | null {
  const t = useWords();
  const looks = useLooks();
  const may = useMay();
  const now = useNow();
  const { sitting, state } = useSnapshot();
  const { act, busy, refusal } = useActing();
  const [chosen, setChosen] = useState<Kind>();
  const [text, setText] = useState("");
  const [evidence, setEvidence] = useState("");
  const [start, setStart] = useState("");
  const [finding, setFinding] = useState<(typeof findings)[number]>("inconclusive");
  const [to, setTo] = useState<string>();
  const offered = kinds.filter(
    (kind) => may(kind, audience) && sitting && fits(kind, item, sitting.seat, now),
  );
  const kind = offered.find((one) => one === chosen) ?? offered[0];
  if (!kind) return null;
  const wordless = kind === "MeasureUndertaken" || kind === "MeasureResumed" || kind === "StartStated";
  const reasoned = kind === "MeasureDisputed" || kind === "MeasureSuspended";
  const evident = !wordless && !reasoned;
  const seats = Object.keys(state.people.seats);
  const submit = async () => {
    const body = {
      measure: item.id,
      ...(kind === "StartStated" ? { start: `${start}:00.000Z` } : {}),
      ...(reasoned ? { reason: text } : {}),
      ...(evident ? { text } : {}),
      ...(evident && evidence.trim() ? { evidence } : {}),
      ...(kind === "MeasureVerified" ? { finding } : {}),
      ...(kind === "AttributionMade" ? { to: to ?? seats[0] ?? "" } : {}),
    };
    if (await act({ kind, audience, body })) {
      setText("");
      setEvidence("");
    }
  };
  return (
    <SentForm className="stack-narrow measure-acts" onSend={submit}>
      <h3>{t("measure.act")}</h3>
      <Choose
        choices={offered.map((id) => ({ id, name: t(`measure.do.${id}`) }))}
        label={t("measure.act.which")}
        onChoose={(id) => setChosen(offered.find((one) => one === id))}
        value={kind}
      />
      {kind === "StartStated" ? (
        <Field label={t("measure.start")} onChange={setStart} type="datetime-local" value={start} />
      ) : null}
      {kind === "MeasureVerified" ? (
        <Choose
          choices={findings.map((id) => ({ id, name: t(`measure.found.${id}`) }))}
          label={t("measure.found")}
          onChoose={(id) => setFinding(findings.find((one) => one === id) ?? finding)}
          value={finding}
        />
      ) : null}
      {kind === "AttributionMade" ? (
        <Choose
          choices={seats.map((id) => ({ id, name: looks.get(id)?.name ?? id }))}
          label={t("measure.to")}
          onChoose={setTo}
          value={to ?? seats[0]}
        />
      ) : null}
      {wordless ? null : (
        <Field
          label={t(reasoned ? "measure.reason" : "measure.words")}
          onChange={setText}
          rows={2}
          value={text}
        />
      )}
      {evident ? <Field label={t("measure.evidence.field")} onChange={setEvidence} value={evidence} /> : null}
      <Learns lesson={{ given: t(`audience.${audience}`) }} />
      <ActButton
        busy={busy}
        label={t(`measure.do.${kind}`)}
        needs={[
          [t("measure.start"), kind !== "StartStated" || start],
          [t(reasoned ? "measure.reason" : "measure.words"), wordless || text],
        ]}
      />
      <Refused why={refusal} />
    </SentForm>
  );
}
