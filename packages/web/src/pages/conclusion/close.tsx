/** Every principal closes the same: as what, binding or not, and which text in each authentic language. */

import { type Closing, isSameClosing } from "@parley/core";
import { type Draft, parseMarkdown, renderMarkdown } from "@parley/text";
import { type ReactElement, useMemo, useState } from "react";
import { Button, FileTrigger } from "react-aria-components";
import { Choose } from "../../frame/choose.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useLanguages } from "../../messages/languages.ts";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import type { No } from "../../source/no.ts";
import type { TextView } from "../../source/text-view.ts";
import { SettledText } from "../answer/settled.tsx";
import { draftFiles, readFile } from "../draft/draft-file.ts";

const instruments: readonly Closing["instrument"][] = [
  "jointStatement",
  "parallelStatements",
  "memorandum",
  "treaty",
];
const nothingMore = {};
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
  const [asked, setAsked] = useState<Partial<Closing>>({});
  const said = Object.entries(text.closings);
  const ours = sitting && text.closings[sitting.seat];
  const differ = !text.closed && said.some(([, one]) => ours && !isSameClosing(one, ours));
  // Whoever closes next begins from what was said before, since all have to say the same.
  const [, before] = said.find(([seat]) => seat !== sitting?.seat) ?? said[0] ?? [];
  const instrument = asked.instrument ?? before?.instrument ?? "memorandum";
  const binding = asked.binding ?? before?.binding ?? "notBinding";
  const filed = Object.entries(text.languages);
  const texts = {
    [draft.language ?? "en"]: settled,
    ...Object.fromEntries(filed.map(([hash, { language }]) => [language, hash])),
  };
  const mayClose = sitting !== undefined && may("TextClosed", audience);
  return (
    <>
      {filed.map(([hash, { language, by, text: words }]) => (
        <div key={hash}>
          <p className="small">
            {t("end.language.filed", { language: languages([language]), who: looks.get(by)?.name ?? by })}
          </p>
          <Filed language={language} words={words} />
        </div>
      ))}
      {text.closed || !may("LanguageFiled", audience) || waits ? null : <FileLanguage view={view} />}
      {waits && !text.closed ? <p className="small quiet">{t("end.close.waits")}</p> : null}
      {differ ? <p role="status">{t("end.close.differ")}</p> : null}
      {mayClose && !waits && (!ours || differ) ? (
        <>
          <div className="pair">
            <Choose
              choices={instruments.map((id) => ({ id, name: t(`end.instrument.${id}`) }))}
              label={t("end.instrument")}
              onChoose={(id) => setAsked({ ...asked, instrument: id as Closing["instrument"] })}
              value={instrument}
            />
            <Choose
              choices={bindings.map((id) => ({ id, name: t(`end.binding.${id}`) }))}
              label={t("end.binding")}
              onChoose={(id) => setAsked({ ...asked, binding: id as Closing["binding"] })}
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

/** Nobody closes what could not be read. */
function Filed({ language, words }: { language: string; words: string }): ReactElement {
  const draft = useMemo(() => ({ ...parseMarkdown(words).draft, language }), [language, words]);
  return <SettledText draft={draft} outcome={nothingMore} />;
}

function FileLanguage({ view: { text, audience } }: { view: TextView }): ReactElement {
  const t = useWords();
  const { act, refusal } = useActing();
  const [language, setLanguage] = useState("");
  const [fault, setFault] = useState<No>();
  const take = async (file: File | undefined) => {
    if (!file) return;
    const read = await readFile(file);
    setFault("code" in read ? read : undefined);
    if ("code" in read) return;
    const body = { draft: text.id, language: language.trim(), text: renderMarkdown(read.reading.draft) };
    if (await act({ kind: "LanguageFiled", audience, body })) setLanguage("");
  };
  return (
    <details>
      <summary>{t("end.language")}</summary>
      <div className="stack">
        <Field label={t("end.language.which")} onChange={setLanguage} value={language} />
        <FileTrigger acceptedFileTypes={draftFiles} onSelect={(files) => void take(files?.[0])}>
          <Button className="button small" isDisabled={language.trim().length < 2}>
            {t("end.language.file")}
          </Button>
        </FileTrigger>
        <Refused why={fault ?? refusal} />
      </div>
    </details>
  );
}
