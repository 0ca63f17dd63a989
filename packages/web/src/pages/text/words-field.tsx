/** Words that stand, to be changed: a field for each run of words, and between them the brackets, which stay. */
import { type Inline, type InlineBracket, plainText } from "@parley/text";
import type { ReactElement } from "react";

import { Field } from "../../frame/field.tsx";
import { useWords } from "../../messages/words.ts";
import { segmentsOf } from "../../source/words.ts";

export function WordsField({
  base,
  written,
  onChange,
}: {
  base: readonly Inline[];
  written: readonly string[];
  onChange: (written: readonly string[]) => void;
}): ReactElement {
  const t = useWords();
  const segments = segmentsOf(base);
  const several = written.length > 1;
  let place = -1;
  return (
    <div className="words-field">
      {segments.map((segment) => {
        if (segment.kind === "bracket") {
          return (
            <p className="kept-bracket set-words small" key={segment.bracket.id}>
              {bracketWords(segment.bracket)}
            </p>
          );
        }
        place += 1;
        const at = place;
        return (
          <Field
            // A run of words has no name but its place, and places do not change while one writes.
            key={`words ${at}`}
            label={several ? t("amend.words.part", { number: at + 1 }) : t("amend.words")}
            look="set"
            onChange={(words) => onChange(written.map((one, index) => (index === at ? words : one)))}
            rows={several ? Math.max(1, Math.ceil(segment.text.length / 38)) : 4}
            value={written[at] ?? ""}
          />
        );
      })}
      {several ? <p className="small quiet">{t("amend.bracketsStay")}</p> : null}
    </div>
  );
}

function bracketWords(bracket: InlineBracket): string {
  const shown = bracket.options.filter(({ content }) => content.length > 0);
  return shown.map(({ content }) => `[${plainText(content)}]`).join(" ");
}
