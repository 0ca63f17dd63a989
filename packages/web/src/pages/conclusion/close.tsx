/** Every principal closes the same: as what, binding or not, and which text in each authentic language. */

import { type AuthenticText, type Closing, isSameClosing } from "@parley/core";
import { brackets, clauses } from "@parley/text";
import { type ReactElement, useMemo, useState } from "react";
import { Button, Checkbox, CheckboxGroup, FileTrigger, Label } from "react-aria-components";
import { ActButton } from "../../frame/act-button.tsx";
import { Choose } from "../../frame/choose.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { languageCode, useLanguages } from "../../messages/languages.ts";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { filedText, isClosedToo } from "../../source/filed-text.ts";
import type { No } from "../../source/no.ts";
import type { TextView } from "../../source/text-view.ts";
import { SettledText } from "../answer/settled.tsx";
import { draftFiles, type Read, readFile } from "../draft/draft-file.ts";
import { Flags, flagsOf } from "../draft/flags.tsx";

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
  authentic,
  waits,
}: {
  view: TextView;
  authentic: readonly [AuthenticText, ...AuthenticText[]];
  waits: boolean;
}): ReactElement | null {
  const t = useWords();
  const looks = useLooks();
  const { sitting } = useSnapshot();
  const { text, audience } = view;
  const may = useMay(text);
  const languages = useLanguages();
  const { minute } = useMoments();
  const { act, busy, refusal, done } = useActing();
  const [asked, setAsked] = useState<Partial<Closing>>({});
  const said = Object.entries(text.closings);
  const ours = sitting && text.closings[sitting.seat];
  const differ = !text.closed && said.some(([, one]) => ours && !isSameClosing(one, ours));
  // Whoever closes next begins from what was said before, since all have to say the same.
  const [, before] = said.find(([seat]) => seat !== sitting?.seat) ?? said[0] ?? [];
  const instrument = asked.instrument ?? before?.instrument ?? "memorandum";
  const binding = asked.binding ?? before?.binding ?? "notBinding";
  const [own, ...others] = authentic;
  const besides = useBesides(others, before);
  const texts = Object.fromEntries([own, ...besides.chosen].map(({ language, hash }) => [language, hash]));
  const mayClose = sitting !== undefined && may("TextClosed", audience);
  return (
    <>
      {authentic.map(({ hash, language, draft, filed }) =>
        filed ? (
          <div key={hash}>
            <p className="small">
              {t("end.language.filed", {
                language: languages([language]),
                who: looks.get(filed.by)?.name ?? filed.by,
                when: minute(filed.at),
              })}
            </p>
            <SettledText draft={draft} outcome={nothingMore} />
          </div>
        ) : null,
      )}
      {text.closed || !may("LanguageFiled", audience) || waits ? null : (
        <FileLanguage agreed={authentic[0]} view={view} />
      )}
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
          {others.length > 0 ? (
            <CheckboxGroup
              className="field"
              onChange={besides.choose}
              value={besides.chosen.map(({ hash }) => hash)}
            >
              <Label>{t("end.close.besides", { language: languages([own.language]) })}</Label>
              {others.map(({ hash, language }) => (
                <Checkbox className="choice check" key={hash} value={hash}>
                  {languages([language])}
                </Checkbox>
              ))}
            </CheckboxGroup>
          ) : null}
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

/** The other languages in which one closes. */
function useBesides(others: readonly AuthenticText[], before: Closing | undefined) {
  const seat = useSnapshot().sitting?.seat;
  const [seen] = useState(() => new Set(others.map(({ hash }) => hash)));
  const [turned, setTurned] = useState<Readonly<Record<string, boolean>>>({});
  const chosen = others.filter(
    (one) => turned[one.hash] ?? isClosedToo(one, one.filed?.by === seat || seen.has(one.hash), before),
  );
  const choose = (hashes: readonly string[]) =>
    setTurned(Object.fromEntries(others.map(({ hash }) => [hash, hashes.includes(hash)])));
  return { chosen, choose };
}

/** What a file says in another language is read before it is filed, by whoever files it. */
function FileLanguage({
  view: { text, audience },
  agreed,
}: {
  view: TextView;
  agreed: AuthenticText;
}): ReactElement {
  const t = useWords();
  const languages = useLanguages();
  const { exercise } = useSnapshot().state.people;
  const { act, busy, refusal } = useActing();
  const [written, setWritten] = useState("");
  const [read, setRead] = useState<Read>();
  const [resolved, setResolved] = useState(false);
  const [fault, setFault] = useState<No>();
  const language = written.trim();
  const named = languageCode.test(language) ? languages([language]) : "";
  const own = language === agreed.language;
  const draft = read?.reading.draft;
  const flags = useMemo(() => (read ? flagsOf(read.reading) : []), [read]);
  const open = draft ? brackets(draft).length : 0;
  const filed = draft && filedText(draft, agreed.draft, language, exercise);
  const take = async (file: File | undefined) => {
    if (!file) return;
    const result = await readFile(file);
    setFault("code" in result ? result : undefined);
    setRead("code" in result ? undefined : result);
    setResolved(false);
  };
  const file = async () => {
    if (filed === undefined) return;
    if (await act({ kind: "LanguageFiled", audience, body: { draft: text.id, language, text: filed } })) {
      setWritten("");
      setRead(undefined);
    }
  };
  return (
    <details>
      <summary>{t("end.language")}</summary>
      <div className="stack">
        <p className="small quiet">{t("end.language.what")}</p>
        <Field
          label={t("end.language.which")}
          onChange={setWritten}
          value={written}
          what={own ? t("end.language.own") : named}
        />
        <FileTrigger acceptedFileTypes={draftFiles} onSelect={(files) => void take(files?.[0])}>
          <Button className="button small">{t("end.language.file")}</Button>
        </FileTrigger>
        <Refused why={fault} />
        {draft ? (
          <>
            {resolved ? null : <Flags flags={flags} key={read.source} onDone={() => setResolved(true)} />}
            <SettledText draft={{ ...draft, language }} open outcome={nothingMore} />
            {filed === undefined ? (
              <p role="status">
                {t("end.language.clauses", {
                  agreed: clauses(agreed.draft).length,
                  filed: clauses(draft).length,
                })}
              </p>
            ) : null}
            {open > 0 ? <p role="status">{t("end.language.open", { open })}</p> : null}
            <Learns lesson={{ given: t(`audience.${audience}`) }} />
            <div className="acts">
              <ActButton
                busy={busy}
                label={t("end.language.do")}
                needs={[
                  [t("end.language.which"), named !== "" && !own],
                  [t("end.language.flags"), resolved || flags.length === 0],
                  [t("end.language.same"), filed !== undefined],
                  [t("end.language.settled"), open === 0],
                ]}
                onPress={() => void file()}
              />
            </div>
          </>
        ) : null}
        <Refused why={refusal} />
      </div>
    </details>
  );
}
