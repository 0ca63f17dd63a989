/** Setting text in columns and lines of at most 80 characters. */

const width = 80;

/** Breaks a paragraph at spaces; every line but the first begins with `indent` spaces. */
export function fill(text: string, indent: number): string {
  const lines: string[] = [];
  let line = "";
  let empty = true;
  for (const word of text.split(/(?<=\S) /)) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = " ".repeat(indent) + word;
    } else line = empty ? word : `${line} ${word}`;
    empty = false;
  }
  return [...lines, line].join("\n");
}

/**
 * Rows as columns two spaces apart, without blanks at the end of a line. `right`: columns set flush right.
 */
export function columns(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, cell.length);
    });
  }
  return rows
    .map((row) =>
      row
        .map((cell, at) =>
          right.includes(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A text cut to `most` characters, with dots where something was left out. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 3).trimEnd()}...`;
}
