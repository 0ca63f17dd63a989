/** The passphrase of a recovery kit that is about to be made. */
import type { ReactElement } from "react";
import { Input, Label, Text, TextField } from "react-aria-components";
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
    <TextField className="field" onChange={onChange} type="password" value={passphrase}>
      <Label>{t("join.kit")}</Label>
      <Input autoComplete="new-password" />
      <Text slot="description">{t("join.kit.what")}</Text>
    </TextField>
  );
}
