/** The settled text as a file, and on paper. Nothing private is in it: it is made from the text alone. */
import { type Draft, directionOf, renderAkomaNtoso, renderMarkdown, writeWord } from "@parley/text";
import { type ReactElement, type ReactNode, useState } from "react";
import { Button } from "react-aria-components";
import { Choose } from "../../frame/choose.tsx";
import { useLanguages } from "../../messages/languages.ts";
import { useWords } from "../../messages/words.ts";
import { useSnapshot } from "../../source/case-context.tsx";
import { fileName, save } from "../../source/saving.ts";
import { SettledText } from "../answer/settled.tsx";

const nothingMore = {};
const word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** In which of its languages a text goes out: that of the negotiation unless somebody chooses another. */
export function useOneLanguage<T extends { readonly language: string }>(texts: readonly [T, ...T[]]) {
  const [language, choose] = useState<string>();
  const chosen = texts.find((one) => one.language === language) ?? texts[0];
  return { chosen, languages: texts.map((one) => one.language), choose };
}

/** `children`: what is printed under the text, such as who signed it. */
export function Export({
  draft,
  language: { chosen, languages, choose },
  open,
  children,
}: {
  draft: Draft;
  language: ReturnType<typeof useOneLanguage>;
  open?: boolean;
  children?: ReactNode;
}): ReactElement {
  const t = useWords();
  const named = useLanguages();
  const { title } = useSnapshot().state.people;
  const give = (content: BlobPart, type: string, ending: string) => {
    const name = `${draft.exercise ? "EXERCISE " : ""}${draft.symbol || draft.title || title}`;
    const inLanguage = languages.length > 1 ? ` ${chosen.language}` : "";
    save(new Blob([content], { type }), fileName(`${name}${inLanguage}`, ending));
  };
  return (
    <section className="stack export">
      <h2>{t("end.export")}</h2>
      {languages.length > 1 ? (
        <Choose
          choices={languages.map((id) => ({ id, name: named([id]) }))}
          label={t("end.export.language")}
          onChoose={choose}
          value={chosen.language}
        />
      ) : null}
      <div className="acts">
        <Button className="button" onPress={() => give(new Uint8Array(writeWord(draft)), word, "docx")}>
          {t("end.export.word")}
        </Button>
        <Button className="button" onPress={() => give(renderAkomaNtoso(draft), "application/xml", "xml")}>
          {t("end.export.akomaNtoso")}
        </Button>
        <Button className="button" onPress={() => give(renderMarkdown(draft), "text/markdown", "md")}>
          {t("end.export.markdown")}
        </Button>
        <Button
          className="button"
          onPress={() => {
            const whole = document.querySelector<HTMLDetailsElement>(".export .whole-text");
            if (whole) whole.open = true;
            print();
          }}
        >
          {t("end.print")}
        </Button>
      </div>
      <header className="print-only">
        <p className="small">{draft.symbol}</p>
        <p className="printed-title" dir={directionOf(draft.language)} lang={draft.language}>
          {draft.title}
        </p>
      </header>
      <SettledText draft={draft} open={open} outcome={nothingMore} />
      <footer className="print-only stack">{children}</footer>
    </section>
  );
}
