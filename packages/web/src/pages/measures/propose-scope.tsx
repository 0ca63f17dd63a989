/** Another version of a measure's scope: classes of object, and an area drawn on the map or written as GeoJSON. */
import type { Measure, RoomName } from "@parley/core";
import { type ReactElement, useState } from "react";
import { ActButton } from "../../frame/act-button.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { SentForm } from "../../frame/sent-form.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { AreaField, areaIn, noArea } from "./area-field.tsx";
import { frameOf, ringsOf } from "./scope-map.tsx";

export function ProposeScope({
  measure,
  audience,
}: {
  measure: Measure;
  audience: RoomName;
}): ReactElement | null {
  const t = useWords();
  const may = useMay();
  const { act, busy, refusal } = useActing();
  const last = measure.scopes.at(-1);
  const [words, setWords] = useState(last?.classes.join("\n") ?? "");
  const [area, setArea] = useState(last?.area ? { ...noArea, text: JSON.stringify(last.area) } : noArea);
  const [reason, setReason] = useState("");
  if (!may("ScopeProposed", audience)) return null;
  const classes = classesOf(words);
  const drawn = areaIn(area);
  const submit = async () => {
    const scope = { classes, ...(drawn ? { area: drawn } : {}) };
    const done = await act({
      kind: "ScopeProposed",
      audience,
      body: { measure: measure.id, scope, reason: reason.trim() },
    });
    if (done) setReason("");
  };
  return (
    <details className="set-up">
      <summary>{t("measure.scope.propose")}</summary>
      <SentForm className="stack-narrow" onSend={submit}>
        <Field label={t("measure.classes.lines")} onChange={setWords} rows={3} value={words} />
        <AreaField
          area={area}
          frame={frameOf(measure.scopes.flatMap((scope) => ringsOf(scope.area)))}
          onChange={setArea}
        />
        <Field label={t("measure.reason")} onChange={setReason} value={reason} />
        <Learns lesson={{ given: t(`audience.${audience}`) }} />
        <div className="acts">
          <ActButton
            busy={busy}
            label={t("measure.scope.propose.do")}
            needs={[
              [t("measure.lacks.scope"), classes.length > 0 || drawn !== undefined],
              [t("measure.reason"), reason],
            ]}
          />
        </div>
        <Refused why={refusal} />
      </SentForm>
    </details>
  );
}

/** One class of object a line. */
export function classesOf(words: string): string[] {
  return words
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
