/** A line that is to be given to somebody as it is: it stands selected once it has the focus, and is copied by a button. */
import { type ReactElement, useState } from "react";
import { Button, Input, Label, TextField } from "react-aria-components";
import { useWords } from "../messages/words.ts";

export function CopyLine({
  label,
  line,
  autoFocus = false,
}: {
  label: string;
  line: string;
  autoFocus?: boolean;
}): ReactElement {
  const t = useWords();
  const [copied, setCopied] = useState(false);
  return (
    <div className="copy-line">
      <TextField autoFocus={autoFocus} className="field" isReadOnly value={line}>
        <Label>{label}</Label>
        <Input onFocus={(event) => event.target.select()} />
      </TextField>
      <Button
        className="button"
        onPress={() => void navigator.clipboard.writeText(line).then(() => setCopied(true))}
      >
        {t(copied ? "invite.copied" : "invite.copy")}
      </Button>
    </div>
  );
}
