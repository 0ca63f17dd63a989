/** The settled text as a file, and on paper. Nothing private is in it: it is made from the text alone. */
import { type Draft, renderAkomaNtoso, renderMarkdown, writeWord } from "@parley/text";
import type { ReactElement, ReactNode } from "react";
import { Button } from "react-aria-components";
import { useWords } from "../../messages/words.ts";
import { fileName, save } from "../../source/saving.ts";
import { SettledText } from "../answer/settled.tsx";

const nothingMore = {};
const word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** `children`: what is printed under the text, such as who signed it. */
export function Export({
  draft,
  open,
  children,
}: {
  draft: Draft;
  open?: boolean;
  children?: ReactNode;
}): ReactElement {
  const t = useWords();
  const give = (content: BlobPart, type: string, ending: string) => {
    const name = `${draft.exercise ? "EXERCISE " : ""}${draft.symbol || draft.title || t("column.text")}`;
    save(new Blob([content], { type }), fileName(name, ending));
  };
  return (
    <section className="stack export">
      <h2>{t("end.export")}</h2>
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
        <p className="printed-title">{draft.title}</p>
      </header>
      <SettledText draft={draft} open={open} outcome={nothingMore} />
      <footer className="print-only stack">{children}</footer>
    </section>
  );
}
