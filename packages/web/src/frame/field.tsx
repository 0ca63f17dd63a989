/** What one writes in, with its label over it: one line, or `rows` of them. */
import type { ReactElement } from "react";
import { Input, Label, TextArea, TextField, type TextFieldProps } from "react-aria-components";

export function Field({
  label,
  rows,
  look = "",
  ...field
}: Omit<TextFieldProps, "children"> & {
  readonly label: string;
  readonly rows?: number;
  /** Of several lines: set as a text is, low, or source. */
  readonly look?: "set" | "low" | "mono" | "";
}): ReactElement {
  return (
    <TextField className="field" {...field}>
      <Label>{label}</Label>
      {rows === undefined ? <Input /> : <TextArea className={look} rows={rows} />}
    </TextField>
  );
}
