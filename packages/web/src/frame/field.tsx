/** What one writes in, with its label over it: one line, or `rows` of them. */
import type { ReactElement } from "react";
import { Input, Label, Text, TextArea, TextField, type TextFieldProps } from "react-aria-components";

export function Field({
  label,
  what,
  rows,
  look = "",
  ...field
}: Omit<TextFieldProps, "children"> & {
  readonly label: string;
  /** A line under it. */
  readonly what?: string | undefined;
  readonly rows?: number;
  /** Of several lines: set as a text is, low, or source. */
  readonly look?: "set" | "low" | "mono" | "";
}): ReactElement {
  return (
    <TextField className="field" {...field}>
      <Label>{label}</Label>
      {rows === undefined ? <Input /> : <TextArea className={look} rows={rows} />}
      {what === undefined ? null : <Text slot="description">{what}</Text>}
    </TextField>
  );
}
