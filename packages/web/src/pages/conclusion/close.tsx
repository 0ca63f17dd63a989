/** Every principal closes the same: as what, binding or not, and which text in each authentic language. */

import type { Closing } from "@parley/core";
import { type Draft, parseMarkdown, renderMarkdown, TextError } from "@parley/text";
import { type ReactElement, useState } from "react";
import { Button, FileTrigger, Input, Label, TextField } from "react-aria-components";
import { Choose } from "../../frame/choose.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useLanguages } from "../../messages/languages.ts";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import type { No } from "../../source/no.ts";
import type { TextView } from "../../source/text-view.ts";

const instruments: readonly Closing["instrument"][] = [
  "jointStatement",
  "parallelStatements",
  "memorandum",
  "treaty",
];
const bindings: readonly Closing["binding"][] = ["notBinding", "binding"];

export function Close({
  view,
  draft,
  settled,
  waits,
}: {
  view: TextView;
  draft: Draft;
  settled: string;
  waits: boolean;
}): ReactElement | null {
  const t = useWords();
  const looks = useLooks();
  const { sitting } = useSnapshot();
  const { text, audience } = view;
  const may = useMay(text);
  const languages = useLanguages();
  const { act, busy, refusal, done } = useActing();
  const [instrument, setInstrument] = useState<Closing["instrument"]>("memorandum");
  const [binding, setBinding] = useState<Closing["binding"]>("notBinding");
  const filed = Object.entries(text.languages);
  const texts = {
    [draft.language ?? "en"]: settled,
    ...Object.fromEntries(filed.map(([hash, { language }]) => [language, hash])),
  };
  const mayClose = sitting !== undefined && may("TextClosed", audience);
  return (
    <>
      {filed.map(([hash, { language, by }]) => (
        <p className="small" key={hash}>
          {t("end.language.filed", { language: languages([language]), who: looks.get(by)?.name ?? by })}
        </p>
      ))}
      {text.closed || !may("LanguageFiled", audience) || waits ? null : <FileLanguage view={view} />}
      {waits && !text.closed ? <p className="small quiet">{t("end.close.waits")}</p> : null}
      {mayClose && !waits && !text.closings[sitting.seat] ? (
        <>
          <div className="pair">
            <Choose
              choices={instruments.map((id) => ({ id, name: t(`end.instrument.${id}`) }))}
              label={t("end.instrument")}
              onChoose={(id) => setInstrument(instruments.find((one) => one === id) ?? "memorandum")}
              value={instrument}
            />
            <Choose
              choices={bindings.map((id) => ({ id, name: t(`end.binding.${id}`) }))}
              label={t("end.binding")}
              onChoose={(id) => setBinding(bindings.find((one) => one === id) ?? "notBinding")}
              value={binding}
            />
          </div>
          <p className="small">{t("end.close.language", { languages: languages(Object.keys(texts)) })}</p>
          <Learns done={done} lesson={{ given: t(`audience.${audience}`) }} />
          <Button
            className="button primary"
            isDisabled={busy}
            onPress={() =>
              void act({ kind: "TextClosed", audience, body: { draft: text.id, instrument, binding, texts } })
            }
          >
            {t("end.close.do")}
          </Button>
        </>
      ) : null}
      <Refused why={refusal} />
    </>
  );
}

function FileLanguage({ view: { text, audience } }: { view: TextView }): ReactElement {
  const t = useWords();
  const { act, refusal } = useActing();
  const [language, setLanguage] = useState("");
  const [fault, setFault] = useState<No>();
  const take = async (file: File | undefined) => {
    if (!file) return;
    try {
      const markdown = renderMarkdown(parseMarkdown(await file.text()).draft);
      setFault(undefined);
      await act({ kind: "LanguageFiled", audience, body: { draft: text.id, language, text: markdown } });
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      setFault({ code: error.code, sentence: error.message });
    }
  };
  return (
    <details>
      <summary>{t("end.language")}</summary>
      <div className="stack">
        <TextField className="field" onChange={setLanguage} value={language}>
          <Label>{t("end.language.which")}</Label>
          <Input />
        </TextField>
        <FileTrigger acceptedFileTypes={[".md"]} onSelect={(files) => void take(files?.[0])}>
          <Button className="button small" isDisabled={language.trim().length < 2}>
            {t("end.language.file")}
          </Button>
        </FileTrigger>
        <Refused why={fault ?? refusal} />
      </div>
    </details>
  );
}
