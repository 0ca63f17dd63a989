/** How a draft becomes the text of a case: in which language it is written, and to whom it is given. Neither changes later. */
import type { Draft } from "@parley/text";
import type { ReactElement } from "react";
import { Switch } from "react-aria-components";
import { Field } from "../../frame/field.tsx";
import { useLanguages } from "../../messages/languages.ts";
import { useWords } from "../../messages/words.ts";

export interface Bringing {
  readonly language: string;
  /** Affected parties are given it too. */
  readonly consulted: boolean;
}

/** A draft that says nothing of its language is as likely as not in that of the page on which it was read. */
export const bringing = (draft: Draft | undefined): Bringing => ({
  language: draft?.language ?? document.documentElement.lang,
  consulted: true,
});

export function BringingFields({
  affected,
  brought,
  onChange,
}: {
  /** Some party of the case is affected. */
  affected: boolean;
  brought: Bringing;
  onChange: (brought: Bringing) => void;
}): ReactElement {
  const t = useWords();
  const languages = useLanguages();
  const { language, consulted } = brought;
  return (
    <>
      <Field
        label={t("draft.language")}
        onChange={(next) => onChange({ ...brought, language: next })}
        value={language}
        what={language.trim() ? languages([language.trim()]) : ""}
      />
      {affected ? (
        <>
          <Switch
            className="switch"
            isSelected={consulted}
            onChange={(next) => onChange({ ...brought, consulted: next })}
          >
            <span aria-hidden="true" className="track" />
            {t("draft.consulted")}
          </Switch>
          <p className="small quiet">{t("draft.consulted.what")}</p>
        </>
      ) : null}
    </>
  );
}
