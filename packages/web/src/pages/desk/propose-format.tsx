/**
 * A format of the parties' own: another one taken as it is and changed, or made from nothing. Every label and code is given in
 * each of its languages, so that both sides read the same form.
 */
import { type Format, type RoomName, startingFormats } from "@parley/core";
import { type ReactElement, useState } from "react";
import { Button, Checkbox, CheckboxGroup, Input, Label, TextArea, TextField } from "react-aria-components";
import { Choose } from "../../frame/choose.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { SentForm } from "../../frame/sent-form.tsx";
import { type Locale, localeNames, locales } from "../../messages/locales.ts";
import { useWords } from "../../messages/words.ts";
import { useActing } from "../../source/acting.ts";
import { useSnapshot } from "../../source/case-context.tsx";
import {
  bodyOf,
  clockNames,
  type FieldDraft,
  type FormatDraft,
  faultIn,
  fieldTypes,
  formatDraft,
  newField,
  purposes,
} from "./format-draft.ts";

export function ProposeFormat({
  formats,
  audiences,
}: {
  formats: readonly Format[];
  /** Those of our lines; a format is for the lines of its own audience. */
  audiences: readonly [RoomName, ...RoomName[]];
}): ReactElement {
  const t = useWords();
  const { act, busy, refusal } = useActing();
  const { people } = useSnapshot().state;
  const agreed = people.modalities[people.modalitiesInForce ?? ""]?.languages ?? [];
  const blank = () => formatDraft(undefined, agreed);
  const [from, setFrom] = useState("");
  const [wanted, setWanted] = useState<string>();
  const audience = audiences.find((one) => one === wanted) ?? audiences[0];
  const [draft, setDraft] = useState<FormatDraft>(blank);
  const known = [
    ...formats,
    ...startingFormats.filter(({ code }) => !formats.some((one) => one.code === code)),
  ];
  const set = (change: Partial<FormatDraft>) => setDraft({ ...draft, ...change });
  const setField = (at: number, field: FieldDraft | undefined) =>
    set({ fields: draft.fields.flatMap((one, i) => (i === at ? (field ?? []) : one)) });
  const fault = faultIn(draft);
  const submit = async () => {
    if (!(await act({ kind: "FormatProposed", audience, body: bodyOf(draft) }))) return;
    setFrom("");
    setDraft(blank());
  };
  return (
    <details className="set-up">
      <summary>{t("desk.format.propose")}</summary>
      <SentForm className="stack-narrow" onSend={submit}>
        <Choose
          choices={[
            { id: "", name: t("desk.format.from.nothing") },
            ...known.map(({ code, purpose }) => ({
              id: code,
              name: `${code} – ${t(`desk.purpose.${purpose}`)}`,
            })),
          ]}
          label={t("desk.format.from")}
          onChoose={(code) => {
            setFrom(code);
            setDraft(
              formatDraft(
                known.find((one) => one.code === code),
                agreed,
              ),
            );
          }}
          value={from}
        />
        <div className="pair">
          <Field label={t("desk.format.code")} onChange={(code) => set({ code })} value={draft.code} />
          <Choose
            choices={purposes.map((id) => ({ id, name: t(`desk.purpose.${id}`) }))}
            label={t("desk.format.purpose")}
            onChoose={(id) => set({ purpose: id as FormatDraft["purpose"] })}
            value={draft.purpose}
          />
        </div>
        <CheckboxGroup
          className="field"
          onChange={(list) => set({ languages: locales.filter((one) => list.includes(one)) })}
          value={[...draft.languages]}
        >
          <Label>{t("desk.format.languages")}</Label>
          <div className="row tight">
            {locales.map((locale) => (
              <Checkbox className="choice check" key={locale} value={locale}>
                {localeNames[locale]}
              </Checkbox>
            ))}
          </div>
        </CheckboxGroup>
        {draft.fields.map((field, at) => (
          <FieldForm
            field={field}
            // biome-ignore lint/suspicious/noArrayIndexKey: fields have no other name while they are being named
            key={at}
            languages={draft.languages}
            onChange={(changed) => setField(at, changed)}
          />
        ))}
        <div className="acts">
          <Button className="button small" onPress={() => set({ fields: [...draft.fields, newField] })}>
            {t("desk.format.add")}
          </Button>
        </div>
        <div className="pair">
          {clockNames.map((clock) => (
            <Field
              key={clock}
              label={t("desk.format.minutes", { what: t(`desk.clock.${clock}`) })}
              min={1}
              onChange={(minutes) => set({ clocks: { ...draft.clocks, [clock]: minutes } })}
              type="number"
              value={draft.clocks[clock]}
            />
          ))}
        </div>
        <Field label={t("desk.format.next")} onChange={(next) => set({ next })} rows={2} value={draft.next} />
        {fault ? <p className="small quiet">{t(`desk.format.fault.${fault}`)}</p> : null}
        {audiences.length > 1 ? (
          <Choose
            choices={audiences.map((id) => ({ id, name: t(`audience.${id}`) }))}
            label={t("meet.audience")}
            onChoose={setWanted}
            value={audience}
          />
        ) : null}
        <Learns lesson={{ given: t(`audience.${audience}`) }} />
        <div className="acts">
          <Button className="button primary" isDisabled={busy || fault !== undefined} type="submit">
            {t("desk.format.propose.do")}
          </Button>
        </div>
        <Refused why={refusal} />
      </SentForm>
    </details>
  );
}

function FieldForm({
  field,
  languages,
  onChange,
}: {
  field: FieldDraft;
  languages: readonly Locale[];
  onChange: (field: FieldDraft | undefined) => void;
}): ReactElement {
  const t = useWords();
  const set = (change: Partial<FieldDraft>) => onChange({ ...field, ...change });
  return (
    <fieldset className="field-form stack-narrow">
      <div className="pair">
        <Field label={t("desk.format.field")} onChange={(name) => set({ name })} value={field.name} />
        <Choose
          choices={fieldTypes.map((id) => ({ id, name: t(`desk.format.type.${id}`) }))}
          label={t("desk.format.type")}
          onChoose={(id) => set({ type: id as FieldDraft["type"] })}
          value={field.type}
        />
      </div>
      <Checkbox
        className="choice check"
        isSelected={field.required}
        onChange={(required) => set({ required })}
      >
        {t("desk.format.required")}
      </Checkbox>
      {languages.map((language) => (
        <div className="stack-narrow" key={language} lang={language}>
          <TextField
            className="field"
            onChange={(label) => set({ labels: { ...field.labels, [language]: label } })}
            value={field.labels[language] ?? ""}
          >
            <Label>{t("desk.format.words", { language: localeNames[language] })}</Label>
            <Input dir="auto" />
          </TextField>
          {field.type === "code" ? (
            <TextField
              className="field"
              onChange={(codes) => set({ codes: { ...field.codes, [language]: codes } })}
              value={field.codes[language] ?? ""}
            >
              <Label>{t("desk.format.codes", { language: localeNames[language] })}</Label>
              <TextArea dir="auto" rows={3} />
            </TextField>
          ) : null}
        </div>
      ))}
      <Button className="button small plain" onPress={() => onChange(undefined)}>
        {t("act.remove")}
      </Button>
    </fieldset>
  );
}
