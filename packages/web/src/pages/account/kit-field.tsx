/** The passphrase of a recovery kit that is about to be made. */
import type { ReactElement } from "react";
import { Field } from "../../frame/field.tsx";
import { useWords } from "../../messages/words.ts";

export const shortestPassphrase = 12;

export function KitField({
  passphrase,
  onChange,
}: {
  passphrase: string;
  onChange: (passphrase: string) => void;
}): ReactElement {
  const t = useWords();
  return (
    <Field
      autoComplete="new-password"
      label={t("join.kit")}
      onChange={onChange}
      type="password"
      value={passphrase}
      what={t("join.kit.what")}
    />
  );
}
