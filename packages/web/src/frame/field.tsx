/**
 * What one writes in, with its label over it: one line, or `rows` of them. A browser sets a date in the order of its own
 * language; the line under it has the date in words of the reader's, and the reader's own time beside UTC.
 */
import type { ReactElement } from "react";
import { Input, Label, Text, TextArea, TextField, type TextFieldProps } from "react-aria-components";
import { useMoments } from "../messages/moments.ts";

export function Field({
  label,
  what,
  rows,
  min,
  look = "",
  ...field
}: Omit<TextFieldProps, "children"> & {
  readonly label: string;
  /** A line under it. */
  readonly what?: string | undefined;
  readonly rows?: number | undefined;
  /** The least that a number may be. */
  readonly min?: number;
  /** Of several lines: set as a text is, low, or source. */
  readonly look?: "set" | "low" | "mono" | "";
}): ReactElement {
  const inWords = useInWords();
  const line = what ?? inWords(field.type, field.value ?? "");
  return (
    <TextField className="field" {...field}>
      <Label>{label}</Label>
      {rows === undefined ? <Input min={min} /> : <TextArea className={look} rows={rows} />}
      {line === undefined ? null : <Text slot="description">{line}</Text>}
    </TextField>
  );
}

/** A day, or a minute, which is in UTC; "" while it is not whole, and undefined of all else. */
function useInWords(): (type: string | undefined, written: string) => string | undefined {
  const { day, minute } = useMoments();
  return (type, written) => {
    if (type !== "date" && type !== "datetime-local") return undefined;
    if (written === "") return "";
    return type === "date" ? day(written) : minute(`${written}Z`);
  };
}
